"""Whom a customer is given to: by which post somebody fits, and whose seat they take over (SCHEMES.md 1, assignment).

A tier has one lead, one of each of its roles where it is joint, and those who assist. A customer who has moved to
another tier keeps the former owners until the roles of the new one are filled.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from guanhu.domain.events import Event
from guanhu.domain.responsibility import RolesOf, missing_roles
from guanhu.domain.scheme import Scheme, Tier
from guanhu.domain.staff import CustomersAssigned, CustomersReleased

Owner = tuple[str, str]
"""(staff, the role of their seat)."""

Head = tuple[str, datetime, date, str]
"""The first four arguments of an event (domain/events.py, stamped)."""


def fitting_role(scheme: Scheme, tier: Tier | None, held: frozenset[str], missing: Sequence[str] = ()) -> str:
    """The post, of those held, by which somebody can own a customer of the tier; "" where none fits.

    A role that the customer lacks comes first, then the tier's others, then those that assist. An untiered customer
    may be given to any post that owns customers.
    """
    wanted = (*missing, *tier.roles, *tier.assists) if tier else tuple(scheme.role)
    return next((role for role in wanted if role in held and scheme.role[role].owns), "")


def replaced_by(tier: Tier | None, owners: Sequence[Owner], newcomer: Owner, roles_of: RolesOf) -> tuple[str, ...]:
    """The owners whose seats end when the newcomer's begins.

    Always whoever holds the same role; the former lead of a tier that is not joint; and once no role of the tier is
    missing any more, those who belong to the tier by none of their posts.
    """
    staff_id, role = newcomer
    gone = {(staff, held) for staff, held in owners if held == role or staff == staff_id}
    if tier is None:
        gone = set(owners)
    elif role in tier.roles and not tier.joint:
        gone |= {(staff, held) for staff, held in owners if held not in tier.assists}
    if tier is not None:
        staying = [owner for owner in owners if owner not in gone]
        if not missing_roles(tier, [*staying, newcomer], roles_of):
            gone |= set(_strangers(tier, staying, roles_of))
    return tuple(dict.fromkeys(owner[0] for owner in owners if owner in gone))


def seat_taken(
    head: Head, customer_no: str, staff_id: str, role: str, seat: str, replaced: Sequence[str]
) -> list[Event]:
    """The events of one seat taken: the assignment names one whose seat it was, any others are released before."""
    numbers = (customer_no,)
    return [
        *(CustomersReleased(*head, numbers, former, seat) for former in replaced[1:]),
        CustomersAssigned(*head, numbers, staff_id, role, seat, False, ("".join(replaced[:1]),)),
    ]


def _strangers(tier: Tier, owners: Sequence[Owner], roles_of: RolesOf) -> Iterator[Owner]:
    here = {*tier.roles, *tier.assists}
    for staff, role in owners:
        if role not in here and not roles_of(staff) & here:
            yield staff, role
