"""The rules that the figures speak of (`figures.py`): near a tier, lost, kept after maturity, owed a profile.

Pure functions of a customer's state on the days in question; amounts are fen, days ordinals.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import msgspec

from guanhu.domain.applies import NO_BALANCE, applicable, cut_points, near_floor
from guanhu.domain.balances import Step, carried
from guanhu.domain.figures import ATTRITION_PERCENT, RETENTION_DAYS, VALUED_FROM_YUAN
from guanhu.domain.scheme import Scheme

ABOUT_PROFILES = frozenset({"facts", "score"})
"""What discharges a duty to complete a profile."""


def moved(scheme: Scheme, before: str | None, after: str | None) -> int:
    """1 for a rise from a tier to another, -1 for a fall, 0 for neither; a tier that no scheme has is the lowest."""
    was, is_now = scheme.rank.get(before, 0), scheme.rank.get(after, 0)
    return (is_now > was) - (is_now < was)


def near_percent(scheme: Scheme) -> int:
    """Within how many percent below the next floor a customer is near it; 0 where no duty asks."""
    found: int | None = scheme.memo.get(near_percent)
    if found is None:
        clauses = [clause for duty in scheme.duties for clause in (*duty.who, *duty.by)]
        found = scheme.memo[near_percent] = max((clause.near_percent for clause in clauses), default=0)
    return found


def near(scheme: Scheme, tier: str, aum: int) -> bool:
    """Whether a customer of a tier is near the floor of the next (SCHEMES.md 1, near_tier)."""
    step, within = scheme.rank.get(tier, 0), near_percent(scheme)
    if not within or not 0 < step < len(scheme.floors):
        return False
    floor = scheme.floors[step]
    return near_floor(floor, within) <= aum < floor


def valued(scheme: Scheme, tier: str) -> bool:
    """Whether customers of a tier are those whose leaving is attrition."""
    found = scheme.tier(tier)
    return found is not None and found.from_yuan >= VALUED_FROM_YUAN


def lost(scheme: Scheme, before: int, after: int) -> bool:
    """Whether a balance fell so far that the customer counts as lost."""
    return after < scheme.floors[0] or after * 100 <= before * (100 - ATTRITION_PERCENT)


def owed_a_profile(scheme: Scheme, tier: str | None, aum: int | None, marks: frozenset[str]) -> bool:
    """Whether a duty of the scheme asks for such a customer's profile (SCHEMES.md 1, profile and profile_full)."""
    wanted: list[str] | None = scheme.memo.get(owed_a_profile)
    if wanted is None:
        found = (duty.id for duty in scheme.duties if not ABOUT_PROFILES.isdisjoint(duty.discharge))
        wanted = scheme.memo[owed_a_profile] = list(found)
    zone = NO_BALANCE if aum is None else bisect_right(cut_points(scheme), aum)
    owed = applicable(scheme, (zone, tier, marks))
    return any(duty in owed for duty in wanted)


class Matured(msgspec.Struct, frozen=True, gc=False):
    """A product of a customer that matured: day, fen, the position of its event."""

    day: int
    fen: int
    position: int


class Kept(msgspec.Struct, frozen=True, gc=False):
    """What became of money that matured, from one day on to another; `before` and `after` are the AUM."""

    first: int
    judged: int
    matured: int
    kept: int
    before: int
    after: int
    positions: tuple[int, ...]


def retained(matured: Sequence[Matured], steps: Sequence[Step], asked: int) -> Iterator[Kept]:
    """What is still with the bank of a customer's money that matured, as is known on the day `asked`.

    A fall of the AUM counts once: what matures within the time of judging of what matured before is one with it.
    Without a balance before it matured nothing can be said, so nothing is.
    """
    together: list[Matured] = []
    for each in sorted(matured, key=lambda each: (each.day, each.position)):
        if together and each.day > together[-1].day + RETENTION_DAYS:
            yield from _judged(together, steps, asked)
            together = []
        together.append(each)
    if together:
        yield from _judged(together, steps, asked)


def _judged(together: Sequence[Matured], steps: Sequence[Step], asked: int) -> Iterator[Kept]:
    first, day = together[0].day, min(together[-1].day + RETENTION_DAYS, asked)
    before, after = carried(steps, first - 1), carried(steps, day)
    if before is None or after is None:
        return
    fen = sum(each.fen for each in together)
    gone = min(fen, max(0, before - after))
    yield Kept(first, day, fen, fen - gone, before, after, tuple(each.position for each in together))
