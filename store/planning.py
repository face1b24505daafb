"""The next step planned for customers already in the log: the newest entry of each is corrected, and says so."""

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

import msgspec

from guanhu.store.acts import correct_entry
from guanhu.store.book import Book


class Planned(msgspec.Struct, frozen=True):
    """Customers whose newest entry has the new date, those for whom there is no entry yet, and what it was done by.

    `corrections`: the positions of the events, in the order of `planned`.
    """

    planned: tuple[str, ...]
    without_entry: tuple[str, ...]
    corrections: tuple[int, ...]


def plan_next(
    book: Book, customer_nos: Sequence[str], next_on: date, on: date, *, reason: str, by: str = "", command: str = ""
) -> Planned:
    """Put the date of the next step on the newest entry of each customer dated `on` or before.

    Each customer is one act: what was done before a failure stays done, and the same `command` goes on from there.
    NotFound("unknown_customer"), Refused("reason_missing", "before_the_act").
    """
    name = command or uuid4().hex
    planned, without, corrections = [], [], []
    for no in dict.fromkeys(customer_nos):
        position = _newest(book, no, on)
        if position is None:
            without.append(no)
            continue
        receipt = correct_entry(book, position, reason=reason, next_on=next_on, by=by, command=f"{name}:{no}")
        corrections.append(receipt.positions[0])
        planned.append(no)
    return Planned(tuple(planned), tuple(without), tuple(corrections))


def _newest(book: Book, customer_no: str, on: date) -> int | None:
    with book.reading() as cursor:
        row = cursor.execute(
            "SELECT act.position FROM act JOIN customer ON id = customer_id"
            " WHERE no = ? AND day <= ? AND kind <> 'withdrawn' ORDER BY day DESC, act.position DESC LIMIT 1",
            (customer_no, on.toordinal()),
        ).fetchone()
    return row[0] if row else None
