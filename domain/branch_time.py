"""The branch's time: China's, whatever the computer's clock is set to. It has had no summer time since 1991."""

from datetime import date, datetime, timedelta, timezone

AHEAD = timedelta(hours=8)
CHINA = timezone(AHEAD)
_AHEAD_SECONDS = int(AHEAD.total_seconds())
_DAY_SECONDS = 86_400
_FIRST_DAY = date(1970, 1, 1).toordinal()


def branch_time(moment: datetime) -> datetime:
    """A recorded moment as the branch's clock showed it."""
    return moment.astimezone(CHINA)


def branch_day(moment: datetime) -> date:
    """The day that it is in the branch at a moment: the program's only today, whatever the computer's zone."""
    return branch_time(moment).date()


def day_recorded(seconds: int) -> int:
    """The day (an ordinal) of a recorded time in seconds since 1970: a branch's day ends at its midnight."""
    return _FIRST_DAY + (seconds + _AHEAD_SECONDS) // _DAY_SECONDS
