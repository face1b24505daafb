"""A customer always has somebody: owners change by role and tier, plans and handovers go in whole."""

from datetime import date
from pathlib import Path

import pytest

from guanhu.domain.errors import Refused
from guanhu.projections.auto_plan import plan_auto
from guanhu.projections.handover import Handover, plan_handover
from guanhu.store.affairs import make_promise
from guanhu.store.applying import apply_handover, apply_plan
from guanhu.store.assigning import assign, release
from guanhu.store.book import Book
from guanhu.store.posts import enrol, give_role
from guanhu.store.rebuilding import check
from guanhu.tests.store.small_branch import START, TODAY, branch, owners, queue, system_owner, with_customers

SPRING = date(2026, 3, 2)
SUMMER = date(2026, 6, 1)


@pytest.fixture
def book(tmp_path: Path) -> Book:
    book = branch(tmp_path)
    with_customers(
        book,
        {"MASS": 20_000, "BASIC": 100_000, "MIDDLE": 300_000, "AFFLUENT": 900_000, "WEALTH": 5_000_000, "NONE": 10},
    )
    return book


def refused(book: Book, customer_no: str, staff: str, on: date = SUMMER, **options: str) -> str:
    with pytest.raises(Refused) as caught:
        assign(book, customer_no, staff, on, **options)
    return caught.value.code


def handover(book: Book, former: str, successor: str, on: date = TODAY) -> Handover:
    with book.reading() as cursor:
        return plan_handover(cursor, former, successor, on)


def test_the_post_that_fits_the_tier_is_found(book: Book) -> None:
    assign(book, "MIDDLE", "RM1", SPRING)
    assign(book, "MASS", "HM", SPRING)
    assert owners(book, "MIDDLE") == [("RM1", "relationship_manager")]
    assert owners(book, "MASS") == [("HM", "high_counter_teller")]
    assert refused(book, "WEALTH", "HM") == "role_does_not_fit"
    assert refused(book, "MIDDLE", "RM1", role="rm_supervisor") == "post_not_held"
    assert refused(book, "MIDDLE", "DEP", role="department") == "role_does_not_fit"


def test_an_untiered_customer_may_be_given_to_anybody_who_owns(book: Book) -> None:
    assign(book, "NONE", "LM", SPRING)
    assign(book, "NONE", "RM1", SUMMER)
    assert owners(book, "NONE") == [("RM1", "relationship_manager")]
    assert refused(book, "NONE", "DEP") == "role_does_not_fit"


def test_a_joint_tier_has_one_owner_of_each_role(book: Book) -> None:
    assign(book, "AFFLUENT", "RM1", SPRING)
    assign(book, "AFFLUENT", "SUP", SPRING)
    assert owners(book, "AFFLUENT") == [("RM1", "relationship_manager"), ("SUP", "rm_supervisor")]
    assign(book, "AFFLUENT", "RM2", SUMMER)
    assert owners(book, "AFFLUENT") == [("RM2", "relationship_manager"), ("SUP", "rm_supervisor")]
    assert owners(book, "AFFLUENT", date(2026, 5, 31)) == [("RM1", "relationship_manager"), ("SUP", "rm_supervisor")]


def test_a_post_that_the_customer_lacks_comes_first(book: Book) -> None:
    give_role(book, "RM2", "rm_supervisor", "01", START)
    assign(book, "AFFLUENT", "RM1", SPRING)
    assign(book, "AFFLUENT", "RM2", SPRING)
    assert owners(book, "AFFLUENT") == [("RM1", "relationship_manager"), ("RM2", "rm_supervisor")]


def test_a_lead_replaces_the_lead_and_leaves_those_who_assist(book: Book) -> None:
    assign(book, "MIDDLE", "RM1", SPRING)
    assign(book, "MIDDLE", "LM", SPRING)
    assert owners(book, "MIDDLE") == [("LM", "lobby_manager"), ("RM1", "relationship_manager")]
    assign(book, "MIDDLE", "RM2", SUMMER)
    assert owners(book, "MIDDLE") == [("LM", "lobby_manager"), ("RM2", "relationship_manager")]
    assign(book, "BASIC", "LC", SPRING)
    assign(book, "BASIC", "VC", SUMMER)
    assert owners(book, "BASIC") == [("VC", "vip_counter_teller")]


def test_former_owners_stay_until_the_new_tier_is_filled(book: Book) -> None:
    assign(book, "BASIC", "LC", SPRING)
    with_customers(book, {"BASIC": 800_000}, date(2026, 4, 1))
    assert owners(book, "BASIC") == [("LC", "low_counter_teller")]
    assert queue(book)["BASIC"].missing == ("relationship_manager", "rm_supervisor")
    assign(book, "BASIC", "RM1", SUMMER)
    assert owners(book, "BASIC") == [("LC", "low_counter_teller"), ("RM1", "relationship_manager")]
    assign(book, "BASIC", "SUP", SUMMER)
    assert owners(book, "BASIC") == [("RM1", "relationship_manager"), ("SUP", "rm_supervisor")]
    assert "BASIC" not in queue(book)
    assert check(book) == []


def test_the_first_relationship_manager_keeps_the_systems_record_too(book: Book) -> None:
    assign(book, "MIDDLE", "RM1", SPRING)
    assert system_owner(book, "MIDDLE") == "RM1"
    assign(book, "MIDDLE", "RM2", SUMMER)
    assert system_owner(book, "MIDDLE") == "RM1"
    assign(book, "MIDDLE", "RM2", SUMMER, seat="system")
    assert system_owner(book, "MIDDLE") == "RM2"
    assert refused(book, "MIDDLE", "HM", seat="system") == "post_not_held"
    assert refused(book, "MIDDLE", "RM2", seat="system") == "already_assigned"


def test_what_was_decided_for_later_is_not_cut_into(book: Book) -> None:
    assign(book, "MIDDLE", "RM1", SUMMER)
    assert refused(book, "MIDDLE", "RM2", SPRING) == "seat_taken_later"
    assert refused(book, "MIDDLE", "RM1", SUMMER) == "already_assigned"
    assert refused(book, "MIDDLE", "RM2", date(2026, 7, 1)) == "future_act"


def test_a_customer_taken_back_waits_again(book: Book) -> None:
    assign(book, "MIDDLE", "RM1", SPRING)
    assert "MIDDLE" not in queue(book)
    release(book, "MIDDLE", "RM1", SUMMER)
    assert owners(book, "MIDDLE", date(2026, 5, 31)) == [("RM1", "relationship_manager")]
    waiting = queue(book)["MIDDLE"]
    assert (waiting.missing, waiting.since) == (("relationship_manager",), SUMMER)
    with pytest.raises(Refused) as caught:
        release(book, "MIDDLE", "RM1", SUMMER)
    assert caught.value.code == "not_assigned"


def test_a_new_assignment_raises_the_first_contact_and_a_plan_gives_more_time(book: Book) -> None:
    assign(book, "MIDDLE", "RM1", SPRING)
    with book.reading() as cursor:
        apply = plan_auto(cursor, None, 1, SPRING)
    apply_plan(book, apply)
    with book.reading() as cursor:
        due = dict(
            cursor.execute(
                "SELECT no, max(due - opens) FROM obligation JOIN customer ON id = customer_id"
                " WHERE duty = 'first_contact' GROUP BY no"
            ).fetchall()
        )
    assert due["MIDDLE"] < due["AFFLUENT"] == 30


def test_a_plan_is_applied_once_and_leaves_nobody_waiting(book: Book) -> None:
    with book.reading() as cursor:
        plan = plan_auto(cursor, "01", 7, TODAY)
    applied = apply_plan(book, plan, command="k1")
    assert (applied.customers, applied.passed_over) == (5, 0)
    again = apply_plan(book, plan, command="k1")
    assert again == applied
    assert queue(book) == {}
    assert check(book) == []


def test_whoever_got_an_owner_meanwhile_is_passed_over(book: Book) -> None:
    with book.reading() as cursor:
        plan = plan_auto(cursor, "01", 7, TODAY)
    assign(book, "MIDDLE", "RM2", TODAY)
    applied = apply_plan(book, plan)
    assert (applied.customers, applied.passed_over) == (4, 1)
    assert owners(book, "MIDDLE") == [("RM2", "relationship_manager")]


def test_a_handover_moves_seats_and_open_affairs(book: Book) -> None:
    assign(book, "MIDDLE", "RM1", SPRING)
    assign(book, "AFFLUENT", "RM1", SPRING)
    assign(book, "AFFLUENT", "SUP", SPRING)
    make_promise(book, "MIDDLE", "送一份理财报告", date(2026, 7, 10), SPRING, staff="RM1")
    plan = handover(book, "RM1", "RM2")
    assert (len(plan.placements), plan.left, plan.promises) == (2, (), 1)
    assert (plan.customers_after, plan.capacity) == (2, 300)
    apply_handover(book, plan, command="k1")
    assert apply_handover(book, plan, command="k1").customers == 2
    assert owners(book, "MIDDLE") == [("RM2", "relationship_manager")]
    assert owners(book, "AFFLUENT") == [("RM2", "relationship_manager"), ("SUP", "rm_supervisor")]
    assert system_owner(book, "AFFLUENT") == "RM2"
    with book.reading() as cursor:
        assert cursor.execute("SELECT staff FROM affair").fetchall() == [("RM2",)]
        still = cursor.execute("SELECT count(*) FROM care WHERE staff = 'RM1' AND end > ?", (TODAY.toordinal(),))
        assert still.fetchone() == (0,)
    assert handover(book, "RM1", "RM2").placements == ()
    assert check(book) == []


def test_a_handover_leaves_with_the_former_owner_what_fits_no_post_of_the_successor(book: Book) -> None:
    assign(book, "MIDDLE", "RM1", SPRING)
    assign(book, "WEALTH", "SUP", SPRING)
    plan = handover(book, "RM1", "LM")
    assert [(left.customer_no, left.seat) for left in plan.left] == [("MIDDLE", "system")]
    apply_handover(book, plan)
    assert owners(book, "MIDDLE") == [("LM", "lobby_manager")]
    assert "MIDDLE" in queue(book)
    assert [left.customer_no for left in handover(book, "SUP", "HM").left] == ["WEALTH"]


def test_a_successor_who_owns_the_customer_already_keeps_one_seat(book: Book) -> None:
    enrol(book, "BOTH", "孙二", START, roles=("relationship_manager", "rm_supervisor"))
    assign(book, "AFFLUENT", "RM1", SPRING)
    assign(book, "AFFLUENT", "BOTH", SPRING, role="rm_supervisor")
    apply_handover(book, handover(book, "RM1", "BOTH"))
    assert owners(book, "AFFLUENT") == [("BOTH", "rm_supervisor")]
    assert system_owner(book, "AFFLUENT") == "BOTH"
    assert queue(book).keys() == {"MASS", "BASIC", "MIDDLE", "WEALTH"}


def test_nothing_is_handed_over_to_oneself_or_to_one_unknown(book: Book) -> None:
    for successor, code in (("RM1", "handover_to_self"), ("N1", "unknown_staff")):
        with pytest.raises(Refused) as caught:
            handover(book, "RM1", successor)
        assert caught.value.code == code
