"""When a visit was, as people write it: from when on, till when, or how long."""

import re
from datetime import time

from guanhu.domain.errors import Refused

_CLOCK = r"(\d{1,2})[:：](\d{2})"
_DAY = 24 * 60
_UNIT = "(?:min|分钟|分)"
_WRITTEN = re.compile(rf"{_CLOCK}(?:\s*[-~至到]\s*{_CLOCK}|\s+(\d{{1,4}})\s*{_UNIT}?)?", re.ASCII)
_LENGTH = re.compile(rf"(\d{{1,4}})\s*{_UNIT}", re.ASCII)


def times_of(text: str) -> tuple[time | None, int | None]:
    """When it began, and how many seconds it took: "14:30", "14:30-15:10", "14:30 40" (minutes); nothing for nothing.

    A length alone names its unit: "40 min", "40分钟".
    Refused("not_times") for anything else, and for an end that is not after the beginning.
    """
    said = text.strip()
    if not said:
        return None, None
    if alone := _LENGTH.fullmatch(said):
        return None, int(alone[1]) * 60
    found = _WRITTEN.fullmatch(said)
    if found is None:
        raise Refused("not_times", value=said[:80])
    hour, minute, end_hour, end_minute, minutes = (None if part is None else int(part) for part in found.groups())
    began = _clock(said, hour, minute)
    if minutes is not None:
        return began, minutes * 60
    if end_hour is None:
        return began, None
    end = _clock(said, end_hour, end_minute)
    if end <= began:
        raise Refused("not_times", value=said[:80])
    return began, ((end.hour - began.hour) * 60 + end.minute - began.minute) * 60


def times_text(began: time | None, seconds: int | None, length: str) -> str:
    """The same as it is typed, to be read by `times_of` again; `length` says the seconds where no clock time does."""
    if began is None or seconds is None:
        return f"{began:%H:%M}" if began else length
    end = began.hour * 60 + began.minute + -(-seconds // 60)
    if end >= _DAY:
        return f"{began:%H:%M} {-(-seconds // 60)}"
    return f"{began:%H:%M}-{end // 60:02}:{end % 60:02}"


def _clock(said: str, hour: int | None, minute: int | None) -> time:
    try:
        return time(hour or 0, minute or 0)
    except ValueError:
        raise Refused("not_times", value=said[:80]) from None
