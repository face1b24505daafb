"""The lists of the outlet's screen: tiers, the migration matrix, duties by member of staff as bars, who waits."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial

import msgspec
from rich.cells import cell_len
from rich.text import Text

from guanhu.language import N_, _, terms
from guanhu.projections.assignment import Waiting
from guanhu.projections.outlet_tiers import Moves
from guanhu.projections.tiers import TierFigure
from guanhu.projections.workload import STATES, Load
from guanhu.tui.bars import Pen
from guanhu.tui.cells import day_month, wan
from guanhu.tui.names import Names, first_of, listed
from guanhu.tui.signs import STYLES, Signs
from guanhu.tui.widgets.columns import Cell, Column
from guanhu.tui.widgets.pages import Row

NARROWEST, WIDEST = 10, 60
"""Cells of a bar."""
POST = 12
"""Cells of a post at least."""
BESIDE = 54
"""Cells of a line that the bar leaves to the names and counts."""

SHORT = {
    "relationship_manager": N_("RM"), "rm_supervisor": N_("RM sup."), "lobby_manager": N_("lobby"),
    "high_counter_teller": N_("high counter"), "low_counter_teller": N_("low counter"),
    "vip_counter_teller": N_("VIP counter"),
}  # fmt: skip
"""The posts in few words, where they would be cut."""


# ---------------------------------------------------------------- tiers
class TierLine(msgspec.Struct, frozen=True):
    """A tier with its figures and its share of the money (in thousandths); `whole`: the line of all together."""

    figure: TierFigure
    share: int
    moved: int
    whole: bool = False


def tier_lines(tiers: Sequence[TierFigure], untiered: TierFigure, moves: Moves) -> Iterator[Row]:
    """Tiers from high to low, the untiered, the sum; with how many each gained or lost."""
    figures = [*reversed(tiers), untiered]
    money = sum(each.aum_fen for each in figures)
    moved = {each.tier: 0 for each in figures}
    for mover in moves.movers:
        moved[mover.to_tier] = moved.get(mover.to_tier, 0) + 1
        if not mover.came:
            moved[mover.from_tier] = moved.get(mover.from_tier, 0) - 1
    moved[None] += moves.came - sum(mover.came for mover in moves.movers)
    for each in figures:
        share = each.aum_fen * 1000 // money if money > 0 and each.aum_fen > 0 else 0
        yield Row(f"tier {each.tier}", TierLine(each, share, moved[each.tier]))
    total = TierFigure(None, sum(each.customers for each in figures), money)
    yield Row("all", TierLine(total, 1000 if money > 0 else 0, sum(moved.values()), whole=True))


def tier_columns(names: Names, signs: Signs, pen: Pen) -> list[Column]:
    """The columns of a `TierLine`; `pen` draws the bars."""
    return [
        Column("tier", _("Tier"), lambda line: _("in all") if line.whole else names.tier(line.figure.tier), 9, 14, 1),
        Column("customers", _("Customers"), lambda line: f"{line.figure.customers:,}", 9, 12, 1, "right"),
        Column("moved", _("Change"), lambda line: _moved(line.moved, signs), 7, 9, 1, "right"),
        Column("aum", _("AUM, wan"), lambda line: wan(line.figure.aum_fen), 11, 16, 1, "right"),
        Column("share", _("Share of AUM"), partial(_share, pen=pen), 14, 26, 2),
    ]


def _moved(count: int, signs: Signs) -> Cell:
    if not count:
        return ""
    return (f"{signs.up}{count:,}", "good") if count > 0 else (f"{signs.down}{-count:,}", "late")


def _share(line: TierLine, *, pen: Pen) -> Cell:
    percent = f"{line.share // 10:>3}.{line.share % 10}%"
    return percent if line.whole else Text.assemble(percent, " ", ("=" * -(-line.share * 16 // 1000), pen("good")))


# ---------------------------------------------------------------- the matrix
class MatrixLine(msgspec.Struct, frozen=True):
    """Where the customers of one tier went: by the tier's id ("" untiered) how many; `came`: who is new."""

    tier: str | None
    cells: dict[str | None, int]
    came: bool = False


def matrix_lines(moves: Moves, tiers: Sequence[str | None]) -> Iterator[Row]:
    """A line for each tier of before, from high to low, and one for those who came."""
    for tier in tiers:
        cells = {cell.to_tier: cell.customers for cell in moves.cells if cell.from_tier == tier}
        yield Row(f"from {tier}", MatrixLine(tier, cells))
    came: dict[str | None, int] = {}
    for mover in moves.movers:
        if mover.came:
            came[mover.to_tier] = came.get(mover.to_tier, 0) + 1
    came[None] = moves.came - sum(count for tier, count in came.items() if tier is not None)
    yield Row("came", MatrixLine(None, came, came=True))


def matrix_columns(names: Names, tiers: Sequence[str | None], moves: Moves, signs: Signs) -> list[Column]:
    """A column for each tier of now, from high to low; who stayed is muted, who rose or fell has a sign."""
    first = Column(
        "from", _("from / to"), lambda line: _("new") if line.came else names.tier(line.tier), 9, 14, 1
    )
    return [first, *(_to(names, tier, moves, signs) for tier in tiers)]


def _to(names: Names, tier: str | None, moves: Moves, signs: Signs) -> Column:
    def cell(line: MatrixLine) -> Cell:
        count = line.cells.get(tier, 0)
        if not count:
            return ("-", "muted")
        if line.came or line.tier == tier:
            return (f"{count:,}", "muted")
        up = moves.rank.get(tier, 0) > moves.rank.get(line.tier, 0)
        return (f"{signs.up if up else signs.down}{count:,}", "good" if up else "late")

    return Column(f"to {tier}", names.tier(tier), cell, 8, 12, 1, "right")


# ---------------------------------------------------------------- duties by member of staff
STATE_WORDS = {"overdue": N_("Overdue"), "open": N_("To do"), "done": N_("Done"), "missed": N_("Missed")}
"""The states as titles of columns, shorter than the words of the log."""


def load_columns(
    names: Names, signs: Signs, loads: Sequence[Load], width: int, pen: Pen
) -> list[Column]:
    """The columns of these loads on a line of `width` cells; the longest bar stands for the most duties."""
    most = max((load.total for load in loads), default=0)
    posts, bar = _bar_of(loads, width, names)
    counts = [
        Column(state, _(STATE_WORDS[state]), partial(_count, state=state, signs=signs), 6, 8, 0, "right")
        for state in STATES
    ]
    return [
        Column("staff", _("Staff"), lambda load: _who(load, names), 8, 16, 1),
        Column("post", _("Post"), lambda load: (_posts(load, names), "muted"), POST, posts, 9, priority=2,
               short=lambda load, width: first_of(short_roles(load.roles, names), width)),
        *counts,
        Column("bar", _scale_words(most, bar), lambda load: _bar(load, signs, bar, most, pen), bar),
        Column("customers", _("Has/room"), _room, 10, 12, 0, "right", priority=2),
        Column("away", _("On leave"), lambda load: (_away(load, names), "soon"), 12, 18, 1, priority=4),
    ]  # fmt: skip


def bar_cells(width: int) -> int:
    """How many cells the bars have on a line of `width`."""
    return max(NARROWEST, min(WIDEST, width - BESIDE))


def bar_scale(most: int, cells: int) -> int:
    """How many duties one sign of a bar stands for, where the longest bar stands for `most`.

    Each state is rounded up, which takes a cell a state at most.
    """
    return 1 if most <= cells else -(-most // (cells - len(STATES) + 1))


def _who(load: Load, names: Names) -> Cell:
    return (names.staff(load.staff_id), "strong") if load.staff_id else (_("nobody there"), "late")


def _scale_words(most: int, cells: int) -> str:
    return _("a sign = {count}", count=bar_scale(most, cells)) if most else ""


def bar_legend(loads: Sequence[Load], width: int, names: Names, signs: Signs) -> str:
    """What the signs of the bars on a line of `width` cells stand for; "" where there are no bars."""
    most = max((load.total for load in loads), default=0)
    if not most:
        return ""
    told = "  ".join(f"{getattr(signs, state)} {terms.status(state)}" for state in STATES)
    scale = bar_scale(most, _bar_of(loads, width, names)[1])
    return _("{signs}; one sign for up to {count}", signs=told, count=scale)


def _bar_of(loads: Sequence[Load], width: int, names: Names) -> tuple[int, int]:
    """Cells of the posts and of a bar: a post is read whole before a bar grows long."""
    posts = max(POST, *(cell_len(_posts(load, names)) for load in loads), POST)
    return posts, bar_cells(width - posts + POST)


def _posts(load: Load, names: Names) -> str:
    return _(", ").join(names.role(role) for role in load.roles)


def _count(load: Load, *, state: str, signs: Signs) -> Cell:
    count = getattr(load, state)
    return (f"{getattr(signs, state)}{count}", STYLES[state]) if count else ("-", "muted")


def _bar(load: Load, signs: Signs, cells: int, most: int, pen: Pen) -> Text:
    """Each state by its own sign, so that the bar reads without colour; what is not nothing has at least one."""
    bar = Text()
    scale = bar_scale(most, cells)
    for state in STATES:
        bar.append(getattr(signs, state) * -(-getattr(load, state) // scale), pen(STYLES[state]))
    return bar


def _room(load: Load) -> str:
    return f"{load.customers}/{load.capacity}" if load.capacity else str(load.customers or "")


def _away(load: Load, names: Names) -> str:
    return _("stand-in {name}", name=names.staff(load.away)) if load.away else ""


# ---------------------------------------------------------------- who waits
def waiting_columns(names: Names, today: date) -> list[Column]:
    """The columns of a `Waiting`; who waits since another year than `today`'s is told with it."""
    return [
        Column("name", _("Customer"), lambda each: (each.name or each.customer_no, "strong"), 8, 14, 2),
        Column("no", _("Number"), lambda each: (each.customer_no, "muted"), 9, 16, 1, priority=2),
        Column("tier", _("Tier"), lambda each: names.tier(each.tier), 9, 12, 1),
        Column("aum", _("AUM, wan"), lambda each: wan(each.aum_fen), 9, 12, 1, "right"),
        Column("missing", _("Missing"), lambda each: (missing_words(each, names), "soon"), 20, 34, 8,
               short=lambda each, width: first_of(_missing_short(each, names), width)),
        Column("owner", _("Owner now"), lambda each: _owners(each, names), 9, 16, 2, priority=1),
        Column("since", _("Since"), lambda each: day_month(each.since, today), 6, 10, priority=3),
    ]  # fmt: skip


def missing_words(each: Waiting, names: Names) -> str:
    """Which roles nobody holds."""
    return _(", ").join(_missing(each, names))


def _missing(each: Waiting, names: Names) -> list[str]:
    missing = [names.role(role) for role in each.missing]
    return [*missing, terms.seat("system")] if each.no_system_owner else missing


def _missing_short(each: Waiting, names: Names) -> list[str]:
    missing = short_roles(each.missing, names)
    return [*missing, _("system")] if each.no_system_owner else missing


def short_roles(roles: Iterable[str], names: Names) -> list[str]:
    """Posts in the fewest words that staff know them by."""
    return [_(SHORT[role]) if role in SHORT else names.role(role) for role in roles]


def posts_words(roles: Iterable[str], names: Names, width: int) -> str:
    """Posts by their whole names, where `width` cells have room for them, else in few words."""
    there = names.in_order(roles)
    whole = listed(map(names.role, there))
    return whole if cell_len(whole) <= width else first_of(short_roles(there, names), width)


def _owners(each: Waiting, names: Names) -> str:
    return names.staff_list(staff for staff, _role in each.seats.owners)
