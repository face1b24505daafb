"""The read model made anew from the events, and the proof that it says what the live one says.

Both fold all events into a shadow: a private file beside the book with tables of the same shape.
`rebuild` then puts its rows in the place of the live ones in one transaction; `check` compares the
two row for row (DESIGN 5).
"""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from sqlite3 import Connection, Cursor, connect
from tempfile import mkdtemp

import msgspec

from guanhu.projections import tables
from guanhu.store.book import Book
from guanhu.store.bulk import bulk
from guanhu.store.database import BUSY_SECONDS
from guanhu.store.errors import translated
from guanhu.store.folding import Progress, attach_book, fold
from guanhu.store.moment_files import drop_moments

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
        head = fold(book, shadow, progress)
        _swap(shadow.cursor())
        shadow.commit()
    drop_moments(book.path)  # what made them may have been another program
    book.stale = False
    return head


def check(book: Book, progress: Progress | None = None) -> list[Difference]:
    """Rows in which the live read model differs from one made anew; empty when they are equal."""
    from guanhu.store import tree

    with bulk(), _shadow(book) as shadow, book.recorder.writing() as cursor:
        tree.verify(cursor)
        shadow.execute("BEGIN")
        fold(book, shadow, progress)
        shadow.commit()
        return list(_differences(shadow))


@contextmanager
def _shadow(book: Book) -> Iterator[Connection]:
    """A private file that sees the book's events as its own: what it lacks is found in the attached book."""
    folder = Path(mkdtemp(prefix=f"{book.path.name}.rebuild.", dir=book.path.parent))  # 0700
    path = folder / "shadow.db"
    try:
        with translated(), closing(connect(path, BUSY_SECONDS, isolation_level=None)) as shadow:
            attach_book(shadow, book)
            yield shadow
    finally:
        for name in os.listdir(folder):
            os.unlink(folder / name)
        folder.rmdir()


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
