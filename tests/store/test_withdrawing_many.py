"""Messages, handovers and corrections taken back; the log and the tally afterwards."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from guanhu.projections.handover import Handover, plan_handover
from guanhu.projections.teller_day import teller_day
from guanhu.store.acts import correct_entry, log_contact, log_visit
from guanhu.store.affairs import (
    keep_promise,
    make_promise,
    waive_duty,
)
from guanhu.store.applying import apply_handover
from guanhu.store.assigning import assign
from guanhu.store.codec import decode
from guanhu.store.messages import log_message
from guanhu.store.rebuilding import check
from guanhu.store.requests import request_help
from guanhu.store.restoring import undo_correction
from guanhu.store.withdrawing import first_of_plan, withdraw
from guanhu.tests.store.branch import RM, RM2, TELLER, Branch, day, log, refusal
from guanhu.tests.store.taken_back import ON, promised, small, state


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Branch]:
    found = small(tmp_path)
    yield found
    found.book.close()


# ---------------------------------------------------------------- many at once
def test_a_message_to_many_is_taken_back_whole(branch: Branch) -> None:
    before = state(branch)["obligation"]
    done = log_message(branch.book, ["C1", "C2"], "message", "sent", "节日好", ON, staff=RM)
    withdraw(branch.book, done.receipt.positions, "发错")
    assert state(branch)["obligation"] == before
    with branch.book.reading() as cursor:
        assert {kind for (kind,) in cursor.execute("SELECT kind FROM act")} == {"withdrawn"}


def test_a_handover_is_taken_back_seats_and_promises(branch: Branch) -> None:
    for no in ("C1", "C3"):
        assign(branch.book, no, RM, day("2026-06-01"))
    own = make_promise(branch.book, "C3", "自己的", ON, ON, staff=RM2).positions[0]
    promised(branch)
    before = state(branch)
    with branch.book.reading() as cursor:
        plan = plan_handover(cursor, RM, RM2, ON)
    apply_handover(branch.book, plan, command="hand")
    assert state(branch) != before
    first = first_of_plan(branch.book, "hand")
    assert first is not None
    assert withdraw(branch.book, first, "点错").passed_over == 0
    assert state(branch) == before
    assert check(branch.book) == []
    with branch.book.reading() as cursor:
        assert cursor.execute("SELECT staff FROM affair WHERE position = ?", (own,)).fetchone() == (RM2,)
    with refusal("entry_withdrawn"):
        withdraw(branch.book, first, "点错")


def test_customers_whose_seats_moved_since_are_passed_over_and_counted(branch: Branch) -> None:
    for no in ("C1", "C3"):
        assign(branch.book, no, RM, day("2026-06-01"))
    with branch.book.reading() as cursor:
        plan = plan_handover(cursor, RM, RM2, ON)
    apply_handover(branch.book, plan, command="hand")
    assign(branch.book, "C3", RM, ON)
    first = first_of_plan(branch.book, "hand")
    assert first is not None
    assert withdraw(branch.book, first, "点错").passed_over == 1
    assert owners(branch, "C1") == [RM]
    assert owners(branch, "C3") == [RM]
    assert check(branch.book) == []


def test_assignments_of_numbered_commands_are_taken_back_one_by_one(branch: Branch) -> None:
    first, second = (
        assign(branch.book, no, RM, ON, command=f"night:{n}").positions[0] for n, no in enumerate(("C1", "C3"), 1)
    )
    assert withdraw(branch.book, second, "点错").passed_over == 0
    assert owners(branch, "C1") == [RM]
    assert owners(branch, "C3") == []
    withdraw(branch.book, first, "点错")
    assert owners(branch, "C1") == []


def test_a_plan_knows_its_own_parts_from_commands_named_like_them(branch: Branch) -> None:
    for no in ("C1", "C3"):
        assign(branch.book, no, RM, day("2026-06-01"))
    branch.customer("C4", 100_000)
    assign(branch.book, "C4", TELLER, day("2026-06-01"), command="hand:1")
    log_contact(branch.book, "C1", "phone", "reached_success", ON, staff=RM, command="plan:hand:1")
    with branch.book.reading() as cursor:
        plan = plan_handover(cursor, RM, RM2, ON)
    assert apply_handover(branch.book, plan, command="hand").customers == 2
    assert apply_handover(branch.book, plan_handover_of_nobody(branch), command="hand:1").customers == 0
    first = first_of_plan(branch.book, "hand")
    assert first is not None
    assert withdraw(branch.book, first, "点错").passed_over == 0
    assert owners(branch, "C1") == owners(branch, "C3") == [RM]
    assert owners(branch, "C4") == [TELLER]
    assert check(branch.book) == []


def test_an_act_is_no_files_because_its_command_is_named_so(branch: Branch) -> None:
    kept = make_promise(branch.book, "C1", "送资料", ON, ON, command="import:today").positions[0]
    withdraw(branch.book, kept, "录错")
    assert read(branch, "SELECT count(*) FROM affair") == [(0,)]


def plan_handover_of_nobody(branch: Branch) -> Handover:
    with branch.book.reading() as cursor:
        return plan_handover(cursor, RM, RM2, ON)


def owners(branch: Branch, no: str) -> list[str]:
    with branch.book.reading() as cursor:
        rows = cursor.execute(
            "SELECT staff FROM care JOIN customer ON id = customer_id WHERE no = ? AND seat = 'owner' AND end > ?",
            (no, ON.toordinal()),
        )
        return [staff for (staff,) in rows]


def test_an_assignment_after_which_the_seats_moved_is_refused(branch: Branch) -> None:
    position = assign(branch.book, "C1", RM, day("2026-06-10")).positions[0]
    assign(branch.book, "C1", RM2, ON)
    with refusal("seats_moved"):
        withdraw(branch.book, position, "录错")


# ---------------------------------------------------------------- corrections
def test_a_correction_is_taken_back_by_saying_the_entry_again(branch: Branch) -> None:
    position = log_contact(
        branch.book, "C1", "phone", "no_answer", ON, staff=RM, note="无人", next_on=day("2026-06-20")
    ).positions[0]
    question = "SELECT day, kind, channel, outcome, note, next_day FROM act"
    before = read(branch, question)
    first = correct_entry(branch.book, position, reason="接通了", outcome="reached_success", note="接了").positions[0]
    taken = withdraw(branch.book, position, "不是这位").receipt.positions[0]
    with refusal("later_rests"):
        undo_correction(branch.book, first, "x")
    undo_correction(branch.book, taken, "是这位")
    assert read(branch, question)[0][3:5] == ("reached_success", "接了")
    assert read(branch, "SELECT count(*) FROM withdrawn") == [(0,)]
    newest_correction = read(branch, "SELECT corrected FROM act")[0][0]
    with branch.book.reading() as cursor:
        assert cursor.execute("SELECT max(position) FROM act").fetchone()[0] == position
    undo_correction(branch.book, newest_correction, "又错")
    assert read(branch, "SELECT kind FROM act") == [("withdrawn",)]
    assert before[0][1] == "contact"
    assert check(branch.book) == []


def read(branch: Branch, question: str) -> list[Any]:
    with branch.book.reading() as cursor:
        return cursor.execute(question).fetchall()


# ---------------------------------------------------------------- log and tally
def test_the_log_and_the_tally_count_the_same_after_acts_are_taken_back(branch: Branch) -> None:
    def counted() -> tuple[int, int]:
        with branch.book.reading() as cursor:
            tally = teller_day(cursor, branch.book.recorder, decode, RM, ON)
        return len(log(branch, staff=RM)), sum(tally.counts.values())

    position = make_promise(branch.book, "C1", "送资料", ON, ON, by=RM).positions[0]
    kept = keep_promise(branch.book, position, ON, by=RM).positions[0]
    help_ = request_help(branch.book, "C1", "support", ON, by=RM).positions[0]
    waived = waive_duty(branch.book, "C1", "monthly_contact", "2026-06", "出国", ON, by=RM).positions[0]
    visit = log_visit(branch.book, "C1", [], "reached_other", ON, by=RM).positions[0]
    assert counted() == (5, 5)
    for left, taken in zip((4, 3, 2, 1, 0), (visit, kept, position, help_, waived), strict=True):
        withdraw(branch.book, taken, "录错", by=RM)
        assert counted() == (left, left)
