"""The sample of an inspection on its screen: as it stood at the cut-off, from item to item, into the book and back."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from textual.pilot import Pilot

from guanhu.store.acts import correct_entry
from guanhu.store.book import Book
from guanhu.store.moments import open_moment
from guanhu.tests.store.inspected import INSPECTOR, RM, TODAY, a_branch, opened, seen
from guanhu.tests.tui.desks import settled
from guanhu.tests.tui.inspecting import at_inspections, front, press, said, save, sheet, text
from guanhu.tui.inspection_asked import recorded_at
from guanhu.tui.inspection_rows import noticed
from guanhu.tui.screens.customer import CustomerScreen
from guanhu.tui.screens.replay import CustomerReplay
from guanhu.tui.settings import Settings
from guanhu.tui.widgets.form_screen import FormScreen
from guanhu.tui.widgets.long_list import LongList


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    found = a_branch(tmp_path)
    yield found
    found.close()


def test_the_next_without_a_worksheet_is_one_key_away(book: Book, tmp_path: Path) -> None:
    opened(book, size=4)

    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "enter", "j", "B", "1", "ctrl+s")
        listing = pilot.app.screen.query_one("#sample", LongList)
        assert listing.cursor == 2
        await press(pilot, "n", "n")
        assert listing.cursor == 0
        await press(pilot, "N")
        assert listing.cursor == 3

    at_inspections(book, INSPECTOR, tmp_path, steps)


def test_the_cursor_goes_on_whatever_the_verdict_and_the_entry_just_judged_can_still_be_found_wanting(
    book: Book, tmp_path: Path
) -> None:
    number = opened(book, size=4)
    keys = [item.key for item in seen(book, number).items]

    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "enter", "enter")
        await save(pilot, verdict="doubtful", remark="话单无此号码")
        assert pilot.app.screen.query_one("#sample", LongList).cursor == 1
        assert any("raises a finding on it" in each for each in said(pilot))
        await press(pilot, "exclamation_mark")
        await save(pilot, grade="minor", kind="poor_record", text="存疑")
        await press(pilot, "exclamation_mark")
        await save(pilot, grade="minor", kind="poor_record", text="另一条")

    at_inspections(book, INSPECTOR, tmp_path, steps)
    assert [finding.entries for finding in seen(book, number).findings] == [(int(keys[0]),), (int(keys[1]),)]


def test_the_form_says_what_is_judged_before_anything_is_chosen(book: Book, tmp_path: Path) -> None:
    number = opened(book, size=4)
    first = seen(book, number).items[0]
    assert first.entry is not None
    note = first.entry.note

    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "enter", "enter")
        assert isinstance(front(pilot), FormScreen)
        for part in (f"entry {first.key}", f"{note}", "1 rung", "6 on site"):
            assert part in text(pilot)

    at_inspections(book, INSPECTOR, tmp_path, steps)


def test_whoever_maintains_gets_no_worksheet_and_no_finding_to_fill_in(book: Book, tmp_path: Path) -> None:
    opened(book)

    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "enter")
        assert pilot.app.screen.query_one("#sample", LongList).row is None
        assert "shown once the inspection is closed" in text(pilot)
        for key in ("B", "exclamation_mark", "equals_sign"):
            pilot.app.clear_notifications()
            await press(pilot, key)
            assert not isinstance(front(pilot), FormScreen)
        for key in ("exclamation_mark", "equals_sign"):
            pilot.app.clear_notifications()
            await press(pilot, key)
            assert any("Inspections are for inspectors" in each for each in said(pilot))

    at_inspections(book, RM, tmp_path, steps)


def test_an_entry_stands_as_it_was_and_its_correction_is_told(book: Book, tmp_path: Path) -> None:
    number = opened(book)
    entry = next(each.entry for each in seen(book, number).items if each.entry and each.entry.kind == "contact")
    receipt = correct_entry(book, entry.position, reason="补正", note="事后改写", by=entry.staff)

    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "enter")
        pilot.app.screen.query_one("#sample", LongList).highlight(str(entry.position))
        await settled(pilot, 0.1)
        shown = text(pilot)
        assert entry.note in shown
        assert "事后改写" not in shown
        assert f"Corrected since  {receipt.positions[0]}" in shown

    at_inspections(book, INSPECTOR, tmp_path, steps)


def test_a_customer_is_opened_as_of_the_cut_off_and_one_comes_back_to_the_present(book: Book, tmp_path: Path) -> None:
    number = opened(book)
    cutoff = seen(book, number).cutoff

    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "enter", "down", "down", "w")
        await settled(pilot, 0.3)
        app: Any = pilot.app
        assert isinstance(front(pilot), CustomerScreen)
        assert (app.known_at is not None, app.book.position) == (True, cutoff)
        await press(pilot, "escape")
        assert app.known_at is None
        assert sheet(pilot).view is not None
        assert pilot.app.screen.query_one("#sample", LongList).cursor == 2  # the next worksheet is this one's
        await press(pilot, "Z")
        assert isinstance(front(pilot), CustomerReplay)

    at_inspections(book, INSPECTOR, tmp_path, steps)


def test_the_customers_of_the_sample_stand_at_the_cut_off_and_no_place_does(book: Book, tmp_path: Path) -> None:
    sampled = {item.customer_no for item in seen(book, opened(book)).items}

    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "enter", "w")
        await settled(pilot, 0.3)
        app: Any = pilot.app
        assert app.book.scoped
        first: Any = front(pilot)
        before = first.customer_no
        for key in ("1", "Z"):
            await press(pilot, key)
            assert front(pilot) is first
            assert any("Only the inspection's customers stand here" in each for each in said(pilot))
            app.clear_notifications()
        await press(pilot, "n")
        await settled(pilot, 0.2)
        assert before != first.customer_no
        assert first.customer_no in sampled
        assert first.customer_no in text(pilot)
        await press(pilot, "escape", "1")
        assert front(pilot) is not first
        assert not app.looking_back

    at_inspections(book, INSPECTOR, tmp_path, steps)


def test_who_leaves_the_customer_at_the_cut_off_stands_where_one_stood_before(book: Book, tmp_path: Path) -> None:
    opened(book)
    other = TODAY - timedelta(days=1)

    async def steps(pilot: Pilot[Any]) -> None:
        app: Any = pilot.app
        app.look_at(other)
        await settled(pilot)
        await press(pilot, "enter", "w")
        await settled(pilot, 0.3)
        assert isinstance(front(pilot), CustomerScreen)
        await press(pilot, "escape")
        assert (app.book, app.day, app.known_at, app.looking_back) == (book, other, None, True)
        await press(pilot, "ctrl+t", "w")
        await settled(pilot, 0.3)
        assert isinstance(front(pilot), CustomerScreen)
        await press(pilot, "escape")
        assert (app.book, app.day, app.looking_back) == (book, TODAY, False)
        kept, at = open_moment(book, book.clock()), book.clock()
        app.stand_on(kept, other, at)
        await settled(pilot, 0.1)
        await press(pilot, "w")
        await settled(pilot, 0.3)
        assert app.book is not kept
        await press(pilot, "escape")
        assert (app.book, app.day, app.known_at) == (kept, other, at)

    at_inspections(book, INSPECTOR, tmp_path, steps)


def test_before_it_was_opened_an_inspection_shows_nothing(book: Book, tmp_path: Path) -> None:
    number = opened(book)
    with book.reading() as cursor:
        before = recorded_at(cursor, book, seen(book, number).cutoff)

    async def steps(pilot: Pilot[Any]) -> None:
        app: Any = pilot.app
        await press(pilot, "enter")
        app.stand_on(open_moment(book, before), TODAY, before)
        await settled(pilot, 0.1)
        assert f"The book knows no inspection {number}" in text(pilot)
        assert pilot.app.screen.query_one("#sample", LongList).rows == 0
        app.stand_on(book, TODAY)
        await settled(pilot, 0.1)
        assert pilot.app.screen.query_one("#sample", LongList).rows == 12

    at_inspections(book, INSPECTOR, tmp_path, steps)


def test_another_language_leaves_one_on_the_same_tab(book: Book, tmp_path: Path) -> None:
    opened(book)

    async def steps(pilot: Pilot[Any]) -> None:
        app: Any = pilot.app
        await press(pilot, "enter", "l")
        app.apply(Settings(language="zh"))
        await settled(pilot, 0.2)
        assert "[发现的问题]" in text(pilot)
        await press(pilot, "l")
        assert "[答复]" in text(pilot)

    at_inspections(book, INSPECTOR, tmp_path, steps)


def test_evidence_is_attached_from_the_sample(book: Book, tmp_path: Path) -> None:
    number = opened(book)
    key = next(each.key for each in seen(book, number).items if each.entry and each.entry.kind == "contact")

    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "enter")
        pilot.app.screen.query_one("#sample", LongList).highlight(key)
        await press(pilot, "X")
        await save(pilot, kind="call_record", text="未接通")
        assert "evidence 1" in text(pilot)

    at_inspections(book, INSPECTOR, tmp_path, steps)
    item = seen(book, number).item(key)
    assert item is not None
    assert [each.text for each in item.evidence] == ["未接通"]


def test_customers_are_sampled_and_shown_on_a_narrow_screen_in_chinese(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "J")
        await save(pilot, title="管户检查", subject="customers", first="2026-10-01", last="2026-11-24", size="5")
        assert "检查中" in text(pilot)
        assert "期间记录" in text(pilot)
        await press(pilot, "h")
        assert "截止点" in text(pilot)

    at_inspections(book, INSPECTOR, tmp_path, steps, (80, 24), "zh")
    assert len(seen(book, "JC-2026-001").items) == 5


def test_that_an_entry_was_written_late_is_noticed_once(book: Book) -> None:
    item = next(each for each in seen(book, opened(book)).items if each.entry and each.entry.days_late)
    flagged = msgspec.structs.replace(item, flags=("day_off", "late_writing"))
    assert item.entry is not None
    assert noticed(flagged).split(", ") == [f"{item.entry.days_late} days late", "act on a day off"]
