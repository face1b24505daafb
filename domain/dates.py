"""Days as files and people write them, and the calendar periods that duties count in.

A date of Guanhu is a business day of the bank, without a time or a zone.
"""

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, TypeAlias

from guanhu.domain.errors import Refused
from guanhu.domain.text import narrow, visible

PeriodKind: TypeAlias = Literal["week", "month", "quarter", "half_year", "year"]

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""The years a date may have. Banks write 9999-12-31 for "no end", which is no date to reckon with."""

_ONE_DAY = timedelta(days=1)
_MONTHS_OF: dict[str, int] = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
_DAY = re.compile(
    r"""(?:(?P<y>[0-9]{4})(?P<mark>[-/.])(?P<m>[0-9]{1,2})(?P=mark)(?P<d>[0-9]{1,2})
        |(?P<y8>[0-9]{4})(?P<m8>[0-9]{2})(?P<d8>[0-9]{2})
        |(?P<yc>[0-9]{4})年(?P<mc>[0-9]{1,2})月(?P<dc>[0-9]{1,2})日)
        (?:[T\ ]\ *(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?)?""",
    re.VERBOSE,
)


# A statement names one day a million times.
@lru_cache(maxsize=4096)
def parse_day(text: str) -> date:
    """The day in 2026-11-24, 2026/11/24, 2026.11.24, 20261124 or 2026年11月24日; a time of day after it is dropped.

    Raises Refused("not_a_date", value), also for days no calendar has and years outside 1900-2200.
    """
    found = _DAY.fullmatch(narrow(text).strip(" \t\r\n\u00a0"))
    if found:
        year, month, day = (int(found[name] or found[name + "8"] or found[name + "c"]) for name in "ymd")
        if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]:
            return date(year, month, day)
    raise Refused("not_a_date", value=visible(text[:80]))


def first_of_month(day: date) -> date:
    """The first day of the day's month."""
    return day.replace(day=1)


def last_of_month(day: date) -> date:
    """The last day of the day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def next_month(day: date) -> date:
    """The first day of the month after the day's."""
    return last_of_month(day) + _ONE_DAY


def period_bounds(kind: PeriodKind, day: date) -> tuple[date, date]:
    """The first and last day of the calendar period around a day; weeks run from Monday to Sunday."""
    if kind == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    months = _MONTHS_OF[kind]
    first_month = (day.month - 1) // months * months + 1
    first = date(day.year, first_month, 1)
    return first, last_of_month(date(day.year, first_month + months - 1, 1))


def period_key(kind: PeriodKind, day: date) -> str:
    """The name of the period around a day: 2026-W48, 2026-11, 2026-Q4, 2026-H2 or 2026.

    A week belongs to the year of its Thursday (ISO 8601), so 2027-01-01 is in 2026-W53.
    """
    if kind == "week":
        year, week, _ = day.isocalendar()
        return f"{year:04d}-W{week:02d}"
    if kind == "month":
        return f"{day.year:04d}-{day.month:02d}"
    if kind == "quarter":
        return f"{day.year:04d}-Q{(day.month + 2) // 3}"
    if kind == "half_year":
        return f"{day.year:04d}-H{(day.month + 5) // 6}"
    return f"{day.year:04d}"
