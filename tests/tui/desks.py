"""How a test sits at a desk: a small branch on 24 November 2026, an app without a terminal, the steps done there."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from rich.cells import cell_len
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from guanhu.store import registering, statements
from guanhu.store.book import Book
from guanhu.store.opening import init_book
from guanhu.tui.desk import Desk
from guanhu.tui.settings import Settings

TODAY = date(2026, 11, 24)
STAFF = "S1"
CUSTOMERS = (
    ("C1", "张伟", 123_456_700),
    ("C2", "李娜", 25_000_000),
    ("C3", "王秀英", 80_000),
    ("C4", "曾志强", 6_000_000),
)
"""Number, name, fen."""
Steps = Callable[[Pilot[Any]], Coroutine[Any, Any, None]]


def clock() -> datetime:
    """Noon in China on the day of the tests."""
    return datetime(2026, 11, 24, 4, tzinfo=UTC)


def small_book(folder: Path) -> Book:
    """A branch with one relationship manager and a few customers, all with a balance of today."""
    book = init_book(folder / "book.db", clock=clock, staff_id=STAFF, staff_name="王芳")
    for no, name, _fen in CUSTOMERS:
        registering.register(book, no, name, {"phone": "1380013800" + no[1]}, "01", TODAY)
    rows = [(n, no, fen, TODAY.toordinal()) for n, (no, _name, fen) in enumerate(CUSTOMERS, 2)]
    with book.writing(by=STAFF) as w:
        statements.report(w, "core", rows, 0)
    return book


def desk_app(screen: Callable[[], Screen[Any]], book: Book | None = None, **settings: Any) -> Desk:
    """A desk with one screen."""

    class OneScreen(Desk, inherit_bindings=False):
        def get_default_screen(self) -> Screen[Any]:
            return screen()

    return OneScreen(book, STAFF, TODAY, settings=Settings(**settings))


def drive(app: App[Any], steps: Steps, size: tuple[int, int] = (80, 24), *, notices: bool = False) -> None:
    """Run an app without a terminal and do the steps; with `notices` they are drawn as they are for people."""

    async def run() -> None:
        async with app.run_test(size=size, notifications=notices) as pilot:
            await settled(pilot)
            await steps(pilot)

    asyncio.run(run())


async def settled(pilot: Pilot[Any], seconds: float = 0.0) -> None:
    """Wait until nothing is being asked any more; `seconds` first for what waits on a timer."""
    await pilot.pause(seconds or None)
    while any(not worker.is_finished for worker in pilot.app.workers):
        await pilot.pause(0.01)
    await pilot.pause()


def lines(app: App[Any]) -> list[str]:
    """What stands on the screen, line by line."""
    return [strip.text for strip in app.screen._compositor.render_strips()]


def standing_at(app: App[Any], text: str) -> tuple[int, int]:
    """The line and the first cell of a text on the screen; ValueError where it is not there."""
    for y, line in enumerate(lines(app)):
        if text in line:
            return y, cell_len(line[: line.index(text)])
    raise ValueError(text)
