"""What the counter keeps beside contacts: tags, relations, money, new customers; each from the key to the event."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from guanhu.projections.staff_view import Member
from guanhu.store.affairs import refer
from guanhu.store.book import Book
from guanhu.tests.tui.acting import form, shown, stand_on, typed
from guanhu.tests.tui.branch import TODAY, app_on, at_today, busy_branch, rows
from guanhu.tests.tui.desks import drive, lines, settled
from guanhu.tui.screens.outlet_acts import doubt
from guanhu.tui.widgets.form_screen import FormScreen

PREVIEW = 0.3


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """The branch with work to do."""
    opened = busy_branch(tmp_path)
    yield opened
    opened.close()


TAGS = "SELECT no, tag FROM tag JOIN customer ON id = customer_id ORDER BY no, tag"
LINKS = "SELECT a.no, b.no, relation FROM link JOIN customer a ON a.id = customer_id JOIN customer b ON b.id = other_id"


def test_a_tag_is_put_on_and_taken_off(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await stand_on(pilot, "20001")
        await pilot.press("#")
        await settled(pilot)
        assert "房贷客户" in shown(pilot, "last")
        await pilot.press("enter")
        await typed(pilot, "爱喝茶")
        await pilot.press("enter")
        await settled(pilot)
        assert ("20001", "爱喝茶") in rows(book, TAGS)
        await pilot.press("u", "y")
        await settled(pilot)
        assert rows(book, TAGS) == [("20001", "房贷客户")]
        await pilot.press("#")
        await settled(pilot)
        await pilot.press("2", "ctrl+s")
        await settled(pilot)
        assert rows(book, TAGS) == []

    at_today(book, tmp_path, steps)


@pytest.mark.parametrize(("key", "first"), [("#", "tag"), ("L", "relation"), ("P", "product")])
def test_with_nothing_to_take_off_one_is_not_asked_which(book: Book, tmp_path: Path, key: str, first: str) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await stand_on(pilot, "20002")
        await pilot.press(key)
        await settled(pilot)
        assert not form(pilot).query_one("#row-which").display
        assert form(pilot).focused is form(pilot).query_one(f"#field-{first}")
        assert shown(pilot, "last").startswith("No ")

    at_today(book, tmp_path, steps)


def test_a_relation_says_whom_it_means_before_it_is_saved(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await stand_on(pilot, "20001")
        await pilot.press("L")
        await settled(pilot)
        await pilot.press("enter", "2")
        await typed(pilot, "oylh")
        await settled(pilot, PREVIEW)
        assert "colleague: 欧阳丽华 20004" in shown(pilot, "preview")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert sorted(rows(book, LINKS)) == [("20001", "20004", "colleague"), ("20004", "20001", "colleague")]
        await pilot.press("L")
        await settled(pilot)
        await pilot.press("2", "ctrl+s")
        await settled(pilot)
        assert rows(book, LINKS) == []
        await pilot.press("L")
        await settled(pilot)
        form(pilot).query_one("#field-other", Input).value = "2000"
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "Relation" in shown(pilot, "refused")  # nobody has said which
        await pilot.press("1", "ctrl+s")
        await settled(pilot)
        assert "2000 means " in shown(pilot, "refused")

    at_today(book, tmp_path, steps)


def test_money_is_keyed_in_with_the_balance_before_and_after_and_undone(book: Book, tmp_path: Path) -> None:
    question = "SELECT aum FROM account JOIN customer ON id = customer_id WHERE no = '20001'"
    ((before,),) = rows(book, question)

    async def steps(pilot: Pilot[Any]) -> None:
        await stand_on(pilot, "20001")
        await pilot.press("minus")
        await settled(pilot)
        assert "Balance: " in shown(pilot, "last")
        await typed(pilot, "10000")
        await settled(pilot, PREVIEW)
        assert "Balance afterwards: " in shown(pilot, "preview")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert rows(book, question) == [(before - 1_000_000,)]
        await pilot.press("u", "y")
        await settled(pilot)
        assert rows(book, question) == [(before,)]

    at_today(book, tmp_path, steps)


def test_a_new_customer_is_registered_at_the_counter_and_stands_in_front(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("escape", "C")
        await settled(pilot)
        assert isinstance(pilot.app.screen, FormScreen)
        await typed(pilot, "30001")
        await pilot.press("enter")
        await typed(pilot, "新来客")
        await pilot.press("ctrl+s")
        await settled(pilot, PREVIEW)
        assert rows(book, "SELECT name, outlet FROM customer WHERE no = '30001'") == [("新来客", "01")]
        assert any("新来客" in line and "30001" in line for line in lines(pilot.app))
        await pilot.press("u", "y")
        await settled(pilot, PREVIEW)
        assert rows(book, "SELECT name FROM customer WHERE no = '30001'") == []
        assert "Nobody is known by this." in "\n".join(lines(pilot.app))

    drive(app_on(book, tmp_path, start="counter"), steps, (160, 45))


def test_a_text_longer_than_its_field_says_how_long_it_is(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await stand_on(pilot, "20001")
        await pilot.press("o")
        await settled(pilot)
        await typed(pilot, "希望周末营业" * 30)
        assert any("周末营业 " in line for line in lines(pilot.app)), "where one types is in sight"
        assert shown(pilot, "longer") == "Opinion: 180 characters, of which only a part is in sight."
        form(pilot).query_one("#field-text", Input).value = "短"
        await settled(pilot)
        assert shown(pilot, "longer") == ""

    at_today(book, tmp_path, steps)


def test_a_refusal_names_people(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await stand_on(pilot, "20002")
        await pilot.press("r")
        await settled(pilot)
        refer(book, "20002", "R2", TODAY, by="T1")  # at another terminal, while the form is open
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "has been referred to 李静 already" in shown(pilot, "refused")

    at_today(book, tmp_path, steps)


def member(staff_id: str, role: str, customers: int = 0, *, stand_in: str = "") -> Member:
    return Member(staff_id, staff_id, "", ((role, "01"),), "01", False, stand_in, (), customers, 0, 300)


def test_what_speaks_against_a_taker_is_said() -> None:
    giver = member("A", "relationship_manager", 200)
    assert doubt(giver, member("B", "relationship_manager", 100)) == ""
    assert doubt(giver, member("B", "relationship_manager", 101)) == "over capacity then"
    assert doubt(giver, member("B", "lobby_manager")) == "another post"
    assert doubt(giver, member("B", "relationship_manager", stand_in="C")) == "on leave"
