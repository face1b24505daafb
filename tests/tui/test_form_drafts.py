"""A form that was left opens with its texts, says since when they stand there, and begins anew by a key."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from guanhu.store.acts import log_contact
from guanhu.store.book import Book
from guanhu.tests.tui.acting import form as act_form
from guanhu.tests.tui.acting import shown, stand_on, typed
from guanhu.tests.tui.branch import ME, TODAY, app_on, at_today, busy_branch
from guanhu.tests.tui.desks import desk_app, drive, lines, settled
from guanhu.tests.tui.sample_forms import Empty, form
from guanhu.tui.acts.about import About
from guanhu.tui.acts.correcting import CorrectForm


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Book]:
    """The branch with work to do."""
    opened = busy_branch(tmp_path)
    yield opened
    opened.close()


def test_a_form_says_that_its_texts_are_old_and_begins_anew(book: Book) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        pilot.app.push_screen(form())
        await settled(pilot)
        assert not any("Continued from" in line for line in lines(pilot.app))
        await pilot.press(*"half", "ctrl+r", "escape")  # where nothing was continued, the key takes nothing
        await settled(pilot)
        again = form()
        pilot.app.push_screen(again)
        await settled(pilot)
        assert any("Continued from" in line and "^r begins anew." in line for line in lines(pilot.app))
        assert again.texts["note"] == "half"
        await pilot.press("ctrl+r")
        await settled(pilot)
        assert again.texts == {"channel": "phone", "note": "", "next": "", "amount": ""}
        assert not any("Continued from" in line for line in lines(pilot.app))
        await pilot.press("escape")
        await settled(pilot)
        fresh = form()
        pilot.app.push_screen(fresh)
        await settled(pilot)
        assert fresh.texts["note"] == ""

    drive(desk_app(Empty, book), steps)


def test_what_was_typed_to_correct_one_entry_does_not_stand_in_the_correction_of_another(
    branch: Book, tmp_path: Path
) -> None:
    first, second = (
        log_contact(branch, "20006", "phone", "reached_success", TODAY, note=note, by=ME).positions[0]
        for note in ("第一次", "第二次")
    )

    async def steps(pilot: Pilot[Any]) -> None:
        async def correct(position: int) -> str:
            pilot.app.push_screen(CorrectForm(About("20006", ""), position))
            await settled(pilot)
            return act_form(pilot).texts["note"]

        assert await correct(first) == "第一次"
        act_form(pilot).query_one("#field-note", Input).value = "写错了"
        await settled(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert await correct(second) == "第二次"
        await pilot.press("escape")
        await settled(pilot)
        assert await correct(first) == "写错了"

    at_today(branch, tmp_path, steps)


def test_an_act_that_begins_anew_proposes_again(branch: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await stand_on(pilot, "20002")
        await pilot.press("c", "3")
        await typed(pilot, "改天再谈")
        await pilot.press("down", *"+1", "escape")
        await settled(pilot)
        await pilot.press("c")
        await settled(pilot)
        assert shown(pilot, "kept").startswith("Continued from ")
        assert (act_form(pilot).texts["outcome"], act_form(pilot).texts["next_on"]) == ("reached_other", "+1")
        await pilot.press("ctrl+r")
        await settled(pilot)
        assert act_form(pilot).texts | {"channel": ""} == {
            "outcome": "", "note": "", "next_on": "+7", "channel": "", "on": "",
        }  # fmt: skip
        assert shown(pilot, "means-next_on").endswith("(proposed)")

    at_today(branch, tmp_path, steps)


def test_a_form_that_opens_takes_the_notice_below_away(branch: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await stand_on(pilot, "20002")
        await pilot.press("q", "q")
        await settled(pilot)
        below = pilot.app.screen
        assert below.query("Toast")
        await pilot.press("c")
        await settled(pilot)
        assert not below.query("Toast")

    drive(app_on(branch, tmp_path), steps, notices=True)
