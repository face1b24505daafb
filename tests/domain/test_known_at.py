"""Times up to which what was recorded counts: whole days, times of the branch, other zones; nothing to come."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanhu.domain.branch_time import CHINA
from guanhu.domain.errors import Refused
from guanhu.domain.known_at import day_of_moment, known_at, known_words

NOW = datetime(2026, 11, 24, 17, 30, tzinfo=CHINA)
END = {"hour": 23, "minute": 59, "second": 59, "microsecond": 999_999}


def china(*parts: int, **more: int) -> datetime:
    return datetime(*parts, **more, tzinfo=CHINA)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2026-10-03", china(2026, 10, 3, **END)),
        ("20261003", china(2026, 10, 3, **END)),
        ("2026年10月3日", china(2026, 10, 3, **END)),
        ("昨天", china(2026, 11, 23, **END)),
        ("today", china(2026, 11, 24, **END)),
        ("10-03", china(2026, 10, 3, **END)),
        ("2026-10-03 18:00", china(2026, 10, 3, 18)),
        ("２０２６-１０-０３ １８：００", china(2026, 10, 3, 18)),
        ("2026-10-03T18:00:07", china(2026, 10, 3, 18, 0, 7)),
        ("昨天 9:05", china(2026, 11, 23, 9, 5)),
        ("昨天18:00", china(2026, 11, 23, 18)),
        ("周一 18:00", china(2026, 11, 23, 18)),
        ("17:00", china(2026, 11, 24, 17)),
        ("2026-10-03T10:00:00+00:00", china(2026, 10, 3, 18)),
        ("2026-10-03T10:00:00Z", china(2026, 10, 3, 18)),
        ("2026-10-03T18:00:00.5", china(2026, 10, 3, 18, 0, 0, 500_000)),
    ],
)
def test_what_is_meant(said: str, meant: datetime) -> None:
    found = known_at(said, NOW)
    assert found == meant
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    "said", ["", "soon", "2026-13-01", "2026-10-03 25:00", "18:61", "2026-10-03 18:00 x", "x 18:00"]
)
def test_what_is_no_time(said: str) -> None:
    with pytest.raises(Refused, match="not_a_time"):
        known_at(said, NOW)


@pytest.mark.parametrize("said", ["18:00", "明天", "2026-11-25", "2026-11-24T09:31:00+00:00"])
def test_what_is_to_come_is_not_known(said: str) -> None:
    with pytest.raises(Refused, match="time_to_come"):
        known_at(said, NOW)


@given(st.datetimes(datetime(1900, 1, 2), datetime(2026, 11, 23)), st.booleans())
def test_what_is_shown_of_a_moment_can_be_said_again(moment: datetime, whole: bool) -> None:
    at = moment.replace(microsecond=0, tzinfo=CHINA)
    at = at.replace(**END) if whole else at  # type: ignore[arg-type]
    assert known_at(known_words(at.astimezone(UTC)), NOW) == at


def test_the_day_of_a_moment_is_the_one_in_china() -> None:
    assert day_of_moment(datetime(2026, 10, 3, 16, tzinfo=UTC)) == date(2026, 10, 4)
    assert day_of_moment(datetime(2026, 10, 3, 16, tzinfo=UTC) - timedelta(microseconds=1)) == date(2026, 10, 3)
