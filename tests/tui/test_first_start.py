"""The first start: without a book one is begun, the demo is looked at, or a file of the bank is taken in."""

import pwd
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from time import sleep
from types import SimpleNamespace

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from guanhu.commands import demo
from guanhu.commands.first_start import beginning
from guanhu.store.book import Book
from guanhu.store.opening import init_book
from guanhu.tests.tui.desks import TODAY, clock, drive, lines, settled
from guanhu.tui import system_user
from guanhu.tui.app import GuanhuApp
from guanhu.tui.beginning import Beginning, Tell
from guanhu.tui.screens.importing import ImportScreen
from guanhu.tui.screens.new_book import NewBook
from guanhu.tui.screens.start import StartScreen
from guanhu.tui.settings import Settings
from guanhu.tui.widgets.long_work import LongWork, Stopped
from guanhu.tui.widgets.long_work import clock as as_clock


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where the book would be."""
    return tmp_path / "data" / "book.db"


def app_without(place: Path, make_demo: Callable[[Tell], Book]) -> GuanhuApp:
    settings = Settings(language="en")
    return GuanhuApp(
        None, "", TODAY, settings=settings, folder=place.parent.parent / "config", beginning=Beginning(place, make_demo)
    )


def no_demo(_tell: Tell) -> Book:
    raise AssertionError("nobody asked for the demo")


def closed(app: GuanhuApp) -> None:
    """The interface leaves the book it began to those who opened it."""
    assert app.book is not None
    app.book.close()


def test_it_says_where_the_book_would_be_and_what_can_be_done(place: Path) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        text = "\n".join(lines(pilot.app))
        assert "There is no book at" in text
        assert all(way in text for way in ("demo branch", "new book", "file of the bank"))
        assert not place.exists()

    drive(app_without(place, no_demo), steps, (120, 24))


def test_a_book_is_begun_in_the_name_of_who_sits_there(place: Path) -> None:
    app = app_without(place, no_demo)

    async def steps(pilot: Pilot[None]) -> None:
        await pilot.press("down", "enter")
        await settled(pilot)
        name = pilot.app.screen.query_one("#field-staff_name", Input)
        assert name.has_focus
        name.value = "王芳"
        await pilot.press("ctrl+s")
        await settled(pilot)
        await settled(pilot)
        assert not isinstance(pilot.app.screen, StartScreen)
        assert app.staff
        assert "王芳" in lines(pilot.app)[0]

    drive(app, steps)
    closed(app)
    with Book(place).reading() as cursor:
        assert cursor.execute("SELECT name FROM staff").fetchall() == [("王芳",)]


def test_the_demo_is_made_there_and_opened(place: Path) -> None:
    def make(tell: Tell) -> Book:
        for month in range(24):
            tell(month, 24)
        return init_book(place.with_name("demo.db"), clock=clock, staff_id="D1", staff_name="林晓雯")

    app = app_without(place, make)

    async def steps(pilot: Pilot[None]) -> None:
        await pilot.press("enter")
        await settled(pilot)
        await settled(pilot)
        assert app.staff == "D1"
        assert "林晓雯" in lines(pilot.app)[0]

    drive(app, steps)
    closed(app)
    assert not place.exists()


def test_the_demo_is_stopped_and_nothing_is_opened(place: Path) -> None:
    told: list[int] = []

    def make(tell: Tell) -> Book:
        while True:
            told.append(1)
            tell(len(told), None)

    app = app_without(place, make)

    async def steps(pilot: Pilot[None]) -> None:
        await pilot.press("enter")
        while not told:
            await pilot.pause(0.01)
        assert pilot.app.screen.query_one(LongWork).running
        await pilot.press("escape")
        await settled(pilot)
        assert not pilot.app.screen.query_one(LongWork).running
        assert isinstance(pilot.app.screen, StartScreen)
        assert app.book is None

    drive(app, steps)


def test_no_key_but_stopping_acts_while_the_demo_is_made(place: Path) -> None:
    told: list[int] = []

    def make(tell: Tell) -> Book:
        while True:
            told.append(1)
            sleep(0.01)
            tell(len(told), None)

    app = app_without(place, make)

    async def steps(pilot: Pilot[None]) -> None:
        await pilot.press("enter")
        while not told:
            await pilot.pause(0.01)
        start = pilot.app.screen
        await pilot.press("f2", "ctrl+p", "question_mark", "T", "I", "c", "2", "enter", "down", "enter", "colon")
        assert pilot.app.screen is start
        assert start.query_one(LongWork).running
        assert [each.message for each in pilot.app._notifications] == []
        assert "Stop" in lines(pilot.app)[-1]
        assert "Settings" not in lines(pilot.app)[-1]
        await pilot.press("escape")
        await settled(pilot)
        await pilot.press("question_mark")
        assert pilot.app.screen is not start

    drive(app, steps)


def test_a_demo_that_was_stopped_leaves_nothing_behind(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(demo, "CUSTOMERS", 40)
    made: list[Path] = []

    def stop(done: int, _total: int | None) -> None:
        made.extend(tmp_path.glob("guanhu-demo-*/book.db"))
        raise Stopped

    with ExitStack() as at_the_end:
        with pytest.raises(Stopped):
            beginning(place, at_the_end).make_demo(stop)
        assert made
        assert not list(tmp_path.glob("guanhu-demo-*"))


@pytest.mark.parametrize(
    ("user", "gecos", "name"),
    [
        ("root", "root", ""), ("wangfang", "王芳,,,", "王芳"), ("wangfang", "WangFang", ""), ("w", "", ""),
        ("bob", "Bob Li\x1b", "Bob Li\ufffd"), ("root", "Administrator", ""),
    ],
)  # fmt: skip
def test_the_name_proposed_is_a_persons_or_none(
    user: str, gecos: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system_user, "login", lambda: user)
    monkeypatch.setattr(pwd, "getpwnam", lambda _user: SimpleNamespace(pw_gecos=gecos))
    assert system_user.full_name() == name


def test_a_book_is_not_begun_without_a_name(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_user, "login", lambda: "root")

    async def steps(pilot: Pilot[None]) -> None:
        await pilot.press("down", "enter")
        await settled(pilot)
        assert pilot.app.screen.query_one("#field-staff_name", Input).value == ""
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert isinstance(pilot.app.screen, NewBook)
        assert not place.exists()

    drive(app_without(place, no_demo), steps)


def test_a_file_is_taken_into_a_book_that_is_begun_for_it(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place.parent.mkdir()
    file = place.with_name("list.csv")
    file.write_text("客户号,姓名,余额,日期\nC1,张三,60000,2026-11-20\n", "utf-8")
    monkeypatch.chdir(place.parent)
    app = app_without(place, no_demo)

    async def steps(pilot: Pilot[None]) -> None:
        await pilot.press("down", "down", "enter")
        await settled(pilot)
        pilot.app.screen.query_one("#field-staff_name", Input).value = "王芳"
        await pilot.press("ctrl+s")
        await settled(pilot)
        await settled(pilot)
        assert isinstance(pilot.app.screen, ImportScreen)
        await pilot.press("G", "enter")
        await settled(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)

    drive(app, steps)
    closed(app)
    with Book(place).reading() as cursor:
        assert cursor.execute("SELECT no, name FROM customer").fetchall() == [("C1", "张三")]


@pytest.mark.parametrize(("seconds", "said"), [(0, "0:00"), (7.4, "0:07"), (750, "12:30"), (3723, "1:02:03")])
def test_time_left_is_told_as_a_clock(seconds: float, said: str) -> None:
    assert as_clock(seconds) == said
