"""An open promise is corrected by a new event: the book says what it should have said, history keeps both."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from guanhu.domain.errors import Refused
from guanhu.projections.handover import plan_handover
from guanhu.projections.history import customer_history
from guanhu.projections.queue import Asked, duty_list
from guanhu.store import affairs
from guanhu.store.applying import apply_handover
from guanhu.store.book import Book
from guanhu.store.codec import decode
from guanhu.store.rebuilding import check, rebuild
from guanhu.store.withdrawing import withdraw
from guanhu.tests.tui.branch import ME, TODAY, busy_branch, rows
from guanhu.tui.ground import standing

SAYS = "SELECT text, due, day FROM affair WHERE position = ?"
MADE, DUE, LATER = date(2026, 11, 16), date(2026, 11, 24), date(2026, 12, 1)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """The branch, with two open promises."""
    opened = busy_branch(tmp_path)
    yield opened
    opened.close()


def promise(book: Book) -> int:
    position: int = rows(book, "SELECT position FROM affair WHERE text = '办理手机银行'")[0][0]
    return position


def test_it_says_what_it_should_have_said_and_is_owed_by_the_new_date(book: Book) -> None:
    ref = promise(book)
    affairs.correct_promise(book, ref, "记错日期", text="办理网银", due_on=LATER, by=ME)
    assert rows(book, SAYS, ref) == [("办理网银", LATER.toordinal(), MADE.toordinal())]
    with standing(book, TODAY, ME) as ground:
        asked = Asked(customer_no="20003", duties=("promise",))
        (item,) = duty_list(ground.cursor, ground.policy, ground.calendar, TODAY, asked).items
    assert (item.due, item.status) == (LATER, "open")


def test_what_is_not_given_stays(book: Book) -> None:
    ref = promise(book)
    affairs.correct_promise(book, ref, "写错字", text="办理手机银行业务", by=ME)
    assert rows(book, SAYS, ref) == [("办理手机银行业务", DUE.toordinal(), MADE.toordinal())]


def test_taken_back_it_says_again_what_it_said_and_rebuilt_it_is_the_same(book: Book) -> None:
    ref = promise(book)
    before = rows(book, SAYS, ref)
    for text in ("甲", "乙"):
        done = affairs.correct_promise(book, ref, "写错字", text=text, by=ME)
    with pytest.raises(Refused, match="later_rests"):
        withdraw(book, ref, "录错", by=ME)
    withdraw(book, done.positions[0], "没有错", by=ME)
    assert rows(book, SAYS, ref)[0][0] == "甲"
    withdraw(book, done.positions[0] - 1, "没有错", by=ME)
    assert rows(book, SAYS, ref) == before
    affairs.correct_promise(book, ref, "写错字", text="丙", by=ME)
    rebuild(book)
    assert check(book) == []
    assert rows(book, SAYS, ref)[0][0] == "丙"


def test_whose_it_is_meanwhile_stays_when_a_correction_is_taken_back(book: Book) -> None:
    ref = promise(book)
    done = affairs.correct_promise(book, ref, "写错字", text="甲", by=ME)
    with book.reading() as cursor:
        plan = plan_handover(cursor, ME, "R2", TODAY)
    apply_handover(book, plan, by=ME)
    assert rows(book, "SELECT staff FROM affair WHERE position = ?", ref) == [("R2",)]
    withdraw(book, done.positions[0], "没有错", by=ME)
    assert rows(book, "SELECT staff, text FROM affair WHERE position = ?", ref) == [("R2", "办理手机银行")]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, "nothing_to_correct"),
        ({"text": "办理手机银行", "due_on": DUE}, "nothing_to_correct"),
        ({"text": " "}, "text_missing"),
        ({"due_on": date(2026, 11, 15)}, "before_the_act"),
        ({"text": "甲", "reason": ""}, "reason_missing"),
    ],
)
def test_it_is_refused_for_what_the_promise_would_have_been(book: Book, given: dict[str, object], code: str) -> None:
    with pytest.raises(Refused, match=code):
        affairs.correct_promise(book, promise(book), by=ME, **{"reason": "错", **given})  # type: ignore[arg-type]


def test_a_promise_that_was_answered_is_corrected_no_more(book: Book) -> None:
    affairs.keep_promise(book, promise(book), TODAY, by=ME)
    with pytest.raises(Refused, match="already_closed"):
        affairs.correct_promise(book, promise(book), "错", text="甲", by=ME)


def test_history_tells_both(book: Book) -> None:
    ref = promise(book)
    affairs.correct_promise(book, ref, "记错日期", due_on=LATER, by=ME)
    with book.reading() as cursor:
        _count, items = customer_history(cursor, book.recorder, decode, book.keyring, "20003")
    told = {item.event: item.details for item in items}
    assert told["promise"]["due_on"] == DUE
    assert told["promise_corrected"] == {
        "ref": ref, "due_on": LATER, "text": "办理手机银行", "reason": "记错日期",
    }  # fmt: skip
