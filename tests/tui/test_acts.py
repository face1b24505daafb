"""Acts as forms: from the key to the event in the store."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from guanhu.store.acts import log_contact
from guanhu.store.book import Book
from guanhu.tests.tui.acting import ACT, form, newest_topics, said, shown, stand_on, typed
from guanhu.tests.tui.branch import ME, TODAY, at_today, busy_branch, rows
from guanhu.tests.tui.desks import settled
from guanhu.tui.screens.today import TodayScreen
from guanhu.tui.widgets.long_list import LongList

PREVIEW = 0.3
"""Seconds until a form says what saving would do."""


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """The branch with work to do."""
    opened = busy_branch(tmp_path)
    yield opened
    opened.close()


def test_a_reached_call_takes_three_keys_and_the_note(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await stand_on(pilot, "20001")
        await pilot.press("c", "1")
        await typed(pilot, "愿意来网点面谈")
        await settled(pilot, PREVIEW)
        done = "funds changed, first contact 2, important event, monthly contact"
        assert f"Will discharge: {done}" in shown(pilot, "preview")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert isinstance(pilot.app.screen, TodayScreen)
        assert "Discharged: " in said(pilot)[-1]
        assert "first contact" in said(pilot)[-1]

    at_today(book, tmp_path, steps)
    assert rows(book, ACT) == [("contact", "phone", "reached_success", "愿意来网点面谈", ME, "", None)]


def test_the_next_step_is_a_phrase_and_the_form_says_which_day_it_means(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await stand_on(pilot, "20003")
        await pilot.press("c", "4", "down")
        await typed(pilot, "下周三")
        assert "2026-12-02 Wed" in shown(pilot, "means-next_on")
        await pilot.press("ctrl+s")
        await settled(pilot)

    at_today(book, tmp_path, steps)
    assert rows(book, ACT)[0][6] == TODAY.toordinal() + 8


def test_one_message_goes_to_all_that_are_selected_in_one_act(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        for no in ("20002", "20003"):
            await stand_on(pilot, no)
            await pilot.press("space")
        await pilot.press("m")
        assert "2 customers" in str(form(pilot).query_one(".dialog").border_title)
        await settled(pilot)
        assert shown(pilot, "last") == "To: 王建国 20003, 李秀英 20002"
        await typed(pilot, "明日起国债发行")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert not pilot.app.screen.query_one("#queue", LongList).marks

    at_today(book, tmp_path, steps)
    question = "SELECT customer_id, outcome, note FROM act ORDER BY position DESC LIMIT 2"
    assert {row[1:] for row in rows(book, question)} == {("sent", "明日起国债发行")}
    first, last = rows(book, "SELECT first, last FROM command ORDER BY last DESC LIMIT 1")[0]
    assert last - first == 1


def test_a_visit_together_is_logged_for_those_named_by_their_initials(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await stand_on(pilot, "20001")
        await pilot.press("v")
        await settled(pilot)
        assert form(pilot).texts["along"] == ""  # who owes the visit together may not have come
        assert "Owed together with 周慧敏: name who came along." in shown(pilot, "last")
        await pilot.press("1")
        form(pilot).query_one("#field-along", Input).value = "zhm lj"
        await settled(pilot, PREVIEW)
        assert "周慧敏 RM supervisor, 李静 relationship manager" in shown(pilot, "preview")
        assert "congratulate" in shown(pilot, "preview")
        await pilot.press("ctrl+s")
        await settled(pilot)

    at_today(book, tmp_path, steps)
    assert rows(book, ACT)[0][:6] == ("visit", "", "reached_success", "", ME, "S1 R2")


def test_a_visit_says_when_it_was_and_what_is_no_time_keeps_the_form_open(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await stand_on(pilot, "20003")
        await pilot.press("v", "1")
        form(pilot).query_one("#field-times", Input).value = "early"
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "early" in shown(pilot, "refused")
        form(pilot).query_one("#field-times", Input).value = "09:30-10:10"
        await pilot.press("ctrl+s")
        await settled(pilot)

    at_today(book, tmp_path, steps)
    assert rows(book, "SELECT began, duration FROM act ORDER BY position DESC LIMIT 1") == [(570, 2400)]


def test_a_name_that_nobody_has_keeps_the_form_open_with_its_text(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await stand_on(pilot, "20001")
        await pilot.press("v", "1")
        form(pilot).query_one("#field-along", Input).value = "nobody"
        form(pilot).query_one("#field-note", Input).value = "送贺礼"
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "nobody" in shown(pilot, "refused")
        assert form(pilot).texts["note"] == "送贺礼"

    at_today(book, tmp_path, steps)
    assert rows(book, "SELECT count(*) FROM act WHERE kind = 'visit' AND day = ?", TODAY.toordinal()) == [(0,)]


def test_a_promise_is_made_kept_and_another_excused_with_its_reason(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await stand_on(pilot, "20001")
        await pilot.press("p")
        await typed(pilot, "寄送对账单")
        await pilot.press("enter", *"+3", "enter")
        await settled(pilot)
        await stand_on(pilot, "20003")
        await pilot.press("K")
        await settled(pilot)
        assert "办理手机银行" in shown(pilot, "last")  # the only one: nothing to choose
        await pilot.press("1", "ctrl+s")
        await settled(pilot)
        await stand_on(pilot, "20002")
        await pilot.press("K")
        await settled(pilot)
        await pilot.press("2", "ctrl+s")
        await settled(pilot)
        assert "reason" in shown(pilot, "refused")  # an excuse wants one
        await typed(pilot, "利率表已停印")
        await pilot.press("ctrl+s")
        await settled(pilot)

    at_today(book, tmp_path, steps)
    question = "SELECT text, due, how, closed_text FROM affair WHERE kind = 'promise' ORDER BY position"
    assert rows(book, question) == [
        ("办理手机银行", TODAY.toordinal(), "kept", ""),
        ("送利率表", TODAY.toordinal() - 4, "excused", "利率表已停印"),
        ("寄送对账单", TODAY.toordinal() + 3, "", ""),
    ]


def test_a_customer_is_referred_and_a_referral_accepted(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await stand_on(pilot, "20005")
        await pilot.press("Y")
        await settled(pilot)
        await pilot.press("1", "ctrl+s")
        await settled(pilot)
        await stand_on(pilot, "20003")
        await pilot.press("r")
        await settled(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)

    at_today(book, tmp_path, steps)
    question = "SELECT staff, other, how FROM affair WHERE kind = 'referral' ORDER BY position"
    assert rows(book, question) == [("T1", ME, "accepted"), (ME, "R2", "")]


def test_events_opinions_products_and_requests_are_noted(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await stand_on(pilot, "20001")
        await pilot.press("i", "3", "ctrl+s")
        await settled(pilot)
        await pilot.press("o")
        await typed(pilot, "希望周末营业")
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("P")
        await settled(pilot)
        await typed(pilot, "三年期国债")
        await pilot.press("enter", *"50000", "enter", *"+30", "ctrl+s")
        await settled(pilot)
        await pilot.press("R", "2", "ctrl+s")
        await settled(pilot)

    at_today(book, tmp_path, steps)
    found = rows(book, "SELECT kind, subject, text FROM affair ORDER BY position DESC LIMIT 3")
    assert found == [("request", "support", ""), ("opinion", "", "希望周末营业"), ("event", "promotion", "")]
    assert rows(book, "SELECT amount, matures FROM product WHERE product = '三年期国债'") == [
        (5_000_000, TODAY.toordinal() + 30)
    ]


def test_the_duty_under_the_cursor_is_waived_only_with_a_reason(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        pilot.app.screen.query_one("#queue", LongList).highlight("20004 first_contact 2026-10-30:M1")
        await pilot.press("W")
        await settled(pilot)
        await pilot.press("enter", "enter")
        await settled(pilot)
        assert "Reason" in shown(pilot, "refused")
        await typed(pilot, "客户由分行维护")
        await pilot.press("enter")
        await settled(pilot)

    at_today(book, tmp_path, steps)
    assert rows(book, "SELECT duty, occurrence, reason FROM waiver") == [
        ("first_contact", "2026-10-30:M1", "客户由分行维护")
    ]


def test_a_mark_is_set_and_taken_off_by_undo(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await stand_on(pilot, "20001")
        await pilot.press("M", "2")
        await typed(pilot, "客户来电要求")
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("u", "y")
        await settled(pilot)

    at_today(book, tmp_path, steps)
    assert rows(book, "SELECT mark, reason, end FROM mark") == []
    assert newest_topics(book, 2) == ["marked", "withdrawn"]


def test_an_entry_is_corrected_by_a_new_event_and_only_what_differs_is_said(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await stand_on(pilot, "20002")
        await pilot.press("x", "j", "enter")  # the cursor is on a promise
        await settled(pilot)
        form(pilot).query_one("#field-note", Input).value = "约下周来网点办存单"
        form(pilot).query_one("#field-reason", Input).value = "漏记"
        await pilot.press("ctrl+s")
        await settled(pilot)

    at_today(book, tmp_path, steps)
    customer = "(SELECT id FROM customer WHERE no = '20002')"
    question = f"SELECT channel, outcome, note, next_day, corrected > 0 FROM act WHERE customer_id = {customer}"
    assert rows(book, question) == [("wecom", "reached_other", "约下周来网点办存单", TODAY.toordinal() - 15, 1)]


def test_a_key_that_does_nothing_on_a_screen_says_so(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("D")
        assert said(pilot) == ["Share out: not on this screen."]
        await pilot.press("q")
        await pilot.press("q")
        assert said(pilot)[1:] == ["Nothing is open over this screen. ^q quits."]

    at_today(book, tmp_path, steps)


def test_an_act_done_twice_by_two_terminals_stands_twice_but_a_command_once(book: Book, tmp_path: Path) -> None:
    first = log_contact(book, "20001", "phone", "no_answer", TODAY, by=ME, command="one")
    again = log_contact(book, "20001", "phone", "no_answer", TODAY, by=ME, command="one")
    assert again.repeated
    assert again.positions == first.positions


def test_the_profile_is_filled_in_from_wherever_the_customer_is_seen(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await stand_on(pilot, "20003")
        await pilot.press("E")
        await settled(pilot)
        page: Any = pilot.app.screen
        assert page.customer_no == "20003"
        assert page.query_one("#score").region.height > 0, "the profile is in front"

    at_today(book, tmp_path, steps)
