"""A scheme with other floors: the commonest question of a what-if, asked without a file."""

from collections.abc import Mapping
from datetime import date
from itertools import pairwise

import msgspec

from guanhu.domain.errors import NotFound, Refused
from guanhu.domain.money import YUAN
from guanhu.domain.scheme import Policy, Scheme


def in_force_throughout(policy: Policy, scheme: Scheme, first: date, last: date) -> bool:
    """Whether a scheme governed on all days from `first` to `last`, so that trying it can differ in nothing."""
    others = (adopted for since, adopted in policy.adopted if first < since <= last)
    return all(each == scheme for each in (policy.on(first), *others))


def with_floors(scheme: Scheme, floors: Mapping[str, int]) -> Scheme:
    """The scheme with other floors for some tiers, in fen; bands that its duties name in yuan stay as they are.

    NotFound("unknown_tier"); Refused("not_whole_yuan", "floors_not_ascending").
    """
    for tier, fen in floors.items():
        if tier not in scheme.rank:
            raise NotFound("unknown_tier", tier=tier, allowed=", ".join(each.id for each in scheme.tiers))
        if fen <= 0 or fen % YUAN:
            raise Refused("not_whole_yuan", tier=tier)
    tiers = tuple(
        msgspec.structs.replace(tier, from_yuan=floors.get(tier.id, tier.floor) // YUAN) for tier in scheme.tiers
    )
    for below, above in pairwise(tiers):
        if below.from_yuan >= above.from_yuan:
            raise Refused("floors_not_ascending", below=below.id, tier=above.id)
    return msgspec.structs.replace(scheme, tiers=tiers)
