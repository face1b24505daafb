"""China's working days follow the published arrangement of each year, or plain weeks where none is known."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanhu.domain.calendar import Calendar

# The library behind it is loaded on first use, in whichever example comes first.
patient = settings(deadline=None)
CALENDAR = Calendar()
days = st.dates(date(2001, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    "day",
    [
        *("2006-12-30", "2008-02-02", "2009-01-24", "2010-02-20"),
        *("2024-02-04", "2024-02-18", "2025-01-26", "2026-02-14", "2026-02-28"),
    ],
)
def test_a_shifted_weekend_is_worked(day: str) -> None:
    assert CALENDAR.is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize(
    "day",
    [
        *("2008-02-11", "2010-02-19", "2024-02-16", "2025-10-08", "2026-02-23", "2026-10-07"),  # made free
        *("2026-01-01", "2026-04-06", "2026-05-01", "2026-06-19", "2026-09-25"),  # fixed by law
        *("2024-02-03", "2026-11-28", "2026-11-29"),  # plain weekends
    ],
)
def test_a_holiday_and_a_plain_weekend_are_free(day: str) -> None:
    assert not CALENDAR.is_working_day(date.fromisoformat(day))


def test_a_year_without_an_arrangement_has_plain_weekends_and_fixed_holidays() -> None:
    assert [CALENDAR.published(year) for year in (2000, 2001, 2010, 2026)] == [False, True, True, True]
    far = 2060
    assert not CALENDAR.published(far)
    fixed = [date(far, 1, 1), date(far, 5, 1), date(far, 10, 1)]
    assert not any(map(CALENDAR.is_working_day, fixed))
    week = [date(far, 7, 5) + timedelta(days=number) for number in range(7)]
    assert list(map(CALENDAR.is_working_day, week)) == [True] * 5 + [False] * 2


@pytest.mark.parametrize("year", [1901, 1949, 1950, 2099, 2100, 2101, 2200])
def test_every_year_that_a_date_may_have_is_answered(year: int) -> None:
    assert date(year, 1, 1) < CALENDAR.add_working_days(date(year, 1, 1), 5) <= date(year, 1, 15)


@patient
@given(days, st.integers(0, 30))
def test_working_days_are_counted_one_by_one(day: date, count: int) -> None:
    reached = CALENDAR.add_working_days(day, count)
    between = (day + timedelta(days=number) for number in range(1, (reached - day).days + 1))
    assert sum(map(CALENDAR.is_working_day, between)) == count
    assert count == 0 or CALENDAR.is_working_day(reached)


def test_working_days_are_counted_over_long_holidays() -> None:
    assert CALENDAR.add_working_days(date(2026, 2, 13), 1) == date(2026, 2, 14)
    assert CALENDAR.add_working_days(date(2026, 2, 14), 1) == date(2026, 2, 24)
    assert CALENDAR.add_working_days(date(2026, 9, 30), 3) == date(2026, 10, 10)


def test_working_days_are_not_counted_back() -> None:
    with pytest.raises(ValueError, match="forward"):
        CALENDAR.add_working_days(date(2026, 2, 13), -1)


def test_festivals_come_by_date() -> None:
    assert CALENDAR.festivals(2025) == [
        ("new_year", date(2025, 1, 1)),
        ("spring_festival", date(2025, 1, 29)),
        ("dragon_boat", date(2025, 5, 31)),
        ("national_day", date(2025, 10, 1)),
        ("mid_autumn", date(2025, 10, 6)),
    ]


def test_two_festivals_on_one_day_are_one() -> None:
    assert CALENDAR.festivals(2020)[3:] == [("mid_autumn", date(2020, 10, 1))]


def test_years_without_known_lunar_days_keep_the_festivals_of_the_common_calendar() -> None:
    assert CALENDAR.festivals(2150) == [("new_year", date(2150, 1, 1)), ("national_day", date(2150, 10, 1))]


@patient
@given(st.integers(1901, 2099))
def test_festivals_lie_in_their_year_on_days_of_their_own(year: int) -> None:
    found = [day for _, day in CALENDAR.festivals(year)]
    assert found == sorted(set(found))
    assert {day.year for day in found} == {year}
    assert len(found) in {4, 5}
