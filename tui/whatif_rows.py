"""The lists of a what-if: tiers, moves by month, staff, owners; each figure as it was and as it would be."""

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from guanhu.language import N_, _
from guanhu.projections.whatif.answer import Both, StaffLine, TierLine, WhatIf
from guanhu.tui.cells import wan
from guanhu.tui.names import Names, month_text
from guanhu.tui.signs import Signs
from guanhu.tui.whatif_words import NOBODY, OWNERS, WAITING, WANTED, more_words
from guanhu.tui.widgets.columns import Cell, Column
from guanhu.tui.widgets.pages import Row

TABS = {"tiers": N_("Tiers"), "moves": N_("Moves and calls"), "staff": N_("Staff"), "owners": N_("Owners")}
"""The tabs by the ids of their lists."""


# ---------------------------------------------------------------- tiers, and who would be elsewhere
class Line(msgspec.Struct, frozen=True):
    """A line of figures: its words, both sides, money of both sides in fen, and the ids of the customers behind it."""

    words: str
    both: Both | None = None
    money: Both | None = None
    ids: tuple[int, ...] = ()


def tier_rows(answer: WhatIf, names: Names) -> Iterator[Row]:
    """Tiers from high to low, then from which tier to which customers would be elsewhere."""
    for line in reversed(answer.tiers):
        ids = _touched(answer, line)
        yield Row(f"tier {line.tier}", Line(names.tier(line.tier), line.customers, line.aum_fen, ids))
    if not answer.tally.cells:
        return
    yield Row("h:elsewhere", heading=_("Would be in another tier: {count}", count=f"{answer.elsewhere:,}"))
    order = {line.tier: n for n, line in enumerate(answer.tiers)}
    for cell in sorted(answer.tally.cells, key=lambda cell: [-order.get(tier, 0) for tier in cell]):
        ids = tuple(answer.tally.cells[cell])
        words = f"{names.tier(cell[0])} -> {names.tier(cell[1])}"
        yield Row(f"cell {cell}", Line(words, Both(0, len(ids)), None, ids))


def _touched(answer: WhatIf, line: TierLine) -> tuple[int, ...]:
    """The customers who would come into a tier or leave it."""
    return tuple(cid for cell, ids in answer.tally.cells.items() if line.tier in cell for cid in ids)


def tier_columns(signs: Signs) -> list[Column]:
    """The columns of a `Line`, customers and money."""

    def was(line: Line) -> Cell:
        return _number(line.both.actual) if line.both and line.money else ""

    def change(line: Line) -> Cell:
        return _change(line.both.more, signs) if line.both and line.money else ""

    return [
        Column("words", _("Tier"), lambda line: line.words, 18, 30, 2),
        Column("actual", _("Customers"), was, 9, 12, 1, "right"),
        Column("other", _("If tried"), lambda line: _number(line.both.other), 9, 16, 1, "right"),
        Column("more", _("Change"), change, 8, 10, 1, "right"),
        Column("money", _("AUM, wan"), lambda line: wan(line.money.actual) if line.money else "", 11, 14, 1, "right",
               priority=1),
        Column("money_other", _("AUM if tried"), lambda line: wan(line.money.other) if line.money else "", 11, 14, 1,
               "right", priority=1),
    ]  # fmt: skip


# ---------------------------------------------------------------- moves, duties and calls by month
class MoveLine(msgspec.Struct, frozen=True):
    """A month with its figures, or moves from one tier to another (which have but `up` or `down`)."""

    words: str
    up: Both | None = None
    down: Both | None = None
    duties: Both | None = None
    calls: Both | None = None


def move_rows(answer: WhatIf, names: Names) -> Iterator[Row]:
    """The months, all of them together, then the moves from tier to tier."""
    for each in answer.months:
        yield Row(f"{each.month:%Y-%m}", MoveLine(month_text(each.month), each.up, each.down, each.duties, each.calls))
    yield Row("all", MoveLine(_("in all"), *(_sum(answer, each) for each in ("up", "down", "duties", "calls"))))
    if answer.flows:
        yield Row("h:flows", heading=_("Moves from tier to tier"))
    order = {line.tier: n for n, line in enumerate(answer.tiers)}
    for flow in answer.flows:
        words = f"{names.tier(flow.from_tier)} -> {names.tier(flow.to_tier)}"
        rose = order.get(flow.to_tier, 0) > order.get(flow.from_tier, 0)
        yield Row(words, MoveLine(words, flow.moves if rose else None, None if rose else flow.moves))


def _sum(answer: WhatIf, name: str) -> Both:
    figures: list[Both] = [getattr(month, name) for month in answer.months]
    return Both(sum(each.actual for each in figures), sum(each.other for each in figures))


def move_columns() -> list[Column]:
    """The columns of a `MoveLine`: each figure as it was -> as it would be."""
    titles = {"up": _("Rises"), "down": _("Falls"), "duties": _("Duties"), "calls": _("Calls")}
    return [
        Column("words", _("Month: was -> tried"), lambda line: line.words, 18, 30, 2),
        *(Column(name, title, _pair(name), 13, 17, 1, "right") for name, title in titles.items()),
    ]


def _pair(name: str) -> Callable[[Any], Cell]:
    def cell(line: Any) -> Cell:
        both: Both | None = getattr(line, name)
        return "" if both is None else arrow(both)

    return cell


def arrow(both: Both) -> Cell:
    """3 -> 5 where the sides differ, else the one figure, muted."""
    if both.more:
        return f"{both.actual:,} -> {both.other:,}", "strong"
    return f"{both.actual:,}", "muted"


# ---------------------------------------------------------------- staff
def staff_columns(names: Names) -> list[Column]:
    """The columns of a `StaffLine`."""

    def who(line: StaffLine) -> Cell:
        return (names.staff(line.staff_id), "strong") if line.staff_id else (_("nobody there"), "late")

    def posts(line: StaffLine) -> Cell:
        return _(", ").join(map(names.role, line.roles)), "muted"

    def over(line: StaffLine) -> Cell:
        return (_number(line.over), "late") if line.over else ""

    return [
        Column("staff", _("Staff"), who, 8, 14, 1),
        Column("post", _("Post"), posts, 10, 24, 2, priority=2),
        Column("customers", _("Customers"), lambda line: _number(line.customers), 9, 10, 0, "right"),
        Column("takes", _("Gets"), lambda line: more_words(line.takes), 6, 8, 0, "right"),
        Column("gives", _("Gives up"), lambda line: more_words(-line.gives), 8, 9, 0, "right"),
        Column("room", _("Capacity"), lambda line: _number(line.capacity) if line.capacity else "", 8, 9, 0, "right"),
        Column("over", _("Over"), over, 5, 8, 0, "right"),
        Column("duties", _("Duties/month"), lambda line: arrow(line.duties), 12, 16, 1, "right", priority=1),
        Column("calls", _("Calls/month"), lambda line: arrow(line.calls), 11, 15, 1, "right"),
    ]  # fmt: skip


# ---------------------------------------------------------------- owners
def owner_rows(answer: WhatIf, names: Names) -> Iterator[Row]:
    """Who would gain or lose an owner, then the posts that would be wanted."""
    owners, tally = answer.owners, answer.tally
    ids = {
        "unsuited": tuple(each.id for each in tally.newcomers if each.owners),
        "ownerless": tuple(each.id for each in tally.newcomers if not each.owners),
        "relieved": tuple(tally.relieved),
        "freed": tuple(tally.freed),
    }
    yield Row("waiting", Line(_(WAITING), owners.waiting))
    for name, words in OWNERS.items():
        yield Row(name, Line(_(words), Both(0, len(ids[name])), None, ids[name]))
    if owners.roles:
        yield Row("h:roles", heading=_(WANTED))
    for role, count in owners.roles.items():
        wanting = tuple(each.id for each in tally.newcomers if role in each.missing)
        yield Row(f"role {role}", Line(names.role(role), Both(0, count), None, wanting))
    if owners.nobody:
        yield Row("h:nobody", heading=_(NOBODY))
    for role, count in owners.nobody.items():
        yield Row(f"nobody {role}", Line(names.role(role), Both(0, count)))


def owner_columns() -> list[Column]:
    """The columns of a `Line` of customers alone."""

    def count(line: Line) -> Cell:
        if line.both is None or (line.both.more and not line.both.actual):
            return _number(line.both.other) if line.both else ""
        return arrow(line.both)

    return [
        Column("words", _("Customers who"), lambda line: line.words, 30, 60, 3),
        Column("count", _("Customers"), count, 12, 16, 1, "right"),
    ]


def _number(count: int) -> str:
    return f"{count:,}"


def _change(count: int, signs: Signs) -> Cell:
    if not count:
        return ""
    return (f"{signs.up}{count:,}", "good") if count > 0 else (f"{signs.down}{-count:,}", "late")
