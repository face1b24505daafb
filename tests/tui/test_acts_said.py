"""What a form of an act says before it writes, and that nothing is written which nobody said."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.events import Key
from textual.pilot import Pilot
from textual.widgets import Input

from guanhu.store.book import Book
from guanhu.tests.tui.acting import ACT, form, newest_topics, said, shown, stand_on, typed
from guanhu.tests.tui.branch import ME, TODAY, at_today, busy_branch, rows
from guanhu.tests.tui.desks import settled
from guanhu.tui.widgets.choice import Choice
from guanhu.tui.widgets.long_list import LongList


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """The branch with work to do."""
    opened = busy_branch(tmp_path)
    yield opened
    opened.close()


def test_the_form_shows_last_time_and_proposes_its_rhythm_but_no_outcome(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await stand_on(pilot, "20002")
        await pilot.press("c")
        await settled(pilot)
        assert "约下周来网点" in shown(pilot, "last")
        assert shown(pilot, "means-next_on") == "2026-12-01 Tue (proposed)"
        assert shown(pilot, "writes") == "Not ready to save: Outcome"
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "Outcome" in shown(pilot, "refused")
        await pilot.press("3")
        await settled(pilot)
        assert shown(pilot, "writes") == "Writes: reached, other; Next step 12-01 Tue (proposed); phone"
        await pilot.press("ctrl+s")
        await settled(pilot)

    at_today(book, tmp_path, steps)
    # By telephone, whatever the channel of last time was: the key says so.
    assert rows(book, ACT) == [("contact", "phone", "reached_other", "", ME, "", TODAY.toordinal() + 7)]


def test_a_visit_has_no_outcome_until_somebody_says_it_and_words_of_its_own(book: Book, tmp_path: Path) -> None:
    before = rows(book, ACT)

    async def steps(pilot: Pilot[Any]) -> None:
        await stand_on(pilot, "20004")
        await pilot.press("v", "ctrl+s")
        await settled(pilot)
        assert "Outcome" in shown(pilot, "refused")
        assert "met, interested" in form(pilot).option_words("outcome").values()
        assert not any("reached" in words for words in form(pilot).option_words("outcome").values())
        assert rows(book, ACT) == before
        await pilot.press("5")
        await typed(pilot, "家中无人")
        assert "not there; Note 家中无人" in shown(pilot, "writes")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "visit not there" in said(pilot)[-1]

    at_today(book, tmp_path, steps)
    assert rows(book, ACT)[0][:4] == ("visit", "", "no_answer", "家中无人")


def test_enter_after_the_digit_does_not_leave_the_note(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await stand_on(pilot, "20003")
        await pilot.press("c", "1", "enter")
        await settled(pilot)
        assert "the digit chose already" in shown(pilot, "now")
        await typed(pilot, "想了解国债")
        assert shown(pilot, "now").startswith("> Note: write what was said, then ^s saves.")
        assert form(pilot).texts["note"] == "想了解国债"
        await pilot.press("enter")
        assert shown(pilot, "now").startswith("> Next step: ")
        await pilot.press("ctrl+s")
        await settled(pilot)

    at_today(book, tmp_path, steps)
    assert rows(book, ACT)[0][:4] == ("contact", "phone", "reached_success", "想了解国债")


def test_keys_that_come_in_one_stroke_with_the_digit_fall_into_the_note(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await stand_on(pilot, "20003")
        await pilot.press("c")
        await settled(pilot)
        for key in "1hello":
            pilot.app.post_message(Key(key, key))
        await settled(pilot)
        assert form(pilot).texts["note"] == "hello"

    at_today(book, tmp_path, steps)


def test_a_promise_is_corrected_by_a_new_event_and_the_correction_taken_back(book: Book, tmp_path: Path) -> None:
    promises = "SELECT text, due FROM affair WHERE kind = 'promise' ORDER BY position"
    before = rows(book, promises)

    async def steps(pilot: Pilot[Any]) -> None:
        listing = pilot.app.screen.query_one("#queue", LongList)
        ref = rows(book, "SELECT position FROM affair WHERE text = '办理手机银行'")[0][0]
        listing.highlight(f"20003 promise {ref}")
        await settled(pilot)
        await pilot.press("x", "enter")
        await settled(pilot)
        assert form(pilot).texts | {"reason": ""} == {
            "text": "办理手机银行", "due_on": "2026-11-24", "how": "change", "reason": "",
        }  # fmt: skip
        form(pilot).query_one("#field-due_on", Input).value = "+3"
        form(pilot).query_one("#field-text", Input).value = "办理手机银行和短信通知"
        form(pilot).query_one("#field-reason", Input).value = "记错日期"
        await settled(pilot)
        assert shown(pilot, "writes") == "Writes: a correction of Promise, Until"
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert rows(book, promises) == [("办理手机银行和短信通知", TODAY.toordinal() + 3), *before[1:]]
        await pilot.press("u", "y")
        await settled(pilot)
        assert rows(book, promises) == before

    at_today(book, tmp_path, steps)
    assert newest_topics(book, 2) == ["promise_corrected", "withdrawn"]


def test_what_is_foreseen_and_refused_in_the_same_words_is_said_once(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await stand_on(pilot, "20004")
        await pilot.press("v")
        await settled(pilot)
        await pilot.press("1", "down", "x", "y", "z")
        await settled(pilot, 0.3)
        assert (bool(shown(pilot, "preview")), bool(shown(pilot, "refused"))) == (True, False)
        await pilot.press("ctrl+s")
        await settled(pilot, 0.3)
        assert "xyz" in shown(pilot, "refused")
        assert not shown(pilot, "preview")

    at_today(book, tmp_path, steps)


def test_what_to_do_is_said_anew_when_the_options_have_come(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await stand_on(pilot, "20001")
        await pilot.press("c")
        await settled(pilot)
        form(pilot).offer("channel", [("a", "one"), ("b", "another"), ("c", "a third")])
        form(pilot).query_one("#field-channel", Choice).focus()
        await settled(pilot)
        form(pilot).offer("channel", [("a", "one")])
        assert "there is only this one" in shown(pilot, "now")
        form(pilot).offer("channel", [("a", "one"), ("b", "another"), ("c", "a third")])
        assert "press 1-3 to choose" in shown(pilot, "now")

    at_today(book, tmp_path, steps)


def test_an_answer_in_writing_is_offered_only_where_one_writes(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await stand_on(pilot, "20001")
        await pilot.press("c")
        await settled(pilot)
        assert "replied" not in form(pilot).option_words("outcome")
        form(pilot).query_one("#field-channel", Choice).value = "wecom"
        await settled(pilot)
        form(pilot).query_one("#field-outcome", Choice).focus()
        await pilot.press("9")
        assert form(pilot).texts["outcome"] == "replied"
        form(pilot).query_one("#field-channel", Choice).value = "phone"
        await settled(pilot)
        assert form(pilot).texts["outcome"] == ""  # nobody has said what came of the call
        assert shown(pilot, "writes") == "Not ready to save: Outcome"

    at_today(book, tmp_path, steps)


def test_a_date_that_stands_there_is_typed_over(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await stand_on(pilot, "20001")
        await pilot.press("x")
        await settled(pilot)
        form(pilot).query_one("#field-on", Input).focus()
        await pilot.press(*"10-13")
        await settled(pilot)
        assert form(pilot).texts["on"] == "10-13"

    at_today(book, tmp_path, steps)


def test_what_is_proposed_under_the_cursor_is_typed_over(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await stand_on(pilot, "20001")
        await pilot.press("c")
        form(pilot).query_one("#field-next_on", Input).focus()
        await settled(pilot)
        form(pilot).propose("next_on", "+7")
        await settled(pilot)
        await pilot.press(*"+3")
        assert form(pilot).texts["next_on"] == "+3"

    at_today(book, tmp_path, steps)


def test_an_open_promise_can_be_corrected_from_any_duty_of_the_customer(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        pilot.app.screen.query_one("#queue", LongList).highlight("20002 fund_change 2026-11-23")
        await settled(pilot)
        await pilot.press("x")
        await settled(pilot)
        await pilot.press("down", "enter")  # the log comes first here, for the cursor is on no promise
        await settled(pilot)
        assert form(pilot).texts["text"] == "送利率表"

    at_today(book, tmp_path, steps)
