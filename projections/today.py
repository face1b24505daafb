"""The day of a member of staff: the queue with the last act for each customer, the day's load, what to do first."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from sqlite3 import Cursor
from typing import Literal

import msgspec

from guanhu.domain.calendar import Calendar
from guanhu.domain.dates import first_of_month, last_of_month, period_bounds
from guanhu.domain.obligation import kinds_of
from guanhu.domain.proposing import Candidate, Load, Owed, Proposal, propose, room_of_a_day
from guanhu.domain.scheme import Policy, Scheme
from guanhu.projections.posts import customers_owned, roles_on
from guanhu.projections.projection import chunks, marks
from guanhu.projections.queue import Asked, DutyItem, duty_list

Group = Literal["overdue", "today", "week", "later"]
GROUPS: tuple[Group, ...] = ("overdue", "today", "week", "later")

PROPOSED = 5
"""How many proposals are made: nobody plans further than that before looking again."""


class LastAct(msgspec.Struct, frozen=True):
    """The newest entry of a customer's log on a date."""

    on: date
    kind: str
    channel: str
    outcome: str


class Queue(msgspec.Struct, frozen=True):
    """What a member of staff owes on a day, in order, and by customer number the last act; see `duty_list`."""

    day: date
    items: list[DutyItem]
    last: dict[str, LastAct]
    provisional: bool


class Plan(msgspec.Struct, frozen=True):
    """The day's load, the customers looked after against the posts' capacity (0: not counted), and what to do first."""

    load: Load
    customers: int
    capacity: int
    proposals: list[Proposal]


def group_of(item: DutyItem, day: date) -> Group:
    """Where a duty stands in the queue; weeks end on Sunday, and what has no due date can wait."""
    if item.status == "overdue":
        return "overdue"
    if item.due is None or item.due > period_bounds("week", day)[1]:
        return "later"
    return "today" if item.due <= day else "week"


def queue(
    cursor: Cursor, policy: Policy, calendar: Calendar, day: date, staff: str, *, staff_too: bool = True
) -> Queue:
    """The queue of a member of staff on a day: overdue, due today, this week, later; each by due date and AUM.

    `staff_too`: also the daily duties of staff and outlets (see `duty_list`).
    """
    found = duty_list(cursor, policy, calendar, day, Asked(staff=staff), staff_too=staff_too)
    ids = {item.customer_id: item.customer_no for item in found.items if item.customer_no}
    return Queue(day, found.items, _last_acts(cursor, ids, day), found.provisional)


def outlet_queue(
    cursor: Cursor, policy: Policy, calendar: Calendar, day: date, outlet: str, limit: int
) -> tuple[Queue, int]:
    """The first of what all of an outlet owe on a day, in the queue's order, and how much it is in all."""
    found = duty_list(cursor, policy, calendar, day, Asked(outlet=outlet), limit=limit)
    ids = {item.customer_id: item.customer_no for item in found.items if item.customer_no}
    return Queue(day, found.items, _last_acts(cursor, ids, day), found.provisional), found.total


def _last_acts(cursor: Cursor, ids: dict[int, str], day: date) -> dict[str, LastAct]:
    """The newest act of each customer by its number; what was withdrawn is none."""
    found: dict[str, LastAct] = {}
    for part in chunks(list(ids), 900):
        # SQLite takes the other columns from the row that holds the greatest day.
        rows = cursor.execute(
            "SELECT customer_id, max(day * 1000000000 + position), day, kind, channel, outcome FROM act"
            f" WHERE customer_id IN ({marks(part)}) AND day <= ? AND kind <> 'withdrawn' GROUP BY customer_id",
            (*part, day.toordinal()),
        )
        for cid, _newest, on, kind, channel, outcome in rows:
            found[ids[cid]] = LastAct(date.fromordinal(on), kind, channel, outcome)
    return found


def plan(cursor: Cursor, policy: Policy, calendar: Calendar, day: date, staff: str, items: Sequence[DutyItem]) -> Plan:
    """The load of a day and what to do first, from the items of the member's queue (domain/proposing.py)."""
    scheme = policy.on(day)
    roles = roles_on(cursor, staff, day.toordinal())
    capacity = sum(scheme.role[role].capacity for role in roles if role in scheme.role)
    done = _served(cursor, policy, calendar, day, staff)
    pressing = {item.customer_no for item in items if item.customer_no and group_of(item, day) in ("overdue", "today")}
    load = Load(len(pressing), len(done), room_of_a_day(capacity, working_days(calendar, day)))
    customers = customers_owned(cursor, staff, day.toordinal())
    return Plan(load, customers, capacity, propose(candidates(items, scheme), day, PROPOSED))


def working_days(calendar: Calendar, day: date) -> int:
    """How many working days the month of a day has."""
    first, last = first_of_month(day), last_of_month(day)
    return sum(calendar.is_working_day(first + timedelta(days=n)) for n in range((last - first).days + 1))


def _served(cursor: Cursor, policy: Policy, calendar: Calendar, day: date, staff: str) -> set[str]:
    """The customers for whom a duty was done on the day: one that the member of staff owed, or by an act of theirs.

    An act that finished nothing, as a call that nobody took, does not count.
    """
    done = ("done",)
    asked = [Asked(staff=staff, statuses=done, since=day)]
    if touched := _touched(cursor, staff, day):
        asked.append(Asked(customers=tuple(touched), statuses=done, since=day))
    found = (duty_list(cursor, policy, calendar, day, each, staff_too=False).items for each in asked)
    return {item.customer_no for items in found for item in items if item.customer_no and item.done_on == day}


def _touched(cursor: Cursor, staff: str, day: date) -> set[int]:
    """The customers for whom a member of staff did something on a day, companions of a visit included."""
    rows = cursor.execute(
        "SELECT customer_id FROM act WHERE staff = ? AND day = ? AND kind <> 'withdrawn' UNION"
        " SELECT customer_id FROM act WHERE day = ? AND companions <> '' AND kind <> 'withdrawn'"
        " AND instr(' ' || companions || ' ', ' ' || ? || ' ')",
        (staff, day.toordinal(), day.toordinal(), staff),
    )
    return {cid for (cid,) in rows}


def candidates(items: Iterable[DutyItem], scheme: Scheme) -> list[Candidate]:
    """The customers of a queue, with what discharges each of their duties."""
    owed: dict[str, list[Owed]] = defaultdict(list)
    people: dict[str, DutyItem] = {}
    for item in items:
        duty = scheme.duty.get(item.duty)
        if item.customer_no is None or duty is None:
            continue
        people[item.customer_no] = item
        kinds = kinds_of(duty, duty.by[min(item.by, len(duty.by) - 1)])
        missing = max(1, item.acts_needed - item.acts_done)
        owed[item.customer_no].append(Owed(item.duty, item.status == "overdue", item.due, kinds, missing))
    return [
        Candidate(no, scheme.rank.get(item.tier, 0), item.aum_fen or 0, tuple(owed[no])) for no, item in people.items()
    ]
