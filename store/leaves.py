"""Every leaf of a book's tree, computed anew from the stored rows; and the companion file that names positions.

A root says that something differs, not where. So a checkpoint may have a companion beside it, `FILE.leaves`: the leaf
hashes one after another, 32 bytes each. It needs no signature, since its root must be the checkpoint's.

What is read here may have been changed by hand, so nothing about the rows is taken for granted: a row that is missing,
has values of the wrong kind, text that is no text, or stands on a page that SQLite can't read ends the log there.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from struct import error as WrongNumber

from guanhu.domain.merkle import HASH
from guanhu.store.tree import ROWS_AFTER, VERIFY_BATCH, Peaks, leaf_hash

_READ_AT_ONCE = HASH * 4_096
_UNFIT = (TypeError, AttributeError, UnicodeError, WrongNumber, sqlite3.Error)


def leaves(cursor: sqlite3.Cursor) -> Iterator[bytes]:
    """The leaf hashes from position 1 on; they end where the log does, or at the first position that can't be read."""
    position = 0
    batch = VERIFY_BATCH
    while True:
        try:
            rows = cursor.execute(ROWS_AFTER, (position, batch)).fetchall()
        except sqlite3.Error:
            if batch == 1:
                return
            batch = 1  # those before the unreadable one can be had one by one
            continue
        if not rows:
            return
        for row in rows:
            position += 1
            if row[0] != position:
                return
            try:
                leaf = leaf_hash(*row)
            except _UNFIT:
                return
            yield leaf


def extent(cursor: sqlite3.Cursor) -> tuple[int, int] | None:
    """The lowest and the highest position that any row has, (1, 0) where there is none; None if that can't be read."""
    try:
        lowest, highest = cursor.execute(
            "SELECT coalesce((SELECT rowid FROM stored_events ORDER BY rowid LIMIT 1), 1),"
            " coalesce((SELECT rowid FROM stored_events ORDER BY rowid DESC LIMIT 1), 0)"
        ).fetchone()
    except sqlite3.Error:
        return None
    return lowest, highest


def companion_path(checkpoint: Path) -> Path:
    """Where the leaf hashes of a checkpoint's file stand."""
    return checkpoint.with_name(f"{checkpoint.name}.leaves")


def companion_leaves(path: Path) -> Iterator[bytes]:
    """The hashes of a companion file; a torn one at the end is left out. OSError."""
    with path.open("rb") as file:
        while raw := file.read(_READ_AT_ONCE):
            for start in range(0, len(raw) - HASH + 1, HASH):
                yield raw[start : start + HASH]


def first_difference(cursor: sqlite3.Cursor, companion: Path, size: int, root: bytes) -> int | None:
    """The first position at which the book is not what it was at a checkpoint of this size and root.

    None where the companion is not there, or is not that checkpoint's.
    """
    kept, differs = Peaks(), 0
    found = leaves(cursor)
    try:
        for leaf in companion_leaves(companion):
            kept.append(leaf)
            if kept.size > size:
                return None
            if not differs and next(found, None) != leaf:
                differs = kept.size
    except OSError:
        return None
    return differs or None if (kept.size, kept.root()) == (size, root) else None
