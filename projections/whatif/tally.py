"""What is added up over the customers; tallies of ranges are added together in any order."""

from array import array
from collections import Counter

import msgspec

from guanhu.domain.assignment import Owner

ACTUAL, OTHER = 0, 1
"""The two sides."""

Tier = str | None


class Newcomer(msgspec.Struct, frozen=True, gc=False):
    """A customer whose tier there lacks a role that the one here does not: who has the seats, and what is missing."""

    id: int
    outlet: str
    tier: str
    aum_fen: int
    owners: tuple[Owner, ...]
    missing: tuple[str, ...]


class Side(msgspec.Struct):
    """The sums of one side; amounts in fen, months are year * 12 + month - 1.

    `customers`, `money` by tier on the last day. `moved`: (month, whether up). `flows`: (from, to). `owed`: (duty,
    month), `calls`: month. `loads`: (staff, whether calls); `waiting`: who waits to be assigned on the last day.
    """

    customers: Counter[Tier] = msgspec.field(default_factory=Counter)
    money: Counter[Tier] = msgspec.field(default_factory=Counter)
    moved: Counter[tuple[int, bool]] = msgspec.field(default_factory=Counter)
    flows: Counter[tuple[Tier, Tier]] = msgspec.field(default_factory=Counter)
    owed: Counter[tuple[str, int]] = msgspec.field(default_factory=Counter)
    calls: Counter[int] = msgspec.field(default_factory=Counter)
    loads: Counter[tuple[str, bool]] = msgspec.field(default_factory=Counter)
    waiting: int = 0

    def add(self, other: "Side") -> None:
        """Add the sums of other customers."""
        for name in ("customers", "money", "moved", "flows", "owed", "calls", "loads"):
            getattr(self, name).update(getattr(other, name))
        self.waiting += other.waiting


class Tally(msgspec.Struct):
    """Both sides, and the customers who differ: `cells` by (tier, tier there), ids.

    `newcomers` would lack an owner of the right post; `relieved` lack one and would not; `freed` would be in no tier,
    and have an owner.
    """

    sides: tuple[Side, Side] = msgspec.field(default_factory=lambda: (Side(), Side()))
    cells: "dict[tuple[Tier, Tier], array[int]]" = msgspec.field(default_factory=dict)
    newcomers: list[Newcomer] = msgspec.field(default_factory=list)
    relieved: "array[int]" = msgspec.field(default_factory=lambda: array("q"))
    freed: "array[int]" = msgspec.field(default_factory=lambda: array("q"))

    def add(self, other: "Tally") -> None:
        """Add the tally of other customers."""
        for side, more in zip(self.sides, other.sides, strict=True):
            side.add(more)
        for cell, ids in other.cells.items():
            self.cells.setdefault(cell, array("q")).extend(ids)
        self.newcomers += other.newcomers
        self.relieved.extend(other.relieved)
        self.freed.extend(other.freed)
