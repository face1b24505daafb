"""Moments: the read model as it stood after the events recorded by some time, made from the log and kept a while.

A moment is a file of the same tables (`folding.py`) with the book attached, so that whatever reads the book reads a
moment too. It is made when it is first asked for: copied where nothing was recorded since, carried on from a kept one
that is a little older, else folded from the first event. What decides whether a kept one may be opened - the events up
to its position, the shape of the tables, who was erased - stands in the file itself (`Marks`).
"""

import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from sqlite3 import Connection, Cursor

from guanhu.domain.errors import Refused
from guanhu.projections.projection import read_book
from guanhu.store.book import Book
from guanhu.store.bulk import bulk
from guanhu.store.codec import decode
from guanhu.store.database import BUSY_SECONDS, open_file
from guanhu.store.errors import BookMissing, translated, translated_files
from guanhu.store.folding import Progress, attach_book, copy_live, fold, go_on
from guanhu.store.moment_book import Marks, MomentBook, read_marks
from guanhu.store.moment_files import drop, kept_positions, moment_path, unfinished, used
from guanhu.store.writer import MICROSECOND

FEW_EVENTS = 2_000
FEW_OF_ALL = 20
"""Events that are sooner taken in one by one than a book is folded anew: so many, or one in so many of a large book's.

Small events are many in a large book, and large ones - a statement's columns - few.
"""
COPIED_AT_ONCE = 1 << 20
TRIES = 12
"""A moment can be deleted between its making and its opening: by an erasure, by others who look at many."""


def open_moment(book: Book, known_at: datetime, progress: Progress | None = None) -> MomentBook:
    """The book as it stood by what was recorded up to a time; the caller closes it. It raises what `moment_at` does."""
    with book.reading() as cursor:
        position = position_at(cursor, known_at)
    return moment_at(book, position, known_at, progress)


def moment_at(book: Book, position: int, known_at: datetime, progress: Progress | None = None) -> MomentBook:
    """The book as it stood after the event at a position, recorded at `known_at`; the caller closes it.

    Refused("moment_before_book") where it had no scheme by then, ("moment_outdated") where others delete it again and
    again; StoreFull("disk_full"). What `progress` raises ends the making, and leaves nothing behind.
    """
    path = moment_path(book.path, position)

    def make() -> None:
        with translated(), translated_files(path):
            _make(book, path, position, progress)

    return opened(book, path, position, known_at, make)


def opened(
    book: Book, path: Path, position: int, known_at: datetime, make: Callable[[], None], *, scoped: bool = False
) -> MomentBook:
    """A moment's file opened, made by `make` where it is not kept.

    Refused("moment_before_book", "moment_outdated"), and what `make` raises.
    """
    with book.reading() as cursor:
        adopted = cursor.execute("SELECT 1 FROM scheme WHERE position <= ?", (position,)).fetchone()
    if adopted is None:
        raise Refused("moment_before_book", known_at=known_at)
    for _ in range(TRIES):
        try:
            if not _opens(book, path, position):
                make()
            moment = MomentBook(book, path, position, known_at, scoped=scoped)
        except BookMissing:
            continue
        used(path)
        return moment
    raise Refused("moment_outdated")


def is_kept(book: Book, position: int) -> bool:
    """Whether the whole moment is there and may be opened."""
    return _opens(book, moment_path(book.path, position), position)


def position_at(cursor: Cursor, known_at: datetime) -> int:
    """The position of the last event recorded by a time; 0 where there was none.

    Recorded times never run backwards: only the events that are probed on the way are decoded.
    """
    last: int = cursor.execute("SELECT coalesce(max(rowid), 0) FROM stored_events").fetchone()[0]
    if read_book(cursor, "recorded") <= known_at.timestamp() * MICROSECOND:
        return last
    low, high = 0, last
    while low < high:
        middle = (low + high + 1) // 2
        topic, state = cursor.execute("SELECT topic, state FROM stored_events WHERE rowid = ?", (middle,)).fetchone()
        if decode(topic, state).recorded_at <= known_at:
            low = middle
        else:
            high = middle - 1
    return low


# ------------------------------------------------------------ making
def _make(book: Book, path: Path, position: int, progress: Progress | None) -> None:
    """Make a moment's file; whole, or not there."""
    book.load_all()  # keys are not read inside a transaction
    with unfinished(path) as made, bulk():
        # The file is there before the snapshot is taken: an erasure that the snapshot does not see deletes it.
        earlier = _earlier(book, position)
        if earlier is not None:
            with earlier.open("rb") as source, made.open("rb+") as target:  # not made anew where it was deleted
                shutil.copyfileobj(source, target, COPIED_AT_ONCE)
        with closing(open_file(made, BUSY_SECONDS)) as connection:
            attach_book(connection, book)
            connection.execute("BEGIN")
            marks = Marks.of(connection.cursor(), position)
            _fill(book, connection, position, progress, carried=earlier is not None)
            marks.write(connection.cursor())
            connection.commit()


def _fill(book: Book, connection: Connection, position: int, progress: Progress | None, *, carried: bool) -> None:
    if progress:
        progress(0, None)
    if carried:
        go_on(book, connection, position, progress)
    elif _head(connection) == position:
        copy_live(connection)
    else:
        fold(book, connection, progress, position)


def _head(connection: Connection) -> int:
    """The position up to which the book's own tables go, in the snapshot at hand."""
    found: int = connection.execute("SELECT value FROM book.book WHERE name = 'head'").fetchone()[0]
    return found


def _earlier(book: Book, position: int) -> Path | None:
    """A kept moment that is a little older."""
    few = max(FEW_EVENTS, position // FEW_OF_ALL)
    for kept in kept_positions(book.path):
        if position - few <= kept < position and _opens(book, found := moment_path(book.path, kept), kept):
            return found
    return None


def _opens(book: Book, path: Path, position: int) -> bool:
    """Whether a kept moment is there and may be opened; one that may not be is deleted."""
    if not path.exists():
        return False
    with book.reading() as cursor:
        wanted = Marks.of(cursor, position)
    if read_marks(path) == wanted:
        return True
    drop(path)
    return False
