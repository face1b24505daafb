"""Customers read from the tables with what decides their duties, many at a time (alike.py)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from sqlite3 import Cursor
from typing import Any

from guanhu.domain.balances import STATED, steps, unpack
from guanhu.projections.alike import Person
from guanhu.projections.projection import marks
from guanhu.projections.reached import REACHED_ACT

Course = tuple[Sequence[int], Sequence[int], Sequence[int]]
"""Days, the balance in fen carried from each on, and the balances that were reported."""

Held = tuple[Course, Sequence[tuple[int, str]]]
"""A customer's balances and moves of tier (day, tier id or ""), the moves to come with them."""

Rows = dict[int, list[tuple[Any, ...]]]

_MARKS = "SELECT customer_id, mark, start, end FROM mark WHERE customer_id {}"
_SEATS = (
    "SELECT customer_id, staff, role, seat, start, end, bulk FROM care WHERE customer_id {} AND seat <> 'gap'"
    " ORDER BY start, position"
)
_ACTS = f"SELECT customer_id, day, {REACHED_ACT} FROM act WHERE customer_id {{}} ORDER BY customer_id, day, position"
_MOVES = "SELECT customer_id, day, tier FROM tier_move WHERE customer_id {} ORDER BY customer_id, day, n"
_MORE = "SELECT customer_id FROM {} WHERE customer_id {}"
_SERIES = "SELECT customer_id, series FROM account WHERE customer_id {}"
_PEOPLE = "SELECT id, outlet, birthday, lunar_birthday, personal FROM customer WHERE id {} AND erased = 0 ORDER BY id"


def people(cursor: Cursor, ids: Sequence[int], held: Mapping[int, Held] | None = None) -> list[Person]:
    """The customers with these ids, in ascending order; erased ones are left out.

    `held`: balances and moves of all of them who have any, where they are in memory.
    """
    among, values = _among(ids)
    seats, marked = _rows(cursor, _SEATS, among, values), _rows(cursor, _MARKS, among, values)
    acts = _rows(cursor, _ACTS, among, values)
    more = {row[0] for table in ("product", "affair") for row in cursor.execute(_MORE.format(table, among), values)}
    if held is None:
        held = _held(cursor, among, values)
    wanted = set(ids)
    none: list[tuple[Any, ...]] = []
    nothing: Held = (((), (), ()), ())
    found: list[Person] = []
    for cid, outlet, birthday, lunar, personal in cursor.execute(_PEOPLE.format(among), values):
        if cid in wanted:
            course, tiers = held.get(cid, nothing)
            found.append(
                Person(
                    cid, outlet, birthday, lunar, personal, *course, tiers, marked.get(cid, none),
                    seats.get(cid, none), acts.get(cid, none), cid in more,
                )
            )  # fmt: skip
    return found


def course_of(series: bytes) -> Course:
    """The balances of a series, in columns."""
    if not series:
        return (), (), ()
    entries = unpack(series)
    days, kinds, fens, _ = zip(*entries, strict=True)
    if not any(kinds):  # a report of each day is what is carried from that day on
        return days, fens, fens
    days, carried = zip(*steps(entries), strict=True)
    return days, carried, [fen for _, kind, fen, _ in entries if kind == STATED]


def _among(ids: Sequence[int]) -> tuple[str, Sequence[int]]:
    """A condition on ids, ascending: their range, where few others lie between; reading it costs half."""
    if ids[-1] - ids[0] < len(ids) * 5 // 4:
        return "BETWEEN ? AND ?", (ids[0], ids[-1])
    return f"IN ({marks(ids)})", ids


def _held(cursor: Cursor, among: str, values: Sequence[int]) -> dict[int, Held]:
    moves = _rows(cursor, _MOVES, among, values)
    none: list[tuple[int, str]] = []
    found: dict[int, Held] = {}
    for cid, series in cursor.execute(_SERIES.format(among), values):
        found[cid] = course_of(series), moves.pop(cid, none)
    for cid, tiers in moves.items():
        found[cid] = ((), (), ()), tiers
    return found


def _rows(cursor: Cursor, question: str, among: str, values: Sequence[int]) -> Rows:
    found: Rows = defaultdict(list)
    for row in cursor.execute(question.format(among), values):
        found[row[0]].append(row[1:])
    return found
