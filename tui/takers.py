"""Who can be given customers, by how their posts fit and by load; and whose it is to give them."""

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from guanhu.domain.assignment import fitting_role
from guanhu.domain.responsibility import missing_roles
from guanhu.domain.scheme import Scheme, Tier
from guanhu.domain.text import visible
from guanhu.language import _
from guanhu.projections.assigners import assigners_beside
from guanhu.projections.assignment import seats_on, tiers_on
from guanhu.projections.by_number import customers_named
from guanhu.projections.posts import posts_on
from guanhu.projections.queue import Asked, duty_list
from guanhu.projections.staff_view import Member, staff_list
from guanhu.tui.ground import Ground
from guanhu.tui.names import Names, first_of

NO_FIT = 3
NAMES_WIDE = 60
"""Cells of names in a line of a dialog."""


class Takers(msgspec.Struct, frozen=True):
    """Who can be chosen, the names of staff and, by number, of the customers.

    `duties`: what is to be done for these customers, counted by state. `advice`: whose it is to give them, where it is
    not the asker's.
    """

    members: list[Member]
    names: Names
    customers: dict[str, str]
    duties: Mapping[str, int]
    advice: str = ""


def takers(ground: Ground, numbers: list[str]) -> Takers:
    """A question: those who fit every one of the customers, who fits best first, then who has least to look after.

    Who is on leave comes last. Of the customers' outlet; where nobody there fits, of any (domain/assignment.py).
    """
    people = customers_named(ground.cursor, numbers)
    outlets = {outlet for _cid, _no, outlet, _name in people}
    lacks = _lacks(ground, [cid for cid, *_rest in people])

    def fit(each: Member) -> int:
        held = frozenset(role for role, _outlet in each.posts)
        return max((_fit(ground.scheme, tier, held, missing) for tier, missing in lacks), default=NO_FIT)

    members = staff_list(ground.cursor, ground.day)
    fits = {each.staff_id: fit(each) for each in members}
    fitting = [each for each in members if fits[each.staff_id] < NO_FIT]
    there = [each for each in fitting if outlets <= {outlet for _role, outlet in each.posts}]
    chosen = sorted(there or fitting, key=lambda each: (bool(each.stand_in), fits[each.staff_id], *_load(each)))
    customers = {no: f"{name} {no}" if name else no for _cid, no, _outlet, name in people}
    duties = _duties(ground, [cid for cid, *_rest in people])
    return Takers(chosen, ground.names, customers, duties, assigners_words(ground, sorted(outlets)))


def _duties(ground: Ground, ids: list[int]) -> Counter[str]:
    """What is to be done for these customers, whoever owes it."""
    asked = Asked(customers=tuple(ids))
    return Counter(
        item.status for item in duty_list(ground.cursor, ground.policy, ground.calendar, ground.day, asked).items
    )


def _lacks(ground: Ground, ids: list[int]) -> list[tuple[Tier | None, tuple[str, ...]]]:
    """The tiers of these customers with the roles that are missing, each such pair once."""
    day = ground.day.toordinal()
    tiers, roles_of = tiers_on(ground.cursor, ids, day), posts_on(ground.cursor, day).roles_of
    found: set[tuple[str | None, tuple[str, ...]]] = set()
    for cid, seats in seats_on(ground.cursor, ids, day).items():
        tier = ground.scheme.tier(tiers[cid])
        found.add((tiers[cid], tuple(missing_roles(tier, seats.owners, roles_of))))
    return [(ground.scheme.tier(tier_id), missing) for tier_id, missing in found]


def _fit(scheme: Scheme, tier: Tier | None, held: frozenset[str], missing: tuple[str, ...]) -> int:
    """0 for a post that the customer lacks, 1 for one of the tier, 2 for one that assists; else `NO_FIT`."""
    role = fitting_role(scheme, tier, held, missing)
    if not role:
        return NO_FIT
    return 0 if role in missing else 1 if tier is None or role in tier.roles else 2


def assigners_words(ground: Ground, outlets: Iterable[str | None]) -> str:
    """Whose it is to say who looks after whom at these outlets (None: at all), where it is not the asker's; else ""."""
    theirs: dict[str, None] = {}
    for outlet in outlets:
        theirs.update(dict.fromkeys(assigners_beside(ground.cursor, ground.staff, outlet, ground.day)))
    if not theirs:
        return ""
    named = first_of([visible(ground.names.staff(each)) for each in theirs], NAMES_WIDE)
    return "\n".join((_("Assigning is for the outlet's manager or the department:"), named))


def _load(each: Member) -> tuple[bool, int, int, str]:
    """By the share of the capacity that is taken, in thousandths; whose posts count no customers come last."""
    share = each.customers * 1000 // each.capacity if each.capacity else 0
    return not each.capacity, share, each.customers, each.staff_id
