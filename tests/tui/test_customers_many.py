"""What is done for many of the list at once: assigned, planned, written to a file."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from guanhu.store.assigning import assign
from guanhu.store.book import Book
from guanhu.store.errors import BookBusy
from guanhu.store.planning import plan_next
from guanhu.tests.tui.branch import app_on, busy_branch, rows
from guanhu.tests.tui.desks import drive, settled
from guanhu.tui.widgets.dialogs import AskText, Choose, Confirm


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """The branch with work to do."""
    opened = busy_branch(tmp_path)
    yield opened
    opened.close()


def at_customers(book: Book, folder: Path, steps: Any, size: tuple[int, int] = (120, 30)) -> None:
    """Stand at the customers and do the steps."""
    drive(app_on(book, folder, start="customers"), steps, size)


async def press(pilot: Pilot[Any], *keys: str) -> None:
    await pilot.press(*keys)
    await settled(pilot)


def front(pilot: Pilot[Any]) -> Any:
    """The screen in front."""
    return pilot.app.screen


def notices(pilot: Pilot[Any]) -> list[str]:
    return [each.message for each in pilot.app._notifications]


def test_many_are_assigned_at_once_and_who_can_not_be_is_named(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "j", "space", "space", "a")
        assert isinstance(front(pilot), Choose)
        options = front(pilot)._options
        at = [staff for staff, _words in options].index("R2")
        await press(pilot, *["j"] * at, "enter")
        assert isinstance(front(pilot), Confirm)
        await press(pilot, "y")
        assert "2 assigned to 李静" in notices(pilot)

    at_customers(book, tmp_path, steps)
    owners = "SELECT no FROM care JOIN customer ON id = customer_id WHERE staff = 'R2' AND seat = 'owner' ORDER BY no"
    assert rows(book, owners) == [("20001",), ("20006",)]


def test_the_next_step_is_planned_for_those_who_have_an_entry(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "asterisk", "t")
        assert isinstance(front(pilot), AskText)
        await press(pilot, *"soon", "enter")
        assert isinstance(front(pilot), AskText), "what is no day keeps its text"
        pilot.app.screen.query_one(Input).value = "+7"
        await press(pilot, "enter")
        said = notices(pilot)[-1].splitlines()
        assert said == ["4 planned for 2026-12-01", "1 left out: nothing in the log to plan from"]

    at_customers(book, tmp_path, steps)
    planned = "SELECT no FROM act JOIN customer ON id = customer_id WHERE next_day = ? ORDER BY no"
    assert rows(book, planned, 739_951) == [("20001",), ("20002",), ("20003",), ("20004",)]


# ---------------------------------------------------------------- what hinders the book on the way
OWNED = "SELECT no FROM care JOIN customer ON id = customer_id WHERE staff = 'R2' AND seat = 'owner' ORDER BY no"


def busy_from(act: Any, first: int) -> Any:
    """The same act, which finds the book busy from the call of this number on (from 0)."""
    calls = iter(range(1000))

    def hindered(*args: Any, **kwargs: Any) -> Any:
        if next(calls) >= first:
            raise BookBusy("book_locked")
        return act(*args, **kwargs)

    return hindered


async def to_r2(pilot: Pilot[Any]) -> None:
    """Assign those selected to R2."""
    await press(pilot, "a")
    at = [staff for staff, _words in front(pilot)._options].index("R2")
    await press(pilot, *["j"] * at, "enter")
    await press(pilot, "y")


def test_an_assignment_that_ends_on_the_way_says_what_was_done_and_the_same_key_goes_on(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "j", "space", "space", "space")
        with monkeypatch.context() as patched:
            patched.setattr("guanhu.tui.screens.customers_acts.assign", busy_from(assign, 1))
            await to_r2(pilot)
        said = notices(pilot)[-1].splitlines()
        assert said[0] == "1 assigned to 李静"
        assert said[1].startswith("2 not reached: Someone else is writing")
        (first,) = rows(book, OWNED)
        await to_r2(pilot)
        assert notices(pilot)[-1] == "2 assigned to 李静", "those not reached stayed selected"
        assert len(rows(book, OWNED)) == 3
        for left in (1, 0):
            await press(pilot, "u")
            await press(pilot, "y")
            assert len(rows(book, OWNED)) == left
            assert left == 0 or rows(book, OWNED) == [first]

    at_customers(book, tmp_path, steps)


def test_where_nothing_at_all_was_assigned_it_is_said_why_and_there_is_nothing_to_undo(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guanhu.tui.screens.customers_acts.assign", busy_from(assign, 0))

    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "j", "space", "space")
        await to_r2(pilot)
        assert notices(pilot)[-1].startswith("Someone else is writing")
        await press(pilot, "u")
        assert notices(pilot)[-1] == "There is nothing to undo."

    at_customers(book, tmp_path, steps)


@pytest.mark.parametrize("first", [0, 2])
def test_a_plan_that_is_hindered_says_why_and_keeps_what_was_done_to_be_undone(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: int
) -> None:
    monkeypatch.setattr("guanhu.tui.screens.customers_acts.plan_next", busy_from(plan_next, first))
    planned = "SELECT count(*) FROM act WHERE next_day = ?"

    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "asterisk", "t")
        await press(pilot, *"+7", "enter")
        assert any("Someone else is writing" in notice for notice in notices(pilot))
        if not first:
            assert isinstance(front(pilot), AskText), "the question stands there again"
            assert pilot.app.screen.query_one(Input).value == "+7"
            return
        assert any("planned for 2026-12-01" in notice for notice in notices(pilot))
        assert rows(book, planned, 739_951) != [(0,)]
        await press(pilot, "u")
        await press(pilot, "y")
        assert rows(book, planned, 739_951) == [(0,)]

    at_customers(book, tmp_path, steps)


def test_the_list_is_written_to_a_file_that_a_spreadsheet_reads(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"

    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "space", "e")
        pilot.app.screen.query_one(Input).value = str(path)
        await press(pilot, "enter")
        assert any(f"1 customers written to {path}" == notice for notice in notices(pilot))

    at_customers(book, tmp_path, steps)
    with path.open(encoding="utf-8-sig", newline="") as file:
        (line,) = csv.DictReader(file)
    assert (line["Number"], line["Name"], line["AUM, yuan"]) == ("20004", "欧阳丽华", "3600000.00")


def test_a_workbook_holds_all_of_the_list(book: Book, tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    path = tmp_path / "mine"

    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "e")
        pilot.app.screen.query_one(Input).value = str(path)
        await press(pilot, "enter")

    at_customers(book, tmp_path, steps)
    sheet = CalamineWorkbook.from_path(str(path.with_suffix(".xlsx"))).get_sheet_by_index(0).to_python()
    assert [line[0] for line in sheet[1:]] == ["20004", "20001", "20006", "20002", "20003"]
    assert sheet[1][3] == 3_600_000
