"""Birthdays in the year asked for: kept by the lunar calendar (农历) or by the common one.

A lunar year begins in January or February, so a lunar birthday late in the year falls on no day, one or two of a
common year.
"""

import re
from datetime import date
from functools import lru_cache

from guanhu.domain.errors import Refused
from guanhu.domain.text import narrow, visible

FIRST_YEAR, LAST_YEAR = 1901, 2099
"""The common years whose lunar days are known."""

_LUNAR = re.compile(r"(?P<leap>L?)(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})")


def parse_lunar(text: str) -> tuple[int, int, bool]:
    """Month, day and whether the month is a leap one, of 08-15 or (leap) L06-01.

    Raises Refused("not_a_lunar_date", value).
    """
    found = _LUNAR.fullmatch(narrow(text).strip(" \t\r\n"))
    if found:
        month, day = int(found["month"]), int(found["day"])
        if 1 <= month <= 12 and 1 <= day <= 30:
            return month, day, bool(found["leap"])
    raise Refused("not_a_lunar_date", value=visible(text[:80]))


@lru_cache(maxsize=16_384)
def lunar_day(lunar_year: int, month: int, day: int, leap: bool) -> date:
    """The date of a lunar day, kept as birthdays are, in a lunar year from 1900 to 2099.

    The 30th of a short month is its 29th, and a leap month that the year lacks is the plain one (DESIGN 6).
    """
    from lunardate import LunarDate

    kept_leap = leap and LunarDate.leap_month_for_year(lunar_year) == month
    try:
        found: date = LunarDate(lunar_year, month, day, kept_leap).to_solar_date()
    except ValueError:
        if day != 30:
            raise
        found = LunarDate(lunar_year, month, 29, kept_leap).to_solar_date()
    return found


def lunar_birthdays_in(year: int, text: str) -> list[date]:
    """The days of a common year on which a lunar birthday falls, in order; none outside 1901-2099.

    Raises Refused("not_a_lunar_date", value).
    """
    month, day, leap = parse_lunar(text)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return []
    # A lunar month 1 to 10 lies in the common year of its number; the two last may lie in the next.
    candidates = (lunar_day(lunar_year, month, day, leap) for lunar_year in (year - 1, year))
    return [found for found in candidates if found.year == year]


def solar_birthday_in(year: int, birthday: date) -> date:
    """The birthday in a year; 29 February falls on 28 February in common years (DESIGN 6)."""
    try:
        return birthday.replace(year=year)
    except ValueError:
        return date(year, 2, 28)
