"""What the book knows of one customer that a duty can depend on: the input of the rules.

Days are ordinals (`date.toordinal`): a duty compares thousands of them. `EVER` ends what has no end.
"""

import msgspec

from guanhu.domain.balances import Step
from guanhu.domain.contact import NOBODY_MET, REACHED
from guanhu.domain.scheme import By, Discharge

EVER = 3_652_060
"""The day after the last that a date can hold."""

OF_DEPARTMENT = frozenset({"department", "inspector"})
"""Posts in the department (SCHEMES.md 1, roles): its people alone make no visit with an outlet (joint_visit)."""


class Act(msgspec.Struct, frozen=True, gc=False):
    """An act of the log as it stands after corrections; `roles` are the posts of all who took part."""

    day: int
    kind: str
    outcome: str
    roles: frozenset[str]
    position: int
    recorded_day: int

    def discharges(self, kinds: tuple[Discharge, ...], by: By) -> bool:
        """Whether this act is one of the kinds that discharge a duty owed under `by` (DESIGN 6)."""
        if self.kind == "contact":
            return ("reached" in kinds and self.outcome in REACHED) or ("sent" in kinds and self.outcome == "sent")
        if self.kind == "visit":
            met = self.outcome not in NOBODY_MET
            return met and (
                "visit" in kinds
                or ("joint_visit" in kinds and self.roles.issuperset(by.roles))
                or ("department_visit" in kinds and "department" in self.roles and bool(self.roles - OF_DEPARTMENT))
            )
        return self.kind in kinds


class Seat(msgspec.Struct, frozen=True, gc=False):
    """A member of staff whom the customer is assigned to, for a while: days [start, end)."""

    staff_id: str
    role: str
    seat: str
    start: int
    end: int
    bulk: bool = False


class Product(msgspec.Struct, frozen=True, gc=False):
    """A product held, from the day it is known of until it ended."""

    product_no: str
    product: str
    amount_fen: int
    matures: int | None
    start: int
    end: int


class Affair(msgspec.Struct, frozen=True, gc=False):
    """A promise, referral, request or important event: opened on a day, perhaps due, perhaps closed."""

    kind: str
    subject: str
    ref: int
    day: int
    staff_id: str
    due: int | None
    closed: int | None


class Facts(msgspec.Struct, frozen=True, gc=False):
    """All of that of one customer.

    `tiers`: (day, tier) from each day on; `marks`: (mark, start, end); `known`: fact -> day since
    when it is known, a lunar birthday as "birthday" too; `scores`: (day, score) of the profile from
    each day on; `reported`: balances as the bank reported them, one a date, where they changed;
    `acts` in order of day.
    """

    customer_no: str
    steps: list[Step]
    reported: list[Step]
    tiers: list[tuple[int, str | None]]
    marks: list[tuple[str, int, int]]
    birthday: str
    lunar_birthday: str
    known: dict[str, int]
    scores: list[tuple[int, int]]
    acts: list[Act]
    seats: list[Seat]
    products: list[Product]
    affairs: list[Affair]
