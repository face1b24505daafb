"""The daily duties: who owes them on which days, what does them, and which are told as missed (SCHEMES.md 1)."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from guanhu.projections.policy import policy_of
from guanhu.projections.queue import Asked, DutyItem, duty_list
from guanhu.store.book import Book
from guanhu.store.outlets import close_outlet, open_outlet, supervise_outlet
from guanhu.store.posts import arrange_leave, enrol, give_role, review_day, take_role
from guanhu.tests.books import a_book, day

EVERY = ("open", "done", "missed")
FRIDAY, SATURDAY, MONDAY, TUESDAY = (day(f"2026-11-{n}") for n in (20, 21, 23, 24))


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """Outlets 01 and 02; M1 and R2 are relationship managers, D1 is of the department, since early November."""
    book = a_book(tmp_path)
    open_outlet(book, "02", "东街支行", day("2026-11-02"))
    enrol(book, "R2", "李静", day("2026-11-02"), roles=["relationship_manager"], outlet="02")
    enrol(book, "D1", "赵主任", day("2026-11-02"), roles=["department"])
    enrol(book, "T1", "陈晓", day("2026-11-02"), roles=["low_counter_teller"])
    yield book
    book.close()


def daily(
    book: Book, on: date, duty: str, *, staff: str | None = None, outlet: str | None = None,
    statuses: tuple[str, ...] = EVERY,
) -> list[DutyItem]:  # fmt: skip
    """The items of one daily duty."""
    with book.reading() as cursor:
        policy = policy_of(cursor)
        assert policy
        asked = Asked(staff=staff, outlet=outlet, duties=(duty,), statuses=statuses)
        return duty_list(cursor, policy, book.calendar, on, asked).items


def told(items: list[DutyItem]) -> set[tuple[str, str]]:
    """(occurrence, status) of items."""
    return {(item.occurrence, item.status) for item in items}


def test_a_relationship_manager_owes_a_look_through_every_working_day(book: Book) -> None:
    (item,) = daily(book, TUESDAY, "daily_review", staff="R2", statuses=("open",))
    assert (item.owner, item.owners, item.opens, item.due) == ("R2", ("R2",), TUESDAY, TUESDAY)
    assert (item.name, item.customer_no) == ("李静", None)


@pytest.mark.parametrize("on", [SATURDAY, day("2026-10-01")])
def test_nothing_is_owed_on_a_day_off(book: Book, on: date) -> None:
    assert daily(book, on, "daily_review", statuses=("open",)) == []


def test_a_weekend_that_is_worked_counts(book: Book) -> None:
    assert [item.owner for item in daily(book, day("2026-10-10"), "daily_review", statuses=("open",))] == ["M1"]


def test_who_holds_no_such_post_owes_nothing(book: Book) -> None:
    assert daily(book, TUESDAY, "daily_review", staff="T1") == []
    assert daily(book, TUESDAY, "supervision", staff="R2") == []


def test_a_day_gone_through_is_done_by_its_entry(book: Book) -> None:
    review_day(book, "R2", TUESDAY, "无异常")
    (item,) = daily(book, TUESDAY, "daily_review", staff="R2", statuses=("open", "done"))
    assert (item.status, item.done_on, item.due) == ("done", TUESDAY, TUESDAY)
    assert item.done_by
    assert daily(book, TUESDAY, "daily_review", staff="R2", statuses=("open",)) == []
    assert [item.owner for item in daily(book, TUESDAY, "daily_review", statuses=("open",))] == ["M1"]


def test_only_working_days_are_missed_and_one_noted_afterwards_is_done(book: Book) -> None:
    review_day(book, "R2", FRIDAY)
    found = told(daily(book, TUESDAY, "daily_review", staff="R2", statuses=EVERY))
    near = {(occurrence, status) for occurrence, status in found if occurrence >= "2026-11-19"}
    assert near == {
        ("2026-11-19", "missed"),
        ("2026-11-20", "done"),
        ("2026-11-23", "missed"),
        ("2026-11-24", "open"),
    }


def test_a_day_before_the_post_was_held_is_not_missed(book: Book) -> None:
    give_role(book, "T1", "relationship_manager", "01", FRIDAY)
    found = told(daily(book, TUESDAY, "daily_review", staff="T1"))
    assert found == {("2026-11-20", "missed"), ("2026-11-23", "missed"), ("2026-11-24", "open")}


def test_who_gave_the_post_up_owes_no_more(book: Book) -> None:
    take_role(book, "R2", "relationship_manager", "02", TUESDAY)
    assert daily(book, TUESDAY, "daily_review", staff="R2") == []
    assert ("2026-11-23", "open") in told(daily(book, MONDAY, "daily_review", staff="R2"))


def test_a_stand_in_sees_the_day_of_who_is_away(book: Book) -> None:
    arrange_leave(book, "R2", "M1", MONDAY, TUESDAY)
    assert {item.owner for item in daily(book, TUESDAY, "daily_review", staff="M1", statuses=("open",))} == {"M1", "R2"}


def test_an_outlets_own_list_has_its_staff_only(book: Book) -> None:
    found = daily(book, TUESDAY, "daily_review", outlet="02", statuses=("open",))
    assert [item.owner for item in found] == ["R2"]


def test_the_department_owes_a_look_at_each_outlet(book: Book) -> None:
    found = daily(book, TUESDAY, "supervision", staff="D1", statuses=("open",))
    assert [(item.occurrence, item.owner) for item in found] == [("2026-11-24:01", "D1"), ("2026-11-24:02", "D1")]
    supervise_outlet(book, "02", "D1", "台账齐全", TUESDAY)
    assert told(daily(book, TUESDAY, "supervision", statuses=("open", "done"))) >= {
        ("2026-11-24:01", "open"),
        ("2026-11-24:02", "done"),
    }
    assert told(daily(book, TUESDAY, "supervision", outlet="01", statuses=("open",))) == {("2026-11-24:01", "open")}


def test_an_outlet_owes_nothing_before_it_opened_or_once_it_closed(book: Book) -> None:
    open_outlet(book, "03", "西街支行", MONDAY)
    found = told(daily(book, TUESDAY, "supervision", outlet="03"))
    assert found == {("2026-11-23:03", "missed"), ("2026-11-24:03", "open")}
    close_outlet(book, "03", TUESDAY)
    assert daily(book, TUESDAY, "supervision", outlet="03") == []


def test_without_a_department_nobody_owes_supervision(book: Book) -> None:
    take_role(book, "D1", "department", "01", TUESDAY)
    assert daily(book, TUESDAY, "supervision") == []
