"""Tiers of one outlet: its customers and money in each on a date, and who moved between two dates.

The figures are those of `tiers.py`, for the customers of one outlet. Customers without a balance by the date are in
none (DESIGN 6).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from sqlite3 import Cursor

import msgspec

from guanhu.domain.balances import carried, steps, unpack
from guanhu.domain.calendar import Calendar
from guanhu.domain.scheme import Policy, Scheme
from guanhu.projections.assignment import TIER
from guanhu.projections.day import Figure, open_day
from guanhu.projections.tiers import Migration, TierFigure


class Mover(msgspec.Struct, frozen=True):
    """A customer who was in one tier and is in another; None: untiered. `came`: without a balance before."""

    customer_no: str
    name: str
    from_tier: str | None
    to_tier: str | None
    from_fen: int | None
    to_fen: int | None
    came: bool
    customer_id: int


class Moves(msgspec.Struct, frozen=True):
    """Who moved between two dates, largest AUM first, and the matrix of all with a balance on both.

    `cells`: those with customers in them. `came`: how many had no balance before; who of them is in no tier made no
    move, and is counted only.
    """

    first: date
    last: date
    cells: tuple[Migration, ...]
    came: int
    movers: tuple[Mover, ...]
    rank: Mapping[str | None, int]

    def rose(self, mover: Mover) -> bool:
        """Whether a customer who moved is higher now."""
        return self.rank.get(mover.to_tier, 0) > self.rank.get(mover.from_tier, 0)

    def between(self, from_tier: str | None, to_tier: str | None) -> list[Mover]:
        """Those behind a cell that is off the diagonal."""
        return [m for m in self.movers if not m.came and (m.from_tier, m.to_tier) == (from_tier, to_tier)]


def outlet_summary(
    cursor: Cursor, outlet: str | None, day: date, scheme: Scheme
) -> tuple[list[TierFigure], TierFigure]:
    """Each tier from low to high, and the untiered, of an outlet's customers; None: of all."""
    if outlet is None:
        from guanhu.projections.tiers import summary

        return summary(cursor, day, scheme)
    customers: Counter[str] = Counter()
    money: Counter[str] = Counter()
    # The newest balances are added up where they are; only of who has a later one the series is opened.
    rows = cursor.execute(
        f"""
        SELECT coalesce(tier_then, ''), count(*), sum(aum), NULL FROM (
            SELECT {TIER} AS tier_then, aum FROM customer JOIN account ON customer_id = id
            WHERE outlet = :outlet AND aum_day <= :day) GROUP BY 1
        UNION ALL
        SELECT coalesce({TIER}, ''), 1, 0, series FROM customer JOIN account ON customer_id = id
        WHERE outlet = :outlet AND aum_day > :day""",
        {"outlet": outlet, "day": day.toordinal()},
    )
    for tier, count, fen, series in rows:
        if series is not None:
            held = carried(steps(unpack(series)), day.toordinal())
            if held is None:
                continue
            fen = held
        customers[tier] += count
        money[tier] += fen
    known = {tier.id for tier in scheme.tiers}
    ids = [*(tier.id for tier in scheme.tiers), *sorted(tier for tier in customers if tier and tier not in known)]
    return [TierFigure(tier, customers[tier], money[tier]) for tier in ids], TierFigure(None, customers[""], money[""])


def outlet_moves(
    cursor: Cursor, policy: Policy, calendar: Calendar, outlet: str | None, first: date, last: date
) -> Moves:
    """The moves of an outlet's customers (None: of all) from one date to a later one."""
    ids = _moved(cursor, outlet, first.toordinal(), last.toordinal())
    movers = movers_between(cursor, policy, calendar, ids, first, last)
    before, after = policy.on(first), policy.on(last)
    figures = {each.tier: each.customers for each in _all(cursor, outlet, first, before)}
    cells: Counter[tuple[str | None, str | None]] = Counter({(tier, tier): n for tier, n in figures.items()})
    for mover in movers:
        if not mover.came:
            cells[mover.from_tier, mover.from_tier] -= 1
            cells[mover.from_tier, mover.to_tier] += 1
    total = sum(each.customers for each in _all(cursor, outlet, last, after))
    rank = after.rank
    ordered = sorted(cells.items(), key=lambda cell: (rank.get(cell[0][0], 99), rank.get(cell[0][1], 99)))
    moved = sorted(
        (m for m in movers if m.came or m.from_tier != m.to_tier), key=lambda m: (-(m.to_fen or 0), m.customer_no)
    )
    return Moves(
        first, last, tuple(Migration(one, other, n) for (one, other), n in ordered if n), total - sum(cells.values()),
        tuple(moved), rank,
    )  # fmt: skip


def movers_between(
    cursor: Cursor, policy: Policy, calendar: Calendar, ids: Sequence[int], first: date, last: date
) -> list[Mover]:
    """Where these customers were on a date and are on a later one; those without a balance by then are left out."""
    before, after = open_day(cursor, policy, calendar, first), open_day(cursor, policy, calendar, last)
    then, now = before.figures(ids), after.figures(ids)
    return [_mover(cid, then[cid], now[cid]) for cid in ids if now[cid][3] is not None]


def _moved(cursor: Cursor, outlet: str | None, after: int, until: int) -> list[int]:
    """Customers with a move between the days; the others are where they were."""
    place = " JOIN customer ON id = customer_id AND outlet = ?" if outlet is not None else ""
    rows = cursor.execute(
        f"SELECT DISTINCT customer_id FROM tier_move{place} WHERE day > ? AND day <= ?",
        [*([outlet] if outlet is not None else []), after, until],
    )
    return [row[0] for row in rows.fetchall()]


def _mover(customer_id: int, then: Figure, now: Figure) -> Mover:
    return Mover(now[0], now[1], then[2], now[2], then[3], now[3], then[3] is None, customer_id)


def _all(cursor: Cursor, outlet: str | None, day: date, scheme: Scheme) -> Iterable[TierFigure]:
    tiers, untiered = outlet_summary(cursor, outlet, day, scheme)
    return [untiered, *tiers]
