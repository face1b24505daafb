"""Today: the queue in its groups, the card of the customer under the cursor, what to do first."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from guanhu.store.acts import log_contact
from guanhu.store.book import Book
from guanhu.store.posts import arrange_leave
from guanhu.tests.tui.branch import ME, TODAY, app_on, at_today, busy_branch, rows
from guanhu.tests.tui.desks import drive, lines, settled
from guanhu.tui.app import GuanhuApp
from guanhu.tui.screens.today import TodayScreen
from guanhu.tui.settings import Settings
from guanhu.tui.starting import interface
from guanhu.tui.widgets.day_plan import DayPlan
from guanhu.tui.widgets.long_list import LongList

CARD = 0.2
"""Seconds until the card follows the cursor."""


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """The branch with work to do."""
    opened = busy_branch(tmp_path)
    yield opened
    opened.close()


def queue(pilot: Pilot[Any]) -> LongList:
    return pilot.app.screen.query_one("#queue", LongList)


def headings(pilot: Pilot[Any]) -> list[str]:
    listing = queue(pilot)
    found = (listing.row_at(n) for n in range(listing.rows))
    return [row.heading.split("  ")[0] for row in found if row and row.heading]


def text(pilot: Pilot[Any]) -> str:
    return "\n".join(lines(pilot.app))


def notices(pilot: Pilot[Any]) -> list[str]:
    return [each.message for each in pilot.app._notifications]


def test_the_queue_stands_in_groups_with_what_is_overdue_first(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        assert headings(pilot) == ["Overdue", "Due today", "This week", "After this week"]
        assert queue(pilot).row.item.status == "overdue"  # type: ignore[union-attr]

    at_today(book, tmp_path, steps)


def test_the_load_and_a_proposal_stand_above_and_n_goes_to_it(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        assert "customers due 5, seen to 0" in text(pilot)
        assert "n goes to do first 1/5: 张伟" in text(pilot)
        await pilot.press("n")
        await settled(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, TodayScreen)
        first = screen.query_one(DayPlan).step(0)
        assert first
        assert screen.about().customer_no == first.customer_no == "20001"  # type: ignore[union-attr]
        assert "n next; to do first 1/5, here: 张伟" in text(pilot)
        await pilot.press("n")
        assert screen.about().customer_no != "20001"  # type: ignore[union-attr]
        await pilot.press("N")
        assert screen.about().customer_no == "20001"  # type: ignore[union-attr]

    at_today(book, tmp_path, steps)


def test_all_of_one_duty_are_selected_and_nobody_who_is_not_in_sight(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        front: Any = pilot.app.screen
        everybody = {item.customer_no for item in front._day.queue.items if item.customer_no}
        duty = next(item.duty for item in front._day.queue.items if item.customer_no)
        owed = {item.customer_no for item in front._day.queue.items if item.duty == duty}
        assert owed < everybody
        await pilot.press("f", "down", "enter")
        await settled(pilot)
        assert "only " in text(pilot)
        await pilot.press("asterisk")
        await settled(pilot)
        assert set(front.marked()) == owed
        await pilot.press("m")
        await settled(pilot)
        form: Any = pilot.app.screen
        assert set(form.others) == owed
        await pilot.press("escape", "backspace")
        await settled(pilot)
        assert front.marked() == [], "what another filter shows was not selected"

    at_today(book, tmp_path, steps)


def test_one_duty_can_be_shown_alone(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        everything = queue(pilot).rows
        await pilot.press("f", "down", "enter")
        await settled(pilot)
        listing = queue(pilot)
        duties = {row.item.duty for n in range(listing.rows) if (row := listing.row_at(n)) and not row.heading}
        assert len(duties) == 1
        await pilot.press("backspace")
        assert queue(pilot).rows == everything

    at_today(book, tmp_path, steps)


def test_another_members_day_can_be_looked_at(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("z")
        await settled(pilot)
        await pilot.press("G", "end", "enter")
        await settled(pilot)
        assert "陈晓" in text(pilot)
        listing = queue(pilot)
        owners = {row.item.owner for n in range(listing.rows) if (row := listing.row_at(n)) and not row.heading}
        assert owners == {"T1"}

    at_today(book, tmp_path, steps)


def test_another_day_can_be_looked_at_by_a_phrase_and_by_keys(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("d", *"+7", "enter")
        await settled(pilot)
        assert "2026-12-01" in text(pilot)
        assert "provisional" in text(pilot)
        await pilot.press("less_than_sign")
        await settled(pilot)
        assert "2026-11-30" in text(pilot)

    at_today(book, tmp_path, steps)


def test_what_is_selected_is_said_with_what_it_is_good_for(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("g", "space", "space")
        await settled(pilot)
        marks = queue(pilot).marks
        assert f"duties {len(marks.ids)}" in text(pilot)
        assert "m: one message to all" in text(pilot)
        await pilot.press("asterisk")
        await settled(pilot)
        assert "one message to all" not in text(pilot)
        assert "do first 1/" in text(pilot)

    at_today(book, tmp_path, steps)


def test_the_duty_to_look_through_the_day_is_done_from_its_row(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        queue(pilot).highlight(f" daily_review {TODAY}")
        await pilot.press("enter", "y")
        await settled(pilot)

    at_today(book, tmp_path, steps)
    assert rows(book, "SELECT kind, subject FROM day_done") == [("daily_review", ME)]


def test_what_is_written_elsewhere_shows_and_the_cursor_stays(book: Book, tmp_path: Path) -> None:
    promised = rows(book, "SELECT position FROM affair WHERE kind = 'promise'")[0][0]

    async def steps(pilot: Pilot[Any]) -> None:
        queue(pilot).highlight(f"20003 promise {promised}")
        before = queue(pilot).row.id  # type: ignore[union-attr]
        log_contact(book, "20001", "phone", "reached_success", TODAY, by="S1")
        pilot.app.changed()  # type: ignore[attr-defined]
        await settled(pilot, 0.1)
        assert queue(pilot).row.id == before  # type: ignore[union-attr]
        assert queue(pilot).source.where("20001 monthly_contact 2026-11") is None

    at_today(book, tmp_path, steps)


def test_the_first_frame_shows_the_rows_that_were_asked_for_ahead(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUANHU_CONFIG", str(tmp_path))
    app = interface(book, ME, TODAY, language="en")
    frames: list[list[str]] = []

    async def steps(pilot: Pilot[Any]) -> None:
        assert frames
        assert any("欧阳丽华" in line for line in frames[0])

    drawn = TodayScreen._compositor_refresh

    def watched(screen: TodayScreen) -> None:
        drawn(screen)
        if len(screen._compositor.full_map) > 5:
            frames.append([strip.text for strip in screen._compositor.render_strips()])

    monkeypatch.setattr(TodayScreen, "_compositor_refresh", watched)
    drive(app, steps, (160, 45))


def test_without_anybody_who_acts_the_screen_says_how_to_choose(book: Book, tmp_path: Path) -> None:
    app = app_on(book, tmp_path)
    app.staff = ""

    async def steps(pilot: Pilot[Any]) -> None:
        assert "Nobody acts here" in text(pilot)
        await pilot.press("c")
        assert "There is no customer under the cursor." in notices(pilot)

    drive(app, steps, (100, 30))


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
def test_a_stand_in_has_the_queue_of_who_is_away_marked_as_theirs(
    book: Book, tmp_path: Path, size: tuple[int, int]
) -> None:
    customers = "SELECT no FROM customer JOIN care ON customer_id = id WHERE staff = ? AND seat = 'owner' ORDER BY no"
    theirs = [no for (no,) in rows(book, customers, ME)]
    first, last = TODAY, TODAY + timedelta(days=2)
    arrange_leave(book, ME, "R2", first, last, by=ME)

    async def steps(pilot: Pilot[Any]) -> None:
        listing = queue(pilot)
        items = [row.item for n in range(listing.rows) if (row := listing.row_at(n)) and not row.heading]
        stood_in_for = [item for item in items if ME in item.owners]
        assert {item.customer_no for item in stood_in_for} & set(theirs)
        marked = [line for line in lines(pilot.app) if "(for 王芳)" in line]
        assert marked, "each duty says for whom it is done"
        assert not [line for line in lines(pilot.app) if re.search(r"\(\S* ?\.\.", line)], "whole, or not there"
        assert all("R2" not in item.owners for item in stood_in_for)

    drive(GuanhuApp(book, "R2", TODAY, language="en", settings=Settings(), folder=tmp_path), steps, size)

    async def afterwards(pilot: Pilot[Any]) -> None:
        assert not [line for line in lines(pilot.app) if "(for " in line]

    late = TODAY + timedelta(days=3)
    drive(GuanhuApp(book, "R2", late, language="en", settings=Settings(), folder=tmp_path), afterwards, size)


def test_a_duty_of_no_customer_says_whose_day_it_is(book: Book, tmp_path: Path) -> None:
    arrange_leave(book, ME, "R2", TODAY, TODAY, by=ME)

    async def steps(pilot: Pilot[Any]) -> None:
        reviews = [line for line in lines(pilot.app) if "daily review" in line]
        assert any("(own day)" in line for line in reviews)
        assert any("(for 王芳)" in line for line in reviews)
        assert not any(line.strip().startswith("▸  ") for line in lines(pilot.app))

    drive(GuanhuApp(book, "R2", TODAY, language="en", settings=Settings(), folder=tmp_path), steps, (120, 40))


def test_the_duties_to_choose_from_have_their_counts_in_a_column(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("f")
        await settled(pilot)
        dialog = (line.split("│")[1].rstrip() for line in lines(pilot.app) if line.count("│") > 1)
        counted = [line for line in dialog if re.search(r"\d$", line)]
        assert len(counted) > 3
        assert len(set(map(len, counted))) == 1
        assert "The most pressing come first" in text(pilot)

    at_today(book, tmp_path, steps, (120, 40))
