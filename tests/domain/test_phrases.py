"""A phrase means the day that whoever says it has in mind."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanhu.domain.errors import Refused
from guanhu.domain.phrases import day_of

TUESDAY = date(2026, 11, 24)
DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))


@pytest.mark.parametrize(
    ("phrase", "meant"),
    [
        ("今天", "2026-11-24"), ("明天", "2026-11-25"), ("后天", "2026-11-26"), ("大后天", "2026-11-27"),
        ("昨天", "2026-11-23"), ("today", "2026-11-24"), ("Tomorrow", "2026-11-25"),
        ("+7", "2026-12-01"), ("＋７", "2026-12-01"), ("-1", "2026-11-23"), ("+3天", "2026-11-27"),
        ("3天后", "2026-11-27"), ("三天后", "2026-11-27"), ("两周后", "2026-12-08"), ("1个月后", "2026-12-24"),
        ("一年后", "2027-11-24"), ("in 2 weeks", "2026-12-08"), ("3 days later", "2026-11-27"), ("2w", "2026-12-08"),
        ("周五", "2026-11-27"), ("星期五", "2026-11-27"), ("周二", "2026-12-01"), ("周一", "2026-11-30"),
        ("本周一", "2026-11-23"), ("这周日", "2026-11-29"), ("下周三", "2026-12-02"), ("下下周三", "2026-12-09"),
        ("下个星期天", "2026-12-06"), ("周末", "2026-11-28"), ("下周", "2026-11-30"), ("next week", "2026-11-30"),
        ("wed", "2026-11-25"), ("tue", "2026-12-01"), ("next wed", "2026-12-02"), ("Next Friday", "2026-12-04"),
        ("月底", "2026-11-30"), ("本月底", "2026-11-30"), ("下月初", "2026-12-01"), ("下个月中", "2026-12-15"),
        ("下月", "2026-12-01"), ("next month", "2026-12-01"),
        ("11-30", "2026-11-30"), ("11月30日", "2026-11-30"), ("11/24", "2026-11-24"), ("1-5", "2027-01-05"),
        ("2.29", "2028-02-29"), ("30号", "2026-11-30"), ("5号", "2026-12-05"),
        ("2026-12-31", "2026-12-31"), ("20261231", "2026-12-31"), (" 明 天 ", "2026-11-25"),
    ],
)  # fmt: skip
def test_a_phrase_means_a_day(phrase: str, meant: str) -> None:
    assert day_of(phrase, TUESDAY) == date.fromisoformat(meant)


@pytest.mark.parametrize(
    "phrase",
    [
        "", "明", "周八", "13-1", "2-30", "32号", "0号", "next", "xyzday", "+", "++1", "下下", "2026-02-30", "½天后",
        "\x1b[2J",
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused(phrase: str) -> None:
    with pytest.raises(Refused) as refused:
        day_of(phrase, TUESDAY)
    assert refused.value.code == "not_a_date"
    assert "\x1b" not in str(refused.value.details)


def test_a_day_outside_the_calendar_is_refused() -> None:
    with pytest.raises(Refused):
        day_of("999年后", TUESDAY)


@given(DAYS, st.integers(0, 999))
def test_plus_counts_days(today: date, days: int) -> None:
    assert day_of(f"+{days}", today) == today + timedelta(days=days) == day_of(f"{days}天后", today)


@given(DAYS, st.integers(0, 6))
def test_a_weekday_is_the_next_one_after_today(today: date, weekday: int) -> None:
    for name in ("周" + "一二三四五六日"[weekday], ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[weekday]):
        found = day_of(name, today)
        assert found.weekday() == weekday
        assert 1 <= (found - today).days <= 7


@given(DAYS, st.integers(0, 6))
def test_a_weekday_of_next_week_is_in_next_week(today: date, weekday: int) -> None:
    found = day_of("下周" + "一二三四五六日"[weekday], today)
    assert found.weekday() == weekday
    assert found.isocalendar()[:2] == (today + timedelta(days=7)).isocalendar()[:2]


@given(DAYS, DAYS)
def test_month_and_day_are_the_next_such_day(today: date, other: date) -> None:
    found = day_of(f"{other.month}-{other.day}", today)
    assert (found.month, found.day) == (other.month, other.day)
    assert found >= today


@given(DAYS, st.text(max_size=12))
def test_anything_is_a_day_or_refused(today: date, phrase: str) -> None:
    try:
        found = day_of(phrase, today)
    except Refused:
        return
    assert isinstance(found, date)
