"""Days as people say them of what has happened: 昨天, 上周三, 11-24, -3, 3天前, last wed.

`phrases.py` knows what a phrase means for a plan, where 11-24 is the next such day. Of what has happened one speaks
the other way round: there it is the last one.
"""

import re
from datetime import date, timedelta

from guanhu.domain.errors import Refused
from guanhu.domain.phrases import day_of
from guanhu.domain.text import fold

_ONE = timedelta(days=1)
# Days that come round, with the farthest that the last one can be: a 29 February in 1904 was 8 years after another.
_ROUND: tuple[tuple[re.Pattern[str], int], ...] = tuple(
    (re.compile(pattern), days)
    for pattern, days in (
        (r"个?(?:周|星期|礼拜)[一二三四五六日天末1-7]", 7),
        (r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*", 7),
        (r"[0-9]{1,2}[日号]", 62),
        (r"[0-9]{1,2}(?:[-/.]|月)[0-9]{1,2}[日号]?", 366 * 8),
    )
)
_AGO = re.compile(r"(?P<n>[0-9]{1,3}|[一二两三四五六七八九十])个?(?P<unit>天|日|周|星期|礼拜)(?:前|以前|之前)")
_AGO_ENGLISH = re.compile(r"(?P<n>[0-9]{1,3})(?P<unit>day|week)s?ago")
_LAST_WEEK = re.compile(r"(?P<last>上+)个?(?P<day>(?:周|星期|礼拜)[一二三四五六日天末1-7])")
_LAST_WEEK_ENGLISH = re.compile(r"last(?P<day>(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)")


def past(phrase: str, today: date) -> date:
    """The day that a phrase means of what has happened; what is said to come does come. Refused("not_a_date")."""
    said = fold(phrase).replace(" ", "")
    if found := _AGO.fullmatch(said) or _AGO_ENGLISH.fullmatch(said):
        unit = {"day": "天", "week": "周"}.get(found["unit"], found["unit"])
        return today - (day_of(f"{found['n']}{unit}后", today) - today)
    if found := _LAST_WEEK.fullmatch(said):
        return day_of(f"本{found['day']}", today) - 7 * len(found["last"]) * _ONE
    if found := _LAST_WEEK_ENGLISH.fullmatch(said):
        return day_of(f"next{found['day']}", today) - 14 * _ONE
    for pattern, farthest in _ROUND:
        if pattern.fullmatch(said):
            return _last(said, today, farthest)
    return day_of(phrase, today)


def _last(said: str, today: date, farthest: int) -> date:
    """The last day of its kind, today included; Refused("not_a_date")."""
    for days in range(farthest + 1):
        found = day_of(said, today - days * _ONE)
        if found <= today:
            return found
    raise Refused("not_a_date", value=said)
