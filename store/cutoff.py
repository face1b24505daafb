"""The cut-off on which an inspection stands: the log as it is at this moment, with a signed checkpoint of it.

The root is computed from the stored rows, never taken from the tree's own row alone: an inspection must not bless a log
that contradicts itself. Walking over all rows takes seconds on a large book, so it is done before the transaction; what
others wrote meanwhile is walked over inside it.
"""

from sqlite3 import Cursor
from typing import TYPE_CHECKING

import msgspec

from guanhu.domain.checkpoint import Checkpoint, origin_of
from guanhu.domain.errors import Refused
from guanhu.store import tree
from guanhu.store.errors import BookDamaged
from guanhu.store.leaves import leaves
from guanhu.store.signing import ensure_key, sign

if TYPE_CHECKING:
    from guanhu.store.book import Book


class Walked(msgspec.Struct, frozen=True):
    """The log as far as it was walked over; the leaf hash of the first entry names it."""

    first_leaf: bytes
    size: int
    hashes: tuple[bytes, ...]


class Cutoff(msgspec.Struct, frozen=True):
    """The last position, the root over all entries up to it (32 bytes), and the signed text that says so."""

    position: int
    root: bytes
    text: str


def walk(book: "Book") -> Walked:
    """One pass over all stored rows, outside any transaction; makes the signing key where there is none.

    Refused("nothing_to_prove") for an empty book.
    """
    ensure_key(book)
    peaks, first = tree.Peaks(), b""
    with book.recorder.reading() as cursor:
        for leaf in leaves(cursor):
            peaks.append(leaf)
            first = first or leaf
    if not first:
        raise Refused("nothing_to_prove")
    return Walked(first, peaks.size, tuple(peaks.hashes))


def cut_off(book: "Book", cursor: Cursor, walked: Walked) -> Cutoff:
    """The cut-off at the last entry of the cursor's snapshot; BookDamaged("tree_mismatch") where the log is not whole.

    Whoever calls it inside `writing()` keeps others from writing until the inspection is opened.
    """
    peaks = tree.Peaks(walked.size, walked.hashes)
    rows = cursor.execute(
        "SELECT rowid, originator_id, originator_version, topic, state FROM stored_events WHERE rowid > ?"
        " ORDER BY rowid",
        (walked.size,),
    )
    for row in rows.fetchall():
        if row[0] != peaks.size + 1:
            raise BookDamaged("tree_mismatch", position=peaks.size + 1)
        peaks.append(tree.leaf_hash(*row))
    stored = tree.load(cursor)
    if (stored.size, stored.hashes) != (peaks.size, peaks.hashes):
        tree.verify(cursor)  # says where
        raise BookDamaged("tree_mismatch", position=0)
    root = peaks.root()
    return Cutoff(peaks.size, root, sign(book, Checkpoint(origin_of(walked.first_leaf), peaks.size, root)))
