"""Statements come to the same, however they are cut: into batches, into files, once or twice; and so says the check."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from guanhu.store.book import Book
from guanhu.store.rebuilding import check, rebuild
from guanhu.store.statements import deposit
from guanhu.tests.store.imported import Row, batches_of, new_book, statement, take_in, told

NUMBERS = ("C1", "C2", "C3", "C4")
FIRST = date(2026, 1, 20)

amounts = st.sampled_from([-5, 0, 900, 1_000, 30_000, 49_999, 50_000, 90_000, 170_000, 200_000, 450_000, 3_000_000])
days = st.integers(0, 150).map(lambda n: FIRST + timedelta(days=n))


@st.composite
def feeds(draw: st.DrawFn) -> list[Row]:
    """Rows in order of date, one at most for a customer and date; many say what was known already."""
    rows: list[Row] = []
    last: dict[str, int] = {}
    for day in sorted(draw(st.lists(days, min_size=1, max_size=6, unique=True))):
        for no in draw(st.lists(st.sampled_from(NUMBERS), min_size=1, max_size=4, unique=True)):
            again = no in last and draw(st.booleans())
            last[no] = last[no] if again else draw(amounts)
            rows.append((no, last[no], day))
    return rows


def books(count: int) -> Iterator[tuple[Book, Path]]:
    """So many new books, each in a folder of its own for as long as it is used."""
    for _ in range(count):
        with TemporaryDirectory() as folder:
            book = new_book(Path(folder) / "book.db", NUMBERS)
            yield book, Path(folder)
            book.close()


@settings(max_examples=12, deadline=None)
@given(rows=feeds(), size=st.integers(1, 5), cut=st.integers(0, 30))
def test_a_statement_says_the_same_in_any_batches_and_in_any_files(rows: list[Row], size: int, cut: int) -> None:
    answers = []
    cut = min(cut, len(rows))
    for (book, folder), parts in zip(books(2), ([rows], [rows[:cut], rows[cut:]]), strict=True):
        with batches_of(1000 if len(parts) == 1 else size):
            for n, part in enumerate(parts):
                if part:
                    take_in(book, "balances", statement(folder / f"{n}.csv", part))
        answers.append(told(book))
        assert check(book) == []
    assert answers[0] == answers[1]


@settings(max_examples=10, deadline=None)
@given(rows=feeds(), order=st.randoms(use_true_random=False))
def test_the_order_of_rows_in_a_file_is_no_matter_and_a_second_time_changes_nothing(
    rows: list[Row], order: Random
) -> None:
    shuffled = list(rows)
    order.shuffle(shuffled)
    answers = []
    for (book, folder), part in zip(books(2), (rows, shuffled), strict=True):
        file = statement(folder / "rows.csv", part)
        result = take_in(book, "balances", file)
        assert result.counts.accepted == len(rows)
        answers.append(told(book))
        again = take_in(book, "balances", file)
        assert (again.counts.changed, again.counts.tier_changes, again.repeated) == (0, 0, True)
        assert told(book) == answers[-1]
    assert answers[0] == answers[1]


@settings(max_examples=15, deadline=None)
@given(
    acts=st.lists(
        st.one_of(st.tuples(feeds()), st.tuples(st.sampled_from(NUMBERS), days, st.integers(-80_000, 80_000))),
        min_size=1,
        max_size=5,
    ),
    size=st.integers(1, 6),
)
def test_late_rows_and_money_keyed_in_between_leave_a_book_that_its_events_make_anew(
    acts: list[tuple[list[Row]] | tuple[str, date, int]], size: int
) -> None:
    for book, folder in books(1):
        with batches_of(size):
            for n, act in enumerate(acts):
                if len(act) == 1:
                    take_in(book, "balances", statement(folder / f"{n}.csv", act[0]))
                elif act[2]:
                    deposit(book, act[0], act[2] * 100, act[1])
        assert check(book) == []
        before = told(book)
        rebuild(book)
        assert told(book) == before
        assert check(book) == []
