"""Recording who looked: what leaves the book, and what is uncovered, is told by events of its own.

The record is made before anything is handed over: where it can't be made, nothing is.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from sqlite3 import Cursor
from typing import TYPE_CHECKING

import msgspec

from guanhu.domain.events import stamped
from guanhu.domain.looking import MOST_NAMED, Looked, LookingSet, check_level, check_watcher, is_recorded
from guanhu.projections.looks import level_of
from guanhu.projections.posts import roles_on
from guanhu.store.book import Book, Receipt, login

if TYPE_CHECKING:
    from guanhu.store.writer import Writer


class Look(msgspec.Struct, frozen=True):
    """What is about to be shown: domain/looking.py, Looked. `customers`: all whom it shows."""

    kind: str
    subject: str
    form: str
    as_of: date
    scope: Mapping[str, str] = {}
    rows: int = 0
    customers: tuple[str, ...] = ()


def is_wanted(cursor: Cursor, kind: str) -> bool:
    """Whether the book records such a look."""
    return is_recorded(kind, level_of(cursor))


def record_look(book: Book, look: Look, *, by: str = "", command: str = "") -> Receipt | None:
    """Record a look at a book, or at a moment of it; None where the book does not record such looks.

    It enters the present book. What the store refuses goes on to the caller, who then shows nothing.
    """
    present = book.present
    with present.reading() as cursor:
        if not is_wanted(cursor, look.kind):
            return None

    def act(w: "Writer") -> None:
        # Who only looks may be nobody whom the book knows: the system's user is kept then.
        named = _known(w, look.customers) if len(look.customers) <= MOST_NAMED else ()
        w.append(
            f"looking:{book.today.year}",
            Looked(
                *stamped(w.stamp(book.today)), look.kind, look.subject, look.form, look.as_of, book.shown_to,
                tuple((name, value) for name, value in look.scope.items() if value), look.rows, named, login(),
            ),
        )  # fmt: skip

    return present.once(command, act, by=by)


def _known(w: "Writer", customers: Iterable[str]) -> tuple[str, ...]:
    found = w.projection.ids(customers)
    return tuple(no for no in dict.fromkeys(customers) if no in found)


def set_looking(book: Book, level: str, *, by: str = "", command: str = "") -> Receipt:
    """Say how fine looking is recorded from here on.

    Refused("unknown_looking_level"), and ("not_a_watcher") for who neither inspects nor supervises.
    """
    check_level(level)

    def act(w: "Writer") -> None:
        who = by or book.staff
        check_watcher(roles_on(w.cursor, who, book.today.toordinal()), who)
        w.append("looking:level", LookingSet(*stamped(w.stamp(book.today)), level))

    return book.once(command, act, by=by)
