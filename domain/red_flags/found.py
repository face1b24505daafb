"""What the rules look at, and what they tell."""

from datetime import date
from typing import Any

import msgspec

from guanhu.domain.contact import reached

WRITTEN_TO_MANY = frozenset({"message", "letter"})
"""Channels whose text goes out to many alike."""


class Entry(msgspec.Struct, frozen=True, gc=False):
    """An act of the log as it stands after corrections; days are ordinals, `recorded` is seconds since 1970, UTC.

    `seconds`: how long a call or visit says that it took; `began`: the minute of the day at which a visit says that it
    began. `imported`: it came in a file, whose time is not that of writing.
    """

    position: int
    customer: int
    day: int
    kind: str
    channel: str
    outcome: str
    staff: str
    companions: tuple[str, ...]
    seconds: int | None
    recorded: int
    recorded_day: int
    imported: bool
    note: str
    began: int | None = None

    @property
    def people(self) -> tuple[str, ...]:
        """All who took part."""
        return (self.staff, *self.companions)

    @property
    def reached(self) -> bool:
        """Whether it says that the customer was reached (DESIGN 6)."""
        return reached(self.kind, self.outcome)

    @property
    def talk(self) -> bool:
        """Whether it tells of a talk, tried or held: not of a text that was sent."""
        return self.kind == "visit" or (self.channel not in WRITTEN_TO_MANY and self.outcome != "sent")


class Proof(msgspec.Struct, frozen=True, gc=False):
    """Outside evidence about an entry, as far as it can be compared with it."""

    position: int
    entry: int
    seconds: int | None
    reached: bool | None


class Found(msgspec.Struct, frozen=True, gc=False):
    """One thing that a rule found.

    `day`: the ordinal it belongs to. `subject`: with flag and day it names this one finding. `measured`: the figures
    that crossed the thresholds. `positions`: the entries behind it. `details`: what else there is to say.
    """

    staff: str
    customer: int | None
    day: int
    subject: str
    measured: dict[str, int]
    positions: tuple[int, ...] = ()
    details: dict[str, str] = {}


class Flag(msgspec.Struct, frozen=True, gc=False):
    """A finding as it is shown, with the rule's thresholds and weight of the scheme in force."""

    id: str
    staff: str
    customer_no: str | None
    day: date
    subject: str
    weight: int
    measured: dict[str, int]
    threshold: dict[str, int]
    positions: tuple[int, ...]
    details: dict[str, str]

    @property
    def key(self) -> str:
        """The name of this finding: the same whenever it is found again."""
        return f"{self.id}:{self.day.isoformat()}:{self.subject}"


def flag_of(id_: str, rule: Any, found: Found, customer_no: str | None) -> Flag:
    """A finding of a rule (a table `[flags.<id>]`) as a flag."""
    threshold = msgspec.structs.asdict(rule)
    weight = threshold.pop("weight")
    return Flag(
        id_, found.staff, customer_no, date.fromordinal(found.day), found.subject, weight, found.measured, threshold,
        found.positions, found.details,
    )  # fmt: skip


def parts_of_key(key: str) -> tuple[str, date, str] | None:
    """Flag, day and subject of a flag's key; None for what is none."""
    id_, _colon, rest = key.partition(":")
    day, _colon, subject = rest.partition(":")
    try:
        return id_, date.fromisoformat(day), subject
    except ValueError:
        return None
