"""Figures: shares by person, outlet and tier, their definition and trend, the customers behind one."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from textual.pilot import Pilot
from textual.widgets import Input

from guanhu.domain.figures import FIGURES
from guanhu.store.acts import log_contact
from guanhu.store.book import Book
from guanhu.tests.tui.branch import ME, app_on, busy_branch
from guanhu.tests.tui.desks import drive, lines, settled
from guanhu.tui.screens.behind import BehindScreen
from guanhu.tui.widgets.long_list import LongList

SIZE = (160, 45)
FOLLOWS = 0.3
"""Seconds until the trend is drawn."""


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """The branch with work to do; a customer reached in October and one this month."""
    opened = busy_branch(tmp_path)
    log_contact(opened, "20002", "phone", "reached_success", date(2026, 11, 23), by=ME)
    yield opened
    opened.close()


def at_figures(book: Book, folder: Path, steps: Any, size: tuple[int, int] = SIZE, **more: Any) -> None:
    drive(app_on(book, folder, start="figures", **more), steps, size)


def text(pilot: Pilot[Any]) -> str:
    return "\n".join(lines(pilot.app))


def shown(pilot: Pilot[Any], name: str) -> list[list[str]]:
    """The cells of a list, row by row."""
    listing = pilot.app.screen.query_one(f"#{name}", LongList)
    rows = [listing.row_at(n) for n in range(listing.rows)]
    cells = [[column.cell(row.item) for column in listing.columns] for row in rows if row and row.item]
    return [[cell[0] if isinstance(cell, tuple) else str(cell) for cell in line] for line in cells]


async def press(pilot: Pilot[Any], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


def test_it_opens_at_this_month_of_my_outlet(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await settled(pilot, FOLLOWS)
        assert [row[0] for row in shown(pilot, "figures")] == [figure.names.en for figure in FIGURES.values()]
        assert "2026-11-01 to 2026-11-24" in text(pilot)
        assert {row[0] for row in shown(pilot, "parts")} == {"周慧敏", "王芳", "陈晓"}
        said = " ".join(str(pilot.app.screen.query_one("#figure-text").render()).split())
        assert FIGURES["coverage"].counted.en in said
        assert FIGURES["coverage"].of.en in said
        assert "2025-12 to 2026-11, newest" in text(pilot)

    at_figures(book, tmp_path, steps)


def test_parts_change_by_h_and_l_and_periods_by_their_keys(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "l", "l")
        assert "[by tier]" in text(pilot)
        assert shown(pilot, "parts")[-1][0] == "50k-200k"
        await press(pilot, "less_than_sign")
        assert "2026-10-01 to 2026-10-31" in text(pilot)
        await press(pilot, "greater_than_sign", "greater_than_sign")  # there is no month after this one
        assert "2026-11-01 to 2026-11-24" in text(pilot)
        await press(pilot, "h")
        assert "[by outlet]" in text(pilot)

    at_figures(book, tmp_path, steps)


PERIODS = {
    "2026-Q3": "2026-07-01 to 2026-09-30",
    "2026-01-05 2026-03-04": "2026-01-05 to 2026-03-04",
    "2026-12": "2026-01-05 to 2026-03-04",  # has not begun
    "2026-10-12": "2026-10-01 to 2026-10-12",
}


def test_a_period_is_named_or_a_day_looked_at(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        for typed, days in PERIODS.items():
            await press(pilot, "d")
            pilot.app.screen.query_one(Input).value = typed
            await press(pilot, "enter")
            assert days in text(pilot)

    at_figures(book, tmp_path, steps)


def test_the_figure_and_the_part_under_the_cursor_are_explained(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "j")
        assert str(pilot.app.screen.query_one("#figure-text").render()).startswith("reach  ")
        await press(pilot, "tab", "j")
        said = str(pilot.app.screen.query_one("#figure-text").render()).split("\n")
        row = pilot.app.screen.query_one("#parts", LongList).row
        assert row
        assert said[0].split() == ["reach", row.item.name]
        assert said[1].split()[0] == (row.item.share.percent or "-")

    at_figures(book, tmp_path, steps)


def test_a_wide_screen_lists_the_cases_below(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "less_than_sign", "j")
        await settled(pilot, FOLLOWS)
        assert [row[0] for row in shown(pilot, "cases")][-2:] == ["欧阳丽华", "张伟"]  # reached in October
        pilot.app.screen.query_one("#cases").focus()
        await press(pilot, "G", "enter")
        assert pilot.app.screen.__class__.__name__ == "CustomerScreen"

    at_figures(book, tmp_path, steps)


def test_without_the_card_a_wide_screen_keeps_the_cases(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "b")
        work, cases = (pilot.app.screen.query_one(name).region for name in ("#figures-work", "#cases"))
        assert (cases.width, cases.bottom) == (work.width, work.bottom)
        assert cases.height > work.height // 2

    at_figures(book, tmp_path, steps)


def test_enter_opens_the_customers_of_the_share_and_then_their_pages(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "j", "enter")
        assert isinstance(pilot.app.screen, BehindScreen)
        listing = pilot.app.screen.query_one("#behind", LongList)
        groups: dict[str, list[str]] = {}
        for n in range(listing.rows):
            row = listing.row_at(n)
            assert row
            if row.heading:
                group = groups.setdefault(row.heading, [])
            else:
                group.append(row.item.customer_no)
        assert list(groups) == ["not counted 5", "counted in 1"]
        assert groups["counted in 1"] == ["20002"]
        await press(pilot, "enter")
        assert pilot.app.screen.__class__.__name__ == "CustomerScreen"

    at_figures(book, tmp_path, steps)


def test_the_whole_table_is_kept_as_a_file(book: Book, tmp_path: Path) -> None:
    target = tmp_path / "figures.xlsx"

    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "e")
        pilot.app.screen.query_one(Input).value = str(target)
        await press(pilot, "enter")

    at_figures(book, tmp_path, steps)
    rows = CalamineWorkbook.from_path(target).get_sheet_by_index(0).to_python()
    assert rows[0] == ["Figure", "Person", "Share", "Counted", "Out of", "Unit"]
    assert {row[0] for row in rows[1:]} == {figure.names.en for figure in FIGURES.values()}
    assert ["reach", "in all", "16.7%", "1", "6", "customers"] in rows


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(80, 24), SIZE])
def test_no_name_of_a_figure_is_cut(book: Book, tmp_path: Path, language: str, size: tuple[int, int]) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        from guanhu.language import choose

        choose(language)
        await pilot.app.screen.relabel()  # type: ignore[attr-defined]
        await settled(pilot, FOLLOWS)
        for figure in FIGURES.values():
            assert figure.names.to(language) in text(pilot)
        assert "12" in lines(pilot.app)[-2] or size == SIZE  # the trend's months stand whole above the keys

    at_figures(book, tmp_path, steps, size, language=language)


def test_without_customers_there_is_nothing_to_count(tmp_path: Path) -> None:
    from guanhu.tests.books import a_book

    book = a_book(tmp_path)

    async def steps(pilot: Pilot[Any]) -> None:
        assert "Nothing is counted here." in text(pilot)
        await press(pilot, "tab", "enter")
        assert isinstance(pilot.app.screen, BehindScreen) or "Figures" in text(pilot)

    at_figures(book, tmp_path, steps)
    book.close()
