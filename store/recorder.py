"""Where events are stored: the library's SQLite recorder, made safe for many writers and provable.

What differs from the library: a writer takes the lock when it begins (`BEGIN IMMEDIATE`), so that nothing it read can
be out of date when it writes; settings are checked on every connection; every event becomes a leaf of the tree in the
transaction that stores it; events go in by one `executemany` and come out in arrays. Positions run 1, 2, 3 ... with
no gaps: they are given under the write lock, and what is rolled back gives its positions back.
"""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from eventsourcing.persistence import ConnectionUnavailableError, IntegrityError, StoredEvent
from eventsourcing.sqlite import (
    SQLiteApplicationRecorder,
    SQLiteConnection,
    SQLiteConnectionPool,
    SQLiteCursor,
    SQLiteDatastore,
)

from guanhu.store import database, keys, tree
from guanhu.store.errors import BookBusy, BookDamaged, StoreFull, translated

Row = tuple[int, str, int, str, bytes]
FETCHED_AT_ONCE = 20  # an event can hold 5,000 sealed customers: larger arrays cost memory and save no time

_COLUMNS = "rowid, originator_id, originator_version, topic, state"


class BookConnection(SQLiteConnection):
    """One connection, whose transactions lock first and never end half done."""

    @contextmanager
    def transaction(self, *, commit: bool) -> Iterator[SQLiteCursor]:
        """A transaction that is committed, or rolled back on any exception; without `commit` always rolled back."""
        connection = self._sqlite_conn
        cursor = self.cursor()
        cursor.execute("BEGIN IMMEDIATE" if commit else "BEGIN")
        try:
            yield cursor
            if commit:
                if not connection.in_transaction:  # SQLite itself rolled back, and somebody swallowed the error
                    raise StoreFull("rolled_back")
                connection.commit()
        finally:
            if connection.in_transaction:
                connection.rollback()
            cursor.sqlite_cursor.close()


class BookPool(SQLiteConnectionPool):
    """The library's pool, lending connections that `database.connect` opened."""

    def __init__(self, path: Path, busy_seconds: float) -> None:
        super().__init__(db_name=str(path), pool_timeout=busy_seconds)
        self._path = path
        self._busy_seconds = busy_seconds

    def _create_connection(self) -> SQLiteConnection:
        connection = database.connect(self._path, self._busy_seconds)
        connection.row_factory = sqlite3.Row  # the library reads columns by name
        return BookConnection(connection, max_age=None)


class BookDatastore(SQLiteDatastore):
    """The library's datastore with a writers' lock of its own.

    The library's pool lets readers wait behind a waiting writer, and loses its lock when a connection can't be opened.
    """

    def __init__(self, path: Path, busy_seconds: float) -> None:
        super().__init__(str(path), originator_id_type="text")
        self.pool = BookPool(path, busy_seconds)
        self._busy_seconds = busy_seconds
        self._lock = threading.Lock()
        self._writer: int | None = None

    @contextmanager
    def transaction(self, *, commit: bool) -> Iterator[SQLiteCursor]:
        """As the library's, with the errors of SQLite as refusals."""
        with translated(), super().transaction(commit=commit) as cursor:
            yield cursor

    @contextmanager
    def get_connection(self, *, commit: bool) -> Iterator[SQLiteConnection]:
        """Lends a connection; to one writer of this process at a time."""
        if not commit:
            yield from self._lent()
            return
        if self._writer == threading.get_ident():
            raise RuntimeError("a transaction that writes was begun inside another")
        if not self._lock.acquire(timeout=self._busy_seconds):
            raise BookBusy("book_locked")
        try:
            self._writer = threading.get_ident()
            yield from self._lent()
        finally:
            self._writer = None
            self._lock.release()

    def _lent(self) -> Iterator[SQLiteConnection]:
        try:
            connection = self.pool.get_connection()
        except ConnectionUnavailableError as error:
            raise BookBusy("book_locked") from error
        try:
            yield connection
        finally:
            self.pool.put_connection(connection)


class BookRecorder(SQLiteApplicationRecorder):
    """The stored events of one book."""

    def __init__(self, path: str | Path, *, create: bool, busy_seconds: float = database.BUSY_SECONDS) -> None:
        """Opens the book at `path`, or makes it.

        BookMissing, BookExists, BookDamaged("not_a_book" | "book_too_new" | "setting_refused" | "book_corrupt").
        `busy_seconds`: how long a writer waits for another before BookBusy("book_locked").
        """
        self.path = Path(path).absolute()
        self.datastore: BookDatastore
        super().__init__(BookDatastore(self.path, busy_seconds))
        self.insert_events_statement = f"INSERT INTO {self.events_table_name} ({_COLUMNS}) VALUES (?,?,?,?,?)"
        if create:
            database.create(self.path, self.create_table_statements)
        with self.connection():
            pass  # opened now, so that a file that is no book is refused here

    def construct_create_table_statements(self) -> list[str]:
        """The tables of a new book; what is stored can be neither changed nor deleted."""
        table = self.events_table_name
        return [
            f"CREATE TABLE {table} ("
            "rowid INTEGER PRIMARY KEY AUTOINCREMENT, "
            "originator_id TEXT NOT NULL, "
            "originator_version INTEGER NOT NULL CHECK (originator_version > 0), "
            "topic TEXT NOT NULL, "
            "state BLOB NOT NULL, "
            "UNIQUE (originator_id, originator_version))",
            *(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'stored events stay as they are'); END"
                for act in ("UPDATE", "DELETE")
            ),
            *tree.TABLES,
            *keys.TABLES,
        ]

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Cursor]:
        """One transaction, committed at the end or rolled back on any exception; not inside another.

        BookBusy("book_locked"), StoreFull("disk_full"), BookDamaged("disk_error").
        """
        with self.datastore.transaction(commit=True) as cursor:
            yield _plain(cursor)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Cursor]:
        """One snapshot: whatever others write meanwhile, every question of the block sees the same state."""
        with self.datastore.transaction(commit=False) as cursor:
            plain = _plain(cursor)
            plain.execute("SELECT size FROM tree").fetchall()  # the snapshot is taken by the first question
            yield plain

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """A connection outside any transaction, for what can't be done inside one."""
        with translated(), self.datastore.get_connection(commit=False) as lent:
            yield lent._sqlite_conn

    def append(self, cursor: sqlite3.Cursor, events: Sequence[StoredEvent]) -> list[int]:
        """Stores the events, all or none, inside `writing()`; returns their positions.

        BookBusy("version_conflict") where a stream already has one of the versions.
        """
        try:
            return self._insert_events(SQLiteCursor(cursor), events)
        except IntegrityError as error:
            raise BookBusy("version_conflict") from error

    def _insert_events(self, c: SQLiteCursor, stored_events: Sequence[StoredEvent], **_: Any) -> list[int]:
        """The library's way in: rows and leaves in one go. IntegrityError on a version conflict."""
        cursor = c.sqlite_cursor
        peaks = tree.load(cursor)
        first = peaks.size + 1
        rows = []
        for position, event in enumerate(stored_events, first):
            stream = str(event.originator_id)
            row = (position, stream, event.originator_version, event.topic, event.state)
            peaks.append(tree.leaf_hash(*row))
            rows.append(row)
        try:
            with _all_or_none(cursor, len(rows)):
                cursor.executemany(self.insert_events_statement, rows)
                tree.save(cursor, peaks)
        except sqlite3.IntegrityError as error:
            match error.sqlite_errorcode:
                case sqlite3.SQLITE_CONSTRAINT_UNIQUE:
                    raise IntegrityError(error) from error
                case sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY | sqlite3.SQLITE_CONSTRAINT_ROWID:
                    raise BookDamaged("tree_mismatch", position=first) from error  # it knows less than is stored
            raise
        return list(range(first, first + len(rows)))

    def head(self, cursor: sqlite3.Cursor) -> int:
        """The last position; 0 in an empty book."""
        found: int = cursor.execute(f"SELECT coalesce(max(rowid), 0) FROM {self.events_table_name}").fetchone()[0]
        return found

    def version(self, cursor: sqlite3.Cursor, stream: str) -> int:
        """The last version of a stream, whose first event has version 1; 0 where there is none."""
        found: int = cursor.execute(
            f"SELECT coalesce(max(originator_version), 0) FROM {self.events_table_name} WHERE originator_id = ?",
            (stream,),
        ).fetchone()[0]
        return found

    def stream(
        self, cursor: sqlite3.Cursor, after: int = 0, upto: int | None = None
    ) -> Iterator[tuple[int, str, bytes]]:
        """Position, topic and state of the events after one position, up to another or the end, in order."""
        last = self.head(cursor) if upto is None else upto
        question = (
            f"SELECT rowid, topic, state FROM {self.events_table_name} WHERE rowid > ? AND rowid <= ?"
            f" ORDER BY rowid LIMIT {FETCHED_AT_ONCE}"
        )
        # Each array is fetched whole: no half-read statement holds the snapshot when the caller stops early,
        # and the caller may ask other questions of the same cursor in between.
        while rows := cursor.execute(question, (after, last)).fetchall():
            yield from rows
            after = rows[-1][0]

    def read(self, cursor: sqlite3.Cursor, positions: Sequence[int]) -> list[Row]:
        """The events at these positions, in the order asked for; positions that hold none are left out."""
        found: dict[int, Row] = {}
        for start in range(0, len(positions), FETCHED_AT_ONCE):
            asked = positions[start : start + FETCHED_AT_ONCE]
            marks = ",".join("?" * len(asked))
            cursor.execute(f"SELECT {_COLUMNS} FROM {self.events_table_name} WHERE rowid IN ({marks})", asked)
            found.update((row[0], row) for row in cursor)
        return [found[position] for position in positions if position in found]

    def of_stream(self, cursor: sqlite3.Cursor, stream: str) -> list[Row]:
        """All events of one stream, oldest first."""
        return cursor.execute(
            f"SELECT {_COLUMNS} FROM {self.events_table_name} WHERE originator_id = ? ORDER BY originator_version",
            (stream,),
        ).fetchall()

    def truncate_wal(self) -> bool:
        """Empties the -wal file after an erasure; False where a reader still holds an older state."""
        with self.connection() as connection:
            return database.wal_truncate(connection)

    def close(self) -> None:
        """Closes every connection; the recorder can't be used after."""
        self.datastore.close()


def _plain(cursor: SQLiteCursor) -> sqlite3.Cursor:
    """The cursor itself, giving plain tuples: they cost less than the library's rows."""
    found = cursor.sqlite_cursor
    found.row_factory = None
    return found


@contextmanager
def _all_or_none(cursor: sqlite3.Cursor, rows: int) -> Iterator[None]:
    """Undoes the block alone when it fails, so that a caller who goes on does not commit half of it.

    One event needs no savepoint: if its row is refused, nothing is there; if what follows fails, all is rolled back.
    """
    if rows == 1:
        try:
            yield
        except sqlite3.IntegrityError:
            raise
        except BaseException:
            cursor.connection.rollback()
            raise
        return
    cursor.execute("SAVEPOINT whole")
    try:
        yield
    except BaseException:
        if cursor.connection.in_transaction:  # a full disk rolls back the transaction and its savepoints
            cursor.execute("ROLLBACK TO whole")
            cursor.execute("RELEASE whole")
        raise
    cursor.execute("RELEASE whole")
