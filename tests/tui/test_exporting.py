"""Any list as a file, a row on the clipboard, the screen as a picture."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input

from guanhu.store.book import Book
from guanhu.tests.tui.branch import ME, TODAY, busy_branch
from guanhu.tests.tui.desks import drive, settled
from guanhu.tui.app import GuanhuApp
from guanhu.tui.screens.duty_rows import DutyRowsScreen
from guanhu.tui.settings import Settings
from guanhu.tui.widgets.dialogs import Confirm
from guanhu.tui.widgets.long_list import LongList


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Book]:
    book = busy_branch(tmp_path)
    yield book
    book.close()


@pytest.fixture
def app(branch: Book, tmp_path: Path) -> GuanhuApp:
    settings = Settings(language="en")
    return GuanhuApp(branch, ME, TODAY, start="scheme", settings=settings, folder=tmp_path / "config")


async def opened(pilot: Pilot[None], duty: str) -> LongList:
    """The list of what a rule raised."""
    assert pilot.app.screen.query_one(LongList).highlight(f"duty:{duty}")
    await pilot.press("enter")
    await settled(pilot)
    assert isinstance(pilot.app.screen, DutyRowsScreen)
    return pilot.app.screen.query_one(LongList)


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_list_is_kept_as_it_stands(app: GuanhuApp, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"kept{ending}"
    rows = 0

    async def steps(pilot: Pilot[None]) -> None:
        nonlocal rows
        rows = (await opened(pilot, "monthly_contact")).rows
        await pilot.press("e")
        await settled(pilot)
        pilot.app.screen.query_one(Input).value = str(path)
        await pilot.press("enter")
        await settled(pilot)

    drive(app, steps, (140, 30))
    kept = read(path)
    assert kept[0][:2] == ["State", "Customer"]
    due = kept[0].index("Due")
    assert {row[due] for row in kept[1:]} == {"2026-11-30"}, "a file is read in another year too"
    assert len(kept) == rows + 1 > 1
    assert any("欧阳丽华" in row for row in kept)
    assert [name.name for name in tmp_path.iterdir() if name.name.endswith(".part")] == []


def test_only_what_is_asked_over_a_file_that_is_there_replaces_it(app: GuanhuApp, tmp_path: Path) -> None:
    path = tmp_path / "kept.csv"
    path.write_text("mine", "utf-8")

    async def steps(pilot: Pilot[None]) -> None:
        await opened(pilot, "monthly_contact")
        for answer in ("n", "y"):
            await pilot.press("e") if answer == "n" else None
            await settled(pilot)
            pilot.app.screen.query_one(Input).value = str(path)
            await pilot.press("enter")
            await settled(pilot)
            assert path.read_text("utf-8") == "mine"
            await pilot.press(answer)
            await settled(pilot)

    drive(app, steps, (140, 30))
    assert len(read(path)) > 1


def test_a_name_without_an_ending_means_the_file_that_is_there(app: GuanhuApp, tmp_path: Path) -> None:
    (tmp_path / "kept.xlsx").write_text("mine", "utf-8")

    async def steps(pilot: Pilot[None]) -> None:
        await opened(pilot, "monthly_contact")
        await pilot.press("e")
        await settled(pilot)
        pilot.app.screen.query_one(Input).value = str(tmp_path / "kept")
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, Confirm)
        await pilot.press("n")
        await settled(pilot)
        assert pilot.app.screen.query_one(Input).value == str(tmp_path / "kept")

    drive(app, steps, (140, 30))
    assert (tmp_path / "kept.xlsx").read_text("utf-8") == "mine"


def test_what_can_not_be_written_asks_again(app: GuanhuApp, tmp_path: Path) -> None:
    wrong = [str(tmp_path / "kept.doc"), str(tmp_path / "nowhere" / "kept.csv")]

    async def steps(pilot: Pilot[None]) -> None:
        await opened(pilot, "monthly_contact")
        await pilot.press("e")
        await settled(pilot)
        for value in wrong:
            pilot.app.screen.query_one(Input).value = value
            await pilot.press("enter")
            await settled(pilot)
            assert pilot.app.screen.query_one(Input).value == value

    drive(app, steps, (140, 30))


def test_a_row_goes_to_the_clipboard_and_a_rule_as_text(app: GuanhuApp, monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []
    monkeypatch.setattr(App, "copy_to_clipboard", lambda _app, text: copied.append(text))

    async def steps(pilot: Pilot[None]) -> None:
        assert pilot.app.screen.query_one(LongList).highlight("duty:monthly_contact")
        await settled(pilot)
        await pilot.press("y")
        await opened(pilot, "monthly_contact")
        await pilot.press("y")

    drive(app, steps, (140, 30))
    assert copied[0].startswith("For whom\n  tier 200k-500k and up\n")
    assert "\t" in copied[1]


def test_the_clipboard_is_reached_by_the_terminals_own_sequence(app: GuanhuApp) -> None:
    written: list[str] = []

    async def steps(pilot: Pilot[None]) -> None:
        driver = pilot.app._driver
        assert driver is not None
        driver.write = written.append  # type: ignore[method-assign, assignment]
        await pilot.press("y")

    drive(app, steps, (140, 30))
    assert any(text.startswith("\x1b]52;c;") for text in written)


def test_the_screen_is_kept_as_a_picture(app: GuanhuApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))

    async def steps(pilot: Pilot[None]) -> None:
        await pilot.press("f12")
        await settled(pilot)

    drive(app, steps)
    (path,) = tmp_path.rglob("*.svg")
    assert path.read_text("utf-8").startswith("<svg")
    assert path.stat().st_mode & 0o777 == 0o600, "it shows customers"


def read(path: Path) -> list[list[str]]:
    """The rows of a file that was kept."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.reader(file))
    from python_calamine import CalamineWorkbook

    return [[str(cell) for cell in row] for row in CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()]
