"""The list: it moves, selects, sorts, keeps its row, and never waits for its source."""

import time

from textual.pilot import Pilot

from guanhu.tests.tui.desks import desk_app, drive, lines, settled
from guanhu.tests.tui.listing import GROUPED, Listing, Numbers
from guanhu.tui.widgets.long_list import LongList, rows_of
from guanhu.tui.widgets.pages import ListSource, survey


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


def test_pages_of_a_new_source_come_although_one_of_the_old_is_on_its_way() -> None:
    old, new = Numbers(1_000_000), Numbers(1_000_000, shift=5)
    screen = Listing(old)

    async def steps(pilot: Pilot[None]) -> None:
        old.go.clear()
        screen.list.move_to(900_000)
        await pilot.pause(0.05)
        screen.list.show(new, keep=False)
        await pilot.pause(0.05)
        screen.list.move_to(999_999)
        await pilot.pause(0.05)
        old.go.set()
        await settled(pilot)
        assert screen.list.row is not None
        assert screen.list.row.id == "1000004"
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
    assert found.cursor == 40


def test_a_row_that_moved_a_little_is_found_without_an_index() -> None:
    found = survey(Numbers(10_000, shift=5), "105", 90)
    assert found.cursor == 100
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
