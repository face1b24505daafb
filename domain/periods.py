"""Periods as people name them: a month, a quarter, half a year, a year, or from one day to another.

A period is its first and its last day, both in it.
"""

import re
from datetime import date, timedelta

from guanhu.domain.dates import PeriodKind, parse_day, period_bounds, period_key
from guanhu.domain.errors import Refused
from guanhu.domain.text import narrow

Period = tuple[date, date]
KINDS: tuple[PeriodKind, ...] = ("month", "quarter", "half_year", "year")
_ONE = timedelta(days=1)
_NAMED = re.compile(r"(?P<y>[0-9]{4})(?:年)?(?:-?(?:(?P<m>[0-9]{1,2})月?|Q(?P<q>[1-4])|H(?P<h>[12])))?")


def parse_period(text: str) -> Period:
    """The period in 2026-10, 2026-Q3, 2026-H1, 2026, or in two days with a blank between; Refused("not_a_period")."""
    said = narrow(text).strip().upper()
    found = _NAMED.fullmatch(said)
    try:
        if found is None:
            first, last = map(parse_day, said.split())
            if first <= last:
                return first, last
        else:
            kind, last_month = _named(found)
            return period_bounds(kind, parse_day(f"{found['y']}-{last_month}-1"))
    except (Refused, ValueError):
        pass
    raise Refused("not_a_period", value=text[:80])


def _named(found: re.Match[str]) -> tuple[PeriodKind, int]:
    """The kind of a named period and its last month."""
    if found["m"]:
        return "month", int(found["m"])
    if found["q"]:
        return "quarter", int(found["q"]) * 3
    return ("half_year", int(found["h"]) * 6) if found["h"] else ("year", 12)


def kind_of(period: Period) -> PeriodKind | None:
    """Which kind of period it is, None for any other from one day to another."""
    return next((kind for kind in KINDS if period_bounds(kind, period[0]) == period), None)


def before(period: Period) -> Period:
    """The period before, of the same kind or as many days."""
    kind, (first, last) = kind_of(period), period
    if kind is not None:
        return period_bounds(kind, first - _ONE)
    return first - (last - first) - _ONE, first - _ONE


def after(period: Period) -> Period:
    """The period after, of the same kind or as many days."""
    kind, (first, last) = kind_of(period), period
    if kind is not None:
        return period_bounds(kind, last + _ONE)
    return last + _ONE, last + (last - first) + _ONE


def name(period: Period) -> str:
    """2026-10, 2026-Q3, 2026-H1, 2026; "" for one without a name."""
    kind = kind_of(period)
    return period_key(kind, period[0]) if kind is not None else ""


def months_until(last: date, count: int) -> list[Period]:
    """So many months, the newest that of `last`."""
    found = [period_bounds("month", last)]
    while len(found) < count:
        found.append(before(found[-1]))
    return found[::-1]
