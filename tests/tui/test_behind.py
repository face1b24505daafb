"""What stands behind a figure says what it is: its whole name, how many lines, and what is not among them."""

from pathlib import Path
from typing import Any

from rich.cells import cell_len
from textual.pilot import Pilot

from guanhu.store.book import Book
from guanhu.tests.tui.branch import app_on
from guanhu.tests.tui.desks import drive, lines, settled
from guanhu.tests.tui.test_outlet import at_outlet, book, part
from guanhu.tui.widgets.customer_card import CustomerCard
from guanhu.tui.widgets.long_list import LongList

__all__ = ["book"]


def head(pilot: Pilot[Any]) -> str:
    """The lines between the bar and the list."""
    at = pilot.app.screen.query_one("#behind", LongList).region.y
    return "\n".join(line.strip() for line in lines(pilot.app)[1:at])


def test_a_name_that_the_bar_cuts_stands_whole_above_the_list(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("l", "l", "tab", "enter")
        await settled(pilot, 0.2)
        assert "coverage 3m+" in head(pilot) or "coverage 500k-3m" in head(pilot)
        assert "1 line " in head(pilot) or " lines " in head(pilot)
        assert all(cell_len(line) <= 80 for line in lines(pilot.app))

    drive(app_on(book, tmp_path, start="figures"), steps, (80, 24))


def test_a_line_of_moves_says_how_many_stayed(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        moves = part(pilot, "moves")
        await pilot.press("l", "l", "l")
        await settled(pilot)
        stayed = next(
            row for n in range(moves.rows) if (row := moves.row_at(n)) and row.item.cells.get(row.item.tier, 0)
        )
        moves.highlight(stayed.id)
        count = stayed.item.cells[stayed.item.tier]
        await pilot.press("enter")
        await settled(pilot, 0.2)
        assert f"{count} more stayed in the tier" in head(pilot)

    at_outlet(book, tmp_path, steps)


def test_where_nobody_is_listed_no_card_takes_half_of_the_screen(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        moves = part(pilot, "moves")
        await pilot.press("l", "l", "l")
        await settled(pilot)
        moves.highlight("came")
        await pilot.press("enter")
        await settled(pilot, 0.2)
        assert not pilot.app.screen.query_one(CustomerCard).display
        heads = next(line for line in lines(pilot.app) if "Tier before" in line)
        assert ".." not in heads
        assert "AUM now, wan" in heads

    drive(app_on(book, tmp_path, start="outlet"), steps, (80, 24))


def test_a_duty_of_the_day_stands_under_no_customers_name(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("enter")
        await settled(pilot, 0.2)
        shown = pilot.app.screen.query_one("#behind", LongList)
        at = next(n for n in range(shown.rows) if (row := shown.row_at(n)) and row.item and not row.item.customer_no)
        shown.move_to(at)
        await settled(pilot)
        line = next(line for line in lines(pilot.app) if "daily review" in line and line.startswith(">"))
        assert "(own day)" in line
        assert line.count("王芳") == 1, "only as who owes it"

    at_outlet(book, tmp_path, steps)
