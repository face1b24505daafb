"""Whom a key is for while an answer is late: nobody but the customer whose page or row stands there."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Static

from guanhu.domain.errors import Refused
from guanhu.projections.finding import find
from guanhu.projections.looks import Wanted, looks
from guanhu.store import looking
from guanhu.store.book import Book
from guanhu.store.looking import set_looking
from guanhu.store.posts import enrol
from guanhu.tests.tui.branch import TODAY, app_on, busy_branch
from guanhu.tests.tui.desks import drive, settled
from guanhu.tui.acts.form import ActForm
from guanhu.tui.customer_source import CustomerSource, GivenOrder
from guanhu.tui.screens.counter import met
from guanhu.tui.screens.customer import CustomerScreen
from guanhu.tui.screens.customer.pane import view_of
from guanhu.tui.widgets.find_box import FindBox
from guanhu.tui.widgets.long_list import LongList

FIRST, SECOND, THIRD = "20001", "20002", "20003"
ANSWERS = 0.2
"""Seconds until what waits on typing is asked."""


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """The branch with work to do."""
    opened = busy_branch(tmp_path)
    enrol(opened, "J1", "检查员", TODAY, roles=("inspector",))
    yield opened
    opened.close()


@pytest.fixture
def gate() -> Iterator[Event]:
    """Closed until a test opens it, and at its end."""
    opened = Event()
    yield opened
    opened.set()


def late(question: Callable[..., Any], gate: Event) -> Callable[..., Any]:
    """The same question, whose answer comes once the gate is open."""

    def asked(*args: Any, **kwargs: Any) -> Any:
        gate.wait(10)
        return question(*args, **kwargs)

    return asked


def said(pilot: Pilot[Any]) -> list[str]:
    return [each.message for each in pilot.app._notifications]


def for_whom(shown: Screen[Any]) -> str:
    """The number of whom an act's form is for."""
    assert isinstance(shown, ActForm), shown
    return shown.about.customer_no


async def page_of(pilot: Pilot[Any], number: str) -> CustomerScreen:
    """The page, opened from a list of three."""
    app: Any = pilot.app
    app.open_customer(number, GivenOrder([FIRST, SECOND, THIRD]))
    await settled(pilot)
    shown = app.screen
    assert isinstance(shown, CustomerScreen)
    return shown


# ---------------------------------------------------------------- the page
@pytest.mark.parametrize("key", ["c", "x", "a", "t", "f4"])
def test_while_the_next_page_is_on_its_way_no_key_is_for_anybody(
    book: Book, tmp_path: Path, gate: Event, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        page = await page_of(pilot, FIRST)
        monkeypatch.setattr("guanhu.tui.screens.customer.screen.view_of", late(view_of, gate))
        await pilot.press("n")
        await pilot.pause(0.1)
        assert page.customer_no == SECOND
        await pilot.press(key)
        await pilot.pause()
        assert pilot.app.screen is page
        assert "The customer's page is still on its way." in said(pilot)
        gate.set()
        await settled(pilot, 0.1)
        await pilot.press("c")
        await settled(pilot)
        assert for_whom(pilot.app.screen) == SECOND

    drive(app_on(book, tmp_path), steps, (120, 40))


def test_where_the_next_page_can_not_be_shown_one_stays_with_the_customer_who_stands_there(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_args: Any, **_kwargs: Any) -> Any:
        raise Refused("book_locked")

    async def steps(pilot: Pilot[Any]) -> None:
        page = await page_of(pilot, FIRST)
        with monkeypatch.context() as patched:
            patched.setattr("guanhu.tui.screens.customer.screen.view_of", refused)
            await pilot.press("n")
            await settled(pilot, 0.1)
        assert (page.customer_no, page.words()) == (FIRST, "张伟")
        await pilot.press("c")
        await settled(pilot)
        assert for_whom(pilot.app.screen) == FIRST

    drive(app_on(book, tmp_path), steps, (120, 40))


def test_a_page_whose_look_could_not_be_recorded_is_not_shown_and_once_it_is_the_look_stands_there(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_looking(book, "lists", by="J1")

    def pages_seen() -> list[str]:
        with book.reading() as cursor:
            return [each.kind for each in looks(cursor, Wanted(customer_no=FIRST))[1]]

    def busy(*_args: Any, **_kwargs: Any) -> None:
        raise Refused("book_locked")

    async def steps(pilot: Pilot[Any]) -> None:
        with monkeypatch.context() as patched:
            patched.setattr(looking, "record_look", busy)
            page = await page_of(pilot, FIRST)
            await pilot.press("f5")
            await settled(pilot)
            assert page.words() == "", "nothing of the customer is in sight"
            assert str(page.query_one("#who", Static).content) == ""
        await pilot.press("f5")
        await settled(pilot)
        assert page.words() == "张伟"
        await pilot.press("f5")
        await settled(pilot)
        assert pages_seen() == ["page"], "asked again it is no second look"

    drive(app_on(book, tmp_path), steps, (120, 40))


# ---------------------------------------------------------------- the counter
async def found_at_the_counter(pilot: Pilot[Any], number: str) -> None:
    await pilot.press(*number)
    await settled(pilot, ANSWERS)
    await pilot.press("enter")
    await settled(pilot)


def test_at_the_counter_a_key_is_for_the_row_under_the_cursor_though_its_card_is_late(
    book: Book, tmp_path: Path, gate: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await found_at_the_counter(pilot, "2000")
        before = pilot.app.screen.query_one(LongList).row
        monkeypatch.setattr("guanhu.tui.screens.counter.met", late(met, gate))
        await pilot.press("j")
        await pilot.pause()
        row = pilot.app.screen.query_one(LongList).row
        assert before is not None
        assert row is not None
        assert row.id != before.id
        await pilot.press("plus")
        await pilot.pause()
        assert for_whom(pilot.app.screen) == row.id
        gate.set()

    drive(app_on(book, tmp_path, start="counter"), steps, (120, 40))


def test_at_the_counter_a_key_before_those_typed_are_found_is_for_nobody(
    book: Book, tmp_path: Path, gate: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await found_at_the_counter(pilot, FIRST)
        await pilot.press("escape")
        monkeypatch.setattr("guanhu.tui.screens.counter.find", late(find, gate))
        place = pilot.app.screen
        await pilot.press(*SECOND, "enter", "plus", "enter", "E")
        await pilot.pause(0.1)
        assert pilot.app.screen is place
        gate.set()
        await settled(pilot, ANSWERS)
        await pilot.press("plus")
        await settled(pilot)
        assert for_whom(pilot.app.screen) == SECOND

    drive(app_on(book, tmp_path, start="counter"), steps, (120, 40))


# ---------------------------------------------------------------- the list of customers
def test_in_the_list_a_key_before_those_typed_are_found_is_for_nobody(
    book: Book, tmp_path: Path, gate: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        place = pilot.app.screen
        await pilot.press("slash", *FIRST)
        await settled(pilot, ANSWERS)
        monkeypatch.setattr(CustomerSource, "count", late(CustomerSource.count, gate))
        await pilot.press("slash", *SECOND, "enter", "c", "enter", "a")
        await pilot.pause(0.1)
        assert not place.query_one(FindBox).has_focus
        assert pilot.app.screen is place
        gate.set()
        await settled(pilot, ANSWERS)
        await pilot.press("c")
        await settled(pilot)
        assert for_whom(pilot.app.screen) == SECOND

    drive(app_on(book, tmp_path, start="customers"), steps, (120, 40))
