"""A file whose header says nothing that is known is taken in all the same: somebody says what its columns mean."""

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from guanhu.intake.guess import top_of
from guanhu.store.book import Book
from guanhu.tests.tui.desks import STAFF, TODAY, drive, lines, settled
from guanhu.tui.app import GuanhuApp
from guanhu.tui.screens.import_columns import ImportColumns
from guanhu.tui.screens.importing import ImportScreen
from guanhu.tui.settings import Settings
from guanhu.tui.widgets.long_list import LongList


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = tmp_path / "files"
    files.mkdir()
    (files / "list.csv").write_text("月报\nKH,XM,YE_X,RQ_X\nN1,甲,1000,2026-11-20\nN2,乙,2000,2026-11-20\n", "utf-8")
    return files


def at_import(book: Book, tmp_path: Path, folder: Path, steps: Any) -> None:
    async def opened(pilot: Pilot[Any]) -> None:
        pilot.app.push_screen(ImportScreen(folder))
        await settled(pilot, 0.1)
        await pilot.press("G", "enter")
        await settled(pilot, 0.1)
        await steps(pilot)

    app = GuanhuApp(book, STAFF, TODAY, start="scheme", settings=Settings(language="en"), folder=tmp_path / "config")
    drive(app, opened, (120, 40))


async def chosen(pilot: Pilot[Any], id_: str) -> None:
    """Choose an option by its id."""
    options = pilot.app.screen.query_one(OptionList)
    options.highlighted = options.get_option_index(id_)
    await pilot.press("enter")
    await settled(pilot)


async def said(pilot: Pilot[Any], header: str, column: str) -> None:
    """Say what a column of the file is."""
    assert pilot.app.screen.query_one(LongList).highlight(header)
    await pilot.press("enter")
    await settled(pilot)
    await chosen(pilot, column)


def balances(book: Book) -> dict[str, int]:
    with book.reading() as cursor:
        question = "SELECT no, aum FROM customer JOIN account ON customer_id = id WHERE no LIKE 'N%'"
        return dict(cursor.execute(question).fetchall())


def test_columns_are_named_and_the_file_is_taken_in(book: Book, tmp_path: Path, folder: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await chosen(pilot, "customers")
        screen = pilot.app.screen
        assert isinstance(screen, ImportColumns)
        assert "Still needed: customer number" in str(screen.query_one("#file-needed", Static).content)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert pilot.app.screen is screen, "it goes on only once all that is needed was said"
        for header, column in (("KH", "customer_no"), ("XM", "name"), ("YE_X", "balance_yuan")):
            await said(pilot, header, column)
        await said(pilot, "RQ_X", "balance_date")
        await pilot.press("ctrl+s")
        await settled(pilot, 0.2)
        assert "This would happen" in "\n".join(lines(pilot.app))
        assert balances(book) == {}
        await pilot.press("ctrl+s")
        await settled(pilot, 0.2)
        assert balances(book) == {"N1": 100_000, "N2": 200_000}

    at_import(book, tmp_path, folder, steps)


def test_what_was_said_can_be_changed_and_one_column_means_one_thing(book: Book, tmp_path: Path, folder: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await chosen(pilot, "customers")
        await said(pilot, "XM", "customer_no")
        await said(pilot, "KH", "customer_no")
        await pilot.press("ctrl+s")
        await settled(pilot, 0.2)
        looked = pilot.app.screen._looked  # type: ignore[attr-defined]
        assert looked.columns == {"customer_no": "KH"}
        await pilot.press("x")
        await settled(pilot, 0.1)
        await said(pilot, "XM", "name")
        await pilot.press("ctrl+s")
        await settled(pilot, 0.2)
        assert pilot.app.screen._looked.columns == {"customer_no": "KH", "name": "XM"}  # type: ignore[attr-defined]

    at_import(book, tmp_path, folder, steps)


def test_leaving_says_nothing_and_the_files_are_there(book: Book, tmp_path: Path, folder: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await chosen(pilot, "customers")
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(pilot.app.screen, ImportScreen)
        assert "list.csv" in "\n".join(lines(pilot.app))

    at_import(book, tmp_path, folder, steps)


def test_the_likeliest_header_is_the_first_of_the_widest_rows(folder: Path) -> None:
    top = top_of(str(folder / "list.csv"))
    assert top.header == ("KH", "XM", "YE_X", "RQ_X")
    assert top.below == ("N1", "甲", "1000", "2026-11-20")
