"""Scoped moments: of a past moment only what one question can concern, made in a fraction of the time.

A small file of the same tables, opened as any moment is: the book's frame (posts, outlets, schemes, its day) and the
customers in question (projections/moment_scope.py), as they were. Whose rows the present still holds are copied
(projections/moment_rows.py); of the others the events are folded, by the way that a replay takes. What is only ever
added to - reports of unchanged balances, days looked through - is read from the book itself, up to the position.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from sqlite3 import Cursor

import msgspec

from guanhu.domain.events import Event
from guanhu.projections import tables
from guanhu.projections.moment_about import About
from guanhu.projections.moment_rows import take_rows, unchanged
from guanhu.projections.moment_scope import Concerned, Frame, concerned
from guanhu.projections.projection import Projection, write_numbers
from guanhu.projections.replay_model import Model
from guanhu.projections.replay_scope import IN_PASSING, OF_CUSTOMERS, naming
from guanhu.store.book import Book
from guanhu.store.codec import decode
from guanhu.store.database import BUSY_SECONDS, open_file
from guanhu.store.errors import translated, translated_files
from guanhu.store.folding import FOLDING
from guanhu.store.moment_book import Marks, MomentBook
from guanhu.store.moment_files import moments_folder, unfinished
from guanhu.store.moments import is_kept, opened
from guanhu.store.replay_source import ReplaySource
from guanhu.store.writer import MICROSECOND

READ_AT_ONCE = 100


class _TooMany(Exception):
    """The scope is most of the book."""


def scoped_at(book: Book, position: int, known_at: datetime, about: About) -> MomentBook | None:
    """What a question is about, as it stood after the event at a position; the caller closes it.

    None where the scope is most of the book, or the whole moment is kept: then that one serves.
    Refused("moment_before_book", "moment_outdated"); StoreFull("disk_full").
    """
    if is_kept(book, position):
        return None
    path = scoped_path(book.path, position, about)

    def make() -> None:
        with translated(), translated_files(path):
            _make(book, path, position, about)

    try:
        return opened(book, path, position, known_at, make, scoped=True)
    except _TooMany:
        return None


def scoped_path(book: Path, position: int, about: About) -> Path:
    """The file of a scoped moment, there or not; its name tells nobody whom it is about."""
    return moments_folder(book) / f"{position}.{sha256(msgspec.json.encode(about)).hexdigest()[:20]}.db"


def _make(book: Book, path: Path, position: int, about: About) -> None:
    """Make the file; whole, or not there."""
    book.load_all()
    # The file is there before the snapshot is taken: an erasure that the snapshot does not see deletes it.
    with (
        unfinished(path) as made,
        book.reading() as cursor,
        closing(open_file(made, BUSY_SECONDS)) as connection,
    ):
        for pragma in FOLDING:
            connection.execute(f"PRAGMA {pragma}").close()
        stored = ReplaySource(book.recorder)
        frame = stored.outside(cursor, OF_CUSTOMERS)
        found = concerned(cursor, stored, decode, about, position, frame)
        if found is None:
            raise _TooMany
        model = Model(book.keyring, book.calendar, found.customers, others=found.gone, connection=connection)
        model.reading(cursor)
        _fold(book, cursor, model, found, position, frame, about)
        Marks.of(cursor, position).write(model.cursor)
        connection.commit()


def _fold(
    book: Book, cursor: Cursor, model: Model, found: Concerned, position: int, frame: Frame, about: About
) -> None:
    """Take in the frame and the customers."""
    stored = ReplaySource(book.recorder)
    kept = unchanged(cursor, stored, found, position)
    folded = {cid: no for cid, no in found.customers.items() if cid not in kept}
    positions = {at for at, _, topic in frame if topic not in IN_PASSING}
    if folded:
        positions |= naming(cursor, folded) | set(found.refs)
        positions.update(at for at, _ in stored.of_streams(cursor, [f"customer:{no}" for no in folded.values()]))
    model.narrow(folded)

    def rest(p: Projection) -> None:
        take_rows(cursor, p, sorted(kept), position, searched=bool(about.text))

    model.fold(_events(book, cursor, sorted(at for at in positions if at <= position)), rest, derived=about.duties)
    recorded = next(_events(book, cursor, [position]))[1].recorded_at
    write_numbers(
        model.cursor,
        [("recorded", round(recorded.timestamp() * MICROSECOND)), ("head", position), ("tables", tables.version())],
    )


def _events(book: Book, cursor: Cursor, positions: Sequence[int]) -> Iterator[tuple[int, Event]]:
    for start in range(0, len(positions), READ_AT_ONCE):
        for row in book.recorder.read(cursor, positions[start : start + READ_AT_ONCE]):
            yield row[0], decode(row[3], row[4])
