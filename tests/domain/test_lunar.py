"""Birthdays by the lunar and the common calendar fall on the days they are kept."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lunardate import LunarDate

from guanhu.domain.errors import Refused
from guanhu.domain.lunar import lunar_birthdays_in, parse_lunar, solar_birthday_in

# The library behind it is loaded on first use, in whichever example comes first.
patient = settings(deadline=None)
years = st.integers(1901, 2099)


@pytest.mark.parametrize(
    ("text", "read"),
    [("08-15", (8, 15, False)), ("8-15", (8, 15, False)), ("L06-01", (6, 1, True)), (" １２－３０ ", (12, 30, False))],
)
def test_a_lunar_day_is_read(text: str, read: tuple[int, int, bool]) -> None:
    assert parse_lunar(text) == read


@pytest.mark.parametrize("text", ["", "00-01", "13-01", "01-00", "01-31", "0815", "l06-01", "LL6-1", "八月十五", "٨-١"])
def test_anything_else_is_not_a_lunar_day(text: str) -> None:
    with pytest.raises(Refused) as refused:
        lunar_birthdays_in(2026, text)
    assert refused.value.code == "not_a_lunar_date"


@pytest.mark.parametrize(
    ("year", "text", "day"),
    [
        (2024, "01-01", date(2024, 2, 10)),
        (2025, "01-01", date(2025, 1, 29)),
        (2026, "01-01", date(2026, 2, 17)),
        (2026, "05-05", date(2026, 6, 19)),
        (2025, "08-15", date(2025, 10, 6)),
        (2023, "02-15", date(2023, 3, 6)),  # the plain second month comes before the leap one
        (2023, "L02-15", date(2023, 4, 5)),
        (2024, "L02-15", date(2024, 3, 24)),  # no leap second month: kept in the plain one
        (2025, "12-30", date(2025, 1, 28)),  # the last day of the lunar year 2024, which has 29 days in that month
    ],
)
def test_a_lunar_birthday_falls_on_its_known_day(year: int, text: str, day: date) -> None:
    assert lunar_birthdays_in(year, text) == [day]


def test_a_late_lunar_birthday_can_fall_twice_in_a_year_or_not_at_all() -> None:
    assert lunar_birthdays_in(2024, "12-01") == [date(2024, 1, 11), date(2024, 12, 31)]
    assert lunar_birthdays_in(2025, "12-01") == []


def test_no_lunar_birthday_is_known_outside_the_table() -> None:
    assert lunar_birthdays_in(1900, "01-01") == lunar_birthdays_in(2100, "01-01") == []


@patient
@given(years, st.integers(1, 12), st.integers(1, 30), st.booleans())
def test_a_birthday_is_the_lunar_day_itself_or_the_one_kept_for_it(year: int, month: int, day: int, leap: bool) -> None:
    for found in lunar_birthdays_in(year, f"{'L' if leap else ''}{month:02d}-{day:02d}"):
        lunar = LunarDate.from_solar_date(found.year, found.month, found.day)
        assert found.year == year
        assert lunar.month == month
        assert lunar.day == day or (day, lunar.day) == (30, 29)
        assert not lunar.is_leap_month or leap


@patient
@given(st.integers(1901, 2098), st.integers(1, 12), st.integers(1, 30))
def test_every_lunar_year_keeps_the_birthday_once(year: int, month: int, day: int) -> None:
    text = f"{month:02d}-{day:02d}"
    found = [day for solar in (year, year + 1) for day in lunar_birthdays_in(solar, text)]
    kept = [day for day in found if LunarDate.from_solar_date(day.year, day.month, day.day).year == year]
    assert len(kept) == 1


def test_the_last_day_of_february_stands_in_for_the_leap_day() -> None:
    born = date(2000, 2, 29)
    assert solar_birthday_in(2026, born) == date(2026, 2, 28)
    assert solar_birthday_in(2028, born) == date(2028, 2, 29)
    assert solar_birthday_in(2100, born) == date(2100, 2, 28)


@patient
@given(st.dates(date(1900, 1, 1), date(2026, 12, 31)), st.integers(1900, 2200))
def test_other_birthdays_keep_month_and_day(birthday: date, year: int) -> None:
    found = solar_birthday_in(year, birthday)
    assert found.year == year
    assert (found.month, found.day) == (birthday.month, birthday.day) or birthday.strftime("%m%d") == "0229"
