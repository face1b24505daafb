"""What the store refuses, and how SQLite's own errors become one of these.

Codes, never sentences: the catalogue of the user's language has the sentences.
"""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from guanhu.domain.errors import NotFound, Refused


class BookBusy(Refused):
    """Somebody else is writing, or wrote first; the same act may be tried again."""


class BookDamaged(Refused):
    """The file is not a book, or what it holds does not agree with itself."""


class BookMissing(NotFound):
    """No book stands at the place that was named."""


class BookExists(Refused):
    """A file that may not be overwritten stands where a new one would go."""


class StoreFull(Refused):
    """The disk has no room left; nothing of the act was kept."""


def refusal(error: sqlite3.Error) -> Refused | None:
    """The refusal that an error of SQLite stands for; None where it is a fault of the program."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    match code & 0xFF:  # the low byte is the primary code, the rest says more
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return BookBusy("book_locked")
        case sqlite3.SQLITE_FULL:
            return StoreFull("disk_full")
        case sqlite3.SQLITE_IOERR:
            return BookDamaged("disk_error", reason=error.sqlite_errorname)
        case sqlite3.SQLITE_CORRUPT:
            return BookDamaged("book_corrupt")
        case sqlite3.SQLITE_NOTADB:
            return BookDamaged("not_a_book")
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return Refused("book_not_writable", reason=error.sqlite_errorname)
    return None


@contextmanager
def translated() -> Iterator[None]:
    """Turns the errors of SQLite into refusals; others pass unchanged."""
    try:
        yield
    except sqlite3.Error as error:
        refused = refusal(error)
        if refused is None:
            raise
        raise refused from error


@contextmanager
def translated_files(path: Path) -> Iterator[None]:
    """Turns the errors of the system while the file at `path` is written into refusals."""
    try:
        yield
    except FileExistsError as error:
        raise BookExists("file_exists", path=str(path)) from error
    except FileNotFoundError as error:
        raise BookMissing("folder_missing", path=str(path.parent)) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StoreFull("disk_full") from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise Refused("book_not_writable", reason=str(path)) from error
        raise
