"""What another scheme would have come to, on a small branch: tiers, calls, who would own whom, who has too many."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from unittest import mock

import pytest

from guanhu.domain.errors import Refused
from guanhu.domain.scheme import Scheme
from guanhu.domain.scheme_file import read_scheme
from guanhu.domain.variants import with_floors
from guanhu.projections.policy import policy_of
from guanhu.projections.queue import Asked as AskedDuties
from guanhu.projections.queue import duty_list
from guanhu.projections.tiers import summary
from guanhu.projections.whatif.answer import Both, WhatIf
from guanhu.projections.whatif.behind import behind
from guanhu.projections.whatif.courses import Asked
from guanhu.store import whatif
from guanhu.store.acts import log_contact
from guanhu.store.assigning import assign
from guanhu.store.book import Book
from guanhu.store.schemes import adopt_scheme
from guanhu.store.whatif import what_if
from guanhu.tests.store.small_branch import TODAY, branch, day_opened, scheme_text, with_customers

FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)
LOWER = {"middle": 15_000_000}


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """Customers on both sides of 15万 and 20万, with their owners; the book's day is the last of June."""
    book = branch(tmp_path)
    with_customers(book, {"C1": 160_000, "C2": 140_000, "C3": 250_000, "C4": 190_000, "C5": 500})
    for no, staff in (("C1", "LC"), ("C2", "LC"), ("C3", "RM1"), ("C4", "VC")):
        assign(book, no, staff, date(2026, 1, 5))
    with_customers(book, {"C4": 170_000}, date(2026, 3, 2))
    day_opened(book, LAST)
    yield book
    book.close()


def in_force(book: Book) -> Scheme:
    with book.reading() as cursor:
        policy = policy_of(cursor)
    assert policy
    return policy.on(FIRST)


def lowered(book: Book, **more: str) -> WhatIf:
    return what_if(book, Asked(FIRST, LAST, **more), with_floors(in_force(book), LOWER))


def numbers(book: Book, answer: WhatIf) -> dict[str, tuple[str | None, str | None]]:
    with book.reading() as cursor:
        policy = policy_of(cursor)
        assert policy
        found = behind(cursor, policy, book.calendar, answer)
    return {each.customer_no: (each.tier, each.other_tier) for each in found}


def test_a_lower_line_takes_those_above_it_into_the_tier(book: Book) -> None:
    answer = lowered(book)
    assert numbers(book, answer) == {"C4": ("basic", "middle"), "C1": ("basic", "middle")}
    changed = {line.tier: line.customers.more for line in answer.tiers if line.customers.more}
    assert changed == {"basic": -2, "middle": 2}
    assert not answer.same


def test_the_actual_side_says_what_the_book_says(book: Book) -> None:
    answer = lowered(book)
    with book.reading() as cursor:
        tiers, untiered = summary(cursor, LAST, in_force(book))
    told = {line.tier: (line.customers.actual, line.aum_fen.actual) for line in answer.tiers}
    assert told == {figure.tier: (figure.customers, figure.aum_fen) for figure in (*tiers, untiered)}


def test_what_it_costs_in_calls_is_the_monthly_contact_of_those_who_come_in(book: Book) -> None:
    answer = lowered(book)
    owed = {line.duty: line.owed for line in answer.duties}
    assert owed["monthly_contact"] == Both(6, 18)  # January to June, for one customer and for three
    by_month = {each.month.month: each.calls.more for each in answer.months}
    # Two were called each quarter for being near 20万, and C2 would be for being near 15万; the first contact of the
    # two in January could have been a message.
    assert by_month == {1: 2 - 2 + 1 + 2, 2: 2, 3: 2, 4: 2 - 2 + 1, 5: 2, 6: 2}
    assert answer.calls.more == 12
    assert answer.a_month(answer.calls).more == 2


def test_the_duties_counted_are_those_that_the_queue_tells_month_by_month(book: Book) -> None:
    log_contact(book, "C3", "phone", "reached_success", date(2026, 2, 10), staff="RM1")
    answer = what_if(book, Asked(FIRST, LAST), None)
    asked = AskedDuties(statuses=("open", "overdue", "done", "missed", "waived"), since=FIRST)
    with book.reading() as cursor:
        policy = policy_of(cursor)
        assert policy
        items = duty_list(cursor, policy, book.calendar, LAST, asked, staff_too=False).items
    periods = ("monthly_contact", "near_tier")
    told = {(item.duty, item.occurrence, item.customer_no) for item in items if item.duty in periods}
    counted = {line.duty: line.owed.actual for line in answer.duties}
    for duty in periods:
        assert counted[duty] == sum(each[0] == duty for each in told)
    assert counted["festival_greeting"] >= 1


def test_whose_post_does_not_suit_would_give_the_customer_to_one_that_does(book: Book) -> None:
    answer = lowered(book)
    assert (answer.owners.unsuited, answer.owners.ownerless) == (2, 0)
    assert answer.owners.roles == {"relationship_manager": 2}
    gives = {line.staff_id: line.gives for line in answer.staff if line.gives}
    takes = {line.staff_id: line.takes for line in answer.staff if line.takes}
    assert gives == {"LC": 1, "VC": 1}
    assert takes["RM2"] >= 1  # who has nobody yet comes first
    assert sum(takes.values()) == 2


def test_who_would_have_more_than_the_post_can_look_after_is_told(book: Book) -> None:
    scheme = in_force(book)
    text = scheme_text(2, middle=150_000).replace("capacity = 300", "capacity = 1")
    answer = what_if(book, Asked(FIRST, LAST), read_scheme(text))
    assert scheme.role["relationship_manager"].capacity == 300
    assert sum(line.over for line in answer.staff) == 1  # three customers for two who can look after one each


def test_a_customer_whom_nobody_owned_would_want_an_owner_and_one_without_tier_none(book: Book) -> None:
    answer = what_if(book, Asked(FIRST, LAST), with_floors(in_force(book), {"mass": 40_000}))
    assert answer.owners.ownerless == 1
    answer = what_if(
        book, Asked(FIRST, LAST), with_floors(in_force(book), {"mass": 14_500_000, "basic": 14_600_000})
    )
    assert answer.owners.freed == 1  # C2, who keeps an owner and needs none


def test_past_tiers_stand_and_only_days_from_the_first_on_are_decided_otherwise(book: Book) -> None:
    answer = what_if(book, Asked(date(2026, 5, 10), LAST), with_floors(in_force(book), LOWER))
    assert [(each.month.month, each.up.other) for each in answer.months] == [(5, 2), (6, 0)]
    higher = what_if(book, Asked(date(2026, 5, 10), LAST), with_floors(in_force(book), {"middle": 30_000_000}))
    assert numbers(book, higher) == {"C3": ("middle", "basic")}
    assert [(each.month.month, each.down.other) for each in higher.months] == [(5, 0), (6, 1)]  # May was below, whole


def test_a_higher_line_would_have_kept_a_riser_where_they_were(book: Book) -> None:
    with_customers(book, {"C2": 220_000}, date(2026, 6, 30))
    answer = what_if(book, Asked(FIRST, LAST), with_floors(in_force(book), {"middle": 30_000_000}))
    assert numbers(book, answer)["C2"] == ("middle", "basic")
    assert {(flow.from_tier, flow.to_tier): flow.moves for flow in answer.flows} == {("basic", "middle"): Both(1, 0)}


def test_after_the_books_day_it_is_answered_as_if_the_day_had_been_opened(book: Book) -> None:
    with_customers(book, {"C3": 100_000}, LAST)
    answer = what_if(book, Asked(FIRST, date(2026, 8, 31)), with_floors(in_force(book), LOWER))
    assert answer.provisional
    assert {line.tier: line.customers for line in answer.tiers}["middle"] == Both(0, 2)


def test_one_outlets_or_one_members_customers_can_be_asked_about_alone(book: Book) -> None:
    assert sum(line.customers.actual for line in lowered(book, outlet="01").tiers) == 5
    assert sum(line.customers.actual for line in lowered(book, outlet="02").tiers) == 0
    of_lc = lowered(book, staff="LC")
    assert sum(line.customers.actual for line in of_lc.tiers) == 2
    assert numbers(book, of_lc) == {"C1": ("basic", "middle")}
    assert [line.staff_id for line in of_lc.staff] == ["LC"]


def test_nothing_is_written(book: Book) -> None:
    def content() -> list[str]:
        with book.reading() as cursor:
            return list(cursor.connection.iterdump())

    before = content()
    lowered(book)
    assert content() == before


def test_a_scheme_adopted_later_gives_way_to_the_one_that_is_tried(book: Book) -> None:
    adopt_scheme(book, scheme_text(2, middle=150_000), TODAY)
    same = what_if(book, Asked(FIRST, LAST), None)
    assert same.same
    answer = what_if(book, Asked(FIRST, LAST), with_floors(in_force(book), {"middle": 20_000_000}))
    assert numbers(book, answer) == {"C1": ("middle", "basic"), "C4": ("middle", "basic")}


def test_several_processes_say_what_one_says(book: Book) -> None:
    alone = lowered(book)
    with mock.patch.multiple(whatif, MANY=1, PART=2), mock.patch("os.cpu_count", return_value=2):
        told: list[tuple[int, int | None]] = []
        together = what_if(
            book, Asked(FIRST, LAST), with_floors(in_force(book), LOWER), lambda done, of: told.append((done, of))
        )
    assert together.tally.sides == alone.tally.sides
    assert {cell: sorted(ids) for cell, ids in together.tally.cells.items()} == {
        cell: sorted(ids) for cell, ids in alone.tally.cells.items()
    }
    assert (together.staff, together.owners) == (alone.staff, alone.owners)
    assert told == [(2, 5), (4, 5), (5, 5)]


def test_it_can_be_stopped_between_two_ranges(book: Book) -> None:
    class Enough(Exception):
        pass

    def tell(done: int, of: int | None) -> None:
        raise Enough

    with pytest.raises(Enough):
        what_if(book, Asked(FIRST, LAST), None, tell)
    assert lowered(book).elsewhere == 2


def test_a_stretch_that_ends_before_it_begins_is_refused(book: Book) -> None:
    with pytest.raises(Refused, match="period_reversed"):
        what_if(book, Asked(LAST, FIRST), None)
