"""What was typed into a profile and not saved is kept for whom it was typed, and for nobody else."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from guanhu.domain.errors import Refused
from guanhu.projections.customers import page
from guanhu.store.book import Book
from guanhu.store.registering import record_profile
from guanhu.tests.tui.branch import ME, TODAY, app_on, busy_branch
from guanhu.tests.tui.desks import drive, settled
from guanhu.tui.customer_source import GivenOrder
from guanhu.tui.ground import standing
from guanhu.tui.screens.customer import CustomerScreen
from guanhu.tui.screens.customer.profile import Profile

FIRST, SECOND = "20001", "20002"
KEPT = "What you entered is kept: the form opens with it next time."


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """The branch with work to do."""
    opened = busy_branch(tmp_path)
    yield opened
    opened.close()


def at_profile(book: Book, folder: Path, steps: Any) -> None:
    """At the first customer's profile, opened from a list of two."""

    async def opened(pilot: Pilot[Any]) -> None:
        await open_profile(pilot)
        await steps(pilot)

    drive(app_on(book, folder), opened, (120, 40))


async def open_profile(pilot: Pilot[Any]) -> None:
    pilot.app.push_screen(CustomerScreen(FIRST, GivenOrder([FIRST, SECOND]), tab=Profile))
    await settled(pilot)


async def press(pilot: Pilot[Any], *keys: str) -> None:
    await pilot.press(*keys)
    await settled(pilot)


def line(pilot: Pilot[Any], fact: str) -> Input:
    return next(each for each in pilot.app.screen.query(Input) if each.name == fact)


async def type_in(pilot: Pilot[Any], fact: str, text: str) -> None:
    line(pilot, fact).value = text
    await settled(pilot)


def known(book: Book, number: str) -> dict[str, str]:
    with standing(book, TODAY, ME) as ground:
        return page(ground.cursor, ground.policy, ground.calendar, TODAY, number).profile


def said(pilot: Pilot[Any]) -> list[str]:
    return [each.message for each in pilot.app._notifications]


def score(pilot: Pilot[Any]) -> str:
    return str(pilot.app.screen.query_one("#score", Static).content)


def test_another_customer_in_front_drops_nothing_that_was_typed(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await type_in(pilot, "occupation", "teacher")
        assert "Continued from" not in score(pilot)
        await press(pilot, "n")
        assert said(pilot)[-1] == KEPT
        assert line(pilot, "occupation").value == "", "it is not the next customer's"
        await press(pilot, "N")
        assert line(pilot, "occupation").value == "teacher"
        assert "not saved yet: 1 facts" in score(pilot)
        assert "Continued from" in score(pilot)
        await press(pilot, "ctrl+s")
        assert "not saved yet" not in score(pilot)
        notices = len(said(pilot))
        await press(pilot, "n", "N")
        assert KEPT not in said(pilot)[notices:], "what is saved is not kept besides"

    at_profile(book, tmp_path, steps)
    assert known(book, FIRST)["occupation"] == "teacher"
    assert "occupation" not in known(book, SECOND)


@pytest.mark.parametrize("way", ["escape", "1"])
def test_a_page_that_was_left_opens_with_it_until_one_begins_anew(book: Book, tmp_path: Path, way: str) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        before = line(pilot, "address").value
        await type_in(pilot, "address", "Road 9")
        await press(pilot, way)
        assert KEPT in said(pilot)
        await open_profile(pilot)
        assert line(pilot, "address").value == "Road 9"
        await press(pilot, "ctrl+r")
        assert line(pilot, "address").value == before
        assert "not saved yet" not in score(pilot)
        await press(pilot, "n", "N")
        assert line(pilot, "address").value == before

    at_profile(book, tmp_path, steps)


def test_what_somebody_else_has_saved_meanwhile_is_not_called_unsaved(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await type_in(pilot, "occupation", "teacher")
        await press(pilot, "n")
        record_profile(book, FIRST, "", {"occupation": "teacher"}, "", TODAY, by=ME)
        await press(pilot, "N")
        assert line(pilot, "occupation").value == "teacher"
        assert "not saved yet" not in score(pilot)

    at_profile(book, tmp_path, steps)


def test_while_the_next_customers_lines_are_made_nothing_is_saved_for_anybody(book: Book, tmp_path: Path) -> None:
    fill = Profile._fill

    async def slowly(self: Profile, *args: Any) -> None:
        await asyncio.sleep(0.3)
        await fill(self, *args)

    async def steps(pilot: Pilot[Any]) -> None:
        await type_in(pilot, "occupation", "teacher")
        with patch.object(Profile, "_fill", slowly):
            await pilot.press("n")
            page: Any = pilot.app.screen
            while page.words() != "李秀英":
                await pilot.pause(0.01)
            await pilot.press("ctrl+s")
            await settled(pilot)
        assert "There is nothing to save." in said(pilot)

    at_profile(book, tmp_path, steps)
    for number in (FIRST, SECOND):
        assert "occupation" not in known(book, number)


def test_after_a_try_that_failed_other_facts_are_another_act(book: Book, tmp_path: Path) -> None:
    tries: list[str] = []

    def breaks_off_once(*args: Any, **kwargs: Any) -> Any:
        tries.append(kwargs["command"])
        receipt = record_profile(*args, **kwargs)
        if len(tries) == 1:
            raise Refused("disk_full")
        return receipt

    async def steps(pilot: Pilot[Any]) -> None:
        with patch("guanhu.tui.screens.customer.profile.record_profile", breaks_off_once):
            await type_in(pilot, "occupation", "teacher")
            await press(pilot, "ctrl+s")
            await press(pilot, "n")
            await type_in(pilot, "occupation", "doctor")
            await press(pilot, "ctrl+s")

    at_profile(book, tmp_path, steps)
    assert len(set(tries)) == 2
    assert known(book, SECOND)["occupation"] == "doctor"
