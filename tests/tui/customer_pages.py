"""A customer's page, opened from the list as people open it, and what stands on it."""

from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from guanhu.store.book import Book
from guanhu.tests.tui.branch import app_on
from guanhu.tests.tui.desks import drive, lines, settled
from guanhu.tui.screens.customer import CustomerScreen
from guanhu.tui.widgets.long_list import LongList


def at_page(book: Book, folder: Path, steps: Any, *, number: str = "20001", size: tuple[int, int] = (120, 40)) -> None:
    """Find a customer in the list, open the page, and do the steps."""

    async def opened(pilot: Pilot[Any]) -> None:
        listing = pilot.app.screen.query_one(LongList)
        assert listing.highlight(number)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, CustomerScreen)
        await steps(pilot)

    drive(app_on(book, folder, start="customers"), opened, size)


async def press(pilot: Pilot[Any], *keys: str) -> None:
    await pilot.press(*keys)
    await settled(pilot)


def text(pilot: Pilot[Any]) -> str:
    return "\n".join(lines(pilot.app))


def front(pilot: Pilot[Any], name: str) -> LongList:
    return pilot.app.screen.query_one(f"#{name}", LongList)
