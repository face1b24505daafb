"""Who hands over and to whom: nobody is proposed by chance, and what stands beside a name is said."""

from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.widgets import OptionList

from guanhu.store.book import Book
from guanhu.tests.tui.branch import app_on
from guanhu.tests.tui.desks import drive, lines, settled
from guanhu.tests.tui.test_outlet import book

__all__ = ["book"]


def text(pilot: Pilot[Any]) -> str:
    return "\n".join(lines(pilot.app))


def test_the_choice_says_how_to_choose_and_what_the_figures_are(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("l", "A")
        await settled(pilot)
        assert pilot.app.screen.query_one(OptionList).highlighted is None
        assert "Up, Down: move   Enter: choose" in text(pilot)
        assert "customers, and how many there is room for" in text(pilot)

    drive(app_on(book, tmp_path, start="outlet"), steps, (80, 24))


def test_posts_stand_whole_in_the_order_of_the_scheme(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("l", "A")
        await settled(pilot)
        assert "relationship manager, outlet manager" in text(pilot)
        assert "low-counter teller" in text(pilot)
        assert ".." not in text(pilot)

    drive(app_on(book, tmp_path, start="outlet"), steps, (80, 24))
