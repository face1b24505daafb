"""Who owes a duty, and whether a customer is with the right people (SCHEMES.md 1, responsibility).

The owner who holds one of the duty's roles; else the system owner, if that role is asked for; else
the outlet manager. A tier with joint responsibility wants one owner of each of its roles.
"""

from collections.abc import Callable, Sequence

import msgspec

from guanhu.domain.scheme import By, Scheme, Tier

RolesOf = Callable[[str], frozenset[str]]
"""The roles a member of staff holds on the day in question."""


class Care(msgspec.Struct, frozen=True, gc=False):
    """Who looks after a customer on a day: owners (lead first) as (staff, role), system owner, outlet's people."""

    owners: tuple[tuple[str, str], ...]
    system_owner: str | None
    manager: str | None
    department: tuple[str, ...] = ()


def _holds(staff_id: str, seat_role: str, role: str, roles_of: RolesOf) -> bool:
    return seat_role == role or role in roles_of(staff_id)


def _one_of(role: str, care: Care, scheme: Scheme, roles_of: RolesOf) -> str | None:
    """The member of staff who answers for one role of this customer."""
    for staff_id, seat_role in care.owners:
        if _holds(staff_id, seat_role, role, roles_of):
            return staff_id
    if care.system_owner and (role == scheme.system_owner_role or role in roles_of(care.system_owner)):
        return care.system_owner
    if not scheme.role[role].owns and care.department:
        return care.department[0]
    return None


def owed_by(by: By, care: Care, scheme: Scheme, roles_of: RolesOf) -> tuple[str, ...] | None:
    """The staff who owe a duty under a clause, first the one who leads; None where it is not owed at all.

    An empty tuple: owed, but the outlet has nobody to owe it.
    """
    owners = [staff for staff, role in care.owners if any(_holds(staff, role, wanted, roles_of) for wanted in by.roles)]
    if by.owned and not owners:
        return None
    if by.owner:
        owners = [staff for staff, _ in care.owners]
    elif by.together:
        found = [_one_of(role, care, scheme, roles_of) or care.manager for role in by.roles]
        owners = [staff for staff in found if staff]
    elif not owners:
        found = [_one_of(role, care, scheme, roles_of) for role in by.roles]
        owners = [staff for staff in found if staff][:1]
    if not owners and care.manager:
        owners = [care.manager]
    return tuple(dict.fromkeys(owners))


def roles_shown(by: By, tier: Tier | None) -> tuple[str, ...]:
    """The roles named beside a duty: its own, or for duties of the owner those of the tier."""
    return by.roles or (tier.roles if tier else ())


def missing_roles(tier: Tier | None, owners: Sequence[tuple[str, str]], roles_of: RolesOf) -> tuple[str, ...]:
    """The roles of the tier that no owner holds: where there are any, the customer waits to be assigned.

    A joint tier wants each of its roles, another one of them (SCHEMES.md 1).
    """
    if tier is None:
        return ()
    missing = tuple(
        role for role in tier.roles if not any(_holds(staff, held, role, roles_of) for staff, held in owners)
    )
    if tier.joint:
        return missing
    return missing if len(missing) == len(tier.roles) else ()
