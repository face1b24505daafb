"""Signs: one for every state, told apart without colour, each one cell wide in every console.

Characters of ambiguous width (● ▲ … —) draw as two cells in some Chinese consoles; none stands here.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from guanhu.language import terms

if TYPE_CHECKING:
    from textual.app import App


class Signs(msgspec.Struct, frozen=True):
    """The signs of one kind of console."""

    overdue: str = "!"
    open: str = "▸"
    upcoming: str = "◦"
    done: str = "✓"
    missed: str = "✗"
    waived: str = "~"
    marked: str = "✓"
    up: str = "▴"
    down: str = "▾"
    ascending: str = "▴"
    descending: str = "▾"
    provisional: str = "?"
    more: str = ".."


PLAIN = Signs(
    open=">", upcoming=".", done="+", missed="x", marked="*", up="+", down="-", ascending="^", descending="v"
)  # fmt: skip
LINE = Signs()

STYLES: Mapping[str, str] = {
    "overdue": "late",
    "open": "soon",
    "upcoming": "muted",
    "done": "good",
    "missed": "late",
    "waived": "muted",
}
"""The style that goes with a duty's state (a name that `LongList` and the stylesheets know)."""


def signs_of(app: "App[object]") -> Signs:
    """The signs that the user's borders go with."""
    return PLAIN if app.has_class("-ascii") else LINE


def state(status: str, signs: Signs) -> tuple[str, str]:
    """A duty's state as a sign and a word, and its style."""
    return f"{getattr(signs, status, ' ')} {terms.status(status)}", STYLES.get(status, "")
