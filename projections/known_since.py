"""What is known now about a day that was not known then: the same book by two times, held against each other.

One side is a moment (the read model by what was recorded up to some time), the other the present. What both say about
a day is compared for each customer: tier, AUM, owners, duties; and the entries recorded since are named that tell of
that day or an earlier one - written late, or correcting what stood there.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from sqlite3 import Cursor
from typing import Any, Literal

import msgspec

from guanhu.domain.balances import unpack
from guanhu.domain.calendar import Calendar
from guanhu.domain.errors import NotFound
from guanhu.domain.responsibility import Care
from guanhu.domain.scheme import Policy
from guanhu.projections.by_number import customer_ids
from guanhu.projections.day import Day, Figure, open_day
from guanhu.projections.history import Decode, Stored, customer_history
from guanhu.projections.inspection_sight import Sight
from guanhu.projections.posts import check_known
from guanhu.projections.projection import Opener, chunks, marks
from guanhu.projections.queue import Asked, DutyItem, duty_list

Kind = Literal["customer", "tier", "aum", "owners", "system_owner", "duty", "entry"]
COMPARED: tuple[Kind, ...] = ("tier", "aum", "owners", "system_owner")
STATUSES = ("overdue", "open", "done", "missed", "waived")
Key = tuple[str, str, str]
"""(customer_no or "", duty, occurrence)."""


class Side(msgspec.Struct, frozen=True):
    """The book by one of the two times."""

    cursor: Cursor
    policy: Policy
    calendar: Calendar


class Scope(msgspec.Struct, frozen=True):
    """Whom it is about: one customer, those a member of staff looked after on the day, or an outlet's."""

    customer_no: str = ""
    staff: str = ""
    outlet: str = ""


class Found(msgspec.Struct, frozen=True):
    """One thing that is known now and was not then.

    `kind`: what differs; "entry" is an entry recorded since, "customer" that somebody is known by this number or was
    (`then`, `now`). `then` and `now`: tier ids, fen, staff ids, states of duties, None for none. `positions`: the
    events recorded since that made the difference, as far as rows name them. Of entries, `code` and `details` are what
    a sentence is made of (projections/history_words.py).
    """

    customer_no: str
    name: str
    kind: Kind
    then: Any = None
    now: Any = None
    duty: str = ""
    occurrence: str = ""
    positions: tuple[int, ...] = ()
    event: str = ""
    occurred_on: date | None = None
    recorded_at: datetime | None = None
    by: str = ""
    corrects: int | None = None
    code: str = ""
    details: dict[str, Any] = {}


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
    for each in _of_duties(then, now, position, day, scope):
        name = names.get(each.customer_no, each.name)  # as it is now, and as it may be shown now
        found[each.customer_no].append(msgspec.structs.replace(each, name=name))
    for no in _written_since(now.cursor, position, names):
        history = customer_history(now.cursor, stored, decode, opener, no, sight=sight)[1]
        for item in history:
            # A balance that was reported as it was known already tells nothing new.
            if item.position > position and item.occurred_on <= day and item.code != "unchanged":
                found[no].append(
                    Found(
                        no, names[no], "entry", positions=(item.position,), event=item.event,
                        occurred_on=item.occurred_on, recorded_at=item.recorded_at, by=item.by,
                        corrects=item.corrects, code=item.code, details=item.details,
                    )
                )  # fmt: skip
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
    """Tier, AUM and owners on the day."""
    ids_then, ids = customer_ids(before.cursor, numbers), customer_ids(after.cursor, numbers)
    known, figures = before.figures(list(ids_then.values())), after.figures(list(ids.values()))
    seats, seats_now = before.care(list(known)), after.care(list(figures))
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
        then, now = _said(known.get(was), seats.get(was)), _said(figures[cid], seats_now[cid])
        for kind in COMPARED:
            if then[kind] != now[kind]:
                yield Found(no, name, kind, then[kind], now[kind], positions=tuple(made[kind][cid]))


def _taken_out(before: Day, after: Day, was: int) -> tuple[int, ...]:
    """The event that took back the registration of a customer whom the earlier side knows by this id."""
    registered = before.cursor.execute("SELECT position FROM customer WHERE id = ?", (was,)).fetchone()
    return tuple(at for (at,) in after.cursor.execute("SELECT position FROM withdrawn WHERE ref = ?", registered))


def _said(figure: Figure | None, care: Care | None) -> dict[Kind, Any]:
    """What one side says of a customer; of one whom it does not know, nothing."""
    owners = tuple(staff for staff, _ in care.owners) if care else ()
    system_owner = care.system_owner if care else None
    tier, aum = figure[2:] if figure else (None, None)
    return {"tier": tier, "aum": aum, "owners": owners, "system_owner": system_owner}


def _made_since(after: Day, position: int, ids: Sequence[int]) -> Mapping[str, Mapping[int, list[int]]]:
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
    for cid, seat, at in after.cursor.execute(
        f"SELECT customer_id, seat, position FROM care WHERE customer_id {asked} AND position > ? AND start <= ?"
        " AND seat <> 'gap' ORDER BY position",
        values,
    ):
        made["owners" if seat == "owner" else "system_owner"][cid].append(at)
    return made


# ------------------------------------------------------------ duties
def _of_duties(then: Side, now: Side, position: int, day: date, scope: Scope) -> Iterator[Found]:
    """Occurrences that stood otherwise on the day, or were not owed by either time."""
    before, after = (_duties(side, day, scope) for side in (then, now))
    for key in sorted(before.keys() | after.keys()):
        was, is_now = before.get(key), after.get(key)
        state, state_now = was.status if was else None, is_now.status if is_now else None
        item = is_now or was
        if item is None or state == state_now:
            continue
        made = {is_now.done_by or 0, is_now.by} if is_now else set()
        if was and was.done_by:
            made.add(_corrected(now.cursor, was.done_by))
        yield Found(
            item.customer_no or "", item.name, "duty", state, state_now, item.duty, item.occurrence,
            tuple(sorted(at for at in made if at > position)),
        )  # fmt: skip


def _corrected(cursor: Cursor, done_by: int) -> int:
    """The position of the last correction of the act that had done a duty; 0 where it stands as it was."""
    row = cursor.execute("SELECT corrected FROM act WHERE position = ?", (done_by,)).fetchone()
    return row[0] if row else 0


def _duties(side: Side, day: date, scope: Scope) -> dict[Key, DutyItem]:
    if scope.customer_no and not _knows(side.cursor, "customer WHERE no", scope.customer_no):
        return {}
    if scope.staff and not _knows(side.cursor, "staff WHERE id", scope.staff):
        return {}
    if scope.outlet and not _knows(side.cursor, "outlet WHERE code", scope.outlet):
        return {}
    asked = Asked(scope.staff or None, scope.outlet or None, scope.customer_no or None, statuses=STATUSES)
    items = duty_list(side.cursor, side.policy, side.calendar, day, asked).items
    return {(item.customer_no or "", item.duty, item.occurrence): item for item in items}


def _knows(cursor: Cursor, where: str, value: str) -> bool:
    return cursor.execute(f"SELECT 1 FROM {where} = ?", (value,)).fetchone() is not None


# ------------------------------------------------------------ entries
def _written_since(cursor: Cursor, position: int, names: Mapping[str, str]) -> list[str]:
    """Whose own stream has an event after the position, among these; the only one who is asked about, always."""
    if len(names) == 1:
        return list(names)
    rows = cursor.execute(
        "SELECT DISTINCT originator_id FROM stored_events WHERE rowid > ? AND originator_id > 'customer:'"
        " AND originator_id < 'customer;'",
        (position,),
    )
    written = (stream.partition(":")[2] for (stream,) in rows)
    return sorted(no for no in written if no in names)
