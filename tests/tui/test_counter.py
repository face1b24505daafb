"""The counter: find who is there, fill in what is missing, refer upward, see one's own day."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from guanhu.domain.errors import Refused
from guanhu.projections.customers import page
from guanhu.projections.policy import policy_of
from guanhu.projections.teller_day import teller_day
from guanhu.store import affairs
from guanhu.store.book import Book
from guanhu.store.codec import decode
from guanhu.store.outlets import open_outlet
from guanhu.store.posts import arrange_leave, enrol
from guanhu.store.registering import record_profile, register
from guanhu.tests.tui.branch import ME, TODAY, busy_branch
from guanhu.tests.tui.desks import drive, lines, settled
from guanhu.tui.app import GuanhuApp
from guanhu.tui.screens.counter_text import tally as tally_text
from guanhu.tui.screens.help import HelpScreen
from guanhu.tui.settings import Settings
from guanhu.tui.widgets.choice import Choice
from guanhu.tui.widgets.find_box import FindBox
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


def test_a_key_and_a_confirmation_refer_upward_and_nothing_happens_at_the_key_alone(
    branch: Book, tmp_path: Path
) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        before = referrals(branch)
        await pilot.press(*"20003", "enter")
        await settled(pilot, 0.2)
        await pilot.press("r")
        await settled(pilot)
        assert referrals(branch) == before
        await pilot.press("escape")
        await settled(pilot)
        assert referrals(branch) == before
        await pilot.press("r")
        await settled(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert [(to, how) for _by, to, how in referrals(branch)[len(before) :]] == [(ME, "")]
        assert "referred 2" in "\n".join(lines(pilot.app))
        await pilot.press("u")
        await settled(pilot)
        await pilot.press("y")
        await settled(pilot)
        assert referrals(branch) == before
        assert "referred 1" in "\n".join(lines(pilot.app))

    drive(app_on(branch, tmp_path), steps, (120, 40))


def test_who_is_referred_already_is_not_referred_again_and_it_is_said_who_has_them(
    branch: Book, tmp_path: Path
) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        before = referrals(branch)
        await pilot.press(*"20005", "enter")
        await settled(pilot, 0.2)
        said = " ".join("\n".join(lines(pilot.app)).split())
        assert "Referred to" in said
        assert "refer upward." not in said, "no advice to do what was done"
        screen = pilot.app.screen
        await pilot.press("r")
        await settled(pilot, 0.2)
        assert pilot.app.screen is screen
        (notice,) = [each.message for each in pilot.app._notifications]
        assert notice.startswith("Referred to 王芳 on 11-23 already")
        assert referrals(branch) == before

    drive(app_on(branch, tmp_path), steps, (120, 40))


def test_who_is_on_leave_is_not_proposed_but_the_stand_in(branch: Book, tmp_path: Path) -> None:
    for staff in ("R8", "R9"):
        enrol(branch, staff, f"name of {staff}", date.min, roles=("relationship_manager",))
    arrange_leave(branch, ME, "R9", TODAY, TODAY, by=ME)

    async def steps(pilot: Pilot[None]) -> None:
        await pilot.press(*"20003", "enter")
        await settled(pilot, 0.2)
        assert "Refer to name of R9" in "\n".join(lines(pilot.app))
        await pilot.press("r")
        await settled(pilot)
        text = "\n".join(lines(pilot.app))
        assert "is on leave; name of R9 stands in." in text
        assert [id_ for id_, _words in pilot.app.screen.query_one(Choice).options] == ["R9", "R2", "R8"]
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert (TELLER, "R9", "") in referrals(branch)

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


def test_the_tally_says_of_which_day_an_act_is_that_was_written_later(branch: Book) -> None:
    affairs.refer(branch, "20003", ME, TODAY, by=TELLER)
    with branch.reading() as cursor:
        day = teller_day(cursor, branch.recorder, decode, TELLER, TODAY)
    today, yesterday = tally_text(day).plain.split("\n")[1:3]
    assert "(" not in today
    assert yesterday.endswith("(11-23)")


def test_what_was_written_today_counts_wherever_the_clock_stands(
    branch: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At 16:30 in Greenwich it is tomorrow in China: today, the dates of acts and the tally are the branch's."""
    branch.clock = lambda: datetime(2026, 11, 24, 16, 30, tzinfo=UTC)
    tomorrow = date(2026, 11, 25)
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "UTC")
        time.tzset()
        assert branch.today == tomorrow
        record_profile(branch, "20003", "", {"phone": "13900139003"}, "", tomorrow, by=TELLER)
        with branch.reading() as cursor:
            counts = teller_day(cursor, branch.recorder, decode, TELLER, branch.today).counts
        assert counts == {"profile": 1}  # the referral was written the day before
    time.tzset()


def keys_offered(pilot: Pilot[None]) -> str:
    """The line of keys."""
    return lines(pilot.app)[-1]


def test_the_list_is_reached_from_the_input_and_back(branch: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app.focused, FindBox)
        await pilot.press(*"2000", "escape")
        assert isinstance(app.focused, LongList)
        await pilot.press("escape")
        assert isinstance(app.focused, FindBox)
        await pilot.press("down")
        assert isinstance(app.focused, LongList)
        await pilot.press("slash")
        assert isinstance(app.focused, FindBox)
        await pilot.press("3")
        assert app.focused.value == "3", "what was there is typed over"
        await pilot.press("enter", "backspace")
        assert isinstance(app.focused, FindBox)
        assert app.focused.value == ""

    drive(app_on(branch, tmp_path), steps)


def test_the_line_of_keys_offers_what_works_where_one_is(branch: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await settled(pilot)
        assert "To the list" in keys_offered(pilot)
        for word in ("Refer", "Fill in", "Find", "Deposit"):
            assert word not in keys_offered(pilot), word
        await pilot.press(*"2000", "enter")
        await settled(pilot, 0.2)
        assert "To the list" not in keys_offered(pilot)
        for word in ("r Refer upward", "E Fill in", "/ Find"):
            assert word in keys_offered(pilot), word

    drive(app_on(branch, tmp_path), steps, (120, 40))


@pytest.mark.parametrize("key", ["slash", "／"])
def test_the_key_that_begins_a_search_is_not_typed_into_it(branch: Book, tmp_path: Path, key: str) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await pilot.press(*"2000", key)
        assert pilot.app.screen.query_one(FindBox).value == "2000"
        await pilot.press(*"8005")
        assert pilot.app.screen.query_one(FindBox).value == "8005"

    drive(app_on(branch, tmp_path), steps)


def test_escape_clears_a_notice_before_it_leaves_the_list(branch: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await pilot.press(*"20005", "enter")
        await settled(pilot, 0.2)
        await pilot.press("r")
        await settled(pilot, 0.2)
        box = pilot.app.screen.query_one(FindBox)
        assert pilot.app.screen.query("Toast")
        await pilot.press("escape")
        await settled(pilot, 0.2)
        assert not pilot.app.screen.query("Toast")
        assert not box.has_focus
        await pilot.press("escape")
        assert box.has_focus

    drive(app_on(branch, tmp_path), steps, (120, 40), notices=True)


@pytest.mark.parametrize("key", ["question_mark", "fullwidth_question_mark"])
def test_the_helps_sign_opens_it_from_the_empty_line_and_is_typed_in_any_other(
    branch: Book, tmp_path: Path, key: str
) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await pilot.press(key)
        await settled(pilot, 0.1)
        assert isinstance(pilot.app.screen, HelpScreen)
        await pilot.press("escape")
        await settled(pilot, 0.1)
        assert pilot.app.screen.query_one(FindBox).value == ""
        await pilot.press("2", "question_mark")
        await settled(pilot, 0.1)
        assert pilot.app.screen.query_one(FindBox).value == "2?"

    drive(app_on(branch, tmp_path), steps)


def test_where_nobody_of_the_outlet_is_there_somebody_must_be_chosen(branch: Book, tmp_path: Path) -> None:
    open_outlet(branch, "02", "滨河支行", date.min)
    register(branch, "20009", "孙新", {}, "02", TODAY)
    before = referrals(branch)

    async def steps(pilot: Pilot[None]) -> None:
        await pilot.press(*"20009", "enter")
        await settled(pilot, 0.2)
        await pilot.press("r")
        await settled(pilot, 0.1)
        said = "\n".join(lines(pilot.app))
        assert "No relationship manager of 滨河支行 is there" in said
        assert "李静 (" in said
        assert pilot.app.screen.query_one("#field-to_staff", Choice).value == ""
        await pilot.press("ctrl+s")
        await settled(pilot, 0.1)
        assert referrals(branch) == before

    drive(app_on(branch, tmp_path), steps, (120, 40))


def test_a_card_number_of_five_digits_is_refused_with_a_sentence(branch: Book) -> None:
    with pytest.raises(Refused) as refused:
        record_profile(branch, "20006", "", {"card_no": "12345"}, "", TODAY, by=ME)
    assert refused.value.code == "bad_card_no"
