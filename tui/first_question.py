"""The first question of the interface: a member of staff's queue, with the names in it. Loads no screen."""

import msgspec

from guanhu.projections.today import Plan, Queue, plan, queue
from guanhu.tui.ground import Ground
from guanhu.tui.names import Names


class Day(msgspec.Struct, frozen=True):
    """The queue of one day, its load and proposals, and the names in them; without a plan it is not whole yet."""

    queue: Queue
    plan: Plan | None
    names: Names


def day_of(ground: Ground, staff: str) -> Day:
    """A question: the day of a member of staff."""
    found = queue(ground.cursor, ground.policy, ground.calendar, ground.day, staff)
    planned = plan(ground.cursor, ground.policy, ground.calendar, ground.day, staff, found.items)
    return Day(found, planned, ground.names)


def first_rows(ground: Ground, staff: str) -> Day:
    """A question: what is owed to customers, for the first frame.

    Without what asks for China's working days: loading them takes as long as half the interface does.
    """
    found = queue(ground.cursor, ground.policy, ground.calendar, ground.day, staff, staff_too=False)
    return Day(found, None, ground.names)
