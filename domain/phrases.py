"""Days as people say them when they plan the next step: 明天, 下周三, 3天后, +7, 11-30, next wed.

A phrase means a day relative to another, today as a rule. It is about what is to come: a month and day without a year
is the next such day, a weekday without "next" the next such day after today.
"""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from guanhu.domain.dates import FIRST_YEAR, LAST_YEAR, last_of_month, next_month, parse_day
from guanhu.domain.errors import Refused
from guanhu.domain.text import fold, visible

_DAYS = {
    "今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2, "大后天": 3, "昨天": -1, "昨日": -1, "前天": -2,
    "today": 0, "tomorrow": 1, "yesterday": -1, "tod": 0, "tom": 1,
}  # fmt: skip
_HAN_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6, "末": 5} | {
    str(n): n - 1 for n in range(1, 8)
}
_WEEKDAYS = {
    name[:length]: n
    for n, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
    for length in range(3, len(name) + 1)
}
_NUMBERS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_NUMBER = "(?P<n>[0-9]{1,3}|[一二两三四五六七八九十])"
_IN_DAYS = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7, "d": 1, "day": 1, "w": 7, "week": 7}
_IN_MONTHS = {"月": 1, "年": 12, "m": 1, "month": 1, "y": 12, "year": 12}

_Found = re.Match[str]


def day_of(phrase: str, today: date) -> date:
    """The day that a phrase means, seen from `today`; case, blanks and full-width forms do not matter.

    Refused("not_a_date", value) for what is no day, also one outside the years that a date may have.
    """
    said = fold(phrase).replace(" ", "")
    try:
        found = _meaning(said, today)
    except (OverflowError, ValueError):
        found = None
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Refused("not_a_date", value=visible(phrase[:80]))
    return found


def _meaning(said: str, today: date) -> date | None:
    if said in _DAYS:
        return today + timedelta(days=_DAYS[said])
    for pattern, meaning in _PHRASES:
        if found := pattern.fullmatch(said):
            return meaning(found, today)
    try:
        return parse_day(said)
    except Refused:
        return None


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else _NUMBERS[text]


def _in_days(found: _Found, today: date) -> date:
    days = _number(found["n"])
    return today + timedelta(days=-days if found["sign"] == "-" else days)


def _after(found: _Found, today: date) -> date:
    count, unit = _number(found["n"]), found["unit"]
    if unit in _IN_DAYS:
        return today + timedelta(days=count * _IN_DAYS[unit])
    return _months_on(today, count * _IN_MONTHS[unit])


def _months_on(day: date, months: int) -> date:
    """The same day some months on, or the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _weekday(found: _Found, today: date) -> date:
    """A weekday of this week or of one of the next; without a word for the week, the next such day after today."""
    weekday = _HAN_WEEKDAYS[found["day"]]
    monday = today - timedelta(days=today.weekday())
    if found["this"]:
        return monday + timedelta(days=weekday)
    if weeks := len(found["next"] or ""):
        return monday + timedelta(days=weekday + 7 * weeks)
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _english_weekday(found: _Found, today: date) -> date:
    """`wed` is the next Wednesday after today, `next wed` that of next week."""
    weekday = _WEEKDAYS[found["day"]]
    if found["next"]:
        return today + timedelta(days=weekday + 7 - today.weekday())
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _month_part(found: _Found, today: date) -> date:
    """The beginning, middle or end of this month or of one of the next."""
    first = today.replace(day=1)
    for _ in found["next"] or "":
        first = next_month(first)
    if found["part"] == "初":
        return first
    return first.replace(day=15) if found["part"] == "中" else last_of_month(first)


def _next_week(_found: _Found, today: date) -> date:
    """Its Monday."""
    return today + timedelta(days=7 - today.weekday())


def _next_month(_found: _Found, today: date) -> date:
    """Its first day."""
    return next_month(today)


def _month_day(found: _Found, today: date) -> date:
    """A month and a day: the next one, today included; 29 February waits for its year."""
    month, day = int(found["m"]), int(found["d"])
    for year in range(today.year, today.year + 9):
        if month <= 12 and day <= calendar.monthrange(year, month)[1] and (then := date(year, month, day)) >= today:
            return then
    raise ValueError(found[0])


def _day_alone(found: _Found, today: date) -> date:
    """15号: the next day of that number, today included, in a month that has it."""
    day = int(found["d"])
    first = today.replace(day=1)
    for _ in range(3):
        if 1 <= day <= last_of_month(first).day and (then := first.replace(day=day)) >= today:
            return then
        first = next_month(first)
    raise ValueError(found[0])


_PHRASES: tuple[tuple[re.Pattern[str], Callable[[_Found, date], date]], ...] = tuple(
    (re.compile(pattern), meaning)
    for pattern, meaning in (
        (r"(?P<sign>[+-])(?P<n>[0-9]{1,3})[天d]?", _in_days),
        (_NUMBER + r"个?(?P<unit>天|日|周|星期|礼拜|月|年)(?:后|以后|之后)", _after),
        (r"(?:in)?(?P<n>[0-9]{1,3})(?P<unit>d|w|m|y|(?:day|week|month|year)(?=s|l|$))s?(?:later)?", _after),
        (r"(?:(?P<this>本|这)|(?P<next>下+))?个?(?:周|星期|礼拜)(?P<day>[一二三四五六日天末1-7])", _weekday),
        (r"(?P<next>next)?(?P<day>" + "|".join(_WEEKDAYS) + ")", _english_weekday),
        (r"(?:本|这)?(?P<next>下+)?个?月(?P<part>[初中底末])", _month_part),
        (r"下个?(?:周|星期|礼拜)|nextweek", _next_week),
        (r"下个?月|nextmonth", _next_month),
        (r"(?P<m>[0-9]{1,2})(?:[-/.]|月)(?P<d>[0-9]{1,2})[日号]?", _month_day),
        (r"(?P<d>[0-9]{1,2})[日号]", _day_alone),
    )
)
