"""When saving fails a form keeps its text, and nothing is half written."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from textual.pilot import Pilot

from guanhu.store.book import Book
from guanhu.tests.tui.acting import form, shown, stand_on, typed
from guanhu.tests.tui.branch import ME, at_today, busy_branch, rows
from guanhu.tests.tui.desks import settled
from guanhu.tui.screens.today import TodayScreen
from guanhu.tui.widgets.choice import Choice


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """The branch with work to do."""
    opened = busy_branch(tmp_path)
    yield opened
    opened.close()


@contextmanager
def full(book: Book) -> Iterator[None]:
    """While it lasts the disk has no room for another page of the book."""
    writing = book.recorder.writing

    @contextmanager
    def without_room() -> Iterator[Any]:
        with writing() as cursor:
            pages = cursor.execute("PRAGMA page_count").fetchone()[0]
            cursor.execute(f"PRAGMA max_page_count = {pages}").fetchone()
            try:
                yield cursor
            finally:
                cursor.execute("PRAGMA max_page_count = 1073741823").fetchone()

    with patch.object(book.recorder, "writing", without_room):
        yield


def test_a_locked_book_leaves_the_form_as_it_was_and_saving_again_does_the_act_once(book: Book, tmp_path: Path) -> None:
    book.close()
    mine, other = Book(book.path, busy_seconds=0.1, clock=book.clock, staff=ME), Book(book.path, clock=book.clock)

    async def steps(pilot: Pilot[Any]) -> None:
        await stand_on(pilot, "20001")
        await pilot.press("c", "2")
        await typed(pilot, "暂不考虑")
        with other.recorder.writing():
            await pilot.press("ctrl+s")
            await settled(pilot)
        assert "Someone else is writing in the book" in shown(pilot, "refused")
        assert form(pilot).texts["note"] == "暂不考虑"
        assert form(pilot).query_one("#field-outcome", Choice).value == "reached_declined"
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert isinstance(pilot.app.screen, TodayScreen)

    at_today(mine, tmp_path, steps)
    assert rows(other, "SELECT count(*) FROM act WHERE note = '暂不考虑'") == [(1,)]
    mine.close()
    other.close()


def test_a_full_disk_leaves_the_form_as_it_was_and_nothing_half_written(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await stand_on(pilot, "20001")
        await pilot.press("c", "2")
        await typed(pilot, "磁盘已满" * 300)
        with full(book):
            await pilot.press("ctrl+s")
            await settled(pilot)
        assert "The disk is full" in shown(pilot, "refused")
        assert form(pilot).texts["note"] == "磁盘已满" * 300
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert isinstance(pilot.app.screen, TodayScreen)

    at_today(book, tmp_path, steps)
    assert rows(book, "SELECT count(*) FROM act WHERE note LIKE '磁盘已满%'") == [(1,)]


def test_a_form_that_was_left_by_mistake_has_its_text_when_it_is_opened_again(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await stand_on(pilot, "20001")
        await pilot.press("c", "2")
        await typed(pilot, "写了一半")
        await pilot.press("escape", "c")
        await settled(pilot)
        assert form(pilot).texts["note"] == "写了一半"

    at_today(book, tmp_path, steps)
