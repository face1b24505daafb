"""A scheme with other floors: the commonest question of a what-if, asked without a file."""

from collections.abc import Mapping
from itertools import pairwise

import msgspec

from guanhu.domain.errors import NotFound, Refused
from guanhu.domain.money import YUAN
from guanhu.domain.scheme import Scheme


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
