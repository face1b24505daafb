"""The day on which something was written down is China's, whatever the clock of the computer."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from guanhu.domain.branch_time import branch_day, branch_time, day_recorded

MIDNIGHT = datetime(2026, 11, 20, 16, tzinfo=UTC)
"""In China the 21st begins."""


@given(moment=st.datetimes(datetime(1970, 1, 1), datetime(2199, 12, 31), timezones=st.just(UTC)))
@example(moment=MIDNIGHT)
@example(moment=MIDNIGHT - timedelta(seconds=1))
def test_the_day_of_a_recorded_time_is_that_of_the_branchs_clock(moment: datetime) -> None:
    assert date.fromordinal(day_recorded(int(moment.timestamp()))) == branch_time(moment).date()


@given(moment=st.datetimes(datetime(1970, 1, 1), datetime(2199, 12, 31), timezones=st.just(UTC)))
@example(moment=MIDNIGHT)
@example(moment=MIDNIGHT - timedelta(seconds=1))
def test_today_is_the_day_on_which_something_written_now_is_said_to_be_written(moment: datetime) -> None:
    assert branch_day(moment) == date.fromordinal(day_recorded(int(moment.timestamp())))


def test_a_branchs_day_ends_at_its_own_midnight() -> None:
    assert date.fromordinal(day_recorded(int(MIDNIGHT.timestamp()))) == date(2026, 11, 21)
    assert date.fromordinal(day_recorded(int(MIDNIGHT.timestamp()) - 1)) == date(2026, 11, 20)
