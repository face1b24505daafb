"""Books for tests: small, real files, filled through the book's own doors. Amounts are yuan, days ISO dates."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from guanhu.domain.customer import PersonalData
from guanhu.store.book import Book
from guanhu.store.opening import init_book
from guanhu.store.rating import open_day
from guanhu.store.registering import register_many
from guanhu.store.statements import Counts, report

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


class Clock:
    """A clock that goes on by a second at every look."""

    def __init__(self, start: datetime = NOW) -> None:
        self.moment = start

    def __call__(self) -> datetime:
        """The next moment."""
        self.moment += timedelta(seconds=1)
        return self.moment


def day(text: str) -> date:
    """The date of an ISO text."""
    return date.fromisoformat(text)


def a_book(folder: Path, *, staff_id: str = "M1") -> Book:
    """A new book whose first member of staff is outlet manager and relationship manager of outlet 01."""
    return init_book(folder / "book.db", clock=Clock(), staff_id=staff_id, staff_name="王芳")


def with_customers(book: Book, *numbers: str, facts: dict[str, str] | None = None) -> Book:
    """The book with these customers registered at outlet 01."""
    with book.writing() as w:
        people = [(no, "01", PersonalData(f"客户{no}", facts or {})) for no in numbers]
        register_many(w, "registration", people, book.today)
    return book


def stated(book: Book, on: str, balances: dict[str, int], *, began: str = "") -> Counts:
    """A statement of one date; `began`: the book's day when its import began, the present one if not said."""
    return stated_rows(book, [(no, yuan, on) for no, yuan in balances.items()], began=began)


def stated_rows(book: Book, rows: Iterable[tuple[str, int, str]], *, began: str = "") -> Counts:
    """Rows of (customer, yuan, date) as one batch in order of date."""
    ordered = sorted(
        ((n, no, yuan * 100, day(on).toordinal()) for n, (no, yuan, on) in enumerate(rows, 2)), key=lambda row: row[3]
    )
    with book.writing() as w:
        return report(w, "test", ordered, day(began).toordinal() if began else w.book_day)


def opened(book: Book, on: str) -> int:
    """`day open` to a date; how many tiers changed."""
    with book.writing() as w:
        return open_day(w, day(on))
