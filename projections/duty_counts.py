"""How many duties each rule has raised that are still to do on a date."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from sqlite3 import Cursor

import msgspec

from guanhu.domain.calendar import Calendar
from guanhu.domain.scheme import Policy
from guanhu.projections.queue import Asked, duty_list


class DutyCount(msgspec.Struct, frozen=True):
    """A rule of the scheme, and its duties of the date: `open` includes neither what is overdue nor what is to come."""

    duty: str
    open: int
    overdue: int


class DutyCounts(msgspec.Struct, frozen=True):
    """Every duty of the scheme in force, in its order, then those of earlier schemes that still stand."""

    duties: Sequence[DutyCount]
    provisional: bool


def duty_counts(cursor: Cursor, policy: Policy, calendar: Calendar, day: date, asked: Asked) -> DutyCounts:
    """The duties to do on a date, counted by rule; `asked` says whose."""
    found = duty_list(cursor, policy, calendar, day, asked)
    counts = Counter((item.duty, item.status) for item in found.items)
    ids = dict.fromkeys((*policy.on(day).duty, *sorted({item.duty for item in found.items})))
    return DutyCounts([DutyCount(id_, counts[id_, "open"], counts[id_, "overdue"]) for id_ in ids], found.provisional)
