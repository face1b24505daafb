"""What others write shows within a second, without losing the cursor."""

import subprocess
import sys
import time
from pathlib import Path

from textual.app import ComposeResult
from textual.pilot import Pilot

from guanhu.store import registering
from guanhu.store.book import Book
from guanhu.tests.tui.desks import TODAY, desk_app, drive, settled
from guanhu.tui.ground import Ground
from guanhu.tui.widgets.columns import Column
from guanhu.tui.widgets.long_list import LongList, rows_of
from guanhu.tui.widgets.pages import ListSource
from guanhu.tui.work_screen import WorkScreen


class Names(WorkScreen):
    """All customers by number, backwards, so that a new one moves the others."""

    def body(self) -> ComposeResult:
        yield LongList([Column("no", "No", str, 10)])

    def load(self) -> None:
        self.ask("names", self._question, self._show)

    def _question(self, ground: Ground) -> list[str]:
        return [row[0] for row in ground.cursor.execute("SELECT no FROM customer ORDER BY no DESC")]

    def _show(self, names: list[str]) -> None:
        self.query_one(LongList).show(ListSource(rows_of(names, str)))


async def until_rows(pilot: Pilot[None], count: int) -> float:
    """Wait until the list has so many rows; how long it took."""
    begun = time.monotonic()
    while pilot.app.screen.query_one(LongList).rows != count and time.monotonic() - begun < 10:
        await pilot.pause(0.02)
    return time.monotonic() - begun


OTHER = """
import sys
from datetime import date
from pathlib import Path
from guanhu.store import registering
from guanhu.store.book import Book
book = Book(Path(sys.argv[1]))
registering.register(book, "C9", "Other", {}, "", date(2026, 1, 1))
book.close()
"""


def test_another_process_is_seen_and_the_cursor_stays_on_its_row(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await until_rows(pilot, 4)
        await pilot.press("j", "j")
        list_ = pilot.app.screen.query_one(LongList)
        assert list_.row is not None
        assert list_.row.id == "C2"
        subprocess.run([sys.executable, "-c", OTHER, str(book.path)], check=True)
        took = await until_rows(pilot, 5)
        await settled(pilot)
        assert list_.rows == 5
        assert took < 5  # half a second and what a busy machine adds
        assert list_.row.id == "C2"
        assert list_.cursor == 3

    drive(desk_app(Names, book), steps)


def test_an_own_act_is_seen_too(book: Book) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await until_rows(pilot, 4)
        screen = pilot.app.screen
        assert isinstance(screen, Names)
        screen.do(lambda book: registering.register(book, "C9", "Own", {}, "", TODAY), lambda _receipt: None)
        await until_rows(pilot, 5)
        assert screen.query_one(LongList).rows == 5

    drive(desk_app(Names, book), steps)


def test_the_watcher_ends_with_the_desk(book: Book) -> None:
    import threading

    async def steps(pilot: Pilot[None]) -> None:
        assert any(thread.name == "guanhu-watcher" for thread in threading.enumerate())

    drive(desk_app(Names, book), steps)
    assert not any(thread.name == "guanhu-watcher" for thread in threading.enumerate())
