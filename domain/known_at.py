"""A time up to which what was recorded counts, as people say it: 2026-10-03, 昨天 18:00, 2026-10-03T10:00:00+00:00.

A day alone means all of it. Times are the branch's (China's) unless they say another zone.
"""

import re
from contextlib import suppress
from datetime import UTC, date, datetime, time
from typing import Final

from guanhu.domain.branch_time import CHINA, branch_time
from guanhu.domain.dates import parse_day
from guanhu.domain.errors import Refused
from guanhu.domain.past import past
from guanhu.domain.text import fold, visible

_CLOCK: Final = re.compile(r"(?P<day>.*?)[ t]*(?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)")


def known_at(said: str, now: datetime) -> datetime:
    """The moment that is meant, UTC; a time without a day is one of today.

    Refused("not_a_time", value), and ("time_to_come", value) for one after `now`: nobody knows what will be recorded.
    Only of today may the rest of the day be meant.
    """
    text = fold(said).strip()
    today = branch_time(now).date()
    try:
        found = _iso(text) or _meaning(text, today)
    except ValueError:
        raise Refused("not_a_time", value=visible(said[:80])) from None
    if found > now and found != _end(today):
        raise Refused("time_to_come", value=visible(said[:80]))
    return found.astimezone(UTC)


def day_of_moment(moment: datetime) -> date:
    """The day in China on which a moment falls: the one that is asked about when only the moment is named."""
    return branch_time(moment).date()


def known_words(moment: datetime) -> str:
    """A moment as it can be said again: the day alone where all of it is meant."""
    shown = branch_time(moment)
    if shown.timetz().replace(tzinfo=None) == time.max:
        return f"{shown:%Y-%m-%d}"
    return f"{shown:%Y-%m-%d %H:%M:%S}" if shown.second else f"{shown:%Y-%m-%d %H:%M}"


def _iso(text: str) -> datetime | None:
    """A moment as ISO 8601 writes it, perhaps with its zone."""
    try:
        found = datetime.fromisoformat(text.upper()) if ":" in text else None
    except ValueError:
        return None
    return found.replace(tzinfo=CHINA) if found and found.tzinfo is None else found


def _meaning(text: str, today: date) -> datetime:
    if clock := _CLOCK.fullmatch(text):
        hour, minute, second = map(int, f"{clock['clock']}:0".split(":")[:3])
        day = _day(clock["day"], today) if clock["day"] else today
        return datetime.combine(day, time(hour, minute, second), CHINA)
    return _end(_day(text, today))


def _day(text: str, today: date) -> date:
    if ":" in text:  # a time that is none must not be taken for a whole day
        raise ValueError(text)
    with suppress(Refused):
        return parse_day(text)
    try:
        return past(text, today)
    except Refused as error:
        raise ValueError(text) from error


def _end(day: date) -> datetime:
    return datetime.combine(day, time.max, CHINA)
