"""The outlet: its four parts, what is behind each figure, customers assigned, shared out and handed over."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from guanhu.store.assigning import release
from guanhu.store.book import Book
from guanhu.store.posts import arrange_leave
from guanhu.tests.books import stated
from guanhu.tests.tui.branch import ME, TODAY, app_on, busy_branch, rows
from guanhu.tests.tui.desks import drive, lines, settled
from guanhu.tui.app import GuanhuApp
from guanhu.tui.settings import Settings
from guanhu.tui.widgets.long_list import LongList

OWNED = "SELECT no FROM care JOIN customer ON id = customer_id WHERE staff = ? AND seat = 'owner' AND end > ?"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """The branch with work to do; one customer rose today, two lost their owner."""
    opened = busy_branch(tmp_path)
    stated(opened, "2026-11-24", {"20005": 300_000})
    for no in ("20003", "20006"):
        release(opened, no, ME, TODAY, by=ME)
    yield opened
    opened.close()


def at_outlet(book: Book, folder: Path, steps: Any, size: tuple[int, int] = (160, 45)) -> None:
    drive(app_on(book, folder, start="outlet"), steps, size)


def part(pilot: Pilot[Any], name: str) -> LongList:
    return pilot.app.screen.query_one(f"#{name}", LongList)


def items(listing: LongList) -> list[Any]:
    found = (listing.row_at(n) for n in range(listing.rows))
    return [row.item for row in found if row and not row.heading]


def text(pilot: Pilot[Any]) -> str:
    return "\n".join(lines(pilot.app))


def owned(book: Book, staff: str) -> set[str]:
    return {no for (no,) in rows(book, OWNED, staff, TODAY.toordinal())}


async def choose(pilot: Pilot[Any], words: str) -> None:
    """Take the option that begins with these words."""
    options = pilot.app.screen.query_one(OptionList)
    options.highlighted = next(n for n, each in enumerate(options.options) if str(each.prompt).startswith(words))
    await pilot.press("enter")
    await settled(pilot, 0.1)


def test_a_wide_screen_shows_all_four_parts(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        shown = [listing.display for listing in pilot.app.screen.query(LongList)]
        assert shown == [True] * 4
        assert {
            "Duties by staff: done and missed since 11-01; shared ones count for each",
            "Tier changes since 2026-10-31",
        } <= {str(part(pilot, name).border_title) for name in ("loads", "moves")}
        waiting = [each.customer_no for each in items(part(pilot, "waiting"))]
        assert waiting[0] == "20004"
        assert {"20003", "20006"} <= set(waiting)

    at_outlet(book, tmp_path, steps)


def test_a_narrow_screen_shows_one_part_at_a_time(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        for name in ("loads", "waiting", "tiers", "moves", "loads"):
            assert [each.id for each in pilot.app.screen.query(LongList) if each.display] == [name]
            assert part(pilot, name).has_focus
            await pilot.press("l")
            await settled(pilot)

    at_outlet(book, tmp_path, steps, (80, 24))


def test_a_members_figures_open_to_the_duties_behind_them(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        load = part(pilot, "loads").row
        assert load
        await pilot.press("enter")
        await settled(pilot, 0.2)
        found = [item.status for item in items(part(pilot, "behind"))]
        for state in ("overdue", "open", "done", "missed"):
            assert found.count(state) == getattr(load.item, state)

    at_outlet(book, tmp_path, steps)


def test_an_act_can_be_done_where_the_duty_is_seen(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("enter")
        await settled(pilot, 0.2)
        await pilot.press("c")
        await settled(pilot)
        await pilot.press("1", "ctrl+s")
        await settled(pilot)

    at_outlet(book, tmp_path, steps)
    assert rows(book, "SELECT count(*) FROM act WHERE day = ?", TODAY.toordinal())[0][0] == 1


def test_a_tier_opens_to_its_customers(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("l", "l", "j", "enter")
        await settled(pilot, 0.2)
        assert {name for name in ("张伟", "欧阳丽华", "赵敏") if name in text(pilot)} == {"张伟"}

    at_outlet(book, tmp_path, steps)


def test_a_line_of_the_matrix_opens_to_who_moved(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        moves = part(pilot, "moves")
        assert moves.highlight("from basic")
        assert moves.row
        assert moves.row.item.cells == {"middle": 1}
        moves.focus()
        await pilot.press("enter")
        await settled(pilot, 0.2)
        assert [mover.customer_no for mover, _moves in items(part(pilot, "behind"))] == ["20005"]

    at_outlet(book, tmp_path, steps)


def test_another_date_is_compared_with(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("less_than_sign")
        await settled(pilot)
        assert part(pilot, "moves").border_title == "Tier changes since 2026-09-30"
        await pilot.press("greater_than_sign")
        await settled(pilot)
        await pilot.press("greater_than_sign")  # November has not ended
        await settled(pilot)
        assert part(pilot, "moves").border_title == "Tier changes since 2026-10-31"

    at_outlet(book, tmp_path, steps)


def test_one_who_waits_is_assigned(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("l")
        waiting = part(pilot, "waiting")
        assert waiting.highlight("20003")
        await pilot.press("a")
        await settled(pilot)
        await choose(pilot, "李静")
        assert "20003" not in [each.customer_no for each in items(waiting)]

    at_outlet(book, tmp_path, steps)
    assert "20003" in owned(book, "R2")


def test_many_who_wait_are_assigned_at_once(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("l")
        waiting = part(pilot, "waiting")
        for no in ("20003", "20006"):
            assert waiting.highlight(no)
            await pilot.press("space")
        await pilot.press("a")
        await settled(pilot)
        await choose(pilot, "李静")
        await pilot.press("y")
        await settled(pilot, 0.1)

    at_outlet(book, tmp_path, steps)
    assert {"20003", "20006"} <= owned(book, "R2")


def test_from_another_part_nobody_is_assigned_whom_no_cursor_shows(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        screen = pilot.app.screen
        await pilot.press("a")
        await settled(pilot)
        assert pilot.app.screen is screen
        assert part(pilot, "waiting").has_focus
        await pilot.press("j")
        row = part(pilot, "waiting").row
        assert row
        await pilot.press("a")
        await settled(pilot)
        assert row.id in text(pilot)

    at_outlet(book, tmp_path, steps, (80, 24))


def test_those_selected_are_proposed_to_the_member_of_staff_under_the_cursor(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("l")
        for no in ("20003", "20006"):
            assert part(pilot, "waiting").highlight(no)
            await pilot.press("space")
        await pilot.press("h")
        assert part(pilot, "loads").highlight("staff R2")
        await pilot.press("a")
        await settled(pilot)
        await pilot.press("enter", "y")
        await settled(pilot, 0.1)

    at_outlet(book, tmp_path, steps)
    assert {"20003", "20006"} <= owned(book, "R2")


def proposed(pilot: Pilot[Any]) -> str:
    """The option under the cursor."""
    options = pilot.app.screen.query_one(OptionList)
    assert options.highlighted is not None
    return str(options.get_option_at_index(options.highlighted).id)


def test_who_is_under_the_cursor_is_proposed_to_hand_over(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        for staff in (ME, "T1", "S1"):
            assert part(pilot, "loads").highlight(f"staff {staff}")
            await pilot.press("A")
            await settled(pilot)
            assert proposed(pilot) == staff
            await pilot.press("escape")

    at_outlet(book, tmp_path, steps)


def test_who_is_on_leave_is_marked_and_offered_last(book: Book, tmp_path: Path) -> None:
    arrange_leave(book, "R2", "S1", TODAY, TODAY, by=ME)

    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("l")
        assert part(pilot, "waiting").highlight("20003")
        await pilot.press("a")
        await settled(pilot)
        options = [(each.id, str(each.prompt)) for each in pilot.app.screen.query_one(OptionList).options]
        assert [id_ for id_, _words in options][-1] == "R2"
        leave = [words.partition("[")[2].partition("]")[0] for id_, words in options if id_ == "R2"]
        assert leave == ["on leave, 周慧敏 stands in"]
        assert [id_ for id_, words in options if "[" in words] == ["R2"]

    at_outlet(book, tmp_path, steps)


def test_a_plan_is_shown_before_those_who_wait_are_shared_out(book: Book, tmp_path: Path) -> None:
    before = owned(book, "S1")

    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("D")
        await settled(pilot)
        assert "Nothing is done yet" in text(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert owned(book, "S1") == before
        await pilot.press("D")
        await settled(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot, 0.1)
        assert items(part(pilot, "waiting")) == []

    at_outlet(book, tmp_path, steps)
    assert owned(book, "S1") > before


def test_all_that_one_has_is_handed_over(book: Book, tmp_path: Path) -> None:
    mine = owned(book, ME)

    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("A")
        await settled(pilot)
        await choose(pilot, "王芳")
        await choose(pilot, "李静")
        assert "王芳 hands over to 李静" in text(pilot)
        plan = pilot.app.screen.query_one(LongList)
        assert plan.row
        name, number = (str(column.cell(plan.row.item)[0]) for column in plan.columns[:2])
        assert dict(rows(book, "SELECT no, name FROM customer"))[number] == name
        await pilot.press("ctrl+s")
        await settled(pilot, 0.1)

    at_outlet(book, tmp_path, steps)
    assert owned(book, "R2") & mine
    assert len(owned(book, ME)) < len(mine)
    promises = "SELECT count(*) FROM affair WHERE kind = 'promise' AND closed IS NULL AND staff = 'R2'"
    assert rows(book, promises)[0][0] == 2


def test_it_speaks_another_language_and_stands_where_it_stood(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("l")
        app = pilot.app
        assert isinstance(app, GuanhuApp)
        app.apply(Settings(language="zh"))
        await settled(pilot, 0.2)
        assert "[待分配客户]" in text(pilot)
        assert [each.id for each in app.screen.query(LongList) if each.display] == ["waiting"]
        assert part(pilot, "waiting").has_focus

    at_outlet(book, tmp_path, steps, (80, 24))


def test_another_outlet_can_be_looked_at(book: Book, tmp_path: Path) -> None:
    from guanhu.store.outlets import open_outlet

    open_outlet(book, "02", "滨河支行", date(2026, 1, 1), by=ME)

    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("z")
        await settled(pilot)
        await choose(pilot, "滨河支行")
        assert "滨河支行" in lines(pilot.app)[1]
        assert items(part(pilot, "waiting")) == []

    at_outlet(book, tmp_path, steps)
