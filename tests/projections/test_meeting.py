"""The meeting sheet: who does what, what was done, who waits, who is away; the page that is made of it."""

from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from guanhu.domain.errors import NotFound
from guanhu.projections.meeting import Meeting, meeting
from guanhu.projections.meeting_page import Heading, page
from guanhu.projections.policy import policy_of
from guanhu.projections.queue import Asked, duty_list
from guanhu.store.acts import correct_entry, log_contact, log_visit
from guanhu.store.affairs import make_promise
from guanhu.store.assigning import assign
from guanhu.store.book import Book
from guanhu.store.posts import arrange_leave, enrol, give_role
from guanhu.store.registering import register
from guanhu.tests.books import a_book, day, opened, stated, with_customers

FRIDAY, MONDAY = day("2026-11-20"), day("2026-11-23")


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """R1 owns C1 and C2; C3 waits; C4 came up on Monday. The manager is M1."""
    found = with_customers(a_book(tmp_path), "C1", "C2", "C3", "C4")
    for staff, role in (("R1", "relationship_manager"), ("S1", "rm_supervisor"), ("T1", "inspector")):
        enrol(found, staff, staff, date.min)
        give_role(found, staff, role, "01", date.min)
    stated(found, "2026-10-01", {"C1": 250_000, "C2": 300_000, "C3": 400_000, "C4": 60_000})
    for no in ("C1", "C2"):
        assign(found, no, "R1", day("2026-10-01"))
    make_promise(found, "C1", "送利率表", FRIDAY, day("2026-11-10"), staff="R1")
    make_promise(found, "C2", "回电", MONDAY, day("2026-11-10"), staff="R1")
    stated(found, "2026-11-23", {"C4": 350_000})
    return found


def sheet(book: Book, on: date = MONDAY) -> Meeting:
    with book.reading() as cursor:
        policy = policy_of(cursor)
        assert policy
        return meeting(cursor, policy, book.calendar, on, "01")


def test_the_morning_names_what_is_overdue_and_due_first(book: Book) -> None:
    found = sheet(book)
    part = next(part for part in found.parts if part.staff_id == "R1")
    # Overdue: the promise to C1 and two full files; due today: the promise to C2 and the look through the day.
    assert (part.load.overdue, part.load.due_today, part.pressing) == (3, 2, 5)
    assert [(item.duty, item.status) for item in part.first] == [
        ("profile_full", "overdue"), ("profile_full", "overdue"), ("promise", "overdue"),
    ]  # fmt: skip


def test_the_figures_are_those_of_the_duty_list(book: Book) -> None:
    found = sheet(book)
    with book.reading() as cursor:
        policy = policy_of(cursor)
        assert policy
        items = duty_list(cursor, policy, book.calendar, MONDAY, Asked(outlet="01")).items
    assert found.whole.load.overdue == sum(item.status == "overdue" for item in items)
    assert found.whole.load.open == sum(item.status == "open" for item in items)


def test_the_evening_counts_what_was_done_and_by_whom(book: Book) -> None:
    log_contact(book, "C1", "phone", "reached_success", MONDAY, staff="R1")
    log_contact(book, "C2", "phone", "no_answer", MONDAY, staff="R1")
    log_visit(book, "C2", ["S1"], "reached_other", MONDAY, staff="R1")
    wrong = log_contact(book, "C2", "phone", "reached_success", MONDAY, staff="R1")
    correct_entry(book, wrong.positions[0], reason="误记", withdrawn=True)
    found = {part.staff_id: part for part in sheet(book).parts}
    part = found["R1"]
    assert (part.entries, part.contacts, part.reached, part.visits) == (3, 2, 1, 1)
    assert (found["S1"].entries, found["S1"].visits) == (1, 1)
    assert part.done_today >= 2
    assert sheet(book).whole.entries == 3


def test_what_was_done_on_friday_is_told_on_monday_morning(book: Book) -> None:
    log_contact(book, "C1", "phone", "reached_success", FRIDAY, staff="R1")
    found = sheet(book)
    part = next(part for part in found.parts if part.staff_id == "R1")
    assert (found.before, found.after) == (FRIDAY, day("2026-11-24"))
    assert (part.done_today, part.done_before) == (0, 1)


def test_a_step_planned_for_the_day_is_told_until_it_is_planned_anew(book: Book) -> None:
    log_contact(book, "C1", "phone", "reached_other", FRIDAY, staff="R1", next_on=MONDAY)
    log_contact(book, "C2", "phone", "reached_other", FRIDAY, staff="R1", next_on=MONDAY)
    log_contact(book, "C2", "phone", "reached_other", FRIDAY, staff="R1", next_on=day("2026-11-25"))
    part = next(part for part in sheet(book).parts if part.staff_id == "R1")
    assert [(step.customer_no, step.since) for step in part.steps] == [("C1", FRIDAY)]


def test_who_waits_who_moved_and_who_is_away(book: Book) -> None:
    arrange_leave(book, "R1", "S1", MONDAY, day("2026-11-27"))
    found = sheet(book)
    assert [each.customer_no for each in found.waiting] == ["C3", "C4"]
    assert [(mover.customer_no, found.moves.rose(mover)) for mover in found.moves.movers] == [("C4", True)]
    assert [(each.staff, each.stand_in) for each in found.leave] == [("R1", "S1")]
    assert next(part for part in found.parts if part.staff_id == "R1").load.away == "S1"


def test_who_only_sits_at_the_outlet_takes_no_part(book: Book) -> None:
    assert "T1" not in [part.staff_id for part in sheet(book).parts]


def test_an_unknown_outlet_is_not_found(book: Book) -> None:
    with book.reading() as cursor:
        policy = policy_of(cursor)
        assert policy
        with pytest.raises(NotFound, match="unknown_outlet"):
            meeting(cursor, policy, book.calendar, MONDAY, "99")


class Reader(HTMLParser):
    """The texts of the cells, and every tag that was opened."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_the_page_says_the_same_and_obeys_no_data(book: Book) -> None:
    register(book, "C5", "<script>alert(1)</script>", {}, "01", day("2026-01-01"))
    stated(book, "2026-11-23", {"C5": 5_000_000})
    opened(book, "2026-11-23")
    found = sheet(book)
    reader = Reader()
    reader.feed("".join(page(found, Heading("澜江支行", "2026-11-23"), {"staff.R1": "李静", "overdue": "逾期"}, "zh")))
    assert "script" not in reader.tags
    assert "<script>alert(1)</script>" in reader.texts
    assert "李静" in reader.texts
    assert "逾期" in reader.texts
    assert reader.tags.count("table") >= 3
