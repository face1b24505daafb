"""When a visit began and how long it took: told, set right, taken out and put back like the rest of the entry."""

from collections.abc import Iterator
from datetime import time, timedelta
from pathlib import Path

import pytest

from guanhu.projections.log import LogEntry, entries_at
from guanhu.store.acts import correct_entry, log_contact, log_visit
from guanhu.store.rebuilding import check
from guanhu.store.restoring import undo_correction
from guanhu.store.withdrawing import withdraw
from guanhu.tests.store.branch import RM, RM2, Branch, refusal
from guanhu.tests.store.taken_back import small

HALF_PAST_NINE = time(9, 30)


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Branch]:
    found = small(tmp_path)
    yield found
    found.book.close()


def visit(branch: Branch, began: time | None = HALF_PAST_NINE, minutes: int | None = 40) -> int:
    """A visit of the day before, by its position."""
    on = branch.book.today - timedelta(days=1)
    duration = None if minutes is None else minutes * 60
    done = log_visit(branch.book, "C1", [RM2], "reached_other", on, staff=RM, began_at=began, duration=duration)
    return done.positions[0]


def stands(branch: Branch, position: int) -> tuple[time | None, int | None]:
    """When it began and its seconds, as the log has them."""
    with branch.book.reading() as cursor:
        found: list[LogEntry] = entries_at(cursor, [position])
    return found[0].began_at, found[0].duration_seconds


def test_both_are_kept_and_neither_is_needed(branch: Branch) -> None:
    assert stands(branch, visit(branch)) == (HALF_PAST_NINE, 2400)
    assert stands(branch, visit(branch, None, None)) == (None, None)
    assert stands(branch, visit(branch, HALF_PAST_NINE, None)) == (HALF_PAST_NINE, None)
    assert check(branch.book) == []


def test_a_correction_sets_them_right_and_another_leaves_them(branch: Branch) -> None:
    position = visit(branch)
    correct_entry(branch.book, position, reason="记错", note="面谈理财")
    assert stands(branch, position) == (HALF_PAST_NINE, 2400)
    fixed = correct_entry(branch.book, position, reason="记错", began_at=time(10, 5)).positions[0]
    assert stands(branch, position) == (time(10, 5), 2400)
    undo_correction(branch.book, fixed, "原来对")
    assert stands(branch, position) == (HALF_PAST_NINE, 2400)
    taken = withdraw(branch.book, position, "录错").receipt.positions[0]
    undo_correction(branch.book, taken, "没录错")
    assert stands(branch, position) == (HALF_PAST_NINE, 2400)
    assert check(branch.book) == []


def test_a_correction_takes_out_what_the_entry_should_not_say(branch: Branch) -> None:
    position = visit(branch)
    correct_entry(branch.book, position, reason="记错", clear=["duration"])
    assert stands(branch, position) == (HALF_PAST_NINE, None)
    cleared = correct_entry(branch.book, position, reason="记错", clear=["began_at"]).positions[0]
    assert stands(branch, position) == (None, None)
    undo_correction(branch.book, cleared, "没记错")
    assert stands(branch, position) == (HALF_PAST_NINE, None)
    assert check(branch.book) == []


def test_a_next_step_can_be_taken_out(branch: Branch) -> None:
    day = branch.book.today
    done = log_contact(
        branch.book, "C1", "phone", "reached_other", day, staff=RM, next_on=day + timedelta(days=7), duration=90
    )
    correct_entry(branch.book, done.positions[0], reason="记错", clear=["next_on"])
    with branch.book.reading() as cursor:
        assert entries_at(cursor, done.positions)[0].next_on is None
    with refusal("not_of_this_entry"):
        correct_entry(branch.book, done.positions[0], reason="记错", clear=["duration"])


def test_a_call_keeps_its_length_and_has_no_beginning_to_correct(branch: Branch) -> None:
    day = branch.book.today
    position = log_contact(branch.book, "C1", "phone", "reached_other", day, staff=RM, duration=90).positions[0]
    correct_entry(branch.book, position, reason="记错", note="改")
    assert stands(branch, position) == (None, 90)
    with refusal("not_of_this_entry"):
        correct_entry(branch.book, position, reason="记错", began_at=HALF_PAST_NINE)


@pytest.mark.parametrize(("began", "minutes"), [(None, 0), (None, 1441), (time(23, 30), 31)])
def test_a_length_that_no_visit_of_the_day_can_have_is_refused(branch: Branch, began: time, minutes: int) -> None:
    with refusal("bad_duration"):
        visit(branch, began, minutes)


def test_what_has_not_begun_is_no_visit(branch: Branch) -> None:
    with refusal("future_act"):
        log_visit(branch.book, "C1", [RM2], "reached_other", branch.book.today, staff=RM, began_at=time(23, 59))
