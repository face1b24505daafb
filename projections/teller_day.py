"""What a member of staff has written into the book on one day: the tally of the counter.

Read from the log itself, from its end backwards to the day: what was recorded never runs backwards (DESIGN 3), so
that the day's first event is found by halving.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from sqlite3 import Cursor
from typing import Any, Protocol

import msgspec

from guanhu.domain.branch_time import branch_day, branch_time
from guanhu.domain.events import Event
from guanhu.projections.by_number import customer_names
from guanhu.projections.former import BY_FILE
from guanhu.projections.projection import chunks, marks

TOPICS = (
    "registered", "profile", "deposit", "withdrawal", "referred", "referral_answered", "contact", "visit", "promise",
    "promise_corrected", "promise_kept", "promise_excused", "requested", "request_answered", "important_event",
    "opinion", "waived", "product", "product_ended", "marked", "unmarked", "tagged", "linked", "corrected",
)  # fmt: skip
"""What counts as work at the counter, in the order in which it is told: all that the log lists, and the file's care."""

Decode = Callable[[str, bytes], Event]


class Stored(Protocol):
    """Where the events are."""

    def head(self, cursor: Cursor) -> int:
        """The last position."""

    def read(self, cursor: Cursor, positions: Sequence[int]) -> list[Any]:
        """The events at these positions: (position, stream, version, topic, state)."""

    def stream(self, cursor: Cursor, after: int = 0, upto: int | None = None) -> Iterator[tuple[int, str, bytes]]:
        """The events after a position: (position, topic, state)."""


class Written(msgspec.Struct, frozen=True):
    """One thing written: `at` is HH:MM by the branch's clock, `on` the date it is of, `topic` what it is."""

    position: int
    at: str
    on: date
    topic: str
    customer_no: str
    name: str


class TellerDay(msgspec.Struct, frozen=True):
    """The day of a member of staff: how often each topic, how many customers, and all of it, the newest first."""

    day: date
    counts: Mapping[str, int]
    customers: int
    written: Sequence[Written]


def teller_day(cursor: Cursor, stored: Stored, decode: Decode, staff: str, day: date) -> TellerDay:
    """What `staff` wrote on a day and has not been taken back since; what a file brought is nobody's work here."""
    found: list[tuple[int, str, date, str, str]] = []
    for position, topic, state in stored.stream(cursor, _before(cursor, stored, decode, day)):
        event = decode(topic, state)
        if (recorded := _day(event)) > day:
            break
        if recorded == day and topic in TOPICS and event.by == staff and not event.command.startswith(BY_FILE):
            at = f"{branch_time(event.recorded_at):%H:%M}"
            found += [(position, at, event.occurred_on, topic, no) for no in _customers(event)]
    taken_back = _taken_back(cursor, [position for position, *_rest in found])
    found = [each for each in found if each[0] not in taken_back]
    names = customer_names(cursor, {no for *_rest, no in found})
    written = [Written(*each, names.get(each[-1], "")) for each in reversed(found)]
    counts = Counter(each.topic for each in written)
    customers = len({each.customer_no for each in written})
    return TellerDay(day, {topic: counts[topic] for topic in TOPICS if counts[topic]}, customers, written)


def _before(cursor: Cursor, stored: Stored, decode: Decode, day: date) -> int:
    """The last position that was recorded before the day."""
    low, high = 0, stored.head(cursor)
    while low < high:
        middle = (low + high + 1) // 2
        if (row := _at(cursor, stored, middle)) is None:
            high = middle - 1
        elif _day(decode(row[3], row[4])) < day:
            low = middle
        else:
            high = middle - 1
    return low


def _day(event: Event) -> date:
    """The day by the clock that tells today (`Book.today`): what was written today is in today's tally, anywhere."""
    return branch_day(event.recorded_at)


def _at(cursor: Cursor, stored: Stored, position: int) -> Any:
    rows = stored.read(cursor, [position])
    return rows[0] if rows else None


def _taken_back(cursor: Cursor, positions: Sequence[int]) -> set[int]:
    """Those that were taken back, and the events that took entries of the log out."""
    found: set[int] = set()
    for part in chunks(positions, 900):
        for column in ("ref", "position"):
            rows = cursor.execute(f"SELECT {column} FROM withdrawn WHERE {column} IN ({marks(part)})", part)
            found.update(position for (position,) in rows)
    return found


def _customers(event: Event) -> tuple[str, ...]:
    one = getattr(event, "customer_no", "")
    many: tuple[str, ...] = getattr(event, "customer_nos", ())
    return (one,) if one else many
