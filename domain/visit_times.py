"""When a visit was, as people write it: from when on, till when or how long."""

import re
from datetime import time

from guanhu.domain.errors import Refused

_CLOCK = r"(\d{1,2})[:：](\d{2})"
_WRITTEN = re.compile(rf"{_CLOCK}(?:\s*[-~至到]\s*{_CLOCK}|\s+(\d{{1,4}})\s*(?:min|分钟|分)?)?", re.ASCII)


def times_of(text: str) -> tuple[time | None, int | None]:
    """When it began, and how many seconds it took: "14:30", "14:30-15:10", "14:30 40" (minutes); nothing for nothing.

    Refused("not_times") for anything else, and for an end that is not after the beginning.
    """
    said = text.strip()
    if not said:
        return None, None
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


def _clock(said: str, hour: int | None, minute: int | None) -> time:
    try:
        return time(hour or 0, minute or 0)
    except ValueError:
        raise Refused("not_times", value=said[:80]) from None
