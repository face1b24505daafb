"""Who has how much to do: the duties of an outlet by member of staff and state, counted in one pass.

Open and overdue are those of the day; done and missed those that became so since a day before it. A duty that
several owe together counts for each of them, and once in the outlet's total (SCHEMES.md 1, responsibility).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from sqlite3 import Cursor

import msgspec

from guanhu.domain.calendar import Calendar
from guanhu.domain.scheme import Policy
from guanhu.projections.posts import posts_on
from guanhu.projections.projection import ASKED_AT_ONCE, chunks, marks
from guanhu.projections.queue import Asked, DutyItem, duty_list
from guanhu.projections.today import group_of

STATES = ("overdue", "open", "done", "missed")
"""The states that are counted, the most urgent first."""


class Load(msgspec.Struct, frozen=True):
    """The duties of a member of staff by state, and of those undone how many are due on the day, and of it in the week.

    `customers` are those they own, `capacity` what their posts can look after (0: not counted). `away`: who stands in
    for them, "" while they are there. `staff_id` is "" for duties that nobody is there to owe.
    """

    staff_id: str
    roles: tuple[str, ...]
    overdue: int
    open: int
    done: int
    missed: int
    due_today: int
    due_week: int
    customers: int
    capacity: int
    away: str

    @property
    def undone(self) -> int:
        """What is still to be done."""
        return self.overdue + self.open

    @property
    def total(self) -> int:
        """All that is counted."""
        return self.overdue + self.open + self.done + self.missed


class Workload(msgspec.Struct, frozen=True):
    """The duties of an outlet: by member of staff, most undone first, all together, and the duties themselves."""

    day: date
    since: date
    loads: tuple[Load, ...]
    total: Load
    items: tuple[DutyItem, ...]

    def of(self, staff_id: str | None, states: Iterable[str] = STATES) -> list[DutyItem]:
        """The duties behind a figure: of a member of staff ("": of nobody, None: of all) in these states."""
        wanted = frozenset(states)
        return [item for item in self.items if item.status in wanted and _owes(item, staff_id)]


def _owes(item: DutyItem, staff_id: str | None) -> bool:
    return staff_id is None or (staff_id in item.owners if staff_id else not item.owners)


def workload(
    cursor: Cursor, policy: Policy, calendar: Calendar, day: date, *, outlet: str | None = None,
    since: date | None = None,
) -> Workload:  # fmt: skip
    """The workload of an outlet (None: of all) on a day; done and missed `since` the first of its month unless given.

    Staff of the outlet who owe nothing are told too.
    """
    first = since or day.replace(day=1)
    asked = Asked(outlet=outlet, statuses=STATES, since=first)
    items = duty_list(cursor, policy, calendar, day, asked).items
    loads = _loads(cursor, policy, items, day, outlet)
    customers = sum(load.customers for load in loads)
    total = _load("", _count(items, day), (), customers, sum(load.capacity for load in loads), "")
    return Workload(day, first, tuple(loads), total, tuple(items))


def _count(items: Iterable[DutyItem], day: date) -> Counter[str]:
    """How many are in each state, and of the open ones in each group of the queue."""
    counts = Counter(item.status for item in items)
    counts.update(group_of(item, day) for item in items if item.status == "open")
    return counts


def _load(
    staff: str, count: Mapping[str, int], roles: tuple[str, ...], customers: int, capacity: int, away: str
) -> Load:
    return Load(
        staff, roles, count["overdue"], count["open"], count["done"], count["missed"], count["today"], count["week"],
        customers, capacity, away,
    )  # fmt: skip


def _loads(cursor: Cursor, policy: Policy, items: Iterable[DutyItem], day: date, outlet: str | None) -> list[Load]:
    owed: dict[str, list[DutyItem]] = defaultdict(list)
    for item in items:
        for staff in item.owners or ("",):
            owed[staff].append(item)
    posts = posts_on(cursor, day.toordinal())
    for staff, at in posts.outlets.items():
        if outlet in (None, at):
            owed[staff]  # who has nothing to do has a line too
    seats = _seats(cursor, day, list(owed))
    capacity = {role.id: role.capacity for role in policy.on(day).roles}
    loads = []
    for staff, own in owed.items():
        held = posts.roles_of(staff)
        roles = (*(role for role in capacity if role in held), *sorted(held - capacity.keys()))
        room = sum(capacity.get(role, 0) for role in roles)
        loads.append(_load(staff, _count(own, day), roles, seats.get(staff, 0), room, posts.away.get(staff, "")))
    return sorted(loads, key=lambda load: (-load.undone, -load.total, load.staff_id))


def _seats(cursor: Cursor, day: date, staff: Sequence[str]) -> dict[str, int]:
    """How many customers each of these members of staff owns."""
    on = day.toordinal()
    found: dict[str, int] = {}
    for part in chunks(staff, ASKED_AT_ONCE):
        rows = cursor.execute(
            "SELECT staff, count(DISTINCT customer_id) FROM care"
            f" WHERE staff IN ({marks(part)}) AND end > ? AND start <= ? AND seat = 'owner' GROUP BY staff",
            (*part, on, on),
        )
        found.update(rows.fetchall())
    return found
