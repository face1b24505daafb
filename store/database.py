"""The book's file: how it is made, opened, copied and brought back.

Every connection, of whatever thread or process, is opened by `connect`, which sets what durability and privacy rest
on and reads it back: a setting that SQLite did not take is an error, not a hope. A file is looked at before anything
is set, so that somebody else's database is refused unchanged.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import mkstemp
from typing import TYPE_CHECKING, BinaryIO

from guanhu.store.errors import BookDamaged, BookExists, BookMissing, translated, translated_files
from guanhu.store.moment_files import drop_moments

if TYPE_CHECKING:
    from guanhu.store.recorder import BookRecorder

APPLICATION_ID = 0x47554E48  # "GUNH": tells a book from any other SQLite file
STORE_VERSION = 1
BUSY_SECONDS = 30.0
OWN_FILES = ("", "-wal", "-shm", "-journal")

# Name, value, and what SQLite answers when asked for it afterwards.
# No mmap_size: it made reading no faster, and mapped pages count as memory.
SETTINGS = (
    ("journal_mode", "WAL", "wal"),  # readers and one writer at once
    ("synchronous", "FULL", 2),  # NORMAL loses acknowledged commits when power fails
    ("secure_delete", "ON", 1),  # what is erased is overwritten
    ("foreign_keys", "ON", 1),
    ("temp_store", "MEMORY", 2),  # names must not land in a temporary file
    ("cache_size", "-32768", -32768),  # KiB
    ("wal_autocheckpoint", "4000", 4000),  # pages: the same ones are written by act after act, and copied once
    ("journal_size_limit", str(64 << 20), 64 << 20),  # a bulk import does not leave a huge -wal behind
)


def connect(path: Path, busy_seconds: float = BUSY_SECONDS) -> sqlite3.Connection:
    """A connection to the book at `path`, in autocommit, with every setting checked.

    BookMissing, BookDamaged("not_a_book" | "book_too_new" | "setting_refused").
    """
    with translated():
        connection = open_file(path, busy_seconds)
        try:
            _check_identity(connection, path)
            _apply_settings(connection)
        except BaseException:
            connection.close()
            raise
        return connection


def open_file(path: Path, busy_seconds: float, mode: str = "rw") -> sqlite3.Connection:
    """A connection to a file that is there, with nothing looked at or set; BookMissing."""
    try:
        return sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}",  # neither rw nor ro makes a file
            uri=True,
            timeout=busy_seconds,
            isolation_level=None,
            check_same_thread=False,  # the pool lends a connection to one thread at a time
            cached_statements=256,
        )
    except sqlite3.OperationalError:
        if path.exists():
            raise
        raise BookMissing("book_missing", path=str(path)) from None


def create(path: Path, statements: Iterable[str]) -> None:
    """Makes a new book with the given tables, all of it or nothing, readable by its owner alone.

    BookExists where any file stands at `path`, BookMissing where its folder does not.
    """
    _refuse_existing(path, "book_exists")
    new_private_file(path, b"")
    try:
        with translated(), closing(open_file(path, BUSY_SECONDS)) as connection:
            _apply_settings(connection)
            connection.execute("BEGIN IMMEDIATE")
            for statement in statements:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {STORE_VERSION}")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute("COMMIT")
    except BaseException:
        _remove(path)
        raise
    fsync_folder(path.parent)


def wal_truncate(connection: sqlite3.Connection) -> bool:
    """Empties the -wal file after an erasure; False where a reader of an older state outlasted the busy timeout."""
    with translated():
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy


def backup(recorder: "BookRecorder", target: Path) -> None:
    """Copies the book as it is at this moment into a new file, and the key file beside it. BookExists.

    The key file is copied last: whoever is erased meanwhile is then in its list, and erased again by a restore.
    """
    from guanhu.store.keys import key_path, read_key_file, write_key_file

    _refuse_existing(target)
    _refuse_existing(key_path(target))
    with _landing(target) as unfinished:
        with recorder.connection() as source:
            _copy(source, unfinished)
        with translated(), closing(open_file(unfinished, BUSY_SECONDS)) as copy:
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, complete without a -wal
        write_key_file(target, read_key_file(recorder.path))


def restore(source: Path, target: Path) -> list[str]:
    """Brings a backup back as a new book at `target`, checked whole, and erases again whom either key file names.

    Returns the customers that were erased now: their rows of read models are still in the book, so these must be
    rebuilt before anything is shown. BookExists where a book stands at `target`; its key file may be there still.
    """
    from guanhu.store import keys, tree

    _refuse_existing(target, "book_exists")
    drop_moments(target)  # of a book that stood there before
    with translated(), closing(open_file(source, BUSY_SECONDS, mode="ro")) as backed_up:
        _check_identity(backed_up, source)
    merged = keys.merged_key_file(source, target)
    with _landing(target) as unfinished:
        with translated(), closing(open_file(source, BUSY_SECONDS, mode="ro")) as backed_up:
            _copy(backed_up, unfinished)
        with translated(), closing(connect(unfinished)) as copy:
            _check_integrity(copy)
            cursor = copy.execute("BEGIN IMMEDIATE")
            tree.verify(cursor)
            keys.check_master(cursor, merged.master)
            again = keys.mark_erased(cursor, merged.erased)
            cursor.execute("COMMIT")
        keys.write_key_file(target, merged)
    return again


def fsync_folder(folder: Path) -> None:
    """Makes the names in a folder durable. Windows has no such call, and keeps names by its own journal."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def new_private_file(path: Path, content: bytes) -> None:
    """Writes a file that did not exist, mode 0600, durably. BookExists, BookMissing (no such folder)."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with translated_files(path):
        with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
            _write_durably(file, content)
        fsync_folder(path.parent)


def replace_private_file(path: Path, content: bytes) -> None:
    """Writes a file, mode 0600, over an earlier one or none: after a crash it is the old one or the new one, whole."""
    with translated_files(path):
        descriptor, unfinished = mkstemp(prefix=f"{path.name}.", dir=path.parent)  # mkstemp makes it 0600
        try:
            with os.fdopen(descriptor, "wb") as file:
                _write_durably(file, content)
            os.replace(unfinished, path)
        except BaseException:
            with suppress(OSError):
                os.unlink(unfinished)
            raise
        fsync_folder(path.parent)


def _write_durably(file: BinaryIO, content: bytes) -> None:
    file.write(content)
    file.flush()
    os.fsync(file.fileno())


def _check_identity(connection: sqlite3.Connection, path: Path) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application != APPLICATION_ID:
        raise BookDamaged("not_a_book", path=str(path))
    if version > STORE_VERSION:
        raise BookDamaged("book_too_new", path=str(path), version=version)


def _apply_settings(connection: sqlite3.Connection) -> None:
    for name, value, expected in SETTINGS:
        connection.execute(f"PRAGMA {name} = {value}").close()
        answer = connection.execute(f"PRAGMA {name}").fetchone()
        if answer is None or answer[0] != expected:
            raise BookDamaged("setting_refused", setting=name)


def _check_integrity(connection: sqlite3.Connection) -> None:
    answer = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if answer != "ok":
        raise BookDamaged("book_corrupt", reason=answer)


def _copy(source: sqlite3.Connection, target: Path) -> None:
    """All pages in one step, so that the copy is one state of the source."""
    with translated(), closing(open_file(target, BUSY_SECONDS)) as copy:
        source.backup(copy)


def _refuse_existing(path: Path, code: str = "file_exists") -> None:
    if path.exists():
        raise BookExists(code, path=str(path))


@contextmanager
def _landing(target: Path) -> Iterator[Path]:
    """A new file beside `target` that takes its name when all went well, and is gone when not."""
    with translated_files(target):
        descriptor, name = mkstemp(prefix=f"{target.name}.", dir=target.parent)
    os.close(descriptor)
    unfinished = Path(name)
    try:
        yield unfinished
        with unfinished.open("rb+") as file:
            os.fsync(file.fileno())
        _refuse_existing(target)
        unfinished.rename(target)
    except BaseException:
        _remove(unfinished)
        raise
    fsync_folder(target.parent)


def _remove(path: Path) -> None:
    for suffix in OWN_FILES:
        with suppress(OSError):
            os.unlink(f"{path}{suffix}")
