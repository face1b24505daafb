"""Room for a notice of several lines: the line of keys grows with it, so that no row of a list is covered."""

from typing import Any

from textual.screen import Screen

SETTLES = 0.05
"""Seconds until a new notice has its size."""
MOST_LINES = 3
"""Lines that a notice takes at most, as in the stylesheet."""


def make_room(screen: Screen[Any]) -> None:
    """Make the line of keys as high as the notice over it, or one line again."""
    if screen.is_attached:
        lines = max((toast.outer_size.height for toast in screen.query("Toast") if toast.display), default=1)
        for bar in screen.query("KeyBar"):
            bar.styles.height = max(1, min(lines, MOST_LINES))
