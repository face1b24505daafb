"""The two courses that are compared: the book's own, and the one in which another scheme governs from a day on."""

from collections.abc import Callable
from datetime import date
from sqlite3 import Cursor
from typing import Any, Protocol

import msgspec

from guanhu.domain.events import Event
from guanhu.domain.rerating import Adopted, Course
from guanhu.domain.scheme import Policy, Scheme
from guanhu.projections.policy import policy_of
from guanhu.projections.projection import read_book

Decode = Callable[[str, bytes], Event]


class Stored(Protocol):
    """Where the events are."""

    def read(self, cursor: Cursor, positions: Any) -> list[Any]:
        """(position, stream, version, topic, state) of the events at these positions, in that order."""

    def of_stream(self, cursor: Cursor, stream: str) -> list[Any]:
        """The same of all events of one stream."""


class Asked(msgspec.Struct, frozen=True):
    """The days that are looked at, both included, and whose customers: of an outlet, of a member of staff, or all."""

    first: date
    last: date
    outlet: str | None = None
    staff: str | None = None


class Sides(msgspec.Struct, frozen=True):
    """What happened and what would have; `head`: the newest position both see, `book_day` the book's (ordinal)."""

    asked: Asked
    actual: Course
    other: Course
    head: int
    book_day: int

    @property
    def policies(self) -> tuple[Policy, Policy]:
        """The policy of each side."""
        return self.actual.policy, self.other.policy


def sides_of(cursor: Cursor, stored: Stored, decode: Decode, asked: Asked, scheme: Scheme | None) -> Sides:
    """The two courses; `scheme` governs the other from the first day on. None: the book's own schemes, as a check."""
    days = tuple((row[0], decode(row[3], row[4]).occurred_on.toordinal()) for row in stored.of_stream(cursor, "day"))
    first = asked.first.toordinal()
    own = Course(days, _adopted(cursor), first)
    other = own if scheme is None else Course(days, _instead(own, scheme), first, own.policy_at(own.begin))
    return Sides(asked, own, other, read_book(cursor, "head"), read_book(cursor, "day"))


def _adopted(cursor: Cursor) -> tuple[Adopted, ...]:
    """Every scheme with the position of its adoption, read as the rest of the program reads it."""
    policy = policy_of(cursor)
    known = {} if policy is None else dict(policy.adopted)
    rows = cursor.execute("SELECT position, start, text FROM scheme ORDER BY position").fetchall()
    found = []
    for n, (position, start, text) in enumerate(rows):
        replaced = any(later[1] == start for later in rows[n + 1 :])
        scheme = _read(text) if replaced else known[date.fromordinal(start)]
        found.append(Adopted(position, start, scheme))
    return tuple(found)


def _read(text: str) -> Scheme:
    from guanhu.domain.adopted import adopted_scheme

    return adopted_scheme(text)


def _instead(own: Course, scheme: Scheme) -> tuple[Adopted, ...]:
    """The schemes before the first day, and then the other; where one was adopted for that very day, in its place."""
    before = [each for each in own.adopted if each.since < own.first]
    on_the_day = [each.position for each in own.adopted if each.since == own.first]
    return (*before, Adopted(max(on_the_day, default=0), own.first, scheme))
