"""What was tried stays when one leaves and comes back; floors are written as people write them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from guanhu.store.book import Book
from guanhu.tests.tui.branch import app_on as busy_app
from guanhu.tests.tui.branch import busy_branch
from guanhu.tests.tui.desks import drive, lines, settled, small_book
from guanhu.tests.tui.test_whatif import FIFTY, app_on, ask, in_front
from guanhu.tui.screens.whatif import WhatIfScreen
from guanhu.tui.widgets.dialogs import Choose
from guanhu.tui.widgets.form_screen import FormScreen


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Book]:
    book = small_book(tmp_path)
    yield book
    book.close()


def test_left_and_opened_again_the_answer_stands_there(branch: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await ask(pilot, **FIFTY)
        answered = lines(pilot.app)
        await pilot.press("escape")
        await settled(pilot)
        assert in_front(pilot) is not WhatIfScreen
        await pilot.press("O")
        await settled(pilot)
        assert in_front(pilot) is WhatIfScreen
        assert lines(pilot.app)[1:-1] == answered[1:-1]
        await pilot.press("O", "enter")
        await settled(pilot)
        assert pilot.app.screen.query_one("#field-floor-middle", Input).value == "60000", "asked from what was tried"

    drive(app_on(branch, tmp_path), steps, size=(120, 30))


def test_on_another_day_what_was_tried_is_no_answer(branch: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        from datetime import date

        await ask(pilot, **FIFTY)
        await pilot.press("escape")
        pilot.app.look_at(date(2026, 11, 25))  # type: ignore[attr-defined]
        await settled(pilot)
        await pilot.press("O")
        await settled(pilot)
        assert in_front(pilot) is Choose

    drive(app_on(branch, tmp_path), steps, size=(120, 30))


@pytest.mark.parametrize("text", ["150000", "15万", "15 万元", "１５万", "150,000"])
def test_a_floor_is_written_in_yuan_or_in_wan(branch: Book, tmp_path: Path, text: str) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await pilot.press("O")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert "All floors are as in force" in "\n".join(lines(pilot.app))
        pilot.app.screen.query_one("#field-floor-middle", Input).value = text
        await settled(pilot, 0.2)
        assert "Tried: 200k-500k: 200,000 yuan -> 150,000 yuan." in "\n".join(lines(pilot.app))

    drive(app_on(branch, tmp_path), steps)


def test_what_is_no_amount_is_told_when_it_is_tried(branch: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await ask(pilot, floor_middle="a lot")
        assert in_front(pilot) is FormScreen
        assert "a lot" in "\n".join(lines(pilot.app)[-8:])

    drive(app_on(branch, tmp_path), steps)


def test_the_sentence_and_the_tables_tell_the_same_calls(tmp_path: Path) -> None:
    busy = busy_branch(tmp_path)

    async def steps(pilot: Pilot[None]) -> None:
        await ask(pilot, floor_middle="30万", first="2026-11-01")
        head = "\n".join(lines(pilot.app))
        told = head[head.index("calls in the period: ") :].splitlines()[0]
        period, month = told.removeprefix("calls in the period: ").split(".")[0].split(", a month about ")
        await pilot.press("l")
        await settled(pilot)
        assert period in next(line for line in lines(pilot.app) if "in all" in line)
        await pilot.press("l")
        await settled(pilot)
        shown = "\n".join(lines(pilot.app))
        assert month in shown
        assert "was -> tried  months averaged" in shown

    drive(busy_app(busy, tmp_path / "config", start="scheme"), steps, size=(160, 45))
    busy.close()


def test_open_is_offered_only_where_customers_stand_behind(branch: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await ask(pilot, **FIFTY)
        await settled(pilot)
        assert "Enter Open" not in lines(pilot.app)[-1]
        await pilot.press("G")
        await settled(pilot)
        assert "Enter Open" in lines(pilot.app)[-1]

    drive(app_on(branch, tmp_path), steps, size=(120, 30))
