"""All that a member of staff has, to be handed over (移交) to another: a plan to be looked at before it is applied.

Each customer goes in the post that the successor holds and that fits the customer; who fits none of them stays with
the former owner and is listed, so that nobody is left without (SCHEMES.md 1, responsibility and assignment).
"""

from collections import Counter
from datetime import date
from sqlite3 import Cursor

import msgspec

from guanhu.domain.assignment import fitting_role
from guanhu.domain.calendar import Calendar
from guanhu.domain.errors import NotFound, Refused
from guanhu.domain.scheme import Policy, Scheme
from guanhu.projections.assignment import Seats, seats_on, tiers_on
from guanhu.projections.auto_plan import NewSeat, Placement
from guanhu.projections.policy import policy_of
from guanhu.projections.posts import customers_owned, roles_on
from guanhu.projections.queue import Asked, duty_list


class Left(msgspec.Struct, frozen=True):
    """A seat that can't go over, for the successor holds no post that fits; `tier` "" for the untiered."""

    customer_no: str
    tier: str
    role: str
    seat: str


class Handover(msgspec.Struct, frozen=True):
    """The plan: customers with their seats, what is left, and how many affairs are open.

    `customers_before` and `customers_after` are those whom the successor owns now and then, `capacity` what their posts
    can look after (0: not counted).
    """

    day: date
    from_staff: str
    to_staff: str
    placements: tuple[Placement, ...]
    left: tuple[Left, ...]
    promises: int
    referrals: int
    requests: int
    customers_before: int
    customers_after: int
    capacity: int

    @property
    def customer_nos(self) -> list[str]:
        """The customers whom the plan concerns, those who stay too."""
        return [*(placed.customer_no for placed in self.placements), *(stays.customer_no for stays in self.left)]


def plan_handover(cursor: Cursor, from_staff: str, to_staff: str, day: date) -> Handover:
    """Plan to hand all over, `day` being the first with the successor.

    NotFound("unknown_staff"), Refused("handover_to_self", "staff_left", "no_scheme").
    """
    on = day.toordinal()
    policy = policy_of(cursor)
    if policy is None:
        raise Refused("no_scheme")
    _check(cursor, from_staff, to_staff, on)
    scheme = policy.on(day)
    held = roles_on(cursor, to_staff, on)
    customers = dict(
        cursor.execute(
            "SELECT DISTINCT customer_id, no FROM care JOIN customer ON id = customer_id"
            " WHERE staff = ? AND end > ? AND start <= ? AND seat <> 'gap' ORDER BY no",
            (from_staff, on, on),
        ).fetchall()
    )
    ids = list(customers)
    seats, tiers = seats_on(cursor, ids, on), tiers_on(cursor, ids, on)
    placements: list[Placement] = []
    left: list[Left] = []
    gained = 0
    for cid, no in customers.items():
        tier_id = tiers[cid]
        taken = []
        for seat, roles in _seats_of(from_staff, seats[cid]):
            new = _successor(scheme, tier_id, seats[cid], (from_staff, to_staff), held, seat, roles)
            if new is None:
                left.append(Left(no, tier_id or "", roles[0] if roles else scheme.system_owner_role, seat))
            else:
                taken.append(new)
        owned = any(staff == to_staff for staff, _ in seats[cid].owners)
        gained += not owned and any(new.seat == "owner" for new in taken)
        if taken:
            placements.append(Placement(no, tier_id or "", seats[cid], tuple(taken)))
    affairs, has = _affairs(cursor, from_staff), customers_owned(cursor, to_staff, on)
    return Handover(
        day, from_staff, to_staff, tuple(placements), tuple(left), affairs.get("promise", 0),
        affairs.get("referral", 0), affairs.get("request", 0), has, has + gained,
        sum(scheme.role[role].capacity for role in held if role in scheme.role),
    )  # fmt: skip


def duties_going(cursor: Cursor, policy: Policy, calendar: Calendar, plan: Handover) -> Counter[str]:
    """The duties that the former owner owes now to the customers who go over, by state: "overdue" and "open"."""
    going = {placed.customer_no for placed in plan.placements}
    owed = duty_list(cursor, policy, calendar, plan.day, Asked(staff=plan.from_staff), staff_too=False).items
    return Counter(
        item.status for item in owed if item.customer_no in going and plan.from_staff in item.owners
    )


def _check(cursor: Cursor, from_staff: str, to_staff: str, on: int) -> None:
    known = dict(cursor.execute("SELECT id, left FROM staff WHERE id IN (?, ?)", (from_staff, to_staff)).fetchall())
    for staff in (from_staff, to_staff):
        if staff not in known:
            raise NotFound("unknown_staff", staff_id=staff)
    if from_staff == to_staff:
        raise Refused("handover_to_self", staff_id=to_staff)
    if known[to_staff] <= on:
        raise Refused("staff_left", staff_id=to_staff, day=date.fromordinal(known[to_staff]).isoformat())


def _seats_of(staff_id: str, seats: Seats) -> list[tuple[str, tuple[str, ...]]]:
    """(seat, roles) of one who looks after the customer."""
    roles = tuple(role for staff, role in seats.owners if staff == staff_id)
    found: list[tuple[str, tuple[str, ...]]] = [("owner", roles)] if roles else []
    return [*found, ("system", ())] if seats.system_owner == staff_id else found


def _successor(
    scheme: Scheme, tier_id: str | None, seats: Seats, plan: tuple[str, str], held: frozenset[str], seat: str,
    roles: tuple[str, ...],
) -> NewSeat | None:  # fmt: skip
    """The successor's seat, or only the end of the former's where they own the customer already."""
    former, successor = plan
    if seat == "system":
        lead = scheme.system_owner_role
        return NewSeat(successor, lead, seat, (former,)) if lead in held else None
    same = next((role for role in roles if role in held), "")
    new = same or fitting_role(scheme, scheme.tier(tier_id), held)
    owns = any(staff == successor for staff, _ in seats.owners)
    return NewSeat("" if owns else successor, new, seat, (former,)) if new else None


def _affairs(cursor: Cursor, staff_id: str) -> dict[str, int]:
    """What is open, by kind."""
    rows = cursor.execute(
        "SELECT kind, count(*) FROM affair WHERE closed IS NULL"
        " AND (staff = ? AND kind IN ('promise', 'request') OR other = ? AND kind = 'referral') GROUP BY kind",
        (staff_id, staff_id),
    )
    return dict(rows.fetchall())
