"""When a plan of seats can't be saved it stays as it was, says why, and is done once when it is tried again."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from guanhu.store.book import Book
from guanhu.tests.tui.branch import rows
from guanhu.tests.tui.desks import settled
from guanhu.tests.tui.test_acts_failing import full
from guanhu.tests.tui.test_outlet import at_outlet, book
from guanhu.tests.tui.test_outlet_undo import SEATS
from guanhu.tui.screens.outlet import OutletScreen
from guanhu.tui.screens.seat_plan import SeatPlanScreen
from guanhu.tui.widgets.long_list import LongList

__all__ = ["book"]


def front(pilot: Pilot[Any]) -> Any:
    """The screen in front."""
    return pilot.app.screen


def said(pilot: Pilot[Any]) -> str:
    """What stands under the plan."""
    return str(pilot.app.screen.query_one("#plan-keys", Static).content)


@contextmanager
def full_at_last(book: Book) -> Iterator[None]:
    """While it lasts the disk has no room for all that an act writes: the last of it is refused."""
    with full(book):
        without_room = book.recorder.writing

        @contextmanager
        def with_too_much() -> Iterator[Any]:
            with without_room() as cursor:
                yield cursor
                cursor.execute("CREATE TABLE too_much AS SELECT zeroblob(1000000)")

        with patch.object(book.recorder, "writing", with_too_much):
            yield


async def planned(pilot: Pilot[Any]) -> int:
    """Open the plan of those who wait; how many rows it has."""
    await pilot.press("D")
    await settled(pilot)
    assert isinstance(front(pilot), SeatPlanScreen)
    return pilot.app.screen.query_one(LongList).rows


async def done_at_last(pilot: Pilot[Any]) -> None:
    """Save again, now that nothing is in the way."""
    await pilot.press("ctrl+s")
    await settled(pilot, 0.1)
    assert isinstance(front(pilot), OutletScreen)


def test_a_locked_book_leaves_the_plan_and_trying_again_does_it_once(book: Book, tmp_path: Path) -> None:
    book.close()
    mine, other = Book(book.path, busy_seconds=0.1, clock=book.clock, staff="M1"), Book(book.path, clock=book.clock)
    before = list(rows(other, SEATS))

    async def steps(pilot: Pilot[Any]) -> None:
        shares = await planned(pilot)
        with other.recorder.writing():
            await pilot.press("ctrl+s")
            await settled(pilot)
        assert "Someone else is writing in the book" in said(pilot)
        assert "^s tries again" in said(pilot)
        assert pilot.app.screen.query_one(LongList).rows == shares
        assert rows(other, SEATS) == before
        await done_at_last(pilot)

    at_outlet(mine, tmp_path, steps)
    assert rows(other, SEATS) != before
    mine.close()
    other.close()


def test_a_full_disk_leaves_the_plan_and_nothing_half_done(book: Book, tmp_path: Path) -> None:
    before = list(rows(book, SEATS))

    async def steps(pilot: Pilot[Any]) -> None:
        await planned(pilot)
        with full_at_last(book):
            await pilot.press("ctrl+s")
            await settled(pilot)
        assert "The disk is full" in said(pilot)
        assert rows(book, SEATS) == before
        await done_at_last(pilot)

    at_outlet(book, tmp_path, steps)
    assert rows(book, SEATS) != before


def test_while_it_waits_for_others_it_says_so_and_can_not_be_left(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.close()
    monkeypatch.setattr("guanhu.tui.widgets.saving.WAITING_AFTER", 0.05)
    mine, other = Book(book.path, busy_seconds=5, clock=book.clock, staff="M1"), Book(book.path, clock=book.clock)

    async def steps(pilot: Pilot[Any]) -> None:
        await planned(pilot)
        with other.recorder.writing():
            await pilot.press("ctrl+s")
            await pilot.pause(0.2)
            assert "waiting until other terminals" in said(pilot)
            await pilot.press("escape")
            assert isinstance(front(pilot), SeatPlanScreen)
        await settled(pilot, 0.2)
        assert isinstance(front(pilot), OutletScreen)
        assert any("changed hands" in each.message for each in pilot.app._notifications)

    at_outlet(mine, tmp_path, steps)
    mine.close()
    other.close()
