"""Signs: one for every state, told apart without colour, each one cell wide in every console.

Characters of ambiguous width (● ▲ … —) draw as two cells in some Chinese consoles; none stands here.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from guanhu.language import N_, _, terms

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
    cursor: str = ">"
    more: str = ".."


PLAIN = Signs(
    open="o", upcoming=".", done="+", missed="x", marked="*", up="+", down="-", ascending="^", descending="v"
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


LEGEND: tuple[tuple[str, str], ...] = (
    ("cursor", N_("the row that keys act on")),
    ("marked", N_("selected; at a duty: done; at a fact: it counts")),
    ("overdue", N_("overdue, or owed to the file")),
    ("open", N_("to do")),
    ("upcoming", N_("to come")),
    ("missed", N_("not done in its time")),
    ("waived", N_("waived")),
    ("up", N_("up: a tier, a balance, an order")),
    ("down", N_("down: a tier, a balance, an order")),
    ("more", N_("cut here; the whole stands in the card or behind Enter")),
)
"""Signs by their field and what they mean, for the help."""


def legend(signs: Signs) -> list[tuple[str, str]]:
    """Every sign with what it means, how keys pressed together are written, and the units that columns are in."""
    told = [(str(getattr(signs, name)), _(words)) for name, words in LEGEND]
    told.append(("^s", _("Ctrl and s pressed together; so with every other letter")))
    return [*told, (_("wan"), _("ten thousand yuan")), ("AUM", _("what a customer keeps with the bank"))]


def state(status: str, signs: Signs) -> tuple[str, str]:
    """A duty's state as a sign and a word, and its style."""
    return f"{getattr(signs, status, ' ')} {terms.status(status)}", STYLES.get(status, "")
