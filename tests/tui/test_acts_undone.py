"""The last act is taken back by an event, and nothing older falls with it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from guanhu.store.book import Book
from guanhu.tests.tui.acting import ACT, form, newest_topics, said, stand_on, typed
from guanhu.tests.tui.branch import at_today, busy_branch, rows
from guanhu.tests.tui.desks import lines, settled
from guanhu.tui.screens.today import TodayScreen
from guanhu.tui.widgets.choice import Choice
from guanhu.tui.widgets.long_list import LongList


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """The branch with work to do."""
    opened = busy_branch(tmp_path)
    yield opened
    opened.close()


def test_the_last_act_is_undone_by_a_correcting_event_and_both_stay_in_the_log(book: Book, tmp_path: Path) -> None:
    before = rows(book, "SELECT count(*) FROM stored_events")[0][0]

    async def steps(pilot: Pilot[Any]) -> None:
        await stand_on(pilot, "20001")
        await pilot.press("c", "1", "ctrl+s")
        await settled(pilot)
        await pilot.press("u", "y")
        await settled(pilot)
        listing = pilot.app.screen.query_one("#queue", LongList)
        assert listing.source.where("20001 monthly_contact 2026-11") is not None
        assert said(pilot)[-1].startswith("Taken back: 张伟 phone reached, interested\nTo do again: ")
        assert "monthly contact" in said(pilot)[-1]

    at_today(book, tmp_path, steps)
    assert rows(book, "SELECT kind FROM act ORDER BY position DESC LIMIT 1") == [("withdrawn",)]
    assert rows(book, "SELECT count(*) FROM stored_events")[0][0] == before + 2


def test_after_an_act_that_no_event_takes_back_undo_does_not_fall_on_an_older_one(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        assert "Undo" not in lines(pilot.app)[-1]
        await stand_on(pilot, "20001")
        await pilot.press("c", "1", "ctrl+s")
        await settled(pilot)
        assert "Undo" in lines(pilot.app)[-1]
        screen = pilot.app.screen
        assert isinstance(screen, TodayScreen)
        screen.review()
        await settled(pilot)
        await pilot.press("y")
        await settled(pilot)
        await pilot.press("u")
        assert said(pilot)[-1] == "No event takes this back: The day was looked through."
        assert "Undo" not in lines(pilot.app)[-1]

    at_today(book, tmp_path, steps)


def test_an_opinion_is_undone_alone_and_the_act_before_it_by_a_second_undo(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await stand_on(pilot, "20001")
        await pilot.press("c", "1", "ctrl+s")
        await settled(pilot)
        await pilot.press("o")
        await typed(pilot, "希望周末营业")
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("u", "y")
        await settled(pilot)
        assert said(pilot)[-1].startswith("Taken back: 欧阳丽华 opinion voiced")
        assert said(pilot)[-1].endswith("\nu takes back the act before too: 张伟 phone reached, interested")
        assert rows(book, "SELECT 1 FROM affair WHERE kind = 'opinion'") == []
        assert rows(book, ACT)[0][:3] == ("contact", "phone", "reached_success")
        assert "Undo" in lines(pilot.app)[-1]
        await pilot.press("u", "y")
        await settled(pilot)
        assert said(pilot)[-1].startswith("Taken back: 张伟 phone reached, interested")
        await pilot.press("u")
        assert said(pilot)[-1] == "There is nothing to undo."

    at_today(book, tmp_path, steps)
    assert rows(book, "SELECT kind FROM act ORDER BY position DESC LIMIT 1") == [("withdrawn",)]


def test_a_promise_kept_is_undone_and_open_again(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await stand_on(pilot, "20002")
        await pilot.press("K")
        await settled(pilot)
        await pilot.press("1", "ctrl+s")
        await settled(pilot)
        await pilot.press("u", "y")
        await settled(pilot)

    at_today(book, tmp_path, steps)
    assert rows(book, "SELECT text, closed FROM affair WHERE kind = 'promise'") == [
        ("办理手机银行", None), ("送利率表", None)
    ]  # fmt: skip
    assert newest_topics(book, 2) == ["promise_kept", "withdrawn"]


def test_a_correction_is_undone_by_saying_again_what_the_entry_said(book: Book, tmp_path: Path) -> None:
    question = "SELECT kind, channel, outcome, note, next_day FROM act ORDER BY position"
    before = rows(book, question)

    async def steps(pilot: Pilot[Any]) -> None:
        for way in ("1", "2"):
            await stand_on(pilot, "20002")
            await pilot.press("x", "j", "enter")  # the cursor is on a promise
            await settled(pilot)
            form(pilot).query_one("#field-how", Choice).focus()
            await pilot.press(way)
            form(pilot).query_one("#field-note", Input).value = f"别的 {way}"
            form(pilot).query_one("#field-reason", Input).value = "漏记"
            await pilot.press("ctrl+s")
            await settled(pilot)
            assert rows(book, question) != before
            await pilot.press("u", "y")
            await settled(pilot)
            assert rows(book, question) == before

    at_today(book, tmp_path, steps)
