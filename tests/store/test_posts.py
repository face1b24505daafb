"""Posts are given and end, nobody goes with customers still in hand, and each working day is gone through once."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from guanhu.domain.errors import NotFound, Refused
from guanhu.projections.handover import plan_handover
from guanhu.projections.posts import posts_on
from guanhu.projections.staff_view import outlet_list, staff_list
from guanhu.store.affairs import make_promise
from guanhu.store.applying import apply_handover
from guanhu.store.assigning import assign
from guanhu.store.book import Book
from guanhu.store.outlets import close_outlet, open_outlet, rename_outlet, supervise_outlet
from guanhu.store.posts import arrange_leave, depart, enrol, give_role, move, review_day, take_role
from guanhu.store.rebuilding import check
from guanhu.tests.store.small_branch import START, TODAY, branch, with_customers

SPRING = date(2026, 3, 2)


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return branch(tmp_path)


def code_of(act: Callable[..., Any], *args: Any, **options: Any) -> str:
    with pytest.raises(Refused) as caught:
        act(*args, **options)
    return caught.value.code


def posts(book: Book, staff: str, day: date) -> tuple[set[str], str]:
    with book.reading() as cursor:
        found = posts_on(cursor, day.toordinal())
    return set(found.roles_of(staff)), found.outlets.get(staff, "")


def test_a_post_holds_from_its_day_to_the_day_before_it_is_taken(book: Book) -> None:
    give_role(book, "LC", "vip_counter_teller", "01", SPRING)
    take_role(book, "LC", "vip_counter_teller", "", date(2026, 4, 1))
    assert posts(book, "LC", date(2026, 3, 1))[0] == {"low_counter_teller"}
    assert posts(book, "LC", date(2026, 3, 31))[0] == {"low_counter_teller", "vip_counter_teller"}
    assert posts(book, "LC", date(2026, 4, 1))[0] == {"low_counter_teller"}
    assert check(book) == []


def test_posts_that_make_no_sense_are_refused(book: Book) -> None:
    assert code_of(enrol, book, "RM1", "王芳", SPRING) == "staff_known"
    assert code_of(enrol, book, "two words", "王芳", SPRING) == "bad_staff_id"
    assert code_of(enrol, book, "@01", "王芳", SPRING) == "bad_staff_id"
    assert code_of(enrol, book, "N1", "王芳", SPRING, roles=("cook",)) == "unknown_role"
    assert code_of(enrol, book, "N1", "王芳", date(2026, 7, 1)) == "future_act"
    assert code_of(give_role, book, "RM1", "relationship_manager", "01", SPRING) == "post_held"
    assert code_of(give_role, book, "RM1", "rm_supervisor", "77", SPRING) == "unknown_outlet"
    assert code_of(take_role, book, "RM1", "rm_supervisor", "", SPRING) == "post_not_held"
    with pytest.raises(NotFound):
        give_role(book, "N1", "rm_supervisor", "01", SPRING)


def test_who_moves_has_the_same_posts_at_the_other_outlet(book: Book) -> None:
    open_outlet(book, "02", "城东支行", START)
    move(book, "RM1", "02", SPRING)
    assert posts(book, "RM1", date(2026, 3, 1)) == ({"relationship_manager"}, "01")
    assert posts(book, "RM1", SPRING) == ({"relationship_manager"}, "02")
    assert code_of(move, book, "RM1", "02", SPRING) == "already_there"
    move(book, "RM1", "01", date(2026, 4, 1), roles=("lobby_manager",))
    assert posts(book, "RM1", TODAY) == ({"lobby_manager"}, "01")


def test_nobody_leaves_or_moves_while_customers_are_theirs(book: Book) -> None:
    with_customers(book, {"C1": 300_000})
    open_outlet(book, "02", "城东支行", START)
    assign(book, "C1", "RM1", SPRING)
    with pytest.raises(Refused) as caught:
        depart(book, "RM1", TODAY)
    assert (caught.value.code, caught.value.details["customers"]) == ("still_owner", 1)
    assert code_of(move, book, "RM1", "02", TODAY) == "still_owner"
    with book.reading() as cursor:
        plan = plan_handover(cursor, "RM1", "RM2", TODAY)
    apply_handover(book, plan)
    depart(book, "RM1", TODAY)
    assert posts(book, "RM1", TODAY)[0] == set()
    assert code_of(give_role, book, "RM1", "rm_supervisor", "01", TODAY) == "staff_left"
    assert check(book) == []


def test_nobody_leaves_with_a_promise_that_is_still_open(book: Book) -> None:
    with_customers(book, {"C1": 300_000})
    make_promise(book, "C1", "送一份理财报告", date(2026, 7, 10), SPRING, staff="RM1")
    assert code_of(depart, book, "RM1", TODAY) == "still_owner"


def test_who_left_may_come_back(book: Book) -> None:
    depart(book, "RM2", SPRING)
    enrol(book, "RM2", "李雷", TODAY, roles=("lobby_manager",))
    assert posts(book, "RM2", TODAY)[0] == {"lobby_manager"}


def test_a_stand_in_is_seen_while_somebody_is_away(book: Book) -> None:
    arrange_leave(book, "RM1", "RM2", date(2026, 7, 1), date(2026, 7, 10))
    with book.reading() as cursor:
        during = {member.staff_id: member for member in staff_list(cursor, date(2026, 7, 10))}
        after = {member.staff_id: member for member in staff_list(cursor, date(2026, 7, 11))}
    assert during["RM1"].stand_in == "RM2"
    assert during["RM2"].stands_in_for == ("RM1",)
    assert after["RM1"].stand_in == ""


def test_nobody_stands_in_who_is_not_there(book: Book) -> None:
    first, last = date(2026, 7, 1), date(2026, 7, 10)
    assert code_of(arrange_leave, book, "RM1", "RM1", first, last) == "stand_in_self"
    assert code_of(arrange_leave, book, "RM1", "RM2", last, first) == "leave_backwards"
    arrange_leave(book, "RM2", "SUP", last, date(2026, 7, 20))
    assert code_of(arrange_leave, book, "RM1", "RM2", first, last) == "stand_in_away"
    assert code_of(arrange_leave, book, "SUP", "RM1", last, last) == "stands_in"
    assert code_of(arrange_leave, book, "RM2", "RM1", last, last) == "leave_overlaps"
    depart(book, "LM", TODAY)
    assert code_of(arrange_leave, book, "RM1", "LM", first, first) == "staff_left"


def test_a_working_day_is_gone_through_once(book: Book) -> None:
    review_day(book, "RM1", date(2026, 6, 29))
    assert code_of(review_day, book, "RM1", date(2026, 6, 29)) == "day_reviewed"
    assert code_of(review_day, book, "RM1", date(2026, 6, 28)) == "not_working_day"
    assert code_of(review_day, book, "RM1", date(2026, 7, 1)) == "future_act"
    review_day(book, "RM2", date(2026, 6, 29))


def test_only_the_department_supervises_an_outlet(book: Book) -> None:
    assert code_of(supervise_outlet, book, "01", "OM", "", TODAY) == "post_not_held"
    supervise_outlet(book, "01", "DEP", "记录齐全", TODAY)
    assert code_of(supervise_outlet, book, "01", "DEP", "", TODAY) == "day_reviewed"


def test_an_outlet_closes_when_nobody_is_there(book: Book) -> None:
    open_outlet(book, "02", "城东支行", START)
    assert code_of(open_outlet, book, "02", "城西支行", START) == "outlet_known"
    rename_outlet(book, "02", "城西支行", SPRING)
    enrol(book, "N1", "赵敏", SPRING, roles=("lobby_manager",), outlet="02")
    with_customers(book, {"C1": 1_000}, outlet="02")
    with pytest.raises(Refused) as caught:
        close_outlet(book, "02", TODAY)
    assert caught.value.details == {"outlet": "02", "customers": 1, "staff": 1}
    assert code_of(close_outlet, book, "01", TODAY) == "outlet_in_use"
    open_outlet(book, "03", "城北支行", SPRING)
    close_outlet(book, "03", TODAY)
    assert code_of(rename_outlet, book, "03", "城南支行", TODAY) == "outlet_closed"
    assert code_of(enrol, book, "N2", "钱多", TODAY, roles=("lobby_manager",), outlet="03") == "outlet_closed"
    with book.reading() as cursor:
        shown = [(row.outlet, row.name, row.closed, row.staff, row.customers) for row in outlet_list(cursor, TODAY)]
    assert shown[1:] == [("02", "城西支行", False, 1, 1), ("03", "城北支行", True, 0, 0)]
    assert check(book) == []
