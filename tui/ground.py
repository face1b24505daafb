"""What a question stands on: one snapshot of the book, the day asked about, who asks, and the names of things."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from sqlite3 import Cursor

import msgspec

from guanhu.domain.calendar import Calendar
from guanhu.domain.errors import Refused
from guanhu.domain.scheme import Policy, Scheme
from guanhu.projections.policy import policy_of
from guanhu.store.book import Book
from guanhu.tui.giving_way import giving_way
from guanhu.tui.names import Names


class Ground(msgspec.Struct, frozen=True, dict=True):
    """One snapshot of the book; the cursor lives only while the question is asked."""

    cursor: Cursor
    policy: Policy
    calendar: Calendar
    day: date
    staff: str

    @cached_property
    def scheme(self) -> Scheme:
        """The scheme in force on the day."""
        return self.policy.on(self.day)

    @cached_property
    def names(self) -> Names:
        """The names of tiers, duties, roles, staff and outlets."""
        return Names(self.cursor, self.policy, self.scheme)


@contextmanager
def standing(book: Book, day: date, staff: str) -> Iterator[Ground]:
    """A snapshot to ask on; Refused("no_scheme"), and what the store refuses."""
    with book.reading() as cursor, giving_way(cursor.connection):
        policy = policy_of(cursor)
        if policy is None:
            raise Refused("no_scheme")
        yield Ground(cursor, policy, book.calendar, day, staff)
