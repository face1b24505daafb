"""Files into real books, as the tests of imports tell of them: what a book says afterwards, whatever way it came."""

from collections.abc import Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from sqlite3 import Cursor
from typing import Any
from unittest import mock

from guanhu.domain.balances import steps, unpack
from guanhu.domain.calendar import Calendar
from guanhu.intake.records import Kind
from guanhu.intake.source import open_source
from guanhu.projections.customers import page
from guanhu.projections.policy import policy_of
from guanhu.store import importing
from guanhu.store.book import Book
from guanhu.store.import_kinds import Context
from guanhu.store.opening import init_book

TODAY = date(2026, 6, 30)
Row = tuple[str, int, date]
"""(customer_no, yuan, date)."""

_TOLD = (
    "SELECT no, aum, aum_day, tier, tier_since, next_move FROM account JOIN customer ON id = customer_id ORDER BY 1",
    "SELECT no, day, tier, from_tier, basis, rule FROM tier_move JOIN customer ON id = customer_id ORDER BY no, day, n",
    "SELECT day, tier, customers, aum FROM tier_day ORDER BY 1, 2",
    "SELECT no, duty, kind, key, start, end, since, by, opens, due, ends, done_on, basis FROM obligation"
    " JOIN customer ON id = customer_id ORDER BY 1, 2, 3, 4, 5",
    "SELECT no, seat, staff, role, start, end FROM care JOIN customer ON id = customer_id ORDER BY 1, 2, 3, 5",
    "SELECT no, day, kind, outcome, staff, note FROM act JOIN customer ON id = customer_id ORDER BY 1, 2, 3, 4, 5, 6",
    "SELECT key, no FROM search JOIN customer ON id = customer_id ORDER BY 1, 2",
)


def clock() -> datetime:
    """Noon in China of the day on which all of it takes place."""
    return datetime(2026, 6, 30, 4, 0, tzinfo=UTC)


def new_book(path: Path, customers: Sequence[str]) -> Book:
    """A book that knows these customers."""
    book = init_book(path, clock=clock, staff_id="MGR", roles=("outlet_manager", "relationship_manager"))
    people = path.with_suffix(".customers.csv")
    rows = [f"{no},张{no[-1]},138000000{n:02},1980-01-{n % 28 + 1:02}" for n, no in enumerate(customers)]
    people.write_text("\n".join(["customer_no,name,phone,birthday", *rows]), encoding="utf-8")
    take_in(book, "customers", people)
    return book


def statement(path: Path, rows: Sequence[Row]) -> Path:
    """A file of balances."""
    lines = [f"{no},{yuan}.00,{day.isoformat()}" for no, yuan, day in rows]
    path.write_text("\n".join(["customer_no,balance_yuan,date", *lines]), encoding="utf-8")
    return path


@contextmanager
def batches_of(size: int) -> Any:
    """Imports in batches of that many rows."""
    with mock.patch.object(importing, "BATCH", size):
        yield


def take_in(book: Book, kind: Kind, file: Path) -> importing.ImportResult:
    """Import a file."""
    return importing.import_file(book, open_source(str(file), kind), Context(), by="MGR")


def told(book: Book) -> list[list[tuple[Any, ...]]]:
    """What the book says of its customers: every table that follows from them, but for the positions of events."""
    with book.reading() as cursor:
        answers = [cursor.execute(question).fetchall() for question in _TOLD]
        return [*answers, _balances(cursor), _last_reported(cursor)]


def _balances(cursor: Cursor) -> list[tuple[Any, ...]]:
    rows = cursor.execute("SELECT no, series FROM account JOIN customer ON id = customer_id ORDER BY no").fetchall()
    return [(no, steps(unpack(series))) for no, series in rows]


def _last_reported(cursor: Cursor) -> list[tuple[Any, ...]]:
    policy = policy_of(cursor)
    assert policy is not None
    numbers = [no for (no,) in cursor.execute("SELECT no FROM customer ORDER BY no").fetchall()]
    return [(no, page(cursor, policy, Calendar(), TODAY, no).aum_date) for no in numbers]
