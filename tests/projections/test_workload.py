"""The workload of an outlet counts what the lists of duties show, and each of its figures opens to those duties."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from sqlite3 import Cursor
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guanhu.domain.errors import Refused
from guanhu.domain.occurrences import STATUSES
from guanhu.projections.policy import policy_of
from guanhu.projections.queue import Asked, DutyItem, duty_list
from guanhu.projections.workload import STATES, Workload, workload
from guanhu.store.acts import log_contact
from guanhu.store.affairs import waive_duty
from guanhu.store.assigning import assign
from guanhu.store.book import Book
from guanhu.store.posts import arrange_leave, enrol, give_role
from guanhu.tests.books import day, opened, stated
from guanhu.tests.projections.test_queue import acts, days, do, staffed

TODAY = day("2026-05-15")


def asked(book: Book, on: date, what: Asked) -> list[DutyItem]:
    with book.reading() as cursor:
        policy = policy_of(cursor)
        assert policy
        return duty_list(cursor, policy, book.calendar, on, what).items


def load(book: Book, on: date = TODAY, since: date | None = None) -> Workload:
    with book.reading() as cursor:
        policy = policy_of(cursor)
        assert policy
        return workload(cursor, policy, book.calendar, on, outlet="01", since=since)


def settled_on(cursor: Cursor, item: DutyItem) -> date | None:
    """The day from which an item is as it is, by what a person would read off it."""
    if item.status == "done":
        return item.done_on
    if item.status == "waived":
        row = cursor.execute(
            "SELECT day FROM waiver WHERE customer_id = ? AND duty = ? AND occurrence = ?",
            (item.customer_id, item.duty, item.occurrence),
        ).fetchone()
        return date.fromordinal(row[0])
    if item.status != "missed" or item.due is None:
        return None
    policy = policy_of(cursor)
    assert policy
    duty = policy.on(item.due).duty[item.duty]
    late = 0 if duty.trigger in ("period", "staff_day", "outlet_day") else duty.late_days
    return item.due + timedelta(days=late + 1)


def keys(items: Iterable[DutyItem]) -> list[tuple[str | None, str, str, str]]:
    return [(item.customer_no, item.duty, item.occurrence, item.status) for item in items]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(acts, min_size=4, max_size=24), days, st.integers(0, 70), st.booleans())
def test_what_was_settled_since_a_day_is_the_same_as_all_of_the_past_sieved(
    done: list[tuple[str, str, date, object]], on: date, back: int, waived: bool
) -> None:
    since = on - timedelta(days=back)
    statuses = STATUSES if waived else tuple(each for each in STATUSES if each != "waived")
    with TemporaryDirectory() as folder:
        book = staffed(Path(folder))
        for act in done:
            do(book, act)
        for item in asked(book, on, Asked(duties=("monthly_contact",)))[:1]:
            with suppress(Refused):  # an act after the day asked about may have done it
                waive_duty(book, str(item.customer_no), item.duty, item.occurrence, "客户出国", on, by="R1")
        everything = asked(book, on, Asked(statuses=statuses))
        with book.reading() as cursor:
            expected = [item for item in everything if (settled_on(cursor, item) or since) >= since]
        assert keys(asked(book, on, Asked(statuses=statuses, since=since))) == keys(expected)
        book.close()


def a_branch(folder: Path) -> Book:
    """C1 and C2 are R1's, C1 of a tier that the supervisor S1 owns too; C3 is nobody's."""
    book = staffed(folder)
    stated(book, "2026-03-20", {"C1": 900_000, "C2": 250_000, "C3": 400_000})
    for no, staff in (("C1", "R1"), ("C1", "S1"), ("C2", "R1")):
        assign(book, no, staff, day("2026-03-20"))
    log_contact(book, "C1", "phone", "reached_success", day("2026-05-06"), staff="R1")
    opened(book, TODAY.isoformat())
    return book


def test_each_count_opens_to_as_many_duties(tmp_path: Path) -> None:
    found = load(a_branch(tmp_path))
    for each in found.loads:
        for state in STATES:
            assert getattr(each, state) == len(found.of(each.staff_id, (state,)))
    assert sum(getattr(found.total, state) for state in STATES) == len(found.items)


def test_counts_are_those_of_the_members_own_list(tmp_path: Path) -> None:
    book = a_branch(tmp_path)
    found = {each.staff_id: each for each in load(book).loads}
    for staff in ("R1", "S1", "M1"):
        items = asked(book, TODAY, Asked(staff=staff))
        assert (found[staff].overdue, found[staff].open) == (
            sum(item.status == "overdue" for item in items), sum(item.status == "open" for item in items),
        )  # fmt: skip


def test_a_duty_owed_together_counts_for_both_and_once_for_the_outlet(tmp_path: Path) -> None:
    found = load(a_branch(tmp_path))
    joint = [item for item in found.items if len(item.owners) > 1]
    assert joint
    assert all(item in found.of("R1") and item in found.of("S1") for item in joint)
    assert sum(each.total for each in found.loads) == len(found.items) + len(joint)


def test_what_was_done_or_missed_before_the_day_is_left_out(tmp_path: Path) -> None:
    book = a_branch(tmp_path)
    since_april = load(book, since=day("2026-04-01"))
    assert ("C2", "monthly_contact", "2026-04", "missed") in keys(since_april.of("R1", ("missed",)))
    assert ("C2", "monthly_contact", "2026-04", "missed") in keys(load(book).of("R1", ("missed",)))
    assert ("C2", "monthly_contact", "2026-04", "missed") not in keys(load(book, since=day("2026-05-02")).items)
    assert ("C1", "monthly_contact", "2026-05", "done") in keys(load(book).of("R1", ("done",)))
    assert ("C1", "monthly_contact", "2026-05", "done") not in keys(load(book, since=day("2026-05-07")).items)


def test_who_owes_nothing_has_a_line_and_who_is_away_has_a_stand_in(tmp_path: Path) -> None:
    book = a_branch(tmp_path)
    arrange_leave(book, "R1", "S1", TODAY, TODAY)
    found = {each.staff_id: each for each in load(book).loads}
    assert (found["R1"].away, found["R1"].customers, found["R1"].capacity) == ("S1", 2, 300)
    assert found["D1"].roles == ("department",)


def _second_manager(book: Book) -> None:
    enrol(book, "R2", "R2", date.min)
    give_role(book, "R2", "relationship_manager", "01", date.min)


@pytest.mark.parametrize(
    ("handed_on", "owes"), [("2026-04-30", "R2"), ("2026-05-01", "R1"), ("2026-05-15", "R1")]
)
def test_what_was_missed_stays_with_who_owed_it_on_its_last_day(tmp_path: Path, handed_on: str, owes: str) -> None:
    book = a_branch(tmp_path)
    _second_manager(book)
    assign(book, "C2", "R2", day(handed_on))
    april = ("C2", "monthly_contact", "2026-04", "missed")
    may = ("C2", "monthly_contact", "2026-05", "open")
    found = load(book)
    for staff in ("R1", "R2"):
        theirs = keys(asked(book, TODAY, Asked(staff=staff, statuses=STATES)))
        assert (april in keys(found.of(staff, ("missed",))), april in theirs) == (staff == owes, staff == owes)
        assert (may in keys(found.of(staff, ("open",))), may in theirs) == (staff == "R2", staff == "R2")


def test_assigning_brings_nothing_that_was_missed(tmp_path: Path) -> None:
    book = a_branch(tmp_path)
    _second_manager(book)
    before = {each.staff_id: each.missed for each in load(book).loads}
    assert before["M1"]  # C3 is nobody's: its missed month is the manager's
    assign(book, "C3", "R2", TODAY)
    assert {each.staff_id: each.missed for each in load(book).loads} == before
