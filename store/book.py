"""The book: one file of events with what is derived from it, and the one door through which anything enters.

Every command goes load -> decide -> save inside `writing`: what it reads can't change before it
writes, its events and the read model are committed together or not at all.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from sqlite3 import Cursor
from typing import TYPE_CHECKING, Self
from uuid import uuid4

import msgspec

from guanhu.domain.calendar import Calendar
from guanhu.domain.errors import NotFound, Refused
from guanhu.domain.scheme import Policy
from guanhu.projections import tables
from guanhu.projections.projection import MADE_UP, read_book, write_book
from guanhu.store.errors import BookExists
from guanhu.store.keys import Keyring, key_path
from guanhu.store.recorder import BookRecorder

if TYPE_CHECKING:
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
    """An open book; `staff` is who acts when a command names nobody."""

    def __init__(self, path: Path, *, clock: Clock = now, staff: str = "", busy_seconds: float = 30.0) -> None:
        """Opens the book; BookMissing, BookDamaged."""
        self.path = Path(path)
        self.clock = clock
        self.recorder = BookRecorder(self.path, create=False, busy_seconds=busy_seconds)
        self.keyring = Keyring(self.path, create=False)
        self.calendar = Calendar()
        self.policies: dict[int | None, Policy | None] = {}
        self.staff = staff
        with self.recorder.reading() as cursor:
            self.stale = _tables_of(cursor) != tables.version()

    @classmethod
    def create(cls, path: Path, *, clock: Clock = now) -> Self:
        """A new, empty book at `path` (folders made as needed); BookExists."""
        if path.exists() or key_path(path).exists():
            raise BookExists("file_exists", path=str(path))
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
    def today(self) -> date:
        """Today's date where the staff are."""
        return self.clock().astimezone().date()

    @contextmanager
    def reading(self) -> Iterator[Cursor]:
        """One snapshot for questions. Refused("read_model_stale") in a book of another version, until it is rebuilt."""
        self._check_fresh()
        with self.recorder.reading() as cursor:
            yield cursor

    @contextmanager
    def writing(self, *, by: str = "", command: str = "") -> "Iterator[Writer]":
        """One transaction; committed with the read model brought up to date, or nothing at all."""
        # Who only asks does not pay for what writing needs: it is a third of what opening a book loads.
        from guanhu.store.writer import Writer

        self._check_fresh()
        with self.recorder.writing() as cursor:
            writer = Writer(self, cursor, by or self.staff, _named(command), self.clock())
            yield writer
            writer.finish()

    def once(self, command: str, act: "Callable[[Writer], object]", *, by: str = "") -> Receipt:
        """Do a command, or answer with what it did when its id was used before: never twice."""
        with self.writing(by=by, command=command) as writer:
            done = _done(writer) if command else None
            if done:
                return Receipt(tuple(range(done[0], done[1] + 1)), repeated=True)
            act(writer)
            return Receipt(tuple(writer.positions))

    def _check_fresh(self) -> None:
        if self.stale:
            raise Refused("read_model_stale")

    def close(self) -> None:
        """Closes every connection."""
        self.recorder.close()


def _named(command: str) -> str:
    """The id of a command: the one given, kept apart from those that are made up because nobody will repeat them."""
    if not command:
        return MADE_UP + uuid4().hex
    return f"={command}" if command.startswith(MADE_UP) else command


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
    """Who acts: the member of staff named, else whom `init` enrolled for the system's user; NotFound("unknown_staff")."""
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
