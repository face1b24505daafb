"""Why a customer is in a tier: the moves, the rule and the balances behind each."""

from datetime import date
from sqlite3 import Cursor

import msgspec

from guanhu.domain.balances import Step, carried, highest, steps, unpack
from guanhu.domain.dates import first_of_month, last_of_month
from guanhu.domain.scheme import Policy
from guanhu.domain.tiering import measure
from guanhu.projections.by_number import customer_id
from guanhu.projections.projection import read_book


class TierMove(msgspec.Struct, frozen=True):
    """A move between tiers; `provisional`: it will come if no further balance does, nothing has decided it yet."""

    on: date
    from_tier: str | None
    to_tier: str | None
    basis_fen: int
    rule: str
    scheme: str
    version: int
    position: int | None
    provisional: bool


class BalanceFact(msgspec.Struct, frozen=True):
    """A balance that counted: from when, how much, and the position of the event that said so."""

    date: date
    aum_fen: int
    position: int


class TierWhy(msgspec.Struct, frozen=True):
    """Why the tier is what it is on a date, and what will change it."""

    customer_no: str
    on: date
    tier: str | None
    measure: str
    measure_fen: int | None
    aum_fen: int | None
    floor_fen: int | None
    next_floor_fen: int | None
    month_highest_fen: int | None
    last_move: TierMove | None
    next_move: TierMove | None
    balances: list[BalanceFact]
    scheme: str
    version: int
    provisional: bool


def tier_history(cursor: Cursor, customer_no: str, day: date | None = None) -> list[TierMove]:
    """The moves of a customer up to a date, oldest first; None: those to come too. NotFound("unknown_customer")."""
    cid = customer_id(cursor, customer_no)
    rows = cursor.execute(
        "SELECT day, from_tier, tier, basis, rule, scheme, version, position FROM tier_move"
        " WHERE customer_id = ? ORDER BY day, n",
        (cid,),
    )
    moves = [
        TierMove(
            date.fromordinal(on), before or None, after or None, basis, rule, scheme, version, position or None,
            provisional=not position,
        )
        for on, before, after, basis, rule, scheme, version, position in rows
    ]  # fmt: skip
    return [move for move in moves if day is None or move.on <= day]


def tier_why(cursor: Cursor, policy: Policy, day: date, customer_no: str) -> TierWhy:
    """What decided a customer's tier on a date: the last move with its balances, the floors, the next move.

    NotFound("unknown_customer").
    """
    cid = customer_id(cursor, customer_no)
    moves = tier_history(cursor, customer_no)
    past = [move for move in moves if move.on <= day]
    coming = [move for move in moves if move.on > day]
    row = cursor.execute("SELECT series FROM account WHERE customer_id = ?", (cid,)).fetchone()
    entries = unpack(row[0]) if row else []
    balances = [step for step in steps(entries) if step[0] <= day.toordinal()]
    scheme = policy.on(day)
    tier = past[-1].to_tier if past else None
    held = scheme.tier(tier)
    step = scheme.rank.get(tier, 0)
    return TierWhy(
        customer_no, day, tier, scheme.rating.measure, measure(balances, day, scheme) if balances else None,
        carried(balances, day.toordinal()), held.floor if held else None,
        scheme.floors[step] if step < len(scheme.floors) else None, _month_highest(balances, day),
        past[-1] if past else None, coming[0] if coming else None, _behind(past, entries, day),
        scheme.id, scheme.version, day.toordinal() > read_book(cursor, "day"),
    )  # fmt: skip


def _month_highest(balances: list[Step], day: date) -> int | None:
    """The highest balance of the month to the date: what a demotion at its end would go by."""
    return highest(balances, first_of_month(day).toordinal(), min(day, last_of_month(day)).toordinal())


def _behind(past: list[TierMove], entries: list[tuple[int, int, int, int]], day: date) -> list[BalanceFact]:
    """The balances since the last move's month began, and the one carried into it."""
    since = first_of_month(past[-1].on).toordinal() if past else 0
    if past and past[-1].rule == "down_full_month":
        since = first_of_month(date.fromordinal(since - 1)).toordinal()
    positions: dict[int, int] = {}
    for at, _, _, position in entries:
        positions[at] = position
    known = [step for step in steps(entries) if step[0] <= day.toordinal()]
    before = [step for step in known if step[0] < since][-1:]
    return [
        BalanceFact(date.fromordinal(at), fen, positions[at])
        for at, fen in [*before, *(step for step in known if step[0] >= since)]
    ]
