"""Days on the command line as people say them: of what has happened the last one is meant, of plans the next."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanhu.domain.errors import Refused
from guanhu.domain.past import past
from guanhu.domain.phrases import day_of
from guanhu.tests.commands.conftest import Run

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("今天", "2026-11-24"), ("昨天", "2026-11-23"), ("yesterday", "2026-11-23"), ("today", "2026-11-24"),
        ("11-24", "2026-11-24"), ("11-25", "2025-11-25"), ("11月20日", "2026-11-20"), ("20号", "2026-11-20"),
        ("30号", "2026-10-30"), ("周三", "2026-11-18"), ("上周三", "2026-11-18"), ("上上周一", "2026-11-09"),
        ("last fri", "2026-11-20"), ("fri", "2026-11-20"), ("3天前", "2026-11-21"), ("两周前", "2026-11-10"),
        ("3 days ago", "2026-11-21"), ("-3", "2026-11-21"), ("2-29", "2024-02-29"), ("明天", "2026-11-25"),
        ("2026年11月1日", "2026-11-01"),
    ],
)  # fmt: skip
def test_a_phrase_of_what_has_happened(phrase: str, day: str) -> None:
    assert past(phrase, TUESDAY) == date.fromisoformat(day)


@pytest.mark.parametrize("phrase", ["", "soon", "13-40", "2-30", "上个世纪"])
def test_what_is_no_day_is_refused(phrase: str) -> None:
    with pytest.raises(Refused, match="not_a_date"):
        past(phrase, TUESDAY)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 12), st.integers(1, 28))
def test_a_month_and_day_is_the_last_one_or_the_next_one(today: date, month: int, day: int) -> None:
    phrase = f"{month}-{day}"
    assert past(phrase, today) <= today <= day_of(phrase, today)
    assert (past(phrase, today) == today) == (day_of(phrase, today) == today)


def test_the_forms_are_named_where_a_day_can_t_be_read(branch: Run) -> None:
    ran = branch("guanhu tier summary --as-of soon")
    assert ran.code == 2
    assert "yesterday" in ran.err
    assert branch("guanhu contact add C001 --channel phone --outcome no_answer --on 昨天 --next 明天").code == 0
    assert branch("guanhu contact add C001 --channel phone --outcome no_answer --on 明天").code == 1
