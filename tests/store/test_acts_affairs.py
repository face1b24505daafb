"""Promises, referrals, events, opinions, products, requests and waivers: opened once, closed once (SCHEMES.md 1, 6)."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from guanhu.domain.errors import NotFound
from guanhu.store.acts import log_contact, log_visit
from guanhu.store.affairs import (
    answer_referral,
    end_product,
    excuse_promise,
    hold_product,
    keep_promise,
    make_promise,
    note_event,
    refer,
    voice_opinion,
    waive_duty,
)
from guanhu.store.assigning import assign
from guanhu.store.registering import erase
from guanhu.store.requests import answer_help, request_help
from guanhu.tests.store.branch import DEPARTMENT, MANAGER, RM, RM2, SUPERVISOR, TELLER, Branch, day, refusal

TODAY = "2026-06-15"
ON = day("2026-06-10")


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Branch]:
    found = Branch(tmp_path, TODAY)
    found.customer("C1", 250_000)
    yield found
    found.book.close()


def seats(branch: Branch, no: str) -> list[tuple[str, str, str]]:
    with branch.book.reading() as cursor:
        return cursor.execute(
            "SELECT seat, staff, role FROM care JOIN customer ON id = customer_id"
            " WHERE no = ? AND seat <> 'gap' AND end > ? ORDER BY seat, staff",
            (no, day(TODAY).toordinal()),
        ).fetchall()


# ---------------------------------------------------------------- promises
def promised(branch: Branch) -> int:
    return make_promise(branch.book, "C1", "送资料上门", day("2026-06-12"), ON, staff=RM).positions[0]


def test_a_promise_is_owed_by_who_made_it_until_it_is_kept(branch: Branch) -> None:
    ref = promised(branch)
    (item,) = branch.duties("C1", "2026-06-13", "promise")
    assert (item.status, item.owner, item.occurrence) == ("overdue", RM, str(ref))
    keep_promise(branch.book, ref, day("2026-06-14"))
    assert branch.status("C1", "2026-06-13", "promise", str(ref)) == "overdue"
    assert branch.status("C1", "2026-06-14", "promise", str(ref)) == "done"


def test_a_promise_is_excused_by_telling_why(branch: Branch) -> None:
    ref = promised(branch)
    with refusal("reason_missing"):
        excuse_promise(branch.book, ref, "  ", ON)
    excuse_promise(branch.book, ref, "额度已满，已告知", ON)
    assert branch.status("C1", TODAY, "promise", str(ref)) == "done"


def test_a_promise_says_something_and_is_not_due_before_it_is_made(branch: Branch) -> None:
    with refusal("text_missing"):
        make_promise(branch.book, "C1", "", day(TODAY), ON, staff=RM)
    with refusal("before_the_act"):
        make_promise(branch.book, "C1", "call", day("2026-06-09"), ON, staff=RM)


# ---------------------------------------------------------------- what is closed is closed once
def opened(branch: Branch, kind: str) -> int:
    match kind:
        case "promise":
            return promised(branch)
        case "referral":
            return refer(branch.book, "C1", RM, ON, from_staff=TELLER).positions[0]
    return request_help(branch.book, "C1", "support", ON).positions[0]


CLOSINGS: list[tuple[str, Callable[[Branch, int, date], object]]] = [
    ("promise", lambda branch, ref, on: keep_promise(branch.book, ref, on)),
    ("promise", lambda branch, ref, on: excuse_promise(branch.book, ref, "why", on)),
    ("referral", lambda branch, ref, on: answer_referral(branch.book, ref, False, on)),
    ("referral", lambda branch, ref, on: answer_referral(branch.book, ref, True, on)),
    ("request", lambda branch, ref, on: answer_help(branch.book, ref, on)),
]


@pytest.mark.parametrize(("kind", "close"), CLOSINGS)
def test_closing_is_done_once_not_before_the_opening_and_not_tomorrow(
    branch: Branch, kind: str, close: Callable[[Branch, int, date], object]
) -> None:
    ref = opened(branch, kind)
    with refusal("before_the_act"):
        close(branch, ref, day("2026-06-09"))
    with refusal("future_act"):
        close(branch, ref, day("2026-06-16"))
    with refusal("unknown_affair", NotFound):
        close(branch, 1, ON)
    close(branch, ref, ON)
    with refusal("already_closed"):
        close(branch, ref, ON)


def test_a_repeated_closing_command_is_answered_with_the_first_result(branch: Branch) -> None:
    ref = promised(branch)
    first = keep_promise(branch.book, ref, ON, command="k1")
    again = keep_promise(branch.book, ref, ON, command="k1")
    assert (again.positions, again.repeated) == (first.positions, True)


def test_nothing_is_closed_for_an_erased_customer(branch: Branch) -> None:
    ref = promised(branch)
    erase(branch.book, "C1", "asked", ON)
    with refusal("customer_erased"):
        keep_promise(branch.book, ref, ON)


# ---------------------------------------------------------------- referrals
def test_a_referral_is_owed_by_the_relationship_manager_and_discharges_near_tier(branch: Branch) -> None:
    branch.customer("C2", 170_000)
    ref = refer(branch.book, "C2", RM, ON, from_staff=TELLER, note="可提升").positions[0]
    (item,) = branch.duties("C2", "2026-06-11", "referral")
    assert (item.status, item.owner, item.occurrence) == ("open", RM, str(ref))
    assert branch.status("C2", "2026-06-11", "near_tier", "2026-Q2") == "done"
    answer_referral(branch.book, ref, False, day("2026-06-11"), note="暂不接收")
    assert branch.status("C2", TODAY, "referral", str(ref)) == "done"
    assert seats(branch, "C2") == []


def test_accepting_gives_the_free_seats_that_suit_the_tier(branch: Branch) -> None:
    ref = refer(branch.book, "C1", RM, ON, from_staff=TELLER).positions[0]
    answer_referral(branch.book, ref, True, ON)
    assert seats(branch, "C1") == [("owner", RM, "relationship_manager"), ("system", RM, "relationship_manager")]


def test_accepting_below_the_tier_of_relationship_managers_gives_the_system_seat_alone(branch: Branch) -> None:
    branch.customer("C2", 170_000)
    assign(branch.book, "C2", TELLER, ON)
    ref = refer(branch.book, "C2", RM, ON, from_staff=TELLER).positions[0]
    answer_referral(branch.book, ref, True, ON)
    assert seats(branch, "C2") == [("owner", TELLER, "low_counter_teller"), ("system", RM, "relationship_manager")]


def test_accepting_takes_over_from_an_owner_of_the_tier_below(branch: Branch) -> None:
    branch.customer("C2", 170_000)
    assign(branch.book, "C2", TELLER, day("2026-03-01"))
    branch.balance("C2", 260_000, "2026-06-09")
    ref = refer(branch.book, "C2", RM, ON, from_staff=TELLER).positions[0]
    answer_referral(branch.book, ref, True, ON)
    assert [seat for seat in seats(branch, "C2") if seat[0] == "owner"] == [("owner", RM, "relationship_manager")]


def test_accepting_takes_nobodys_seat_that_suits_the_tier(branch: Branch) -> None:
    assign(branch.book, "C1", RM2, day("2026-03-01"))
    ref = refer(branch.book, "C1", RM, ON, from_staff=TELLER).positions[0]
    answer_referral(branch.book, ref, True, ON)
    assert {staff for _, staff, _ in seats(branch, "C1")} == {RM2}


def test_a_referral_goes_to_a_relationship_manager_and_not_twice(branch: Branch) -> None:
    with refusal("post_not_held"):
        refer(branch.book, "C1", SUPERVISOR, ON, from_staff=TELLER)
    with refusal("referred_to_self"):
        refer(branch.book, "C1", RM, ON, from_staff=RM)
    refer(branch.book, "C1", RM, ON, from_staff=TELLER)
    for other in (RM, RM2):
        with refusal("already_referred"):
            refer(branch.book, "C1", other, ON, from_staff=MANAGER)


# ---------------------------------------------------------------- events, opinions, requests
def test_an_important_event_raises_its_duty_and_a_contact_discharges_it(branch: Branch) -> None:
    (ref,) = note_event(branch.book, "C1", "wedding", ON, note="女儿结婚").positions
    assert branch.status("C1", "2026-06-11", "important_event", str(ref)) == "open"
    log_contact(branch.book, "C1", "phone", "reached_other", day("2026-06-11"), staff=RM)
    assert branch.status("C1", "2026-06-11", "important_event", str(ref)) == "done"
    with refusal("unknown_event_kind"):
        note_event(branch.book, "C1", "lottery", ON)


def test_an_opinion_says_something(branch: Branch) -> None:
    assert voice_opinion(branch.book, "C1", "排队太久", ON, staff=RM).positions
    with refusal("text_missing"):
        voice_opinion(branch.book, "C1", "\n", ON, staff=RM)


def test_a_joint_visit_is_discharged_by_department_and_outlet_together(branch: Branch) -> None:
    with refusal("due_missing"):
        request_help(branch.book, "C1", "joint_visit", ON)
    with refusal("unknown_request"):
        request_help(branch.book, "C1", "flowers", ON)
    (ref,) = request_help(branch.book, "C1", "joint_visit", ON, due_on=day("2026-06-20")).positions
    log_visit(branch.book, "C1", [], "reached_success", day("2026-06-11"), staff=DEPARTMENT)
    assert branch.status("C1", "2026-06-11", "joint_visit", str(ref)) == "open"
    log_visit(branch.book, "C1", [DEPARTMENT], "reached_success", day("2026-06-12"), staff=MANAGER)
    assert branch.status("C1", "2026-06-12", "joint_visit", str(ref)) == "done"


def test_support_is_discharged_by_the_answer(branch: Branch) -> None:
    (ref,) = request_help(branch.book, "C1", "support", ON).positions
    (item,) = branch.duties("C1", "2026-06-11", "support")
    assert (item.owner, item.due) == (DEPARTMENT, day("2026-06-15"))
    answer_help(branch.book, ref, day("2026-06-12"))
    assert branch.status("C1", "2026-06-12", "support", str(ref)) == "done"


# ---------------------------------------------------------------- products
def test_a_product_that_matures_raises_its_duty_until_it_has_ended(branch: Branch) -> None:
    hold_product(
        branch.book, "C1", "定期存款", 10_000_000, ON, product_no="D1", opened_on=day("2025-06-20"),
        matures_on=day("2026-06-20"),
    )  # fmt: skip
    assert branch.status("C1", "2026-06-14", "maturity", "D1") == "open"
    end_product(branch.book, "C1", "D1", day("2026-06-14"))
    assert branch.status("C1", "2026-06-14", "maturity", "D1") == ""
    with refusal("already_closed"):
        end_product(branch.book, "C1", "D1", day("2026-06-14"))
    with refusal("unknown_product", NotFound):
        end_product(branch.book, "C1", "D2", day("2026-06-14"))


@pytest.mark.parametrize(
    ("code", "product", "fen", "opened_on", "matures_on"),
    [
        ("text_missing", " ", 1, None, None),
        ("not_positive", "fund", -1, None, None),
        ("amount_too_large", "fund", 10**15 + 1, None, None),
        ("future_act", "fund", 1, "2026-06-16", None),
        ("before_the_act", "fund", 1, "2026-06-01", "2026-05-01"),
    ],
)
def test_a_product_that_can_not_be_so_is_refused(
    branch: Branch, code: str, product: str, fen: int, opened_on: str | None, matures_on: str | None
) -> None:
    opened_day, matures = (day(text) if text else None for text in (opened_on, matures_on))
    with refusal(code):
        hold_product(branch.book, "C1", product, fen, ON, opened_on=opened_day, matures_on=matures)


# ---------------------------------------------------------------- waivers
@pytest.mark.parametrize(
    ("duty", "occurrence"),
    [
        ("monthly_contact", "2026-06"),
        ("monthly_contact", "2026-03"),
        ("monthly_contact", "2026-09"),
        ("birthday_greeting", "2027-02-28"),
        ("festival_greeting", "2026-dragon_boat"),
        ("profile", "once"),
    ],
)
def test_an_occurrence_that_is_owed_can_be_waived_once(branch: Branch, duty: str, occurrence: str) -> None:
    branch.customer("C2", 250_000, birthday="1980-02-29")
    log_contact(branch.book, "C2", "phone", "reached_other", day("2026-05-20"), staff=RM)
    waive_duty(branch.book, "C2", duty, occurrence, "出国", ON)
    with refusal("already_waived"):
        waive_duty(branch.book, "C2", duty, occurrence, "出国", ON)


def test_a_waived_duty_is_told_as_waived_from_that_day(branch: Branch) -> None:
    waive_duty(branch.book, "C1", "monthly_contact", "2026-06", "出国", ON)
    assert branch.status("C1", "2026-06-09", "monthly_contact", "2026-06") == "open"
    assert branch.status("C1", "2026-06-10", "monthly_contact", "2026-06") == "waived"


@pytest.mark.parametrize(
    ("duty", "occurrence"),
    [
        ("monthly_contact", "2025-12"),
        ("monthly_contact", "2026-13"),
        ("monthly_contact", "2026-Q2"),
        ("monthly_contact", "june"),
        ("birthday_greeting", "2026-06-11"),
        ("festival_greeting", "2026-christmas"),
        ("promise", "7"),
    ],
)
def test_what_nobody_owes_is_not_waived(branch: Branch, duty: str, occurrence: str) -> None:
    with refusal("unknown_occurrence", NotFound):
        waive_duty(branch.book, "C1", duty, occurrence, "why", ON)


def test_what_is_done_or_unknown_or_without_reason_is_not_waived(branch: Branch) -> None:
    log_contact(branch.book, "C1", "phone", "reached_other", ON, staff=RM)
    with refusal("already_done"):
        waive_duty(branch.book, "C1", "monthly_contact", "2026-06", "why", ON)
    with refusal("reason_missing"):
        waive_duty(branch.book, "C1", "monthly_contact", "2026-05", "", ON)
    with refusal("unknown_duty", NotFound):
        waive_duty(branch.book, "C1", "daily_song", "2026-05", "why", ON)
