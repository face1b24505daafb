"""Who only inspects has no customers: every place shows an outlet, and the replay takes who stands under the cursor."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from guanhu.projections.replay_scope import Scope
from guanhu.store.book import Book
from guanhu.store.posts import enrol
from guanhu.tests.tui.branch import ME, TODAY, busy_branch, rows
from guanhu.tests.tui.desks import drive, lines, settled
from guanhu.tui.app import GuanhuApp
from guanhu.tui.screens.replay import CustomerReplay, ReplayScreen
from guanhu.tui.screens.replay_list import StepList
from guanhu.tui.settings import Settings
from guanhu.tui.widgets.dialogs import AskText, Choose
from guanhu.tui.widgets.long_list import LongList

INSPECTOR = "J1"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """The branch with work to do, and somebody who inspects it."""
    opened = busy_branch(tmp_path)
    enrol(opened, INSPECTOR, "检查员", TODAY, roles=("inspector",))
    opened.staff = INSPECTOR
    yield opened
    opened.close()


def at(book: Book, folder: Path, start: str, steps: Any, staff: str = INSPECTOR) -> None:
    app = GuanhuApp(book, staff, TODAY, start=start, language="en", settings=Settings(), folder=folder)
    drive(app, steps, (120, 40))


def text(pilot: Pilot[Any]) -> str:
    return "\n".join(lines(pilot.app))


def listed(pilot: Pilot[Any], name: str) -> int:
    return pilot.app.screen.query_one(f"#{name}", LongList).rows


async def press(pilot: Pilot[Any], *keys: str) -> None:
    await pilot.press(*keys)
    await settled(pilot, 0.15)


def test_today_is_an_outlets_and_another_member_of_staff_can_be_chosen(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        assert "z: another outlet, or a member of staff" in text(pilot)
        assert listed(pilot, "queue") > 5
        whole = listed(pilot, "queue")
        await press(pilot, "z")
        choose = pilot.app.screen
        assert isinstance(choose, Choose)
        assert [id_.partition(":")[0] for id_, _words in choose._options][:2] == ["outlet", INSPECTOR]
        choose.dismiss("T1")
        await settled(pilot, 0.15)
        assert 0 < listed(pilot, "queue") < whole
        assert "z: another outlet" not in text(pilot)

    at(book, tmp_path, "today", steps)


@pytest.mark.parametrize(("place", "name"), [("log", "entries"), ("outlet", "loads"), ("meeting", "morning")])
def test_no_place_is_empty(book: Book, tmp_path: Path, place: str, name: str) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        if place == "log":
            await press(pilot, "l")  # by month: on this Tuesday nothing was written down yet
        assert listed(pilot, name) > 0

    at(book, tmp_path, place, steps)


def test_who_looks_after_customers_still_sees_the_own_day(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        assert "another outlet" not in text(pilot)
        assert "looks after" in text(pilot)

    at(book, tmp_path, "today", steps, staff=ME)


def test_the_replay_takes_the_customer_under_the_cursor(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        row = pilot.app.screen.query_one("#queue", LongList).row
        assert row is not None
        await press(pilot, "Z")
        screen = pilot.app.screen
        assert isinstance(screen, CustomerReplay)
        assert screen.scope == Scope(row.item.customer_no)
        await press(pilot, "Z")
        assert pilot.app.screen is screen  # it stands there already
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, ReplayScreen)

    at(book, tmp_path, "today", steps)


def test_the_replay_of_a_flag_is_that_of_its_customer(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        table = pilot.app.screen.query_one("#flags", LongList)
        flags = [row for row in (table.row_at(n) for n in range(table.rows)) if row and row.item]
        named = next(row for row in flags if row.item.customer_no)
        assert table.highlight(named.id)
        await press(pilot, "Z")
        assert isinstance(pilot.app.screen, CustomerReplay)
        assert pilot.app.screen.scope == Scope(named.item.customer_no)

    at(book, tmp_path, "flags", steps)


def test_with_nobody_under_the_cursor_it_asks_whose_and_finds_a_customer(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        assert isinstance(pilot.app.screen, Choose)
        await press(pilot, "escape")
        assert "z chooses whose replay is shown." in text(pilot)
        await press(pilot, "z", "enter")
        assert isinstance(pilot.app.screen, AskText)
        pilot.app.screen.query_one(Input).value = "lxy"
        await press(pilot, "enter")
        screen = pilot.app.screen
        assert isinstance(screen, ReplayScreen)
        assert screen.scope == Scope("20002")
        assert screen.query_one(StepList).rows > 3
        await press(pilot, "z", "enter")
        pilot.app.screen.query_one(Input).value = "2000"
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, Choose)  # several are meant
        pilot.app.screen.dismiss("20001")
        await settled(pilot, 0.15)
        assert screen.scope == Scope("20001")

    at(book, tmp_path, "replay", steps)


def test_the_departments_daily_look_is_written_down_for_the_outlet_under_the_cursor(
    book: Book, tmp_path: Path
) -> None:
    enrol(book, "D1", "顾明远", TODAY, roles=("department",), by=ME)
    book.staff = "D1"

    async def steps(pilot: Pilot[Any]) -> None:
        assert pilot.app.screen.query_one("#queue", LongList).highlight(f" supervision {TODAY}:01")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, AskText)
        pilot.app.screen.query_one(Input).value = "两户逾期已督促"
        await press(pilot, "enter")
        assert "supervision" not in {row.item.duty for row in rows_of_queue(pilot)}

    at(book, tmp_path, "today", steps, staff="D1")
    assert rows(book, "SELECT kind, subject FROM day_done") == [("supervision", "01")]


def rows_of_queue(pilot: Pilot[Any]) -> list[Any]:
    table = pilot.app.screen.query_one("#queue", LongList)
    return [row for row in (table.row_at(n) for n in range(table.rows)) if row and row.item]


def test_who_only_inspects_is_offered_no_maintenance_and_told_why(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        front = pilot.app.screen
        assert "Call" not in lines(pilot.app)[-1]
        for key in ("c", "v", "E", "a", "plus"):
            await press(pilot, key)
            assert pilot.app.screen is front
        said = [notice.message for notice in pilot.app._notifications]
        assert "who inspects does not maintain customers" in said[-1]
        await press(pilot, "8")
        assert "J New inspection" in lines(pilot.app)[-1]

    at(book, tmp_path, "customers", steps)
