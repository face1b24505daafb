"""The book's own affairs as the read model keeps them: schemes adopted, files imported."""

import msgspec

from guanhu.domain.staff import SchemeAdopted
from guanhu.domain.statement import BatchImported, FileImported, ImportBegun
from guanhu.projections.projection import Projection, projects


@projects(SchemeAdopted)
def adopted(p: Projection, position: int, event: SchemeAdopted) -> None:
    """A scheme governs from a date on."""
    p.cursor.execute(
        "INSERT INTO scheme VALUES (?, ?, ?, ?, ?)",
        (event.occurred_on.toordinal(), event.scheme, event.version, event.text, position),
    )


@projects(ImportBegun)
def import_begun(p: Projection, position: int, event: ImportBegun) -> None:
    """A file is on its way in; its rows are late against the book's day of this moment."""
    p.cursor.execute(
        "INSERT INTO import_run VALUES (?, ?, ?, ?, ?, 0, 0, ?)",
        (event.run, event.attempt, event.kind, event.name, event.book_day, position),
    )


@projects(BatchImported)
def import_batch(p: Projection, position: int, event: BatchImported) -> None:
    """A batch is in."""
    counts = (event.accepted, event.registered, event.changed, event.unchanged, event.tier_changes, event.late)
    p.cursor.execute(
        "INSERT INTO import_batch VALUES (?, ?, ?, ?, ?, ?)",
        (event.run, event.attempt, event.phase, event.n, msgspec.msgpack.encode(counts), position),
    )
    _refused(p, event.run, event.attempt, event.refused)


@projects(FileImported)
def imported(p: Projection, position: int, event: FileImported) -> None:
    """The file has been gone through."""
    p.cursor.execute(
        "UPDATE import_run SET finished = 1, rows = ? WHERE run = ? AND attempt = ?",
        (event.rows, event.run, event.attempt),
    )
    _refused(p, event.run, event.attempt, event.refused)


def _refused(p: Projection, run: str, attempt: int, refused: tuple[tuple[int, str, str], ...]) -> None:
    p.cursor.executemany(
        "INSERT OR IGNORE INTO import_refused VALUES (?, ?, ?, ?, ?)", [(run, attempt, *each) for each in refused]
    )
