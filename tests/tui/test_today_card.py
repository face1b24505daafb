"""Today: the card beside the queue or below it, why a duty is owed, and room for both on any screen."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from guanhu.projections.today import LastAct
from guanhu.store.book import Book
from guanhu.tests.tui.branch import app_on, at_today, busy_branch
from guanhu.tests.tui.desks import drive, lines, settled
from guanhu.tui.screens.today import TodayScreen
from guanhu.tui.widgets.long_list import LongList
from guanhu.tui.widgets.queue_rows import last_in

CARD = 0.2
"""Seconds until the card follows the cursor."""


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """The branch with work to do."""
    opened = busy_branch(tmp_path)
    yield opened
    opened.close()


def queue(pilot: Pilot[Any]) -> LongList:
    return pilot.app.screen.query_one("#queue", LongList)


def test_the_card_tells_why_each_duty_is_owed_and_what_is_missing(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        queue(pilot).highlight("20002 fund_change 2026-11-23")
        await settled(pilot, CARD)
        shown = str(pilot.app.screen.query_one("CustomerCard Static", Static).content)
        for words in ("11-23: down 19.0 wan to 26.0 wan", "送利率表", "missing: birthday, address", "约下周来网点"):
            assert words in shown.replace("\n", " ")

    at_today(book, tmp_path, steps)


def test_beside_a_duty_of_no_customer_stands_no_card_that_was_on_its_way(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        rows = [queue(pilot).row_at(n) for n in range(queue(pilot).rows)]
        own = next(n for n, row in enumerate(rows) if row and row.item and row.item.customer_no is None)
        queue(pilot).highlight("20002 fund_change 2026-11-23")
        await pilot.pause()
        queue(pilot).move_to(own)
        await settled(pilot, CARD)
        assert str(pilot.app.screen.query_one("CustomerCard Static", Static).content) == ""

    at_today(book, tmp_path, steps)


def test_why_tells_the_rule_and_what_raised_the_duty(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        queue(pilot).highlight("20002 fund_change 2026-11-23")
        await pilot.press("w")
        await settled(pilot)
        shown = str(pilot.app.screen.query_one("#explained", Static).content).replace("\n", " ")
        assert "down 19.0 wan to 26.0 wan" in shown
        assert "Personal customers by AUM, version 1" in shown
        await pilot.press("w")
        assert isinstance(pilot.app.screen, TodayScreen)

    at_today(book, tmp_path, steps)


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
def test_card_and_queue_fit_side_by_side_or_one_below_the_other(
    book: Book, tmp_path: Path, size: tuple[int, int]
) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        card = pilot.app.screen.query_one("CustomerCard")
        listing = queue(pilot)
        assert (card.region.x > listing.region.x) == (size[0] > 100)
        assert listing.region.height >= 8
        await pilot.press("b")
        assert not card.display

    at_today(book, tmp_path, steps, size)


def test_a_notice_of_several_lines_covers_neither_rows_nor_keys_and_goes_as_it_came(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        listing = pilot.app.screen.query_one("#queue", LongList)
        await pilot.press("b", "G")
        await settled(pilot)
        before = lines(pilot.app)
        row = listing.row
        assert row is not None
        told_at_length = "so many were assigned\nso many were passed over " + "and more " * 60
        pilot.app.notify(told_at_length, timeout=3, markup=False)
        await settled(pilot, 0.2)
        shown = lines(pilot.app)
        told = [n for n, line in enumerate(shown) if "so many" in line or "and more" in line]
        assert len(told) == 3
        assert told[-1] == len(shown) - 2
        assert shown[-1] == before[-1], "the keys stay in sight"
        cursor = next(n for n, line in enumerate(shown) if line.startswith(">"))
        assert cursor < told[0], "the row under the cursor stays in sight"
        assert listing.row == row
        for _ in range(20):  # until its time is over
            await settled(pilot, 0.5)
            if lines(pilot.app) == before:
                break
        assert lines(pilot.app) == before

    drive(app_on(book, tmp_path, language="en"), steps, (60, 14), notices=True)


def test_on_a_short_screen_the_queue_keeps_rows_beside_the_card(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        listing = pilot.app.screen.query_one("#queue", LongList)
        assert listing.size.height >= 4
        assert pilot.app.screen.query_one("CustomerCard").size.height >= 3

    at_today(book, tmp_path, steps, (60, 14))


def test_the_last_act_is_said_in_whole_words_however_narrow() -> None:
    day, text = date(2026, 11, 24), LastAct(date(2025, 10, 27), "contact", "message", "sent")
    call = LastAct(date(2026, 11, 3), "contact", "phone", "no_answer")
    assert [last_in(text, day, width) for width in (24, 14, 11, 8)] == [
        "2025-10-27 text message", "2025-10 SMS", "2025-10 SMS", "2025-10",
    ]  # fmt: skip
    assert [last_in(call, day, width) for width in (14, 8)] == ["11-03 phone", "11-03"]
