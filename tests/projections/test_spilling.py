"""A fold that sets balances aside says what one says that holds them all."""

from pathlib import Path

import pytest

from guanhu.projections import spilling
from guanhu.store.rebuilding import check
from guanhu.store.statements import deposit
from guanhu.tests.books import a_book, day, stated, with_customers


@pytest.mark.parametrize("most", [1, 2, 3, 5, 100])
def test_a_fold_is_the_same_however_little_it_may_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    book = with_customers(a_book(tmp_path), "C1", "C2", "C3")
    stated(book, "2026-01-05", {"C1": 500, "C2": 30_000})
    stated(book, "2026-01-20", {"C1": 700, "C2": 60_000, "C3": 400_000})
    deposit(book, "C2", 5_000, day("2026-01-22"))
    stated(book, "2026-02-05", {"C1": 700, "C3": 100_000})
    stated(book, "2026-01-10", {"C1": 1_500, "C2": 31_000})  # late: into the middle of what was set aside
    deposit(book, "C3", -5_000, day("2026-02-01"))
    stated(book, "2026-03-05", {"C1": 70_000, "C2": 1, "C3": 100_000})
    monkeypatch.setattr(spilling, "MOST_ENTRIES", most)
    assert check(book) == []
    book.close()
