"""A handover of a part: some customers are left out, and stay with the former owner."""

from collections import Counter
from collections.abc import Collection, Mapping
from sqlite3 import Cursor

from msgspec.structs import replace

from guanhu.domain.calendar import Calendar
from guanhu.domain.scheme import Policy
from guanhu.projections.auto_plan import Placement
from guanhu.projections.handover import Handover
from guanhu.projections.queue import Asked, duty_list


def without(plan: Handover, numbers: Collection[str]) -> Handover:
    """The plan without these customers.

    What is open of promises, referrals and requests goes over as a whole or not at all: of a part it stays.
    """
    if not numbers:
        return plan
    going = tuple(placed for placed in plan.placements if placed.customer_no not in numbers)
    after = plan.customers_before + sum(_gained(placed, plan.to_staff) for placed in going)
    return replace(plan, placements=going, promises=0, referrals=0, requests=0, customers_after=after)


def _gained(placed: Placement, staff_id: str) -> bool:
    """Whether the successor would own a customer whom they do not own yet."""
    owned = any(staff == staff_id for staff, _role in placed.seats.owners)
    return not owned and any(new.seat == "owner" for new in placed.taken)


def duties_by_customer(
    cursor: Cursor, policy: Policy, calendar: Calendar, plan: Handover
) -> Mapping[str, Counter[str]]:
    """By customer the duties that the former owner owes now and that would go over, by state: "overdue" and "open"."""
    found: dict[str, Counter[str]] = {placed.customer_no: Counter() for placed in plan.placements}
    owed = duty_list(cursor, policy, calendar, plan.day, Asked(staff=plan.from_staff), staff_too=False).items
    for item in owed:
        if item.customer_no in found and plan.from_staff in item.owners:
            found[item.customer_no][item.status] += 1
    return found
