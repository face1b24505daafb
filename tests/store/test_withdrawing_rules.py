"""Which acts are taken back, when and by whom, and what the history tells of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from guanhu.domain.errors import NotFound
from guanhu.projections.history import customer_history
from guanhu.store.affairs import (
    keep_promise,
    make_promise,
    note_event,
)
from guanhu.store.assigning import assign
from guanhu.store.codec import decode
from guanhu.store.rating import open_day
from guanhu.store.rebuilding import check
from guanhu.store.registering import erase, link, mark, register, restrict, tag
from guanhu.store.requests import answer_help
from guanhu.store.statements import deposit
from guanhu.store.withdrawing import withdraw
from guanhu.tests.store.branch import MANAGER, RM, RM2, TELLER, Branch, day, refusal
from guanhu.tests.store.taken_back import ON, TODAY, asked, promised, small, topics


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Branch]:
    found = small(tmp_path)
    yield found
    found.book.close()


def test_the_history_tells_the_act_and_that_it_was_taken_back(branch: Branch) -> None:
    position = promised(branch)
    taken = withdraw(branch.book, position, "写错了客户", by=RM).receipt
    with branch.book.reading() as cursor:
        _total, items = customer_history(cursor, branch.book.recorder, decode, branch.book.keyring, "C1")
    assert [item.event for item in items][-2:] == ["promise", "withdrawn"]
    assert (items[-1].position, items[-1].corrects) == (taken.positions[0], position)
    assert items[-1].details == {"ref": position, "what": "promise", "reason": "写错了客户"}


def test_seats_taken_back_are_told_in_the_history(branch: Branch) -> None:
    assign(branch.book, "C1", RM, day("2026-06-10"))
    withdraw(branch.book, assign(branch.book, "C1", RM2, ON).positions[0], "录错")
    assert topics(branch)[-4:] == ["assigned", "released", "assigned", "seats_withdrawn"]
    assert check(branch.book) == []


# ---------------------------------------------------------------- when
def test_an_act_on_which_a_later_one_rests_stands(branch: Branch) -> None:
    position = promised(branch)
    kept = keep_promise(branch.book, position, ON).positions[0]
    with refusal("later_rests"):
        withdraw(branch.book, position, "录错")
    withdraw(branch.book, kept, "录错")
    withdraw(branch.book, position, "录错")
    assert branch.duties("C1", TODAY, "promise") == []


def test_of_two_marks_set_one_after_the_other_the_newest_goes_first(branch: Branch) -> None:
    first = mark(branch.book, "C1", "prospect", "一", ON).positions[0]
    off = mark(branch.book, "C1", "prospect", "二", ON, on_off=False).positions[0]
    again = mark(branch.book, "C1", "prospect", "三", ON).positions[0]
    for position in (first, off):
        with refusal("later_rests"):
            withdraw(branch.book, position, "录错")
    for position in (again, off, first):
        withdraw(branch.book, position, "录错")
    assert branch.marks("C1") == []
    assert check(branch.book) == []


def test_a_closing_that_is_taken_back_can_be_done_again(branch: Branch) -> None:
    position = asked(branch)
    for _ in range(2):
        withdraw(branch.book, answer_help(branch.book, position, ON).positions[0], "录错")
    assert branch.status("C1", TODAY, "support", str(position)) == "open"


def test_what_is_no_act_is_not_taken_back(branch: Branch) -> None:
    taken = withdraw(branch.book, promised(branch), "录错").receipt.positions[0]
    for position in (1, taken):
        with refusal("not_to_withdraw"):
            withdraw(branch.book, position, "录错")
    with refusal("unknown_entry", NotFound):
        withdraw(branch.book, 99_999, "录错")
    with refusal("reason_missing"):
        withdraw(branch.book, promised(branch), " ")
    restricted = restrict(branch.book, "C1", "申请", ON, add=True).positions[0]
    with refusal("not_to_withdraw"):
        withdraw(branch.book, restricted, "录错")


def test_nothing_of_an_erased_customer_is_taken_back_nor_kept(branch: Branch) -> None:
    position = tag(branch.book, "C1", "爱茶", ON, add=True).positions[0]
    tag(branch.book, "C1", "爱茶", ON, add=False)
    erase(branch.book, "C1", "本人申请", ON)
    with refusal("customer_erased"):
        withdraw(branch.book, position, "录错")
    with branch.book.reading() as cursor:
        assert cursor.execute("SELECT count(*) FROM former").fetchone()[0] == 0
    assert check(branch.book) == []


def test_a_customer_of_whom_more_is_known_stays_registered(branch: Branch) -> None:
    position = register(branch.book, "C9", "新客", {}, "", ON).positions[0]
    noted = note_event(branch.book, "C9", "birth", ON).positions[0]
    with refusal("later_rests"):
        withdraw(branch.book, position, "录错")
    withdraw(branch.book, noted, "录错")
    branch.balance("C9", 100, "2026-06-02")
    with refusal("customer_in_use"):
        withdraw(branch.book, position, "录错")


def test_a_customer_to_whom_a_relation_could_come_back_stays(branch: Branch) -> None:
    position = register(branch.book, "C9", "新客", {}, "", ON).positions[0]
    link(branch.book, "C1", "C9", "family", ON, add=True)
    link(branch.book, "C1", "C9", "family", ON, add=False)
    with refusal("customer_in_use"):
        withdraw(branch.book, position, "录错")


def test_no_relation_to_an_erased_customer_comes_back(branch: Branch) -> None:
    link(branch.book, "C1", "C2", "family", ON, add=True)
    off = link(branch.book, "C1", "C2", "family", ON, add=False).positions[0]
    erase(branch.book, "C2", "本人申请", ON)
    with refusal("customer_erased"):
        withdraw(branch.book, off, "录错")


def test_a_number_that_was_taken_back_is_registered_anew(branch: Branch) -> None:
    withdraw(branch.book, register(branch.book, "C9", "错名", {}, "", ON).positions[0], "录错")
    register(branch.book, "C9", "新客", {}, "", ON)
    branch.balance("C9", 60_000, "2026-06-02")
    assert check(branch.book) == []
    assert topics(branch, "C9")[:3] == ["registered", "withdrawn", "registered"]


# ---------------------------------------------------------------- money
def test_money_is_not_taken_back_once_the_bank_has_reported_the_balance(branch: Branch) -> None:
    position = deposit(branch.book, "C1", 100_00, day("2026-06-10")).positions[0]
    branch.balance("C1", 260_100, "2026-06-12")
    with refusal("balance_since"):
        withdraw(branch.book, position, "录错")


def test_an_unchanged_balance_reported_since_counts_too(branch: Branch) -> None:
    position = deposit(branch.book, "C1", 100_00, day("2026-06-10")).positions[0]
    branch.balance("C1", 260_100, "2026-06-12")
    branch.balance("C1", 260_100, "2026-06-13")
    with refusal("balance_since"):
        withdraw(branch.book, position, "录错")


def test_a_withdrawal_taken_back_lifts_the_customer_at_once(branch: Branch) -> None:
    out = deposit(branch.book, "C1", -100_000_00, day("2026-06-05")).positions[0]
    deposit(branch.book, "C1", 300_000_00, day("2026-06-06"))
    with branch.book.writing() as w:
        open_day(w, ON)
    withdraw(branch.book, out, "录错")
    with branch.book.reading() as cursor:
        question = "SELECT aum, tier FROM account JOIN customer ON id = customer_id WHERE no = 'C1'"
        row = cursor.execute(question).fetchone()
    assert row == (560_000_00, "affluent")
    assert check(branch.book) == []


# ---------------------------------------------------------------- who
def test_whoever_did_it_or_the_outlets_manager_takes_it_back(branch: Branch) -> None:
    position = make_promise(branch.book, "C1", "送资料", ON, ON, staff=RM, by=TELLER).positions[0]
    with refusal("not_your_act"):
        withdraw(branch.book, position, "录错", by=RM2)
    for who in (TELLER, RM, MANAGER):
        withdraw(branch.book, position, "录错", by=who)
        position = make_promise(branch.book, "C1", "送资料", ON, ON, staff=RM, by=TELLER).positions[0]


def test_whoever_was_given_a_customer_does_not_take_that_back(branch: Branch) -> None:
    position = assign(branch.book, "C1", RM, ON, by=MANAGER).positions[0]
    with refusal("not_your_act"):
        withdraw(branch.book, position, "不要", by=RM)
    withdraw(branch.book, position, "录错", by=MANAGER)


def test_a_command_given_again_takes_back_once(branch: Branch) -> None:
    position = promised(branch)
    first = withdraw(branch.book, position, "录错", command="x").receipt
    again = withdraw(branch.book, position, "录错", command="x").receipt
    assert (again.positions, again.repeated) == (first.positions, True)
