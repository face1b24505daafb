"""Tiers on a date: how many customers and how much money in each, who is in one, who moved between two dates."""

from collections import Counter
from datetime import date
from sqlite3 import Cursor

import msgspec

from guanhu.domain.calendar import Calendar
from guanhu.domain.paging import paged
from guanhu.domain.scheme import Policy, Scheme
from guanhu.projections.day import Figure, open_day


class TierFigure(msgspec.Struct, frozen=True):
    """Customers and money in a tier (`tier` None: untiered)."""

    tier: str | None
    customers: int
    aum_fen: int


class TierMember(msgspec.Struct, frozen=True):
    """A customer of a tier."""

    customer_no: str
    name: str
    tier: str | None
    aum_fen: int | None
    owners: tuple[str, ...]
    system_owner: str | None


def summary(cursor: Cursor, day: date, scheme: Scheme) -> tuple[list[TierFigure], TierFigure]:
    """Each tier of the scheme from low to high, and the untiered; customers without a balance by then are in none."""
    rows = cursor.execute(
        "SELECT tier, sum(customers), sum(aum) FROM tier_day WHERE day <= ? GROUP BY tier", (day.toordinal(),)
    )
    found = {tier: (customers, fen) for tier, customers, fen in rows}
    tiers = [TierFigure(tier.id, *found.get(tier.id, (0, 0))) for tier in scheme.tiers]
    known = {"", *(tier.id for tier in scheme.tiers)}
    # Tiers of an earlier scheme, until their customers are rated anew.
    tiers += [TierFigure(tier, *figure) for tier, figure in sorted(found.items()) if tier not in known and figure[0]]
    return tiers, TierFigure(None, *found.get("", (0, 0)))


def tier_list(
    cursor: Cursor, policy: Policy, calendar: Calendar, day: date, tier: str | None, *, limit: int = 0, offset: int = 0
) -> tuple[int, list[TierMember]]:
    """The customers of a tier (None: untiered, with a balance) on a date, largest AUM first, then by number."""
    at = open_day(cursor, policy, calendar, day)
    figures = at.figures(_candidates(cursor, at.ordinal, tier))
    # Who lost a tier is told here even without a balance.
    moved: set[int] = set()
    if tier is None:
        moved = {cid for (cid,) in cursor.execute("SELECT customer_id FROM tier_move WHERE day <= ?", (at.ordinal,))}
    members = [(cid, f) for cid, f in figures.items() if f[2] == tier and (f[3] is not None or cid in moved)]
    members.sort(key=lambda member: _by_aum(member[1]))
    page = paged(members, limit, offset)
    care = at.care([cid for cid, _ in page])
    return len(members), [
        TierMember(*figure, tuple(staff for staff, _ in care[cid].owners), care[cid].system_owner)
        for cid, figure in page
    ]


def _by_aum(figure: Figure) -> tuple[int, str]:
    return -(figure[3] or 0), figure[0]


def _candidates(cursor: Cursor, day: int, tier: str | None) -> list[int]:
    """Customers who are in the tier now, or were or will be by some move: wider than exact."""
    if tier is None:
        rows = cursor.execute("SELECT customer_id FROM account")
    else:
        rows = cursor.execute(
            "SELECT customer_id FROM account WHERE tier = ?"
            " UNION SELECT customer_id FROM tier_move WHERE tier = ? AND day <= ?",
            (tier, tier, day),
        )
    return [row[0] for row in rows.fetchall()]


class Migration(msgspec.Struct, frozen=True):
    """How many customers went from one tier to another between two dates; None: untiered."""

    from_tier: str | None
    to_tier: str | None
    customers: int


def matrix(cursor: Cursor, policy: Policy, calendar: Calendar, first: date, last: date) -> tuple[list[Migration], int]:
    """Who was where on two dates, of those who had a balance on both; and how many came in between.

    Only those who moved in between are looked at one by one: the others are where they were.
    """
    before, after = open_day(cursor, policy, calendar, first), open_day(cursor, policy, calendar, last)
    moved = [
        row[0]
        for row in cursor.execute(
            "SELECT DISTINCT customer_id FROM tier_move WHERE day > ? AND day <= ?", (before.ordinal, after.ordinal)
        )
    ]
    then, now = before.figures(moved), after.figures(moved)
    counted: Counter[tuple[str | None, str | None]] = Counter()
    came = 0
    stayed = {figure.tier: figure.customers for figure in _all(cursor, first, before.scheme)}
    for cid in moved:
        if then[cid][3] is None:
            came += 1
            continue
        counted[then[cid][2], now[cid][2]] += 1
        stayed[then[cid][2]] = stayed.get(then[cid][2], 0) - 1
    for tier, customers in stayed.items():
        counted[tier, tier] += customers
    total_after = sum(figure.customers for figure in _all(cursor, last, after.scheme))
    new = total_after - sum(counted.values())
    rank = after.scheme.rank
    cells = [Migration(one, other, n) for (one, other), n in counted.items() if n]
    cells.sort(key=lambda cell: (rank.get(cell.from_tier, 99), rank.get(cell.to_tier, 99)))
    return cells, max(new, came)


def moves_decided(cursor: Cursor, first: int, last: int) -> int:
    """How many moves between tiers the events from one position to another decided."""
    question = "SELECT count(*) FROM tier_move WHERE position BETWEEN ? AND ?"
    found: int = cursor.execute(question, (first, last)).fetchone()[0]
    return found


def _all(cursor: Cursor, day: date, scheme: Scheme) -> list[TierFigure]:
    tiers, untiered = summary(cursor, day, scheme)
    return [untiered, *tiers]
