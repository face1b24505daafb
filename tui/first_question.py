"""The first question of the interface: a member of staff's queue, with the names in it. Loads no screen."""

import msgspec

from guanhu.projections.today import Plan, Queue, outlet_queue, plan, queue
from guanhu.tui.ground import Ground
from guanhu.tui.names import Names

OUTLET = "outlet:"
"""Stands before an outlet's code where a member of staff could stand too."""
MOST = 2_000
"""Duties of an outlet that are shown; the rest is told by its number."""


class Day(msgspec.Struct, frozen=True):
    """The queue of one day, its load and proposals, and the names in them; without a plan it is not whole yet.

    Of an outlet there is no plan, but how many duties there are in all.
    """

    queue: Queue
    plan: Plan | None
    names: Names
    outlet: str = ""
    total: int = 0


def day_of(ground: Ground, whose: str) -> Day:
    """A question: the day of a member of staff or of an outlet; "" the asker's own.

    Who only inspects owes nothing: the own day is then that of an outlet.
    """
    from guanhu.projections.staff_view import outlet_of
    from guanhu.tui.apart import stands_apart

    staff = whose or ground.staff
    if whose.startswith(OUTLET):
        return _outlet_day(ground, whose.removeprefix(OUTLET))
    found = queue(ground.cursor, ground.policy, ground.calendar, ground.day, staff)
    if not whose and not found.items and stands_apart(ground):
        outlet = outlet_of(ground.cursor, ground.staff, ground.day)
        if outlet:
            return _outlet_day(ground, outlet)
    planned = plan(ground.cursor, ground.policy, ground.calendar, ground.day, staff, found.items)
    return Day(found, planned, ground.names)


def _outlet_day(ground: Ground, outlet: str) -> Day:
    found, total = outlet_queue(ground.cursor, ground.policy, ground.calendar, ground.day, outlet, MOST)
    return Day(found, None, ground.names, outlet, total)


def first_rows(ground: Ground, staff: str) -> Day:
    """A question: what is owed to customers, for the first frame.

    Without what asks for China's working days: loading them takes as long as half the interface does.
    """
    found = queue(ground.cursor, ground.policy, ground.calendar, ground.day, staff, staff_too=False)
    return Day(found, None, ground.names)
