"""Days are read in the ways files write them; periods tile the calendar."""

from contextlib import suppress
from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanhu.domain.dates import (
    PeriodKind,
    first_of_month,
    last_of_month,
    next_month,
    parse_day,
    period_bounds,
    period_key,
)
from guanhu.domain.errors import Refused

days = st.dates(date(1900, 1, 8), date(2200, 12, 24))
kinds: st.SearchStrategy[PeriodKind] = st.sampled_from(get_args(PeriodKind))


@pytest.mark.parametrize(
    "text",
    [
        *("2026-01-05", "2026/01/05", "2026.01.05", "2026-1-5", "20260105", "2026年1月5日", "2026年01月05日"),
        *("2026-01-05 00:00:00", "2026/1/5 0:00", "2026-01-05T00:00:00.000", "20260105 00:00:00"),
        *(" 2026-01-05\u3000", "２０２６－０１－０５", "2026年1月5日 00:00:00"),
    ],
)
def test_a_day_is_read_in_every_way_files_write_it(text: str) -> None:
    assert parse_day(text) == date(2026, 1, 5)


def test_a_time_of_day_is_dropped() -> None:
    assert parse_day("2026-01-05 23:59:59") == date(2026, 1, 5)


@pytest.mark.parametrize(
    "text",
    [
        *("", "2026", "2026-01", "202601", "26-01-05", "2026-01/05", "2026--01-05", "01/05/2026", "2026-001-05"),
        *("2026-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "20260230", "2026年2月30日", "0000-01-01"),
        *("2026-W48-1", "2026W481", "2026-329", "46027", "46027.0", "2026-01-05x", "2026-01-05 24:00", "2026年1月5"),
        *("٢٠٢٦-٠١-٠٥", "²026-01-05", "99991231", "1899-12-31", "2201-01-01", "2026-01-05 00:00:00+08:00"),
    ],
)
def test_anything_else_is_not_a_date(text: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_day(text)
    assert refused.value.code == "not_a_date"


@given(days)
def test_a_written_day_is_read_back(day: date) -> None:
    for form in ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日"):
        assert parse_day(day.strftime(form)) == day


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(Refused):
        assert 1900 <= parse_day(text).year <= 2200


@given(kinds, days)
def test_periods_lie_end_to_end_and_their_keys_name_them(kind: PeriodKind, day: date) -> None:
    first, last = period_bounds(kind, day)
    assert first <= day <= last
    for inside in (first, last):
        assert period_bounds(kind, inside) == (first, last)
        assert period_key(kind, inside) == period_key(kind, day)
    after = last + timedelta(days=1)
    assert period_bounds(kind, after)[0] == after
    assert period_key(kind, after) > period_key(kind, day)


@pytest.mark.parametrize(
    ("kind", "day", "key", "first", "last"),
    [
        ("week", date(2026, 11, 24), "2026-W48", date(2026, 11, 23), date(2026, 11, 29)),
        ("week", date(2027, 1, 1), "2026-W53", date(2026, 12, 28), date(2027, 1, 3)),
        ("month", date(2024, 2, 10), "2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("quarter", date(2026, 11, 24), "2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("half_year", date(2026, 6, 30), "2026-H1", date(2026, 1, 1), date(2026, 6, 30)),
        ("half_year", date(2026, 7, 1), "2026-H2", date(2026, 7, 1), date(2026, 12, 31)),
        ("year", date(2026, 11, 24), "2026", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_periods_have_their_known_names_and_bounds(
    kind: PeriodKind, day: date, key: str, first: date, last: date
) -> None:
    assert period_key(kind, day) == key
    assert period_bounds(kind, day) == (first, last)


@given(days)
def test_the_helpers_of_months_agree_with_the_periods(day: date) -> None:
    assert (first_of_month(day), last_of_month(day)) == period_bounds("month", day)
    assert next_month(day) == last_of_month(day) + timedelta(days=1)
