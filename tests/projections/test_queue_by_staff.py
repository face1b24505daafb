"""A member's queue is found by the seats of their customers; it is what the queue of all says is theirs."""

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from guanhu.domain.errors import Refused
from guanhu.projections.policy import policy_of
from guanhu.projections.queue import Asked, duty_list
from guanhu.store.assigning import assign, release
from guanhu.store.book import Book
from guanhu.tests.store.small_branch import POSTS, START, branch, with_customers

NUMBERS = ("C1", "C2", "C3")
EVERY = ("upcoming", "open", "overdue", "done", "missed", "waived")

moments = st.integers(0, 160).map(lambda n: START + timedelta(days=n))
balances = st.sampled_from([500, 45_000, 120_000, 190_000, 300_000, 600_000, 1_200_000, 4_000_000])
reports = st.tuples(st.just("report"), moments, st.dictionaries(st.sampled_from(NUMBERS), balances, min_size=1))
people = st.tuples(st.sampled_from(NUMBERS), st.sampled_from([*POSTS]))
seats = st.tuples(st.sampled_from(["owner", "system", "release"]), moments, people)


@settings(max_examples=12, deadline=None)
@given(acts=st.lists(st.one_of(reports, seats), min_size=1, max_size=7), day=moments)
def test_a_members_queue_is_their_part_of_the_queue_of_all(acts: list[tuple[str, date, object]], day: date) -> None:
    with TemporaryDirectory() as folder:
        book = branch(Path(folder))
        with_customers(book, dict.fromkeys(NUMBERS, 130_000))
        for what, on, about in sorted(acts, key=lambda act: act[1]):
            if isinstance(about, dict):
                with_customers(book, about, on)
            elif isinstance(about, tuple):
                _seat(book, what, about[0], about[1], on)
        _compare(book, day)
        book.close()


def _seat(book: Book, what: str, customer_no: str, staff_id: str, on: date) -> None:
    try:
        if what == "release":
            release(book, customer_no, staff_id, on)
        else:
            assign(book, customer_no, staff_id, on, seat=what)
    except Refused:
        pass


def _compare(book: Book, day: date) -> None:
    for on in (day, day + timedelta(days=20), date(2026, 6, 30)):
        with book.reading() as cursor:
            policy = policy_of(cursor)
            assert policy is not None
            everything = duty_list(cursor, policy, book.calendar, on, Asked(statuses=EVERY)).items
            for staff in POSTS:
                asked = Asked(staff=staff, statuses=EVERY)
                theirs = duty_list(cursor, policy, book.calendar, on, asked).items
                assert theirs == [item for item in everything if staff in item.owners]
