"""The counter: find who is there, fill in what is missing, refer upward, see one's own day."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from guanhu.projections.customers import page
from guanhu.projections.policy import policy_of
from guanhu.projections.teller_day import teller_day
from guanhu.store import affairs
from guanhu.store.book import Book
from guanhu.store.codec import decode
from guanhu.store.registering import record_profile
from guanhu.tests.tui.branch import ME, TODAY, busy_branch
from guanhu.tests.tui.desks import drive, lines, settled
from guanhu.tui.app import GuanhuApp
from guanhu.tui.settings import Settings
from guanhu.tui.widgets.form_screen import FormScreen
from guanhu.tui.widgets.long_list import LongList

TELLER = "T1"


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Book]:
    book = busy_branch(tmp_path)
    record_profile(book, "20006", "", {"card_no": "6222020200012345678"}, "", TODAY, by=ME)
    book.staff = TELLER
    yield book
    book.close()


def app_on(book: Book, tmp_path: Path) -> GuanhuApp:
    settings = Settings(language="en")
    return GuanhuApp(book, TELLER, TODAY, start="counter", settings=settings, folder=tmp_path / "config")


def facts_of(book: Book, number: str) -> dict[str, str]:
    with book.reading() as cursor:
        policy = policy_of(cursor)
        assert policy is not None
        return page(cursor, policy, book.calendar, TODAY, number).profile


def referrals(book: Book) -> list[tuple[str, str, str | None]]:
    """(from, to, how it was closed)."""
    with book.reading() as cursor:
        question = "SELECT opener, other, how FROM affair WHERE kind = 'referral' AND opener = ?"
        return cursor.execute(question, (TELLER,)).fetchall()


async def found(pilot: Pilot[None], text: str) -> list[str]:
    """The numbers that a text finds."""
    field = pilot.app.screen.query_one("#counter-text", Input)
    field.value = text
    await settled(pilot, 0.2)
    table = pilot.app.screen.query_one(LongList)
    rows = [table.row_at(n) for n in range(table.rows)]
    return [row.id for row in rows if row]


def test_the_person_in_front_is_found_by_whatever_they_show(branch: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        assert await found(pilot, "20003") == ["20003"]
        assert await found(pilot, "8005") == ["20005"]
        assert await found(pilot, "6222020200012345678") == ["20006"]
        assert await found(pilot, "5678") == ["20006"]
        assert await found(pilot, "oylh") == ["20004"]
        assert await found(pilot, "nobody") == []

    drive(app_on(branch, tmp_path), steps)


def test_what_is_missing_is_filled_in_and_taken_back(branch: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await pilot.press(*"20003", "enter")
        await settled(pilot, 0.2)
        text = "\n".join(lines(pilot.app))
        assert "! address, owed to the file" in text
        assert "! telephone number, owed to the file" in text
        await pilot.press("E")
        await settled(pilot)
        form = pilot.app.screen
        assert isinstance(form, FormScreen)
        assert [field.id for field in form.fields[:2]] == ["address", "phone"]
        await pilot.press(*"Road 9", "enter", *"12", "ctrl+s")
        await settled(pilot)
        assert pilot.app.screen is form, "a phone that is none keeps the form open, with its texts"
        await pilot.press("backspace", "backspace", *"13900139003", "ctrl+s")
        await settled(pilot)
        known = facts_of(branch, "20003")
        assert (known["address"], known["phone"]) == ("Road 9", "13900139003")
        await pilot.press("u")
        await settled(pilot)
        await pilot.press("y")
        await settled(pilot)
        assert "address" not in facts_of(branch, "20003")

    drive(app_on(branch, tmp_path), steps, (100, 40))


def test_one_key_refers_to_the_customers_own_manager(branch: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        before = referrals(branch)
        await pilot.press(*"20003", "enter")
        await settled(pilot, 0.2)
        await pilot.press("r")
        await settled(pilot)
        if referrals(branch) == before:  # nobody keeps the record of this customer: one is chosen
            await pilot.press("enter")
            await settled(pilot)
        assert [how for _by, _to, how in referrals(branch)[len(before) :]] == [""]
        assert "referred 2" in "\n".join(lines(pilot.app))
        await pilot.press("u")
        await settled(pilot)
        await pilot.press("y")
        await settled(pilot)
        assert referrals(branch) == before
        assert "referred 1" in "\n".join(lines(pilot.app))

    drive(app_on(branch, tmp_path), steps, (120, 40))


def test_the_tally_is_what_was_written_that_day_by_that_person(branch: Book) -> None:
    def tally(staff: str, day: date) -> dict[str, int]:
        with branch.reading() as cursor:
            return dict(teller_day(cursor, branch.recorder, decode, staff, day).counts)

    assert tally(TELLER, TODAY) == {"referred": 1}
    record_profile(branch, "20003", "", {"phone": "13900139003"}, "", TODAY, by=TELLER)
    affairs.refer(branch, "20003", ME, TODAY, by=TELLER)
    assert tally(TELLER, TODAY) == {"profile": 1, "referred": 2}
    branch.clock = lambda: datetime(2026, 11, 25, 4, tzinfo=UTC)
    record_profile(branch, "20003", "", {"address": "Road 9"}, "", date(2026, 11, 25), by=TELLER)
    assert tally(TELLER, TODAY) == {"profile": 1, "referred": 2}
    assert tally(TELLER, date(2026, 11, 25)) == {"profile": 1}
    assert tally(ME, date(2026, 11, 25)) == {}
    assert tally(TELLER, date(2026, 11, 23)) == {}


def test_the_list_is_reached_from_the_input_and_back(branch: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app.focused, Input)
        await pilot.press(*"2000", "escape")
        assert isinstance(app.focused, LongList)
        await pilot.press("slash")
        assert isinstance(app.focused, Input)
        await pilot.press("escape", "backspace")
        assert isinstance(app.focused, Input)
        assert app.focused.value == ""

    drive(app_on(branch, tmp_path), steps)
