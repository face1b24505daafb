"""A sample that anybody can draw again: by tier and staff, in proportion, chosen by a hash that nobody can steer.

The seats of a sample go to strata (a tier and a member of staff) by the highest-averages rule of Sainte-Laguë: first
one to each stratum, the largest first, then each further seat to the stratum with the largest size / (2 x seats + 1).
So each stratum has one seat as soon as the size allows, the others follow the sizes, and a larger sample never takes
fewer from any stratum. Within a stratum those are taken whose hash is lowest: SHA-256 over the seed, the root of the
log at the cut-off and the unit's own key. It is arithmetic of whole numbers and one hash, so the same seed, root and
population give the same sample on any machine. Who writes the log does not know the root before the cut-off, so they
can't know the sample. Who opens an inspection could try: another entry gives another root, and another sample. A seed
that the other side names at the opening binds both, for it is hashed together with the root.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from hashlib import sha256
from heapq import heapify, heapreplace
from itertools import pairwise

import msgspec

SEED_DIGITS = 16
"""Hexadecimal digits of the root that are the seed where nobody names one."""

_METHOD = b"guanhu sample 1"


class Unit(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What can be drawn: its key (an entry's position, a customer's number), whose it is, and its stratum.

    `tier`: "" for untiered; `staff_id`: "" for nobody. `aum_fen`: of a customer, on the day of the drawing.
    """

    key: str
    customer_no: str
    tier: str
    staff_id: str
    aum_fen: int | None = None


class Stratum(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Units of one tier and one member of staff: how many there are, and how many were taken."""

    tier: str
    staff_id: str
    size: int
    taken: int


class Sample(msgspec.Struct, frozen=True):
    """What was drawn, by stratum and within it in the order of the hash; the strata; the digest of the population."""

    units: tuple[Unit, ...]
    strata: tuple[Stratum, ...]
    digest: bytes

    @property
    def population(self) -> int:
        """How many units there were to draw from."""
        return sum(stratum.size for stratum in self.strata)


def seed_of(root: bytes) -> str:
    """The seed where nobody names one: the head of the root."""
    return root.hex()[:SEED_DIGITS]


def draw(units: Iterable[Unit], size: int, seed: str, root: bytes) -> Sample:
    """At most `size` of the units; the order in which they come makes no difference. ValueError for a key twice."""
    strata: dict[tuple[str, str], list[Unit]] = defaultdict(list)
    for unit in units:
        strata[unit.tier, unit.staff_id].append(unit)
    named = sorted(strata)
    seats = allocate([len(strata[name]) for name in named], size)
    drawn: list[Unit] = []
    for name, taken in zip(named, seats, strict=True):
        drawn += sorted(strata[name], key=lambda unit: rank(unit.key, seed, root))[:taken]
    counted = tuple(Stratum(*name, len(strata[name]), taken) for name, taken in zip(named, seats, strict=True))
    return Sample(tuple(drawn), counted, digest(unit for name in named for unit in strata[name]))


def rank(key: str, seed: str, root: bytes) -> bytes:
    """The hash by which units stand in line, 32 bytes; every part behind its length, so that no two are one."""
    return sha256(_joined(_METHOD, seed.encode(), root, key.encode())).digest()


def digest(units: Iterable[Unit]) -> bytes:
    """32 bytes that stand for the whole population: who repeats the drawing sees whether it was drawn from the same.

    ValueError for a key that comes twice.
    """
    ordered = sorted(units, key=lambda unit: unit.key)
    for one, other in pairwise(ordered):
        if one.key == other.key:
            raise ValueError(f"the key {one.key} comes twice")
    found = sha256(_METHOD)
    for unit in ordered:
        found.update(_joined(unit.key.encode(), unit.tier.encode(), unit.staff_id.encode()))
    return found.digest()


def allocate(sizes: Sequence[int], seats: int) -> list[int]:
    """How many seats each stratum gets: never more than it has, and all of them where there are enough units."""
    taken = [0] * len(sizes)
    # The front is the next to be served: those without a seat first, then by size / (2 x taken + 1); a tie goes to the
    # stratum that comes first. Of two fractions a/b and c/d the larger is found without dividing, see `_Waits`.
    waiting = [_Waits(size, 0, n) for n, size in enumerate(sizes) if size]
    heapify(waiting)
    for _ in range(min(seats, sum(sizes))):
        front = waiting[0]
        taken[front.n] += 1
        heapreplace(waiting, _Waits(front.size, front.taken + 1, front.n))
    return taken


class _Waits(msgspec.Struct, frozen=True, gc=False):
    """A stratum that waits for its next seat."""

    size: int
    taken: int
    n: int

    def __lt__(self, other: "_Waits") -> bool:
        """Whether it is served before another; a stratum with nothing left is served last."""
        if (self.taken >= self.size) != (other.taken >= other.size):
            return other.taken >= other.size
        if bool(self.taken) != bool(other.taken):
            return not self.taken
        mine, theirs = self.size * (2 * other.taken + 1), other.size * (2 * self.taken + 1)
        return (-mine, self.n) < (-theirs, other.n)


def _joined(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)
