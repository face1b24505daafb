"""What is known now about a day that was not known then: the same book by two times, held against each other.

One side is a moment (the read model by what was recorded up to some time), the other the present. What both say about
a day is compared for each customer, value by value as the customer's page has it (known_said.py), and duty by duty
(known_duties.py); and the entries recorded since are named that tell of that day or an earlier one - written late, or
correcting what stood there.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial
from sqlite3 import Cursor
from typing import Any

import msgspec

from guanhu.domain.balances import unpack
from guanhu.domain.errors import NotFound
from guanhu.projections.by_number import customer_ids
from guanhu.projections.day import Day, Figure, open_day
from guanhu.projections.history import Decode, HistoryItem, Stored, StoredRow, customer_history
from guanhu.projections.inspection_sight import Sight
from guanhu.projections.known_duties import of_duties
from guanhu.projections.known_found import Found, Said, Scope, Side
from guanhu.projections.known_said import differing, said_of
from guanhu.projections.posts import check_known
from guanhu.projections.projection import ASKED_AT_ONCE, Opener, chunks, marks

Made = Mapping[str, Mapping[int, list[int]]]
"""By kind and customer, the events after the moment that tell of the day, as far as rows name them."""
DECODED = 64
"""Events in columns are about the customers of neighbouring numbers: so many are kept to be read again."""
MAKING: Mapping[str, frozenset[str]] = {
    "name": frozenset({"profile"}), "outlet": frozenset({"profile"}), "erased": frozenset({"erased"}),
    "facts": frozenset({"profile"}), "profile_score": frozenset({"profile"}), "tags": frozenset({"tagged"}),
    "links": frozenset({"linked", "erased"}), "products": frozenset({"product", "product_ended"}),
}  # fmt: skip
"""By what events else a value can have come to be another one."""
FOLLOWS: Mapping[Said, Said] = {"tier_since": "tier", "aum_date": "aum", "owner_roles": "owners"}
"""What is told only where the value that it goes with is the same by both."""
NOTHING: Mapping[Said, Any] = {"tier": None, "aum": None, "owners": (), "system_owner": None}
"""What is told to have become of somebody whom the earlier side does not know."""


def known_since(
    then: Side, now: Side, position: int, day: date, scope: Scope, stored: Stored, decode: Decode, opener: Opener,
    *, sight: Sight | None = None,
) -> list[Found]:  # fmt: skip
    """What differs, by customer; `position` is the last event that the earlier side knows.

    NotFound("unknown_customer", "unknown_staff", "unknown_outlet") for what the present does not know.
    """
    before, after = (open_day(side.cursor, side.policy, side.calendar, day) for side in (then, now))
    found: dict[str, list[Found]] = defaultdict(list)
    names: dict[str, str] = {}
    for part in chunks(_in_scope(before, after, scope), 900):
        for each in _of_customers(before, after, position, part):
            found[each.customer_no].append(each)
        names.update(figure[:2] for figure in after.figures(list(customer_ids(after.cursor, part).values())).values())
    for each in of_duties(then, now, position, day, scope):
        name = names.get(each.customer_no, each.name)  # as it is now, and as it may be shown now
        found[each.customer_no].append(msgspec.structs.replace(each, name=name))
    told = partial(customer_history, now.cursor, Remembered(stored), lru_cache(DECODED)(decode), opener, sight=sight)
    for no in _told_of(now.cursor, position, names, found):
        history = told(no, after=position)[1]
        if any(item.corrects is not None for item in history):  # what it names may be older
            history = told(no)[1]
        found[no] = [_with_events(each, history, position) for each in found[no]]
        found[no] += [_entry(item, no, names[no]) for item in _since(history, position, day)]
    return [each for no in sorted(found) for each in found[no]]


def _in_scope(before: Day, after: Day, scope: Scope) -> list[str]:
    """The numbers of whom it is about, by either time; the id of one who was taken out of the book goes to another."""
    check_known(after.cursor, staff=scope.staff, outlet=scope.outlet)
    found = sorted(_numbers(before, scope) | _numbers(after, scope))
    if scope.customer_no and not found:
        raise NotFound("unknown_customer", customer_no=scope.customer_no)
    return found


def _numbers(at: Day, scope: Scope) -> set[str]:
    question, values = "SELECT no FROM customer WHERE no = ?", [scope.customer_no]
    if scope.outlet:
        question, values = "SELECT no FROM customer WHERE outlet = ?", [scope.outlet]
    elif scope.staff:
        question = (
            "SELECT no FROM customer WHERE id IN (SELECT customer_id FROM care WHERE staff = :staff AND start <= :day"
            " AND end > :day AND seat <> 'gap')"
        )
        return {no for (no,) in at.cursor.execute(question, {"staff": scope.staff, "day": at.ordinal})}
    return {no for (no,) in at.cursor.execute(question, values)}


# ------------------------------------------------------------ customers
def _of_customers(before: Day, after: Day, position: int, numbers: Sequence[str]) -> Iterator[Found]:
    """What the customers' pages say otherwise on the day."""
    ids_then, ids = customer_ids(before.cursor, numbers), customer_ids(after.cursor, numbers)
    known, figures = before.figures(list(ids_then.values())), after.figures(list(ids.values()))
    said_then, said_now = said_of(before, list(known)), said_of(after, list(figures))
    made = _made_since(after, position, list(figures))
    for no in numbers:
        was, cid = ids_then.get(no, 0), ids.get(no)
        if cid is None:
            yield Found(no, known[was][1], "customer", True, False, positions=_taken_out(before, after, was))
            continue
        name = figures[cid][1]
        if not was:
            registered = after.cursor.execute("SELECT position FROM customer WHERE id = ?", (cid,)).fetchone()[0]
            yield Found(no, name, "customer", False, True, positions=(registered,))
        then, now = said_then.get(was, NOTHING), said_now[cid]
        for kind, value in then.items():
            follows = FOLLOWS.get(kind)
            if value != now[kind] and (follows is None or then.get(follows) == now[follows]):
                yield Found(no, name, kind, *differing(value, now[kind], kind), positions=tuple(made[kind][cid]))
    yield from _in_hand(before, after, ids_then, ids, figures)


def _in_hand(
    before: Day, after: Day, ids_then: Mapping[str, int], ids: Mapping[str, int], figures: Mapping[int, Figure]
) -> Iterator[Found]:
    """What was taken up for the customers by the day and is in other hands by what is known now."""
    then, now = _holders(before, list(ids_then.values())), _holders(after, list(ids.values()))
    number = {cid: no for no, cid in ids.items()}
    for position, (cid, staff) in now.items():
        was = then.get(position)
        if was is not None and was[1] != staff:
            yield Found(number[cid], figures[cid][1], "in_hand", was[1], staff, corrects=position)


def _holders(at: Day, ids: Sequence[int]) -> dict[int, tuple[int, str]]:
    """By their positions the customers of affairs, and who has them in hand."""
    question = f"SELECT position, customer_id, staff FROM affair WHERE customer_id IN ({marks(ids)}) AND day <= ?"
    return {position: whose for position, *whose in at.cursor.execute(question, (*ids, at.ordinal))}


def _taken_out(before: Day, after: Day, was: int) -> tuple[int, ...]:
    """The event that took back the registration of a customer whom the earlier side knows by this id."""
    registered = before.cursor.execute("SELECT position FROM customer WHERE id = ?", (was,)).fetchone()
    return tuple(at for (at,) in after.cursor.execute("SELECT position FROM withdrawn WHERE ref = ?", registered))


def _made_since(after: Day, position: int, ids: Sequence[int]) -> Made:
    """The events after a position that tell of the day: of balances, decided tiers, seats, each by customer."""
    made: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    asked = f"IN ({marks(ids)})"
    for cid, series in after.cursor.execute(f"SELECT customer_id, series FROM account WHERE customer_id {asked}", ids):
        made["aum"][cid] += [at for day, _, _, at in unpack(series) if at > position and day <= after.ordinal]
    values = (*ids, position, after.ordinal)
    for cid, at in after.cursor.execute(
        f"SELECT customer_id, position FROM tier_move WHERE customer_id {asked} AND position > ? AND day <= ?"
        " ORDER BY position",
        values,
    ):
        made["tier"][cid].append(at)
        made["tier_since"][cid].append(at)
    for cid, seat, at in after.cursor.execute(
        f"SELECT customer_id, seat, position FROM care WHERE customer_id {asked} AND position > ? AND start <= ?"
        " AND seat <> 'gap' ORDER BY position",
        values,
    ):
        for kind in ("owners", "owner_roles") if seat == "owner" else ("system_owner",):
            made[kind][cid].append(at)
    return made


# ------------------------------------------------------------ entries
class Remembered:
    """The stored events, of which those in columns are read once: they are about thousands of customers."""

    def __init__(self, stored: Stored) -> None:
        self._stored = stored
        self._columns: dict[int, StoredRow] = {}

    def read(self, cursor: Cursor, positions: Sequence[int]) -> list[StoredRow]:
        """As Stored."""
        left = [at for at in positions if at not in self._columns]
        rows = {row[0]: row for row in self._stored.read(cursor, left)}
        self._columns.update((at, row) for at, row in rows.items() if not row[1].startswith("customer:"))
        return [rows.get(at) or self._columns[at] for at in positions if at in rows or at in self._columns]

    def of_stream(self, cursor: Cursor, stream: str) -> list[StoredRow]:
        """As Stored."""
        return self._stored.of_stream(cursor, stream)


def _told_of(cursor: Cursor, position: int, names: Mapping[str, str], found: Mapping[str, list[Found]]) -> list[str]:
    """Of whom among these an entry may tell: who differs, and whose own stream has an event after the position.

    The only one who is asked about, always.
    """
    if len(names) == 1:
        return list(names)
    streams = [f"customer:{no}" for no in names]
    written = {no for no, told in found.items() if told and no in names}
    for part in chunks(streams, ASKED_AT_ONCE):
        question = f"SELECT DISTINCT originator_id FROM stored_events WHERE originator_id IN ({marks(part)})"
        rows = cursor.execute(f"{question} AND rowid > ?", (*part, position))
        written |= {stream.partition(":")[2] for (stream,) in rows}
    return sorted(written)


def _since(history: Sequence[HistoryItem], position: int, day: date) -> Iterator[HistoryItem]:
    """What was recorded since of the day or an earlier one, or of an entry that stood on such a day."""
    on: dict[int, date] = {}
    for item in history:
        tells = item.occurred_on <= day
        if item.corrects is None:
            on[item.position] = item.occurred_on
        else:
            tells = tells or on.get(item.corrects, item.occurred_on) <= day
            on[item.corrects] = min(item.occurred_on, on.get(item.corrects, item.occurred_on))
        # A balance that was reported as it was known already tells nothing new.
        if item.position > position and tells and item.code != "unchanged":
            yield item


def _entry(item: HistoryItem, no: str, name: str) -> Found:
    return Found(
        no, name, "entry", positions=(item.position,), event=item.event, occurred_on=item.occurred_on,
        recorded_at=item.recorded_at, by=item.by, corrects=item.corrects, code=item.code, details=item.details,
    )  # fmt: skip


def _with_events(found: Found, history: Sequence[HistoryItem], position: int) -> Found:
    """The same with the events since that can have made the difference, where no row names them."""
    topics = MAKING.get(found.kind)
    if found.positions or topics is None:
        return found
    of_kind = {item.position for item in history if item.event in topics}
    made = [
        item.position for item in history
        if item.position > position and (item.event in topics or item.corrects in of_kind)
    ]  # fmt: skip
    return msgspec.structs.replace(found, positions=tuple(made))
