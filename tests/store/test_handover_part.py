"""A handover of a part: who is left out stays with the former owner, and so does what is open."""

from datetime import date
from pathlib import Path

import pytest

from guanhu.projections.handover import duties_going, plan_handover
from guanhu.projections.handover_part import duties_by_customer, without
from guanhu.projections.policy import policy_of
from guanhu.store.affairs import make_promise
from guanhu.store.applying import apply_handover
from guanhu.store.assigning import assign
from guanhu.store.book import Book
from guanhu.tests.store.small_branch import TODAY, branch, owners, with_customers

SPRING = date(2026, 3, 2)


@pytest.fixture
def book(tmp_path: Path) -> Book:
    book = branch(tmp_path)
    with_customers(book, {"ONE": 300_000, "TWO": 310_000, "THREE": 320_000})
    for no in ("ONE", "TWO", "THREE"):
        assign(book, no, "RM1", SPRING)
    make_promise(book, "ONE", "call back", TODAY, SPRING, by="RM1")
    return book


def test_who_is_left_out_stays_and_so_do_the_affairs(book: Book) -> None:
    with book.reading() as cursor:
        whole = plan_handover(cursor, "RM1", "RM2", TODAY)
    part = without(whole, {"TWO"})
    assert [placed.customer_no for placed in part.placements] == ["ONE", "THREE"]
    assert (whole.promises, part.promises) == (1, 0)
    assert whole.customers_after - part.customers_after == 1
    apply_handover(book, part, by="OM")
    assert [owners(book, no)[0][0] for no in ("ONE", "TWO", "THREE")] == ["RM2", "RM1", "RM2"]
    with book.reading() as cursor:
        assert cursor.execute("SELECT staff FROM affair WHERE kind = 'promise'").fetchall() == [("RM1",)]


def test_without_nobody_is_the_whole_plan_and_without_all_is_nothing(book: Book) -> None:
    with book.reading() as cursor:
        whole = plan_handover(cursor, "RM1", "RM2", TODAY)
    assert without(whole, set()) is whole
    nothing = without(whole, whole.customer_nos)
    assert nothing.placements == ()
    assert nothing.customers_after == whole.customers_before


def test_the_duties_of_the_customers_are_together_those_that_go_over(book: Book) -> None:
    with book.reading() as cursor:
        plan = plan_handover(cursor, "RM1", "RM2", TODAY)
        policy, calendar = policy_of(cursor), book.calendar
        assert policy is not None
        found = duties_by_customer(cursor, policy, calendar, plan)
        assert set(found) == {"ONE", "TWO", "THREE"}
        assert sum(found.values(), start=type(found["ONE"])()) == duties_going(cursor, policy, calendar, plan)
        assert found["ONE"].total() > 0
