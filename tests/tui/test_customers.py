"""The list of customers: found by typing, narrowed, ordered."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from guanhu.projections.browsing import Browse
from guanhu.store.acts import log_contact
from guanhu.store.book import Book
from guanhu.tests.tui.branch import ME, TODAY, app_on, busy_branch
from guanhu.tests.tui.desks import drive, lines, settled
from guanhu.tui.screens.customer import CustomerScreen
from guanhu.tui.screens.customers import CustomersScreen
from guanhu.tui.widgets.dialogs import AskText, Choose
from guanhu.tui.widgets.long_list import LongList

TYPED = 0.15
"""Seconds until the list follows what is typed."""


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """The branch with work to do."""
    opened = busy_branch(tmp_path)
    yield opened
    opened.close()


def at_customers(book: Book, folder: Path, steps: Any, size: tuple[int, int] = (120, 30)) -> None:
    """Stand at the customers and do the steps."""
    drive(app_on(book, folder, start="customers"), steps, size)


def listing(pilot: Pilot[Any]) -> LongList:
    return pilot.app.screen.query_one("#customers", LongList)


def shown(pilot: Pilot[Any]) -> list[str]:
    """The numbers in the list, from the top."""
    found = listing(pilot)
    return [row.id for n in range(found.rows) if (row := found.row_at(n))]


async def press(pilot: Pilot[Any], *keys: str) -> None:
    await pilot.press(*keys)
    await settled(pilot)


async def typed(pilot: Pilot[Any], text: str) -> None:
    pilot.app.screen.query_one("#find", Input).value = text
    await settled(pilot, TYPED)


def front(pilot: Pilot[Any]) -> Any:
    """The screen in front."""
    return pilot.app.screen


def notices(pilot: Pilot[Any]) -> list[str]:
    return [each.message for each in pilot.app._notifications]


def test_one_sees_ones_own_customers_first_the_largest_on_top(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        assert shown(pilot) == ["20004", "20001", "20006", "20002", "20003"]
        assert "5 customers" in "\n".join(lines(pilot.app))

    at_customers(book, tmp_path, steps)


@pytest.mark.parametrize(
    ("text", "number"), [("李秀", "20002"), ("lxy", "20002"), ("20006", "20006"), ("8004", "20004")]
)
def test_a_customer_is_found_as_one_types(book: Book, tmp_path: Path, text: str, number: str) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "slash")
        await typed(pilot, text)
        assert shown(pilot) == [number]
        await press(pilot, "enter", "enter")
        assert isinstance(pilot.app.screen, CustomerScreen)
        assert pilot.app.screen.customer_no == number

    at_customers(book, tmp_path, steps)


def test_escape_empties_what_was_typed_and_then_leaves_for_the_list(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "slash", "z", "w")
        await settled(pilot, TYPED)
        assert shown(pilot) == ["20001"]
        await press(pilot, "escape")
        await settled(pilot, TYPED)
        assert len(shown(pilot)) == 5
        await press(pilot, "escape")
        assert listing(pilot).has_focus

    at_customers(book, tmp_path, steps)


def test_z_looks_from_mine_to_the_outlet_to_all(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        screen = front(pilot)
        assert isinstance(screen, CustomersScreen)
        asked = []
        for _ in range(4):
            assert screen.asked is not None
            asked.append((screen.asked.owner, screen.asked.outlet))
            await press(pilot, "z")
        assert asked == [(ME, ""), ("", "01"), ("", ""), (ME, "")]

    at_customers(book, tmp_path, steps)


def test_the_filter_narrows_at_once_and_says_so(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "f", "j", "j", "right")
        await press(pilot, "f")
        assert shown(pilot) == ["20004"]
        assert "Tier" in lines(pilot.app)[2]
        await press(pilot, "backspace")
        assert len(shown(pilot)) == 6

    at_customers(book, tmp_path, steps)


def test_a_value_of_the_filter_can_be_chosen_from_all(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "f", "G", "enter")
        assert isinstance(front(pilot), Choose)
        await press(pilot, *["j"] * 11, "enter", "escape")
        screen = front(pilot)
        assert isinstance(screen, CustomersScreen)
        assert screen.asked == Browse(owner=ME, birthday_month=11)
        assert shown(pilot) == ["20001"]
        assert "Birthday" in "\n".join(lines(pilot.app))

    at_customers(book, tmp_path, steps)


def test_an_amount_is_stepped_through_or_typed_and_what_is_none_is_asked_again(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "f", "j", "j", "j", "enter")
        assert isinstance(front(pilot), AskText)
        await press(pilot, *"12x", "enter")
        assert isinstance(front(pilot), AskText)
        assert any("12x" in notice for notice in notices(pilot))
        await press(pilot, "backspace", "enter")
        await press(pilot, "j", "enter", *"100", "enter", "escape")
        assert front(pilot).asked == Browse(owner=ME, aum_from=12_000_000, aum_to=100_000_000)
        assert shown(pilot) == ["20006", "20002", "20003"]
        # From an amount that was typed to the floor above.
        await press(pilot, "f", "j", "j", "j", "right", "escape")
        assert front(pilot).asked.aum_from == 20_000_000

    at_customers(book, tmp_path, steps)


def test_a_tag_and_a_product_that_matures_narrow(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "f", *["j"] * 10, "right", "escape")
        assert shown(pilot) == ["20001"]
        assert "房贷客户" in "\n".join(lines(pilot.app))
        await press(pilot, "backspace", "f", *["j"] * 8, "right", "escape")
        assert shown(pilot) == ["20006"]

    at_customers(book, tmp_path, steps)


@pytest.mark.parametrize("key", ["enter", "z"])
def test_who_is_not_among_ones_own_is_offered_from_outside(book: Book, tmp_path: Path, key: str) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "slash")
        await typed(pilot, "zm")
        await settled(pilot, TYPED)
        assert shown(pilot) == []
        assert "Found outside: 1" in "\n".join(lines(pilot.app))
        if key == "z":
            listing(pilot).focus()
        await press(pilot, key)
        await settled(pilot, TYPED)
        assert shown(pilot) == ["20005"]
        await press(pilot, "slash")
        await typed(pilot, "")
        assert front(pilot).asked == Browse(owner=ME), "with nothing typed one is among one's own again"

    at_customers(book, tmp_path, steps)


def test_who_is_nowhere_is_said_to_be_nowhere(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "slash")
        await typed(pilot, "nobody")
        await settled(pilot, TYPED)
        assert "Nobody is found, here or elsewhere." in "\n".join(lines(pilot.app))

    at_customers(book, tmp_path, steps)


def test_hints_name_the_keys_that_work_from_where_one_is(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "slash")
        await typed(pilot, "z")
        await settled(pilot, TYPED)
        assert "found outside: 1 (Enter, then z shows them)" in lines(pilot.app)[2]
        await press(pilot, "enter")
        assert "found outside: 1 (z shows them)" in lines(pilot.app)[2]
        await press(pilot, "z")
        await settled(pilot, TYPED)
        assert set(shown(pilot)) == {"20001", "20005"}

    at_customers(book, tmp_path, steps)


def test_an_empty_list_names_the_keys_that_work_from_where_one_is(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "slash")
        await typed(pilot, "zm")
        await settled(pilot, TYPED)
        assert "found outside: 1 (Enter shows them)" in lines(pilot.app)[2]
        assert "Found outside: 1. Enter shows them." in "\n".join(lines(pilot.app))
        listing(pilot).focus()
        await settled(pilot)
        assert "Found outside: 1. z shows them." in "\n".join(lines(pilot.app))

    at_customers(book, tmp_path, steps)


def test_the_key_that_begins_a_search_begins_it_anew_in_the_box(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "slash", *"zw", "slash", *"wjg")
        await settled(pilot, TYPED)
        assert pilot.app.screen.query_one("#find", Input).value == "wjg"
        assert shown(pilot) == ["20003"]
        assert "/ Find" not in lines(pilot.app)[-1]
        await press(pilot, "enter")
        assert "/ Find" in lines(pilot.app)[-1]

    drive(app_on(book, tmp_path, start="customers"), steps, (160, 45))


def test_few_of_ones_own_stay_and_those_outside_are_counted(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "slash")
        await typed(pilot, "z")
        await settled(pilot, TYPED)
        assert shown(pilot) == ["20001"]
        assert "found outside: 1" in lines(pilot.app)[2]

    at_customers(book, tmp_path, steps)


def test_the_order_is_changed_by_key_and_the_cursor_stays_on_its_customer(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "j", "j", "S")
        assert shown(pilot) == ["20003", "20002", "20006", "20001", "20004"]
        assert listing(pilot).row is not None
        assert listing(pilot).row.id == "20006"  # type: ignore[union-attr]

    at_customers(book, tmp_path, steps)


def test_what_another_terminal_writes_is_seen_and_the_cursor_stays(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "j", "j", "j", "j")
        other = Book(book.path, clock=book.clock)
        log_contact(other, "20003", "phone", "reached_success", TODAY, by=ME)
        other.close()
        await settled(pilot, 1.2)
        row = listing(pilot).row
        assert row is not None
        assert (row.id, row.item.row.reached_on) == ("20003", TODAY)

    at_customers(book, tmp_path, steps)
