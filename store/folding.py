"""Events folded into tables of a file of its own beside the book: for a rebuild, a check, a moment of the past.

The file sees the book attached to it under the name `book`: what it lacks - events, keys - is found there.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from sqlite3 import Connection, Cursor

from guanhu.domain.staff import SchemeAdopted
from guanhu.projections import tables
from guanhu.projections.fold import finish_fold
from guanhu.projections.policy import policy_of
from guanhu.projections.projection import Projection, read_book, write_book
from guanhu.projections.rederive import rederive
from guanhu.projections.settle import settle
from guanhu.store.book import Book
from guanhu.store.codec import decode
from guanhu.store.writer import MICROSECOND

Progress = Callable[[int, int | None], None]
"""Told what is done and what there is in all (None: not known). What it raises ends the work."""

LATE_INDEXES = frozenset({
    "account_move", "account_tier", "obligation_staff", "care_staff", "tier_move_day",
    "act_staff", "act_day", "act_together", "customer_outlet",
})  # fmt: skip
"""Indexes that folding does not use: made when all rows are there."""

FOLDING = ("journal_mode = OFF", "synchronous = OFF", "temp_store = MEMORY", "cache_size = -32768")
"""Settings of the file while it is made: if that fails it is thrown away."""


def attach_book(connection: Connection, book: Book) -> None:
    """Let a new file see the book, and settle how the file is written."""
    for pragma in FOLDING:
        connection.execute(f"PRAGMA {pragma}").close()
    connection.execute("ATTACH ? AS book", (str(book.path),))
    for pragma in ("synchronous = FULL", "secure_delete = ON"):  # as `connect` has them (DESIGN 4)
        connection.execute(f"PRAGMA book.{pragma}").close()


def fold(book: Book, connection: Connection, progress: Progress | None = None, upto: int | None = None) -> int:
    """Fold the events up to a position (all of them unless given) into new tables; the last position."""
    cursor = connection.cursor()
    last = book.recorder.head(cursor) if upto is None else upto
    for statement in tables.create():
        cursor.execute(statement)
    _index(cursor, late=False)
    _adopt_schemes(cursor, last)
    policy = policy_of(cursor)
    cursor.execute("DELETE FROM main.scheme")
    p = Projection(cursor, book.keyring, policy, book.calendar, folding=True)
    head, recorded = _take_in(book, p, last, progress)
    if policy is not None:
        for done in finish_fold(p, policy):
            if progress:
                progress(done, None)
    write_book(cursor, "recorded", recorded)
    write_book(cursor, "head", head)
    write_book(cursor, "tables", tables.version())
    _index(cursor, late=True)
    return head


def go_on(book: Book, connection: Connection, upto: int, progress: Progress | None = None) -> int:
    """Take the events after a file's head into its tables as the live read model took them; the last position."""
    cursor = connection.cursor()
    p = Projection(cursor, book.keyring, policy_of(cursor), book.calendar)
    first, recorded = p.last, p.recorded
    command = ""
    for position, topic, state in book.recorder.stream(connection.cursor(), first, upto):
        event = decode(topic, state)
        if command and event.command != command:
            _end_command(p, command, position - 1)
        command = event.command
        p.apply(position, event)
        recorded = max(recorded, round(event.recorded_at.timestamp() * MICROSECOND))
        if isinstance(event, SchemeAdopted):
            p.flush()
            p.policy = policy_of(cursor)
            rederive(p)
        if progress:
            progress(position - first, upto - first)
    if command:
        _end_command(p, command, p.last)
    write_book(cursor, "recorded", recorded)
    write_book(cursor, "head", p.last)
    return p.last


def copy_live(connection: Connection) -> int:
    """Take the book's own tables as they are now; the position up to which they go.

    Tables and indexes of one shape are copied by SQLite page by page, without a look at the rows.
    """
    cursor = connection.cursor()
    for statement in (*tables.create("main."), *tables.create_indexes("main.")):
        cursor.execute(statement)
    for name in tables.TABLES:
        cursor.execute(f"INSERT INTO main.{name} SELECT * FROM book.{name}")
    return read_book(cursor, "head")


def _end_command(p: Projection, command: str, last: int) -> None:
    p.flush()
    settle(p)
    p.commanded(command, last)


def _index(cursor: Cursor, *, late: bool) -> None:
    for name, target in tables.INDEXES.items():
        if (name in LATE_INDEXES) is late:
            cursor.execute(f"CREATE INDEX ix_{name} ON {target}")


def _adopt_schemes(cursor: Cursor, last: int) -> None:
    """The schemes first: how duties and scores are derived at the end depends on all of them."""
    question = "SELECT rowid, topic, state FROM stored_events WHERE topic = 'scheme' AND rowid <= ?"
    for position, topic, state in cursor.execute(question, (last,)).fetchall():
        event = decode(topic, state)
        assert isinstance(event, SchemeAdopted)
        day = event.occurred_on.toordinal()
        values = (day, event.scheme, event.version, event.text, position)
        cursor.execute("INSERT INTO main.scheme VALUES (?, ?, ?, ?, ?)", values)


def _take_in(book: Book, p: Projection, last: int, progress: Progress | None) -> tuple[int, int]:
    position, command, newest = 0, "", datetime.fromtimestamp(0, UTC)
    for position, topic, state in book.recorder.stream(p.cursor.connection.cursor(), 0, last):
        event = decode(topic, state)
        if command and event.command != command:
            p.commanded(command, position - 1)
        command = event.command
        p.apply(position, event)
        newest = max(newest, event.recorded_at)
        if progress and position % 2_000 == 0:
            progress(position, last)
    if command:
        p.commanded(command, position)
    return position, round(newest.timestamp() * MICROSECOND)
