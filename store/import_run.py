"""What is already in of a file: the attempts at it, their batches, and the rows that they refused (DESIGN 4, 7)."""

from sqlite3 import Cursor

import msgspec

from guanhu.projections.projection import read_book
from guanhu.store.statements import Counts


class Run(msgspec.Struct):
    """One attempt at a file: what is already in, and against which day rows are late.

    `begun`: an earlier process began it. `retried`: the rows that the attempt before refused, None in the first one.
    `done`: the batches that are in, by (phase, n). `refused`: line -> (column, reason) of this attempt so far.
    """

    key: str
    attempt: int
    began: int
    begun: bool
    retried: frozenset[int] | None
    done: dict[tuple[str, int], Counts]
    refused: dict[int, tuple[str, str]]

    def wants(self, row: int) -> bool:
        """Whether this attempt judges a row at all: a second one judges only what was refused."""
        return self.retried is None or row in self.retried


def run_of(cursor: Cursor, key: str) -> Run:
    """The attempt that a file stands at: its first, one that was broken off, or the next after one that ended."""
    began = read_book(cursor, "day")
    row = cursor.execute(
        "SELECT attempt, book_day, finished FROM import_run WHERE run = ? ORDER BY attempt DESC LIMIT 1", (key,)
    ).fetchone()
    if row is None:
        return Run(key, 1, began, False, None, {}, {})
    attempt, book_day, finished = row
    if finished:
        return Run(key, attempt + 1, began, False, frozenset(_refused(cursor, key, attempt)), {}, {})
    earlier = frozenset(_refused(cursor, key, attempt - 1)) if attempt > 1 else None
    done = cursor.execute("SELECT phase, n, counts FROM import_batch WHERE run = ? AND attempt = ?", (key, attempt))
    found = {(phase, n): Counts(*msgspec.msgpack.decode(counts)) for phase, n, counts in done}
    return Run(key, attempt, book_day, True, earlier, found, _refused(cursor, key, attempt))


def _refused(cursor: Cursor, key: str, attempt: int) -> dict[int, tuple[str, str]]:
    """The rows that an attempt refused: line -> (column, reason)."""
    rows = cursor.execute("SELECT line, col, reason FROM import_refused WHERE run = ? AND attempt = ?", (key, attempt))
    return {line: (column, reason) for line, column, reason in rows}
