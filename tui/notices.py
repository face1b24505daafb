"""Room for a notice: it has lines of its own over the line of keys, so that neither a row nor a key is covered."""

from collections.abc import Callable
from typing import Any

from textual.app import App
from textual.screen import Screen

SETTLES = 0.05
"""Seconds until a new notice has its size."""
TRIES = 20
"""How often that is waited for: a machine that is busy takes longer."""
MOST_LINES = 3
"""Lines that a notice takes at most, as in the stylesheet."""


def make_room(screen: Screen[Any]) -> bool:
    """Put as many empty lines over the keys as the notice has, or none again; whether there is one with its size."""
    lines = 0
    if screen.is_attached:
        lines = max((toast.outer_size.height for toast in screen.query("Toast") if toast.display), default=0)
        for bar in screen.query("KeyBar"):
            bar.styles.height = 1 + min(lines, MOST_LINES)
    return lines > 0


def once_settled(app: App[Any], look: Callable[[], bool], tries: int = TRIES) -> None:
    """Have `look` make room as soon as it finds a notice with its size."""

    def again() -> None:
        if not look() and tries > 1:
            once_settled(app, look, tries - 1)

    app.set_timer(SETTLES, again)
