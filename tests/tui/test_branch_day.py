"""The day of the interface and of the commands is China's, on a computer of any zone: at 16:30 UTC it is tomorrow."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from textual.pilot import Pilot
from textual.widgets import Input

from guanhu.commands.frame import today
from guanhu.store.book import Book
from guanhu.tests.tui.branch import ME, busy_branch
from guanhu.tests.tui.desks import drive, lines, settled
from guanhu.tui.app import GuanhuApp
from guanhu.tui.settings import Settings

ROOT = Path(__file__).parents[2]
ROOMS = ("commands", "domain", "intake", "language", "projections", "store", "tui")
EVENING = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)
TOMORROW = date(2026, 11, 25)


@pytest.fixture(params=["UTC", "America/Los_Angeles", "Asia/Shanghai"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The computer's zone."""
    with monkeypatch.context() as patched:
        patched.setenv("TZ", request.param)
        time.tzset()
        yield request.param
    time.tzset()


@pytest.mark.usefixtures("zone")
def test_a_commands_day_is_the_branchs() -> None:
    with time_machine.travel(EVENING, tick=False):
        assert today() == TOMORROW


@pytest.mark.usefixtures("zone")
def test_the_desks_day_and_a_forms_phrases_are_the_branchs(tmp_path: Path) -> None:
    book: Book = busy_branch(tmp_path)
    book.clock = lambda: EVENING
    assert book.today == TOMORROW

    async def steps(pilot: Pilot[Any]) -> None:
        assert "11-25 Wed" in lines(pilot.app)[0]
        await pilot.press("c")
        await settled(pilot)
        pilot.app.screen.query_one("#field-on", Input).value = "today"
        await settled(pilot)
        assert any("2026-11-25 Wed" in line for line in lines(pilot.app)[2:])

    app = GuanhuApp(book, ME, book.today, language="en", settings=Settings(), folder=tmp_path)
    drive(app, steps, (160, 45))
    book.close()


def test_nobody_asks_the_computers_zone() -> None:
    """`astimezone()` without a zone, and today's date by the computer's clock, would bring it back."""
    asked = re.compile(r"\.astimezone\(\)|date\.today\(|datetime\.now\(\)|\.fromtimestamp\([^,()]*\)")
    files = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    assert [str(path) for path in files if asked.search(path.read_text("utf-8"))] == []
