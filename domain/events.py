"""What every event carries, and the list of all events by the short topic they are stored under.

An event is a fact that entered the book: who brought it (`by`), when it was written down
(`recorded_at`, UTC), the business date it holds for (`occurred_on`) and the command that caused it.
Topics are explicit, so that no rename of a class can break a stored event; new fields come only at
the end and with a default (DESIGN 3).
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar

import msgspec


class Stamp(msgspec.Struct, frozen=True, gc=False):
    """Who, when written, when so, and by which command: the head of every event."""

    by: str
    recorded_at: datetime
    occurred_on: date
    command: str


class Event(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A fact in the book; the four fields of its stamp come first in every subclass."""

    by: str
    recorded_at: datetime
    occurred_on: date
    command: str


E = TypeVar("E", bound=type[Event])

TOPICS: dict[str, type[Event]] = {}
TOPIC_OF: dict[type[Event], str] = {}


def topic(name: str) -> Callable[[E], E]:
    """Register an event class under the topic it is stored by; raises ValueError on a second use."""

    def register(cls: E) -> E:
        if name in TOPICS:
            raise ValueError(f"topic {name} is taken by {TOPICS[name].__name__}")
        TOPICS[name] = cls
        TOPIC_OF[cls] = name
        return cls

    return register


def stamped(stamp: Stamp) -> tuple[str, datetime, date, str]:
    """The stamp as the first four arguments of an event."""
    return stamp.by, stamp.recorded_at, stamp.occurred_on, stamp.command
