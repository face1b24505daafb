"""What an outlet manager did to the seats is undone by one key: many assigned, shared out, handed over."""

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from guanhu.store.assigning import assign
from guanhu.store.book import Book
from guanhu.tests.tui.branch import TODAY, rows
from guanhu.tests.tui.desks import settled
from guanhu.tests.tui.test_outlet import at_outlet, book, choose, part

__all__ = ["book"]

SEATS = "SELECT customer_id, seat, staff, role, start, end FROM care ORDER BY 1, 2, 3, 4, 5"


@pytest.fixture
def seats(book: Book) -> list[Any]:
    """The seats before anything is done."""
    return list(rows(book, SEATS))


async def undone(pilot: Pilot[Any]) -> str:
    await pilot.press("u", "y")
    await settled(pilot, 0.1)
    return [each.message for each in pilot.app._notifications][-1]


def test_many_assigned_at_once_are_undone(book: Book, tmp_path: Path, seats: list[Any]) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("l")
        for no in ("20003", "20006"):
            assert part(pilot, "waiting").highlight(no)
            await pilot.press("space")
        await pilot.press("a")
        await settled(pilot)
        await choose(pilot, "李静")
        await pilot.press("y")
        await settled(pilot, 0.1)
        assert rows(book, SEATS) != seats
        assert (await undone(pilot)).startswith("Undone: 2 assigned to ")

    at_outlet(book, tmp_path, steps)
    assert rows(book, SEATS) == seats


def test_a_sharing_out_is_undone(book: Book, tmp_path: Path, seats: list[Any]) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("D")
        await settled(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot, 0.1)
        assert rows(book, SEATS) != seats
        assert (await undone(pilot)).startswith("Undone: Customers who changed hands: ")

    at_outlet(book, tmp_path, steps)
    assert rows(book, SEATS) == seats


def test_of_a_handover_undone_those_who_moved_since_are_left_and_counted(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("A")
        await settled(pilot)
        await choose(pilot, "王芳")
        await choose(pilot, "李静")
        await pilot.press("ctrl+s")
        await settled(pilot, 0.1)
        assign(book, "20002", "M1", TODAY, role="relationship_manager", by="M1")
        assert await undone(pilot) == "Left as they are, for their seats have moved since: 1."

    at_outlet(book, tmp_path, steps)
