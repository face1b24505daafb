"""The log: days with their figures, whose it is, an entry corrected, the whole of it as a file."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from guanhu.store.acts import log_contact
from guanhu.store.book import Book
from guanhu.store.posts import take_role
from guanhu.tests.tui.branch import ME, app_on, busy_branch, rows
from guanhu.tests.tui.desks import drive, lines, settled
from guanhu.tui.acts.taking_back import TakeBackForm
from guanhu.tui.widgets.long_list import LongList

SIZE = (160, 45)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """The branch with work to do; two calls of this week."""
    opened = busy_branch(tmp_path)
    log_contact(opened, "20001", "phone", "reached_success", date(2026, 11, 24), note="约周五见面", by=ME)
    log_contact(opened, "20005", "phone", "no_answer", date(2026, 11, 23), by="T1", staff="T1")
    yield opened
    opened.close()


def at_log(book: Book, folder: Path, steps: Any, size: tuple[int, int] = SIZE) -> None:
    drive(app_on(book, folder, start="log"), steps, size)


def entries(pilot: Pilot[Any]) -> list[str]:
    """Headings and customers of the list, in order."""
    listing = pilot.app.screen.query_one("#entries", LongList)
    found = (listing.row_at(n) for n in range(listing.rows))
    return [row.heading.split("  ")[0] if row.heading else row.item.name for row in found if row]


def text(pilot: Pilot[Any]) -> str:
    return "\n".join(lines(pilot.app))


def test_it_opens_at_my_week_with_the_newest_day_first(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        assert entries(pilot)[:2] == ["2026-11-24 Tue", "张伟"]
        assert "赵敏" not in entries(pilot)  # the teller's call is not mine
        assert "2026-11-23 Mon to 11-29 Sun" in text(pilot)
        assert "约周五见面" in text(pilot)

    at_log(book, tmp_path, steps)


def test_weeks_go_back_and_forth_and_spans_change(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("less_than_sign")
        await settled(pilot)
        assert "2026-11-16 Mon to 11-22 Sun" in text(pilot)
        assert entries(pilot) == ["2026-11-19 Thu", "张伟", "2026-11-16 Mon", "王建国", "王建国"]
        await pilot.press("greater_than_sign")
        await settled(pilot)
        await pilot.press("greater_than_sign")  # there is no week after this one
        await settled(pilot)
        assert "2026-11-23 Mon to 11-29 Sun" in text(pilot)
        await pilot.press("l")
        await settled(pilot)
        assert "2026-11-01 Sun to 11-30 Mon" in text(pilot)
        await pilot.press("l")
        await settled(pilot)
        assert entries(pilot) == ["2026-11-24 Tue", "张伟"]

    at_log(book, tmp_path, steps)


def test_a_manager_sees_the_log_of_a_member_of_staff(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("z")
        await settled(pilot)
        names = [str(option.prompt) for option in pilot.app.screen.query_one(OptionList).options]
        for _ in range(names.index("陈晓") - names.index("王芳")):
            await pilot.press("j")
        await pilot.press("enter")
        await settled(pilot)
        assert entries(pilot) == ["2026-11-23 Mon", "赵敏", "赵敏"]

    at_log(book, tmp_path, steps)


def test_an_outlets_log_is_told_by_member_of_staff(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("z")
        await settled(pilot)
        await pilot.press("home", "down", "enter")
        await settled(pilot)
        assert entries(pilot) == ["陈晓", "赵敏", "赵敏", "王芳", "张伟"]

    at_log(book, tmp_path, steps)


def test_who_is_manager_and_nothing_else_begins_with_the_outlet(book: Book, tmp_path: Path) -> None:
    take_role(book, ME, "relationship_manager", "01", date(2026, 11, 24), by=ME)

    async def steps(pilot: Pilot[Any]) -> None:
        assert {"陈晓", "王芳"} <= set(entries(pilot))

    at_log(book, tmp_path, steps)


def test_an_entry_is_corrected_by_a_new_event(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("x")
        await settled(pilot)
        form = pilot.app.screen
        form.query_one("#field-note").value = "约周五上午见面"  # type: ignore[attr-defined]
        form.query_one("#field-reason").value = "补充时间"  # type: ignore[attr-defined]
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "约周五上午见面" in text(pilot)
        assert "corrected" in text(pilot)

    at_log(book, tmp_path, steps)
    ((note, corrected),) = rows(book, "SELECT note, corrected FROM act WHERE day = ?", date(2026, 11, 24).toordinal())
    assert note == "约周五上午见面"
    assert corrected > 0


def test_what_has_no_correction_is_taken_back_with_a_reason(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("less_than_sign")
        await settled(pilot)
        await pilot.press("x")
        await settled(pilot)
        assert isinstance(pilot.app.screen, TakeBackForm)
        pilot.app.screen.query_one("#field-reason").value = "写错了客户"  # type: ignore[attr-defined]
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "taken back: " in next(iter(pilot.app._notifications)).message

    before = rows(book, "SELECT count(*) FROM affair")[0][0]
    at_log(book, tmp_path, steps)
    assert rows(book, "SELECT count(*) FROM affair")[0][0] == before - 1
    assert len(rows(book, "SELECT ref FROM withdrawn")) == 1


@pytest.mark.parametrize("ending", ["csv", "xlsx", "html"])
def test_what_is_shown_is_written_to_a_file(book: Book, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"log.{ending}"

    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("e")
        await pilot.pause()
        pilot.app.screen.query_one(Input).value = str(path)
        await pilot.press("enter")
        await settled(pilot)

    at_log(book, tmp_path, steps)
    if ending == "xlsx":
        from python_calamine import CalamineWorkbook

        cells = str(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python())
    else:
        cells = path.read_text("utf-8-sig")
    assert "约周五见面" in cells
    assert "reached, interested" in cells


@pytest.mark.parametrize("name", ["x.docx", "nowhere/x.csv"])
def test_a_file_that_cannot_be_written_is_told_and_asked_for_again(book: Book, tmp_path: Path, name: str) -> None:
    wanted = str(tmp_path / name)

    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("e")
        await pilot.pause()
        pilot.app.screen.query_one(Input).value = wanted
        await pilot.press("enter")
        await settled(pilot, 0.2)
        assert [each.severity for each in pilot.app._notifications] == ["error"]
        assert pilot.app.screen.query_one(Input).value == wanted

    at_log(book, tmp_path, steps)
    assert not Path(wanted).exists()


def test_a_file_that_stands_there_is_written_over_only_when_one_says_so(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("mine")

    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("e")
        await pilot.pause()
        pilot.app.screen.query_one(Input).value = str(path)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("n")
        await settled(pilot)
        assert path.read_text() == "mine"
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("y")
        await settled(pilot)

    at_log(book, tmp_path, steps)
    assert "约周五见面" in path.read_text("utf-8-sig")


def test_a_call_can_be_logged_from_an_entry(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("c", "1")
        await settled(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)

    at_log(book, tmp_path, steps, (80, 24))
    assert rows(book, "SELECT count(*) FROM act WHERE day = ?", date(2026, 11, 24).toordinal())[0][0] == 2
