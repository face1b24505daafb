"""The meeting sheet (晨会/夕会): an outlet's day on one page, for the morning and for the evening.

Who does what today, what was done, what waits to be assigned, who is away, who rose or fell. The screen, the command
and the printed page show the same answer.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from sqlite3 import Cursor

import msgspec

from guanhu.domain.calendar import Calendar
from guanhu.domain.contact import REACHED
from guanhu.domain.scheme import Policy, Scheme
from guanhu.projections.assignment import Waiting, assignment_queue
from guanhu.projections.log import Asked, LogEntry, log_entries
from guanhu.projections.outlet_tiers import Moves, outlet_moves
from guanhu.projections.posts import check_known
from guanhu.projections.queue import UNDONE, DutyItem
from guanhu.projections.today import group_of
from guanhu.projections.workload import Load, Workload, workload

FIRST = 3
"""Of what is to be done, so many are named for each member of staff."""
AHEAD = 7
"""Days ahead for which absences are told."""


class Step(msgspec.Struct, frozen=True):
    """A next step that was planned for the day when something was done for the customer (`since`)."""

    customer_no: str
    name: str
    staff: str
    since: date


class Leave(msgspec.Struct, frozen=True):
    """Who is away, from one day to another, and who stands in."""

    staff: str
    stand_in: str
    first: date
    last: date


class Part(msgspec.Struct, frozen=True):
    """One member of staff at the meeting.

    `load`: done and missed since the working day before; `done_today`, `done_before` part what was done. `first` is
    what to do first, `steps` what was planned. Of the day's entries: all, contacts, those of them that reached, visits.
    """

    staff_id: str
    load: Load
    done_today: int
    done_before: int
    first: tuple[DutyItem, ...]
    steps: tuple[Step, ...]
    entries: int
    contacts: int
    reached: int
    visits: int

    @property
    def pressing(self) -> int:
        """What is overdue or due on the day."""
        return self.load.overdue + self.load.due_today


class Meeting(msgspec.Struct, frozen=True):
    """An outlet's day. `before`, `after`: the working days around it; `whole`: all parts as one, each duty once.

    `unowed`: undone duties that nobody is there to owe. `moves`: since the working day before.
    """

    outlet: str
    day: date
    before: date
    after: date
    parts: tuple[Part, ...]
    whole: Part
    unowed: int
    waiting: tuple[Waiting, ...]
    moves: Moves
    leave: tuple[Leave, ...]
    entries: tuple[LogEntry, ...]


def meeting(cursor: Cursor, policy: Policy, calendar: Calendar, day: date, outlet: str) -> Meeting:
    """The meeting sheet of an outlet on a day; NotFound("unknown_outlet")."""
    check_known(cursor, outlet=outlet)
    before = _working_day_before(calendar, day)
    loads = workload(cursor, policy, calendar, day, outlet=outlet, since=before)
    _, entries = log_entries(cursor, Asked(outlet=outlet, first=day, last=day))
    leave = _leave(cursor, outlet, day)
    steps = _steps(cursor, outlet, day)
    parts = [_part(load, loads, steps[load.staff_id], entries) for load in loads.loads if load.staff_id]
    whole = _part(loads.total, loads, [step for each in steps.values() for step in each], entries)
    scheme = policy.on(day)
    return Meeting(
        outlet, day, before, calendar.add_working_days(day, 1),
        tuple(part for part in parts if _takes_part(part, scheme)), whole, len(loads.of("", UNDONE)),
        tuple(assignment_queue(cursor, outlet, day)), outlet_moves(cursor, policy, calendar, outlet, before, day),
        tuple(leave), tuple(entries),
    )  # fmt: skip


def _working_day_before(calendar: Calendar, day: date) -> date:
    before = day - timedelta(days=1)
    while not calendar.is_working_day(before):
        before -= timedelta(days=1)
    return before


def _takes_part(part: Part, scheme: Scheme) -> bool:
    """Who looks after customers, or has something to do or did something; others only sit at the outlet."""
    looks_after = any(role in scheme.role and scheme.role[role].owns for role in part.load.roles)
    return looks_after or bool(part.load.total or part.entries or part.steps)


def _part(load: Load, loads: Workload, steps: Sequence[Step], entries: Sequence[LogEntry]) -> Part:
    """What one member of staff has to do and did; of all where the load is the outlet's."""
    own = loads.of(load.staff_id or None)
    done = Counter(item.done_on == loads.day for item in own if item.status == "done")
    # What can wait is not for the meeting.
    near = [item for item in own if item.status in UNDONE and group_of(item, loads.day) != "later"]
    theirs = [entry for entry in entries if not load.staff_id or load.staff_id in (entry.staff, *entry.companions)]
    contacts = [entry for entry in theirs if entry.kind == "contact"]
    return Part(
        load.staff_id, load, done[True], done[False], tuple(near[:FIRST]), tuple(steps), len(theirs), len(contacts),
        sum(entry.outcome in REACHED for entry in contacts), sum(entry.kind == "visit" for entry in theirs),
    )  # fmt: skip


def _leave(cursor: Cursor, outlet: str, day: date) -> list[Leave]:
    """Who of the outlet is away on the day or soon after, in the order in which they go."""
    on = day.toordinal()
    rows = cursor.execute(
        "SELECT DISTINCT leave.staff, stand_in, first, last FROM leave JOIN post ON post.staff = leave.staff"
        " WHERE last >= ? AND first <= ? AND outlet = ? AND post.start <= ? AND post.end > ?"
        " ORDER BY first, leave.staff",
        (on, on + AHEAD, outlet, on, on),
    )
    return [
        Leave(staff, stand_in, date.fromordinal(first), date.fromordinal(last)) for staff, stand_in, first, last in rows
    ]


def _steps(cursor: Cursor, outlet: str, day: date) -> dict[str, list[Step]]:
    """The next steps planned for the day by member of staff; what was planned anew since is not told."""
    on = day.toordinal()
    found: dict[str, list[Step]] = defaultdict(list)
    rows = cursor.execute(
        "SELECT no, CASE WHEN restricted THEN '' ELSE name END, act.staff, max(act.day) FROM customer CROSS JOIN act"
        " ON act.customer_id = id WHERE outlet = ? AND next_day = ? AND act.day < ? AND kind <> 'withdrawn'"
        " AND NOT EXISTS (SELECT 1 FROM act later WHERE later.customer_id = id AND later.kind <> 'withdrawn'"
        " AND later.next_day IS NOT NULL AND later.position > act.position AND later.day <= ?)"
        " GROUP BY no, act.staff ORDER BY no",
        (outlet, on, on, on),
    )
    for no, name, staff, since in rows:
        found[staff].append(Step(no, name, staff, date.fromordinal(since)))
    return found
