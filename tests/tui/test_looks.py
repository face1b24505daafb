"""What leaves the interface, and what is uncovered in it, leaves an event."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from guanhu.projections.looks import Wanted, looks
from guanhu.store.book import Book
from guanhu.store.looking import set_looking
from guanhu.store.posts import enrol
from guanhu.store.registering import record_profile
from guanhu.tests.tui.branch import TODAY, app_on, busy_branch
from guanhu.tests.tui.desks import drive, lines, settled
from guanhu.tui.screens.customer import CustomerScreen
from guanhu.tui.widgets.long_list import LongList

NUMBER = "11010119900307109X"
NO = "20001"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """The branch with work to do, an identity number known, and somebody who inspects."""
    opened = busy_branch(tmp_path)
    record_profile(opened, NO, "", {"identity_no": NUMBER}, "", TODAY)
    enrol(opened, "J1", "检查员", TODAY, roles=("inspector",))
    yield opened
    opened.close()


def seen(book: Book) -> list[tuple[str, str, str]]:
    with book.reading() as cursor:
        return [(each.kind, each.subject, each.form) for each in looks(cursor, Wanted())[1]]


async def press(pilot: Pilot[Any], *keys: str) -> None:
    await pilot.press(*keys)
    await settled(pilot)


def at_page(book: Book, folder: Path, steps: Any) -> None:
    async def opened(pilot: Pilot[Any]) -> None:
        assert pilot.app.screen.query_one(LongList).highlight(NO)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, CustomerScreen)
        await steps(pilot)

    drive(app_on(book, folder, start="customers"), opened, (120, 50))


def test_an_identity_number_is_covered_until_a_key_uncovers_it(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        def shown() -> str:
            return "\n".join(lines(pilot.app))

        assert NUMBER not in shown()
        assert seen(book) == []
        await press(pilot, "f4")
        assert NUMBER in shown()
        assert seen(book) == [("unmasked", "customer", "screen")]
        await press(pilot, "f4")
        assert NUMBER not in shown()
        assert len(seen(book)) == 1

    at_page(book, tmp_path, steps)


def test_pages_and_places_leave_one_event_each_where_the_book_says_so(book: Book, tmp_path: Path) -> None:
    set_looking(book, "lists", by="J1")

    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "f5")
        assert sorted(seen(book)) == [("list", "customers", "screen"), ("page", "customer", "screen")]

    at_page(book, tmp_path, steps)


def test_a_list_kept_as_a_file_is_an_export(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "e")
        await press(pilot, "ctrl+u")
        await press(pilot, *str(tmp_path / "log.csv"), "enter")
        assert (tmp_path / "log.csv").exists()
        assert seen(book) == [("export", "log", "csv")]

    drive(app_on(book, tmp_path, start="log"), steps, (120, 40))
