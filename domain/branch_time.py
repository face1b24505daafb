"""The branch's time: China's, whatever the computer's clock is set to. It has had no summer time since 1991."""

from datetime import datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))


def branch_time(moment: datetime) -> datetime:
    """A recorded moment as the branch's clock showed it."""
    return moment.astimezone(CHINA)
