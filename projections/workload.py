"""Who has how much to do: the duties of an outlet by member of staff and state, counted in one pass.

Open and overdue are those of the day; done and missed those that became so since a day before it. A duty that
several owe together counts for each of them, and once in the outlet's total (SCHEMES.md 1, responsibility).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from sqlite3 import Cursor

import msgspec

from guanhu.domain.calendar import Calendar
from guanhu.domain.scheme import Policy
from guanhu.projections.policy import policy_of
from guanhu.projections.posts import posts_on
from guanhu.projections.queue import Asked, DutyItem, duty_list

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
    """The duties of an outlet: by member of staff, most undone first, the total, and the duties themselves."""

    day: date
    since: date
    loads: tuple[Load, ...]
    total: Mapping[str, int]
    items: tuple[DutyItem, ...]

    def of(self, staff_id: str | None, states: Iterable[str] = STATES) -> list[DutyItem]:
        """The duties behind a figure: of a member of staff ("": of nobody, None: of all) in these states."""
        wanted = frozenset(states)
        return [item for item in self.items if item.status in wanted and _owes(item, staff_id)]


def _owes(item: DutyItem, staff_id: str | None) -> bool:
    return staff_id is None or (staff_id in item.owners if staff_id else not item.owners)


def workload(
    cursor: Cursor, policy: Policy, calendar: Calendar, day: date, *, outlet: str | None = None, since: date | None = None
) -> Workload:  # fmt: skip
    """The workload of an outlet (None: of all) on a day; done and missed `since` the first of its month unless given.

    Staff of the outlet who owe nothing are told too.
    """
    first = since or day.replace(day=1)
    asked = Asked(outlet=outlet, statuses=STATES, since=first)
    items = duty_list(cursor, policy, calendar, day, asked).items
    return Workload(
        day, first, tuple(_loads(cursor, items, day, outlet)), Counter(item.status for item in items), tuple(items)
    )


def _loads(cursor: Cursor, items: Iterable[DutyItem], day: date, outlet: str | None) -> list[Load]:
    from guanhu.projections.queue_groups import week_ends

    counts: dict[str, Counter[str]] = defaultdict(Counter)
    week = week_ends(day)
    for item in items:
        for staff in item.owners or ("",):
            count = counts[staff]
            count[item.status] += 1
            if item.status == "open" and item.due is not None:
                count["today"] += item.due == day
                count["week"] += day < item.due <= week
    posts = posts_on(cursor, day.toordinal())
    for staff, at in posts.outlets.items():
        if outlet in (None, at):
            counts[staff]  # who has nothing to do has a line too
    seats = _seats(cursor, day)
    policy = policy_of(cursor)
    capacity = {role.id: role.capacity for role in policy.on(day).roles} if policy else {}
    loads = []
    for staff, count in counts.items():
        roles = tuple(sorted(posts.roles_of(staff), key=lambda role: list(capacity).index(role) if role in capacity else 99))
        loads.append(
            Load(
                staff, roles, *(count[state] for state in STATES), count["today"], count["week"], seats.get(staff, 0),
                sum(capacity.get(role, 0) for role in roles), posts.away.get(staff, ""),
            )
        )  # fmt: skip
    return sorted(loads, key=lambda load: (-load.undone, -load.total, load.staff_id))


def _seats(cursor: Cursor, day: date) -> dict[str, int]:
    on = day.toordinal()
    return dict(
        cursor.execute(
            "SELECT staff, count(DISTINCT customer_id) FROM care WHERE seat = 'owner' AND end > ? AND start <= ?"
            " GROUP BY staff",
            (on, on),
        ).fetchall()
    )
