"""Many acts are undone as far as rules let them; what hindered the book half way is gone on with by the next try."""

from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from guanhu.domain.errors import Refused
from guanhu.store import withdrawing
from guanhu.store.acts import correct_entry, log_contact
from guanhu.store.assigning import assign
from guanhu.store.book import Book
from guanhu.store.errors import BookBusy
from guanhu.store.posts import enrol
from guanhu.tests.tui.branch import rows
from guanhu.tests.tui.desks import STAFF, TODAY
from guanhu.tui.acts.undoing import UndoneEach, take_back_each, undo_corrections

OWNERS = (
    "SELECT no, staff FROM care JOIN customer ON id = customer_id WHERE seat = 'owner' AND end > 800000 ORDER BY no"
)


@pytest.fixture
def assigned(book: Book) -> list[int]:
    """Three customers given to somebody, by three commands."""
    for staff in ("S2", "S3"):
        enrol(book, staff, f"员{staff}", TODAY, roles=["relationship_manager"], outlet="01")
    return [assign(book, no, "S2", TODAY, by=STAFF).positions[0] for no in ("C1", "C2", "C3")]


def test_the_rest_is_undone_where_one_has_moved_since(book: Book, assigned: list[int]) -> None:
    before = rows(book, OWNERS)
    assign(book, "C2", "S3", TODAY, by=STAFF)
    assert take_back_each(assigned, STAFF)(book) == UndoneEach(1, "")
    assert rows(book, OWNERS) == [("C2", "S3")]
    assert before == [("C1", "S2"), ("C2", "S2"), ("C3", "S2")]


def test_where_all_are_refused_the_reason_is_told(book: Book, assigned: list[int]) -> None:
    undo = take_back_each(assigned[1:2], STAFF)
    assign(book, "C2", "S3", TODAY, by=STAFF)
    with pytest.raises(Refused, match="seats_moved"):
        undo(book)


def test_a_second_try_goes_on_where_the_book_was_busy(book: Book, assigned: list[int]) -> None:
    undo, real, calls = take_back_each(assigned, STAFF), withdrawing.withdraw, 0

    def busy_once(*args: Any, **named: Any) -> object:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise BookBusy("book_locked")
        return real(*args, **named)

    with mock.patch.object(withdrawing, "withdraw", busy_once):
        with pytest.raises(BookBusy):
            undo(book)
        assert rows(book, OWNERS) == [("C2", "S2"), ("C3", "S2")]
        assert undo(book) == UndoneEach(0, "")
    assert rows(book, OWNERS) == []


def test_an_entry_that_was_corrected_again_is_passed_over(book: Book, tmp_path: Path) -> None:
    entries = [log_contact(book, no, "phone", "replied", TODAY, staff=STAFF, note="一").positions[0]
               for no in ("C1", "C2")]  # fmt: skip
    corrections = [correct_entry(book, each, reason="改", note="二").positions[0] for each in entries]
    correct_entry(book, entries[0], reason="再改", note="三")
    undone = undo_corrections(corrections, STAFF)(book)
    assert isinstance(undone, UndoneEach)
    assert (undone.passed_over, bool(undone.left)) == (1, True)
    assert [note for (note,) in rows(book, "SELECT note FROM act ORDER BY position")] == ["三", "一"]
