"""The day of a member of staff: groups, last acts, load, proposals; and what an act would do."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guanhu.domain.scheme import Policy
from guanhu.projections.foreseen import Draft, discharged_by, foresee
from guanhu.projections.policy import policy_of
from guanhu.projections.queue import DutyItem
from guanhu.projections.today import group_of, plan, queue, working_days
from guanhu.store.acts import correct_entry, log_contact, log_visit
from guanhu.store.affairs import make_promise, note_event, refer
from guanhu.store.assigning import assign
from guanhu.store.book import Book
from guanhu.store.posts import enrol, give_role
from guanhu.tests.books import a_book, day, opened, stated, with_customers

TODAY = day("2026-11-24")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """A branch with two relationship managers, M1 and R1, and customers of M1 of three worths."""
    made = with_customers(a_book(tmp_path), "C1", "C2", "C3")
    for staff, role in (("R1", "relationship_manager"), ("S1", "rm_supervisor")):
        enrol(made, staff, staff, date.min)
        give_role(made, staff, role, "01", date.min)
    stated(made, "2026-11-02", {"C1": 300_000, "C2": 900_000, "C3": 2_000})
    opened(made, "2026-11-24")
    for no in ("C1", "C2"):
        assign(made, no, "M1", day("2026-11-02"), role="relationship_manager")
    yield made
    made.close()


@contextmanager
def asked(book: Book) -> Iterator[tuple[object, Policy]]:
    """A cursor and the policy."""
    with book.reading() as cursor:
        policy = policy_of(cursor)
        assert policy is not None
        yield cursor, policy


def today(book: Book, staff: str = "M1"):  # type: ignore[no-untyped-def]
    """The queue and plan of a member of staff."""
    with asked(book) as (cursor, policy):
        found = queue(cursor, policy, book.calendar, TODAY, staff)  # type: ignore[arg-type]
        return found, plan(cursor, policy, book.calendar, TODAY, staff, found.items)  # type: ignore[arg-type]


def item(status: str, due: str | None) -> DutyItem:
    """A duty of that state and due day."""
    return DutyItem("C", "", None, None, "d", "o", (), None, (), None, day(due) if due else None, status)


def test_the_week_ends_on_sunday_and_what_has_no_due_date_can_wait() -> None:
    dues = ("2026-11-24", "2026-11-25", "2026-11-29", "2026-11-30", None)
    groups = [group_of(item("open", due), TODAY) for due in dues]
    assert groups == ["today", "week", "week", "later", "later"]
    assert group_of(item("overdue", "2026-11-20"), TODAY) == "overdue"


def test_the_queue_tells_the_newest_act_of_each_customer_and_none_that_was_withdrawn(book: Book) -> None:
    log_contact(book, "C1", "phone", "no_answer", day("2026-11-10"), by="M1")
    log_contact(book, "C1", "wecom", "sent", day("2026-11-12"), by="M1")
    gone = log_contact(book, "C1", "phone", "no_answer", day("2026-11-13"), by="M1")
    correct_entry(book, gone.positions[0], reason="误记", withdrawn=True, by="M1")
    last = today(book)[0].last
    assert (last["C1"].on, last["C1"].channel, last["C1"].outcome) == (day("2026-11-12"), "wecom", "sent")
    assert "C2" not in last


def test_of_two_acts_on_one_day_the_later_written_is_the_last(book: Book) -> None:
    log_contact(book, "C1", "phone", "no_answer", TODAY, by="M1")
    log_contact(book, "C1", "phone", "message_left", TODAY, by="M1")
    assert today(book)[0].last["C1"].outcome == "message_left"


def test_the_load_counts_customers_once_and_those_seen_to_by_oneself_or_as_a_companion(book: Book) -> None:
    make_promise(book, "C1", "回电", TODAY, day("2026-11-20"), by="M1")
    make_promise(book, "C1", "送资料", day("2026-11-23"), day("2026-11-20"), by="M1")
    log_visit(book, "C2", ["M1"], "reached_success", TODAY, staff="S1", by="S1")
    load = today(book)[1].load
    assert (load.to_do, load.done) == (1, 1)
    assert load.room == -(-340 // working_days(book.calendar, TODAY))


def test_an_act_that_finishes_no_duty_is_not_counted_as_done(book: Book) -> None:
    log_contact(book, "C2", "phone", "no_answer", TODAY, by="M1")
    log_contact(book, "C3", "phone", "reached_success", TODAY, by="M1")  # to whom nothing is owed
    assert today(book)[1].load.done == 0
    log_contact(book, "C2", "phone", "reached_success", TODAY, by="M1")
    assert today(book)[1].load.done == 1


def test_the_first_proposal_is_the_richer_customer_with_more_to_be_done_at_once(book: Book) -> None:
    first, second = today(book)[1].proposals[:2]
    assert (first.customer_no, first.act) == ("C2", "contact")
    assert {"monthly_contact", "first_contact"} <= set(first.duties)
    assert second.customer_no == "C1"


def test_a_day_without_posts_has_no_room_counted_and_no_queue(book: Book) -> None:
    enrol(book, "N1", "N1", date.min)
    found, planned = today(book, "N1")
    assert found.items == []
    assert (planned.load.room, planned.capacity, planned.proposals) == (0, 0, [])


acts = st.one_of(
    st.tuples(st.just("contact"), st.sampled_from(["reached_success", "no_answer", "sent", "replied"])),
    st.tuples(st.just("visit"), st.sampled_from(["reached_other", "no_answer"])),
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["C1", "C2", "C3"]), acts, st.integers(0, 30), st.booleans())
def test_what_is_foreseen_is_what_saving_does(
    tmp_path_factory: pytest.TempPathFactory, no: str, act: tuple[str, str], back: int, along: bool
) -> None:
    folder = tmp_path_factory.mktemp("book")
    book = with_customers(a_book(folder), "C1", "C2", "C3", facts={"birthday": "1970-11-26"})
    enrol(book, "S1", "S1", date.min)
    give_role(book, "S1", "rm_supervisor", "01", date.min)
    stated(book, "2026-09-02", {"C1": 300_000, "C2": 1_900_000, "C3": 2_000})
    stated(book, "2026-11-20", {"C1": 150_000})
    opened(book, "2026-11-24")
    assign(book, no, "M1", day("2026-11-02"), role="relationship_manager")
    note_event(book, no, "wedding", day("2026-11-19"), by="M1")
    on = date.fromordinal(TODAY.toordinal() - back)
    kind, outcome = act
    party = ("M1", "S1") if along and kind == "visit" else ("M1",)
    with asked(book) as (cursor, policy):
        told = foresee(cursor, policy, book.calendar, TODAY, no, Draft(kind, outcome, on, party))  # type: ignore[arg-type]
    if kind == "contact":
        receipt = log_contact(book, no, "wecom", outcome, on, by="M1")
    else:
        receipt = log_visit(book, no, party[1:], outcome, on, by="M1")
    with asked(book) as (cursor, policy):
        done = discharged_by(cursor, policy, book.calendar, TODAY, [no], receipt.positions)  # type: ignore[arg-type]
    book.close()
    assert {(i.duty, i.occurrence) for i in told.discharged} == {(i.duty, i.occurrence) for i in done}


def test_a_referral_is_not_discharged_by_a_call(book: Book) -> None:
    refer(book, "C3", "R1", TODAY, by="M1")
    with asked(book) as (cursor, policy):
        told = foresee(cursor, policy, book.calendar, TODAY, "C3", Draft("contact", "reached_success", TODAY, ("R1",)))  # type: ignore[arg-type]
    assert "referral" not in {item.duty for item in told.discharged}
