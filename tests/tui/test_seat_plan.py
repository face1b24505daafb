"""A handover before it is done: who is left out stays with the former owner, and the plan says so."""

from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.widgets import OptionList

from guanhu.projections.staff_view import Member
from guanhu.store.book import Book
from guanhu.tests.tui.branch import rows
from guanhu.tests.tui.desks import lines, settled
from guanhu.tests.tui.test_outlet import at_outlet, book, choose
from guanhu.tui.screens.outlet_acts import _doubts
from guanhu.tui.widgets.long_list import LongList

__all__ = ["book"]

OWNED = "SELECT no FROM care JOIN customer ON id = customer_id WHERE seat = 'owner' AND staff = ? AND end > 800000"


async def at_the_plan(pilot: Pilot[Any]) -> LongList:
    await pilot.press("A")
    await settled(pilot)
    await choose(pilot, "王芳")
    await choose(pilot, "李静")
    await settled(pilot)
    return pilot.app.screen.query_one(LongList)


async def leave_out(pilot: Pilot[Any], plan: LongList, customer_no: str) -> None:
    at = next(n for n in range(plan.rows) if (row := plan.row_at(n)) and row.item[0] == customer_no and row.item[4])
    plan.move_to(at)
    await pilot.press("space")
    await settled(pilot)


def test_a_customer_who_is_left_out_stays_with_the_former_owner(book: Book, tmp_path: Path) -> None:
    before = {no for (no,) in rows(book, OWNED, "M1")}

    async def steps(pilot: Pilot[Any]) -> None:
        plan = await at_the_plan(pilot)
        await leave_out(pilot, plan, "20002")
        shown = "\n".join(lines(pilot.app))
        assert "left out 1" in shown
        assert "no: stays with 王芳" in shown
        assert "referrals, requests stay with 王芳" in " ".join(shown.replace("│", " ").split())
        await pilot.press("ctrl+s")
        await settled(pilot, 0.1)

    at_outlet(book, tmp_path, steps)
    assert "20002" in before
    assert "20002" in {no for (no,) in rows(book, OWNED, "M1")}
    gone = {no for (no,) in rows(book, OWNED, "R2")}
    assert gone
    assert "20002" not in gone


def test_space_again_hands_over_all(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        plan = await at_the_plan(pilot)
        whole = lines(pilot.app)
        await leave_out(pilot, plan, "20002")
        assert lines(pilot.app) != whole
        await leave_out(pilot, plan, "20002")
        assert "left out" not in "\n".join(lines(pilot.app))
        assert plan.marks.count(plan.rows) == 0

    at_outlet(book, tmp_path, steps)


def test_who_is_on_leave_comes_last_and_is_never_proposed() -> None:
    def member(id_: str, stand_in: str = "", capacity: int = 300) -> Member:
        posts = (("relationship_manager", "01"),)
        return Member(id_, "", "", posts, "01", False, stand_in, (), 0, 0, capacity)

    giver = member("A")
    order = sorted((member("B", "C"), member("C"), member("D", capacity=0)), key=lambda each: _doubts(giver, each))
    assert [each.staff_id for each in order] == ["C", "D", "B"]


def test_nobody_is_proposed_where_everybody_has_something_against_it(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("A")
        await settled(pilot)
        await choose(pilot, "陈晓")
        options = pilot.app.screen.query_one(OptionList)
        assert options.highlighted is None
        assert "another post" in str(options.get_option_at_index(0).prompt)

    at_outlet(book, tmp_path, steps)
