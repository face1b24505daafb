"""What is in a book, in a few numbers."""

from datetime import date
from sqlite3 import Cursor

import msgspec

from guanhu.projections.projection import read_book


class BookInfo(msgspec.Struct, frozen=True):
    """Counts as of a day; `book_day` None where nothing has moved it yet."""

    book_day: date | None
    customers: int
    staff: int
    outlets: int


def book_info(cursor: Cursor, day: date) -> BookInfo:
    """The book's day now; customers registered, staff at the bank and outlets open on a day."""
    opened = read_book(cursor, "day")
    on = day.toordinal()

    def count(question: str, *values: int) -> int:
        found: int = cursor.execute(question, values).fetchone()[0]
        return found

    return BookInfo(
        date.fromordinal(opened) if opened else None,
        count("SELECT count(*) FROM customer"),
        count("SELECT count(*) FROM staff WHERE start <= ? AND left > ?", on, on),
        count("SELECT count(*) FROM outlet WHERE start <= ? AND closed > ?", on, on),
    )
