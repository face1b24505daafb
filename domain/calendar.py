"""China's working days, with the weekends that are shifted to make long holidays (调休), and its festivals.

The State Council publishes each year's arrangement in the November before. For a year that is not published, plain
weekends and the holidays that the law fixes stand in for it, and answers say so (`Calendar.published`). Before 1950 and
after 2100 there are plain weekends alone.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from guanhu.domain import lunar

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


class _Year(NamedTuple):
    published: bool
    free: frozenset[date]
    """Holidays and days off, which matter from Monday to Friday."""
    worked: frozenset[date]
    """Saturdays and Sundays with work."""


class _Festival(NamedTuple):
    name: str
    lunar: bool
    month: int
    day: int


# In the order of SCHEMES.md 1: Mid-Autumn comes before National Day, whose day it can share.
_FESTIVALS = (
    _Festival("new_year", False, 1, 1),
    _Festival("spring_festival", True, 1, 1),
    _Festival("dragon_boat", True, 5, 5),
    _Festival("mid_autumn", True, 8, 15),
    _Festival("national_day", False, 10, 1),
)


@lru_cache(maxsize=512)
def _year(year: int) -> _Year:
    """What sets the year apart from plain weeks; importing the holidays takes a tenth of a second, once."""
    from holidays import country_holidays

    # The next year's arrangement may shift a weekend of this December: 2006-12-30 was worked for 2007-01-02.
    following = country_holidays("CN", years=[year, year + 1])
    published = year in following.special_public_holidays
    # Only an arrangement says on which day a holiday lost to a weekend is made good.
    days = country_holidays("CN", years=year, observed=published)
    return _Year(published, frozenset(days), frozenset(d for d in following.weekend_workdays if d.year == year))


@dataclass(frozen=True, slots=True)
class Calendar:
    """The calendar a branch works by; every answer is a function of the day alone."""

    def is_working_day(self, day: date) -> bool:
        """Whether banks' staff work on the day, shifted weekends included (DESIGN 6)."""
        year = _year(day.year)
        return day in year.worked if day.weekday() >= _SATURDAY else day not in year.free

    def add_working_days(self, day: date, count: int) -> date:
        """The count-th working day after a day, which need not be one; the day itself for 0.

        Raises ValueError for a negative count.
        """
        if count < 0:
            raise ValueError(f"working days are counted forward: {count}")
        while count:
            day += _ONE_DAY
            count -= self.is_working_day(day)
        return day

    def published(self, year: int) -> bool:
        """Whether the year's arrangement is known; if not, its working days are an estimate."""
        return _year(year).published

    def festivals(self, year: int) -> list[tuple[str, date]]:
        """The festivals of greetings by date; of two on one day the first of the scheme's list.

        SCHEMES.md 1, festival_greeting. Outside 1901-2099 only those of the common calendar are known.
        """
        found: dict[date, str] = {}
        for festival in _FESTIVALS:
            if not festival.lunar:
                day = date(year, festival.month, festival.day)
            elif lunar.FIRST_YEAR <= year <= lunar.LAST_YEAR:
                day = lunar.lunar_day(year, festival.month, festival.day, False)
            else:
                continue
            found.setdefault(day, festival.name)
        return [(name, day) for day, name in sorted(found.items())]
