"""What a list draws: lines of exactly the screen's width, what it says when empty, nothing that moves the cursor."""

import pytest
from textual.pilot import Pilot

from guanhu.tests.tui.desks import desk_app, drive, lines, settled
from guanhu.tests.tui.listing import GROUPED, Gone, Listing, Numbers
from guanhu.tui.widgets.long_list import LongList
from guanhu.tui.widgets.pages import PAGE, ListSource, Row


def test_a_source_that_fails_is_told() -> None:
    screen = Listing(Gone())

    async def steps(pilot: Pilot[None]) -> None:
        assert screen.last(LongList.Failed).error.code == "book_locked"

    drive(desk_app(lambda: screen), steps)


def test_an_empty_list_says_what_it_says() -> None:
    screen = Listing(ListSource(()))

    async def steps(pilot: Pilot[None]) -> None:
        screen.list.empty = "没有任务"
        await pilot.press("j", "k", "G", "enter", "space", "V", "asterisk", "s")
        assert "没有任务" in "".join(lines(pilot.app))

    drive(desk_app(lambda: screen), steps)


@pytest.mark.parametrize("width", [20, 30, 40, 80, 160])
def test_every_line_fills_the_screen_exactly(width: int) -> None:
    from rich.cells import cell_len

    screen = Listing(ListSource(GROUPED))

    async def steps(pilot: Pilot[None]) -> None:
        await pilot.resize_terminal(width, 12)
        await pilot.pause()
        assert {cell_len(line) for line in lines(pilot.app)} == {width}
        assert ("Number" in lines(pilot.app)[0]) == (width >= 30)

    drive(desk_app(lambda: screen), steps)


def test_a_narrower_screen_keeps_the_cursor_in_sight() -> None:
    screen = Listing(Numbers(500))

    async def steps(pilot: Pilot[None]) -> None:
        screen.list.move_to(300)
        await settled(pilot)
        await pilot.resize_terminal(40, 8)
        await settled(pilot)
        assert any(line.startswith("> ") for line in lines(pilot.app))

    drive(desk_app(lambda: screen), steps)


def test_stored_escape_characters_are_not_drawn() -> None:
    screen = Listing(ListSource([Row("x", "\x1b[31m\u202e")]))

    async def steps(pilot: Pilot[None]) -> None:
        assert "\x1b" not in "".join(lines(pilot.app))
        assert "\u202e" not in "".join(lines(pilot.app))

    drive(desk_app(lambda: screen), steps)


def test_a_page_is_some_screens_worth() -> None:
    assert PAGE >= 4 * 45
