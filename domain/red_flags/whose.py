"""Acts when nobody works, by people who do not answer for the customer, and owners whose work others do."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache

import msgspec

from guanhu.domain.calendar import Calendar
from guanhu.domain.red_flags.found import Entry, Found
from guanhu.domain.scheme_flags import ActedByOthers, DayOff

OnLeave = Callable[[str, int], bool]
"""Whether a member of staff is on leave on a day (an ordinal)."""

Birthdays = Callable[[int, int, int], bool]
"""Whether a customer (id) has a birthday between two days, both included."""


def day_off(
    entries: Iterable[Entry], rule: DayOff, calendar: Calendar, on_leave: OnLeave, birthdays: Birthdays
) -> Iterator[Found]:
    """Talks and visits on a day without work, or while who did them was on leave.

    A visit shortly before a birthday is what the duty asks for, whatever the day (SCHEMES.md 1, birthday_visit).
    """

    @cache
    def free(day: int) -> bool:
        return not calendar.is_working_day(date.fromordinal(day))

    for entry in entries:
        if not entry.staff or not entry.talk:
            continue
        away = on_leave(entry.staff, entry.day)
        if not away and not free(entry.day):
            continue
        if not away and entry.kind == "visit" and birthdays(entry.customer, entry.day, entry.day + rule.birthday_days):
            continue
        which = {"which": "leave" if away else "day_off"}
        yield Found(entry.staff, entry.customer, entry.day, str(entry.position), {}, (entry.position,), which)


def not_responsible(entries: Iterable[Entry], answers: Callable[[Entry], bool]) -> Iterator[Found]:
    """Acts that reached a customer by people none of whom answers for them.

    At the counter whoever is asked answers, and whoever is there may be visited by all who go with one who does.
    `answers`: whether one of the people does, by seats, posts, leave and what was taken up.
    """
    for entry in entries:
        if entry.staff and entry.reached and entry.talk and entry.channel != "counter" and not answers(entry):
            how = {"channel": entry.channel or entry.kind}
            yield Found(entry.staff, entry.customer, entry.day, str(entry.position), {}, (entry.position,), how)


class Month(msgspec.Struct, frozen=True, gc=False):
    """An owner's customers who were reached in a month, and how many of them by nobody who owns them.

    The first act that reached a customer counts: it is the one that discharges what the month asks for.
    """

    staff: str
    last: int
    reached: int
    by_others: int


def acted_by_others(
    months: Iterable[Month], rule: ActedByOthers, acts: Callable[[Month], tuple[int, ...]]
) -> Iterator[Found]:
    """Owners for whom others do most of it; `acts` finds the positions behind one."""
    for month in months:
        if month.by_others >= rule.acts and month.by_others * 100 >= rule.percent * month.reached:
            measured = {
                "acts": month.by_others, "of": month.reached, "percent": month.by_others * 100 // month.reached,
            }  # fmt: skip
            yield Found(month.staff, None, month.last, month.staff, measured, acts(month))
