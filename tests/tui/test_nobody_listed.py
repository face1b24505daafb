"""A list with nobody in it: the keys offer only what can be done, and the list says how to have somebody again."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from guanhu.store.book import Book
from guanhu.tests.tui.branch import app_on, busy_branch
from guanhu.tests.tui.desks import drive, lines, settled


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """The branch with work to do."""
    opened = busy_branch(tmp_path)
    yield opened
    opened.close()


async def press(pilot: Pilot[Any], *keys: str) -> None:
    await pilot.press(*keys)
    await settled(pilot, 0.2)


def keys_offered(pilot: Pilot[Any]) -> str:
    return lines(pilot.app)[-1]


def test_no_act_is_offered_where_nobody_is_found_and_all_are_again_with_somebody(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await settled(pilot)
        acts = ("c Call", "v Visit", "m Message", "a Assign", "t Plan", "Enter Open", "Space Select or not")
        for act in acts:
            assert act in keys_offered(pilot), act
        await press(pilot, "slash", *"zzzz", "enter")
        assert "Backspace: all" in "\n".join(lines(pilot.app))
        for act in acts:
            assert act not in keys_offered(pilot), act
        for still in ("f Filter", "/ Find", "C New customer"):
            assert still in keys_offered(pilot), still
        await press(pilot, "backspace")
        for act in acts:
            assert act in keys_offered(pilot), act

    drive(app_on(book, tmp_path, start="customers"), steps, (160, 40))


def test_a_key_that_is_not_offered_says_why_it_does_nothing(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "slash", *"zzzz", "enter", "c")
        assert "There is no customer under the cursor." in [each.message for each in pilot.app._notifications]

    drive(app_on(book, tmp_path, start="customers"), steps, (160, 40))


def test_the_box_is_emptied_by_the_key_that_the_list_names(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "slash", *"zzzz")
        assert "Esc: empty the box" in "\n".join(lines(pilot.app))
        await press(pilot, "escape")
        assert "张伟" in "\n".join(lines(pilot.app))

    drive(app_on(book, tmp_path, start="customers"), steps, (100, 30))
