"""A book as it stood at a moment: to readers a book like any other, to writers a closed door."""

import sqlite3
from contextlib import closing
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from sqlite3 import Connection, Cursor
from typing import TYPE_CHECKING, NoReturn

import msgspec

from guanhu.domain.errors import Refused
from guanhu.projections import tables
from guanhu.store.book import Book
from guanhu.store.database import BUSY_SECONDS, open_file
from guanhu.store.errors import BookMissing, translated
from guanhu.store.reading import Readers

if TYPE_CHECKING:
    from guanhu.store.keys import Keyring
    from guanhu.store.recorder import BookRecorder

_ERASED = "FROM {book}customer WHERE erased = 1"
_VIEWS = (
    "CREATE TEMP VIEW stored_events AS SELECT rowid AS rowid, originator_id, originator_version, topic, state"
    " FROM book.stored_events WHERE rowid <= {position}",
    # Who may be shown is for the present to say: whoever asked for it since (限制处理) is shown in no past either.
    "CREATE TEMP VIEW customer AS SELECT id, no, position, outlet, name, personal, birthday, lunar_birthday,"
    " restricted OR no IN (SELECT no FROM book.customer WHERE restricted = 1) AS restricted, erased"
    " FROM main.customer",
)
_ONLY_ADDED_TO = ("report", "day_done", "look")
_OF_THE_BOOK = "CREATE TEMP VIEW {table} AS SELECT * FROM book.{table} WHERE position <= {position}"
"""What a scoped moment has no rows of: those of the book up to its position say the same, for none ever changes."""


class Marks(msgspec.Struct, frozen=True):
    """What a moment was made of: it may be opened as long as the book says the same.

    `event` is a hash of the event at its position, which no other book has; `tables` the shape of the read model;
    `erased` a hash of who was erased when it was made, since the moment holds the names of all others.
    """

    position: int
    event: str
    tables: int
    erased: str

    @classmethod
    def of(cls, cursor: Cursor, position: int) -> "Marks":
        """The marks that a moment must have now, by a cursor on which the book's tables are the attached or the own."""
        where = "book." if _attached(cursor) else ""
        row = cursor.execute(
            f"SELECT originator_id, originator_version, topic, state FROM {where}stored_events WHERE rowid = ?",
            (position,),
        ).fetchone()
        gone = cursor.execute(f"SELECT no {_ERASED.format(book=where)} ORDER BY no").fetchall()
        return cls(position, _hash(row), tables.version(), _hash(gone))

    def write(self, cursor: Cursor) -> None:
        """Keep them in the moment's own file."""
        cursor.execute("CREATE TABLE IF NOT EXISTS main.moment (marks BLOB NOT NULL)")
        cursor.execute("DELETE FROM main.moment")
        cursor.execute("INSERT INTO main.moment VALUES (?)", (msgspec.msgpack.encode(self),))


def read_marks(path: Path) -> Marks | None:
    """The marks of a moment's file; None where it has none that can be read."""
    try:
        with closing(open_file(path, BUSY_SECONDS, mode="ro")) as connection:
            (raw,) = connection.execute("SELECT marks FROM moment").fetchone()
        return msgspec.msgpack.decode(raw, type=Marks)
    except (sqlite3.Error, Refused, TypeError, msgspec.DecodeError):
        return None


class MomentBook(Book):
    """The book by what was recorded up to `known_at`, the last event being that at `position`.

    What reads a book reads it unchanged; whatever writes is refused. It needs the present book open beside it, and is
    closed on its own. `recorder` is the present's: it reads what the cursor that it is given shows, while proofs are
    made over the whole log.
    """

    def __init__(
        self, present: Book, path: Path, position: int, known_at: datetime, *, scoped: bool = False
    ) -> None:
        """Opens a kept moment (`moments.open_moment` makes it); BookMissing where it is gone.

        `scoped`: it holds only what one question is about (`moments_scoped.py`).
        """
        self._present = present
        self._scoped = scoped
        self.position = self.shown_to = position
        self.known_at = known_at
        self.path = present.path
        self.clock = present.clock
        self.calendar = present.calendar
        self.policies = {}
        self.staff = present.staff
        self.stale = False
        self._file = path.absolute()
        self._erased: int | None = None
        try:
            self._readers = Readers(self._connect, self._check)
            with self._readers.reading() as cursor:
                good = read_marks(self._file) == Marks.of(cursor, position)
                self._erased = _count_erased(cursor)
        except Refused as error:  # somebody is erased this very moment: the file is gone, or overwritten
            raise BookMissing("moment_outdated", path=str(path)) from error
        if not good:
            self.close()
            raise BookMissing("moment_outdated", path=str(path))

    @property
    def present(self) -> Book:
        """The book that is looked back on."""
        return self._present

    @property
    def scoped(self) -> bool:
        """As Book."""
        return self._scoped

    @property
    def recorder(self) -> "BookRecorder":
        """The stored events, by a cursor of this moment those up to its position."""
        return self._present.recorder

    @property
    def keyring(self) -> "Keyring":
        """What opens personal data."""
        return self._present.keyring

    def load_all(self) -> None:
        """Nothing is written here."""

    def data_version(self) -> int:
        """Always the same: nobody writes in the past."""
        return 0

    def writing(self, *, by: str = "", command: str = "") -> NoReturn:
        """Refused("moment_is_read_only")."""
        raise Refused("moment_is_read_only")

    def close(self) -> None:
        """Closes the moment; the present book stays open."""
        self._readers.close()

    def _connect(self) -> Connection:
        """A connection that reads the moment's tables as its own and of the book's events only those up to it.

        Who is restricted now is restricted in it.
        """
        with translated():
            connection = open_file(self._file, BUSY_SECONDS, mode="ro")
            try:
                for pragma in ("temp_store = MEMORY", "cache_size = -32768"):
                    connection.execute(f"PRAGMA {pragma}").close()
                connection.execute("ATTACH ? AS book", (f"{self.path.absolute().as_uri()}?mode=rw",))
                connection.execute("PRAGMA book.cache_size = -32768").close()
                for view in _VIEWS:
                    connection.execute(view.format(position=self.position))
                for table in _ONLY_ADDED_TO if self._scoped else ():
                    connection.execute(_OF_THE_BOOK.format(table=table, position=self.position))
                connection.execute("PRAGMA query_only = ON").close()
            except BaseException:
                connection.close()
                raise
            return connection

    def _check(self, cursor: Cursor) -> None:
        """Take the book's snapshot; Refused("moment_outdated") where somebody was erased since."""
        if _count_erased(cursor) != self._erased and self._erased is not None:
            raise Refused("moment_outdated")


def _attached(cursor: Cursor) -> bool:
    return any(name == "book" for _, name, _ in cursor.execute("PRAGMA database_list").fetchall())


def _count_erased(cursor: Cursor) -> int:
    found: int = cursor.execute(f"SELECT count(*) {_ERASED.format(book='book.')}").fetchone()[0]
    return found


def _hash(rows: object) -> str:
    return sha256(msgspec.msgpack.encode(rows)).hexdigest()
