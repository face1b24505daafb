"""The list: it moves, selects, sorts, keeps its row, and never waits for its source."""

import time
from collections.abc import Sequence
from threading import Event
from typing import Any

import pytest
from textual.app import ComposeResult
from textual.pilot import Pilot
from textual.screen import Screen

from guanhu.domain.errors import Refused
from guanhu.tests.tui.desks import desk_app, drive, lines, settled
from guanhu.tui.widgets.columns import Column
from guanhu.tui.widgets.long_list import LongList, rows_of
from guanhu.tui.widgets.pages import PAGE, ListSource, PageSource, Row, survey

COLUMNS = (
    Column("name", "姓名", lambda item: f"客户{item}", 12, 20, 1, sortable=True),
    Column("no", "Number", lambda item: (f"C{item}", "muted"), 10, priority=1, sortable=True),
    Column("aum", "AUM", lambda item: f"{item}.0", 12, align="right"),
)


class Numbers(PageSource):
    """So many rows, from a thread, as slowly as the test wants."""

    def __init__(self, count: int, shift: int = 0) -> None:
        self._count = count
        self._shift = shift
        self.asked: list[int] = []
        self.go = Event()
        self.go.set()

    def count(self) -> int:
        return self._count

    def page(self, offset: int, limit: int) -> Sequence[Row]:
        self.asked.append(offset)
        self.go.wait(5)
        return [Row(str(n + self._shift), n + self._shift) for n in range(offset, min(offset + limit, self._count))]


class Gone(PageSource):
    """A source that can't be read."""

    def count(self) -> int:
        raise Refused("book_locked")

    def page(self, offset: int, limit: int) -> Sequence[Row]:
        raise Refused("book_locked")


class Listing(Screen[None]):
    """One list, and what it told."""

    def __init__(self, source: PageSource) -> None:
        super().__init__()
        self.source = source
        self.told: list[LongList.Told] = []

    def compose(self) -> ComposeResult:
        yield LongList(COLUMNS)

    def on_mount(self) -> None:
        self.list.show(self.source)

    @property
    def list(self) -> LongList:
        return self.query_one(LongList)

    def on_long_list_opened(self, message: LongList.Opened) -> None:
        self.told.append(message)

    def on_long_list_highlighted(self, message: LongList.Highlighted) -> None:
        self.told.append(message)

    def on_long_list_sort_asked(self, message: LongList.SortAsked) -> None:
        self.told.append(message)

    def on_long_list_failed(self, message: LongList.Failed) -> None:
        self.told.append(message)

    def last(self, kind: type[Any]) -> Any:
        return next(message for message in reversed(self.told) if type(message) is kind)


GROUPED = [
    Row("#a", heading="Overdue 2"), Row("a0", 0), Row("a1", 1), Row("#b", heading="Today 0"),
    Row("#c", heading="Later 3"), Row("c0", 10), Row("c1", 11), Row("c2", 12), Row("#d", heading="Done 0"),
]  # fmt: skip


def test_movement() -> None:
    screen = Listing(Numbers(1_000_000))

    async def steps(pilot: Pilot[None]) -> None:
        at = []
        for key in ("j", "down", "k", "ctrl+d", "ctrl+u", "pagedown", "G", "up", "g", "k"):
            await pilot.press(key)
            await settled(pilot)
            at.append(screen.list.cursor)
        assert at == [1, 2, 1, 12, 1, 23, 999_999, 999_998, 0, 0]
        assert screen.last(LongList.Highlighted).row.id == "0"

    drive(desk_app(lambda: screen), steps)


def test_the_end_of_a_million_rows_is_seen_at_once() -> None:
    screen = Listing(Numbers(1_000_000))

    async def steps(pilot: Pilot[None]) -> None:
        await pilot.press("G")
        await settled(pilot)
        assert "客户999999" in lines(pilot.app)[-1]
        assert lines(pilot.app)[-1].startswith("> ")
        assert len(screen.source.asked) <= 8  # type: ignore[attr-defined]

    drive(desk_app(lambda: screen), steps)


def test_keys_do_not_wait_for_the_source() -> None:
    source = Numbers(1_000_000)
    screen = Listing(source)

    async def steps(pilot: Pilot[None]) -> None:
        source.go.clear()
        begun = time.monotonic()
        screen.list.action_list_last()
        for y in range(screen.list.size.height):
            screen.list.render_line(y)
        assert time.monotonic() - begun < 2  # the source would wait for five seconds
        assert screen.list.cursor == 999_999
        assert screen.list.row_at(999_999) is None
        await pilot.pause()
        assert "...." in lines(pilot.app)[-1]
        source.go.set()
        await settled(pilot)
        assert screen.list.row_at(999_999) is not None
        assert "...." not in "".join(lines(pilot.app))

    drive(desk_app(lambda: screen), steps)


def test_what_was_passed_by_is_not_fetched() -> None:
    source = Numbers(1_000_000)
    screen = Listing(source)

    async def steps(pilot: Pilot[None]) -> None:
        source.go.clear()
        source.asked.clear()
        for index in range(100_000, 900_000, 10_000):
            screen.list.move_to(index)
            screen.list.render_line(5)
        source.go.set()
        await settled(pilot)
        assert len(source.asked) < 20

    drive(desk_app(lambda: screen), steps)


def test_a_late_answer_of_an_older_source_is_dropped() -> None:
    slow, fast = Numbers(500, shift=7000), Numbers(10)
    screen = Listing(ListSource(()))

    async def steps(pilot: Pilot[None]) -> None:
        slow.go.clear()
        screen.list.show(slow)
        screen.list.show(fast)
        await pilot.pause(0.05)
        slow.go.set()
        await settled(pilot)
        assert screen.list.rows == 10
        assert screen.list.row is not None
        assert screen.list.row.id == "0"

    drive(desk_app(lambda: screen), steps)


def test_the_cursor_keeps_its_row_and_its_line_when_the_data_change() -> None:
    screen = Listing(ListSource(rows_of(range(100), str)))

    async def steps(pilot: Pilot[None]) -> None:
        screen.list.move_to(40)
        await pilot.pause()
        line = screen.list.cursor - screen.list.scroll_offset.y
        screen.list.show(ListSource(rows_of([*range(-30, 20), *range(25, 100)], str)))
        await settled(pilot)
        assert screen.list.row is not None
        assert screen.list.row.id == "40"
        assert screen.list.cursor - screen.list.scroll_offset.y == line

    drive(desk_app(lambda: screen), steps)


def test_a_row_that_is_gone_leaves_the_cursor_at_its_place() -> None:
    found = survey(ListSource(rows_of([n for n in range(100) if n != 40], str)), "40", 40)
    assert (found.cursor, found.found) == (40, False)


def test_a_row_that_moved_a_little_is_found_without_an_index() -> None:
    found = survey(Numbers(10_000, shift=5), "105", 90)
    assert (found.cursor, found.found) == (100, True)
    assert survey(Numbers(0), "105", 90).cursor == 0


def test_headings_are_passed_over_both_ways() -> None:
    screen = Listing(ListSource(GROUPED))

    async def steps(pilot: Pilot[None]) -> None:
        at = [screen.list.cursor]
        for key in ("j", "j", "j", "j", "j", "k", "k", "k", "g", "G", "[", "[", "]", "]"):
            await pilot.press(key)
            at.append(screen.list.cursor)
        assert at == [1, 2, 5, 6, 7, 7, 6, 5, 2, 1, 7, 1, 1, 5, 5]
        assert all(not GROUPED[n].heading for n in at)
        await pilot.press("g")
        assert "Overdue 2" in "".join(lines(pilot.app))

    drive(desk_app(lambda: screen), steps, size=(60, 6))


def test_selection_one_many_all() -> None:
    screen = Listing(Numbers(1_000))

    async def steps(pilot: Pilot[None]) -> None:
        await pilot.press("space", "space", "j", "space")
        assert screen.list.marks.ids == {"0", "1", "3"}
        await pilot.press("j", "j", "V")
        await settled(pilot)
        assert screen.list.marks.ids == {"0", "1", "3", "4", "5", "6"}
        await pilot.press("asterisk")
        assert not screen.list.marks
        await pilot.press("asterisk", "space")
        assert screen.list.marks.everything
        assert screen.list.marks.count(screen.list.rows) == 999
        assert len(list(screen.list.marks.chosen(screen.source))) == 999
        assert lines(pilot.app)[1].startswith("✓ ")

    drive(desk_app(lambda: screen), steps)


def test_order_is_asked_of_the_screen_and_shown_in_the_header() -> None:
    screen = Listing(Numbers(50))

    async def steps(pilot: Pilot[None]) -> None:
        await pilot.press("s")
        assert "姓名▴" in lines(pilot.app)[0]
        await pilot.press("S")
        assert "姓名▾" in lines(pilot.app)[0]
        await pilot.press("s")
        await pilot.pause()
        asked = screen.last(LongList.SortAsked)
        assert (asked.column, asked.back) == ("no", False)

    drive(desk_app(lambda: screen), steps)


def test_the_mouse_moves_opens_selects_and_sorts() -> None:
    screen = Listing(Numbers(50))

    async def steps(pilot: Pilot[None]) -> None:
        await pilot.click(LongList, offset=(5, 4))
        assert screen.list.cursor == 3
        await pilot.click(LongList, offset=(5, 6), control=True)
        assert screen.list.marks.ids == {"5"}
        await pilot.click(LongList, offset=(5, 9), shift=True)
        await settled(pilot)
        assert screen.list.marks.ids == {"5", "6", "7", "8"}
        await pilot.click(LongList, offset=(5, 3), times=2)
        await pilot.pause()
        assert screen.last(LongList.Opened).row.id == "2"
        await pilot.click(LongList, offset=(4, 0))
        await pilot.pause()
        assert screen.list.sort == ("name", False)

    drive(desk_app(lambda: screen), steps)


def test_enter_opens_the_row() -> None:
    screen = Listing(Numbers(50))

    async def steps(pilot: Pilot[None]) -> None:
        await pilot.press("j", "enter")
        await pilot.pause()
        assert screen.last(LongList.Opened).row.id == "1"

    drive(desk_app(lambda: screen), steps)


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
        assert ("Number" in lines(pilot.app)[0]) == (width >= 40)

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
