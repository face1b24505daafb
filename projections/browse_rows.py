"""The rows of a list of customers: what stands beside each name, for a page of ids at a time."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from sqlite3 import Cursor

import msgspec

from guanhu.domain.calendar import Calendar
from guanhu.domain.scheme import Policy, Scheme
from guanhu.projections.by_number import customer_numbers
from guanhu.projections.day import open_day
from guanhu.projections.projection import chunks, marks
from guanhu.projections.queue import Asked, duty_list
from guanhu.projections.reached import REACHED_ACT


class CustomerRow(msgspec.Struct, frozen=True):
    """A customer in a list on a day.

    `to_next_fen`: what is lacking to the next tier's floor, None in the highest tier, where the AUM is above it, and
    without a balance. `reached_on`: when last reached. `overdue` and `open` count duties. `birthday` is MM-DD as it
    is kept, `lunar` where that is by the moon; "" where it is not known or may not be shown.
    """

    customer_id: int
    customer_no: str
    name: str
    tier: str | None
    aum_fen: int | None
    to_next_fen: int | None
    outlet: str
    owners: tuple[str, ...]
    system_owner: str | None
    reached_on: date | None
    overdue: int
    open: int
    marks: tuple[str, ...]
    birthday: str
    lunar: bool


def customer_rows(
    cursor: Cursor, policy: Policy, calendar: Calendar, day: date, ids: Sequence[int]
) -> list[CustomerRow]:
    """The rows of these customers, in their order."""
    at = open_day(cursor, policy, calendar, day)
    figures, care = at.figures(ids), at.care(ids)
    people, reached, marked = _people(cursor, ids), _reached(cursor, ids, at.ordinal), _marks(cursor, ids, at.ordinal)
    duties = _duties(cursor, policy, calendar, day, ids)
    rows = []
    for cid in ids:
        no, name, tier, fen = figures[cid]
        outlet, birthday, lunar = people[cid]
        seats = care[cid]
        rows.append(
            CustomerRow(
                cid, no, name, tier, fen, to_next(at.scheme, tier, fen), outlet,
                tuple(staff for staff, _ in seats.owners), seats.system_owner, reached.get(cid), duties[cid, "overdue"],
                duties[cid, "open"], marked.get(cid, ()), birthday, lunar,
            )
        )  # fmt: skip
    return rows


def to_next(scheme: Scheme, tier: str | None, fen: int | None) -> int | None:
    """What is lacking to the floor of the tier above, in fen; None where nothing is."""
    step = scheme.rank.get(tier, 0)
    if fen is None or step >= len(scheme.floors) or fen >= scheme.floors[step]:
        return None
    return scheme.floors[step] - fen


def numbers_of(cursor: Cursor, ids: Sequence[int]) -> list[str]:
    """The numbers of these customers, in their order."""
    found = customer_numbers(cursor, ids)
    return [found[cid] for cid in ids]


def _people(cursor: Cursor, ids: Sequence[int]) -> dict[int, tuple[str, str, bool]]:
    """Outlet, birthday as MM-DD, and whether that is by the moon."""
    found = {}
    for part in chunks(ids, 900):
        for cid, outlet, birthday, lunar, restricted in cursor.execute(
            f"SELECT id, outlet, birthday, lunar_birthday, restricted FROM customer WHERE id IN ({marks(part)})", part
        ):
            shown = "" if restricted else lunar or birthday[5:]
            found[cid] = (outlet, shown, bool(lunar and shown))
    return found


def _reached(cursor: Cursor, ids: Sequence[int], day: int) -> dict[int, date]:
    found = {}
    for part in chunks(ids, 900):
        for cid, on in cursor.execute(
            f"SELECT customer_id, max(day) FROM act WHERE customer_id IN ({marks(part)}) AND day <= ? AND {REACHED_ACT}"
            " GROUP BY customer_id",
            (*part, day),
        ):
            found[cid] = date.fromordinal(on)
    return found


def _marks(cursor: Cursor, ids: Sequence[int], day: int) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = defaultdict(list)
    for part in chunks(ids, 900):
        for cid, mark in cursor.execute(
            f"SELECT customer_id, mark FROM mark WHERE customer_id IN ({marks(part)}) AND start <= ? AND end > ?"
            " ORDER BY start",
            (*part, day, day),
        ):
            found[cid].append(mark)
    return {cid: tuple(each) for cid, each in found.items()}


def _duties(
    cursor: Cursor, policy: Policy, calendar: Calendar, day: date, ids: Sequence[int]
) -> Counter[tuple[int, str]]:
    if not ids:
        return Counter()
    items = duty_list(cursor, policy, calendar, day, Asked(customers=tuple(ids))).items
    return Counter((item.customer_id, item.status) for item in items)
