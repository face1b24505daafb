"""The columns of a list of customers."""

from datetime import date

from guanhu.language import _, terms
from guanhu.tui.cells import wan
from guanhu.tui.customer_source import Listed
from guanhu.tui.names import first_of
from guanhu.tui.signs import Signs
from guanhu.tui.widgets.columns import Cell, Column

LONG_AGO = 60
"""Days without being reached after which the date is told to be long ago."""


def customer_columns(signs: Signs, *, birthdays: bool = False, tier: int = 8) -> list[Column]:
    """What each column draws of a `Listed`; with `birthdays`, the birthday in place of what lacks to the next tier.

    `tier`: cells that the longest name of a tier takes.
    """
    spare = (
        Column("birthday", _("Birthday"), _birthday, 9, priority=3)
        if birthdays
        else Column("to_next", _("To next"), _to_next, 8, 10, flex=1, align="right", priority=4)
    )
    return [
        Column("name", _("Name"), _name, 10, 18, flex=3, sortable=True),
        Column("number", _("Number"), lambda each: (each.row.customer_no, "muted"), 9, 20, flex=3, priority=2,
               sortable=True),
        Column("tier", _("Tier"), lambda each: each.tier, tier, max(14, tier), flex=1, sortable=True),
        Column("aum", _("AUM, wan"), lambda each: wan(each.row.aum_fen), 9, 12, flex=1, align="right", sortable=True),
        spare,
        Column("duties", _("Duties"), lambda each: _duties(each, signs), 7),
        Column("reached", _("Reached"), _reached, 8, 10, flex=1, priority=1, sortable=True),
        Column("owner", _("Owner"), lambda each: " ".join(each.owners) or ("-", "muted"), 8, 18, flex=2, priority=3,
               short=lambda each, width: first_of(each.owners, width)),
        Column("outlet", _("Outlet"), lambda each: (each.outlet, "muted"), 10, 20, flex=2, priority=6),
        Column("marks", _("Marks"), _marks, 8, 16, flex=1, priority=5),
    ]  # fmt: skip


def _name(each: Listed) -> Cell:
    return (each.row.name or each.row.customer_no, "strong")


def _to_next(each: Listed) -> Cell:
    return ("" if each.row.to_next_fen is None else wan(each.row.to_next_fen), "muted")


def _duties(each: Listed, signs: Signs) -> Cell:
    """How many are overdue and open, each with its sign."""
    late = f"{signs.overdue}{each.row.overdue}" if each.row.overdue else ""
    todo = f"{signs.open}{each.row.open}" if each.row.open else ""
    return (" ".join(part for part in (late, todo) if part), "late" if late else "soon")


def _reached(each: Listed) -> Cell:
    on: date | None = each.row.reached_on
    if on is None:
        return (_("never"), "muted")
    shown = f"{on:%m-%d}" if on.year == each.today.year else f"{on:%Y-%m}"
    return (shown, "late" if (each.today - on).days > LONG_AGO else "")


def _birthday(each: Listed) -> Cell:
    return _("lunar {day}", day=each.row.birthday) if each.row.lunar else each.row.birthday


def _marks(each: Listed) -> Cell:
    return (" ".join(terms.mark(mark) for mark in each.row.marks), "soon")
