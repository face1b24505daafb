"""Room for a notice: it has lines of its own over the line of keys, so that neither a row nor a key is covered."""

from typing import Any

from textual.screen import Screen

SETTLES = 0.05
"""Seconds until a new notice has its size."""
MOST_LINES = 3
"""Lines that a notice takes at most, as in the stylesheet."""


def make_room(screen: Screen[Any]) -> None:
    """Put as many empty lines over the keys as the notice has, or none again."""
    if screen.is_attached:
        lines = max((toast.outer_size.height for toast in screen.query("Toast") if toast.display), default=0)
        for bar in screen.query("KeyBar"):
            bar.styles.height = 1 + min(lines, MOST_LINES)
