"""Small questions: how they answer, and what a choice says of what it has no room for."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from guanhu.store.book import Book
from guanhu.tests.tui.desks import drive, lines, settled
from guanhu.tests.tui.sample_screens import app_on, use_samples
from guanhu.tui.widgets.dialogs import AskText, Choose, Confirm


@pytest.fixture(autouse=True)
def own_screens(monkeypatch: pytest.MonkeyPatch) -> None:
    use_samples(monkeypatch)


def test_dialogs_answer_by_their_result(book: Book, tmp_path: Path) -> None:
    answers: list[object] = []

    async def steps(pilot: Pilot[None]) -> None:
        app = pilot.app
        app.push_screen(AskText("Why?", "on "), answers.append)
        await settled(pilot)
        await pilot.press(*"leave", "enter")
        app.push_screen(AskText("Why?"), answers.append)
        await settled(pilot)
        await pilot.press("x", "escape")
        app.push_screen(Choose("Which?", [("a", "A"), ("b", "[red]B"), ("c", "C")], "b"), answers.append)
        await settled(pilot)
        await pilot.press("j", "enter")
        app.push_screen(Confirm("Sure?"), answers.append)
        await settled(pilot)
        await pilot.press("right", "enter")
        await settled(pilot)
        assert answers == ["on leave", None, "c", False]

    drive(app_on(book, tmp_path), steps)


def test_of_a_choice_too_long_for_its_row_the_whole_stands_below(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        options = [("a", "short"), ("b", f"{'long ' * 16}to the end")]
        pilot.app.push_screen(Choose("Which?", options))
        await settled(pilot)
        assert any("long long" in line and ".." in line for line in lines(pilot.app))
        assert not any("to the end" in line for line in lines(pilot.app))
        await pilot.press("j")
        await settled(pilot)
        assert any("to the end" in line for line in lines(pilot.app))

    drive(app_on(book, tmp_path), steps)


def test_a_long_choice_marks_the_one_in_front_and_says_how_many_are_out_of_sight(book: Book, tmp_path: Path) -> None:
    answers: list[object] = []

    async def steps(pilot: Pilot[None]) -> None:
        app = pilot.app
        app.push_screen(Choose("Which?", [(str(n), f"Option {n}") for n in range(30)], None), answers.append)
        await settled(pilot, 0.1)
        assert "more below" in "\n".join(lines(app))
        assert not any("> Option" in line for line in lines(app))
        await pilot.press("enter")
        assert answers == []
        await pilot.press("end")
        await settled(pilot, 0.1)
        assert [line for line in lines(app) if "> Option 29" in line]
        assert "more above" in "\n".join(lines(app))
        assert "more below" not in "\n".join(lines(app))
        await pilot.press("enter")
        await settled(pilot)
        assert answers == ["29"]

    drive(app_on(book, tmp_path), steps)


def test_the_options_are_as_wide_as_the_question(book: Book, tmp_path: Path) -> None:
    asked = "Which one of these two is it that is to be shown now?"

    async def steps(pilot: Pilot[None]) -> None:
        pilot.app.push_screen(Choose(asked, [("a", "A"), ("b", "B")]))
        await settled(pilot)
        assert pilot.app.screen.query_one(OptionList).outer_size.width == len(asked)

    drive(app_on(book, tmp_path), steps)
