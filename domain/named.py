"""The occurrence of a duty that somebody names by its key: `2026-11`, `2026-05-02`, `2026-dragon_boat`, `once`.

It is looked up on the day on which it is judged, so that one of last year and one of next month are found
alike, without telling all that lie between.
"""

import re
from collections.abc import Callable
from datetime import date

from guanhu.domain.calendar import Calendar
from guanhu.domain.dates import period_bounds
from guanhu.domain.duties import BIRTHDAY, FESTIVAL, ONE, PERIODS, Obligation, obligations
from guanhu.domain.facts import Facts
from guanhu.domain.occurrences import Occurrence, Person, View, occurrences
from guanhu.domain.scheme import Policy

AHEAD = 366
"""How many days ahead an occurrence can be named: what is farther off is a slip of the keyboard."""

_FIRST_DAY: tuple[tuple[re.Pattern[str], Callable[..., date]], ...] = (
    (re.compile(r"(\d{4})-W(\d\d)"), lambda year, week: date.fromisocalendar(year, week, 1)),
    (re.compile(r"(\d{4})-(\d\d)"), lambda year, month: date(year, month, 1)),
    (re.compile(r"(\d{4})-Q([1-4])"), lambda year, quarter: date(year, quarter * 3 - 2, 1)),
    (re.compile(r"(\d{4})-H([12])"), lambda year, half: date(year, half * 6 - 5, 1)),
    (re.compile(r"(\d{4})"), lambda year: date(year, 1, 1)),
)
"""How the keys of periods (domain/dates.py, period_key) are read back."""


def named_occurrence(
    facts: Facts, duty: str, key: str, on: date, policy: Policy, calendar: Calendar
) -> Occurrence | None:
    """The occurrence of that key as it is on the day that judges it, else on `on`; None where it is not owed."""
    person = Person(facts.birthday, facts.lunar_birthday, facts.acts, {})
    for obligation in obligations(facts, policy, calendar):
        if obligation.duty != duty:
            continue
        for day in _looked_at(obligation, key, on.toordinal(), calendar):
            for occurrence in occurrences(obligation, person, View(day, policy, calendar)):
                if occurrence.key == key:
                    return occurrence
    return None


def _looked_at(obligation: Obligation, key: str, on: int, calendar: Calendar) -> list[int]:
    """The days on which to look for an occurrence: a thing of its own on a day on which it stands."""
    if obligation.kind == ONE:
        return [min(max(on, obligation.start), obligation.end - 1)] if obligation.key == key else []
    judged = _judged(obligation.kind, key, calendar)
    return [] if judged is None or judged > on + AHEAD else [judged, on]


def _judged(kind: str, key: str, calendar: Calendar) -> int | None:
    """The day that judges the occurrence of a key: the last of a period, a birthday or festival itself."""
    try:
        if kind == BIRTHDAY:
            return date.fromisoformat(key).toordinal()
        if kind == FESTIVAL:
            year, _, name = key.partition("-")
            return next((day.toordinal() for festival, day in calendar.festivals(int(year)) if festival == name), None)
        if kind in PERIODS:
            for pattern, first in _FIRST_DAY:
                found = pattern.fullmatch(key)
                if found:
                    return period_bounds(kind, first(*map(int, found.groups())))[1].toordinal()  # type: ignore[arg-type]
    except ValueError:  # a key that no calendar has
        return None
    return None
