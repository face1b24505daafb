"""Whose personal data must not be used: those restricted now, and in a look back those restricted then too."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from guanhu.projections.finding import restricted_ids
from guanhu.store.book import Book
from guanhu.store.moments import open_moment
from guanhu.store.registering import restrict
from guanhu.tests.store.looked_back import Told, some_days


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Told]:
    """A book with some days behind it."""
    found = some_days(tmp_path)
    yield found
    found.book.close()


def restricted(book: Book) -> set[str]:
    """The numbers of those who are found to be restricted, which are those whose rows say so."""
    with book.reading() as cursor:
        numbers = dict(cursor.execute("SELECT id, no FROM customer").fetchall())
        told = {no for (no,) in cursor.execute("SELECT no FROM customer WHERE restricted")}
        found = {numbers[cid] for cid in restricted_ids(cursor)}
        assert found == told
        return found


def change(told: Told, customer_no: str, *, add: bool) -> None:
    told.moment += timedelta(hours=1)
    restrict(told.book, customer_no, "本人要求", told.book.today, add=add, by="OM")


def test_the_few_are_those_whose_rows_say_so_then_and_now(told: Told) -> None:
    assert restricted(told.book) == set()
    change(told, "C1", add=True)
    then = told.moment
    change(told, "C1", add=False)
    change(told, "C2", add=True)
    assert restricted(told.book) == {"C2"}
    with closing(open_moment(told.book, then)) as moment:
        assert restricted(moment) == {"C1", "C2"}
