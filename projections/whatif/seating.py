"""Who looks after the customers on the last day: who owes what, and whose tier lacks an owner.

Thousands of customers have the same seats at the same outlet; each such constellation is judged once.
"""

from collections.abc import Sequence
from datetime import date
from sqlite3 import Cursor
from typing import Any

import msgspec

from guanhu.domain.assignment import Owner
from guanhu.domain.calendar import Calendar
from guanhu.domain.responsibility import Care, missing_roles, owed_by
from guanhu.domain.scheme import By, Policy
from guanhu.projections.day import open_day
from guanhu.projections.whatif.owing import Owing, Slot

Seen = tuple[str, tuple[Owner, ...], str | None]
"""(outlet, owners in the order they came, system owner)."""


class Judged(msgspec.Struct, frozen=True):
    """Whether a customer waits to be assigned, by side; the roles that are missing only there; and what follows.

    `relieved`: roles are missing only here; `freed`: there is an owner, and no tier there.
    """

    waits: tuple[bool, bool]
    newly: tuple[str, ...]
    relieved: bool
    freed: bool


class Seating:
    """The seats of the last day, under the policies of both sides."""

    def __init__(self, cursor: Cursor, policies: Sequence[Policy], calendar: Calendar, last: date) -> None:
        self._days = [open_day(cursor, policy, calendar, last) for policy in policies]
        self._last = last.toordinal()
        self._numbers: dict[Seen, int] = {}
        self.seen: list[Seen] = []
        self._care: tuple[list[Care], list[Care]] = ([], [])
        self._owned = [_owned(policy) for policy in policies]
        self.masks: tuple[list[int], list[int]] = ([], [])
        """By side and number: a bit for each clause that wants an owner of its own and has none."""
        self._bits = [{clause: 1 << n for n, (clause, _) in enumerate(owned)} for owned in self._owned]

    def number(self, customer_id: int, outlet: str, care: Sequence[tuple[Any, ...]]) -> int:
        """The number of a customer's constellation."""
        last = self._last
        now = [row for row in care if row[3] <= last < row[4]]
        owners = tuple([(row[1], row[2]) for row in now if row[0] == "owner"])
        system = next((row[1] for row in reversed(now) if row[0] != "owner"), None)
        key = (outlet, owners, system)
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = len(self.seen)
            self.seen.append(key)
            for side, day in enumerate(self._days):
                judged = day.care((customer_id,))[customer_id]
                self._care[side].append(judged)
                self.masks[side].append(self._mask(side, judged))
        return found

    def _mask(self, side: int, care: Care) -> int:
        scheme = self._days[side].scheme
        mask = 0
        for (at, duty, by), clause in self._owned[side]:
            if owed_by(clause, care, scheme, self._days[side].posts.roles_of) is None:
                mask |= self._bits[side][at, duty, by]
        return mask

    def bit(self, side: int, slot: Slot) -> int:
        """The bit of a slot that needs an owner of its own, else 0."""
        return 0 if slot[3] else self._bits[side].get(slot[:3], 0)

    def owes(self, side: int, number: int, slot: Slot, owing: Owing) -> tuple[str, ...]:
        """Who owes the occurrences of a slot to the customers of a constellation; nobody where it is not owed."""
        if slot[3]:
            return (slot[3],)
        _duty, by = owing.clause(slot)
        day = self._days[side]
        return owed_by(by, self._care[side][number], owing.policy.adopted[slot[0]][1], day.posts.roles_of) or ()

    def judged(self, number: int, tiers: tuple[str | None, str | None]) -> Judged:
        """What the owners of a constellation are to a customer of these tiers, here and there."""
        _outlet, owners, system = self.seen[number]
        here, there = (
            missing_roles(day.scheme.tier(tier), owners, day.posts.roles_of)
            for day, tier in zip(self._days, tiers, strict=True)
        )
        waits = (
            bool(tiers[0]) and bool(here or system is None), bool(tiers[1]) and bool(there or system is None),
        )  # fmt: skip
        freed = bool(tiers[0] and not tiers[1] and owners)
        return Judged(waits, there if not here else (), bool(here and not there), freed)


def _owned(policy: Policy) -> list[tuple[tuple[int, str, int], By]]:
    """The clauses that are owed only where an owner holds one of their roles."""
    return [
        ((at, duty.id, n), by)
        for at, (_, scheme) in enumerate(policy.adopted)
        for duty in scheme.duties
        for n, by in enumerate(duty.by)
        if by.owned
    ]
