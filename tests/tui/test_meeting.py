"""The meeting sheet on the screen: morning and evening, what is behind, the printed page, the command."""

import json
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot
from textual.widgets import Input
from typer.testing import CliRunner

from guanhu.store.acts import log_contact
from guanhu.store.book import Book
from guanhu.tests.tui.branch import ME, TODAY, app_on, busy_branch
from guanhu.tests.tui.desks import drive, lines, settled
from guanhu.tui.widgets.long_list import LongList


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """The branch with work to do, one call of today; by its clock it is morning."""
    opened = busy_branch(tmp_path)
    log_contact(opened, "20001", "phone", "reached_success", TODAY, note="约周五见面", by=ME)
    yield opened
    opened.close()


def at_meeting(book: Book, folder: Path, steps: Any, size: tuple[int, int] = (160, 45)) -> None:
    drive(app_on(book, folder, start="meeting"), steps, size)


def listing(pilot: Pilot[Any], name: str) -> LongList:
    return pilot.app.screen.query_one(f"#{name}", LongList)


def items(list_: LongList) -> list[Any]:
    found = (list_.row_at(n) for n in range(list_.rows))
    return [row.item for row in found if row and not row.heading]


def text(pilot: Pilot[Any]) -> str:
    return "\n".join(lines(pilot.app))


def test_in_the_morning_a_narrow_screen_shows_who_does_what(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        assert "[Morning meeting]" in text(pilot)
        assert [each.id for each in pilot.app.screen.query(LongList) if each.display] == ["morning", "others"]
        await pilot.press("l")
        await settled(pilot)
        assert "[Evening meeting]" in text(pilot)
        assert listing(pilot, "evening").has_focus

    at_meeting(book, tmp_path, steps, (80, 24))


def test_a_members_line_opens_to_what_is_undone_in_the_morning(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        row = listing(pilot, "morning").row
        assert row
        await pilot.press("enter")
        await settled(pilot, 0.2)
        found = items(listing(pilot, "behind"))
        assert sum(item.status == "overdue" for item in found) == row.item.load.overdue
        assert sum(item.status == "open" for item in found) == row.item.load.open

    at_meeting(book, tmp_path, steps)


def test_and_to_what_was_done_in_the_evening(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("l")
        assert listing(pilot, "evening").highlight(f"staff {ME}")
        await pilot.press("enter")
        await settled(pilot, 0.2)
        assert [item.note for item in items(listing(pilot, "behind"))] == ["约周五见面"]

    at_meeting(book, tmp_path, steps)


def test_the_day_before_is_shown_as_it_was(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("less_than_sign")
        await settled(pilot)
        assert "2026-11-23 Mon" in text(pilot)
        assert "entries 1" in text(pilot)
        await pilot.press("greater_than_sign")
        await settled(pilot)
        await pilot.press("greater_than_sign")  # tomorrow has no sheet
        await settled(pilot)
        assert "2026-11-24 Tue" in text(pilot)

    at_meeting(book, tmp_path, steps)


def test_the_sheet_is_printed_as_a_page(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "sheet.html"

    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("H")
        await pilot.pause()
        pilot.app.screen.query_one(Input).value = str(path)
        await pilot.press("enter")
        await settled(pilot, 0.2)

    at_meeting(book, tmp_path, steps)
    page = path.read_text("utf-8")
    assert "Morning meeting" in page
    assert "王芳" in page


def test_the_command_gives_the_same_sheet(book: Book, tmp_path: Path) -> None:
    from guanhu.commands.root import app

    shown: dict[str, tuple[int, int]] = {}

    async def steps(pilot: Pilot[Any]) -> None:
        for part in items(listing(pilot, "morning")):
            shown[part.staff_id] = (part.load.overdue, part.load.due_today)

    at_meeting(book, tmp_path, steps)
    page = tmp_path / "m.html"
    arguments = ["--book", str(book.path), "--staff", ME, "outlet", "meeting", "--as-of", "2026-11-24"]
    runner = CliRunner()
    answer = runner.invoke(app, [*arguments, "--json", "--html", str(page)])
    assert answer.exit_code == 0, answer.output
    found = json.loads(answer.stdout)
    assert {part["staff_id"]: (part["overdue"], part["due_today"]) for part in found["staff"]} == {
        staff: figures for staff, figures in shown.items() if staff
    }
    assert (found["outlet"], found["as_of"], found["total"]["entries"]) == ("01", "2026-11-24", 1)
    assert page.read_text("utf-8").startswith("<!doctype html>")
    told = runner.invoke(app, arguments)
    assert told.exit_code == 0, told.output
    assert "Evening meeting" in told.stdout


def test_an_unknown_outlet_is_not_found(book: Book) -> None:
    from guanhu.commands.root import app

    answer = CliRunner().invoke(app, ["--book", str(book.path), "outlet", "meeting", "--outlet", "99"])
    assert answer.exit_code != 0


def test_a_day_without_work_still_has_a_sheet(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        assert "No tier changes." in text(pilot) or "Tier changes since" in text(pilot)
        assert "Nobody is away." in text(pilot)

    app = app_on(book, tmp_path, start="meeting")
    app.day = date(2026, 11, 22)
    drive(app, steps, (160, 45))


def test_the_outlets_line_says_that_shared_duties_count_once_there(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        whole, *parts = items(listing(pilot, "morning"))
        assert sum(part.load.due_today for part in parts) > whole.load.due_today
        assert "a shared duty counts once here, below for each" in text(pilot)
        assert "shared count for each" in text(pilot)

    at_meeting(book, tmp_path, steps)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_heads_stand_apart_and_none_is_cut(book: Book, tmp_path: Path, language: str) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        for side in ("morning", "evening"):
            placed = listing(pilot, side).placed
            assert all(cell_len(each.column.title) <= each.width for each in placed)
            assert all(each.column.title.strip()[:1].upper() == each.column.title.strip()[:1] for each in placed)
            heads = text(pilot).splitlines()[listing(pilot, side).region.y]
            for one, other in pairwise(each.column.title.strip() for each in placed):
                assert f"{one}  " in heads or f"{other}" == heads.split()[-1], "two cells between two heads"
            await pilot.press("l")
            await settled(pilot)

    drive(app_on(book, tmp_path, start="meeting", language=language), steps, (80, 24))
