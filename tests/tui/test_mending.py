"""A book of another version in the interface: it is made ready there, with the log untouched."""

from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from guanhu.projections.projection import write_book
from guanhu.store import rebuilding
from guanhu.store.book import Book
from guanhu.tests.tui.branch import ME, TODAY, busy_branch
from guanhu.tests.tui.desks import drive, lines, settled
from guanhu.tui.app import GuanhuApp
from guanhu.tui.beginning import Mending, Tell
from guanhu.tui.screens.mending import MendingScreen
from guanhu.tui.screens.today import TodayScreen
from guanhu.tui.settings import Settings
from guanhu.tui.widgets.long_work import LongWork


def stale_branch(folder: Path) -> Book:
    """The busy branch, as a program with other tables left it."""
    made = busy_branch(folder)
    with made.recorder.writing() as cursor:
        write_book(cursor, "tables", 1)
    made.close()
    return Book(made.path)


def app_on(book: Book, folder: Path, rebuild: Any) -> GuanhuApp:
    return GuanhuApp(None, "", TODAY, language="en", settings=Settings(), folder=folder, mending=Mending(book, rebuild))


def log_of(book: Book) -> list[tuple[Any, ...]]:
    with book.recorder.reading() as cursor:
        return [
            *cursor.execute("SELECT rowid, topic, state FROM stored_events ORDER BY rowid").fetchall(),
            *cursor.execute("SELECT * FROM tree").fetchall(),
        ]


def test_a_book_of_another_version_is_made_ready_and_opened_with_its_log_untouched(tmp_path: Path) -> None:
    book = stale_branch(tmp_path)
    before = log_of(book)

    def rebuild(tell: Tell) -> str:
        rebuilding.rebuild(book, tell)
        return ME

    async def steps(pilot: Pilot[Any]) -> None:
        assert isinstance(pilot.app.screen, MendingScreen)
        said = " ".join("\n".join(lines(pilot.app)).split())
        assert "The log, its seal and all kept checkpoints stay as they are." in said
        await pilot.press("enter")
        await settled(pilot, 0.3)
        await settled(pilot, 0.3)
        assert isinstance(pilot.app.screen, TodayScreen)
        assert "张伟" in "\n".join(lines(pilot.app))

    drive(app_on(book, tmp_path, rebuild), steps, (100, 30))
    assert not book.stale
    assert log_of(book) == before
    book.close()


def test_it_is_stopped_by_escape_and_stays_as_it_was(tmp_path: Path) -> None:
    book = stale_branch(tmp_path)

    def endless(tell: Tell) -> str:
        while True:
            tell(1, 2)

    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("enter")
        await pilot.pause(0.05)
        assert pilot.app.screen.query_one(LongWork).running
        await pilot.press("escape")
        await settled(pilot, 0.2)
        assert isinstance(pilot.app.screen, MendingScreen)
        assert not pilot.app.screen.query_one(LongWork).running

    drive(app_on(book, tmp_path, endless), steps, (80, 24))
    assert book.stale
    book.close()
