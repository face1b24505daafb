"""The read model made anew from the events, and the proof that it says what the live one says.

Both fold all events into a shadow: a private file beside the book with tables of the same shape.
`rebuild` then puts its rows in the place of the live ones in one transaction; `check` compares the
two row for row (DESIGN 5).
"""

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from sqlite3 import Connection, Cursor, connect
from tempfile import mkdtemp

import msgspec

from guanhu.domain.staff import SchemeAdopted
from guanhu.projections import tables
from guanhu.projections.fold import finish_fold
from guanhu.projections.policy import policy_of
from guanhu.projections.projection import Projection, write_book
from guanhu.store.book import Book
from guanhu.store.bulk import bulk
from guanhu.store.codec import decode
from guanhu.store.database import BUSY_SECONDS
from guanhu.store.errors import translated
from guanhu.store.writer import MICROSECOND

Progress = Callable[[int, int | None], None]

LATE_INDEXES = frozenset({
    "account_move", "account_tier", "obligation_staff", "care_staff", "tier_move_day",
    "act_staff", "act_day", "act_together", "customer_outlet",
})  # fmt: skip
"""Indexes that folding does not use: made when all rows are there."""

MOST_SHOWN = 20


class Difference(msgspec.Struct, frozen=True):
    """A row that only the live read model has (`live`), or only the rebuilt one."""

    table: str
    live: bool
    row: str


def rebuild(book: Book, progress: Progress | None = None) -> int:
    """Make the read model anew; the number of events it was made from. Others read the old one, and wait to write."""
    with bulk(), _shadow(book) as shadow:
        shadow.execute("BEGIN IMMEDIATE")  # of both files: nobody writes from here to the swap
        head = _fold(book, shadow, progress)
        _swap(shadow.cursor())
        shadow.commit()
    book.stale = False
    return head


def check(book: Book, progress: Progress | None = None) -> list[Difference]:
    """Rows in which the live read model differs from one made anew; empty when they are equal."""
    from guanhu.store import tree

    with bulk(), _shadow(book) as shadow, book.recorder.writing() as cursor:
        tree.verify(cursor)
        shadow.execute("BEGIN")
        _fold(book, shadow, progress)
        shadow.commit()
        return list(_differences(shadow))


@contextmanager
def _shadow(book: Book) -> Iterator[Connection]:
    """A private file that sees the book's events as its own: what it lacks is found in the attached book."""
    folder = Path(mkdtemp(prefix=f"{book.path.name}.rebuild.", dir=book.path.parent))  # 0700
    path = folder / "shadow.db"
    try:
        with translated(), closing(connect(path, BUSY_SECONDS, isolation_level=None)) as shadow:
            for pragma in ("journal_mode = OFF", "synchronous = OFF", "temp_store = MEMORY", "cache_size = -32768"):
                shadow.execute(f"PRAGMA {pragma}").close()
            shadow.execute("ATTACH ? AS book", (str(book.path),))
            for pragma in ("synchronous = FULL", "secure_delete = ON"):  # as `connect` has them (DESIGN 4)
                shadow.execute(f"PRAGMA book.{pragma}").close()
            yield shadow
    finally:
        for name in os.listdir(folder):
            os.unlink(folder / name)
        folder.rmdir()


def _fold(book: Book, shadow: Connection, progress: Progress | None) -> int:
    """Fold every event into the shadow's tables; the last position."""
    cursor = shadow.cursor()
    for statement in tables.create():
        cursor.execute(statement)
    for name, target in tables.INDEXES.items():
        if name not in LATE_INDEXES:
            cursor.execute(f"CREATE INDEX ix_{name} ON {target}")
    _adopt_schemes(cursor)
    policy = policy_of(cursor)
    cursor.execute("DELETE FROM main.scheme")
    p = Projection(cursor, book.keyring, policy, book.calendar, folding=True)
    head, recorded = _take_in(book, p, progress)
    if policy is not None:
        for done in finish_fold(p, policy):
            if progress:
                progress(done, None)
    write_book(cursor, "recorded", recorded)
    write_book(cursor, "head", head)
    write_book(cursor, "tables", tables.version())
    for name, target in tables.INDEXES.items():
        if name in LATE_INDEXES:
            cursor.execute(f"CREATE INDEX ix_{name} ON {target}")
    return head


def _adopt_schemes(cursor: Cursor) -> None:
    """The schemes first: how duties and scores are derived at the end depends on all of them."""
    rows = cursor.execute("SELECT rowid, topic, state FROM book.stored_events WHERE topic = 'scheme'").fetchall()
    for position, topic, state in rows:
        event = decode(topic, state)
        assert isinstance(event, SchemeAdopted)
        day = event.occurred_on.toordinal()
        values = (day, event.scheme, event.version, event.text, position)
        cursor.execute("INSERT INTO main.scheme VALUES (?, ?, ?, ?, ?)", values)


def _take_in(book: Book, p: Projection, progress: Progress | None) -> tuple[int, int]:
    total = book.recorder.head(p.cursor)
    position, recorded, command = 0, 0, ""
    for position, topic, state in book.recorder.stream(p.cursor.connection.cursor()):
        event = decode(topic, state)
        if command and event.command != command:
            p.commanded(command, position - 1)
        command = event.command
        p.apply(position, event)
        recorded = max(recorded, round(event.recorded_at.timestamp() * MICROSECOND))
        if progress and position % 2_000 == 0:
            progress(position, total)
    if command:
        p.commanded(command, position)
    return position, recorded


def _swap(cursor: Cursor) -> None:
    """Put the shadow's tables in place of the live ones, in the transaction of both.

    Tables and indexes of one shape are copied by SQLite page by page, without a look at the rows.
    """
    for name in tables.TABLES:
        cursor.execute(f"DROP TABLE IF EXISTS book.{name}")
    for statement in (*tables.create("book."), *tables.create_indexes("book.")):
        cursor.execute(statement)
    for name in tables.TABLES:
        cursor.execute(f"INSERT INTO book.{name} SELECT * FROM main.{name}")


def _differences(shadow: Connection) -> Iterator[Difference]:
    for name in tables.TABLES:
        for live, one, other in ((True, "book", "main"), (False, "main", "book")):
            rows = shadow.execute(f"SELECT * FROM {one}.{name} EXCEPT SELECT * FROM {other}.{name} LIMIT {MOST_SHOWN}")
            for row in rows:
                yield Difference(name, live, repr(row)[:300])
