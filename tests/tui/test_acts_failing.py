"""When saving fails a form keeps its text, and nothing is half written."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from textual.pilot import Pilot

from guanhu.domain.errors import Refused
from guanhu.store.acts import log_contact
from guanhu.store.book import Book, Receipt
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


def notices(pilot: Pilot[Any]) -> list[str]:
    return [each.message for each in pilot.app._notifications]


def test_an_act_that_is_in_the_log_is_no_failure_though_what_it_did_can_not_be_read(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await stand_on(pilot, "20001")
        await pilot.press("c", "2")
        await typed(pilot, "暂不考虑")
        with patch("guanhu.tui.acts.form.discharged", side_effect=Refused("disk_full")):
            await pilot.press("ctrl+s")
            await settled(pilot)
        assert isinstance(pilot.app.screen, TodayScreen)
        first, second = notices(pilot)[-1].splitlines()
        assert first.startswith("Logged: 张伟")
        assert second.startswith("What it discharged could not be read: ")
        assert rows(book, "SELECT count(*) FROM act WHERE note = '暂不考虑'") == [(1,)]
        with patch("guanhu.tui.acts.learning.owed_again", side_effect=Refused("disk_full")):
            await pilot.press("u", "y")
            await settled(pilot)
        assert "What is owed again could not be read: " in notices(pilot)[-1]
        await pilot.press("u")
        await settled(pilot)
        assert notices(pilot)[-1] == "There is nothing to undo."

    at_today(book, tmp_path, steps)
    assert rows(book, "SELECT count(*) FROM act WHERE note = '暂不考虑' AND kind <> 'withdrawn'") == [(0,)]


@pytest.mark.parametrize("changed", [True, False])
def test_what_was_changed_after_a_try_that_was_done_all_the_same_is_not_called_logged(
    book: Book, tmp_path: Path, changed: bool
) -> None:
    tries: list[str] = []

    def breaks_off_once(*args: Any, **kwargs: Any) -> Receipt:
        receipt = log_contact(*args, **kwargs)
        tries.append(kwargs["note"])
        if len(tries) == 1:
            raise OSError("broken off")
        return receipt

    async def steps(pilot: Pilot[Any]) -> None:
        await stand_on(pilot, "20001")
        await pilot.press("c", "2")
        await typed(pilot, "暂不考虑")
        with patch("guanhu.tui.acts.contacts.log_contact", breaks_off_once):
            await pilot.press("ctrl+s")
            await settled(pilot)
            assert "broken off" in shown(pilot, "refused")
            if changed:
                await typed(pilot, "想要两年期")
            await pilot.press("ctrl+s")
            await settled(pilot)
        assert len(tries) == 2
        words = "It stood in the log already, as at the first try: what was changed since is not in it."
        assert (words in notices(pilot)[-1]) is changed

    at_today(book, tmp_path, steps)
    assert rows(book, "SELECT note FROM act WHERE note IN ('暂不考虑', '想要两年期')") == [("暂不考虑",)]


def test_a_form_that_was_left_by_mistake_has_its_text_when_it_is_opened_again(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await stand_on(pilot, "20001")
        await pilot.press("c", "2")
        await typed(pilot, "写了一半")
        await pilot.press("escape", "c")
        await settled(pilot)
        assert form(pilot).texts["note"] == "写了一半"

    at_today(book, tmp_path, steps)
