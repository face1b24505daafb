"""What another process writes in the book stands on the screen that is open here."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from guanhu.store.book import Book
from guanhu.tests.tui.branch import ME, TODAY, busy_branch
from guanhu.tests.tui.desks import drive, settled
from guanhu.tui.app import GuanhuApp
from guanhu.tui.settings import Settings
from guanhu.tui.widgets.long_list import LongList

LOOKS = 200
"""Of 50 ms each: far more than the half second in which it is noticed."""


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Book]:
    book = busy_branch(tmp_path)
    yield book
    book.close()


def elsewhere(book: Book, *words: str) -> None:
    """A command in a process of its own."""
    environment = os.environ | {"GUANHU_BOOK": str(book.path), "GUANHU_STAFF": ME, "GUANHU_LANG": "en"}
    subprocess.run([sys.executable, "-m", "guanhu.cli", *words], check=True, env=environment, stdout=subprocess.PIPE)


def test_a_duty_done_elsewhere_leaves_the_count_here_and_the_cursor_stays(branch: Book, tmp_path: Path) -> None:
    settings = Settings(language="en")
    app = GuanhuApp(branch, ME, TODAY, start="scheme", settings=settings, folder=tmp_path / "config")

    async def steps(pilot: Pilot[None]) -> None:
        table = pilot.app.screen.query_one(LongList)
        assert table.highlight("duty:promise")
        await settled(pilot)

        def to_do() -> int:
            assert table.row is not None
            return int(table.row.item.count.open + table.row.item.count.overdue)

        before = to_do()
        elsewhere(branch, "promise", "add", "20004", "--due", "2026-11-24", "送年报", "--on", "2026-11-20")
        for _look in range(LOOKS):
            await pilot.pause(0.05)
            if to_do() != before:
                break
        assert to_do() == before + 1
        assert table.row is not None
        assert table.row.id == "duty:promise"

    drive(app, steps)
