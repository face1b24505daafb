"""Contacts, messages and visits: what they discharge, whom they mark, and what is refused (SCHEMES.md 1; DESIGN 6)."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from guanhu.domain.contact import OUTCOMES, REACHED
from guanhu.domain.errors import NotFound
from guanhu.store.acts import SAID_SO, correct_entry, log_contact, log_visit
from guanhu.store.messages import log_message
from guanhu.store.posts import depart
from guanhu.store.registering import erase, mark, restrict
from guanhu.tests.store.branch import MANAGER, RM, SUPERVISOR, TELLER, Branch, contacted, day, log, refusal

JUNE, MAY = "2026-06-10", "2026-05-20"


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Branch]:
    found = Branch(tmp_path)
    found.customer("C1", 250_000)
    yield found
    found.book.close()


# ---------------------------------------------------------------- contacts
def test_a_contact_discharges_the_monthly_contact(branch: Branch) -> None:
    assert branch.status("C1", JUNE, "monthly_contact", "2026-06") == "open"
    contacted(branch)
    assert branch.status("C1", JUNE, "monthly_contact", "2026-06") == "done"
    assert branch.status("C1", "2026-06-09", "monthly_contact", "2026-06") == "open"


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_only_an_outcome_that_reached_the_customer_discharges(branch: Branch, outcome: str) -> None:
    contacted(branch, outcome=outcome)
    assert (branch.status("C1", JUNE, "monthly_contact", "2026-06") == "done") is (outcome in REACHED)


def test_an_act_may_be_dated_before_registration_and_first_balance(branch: Branch) -> None:
    contacted(branch, "2019-03-01")
    assert [entry.on for entry in log(branch)] == [date(2019, 3, 1)]


def test_a_repeated_command_is_answered_with_the_first_result(branch: Branch) -> None:
    first = log_contact(branch.book, "C1", "phone", "replied", day(JUNE), staff=RM, command="one")
    again = log_contact(branch.book, "C1", "phone", "no_answer", day(MAY), staff=RM, command="one")
    assert (again.positions, again.repeated) == (first.positions, True)
    assert len(log(branch)) == 1


def test_who_gives_the_command_made_the_contact_unless_another_is_named(branch: Branch) -> None:
    log_contact(branch.book, "C1", "phone", "replied", day(JUNE))
    log_contact(branch.book, "C1", "phone", "replied", day(JUNE), by=TELLER)
    log_contact(branch.book, "C1", "phone", "replied", day(JUNE), by=TELLER, staff=RM)
    assert [(entry.staff, entry.by) for entry in log(branch)] == [(MANAGER, MANAGER), (TELLER, TELLER), (RM, TELLER)]


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("future_act", {"on": "2026-06-16"}),
        ("unknown_outcome", {"outcome": "shouted"}),
        ("before_the_act", {"next_on": day("2026-06-09")}),
        ("bad_duration", {"duration": -1}),
        ("bad_duration", {"duration": 86_401}),
        ("control_character", {"note": "a\x1b[2J"}),
        ("text_too_long", {"note": "长" * 2_001}),
    ],
)
def test_a_contact_that_can_not_be_so_is_refused_and_nothing_is_written(
    branch: Branch, code: str, change: dict[str, object]
) -> None:
    with refusal(code):
        contacted(branch, **change)  # type: ignore[arg-type]
    assert log(branch) == []


def test_what_the_book_does_not_know_is_not_found(branch: Branch) -> None:
    with refusal("unknown_customer", NotFound):
        log_contact(branch.book, "C9", "phone", "replied", day(JUNE), staff=RM)
    with refusal("unknown_staff", NotFound):
        contacted(branch, staff="nobody")
    with refusal("unknown_channel"):
        log_contact(branch.book, "C1", "drum", "replied", day(JUNE), staff=RM)


def test_who_has_left_made_no_contact_after_the_last_day(branch: Branch) -> None:
    depart(branch.book, TELLER, day("2026-06-01"))
    contacted(branch, "2026-05-31", staff=TELLER)
    with refusal("staff_left"):
        contacted(branch, "2026-06-01", staff=TELLER)


# ---------------------------------------------------------------- customers who ask not to be disturbed
def test_a_customer_who_asks_is_marked_by_the_same_command(branch: Branch) -> None:
    receipt = log_contact(branch.book, "C1", "phone", "do_not_disturb", day(JUNE), staff=RM)
    assert len(receipt.positions) == 2
    assert branch.marks("C1") == [("do_not_disturb", SAID_SO)]
    assert branch.status("C1", JUNE, "monthly_contact", "2026-06") == ""


def test_the_note_is_the_reason_of_the_mark(branch: Branch) -> None:
    contacted(branch, outcome="do_not_disturb", note="只收短信")
    assert branch.marks("C1") == [("do_not_disturb", "只收短信")]


def test_a_mark_that_stands_is_not_set_again(branch: Branch) -> None:
    mark(branch.book, "C1", "do_not_disturb", "letter", day(MAY))
    contacted(branch, outcome="do_not_disturb")
    assert branch.marks("C1") == [("do_not_disturb", "letter")]


def test_a_wish_written_up_after_it_was_taken_back_sets_no_mark(branch: Branch) -> None:
    mark(branch.book, "C1", "do_not_disturb", "letter", day("2026-04-01"))
    mark(branch.book, "C1", "do_not_disturb", "changed their mind", day(MAY), on_off=False)
    contacted(branch, "2026-04-10", outcome="do_not_disturb")
    assert len(branch.marks("C1")) == 1


# ---------------------------------------------------------------- messages to many
def test_a_message_goes_to_all_but_those_who_must_not_be_written_to(branch: Branch) -> None:
    for no in ("C2", "C3", "C4", "C5", "C6"):
        branch.customer(no)
    mark(branch.book, "C2", "do_not_disturb", "said so", day(MAY))
    mark(branch.book, "C3", "deceased", "family called", day(MAY))
    erase(branch.book, "C4", "asked", day(MAY))
    restrict(branch.book, "C5", "complaint", day(MAY), add=True)
    mark(branch.book, "C6", "prospect", "savings elsewhere", day(MAY))
    everybody = ("C1", "C2", "C3", "C4", "C5", "C6", "C1")
    done = log_message(branch.book, everybody, "message", "sent", "节日快乐", day(JUNE), staff=RM, command="m1")
    assert [(entry.customer_no, entry.note) for entry in log(branch)] == [("C1", "节日快乐"), ("C6", "节日快乐")]
    assert done.left_out == (
        ("C2", "do_not_disturb"), ("C3", "deceased"), ("C4", "erased"), ("C5", "restricted"),
    )  # fmt: skip
    again = log_message(branch.book, everybody, "message", "sent", "节日快乐", day(JUNE), staff=RM, command="m1")
    assert (again.left_out, again.receipt.positions) == (done.left_out, done.receipt.positions)
    assert again.receipt.repeated


def test_a_message_to_nobody_is_refused(branch: Branch) -> None:
    mark(branch.book, "C1", "closed", "account closed", day(MAY))
    with refusal("nobody_to_write_to"):
        log_message(branch.book, ["C1"], "message", "sent", "", day(JUNE), staff=RM)


def test_one_unknown_customer_stops_the_whole_message(branch: Branch) -> None:
    with refusal("unknown_customer", NotFound):
        log_message(branch.book, ["C1", "C9"], "message", "sent", "", day(JUNE), staff=RM)
    assert log(branch) == []


# ---------------------------------------------------------------- visits
def test_a_joint_visit_discharges_the_birthday_visit_and_counts_for_both(branch: Branch) -> None:
    branch.customer("C2", 1_500_000, birthday="1970-06-12")
    visited = log_visit(branch.book, "C2", [SUPERVISOR], "reached_success", day(JUNE), staff=RM, note="鲜花")
    assert branch.status("C2", JUNE, "birthday_visit", "2026-06-12") == "done"
    for staff in (RM, SUPERVISOR):
        assert [entry.position for entry in log(branch, staff=staff)] == list(visited.positions)


def test_a_visit_alone_is_no_joint_visit(branch: Branch) -> None:
    branch.customer("C2", 1_500_000, birthday="1970-06-12")
    log_visit(branch.book, "C2", [], "reached_success", day(JUNE), staff=RM)
    assert branch.status("C2", JUNE, "birthday_visit", "2026-06-12") == "open"


def test_everybody_who_took_part_stands_once(branch: Branch) -> None:
    log_visit(branch.book, "C1", [SUPERVISOR, RM, SUPERVISOR], "reached_other", day(JUNE), staff=RM)
    (entry,) = log(branch)
    assert (entry.staff, entry.companions) == (RM, (SUPERVISOR,))


def test_where_nobody_gives_the_command_the_first_companion_is_the_visitor(branch: Branch) -> None:
    branch.book.staff = ""
    log_visit(branch.book, "C1", [RM, SUPERVISOR], "reached_other", day(JUNE))
    (entry,) = log(branch)
    assert (entry.staff, entry.companions) == (RM, (SUPERVISOR,))
    with refusal("visitor_missing"):
        log_visit(branch.book, "C1", [], "reached_other", day(JUNE))


def test_companions_are_staff_and_a_visit_is_not_sent(branch: Branch) -> None:
    with refusal("unknown_staff", NotFound):
        log_visit(branch.book, "C1", ["a friend"], "reached_other", day(JUNE), staff=RM)
    with refusal("not_of_a_visit"):
        log_visit(branch.book, "C1", [], "sent", day(JUNE), staff=RM)


# ---------------------------------------------------------------- erased customers
def test_nothing_is_added_to_an_erased_customer_and_notes_are_gone(branch: Branch) -> None:
    position = contacted(branch, note="prefers evenings")
    erase(branch.book, "C1", "asked", day(JUNE))
    (entry,) = log(branch)
    assert (entry.name, entry.note, entry.outcome) == ("", "", "reached_success")
    for act in (lambda: contacted(branch), lambda: correct_entry(branch.book, position, note="x", reason="r")):
        with refusal("customer_erased"):
            act()
