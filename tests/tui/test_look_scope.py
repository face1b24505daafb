"""What somebody who looked had asked for is told in words, and a long what-if by years up to the data's end."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from guanhu.projections.policy import policy_of
from guanhu.projections.whatif.answer import Both, Month
from guanhu.tests.books import a_book
from guanhu.tui.look_scope import asked_words
from guanhu.tui.names import Names
from guanhu.tui.whatif_words import MOST_MONTHS, spans_of


def test_conditions_are_told_by_title_and_name(tmp_path: Path) -> None:
    book = a_book(tmp_path)
    with book.reading() as cursor:
        policy = policy_of(cursor)
        assert policy is not None
        names = Names(cursor, policy, policy.on(date(2026, 11, 24)))
    book.close()
    scope = {"staff": "M1", "status": "open,overdue", "first": "2026-11-01", "every": "True", "unheard_of": "x"}
    assert asked_words(scope, names) == (
        "staff 王芳, state to do, overdue, from 2026-11-01, of the whole branch, unheard_of x"
    )


def _answer(count: int) -> Any:
    one = Both(1, 2)
    months = [Month(date(2020 + n // 12, n % 12 + 1, 1), one, one, one, one) for n in range(count)]
    return SimpleNamespace(months=tuple(months))


def test_months_are_told_up_to_the_datas_end_and_many_of_them_as_years() -> None:
    few = spans_of(_answer(12), date(2020, 3, 31))
    assert [span for span, _ in few] == ["2020-01", "2020-02", "2020-03"]
    many = spans_of(_answer(MOST_MONTHS + 12), date(2030, 1, 1))
    assert [span for span, _ in many] == ["2020", "2021", "2022", "2023"]
    assert many[0][1].calls == Both(12, 24)
