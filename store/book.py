"""The book: one file of events with what is derived from it, and the one door through which anything enters.

Every command goes load -> decide -> save inside `writing`: what it reads can't change before it
writes, its events and the read model are committed together or not at all.
"""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from sqlite3 import Cursor
from typing import TYPE_CHECKING, Self
from uuid import uuid4

import msgspec

from guanhu.domain.branch_time import branch_day
from guanhu.domain.calendar import Calendar
from guanhu.domain.errors import NotFound, Refused
from guanhu.domain.scheme import Policy
from guanhu.projections import tables
from guanhu.projections.former import BY_FILE
from guanhu.projections.projection import MADE_UP, read_book, write_book
from guanhu.store.database import connect
from guanhu.store.errors import BookExists
from guanhu.store.keys import Keyring, key_path, read_key_file
from guanhu.store.plan_parts import PART, part_id
from guanhu.store.reading import Readers

if TYPE_CHECKING:
    from guanhu.store.recorder import BookRecorder
    from guanhu.store.writer import Writer

Clock = Callable[[], datetime]


def now() -> datetime:
    """The present moment, UTC."""
    return datetime.now(UTC)


class Receipt(msgspec.Struct, frozen=True):
    """What a command did: the positions of its events; `repeated` when its id had been used and it was done then."""

    positions: tuple[int, ...]
    repeated: bool = False


class Book:
    """An open book; `staff` is who acts when a command names nobody.

    Who only asks does not pay for what writing needs: the recorder and the keyring, and the libraries behind them, come
    when they are first wanted. They take longer to load than the first screen's question takes to answer.
    """

    shown_to: int = 0
    """The position of the last event that it shows; 0 for all that there are."""

    def __init__(self, path: Path, *, clock: Clock = now, staff: str = "", busy_seconds: float = 30.0) -> None:
        """Opens the book; BookMissing, BookDamaged. A key of another book is found when the keyring is first used."""
        self.path = Path(path)
        self.clock = clock
        self._busy_seconds = busy_seconds
        self._loading = threading.RLock()
        self._recorder: BookRecorder | None = None
        self._keyring: Keyring | None = None
        self.calendar = Calendar()
        self.policies: dict[int | None, Policy | None] = {}
        self.staff = staff
        self._readers = Readers(partial(connect, self.path.absolute(), busy_seconds), _first_question)
        try:
            read_key_file(self.path)
            with self._readers.reading() as cursor:
                self.stale = _tables_of(cursor) != tables.version()
        except BaseException:
            self.close()
            raise

    @classmethod
    def create(cls, path: Path, *, clock: Clock = now) -> Self:
        """A new, empty book at `path` (folders made as needed); BookExists."""
        if path.exists() or key_path(path).exists():
            raise BookExists("file_exists", path=str(path))
        from guanhu.store.moment_files import drop_moments
        from guanhu.store.recorder import BookRecorder

        drop_moments(path)  # of a book that stood there before
        path.parent.mkdir(parents=True, exist_ok=True)
        recorder = BookRecorder(path, create=True)
        try:
            with recorder.writing() as cursor:
                for statement in (*tables.create(), *tables.create_indexes()):
                    cursor.execute(statement)
                write_book(cursor, "tables", tables.version())
        finally:
            recorder.close()
        Keyring(path, create=True)
        return cls(path, clock=clock)

    @property
    def present(self) -> "Book":
        """The book that acts are written in: itself, unless this is a look back (`moment_book.py`)."""
        return self

    @property
    def scoped(self) -> bool:
        """Whether it holds only what one question is about (`moments_scoped.py`)."""
        return False

    @property
    def recorder(self) -> "BookRecorder":
        """The stored events."""
        with self._loading:
            if self._recorder is None:
                from guanhu.store.recorder import BookRecorder

                self._recorder = BookRecorder(self.path, create=False, busy_seconds=self._busy_seconds)
            return self._recorder

    @property
    def keyring(self) -> Keyring:
        """What seals and opens personal data; BookDamaged("master_key_missing" | "master_key_wrong")."""
        with self._loading:
            if self._keyring is None:
                self._keyring = Keyring(self.path, create=False)
            return self._keyring

    def load_all(self) -> None:
        """Load what writing needs before the first act wants it; raises what the first act would. From any thread."""
        import guanhu.store.writer  # noqa: F401

        _loaded = self.recorder, self.keyring

    @property
    def today(self) -> date:
        """Today's date in the branch, whatever the computer's zone."""
        return branch_day(self.clock())

    @contextmanager
    def reading(self) -> Iterator[Cursor]:
        """One snapshot for questions. Refused("read_model_stale") in a book of another version, until it is rebuilt."""
        self._check_fresh()
        with self._readers.reading() as cursor:
            yield cursor

    def data_version(self) -> int:
        """A number that changes whenever anybody, here or in another process, has committed to the book."""
        return self._readers.data_version()

    @contextmanager
    def writing(self, *, by: str = "", command: str = "") -> "Iterator[Writer]":
        """One transaction; committed with the read model brought up to date, or nothing at all.

        `command` is stored as it is; one is made up where there is none.
        """
        from guanhu.store.writer import Writer

        self._check_fresh()
        self.keyring  # noqa: B018 - a key of another book is refused before anybody waits for the lock
        with self.recorder.writing() as cursor:
            writer = Writer(self, cursor, by or self.staff, command or _made_up(), self.clock())
            yield writer
            writer.finish()

    def once(self, command: str, act: "Callable[[Writer], object]", *, by: str = "", part: str = "") -> Receipt:
        """Do a command, or answer with what it did when its id was used before: never twice.

        Every act of a person comes through here; a file's rows do not. `part`: of a plan that is done in several
        (store/applying.py). Refused("inspector_maintains").
        """
        with self.writing(by=by, command=part_id(command, part) if part else _given(command)) as writer:
            done = _done(writer) if command else None
            if done:
                return Receipt(tuple(range(done[0], done[1] + 1)), repeated=True)
            act(writer)
            writer.check_apart()
            return Receipt(tuple(writer.positions))

    def _check_fresh(self) -> None:
        if self.stale:
            raise Refused("read_model_stale")

    def rest(self) -> None:
        """It was left: its file is held open for questions no longer than those last that are under way, or come."""
        self._readers.rest()

    def close(self) -> None:
        """Closes every connection."""
        self._readers.close()
        with self._loading:
            if self._recorder is not None:
                self._recorder.close()


def _first_question(cursor: Cursor) -> None:
    """The snapshot is taken by the first question."""
    cursor.execute("SELECT size FROM tree").fetchall()


_OWN = (MADE_UP, BY_FILE, PART)
"""How the ids begin that the program makes: of what nobody repeats, of a file's batches, of a plan's parts."""


def _given(command: str) -> str:
    """The id of a command as somebody gave it, kept apart from the program's own."""
    return f"={command}" if command.startswith(_OWN) else command


def _made_up() -> str:
    """An id that nobody will repeat."""
    return MADE_UP + uuid4().hex


def _done(writer: "Writer") -> tuple[int, int] | None:
    """First and last position of what the command did, where its id was used before."""
    found: tuple[int, int] | None = writer.cursor.execute(
        "SELECT first, last FROM command WHERE id = ?", (writer.command,)
    ).fetchone()
    return found


def _tables_of(cursor: Cursor) -> int:
    """The version of the read model's tables in a book, 0 where it has none."""
    known = cursor.execute("SELECT 1 FROM sqlite_master WHERE name = 'book'").fetchone()
    return read_book(cursor, "tables") if known else 0


def acting_staff(cursor: Cursor, staff_id: str) -> str:
    """Who acts: the member of staff named, else whom `init` enrolled for the system's user.

    "" where that is nobody; NotFound("unknown_staff").
    """
    if staff_id:
        if cursor.execute("SELECT 1 FROM staff WHERE id = ?", (staff_id,)).fetchone() is None:
            raise NotFound("unknown_staff", staff_id=staff_id)
        return staff_id
    row = cursor.execute("SELECT id FROM staff WHERE login = ? ORDER BY position LIMIT 1", (login(),)).fetchone()
    return row[0] if row else ""


def login() -> str:
    """The system's user."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid()) if hasattr(os, "getuid") else "user"
