"""Periods by name and by their days; the one before and the one after."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanhu.domain.errors import Refused
from guanhu.domain.periods import after, before, kind_of, months_until, name, parse_period

DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-10", "2026-10-01", "2026-10-31"), ("2026-2", "2026-02-01", "2026-02-28"),
        ("2026年10月", "2026-10-01", "2026-10-31"), ("2026-q3", "2026-07-01", "2026-09-30"),
        ("2026Q4", "2026-10-01", "2026-12-31"), ("2026-H1", "2026-01-01", "2026-06-30"),
        ("2026", "2026-01-01", "2026-12-31"), ("2026-01-05 2026-03-04", "2026-01-05", "2026-03-04"),
    ],
)  # fmt: skip
def test_periods_are_read_as_people_write_them(text: str, first: str, last: str) -> None:
    assert parse_period(text) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13", "2026-Q5", "2026-03-04 2026-01-05", "2026-01-05"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(Refused, match=r"^not_a_period"):
        parse_period(text)


@given(DAYS, st.sampled_from(["month", "quarter", "half_year", "year"]))
def test_a_named_period_goes_by_its_kind(day: date, kind: str) -> None:
    written = {"month": "{0:%Y-%m}", "quarter": "{0:%Y}-Q{1}", "half_year": "{0:%Y}-H{2}", "year": "{0:%Y}"}[kind]
    period = parse_period(written.format(day, (day.month + 2) // 3, (day.month + 5) // 6))
    assert kind_of(period) == kind
    assert name(period) == written.format(day, (day.month + 2) // 3, (day.month + 5) // 6)
    assert period[0] <= day <= period[1]
    assert after(before(period)) == period
    assert (period[0] - before(period)[1]).days == 1


@given(DAYS, st.integers(0, 500))
def test_days_go_by_as_many_days(first: date, length: int) -> None:
    period = (first, date.fromordinal(first.toordinal() + length))
    assert before(after(period)) == period or kind_of(after(period)) is not None
    assert (after(period)[0] - period[1]).days == 1


def test_twelve_months_end_with_the_one_asked_about() -> None:
    found = months_until(date(2026, 2, 10), 12)
    assert (found[0][0], found[-1]) == (date(2025, 3, 1), (date(2026, 2, 1), date(2026, 2, 28)))
    assert len(found) == 12
