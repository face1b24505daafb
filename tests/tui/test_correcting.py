"""What a correction asks: only what such an entry can say, in its words; and what it says no longer is taken out."""

from collections.abc import Iterator
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from guanhu.projections.customer_log import SHOWN_ACTS, act_at
from guanhu.store.acts import log_contact, log_visit
from guanhu.store.book import Book
from guanhu.tests.tui.acting import form, shown
from guanhu.tests.tui.branch import ME, TODAY, at_today, busy_branch, rows
from guanhu.tests.tui.desks import settled
from guanhu.tui.acts.about import About
from guanhu.tui.acts.correcting import CorrectForm
from guanhu.tui.widgets.choice import Choice

ENTRY = "SELECT began, duration, next_day, outcome, companions FROM act WHERE position = ?"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """The branch with work to do."""
    opened = busy_branch(tmp_path)
    yield opened
    opened.close()


def visited(book: Book) -> int:
    """A visit with its times and a next step, by its position."""
    done = log_visit(
        book, "20004", ["S1"], "reached_other", TODAY - timedelta(days=1), next_on=TODAY + timedelta(days=3),
        began_at=time(9, 30), duration=2400, by=ME,
    )  # fmt: skip
    return done.positions[0]


async def open_on(pilot: Pilot[Any], customer_no: str, position: int) -> None:
    pilot.app.push_screen(CorrectForm(About(customer_no, ""), position))
    await settled(pilot)


def asked(pilot: Pilot[Any]) -> list[str]:
    return [field.id for field in form(pilot).shown_fields]


def test_what_is_older_than_the_newest_entries_is_corrected_where_it_stands(book: Book, tmp_path: Path) -> None:
    said = "phone", "reached_success"
    old = log_contact(book, "20006", *said, TODAY - timedelta(days=90), note="很久以前", by=ME).positions[0]
    for days in range(1, SHOWN_ACTS + 2):
        log_contact(book, "20006", *said, TODAY - timedelta(days=days), by=ME)

    async def steps(pilot: Pilot[Any]) -> None:
        await open_on(pilot, "20006", old)
        assert form(pilot).texts["note"] == "很久以前"
        form(pilot).query_one("#field-note", Input).value = "八月"
        form(pilot).query_one("#field-reason", Input).value = "记错"
        await pilot.press("ctrl+s")
        await settled(pilot)

    at_today(book, tmp_path, steps)
    assert rows(book, "SELECT note FROM act WHERE position = ?", old) == [("八月",)]
    corrected = rows(book, "SELECT corrected FROM act WHERE position = ?", old)[0][0]
    with book.reading() as cursor:
        assert [each.note for each in act_at(cursor, "20006", corrected)] == ["八月"], "its correction means it too"
        assert act_at(cursor, "20001", old) == [], "it is no entry of another customer"


def test_a_visit_has_no_channel_and_says_its_times_which_can_be_taken_out(book: Book, tmp_path: Path) -> None:
    position = visited(book)

    async def steps(pilot: Pilot[Any]) -> None:
        await open_on(pilot, "20004", position)
        assert asked(pilot) == ["how", "outcome", "along", "note", "times", "on", "next_on", "reason"]
        assert not form(pilot).query_one("#row-channel").display
        words = form(pilot).option_words("outcome")
        assert not {"sent", "replied"} & set(words)
        assert words["reached_success"] == "met, interested"
        assert form(pilot).texts["times"] == "09:30-10:10"
        form(pilot).query_one("#field-times", Input).value = ""
        form(pilot).query_one("#field-next_on", Input).value = ""
        form(pilot).query_one("#field-reason", Input).value = "记错"
        await settled(pilot)
        assert shown(pilot, "writes") == "Writes: a correction of Clock time, Next step"
        await pilot.press("ctrl+s")
        await settled(pilot)

    at_today(book, tmp_path, steps)
    assert rows(book, ENTRY, position) == [(None, None, None, "reached_other", "S1")]


@pytest.mark.parametrize(
    ("typed", "kept"), [("10:00", (600, None)), ("10:00-10:30", (600, 1800)), ("50 min", (None, 3000))]
)
def test_the_times_of_a_visit_are_set_right(
    book: Book, tmp_path: Path, typed: str, kept: tuple[int | None, int | None]
) -> None:
    position = visited(book)

    async def steps(pilot: Pilot[Any]) -> None:
        await open_on(pilot, "20004", position)
        form(pilot).query_one("#field-times", Input).value = typed
        form(pilot).query_one("#field-reason", Input).value = "记错"
        await pilot.press("ctrl+s")
        await settled(pilot)

    at_today(book, tmp_path, steps)
    assert rows(book, ENTRY, position)[0][:2] == kept


def test_a_call_has_a_channel_and_nothing_was_sent_or_answered_by_it(book: Book, tmp_path: Path) -> None:
    position = log_contact(book, "20003", "phone", "no_answer", TODAY, by=ME).positions[0]

    async def steps(pilot: Pilot[Any]) -> None:
        await open_on(pilot, "20003", position)
        assert asked(pilot) == ["how", "outcome", "channel", "note", "on", "next_on", "reason"]
        assert not {"sent", "replied"} & set(form(pilot).option_words("outcome"))
        form(pilot).query_one("#field-channel", Choice).value = "letter"
        await settled(pilot)
        assert {"sent", "replied"} <= set(form(pilot).option_words("outcome"))

    at_today(book, tmp_path, steps)


def test_of_what_is_taken_out_only_the_reason_is_asked(book: Book, tmp_path: Path) -> None:
    position = visited(book)

    async def steps(pilot: Pilot[Any]) -> None:
        await open_on(pilot, "20004", position)
        await pilot.press("2")
        await settled(pilot)
        assert asked(pilot) == ["how", "reason"]
        assert form(pilot).focused is form(pilot).query_one("#field-reason")

    at_today(book, tmp_path, steps)
