"""A customer's page: its tabs, the reason of each move and duty, the profile as a form, each event opened."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from guanhu.projections.history import customer_history
from guanhu.store.book import Book
from guanhu.store.codec import decode
from guanhu.store.registering import record_profile, restrict
from guanhu.tests.tui.branch import ME, TODAY, app_on, busy_branch, rows
from guanhu.tests.tui.customer_pages import at_page, front, press, text
from guanhu.tests.tui.desks import drive, settled
from guanhu.tui.screens.customer import CustomerScreen
from guanhu.tui.screens.customers import CustomersScreen
from guanhu.tui.screens.today import TodayScreen
from guanhu.tui.widgets.balance_chart import BalanceChart
from guanhu.tui.widgets.long_list import LongList

FOLLOWS = 0.15
"""Seconds until what is below a list follows its cursor."""


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """The branch with work to do."""
    opened = busy_branch(tmp_path)
    yield opened
    opened.close()


def notices(pilot: Pilot[Any]) -> list[str]:
    return [each.message for each in pilot.app._notifications]


def test_the_overview_tells_whose_the_customer_is_what_is_owed_and_what_was_done(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        seen = text(pilot)
        people = ("张伟", "20001", "2 of 5", "王芳", "周慧敏")
        for words in (*people, "房贷客户", "女儿结婚", "对大额存单感兴趣", "1970-11-26"):
            assert words in seen, words
        assert "(in 2 days)" in seen

    at_page(book, tmp_path, steps)


def test_the_next_and_the_previous_customer_are_those_of_the_list(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        screen = pilot.app.screen
        assert isinstance(screen, CustomerScreen)
        await press(pilot, "n")
        assert screen.customer_no == "20006"
        await press(pilot, "l", "N", "N")
        assert (screen.customer_no, screen.words()) == ("20004", "欧阳丽华")
        await press(pilot, "N")
        assert "The list ends here." in notices(pilot)

    at_page(book, tmp_path, steps)


def test_a_page_opened_from_today_steps_along_the_queue(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        queue = pilot.app.screen.query_one("#queue", LongList)
        numbers = [row.item.customer_no for n in range(queue.rows) if (row := queue.row_at(n)) and row.item]
        await press(pilot, "enter")
        screen = pilot.app.screen
        assert isinstance(screen, CustomerScreen)
        assert screen.customer_no == numbers[0]
        following = next(number for number in numbers if number and number != numbers[0])
        await press(pilot, "n")
        assert screen.customer_no == following

    drive(app_on(book, tmp_path), steps, (120, 40))


def test_the_log_shows_acts_and_affairs_and_the_note_in_full(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "l")
        kinds = [row.item.kind for n in range(front(pilot, "log").rows) if (row := front(pilot, "log").row_at(n))]
        assert kinds == ["event", "contact"]
        await press(pilot, "j")
        assert "对大额存单感兴趣" in text(pilot)

    at_page(book, tmp_path, steps)


def test_the_cursor_of_the_balances_is_the_cursor_of_the_chart(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "l", "l")
        chart = pilot.app.screen.query_one(BalanceChart)
        assert date.fromordinal(chart.cursor) == date(2026, 11, 20)
        await press(pilot, "j")
        assert date.fromordinal(chart.cursor) == date(2026, 10, 30)
        seen = text(pilot)
        assert "2026-10-30 Fri  171.00 wan" in seen
        await press(pilot, "G")
        await pilot.hover(BalanceChart, (chart.size.width - 1, 5))
        await settled(pilot)
        assert date.fromordinal(chart.cursor) > date(2026, 10, 30)
        row = front(pilot, "balance-list").row
        assert row is not None
        assert row.item.on <= date.fromordinal(chart.cursor)

    at_page(book, tmp_path, steps)


def test_each_move_between_tiers_tells_its_rule_and_the_balances_that_counted(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "l", "l", "l")
        await settled(pilot, FOLLOWS)
        seen = text(pilot)
        scheme = "Personal customers by AUM, version 1"
        for words in ("first balance", "Balances that counted", "2024-12-02", scheme):
            assert words in seen, words

    at_page(book, tmp_path, steps)


def test_a_fact_filled_in_is_saved_and_its_points_are_counted(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "E", "enter")
        field = pilot.app.focused
        assert isinstance(field, Input)
        fact = str(field.name)
        await press(pilot, *"keen")
        assert "not saved yet: 1 facts" in text(pilot)
        await press(pilot, "ctrl+s")
        assert "not saved yet" not in text(pilot)
        assert any(notice.startswith("Profile of 张伟") for notice in notices(pilot))
        await press(pilot, "escape", "u", "y")
        assert field.value == ""
        facts.append(fact)

    facts: list[str] = []
    at_page(book, tmp_path, steps)
    with book.reading() as cursor:
        found = customer_history(cursor, book.recorder, decode, book.keyring, "20001")[1]
    told = [(item.details["facts"], item.details["taken_back"]) for item in found if item.event == "profile"]
    assert told == [(facts, [])]
    assert found[-1].event == "withdrawn"


def test_an_entry_of_the_history_is_taken_back(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "h")  # the history is the last tab
        assert "tag changed" in text(pilot)
        listing = next(each for each in pilot.app.screen.query(LongList) if each.has_focus)
        rows = [listing.row_at(n) for n in range(listing.rows)]
        listing.highlight(next(row.id for row in rows if row and row.item.item.event == "tagged"))
        await press(pilot, "x", *"slip", "ctrl+s")
        assert "taken back" in text(pilot)

    at_page(book, tmp_path, steps)
    with book.reading() as cursor:
        assert cursor.execute("SELECT count(*) FROM tag").fetchone() == (0,)


def test_a_fact_that_can_not_be_right_is_refused_and_its_text_stays(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "E")
        field = next(each for each in pilot.app.screen.query(Input) if each.name == "birthday")
        field.value = "1970-13-45"
        await press(pilot, "ctrl+s")
        assert field.value == "1970-13-45"
        assert notices(pilot)
        assert "not saved yet" in text(pilot)

    at_page(book, tmp_path, steps)


def test_a_call_is_logged_from_the_page(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "c", "1", "ctrl+s")
        assert isinstance(pilot.app.screen, CustomerScreen)

    at_page(book, tmp_path, steps)
    acts = "SELECT count(*) FROM act JOIN customer ON id = customer_id WHERE no = '20001' AND day = ? AND staff = ?"
    assert rows(book, acts, TODAY.toordinal(), ME) == [(1,)]


def test_a_digit_leads_from_the_page_to_its_place_and_to_others(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        stood = []
        for digit in "122":
            await press(pilot, digit)
            stood.append(type(pilot.app.screen))
        # What is open over a place stays; in the place already, its digit leads back to it.
        assert stood == [TodayScreen, CustomerScreen, CustomersScreen]

    at_page(book, tmp_path, steps)


@pytest.mark.parametrize(("more", "said"), [
    ({}, "not complete yet: 60 are wanted"),
    ({"sex": "男", "occupation": "教师", "income": "20万", "hobbies": "钓鱼"}, "complete: 60 are enough"),
])  # fmt: skip
def test_the_profile_says_whether_the_standard_is_met(
    book: Book, tmp_path: Path, more: dict[str, str], said: str
) -> None:
    if more:
        record_profile(book, "20001", "", more, "", TODAY, by=ME)

    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "E")
        assert said in text(pilot)

    at_page(book, tmp_path, steps, size=(80, 24))


def test_a_restricted_customer_shows_nothing_of_the_person(book: Book, tmp_path: Path) -> None:
    restrict(book, "20001", "客户要求", TODAY, add=True, by=ME)

    async def steps(pilot: Pilot[Any]) -> None:
        assert "restricted" in text(pilot)
        for _ in range(7):
            await press(pilot, "l")
            await settled(pilot, FOLLOWS)
            assert "对大额存单感兴趣" not in text(pilot)
            assert "1970-11-26" not in text(pilot)
        assert not pilot.app.screen.query(Input)

    at_page(book, tmp_path, steps)


def test_the_customer_of_the_page_is_assigned_and_planned_for(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "t", *"+3", "enter")
        assert "1 planned for 2026-11-27" in notices(pilot)

    at_page(book, tmp_path, steps)
    assert rows(book, "SELECT next_day FROM act JOIN customer ON id = customer_id WHERE no = '20001'") == [(739_947,)]
