"""What duties and events on a customer's page say: which one is meant, why it is owed, of which day, written when."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from guanhu.store.book import Book
from guanhu.tests.tui.branch import app_on, busy_branch
from guanhu.tests.tui.customer_pages import at_page, front, press, text
from guanhu.tests.tui.desks import drive, lines, settled
from guanhu.tui.screens.customer.event_fields import EventScreen

FOLLOWS = 0.15
"""Seconds until what is below a list follows its cursor."""


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """The branch with work to do."""
    opened = busy_branch(tmp_path)
    yield opened
    opened.close()


def row_with(pilot: Pilot[Any], *words: str) -> str:
    return next(line for line in lines(pilot.app) if all(word in line for word in words))


def test_duties_past_and_present_tell_why_they_are_owed(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "w")
        await settled(pilot, FOLLOWS)
        listing = front(pilot, "duties")
        found = (listing.row_at(n) for n in range(listing.rows))
        headings = [row.heading.split("  ")[0] for row in found if row and row.heading]
        assert headings == ["To do", "Ended"]
        seen = text(pilot)
        assert "Owed by   王芳" in seen
        assert "When      A change between two reported balances" in seen
        assert "Personal customers by AUM, version 1" in seen

    at_page(book, tmp_path, steps)


def test_a_duty_says_which_one_it_is_in_words(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "w")
        await settled(pilot, FOLLOWS)
        row_with(pilot, "congratulate", "birthday 11-26")
        row_with(pilot, "congratulate", "wedding 11-19")
        row_with(pilot, "funds changed", "change of 10-30")
        row_with(pilot, "first contact", "to 周慧敏 10-30")
        assert "entry 49" not in text(pilot)

    at_page(book, tmp_path, steps)


def test_a_visit_to_congratulate_says_for_what(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        assert row_with(pilot, "until 11-24").count("wedding") == 1
        assert row_with(pilot, "until 11-26").count("birthday") == 1

    at_page(book, tmp_path, steps)


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
def test_the_history_tells_an_event_whole_below_and_both_of_its_days(
    book: Book, tmp_path: Path, size: tuple[int, int]
) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "h")
        events = front(pilot, "events")
        assert "Written▾" in text(pilot)
        row_with(pilot, "11-24", "11-19", "important event")
        assert not any(".." in line for line in lines(pilot.app))
        for n in range(events.rows):
            events.move_to(n)
            await settled(pilot, FOLLOWS)
            row = events.row_at(n)
            assert row is not None
            assert row.item.words.replace(" ", "") in below(pilot)

    at_page(book, tmp_path, steps, size=size)


def below(pilot: Pilot[Any]) -> str:
    """What stands below the list, without the frame and without breaks."""
    return "".join(line.strip("│ ") for line in lines(pilot.app) if line.startswith("│")).replace(" ", "")


def test_an_amount_is_never_cut_within_its_digits(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "h")
        row_with(pilot, "balance reported", "190.00 wan")
        assert not any(re.search(r"\d\.\.", line) for line in lines(pilot.app))

    at_page(book, tmp_path, steps, size=(60, 24))


def test_what_holds_on_every_day_says_that_it_has_no_date(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "h")
        row_with(pilot, "undated", "customer registered")

    at_page(book, tmp_path, steps)


def test_every_event_opens_to_its_last_field(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "h")
        events = front(pilot, "events")
        positions = [row.item.item.position for n in range(events.rows) if (row := events.row_at(n))]
        assert positions == sorted(positions, reverse=True)
        kinds = {row.item.item.event: n for n in range(events.rows) if (row := events.row_at(n))}
        assert {"registered", "balances", "tiers", "assigned", "contact", "important_event", "tagged"} <= set(kinds)
        for n in kinds.values():
            events.move_to(n)
            await press(pilot, "enter")
            screen = pilot.app.screen
            assert isinstance(screen, EventScreen)
            told, stored = ([name for name, _value in part] for part in (screen._laid.lines, screen._laid.stored))
            assert told[0] == "What"
            assert stored[-4:] == ["Id of the act", "Stored in", "Stored as", "Hash for the proof"]
            assert not any("sealed" in value for _name, value in screen._laid.lines)
            await press(pilot, "escape")

    at_page(book, tmp_path, steps)


def test_what_is_missing_is_told_once_where_the_counter_asks_for_it(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, *"20002", "enter")
        await settled(pilot, FOLLOWS)
        seen = text(pilot)
        assert "Ask for" in seen
        assert "Owner 王芳" in seen
        assert "Missing in the profile" not in seen

    drive(app_on(book, tmp_path, start="counter"), steps, (160, 45))
