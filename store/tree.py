"""The tree over every stored event: whoever changes the past changes the root.

It is the Merkle tree of RFC 6962, section 2.1. A leaf is SHA-256(0x00 || canonical bytes of the event), a node is
SHA-256(0x01 || left || right), and the n-th leaf is the event at position n. Canonical bytes are, in this order:
position (8 bytes), length of the stream's name (4 bytes) and the name, version (8 bytes), length of the topic (4
bytes) and the topic, length of the state (4 bytes) and the state; numbers big-endian, text UTF-8. Every part of
unfixed size stands behind its length, so no two events have the same bytes.

Of the tree only the peaks are kept: the roots of the full subtrees from left to right, one for each 1-bit of the
number of leaves. They are enough to add a leaf and to tell the root; everything else is computed anew from the events.
"""

import sqlite3
from collections.abc import Iterable
from hashlib import sha256
from struct import Struct

from guanhu.domain.merkle import HASH, node_hash
from guanhu.store.errors import BookDamaged

TABLES = (
    "CREATE TABLE tree (id INTEGER PRIMARY KEY CHECK (id = 1), size INTEGER NOT NULL, peaks BLOB NOT NULL)",
    "INSERT INTO tree VALUES (1, 0, x'')",
)
VERIFY_BATCH = 500
ROWS_AFTER = (
    "SELECT rowid, originator_id, originator_version, topic, state FROM stored_events"
    " WHERE rowid > ? ORDER BY rowid LIMIT ?"
)
"""What leaves are made of, as `leaf_hash` takes it: (a position, at most so many)."""

_BEFORE_STREAM = Struct(">BQI").pack
_BEFORE_TOPIC = Struct(">QI").pack
_BEFORE_STATE = Struct(">I").pack


def leaf_hash(position: int, stream: str, version: int, topic: str, state: bytes) -> bytes:
    """The leaf of one stored event, 32 bytes."""
    name, kind = stream.encode(), topic.encode()
    return sha256(
        b"".join(
            (
                _BEFORE_STREAM(0, position, len(name)),
                name,
                _BEFORE_TOPIC(version, len(kind)),
                kind,
                _BEFORE_STATE(len(state)),
                state,
            )
        )
    ).digest()


class Peaks:
    """The roots of a growing tree's full subtrees, largest first."""

    __slots__ = ("hashes", "size")

    def __init__(self, size: int = 0, hashes: Iterable[bytes] = ()) -> None:
        self.size = size
        self.hashes = list(hashes)

    def append(self, leaf: bytes) -> None:
        """Adds the next leaf."""
        full = self.size
        while full & 1:  # two subtrees of one size become one of double size
            leaf = node_hash(self.hashes.pop(), leaf)
            full >>= 1
        self.hashes.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """The hash of the whole tree; of the empty one SHA-256 of nothing (RFC 6962, 2.1)."""
        if not self.hashes:
            return sha256().digest()
        root = self.hashes[-1]
        for peak in reversed(self.hashes[:-1]):
            root = node_hash(peak, root)
        return root

    def to_bytes(self) -> bytes:
        """The hashes one after another; the size is kept beside them."""
        return b"".join(self.hashes)

    @classmethod
    def from_bytes(cls, size: int, raw: bytes) -> "Peaks":
        """The peaks of a tree of `size` leaves; ValueError where the number of hashes does not fit the size."""
        if size < 0 or len(raw) != HASH * size.bit_count():
            raise ValueError(f"{len(raw)} bytes of peaks for {size} leaves")
        return cls(size, (raw[start : start + HASH] for start in range(0, len(raw), HASH)))


def load(cursor: sqlite3.Cursor) -> Peaks:
    """The peaks as they were last saved; BookDamaged where they are missing or garbled."""
    row = cursor.execute("SELECT size, peaks FROM tree").fetchone()
    try:
        return Peaks.from_bytes(*row)
    except (TypeError, ValueError) as error:
        raise BookDamaged("tree_mismatch", position=0) from error


def save(cursor: sqlite3.Cursor, peaks: Peaks) -> None:
    """Writes the peaks over the earlier ones, in the transaction that stores the events."""
    cursor.execute("UPDATE tree SET size = ?, peaks = ?", (peaks.size, peaks.to_bytes()))


def verify(cursor: sqlite3.Cursor) -> tuple[int, bytes]:
    """The size and root, computed anew from the events of the cursor's snapshot.

    BookDamaged("tree_mismatch") where a position is missing (`position`), or where the events are not those that
    were stored (somewhere from `position` to `upto`).
    """
    stored = load(cursor)
    computed = Peaks()
    rows: list[tuple[int, str, int, str, bytes]] = []
    while True:
        rows = cursor.execute(ROWS_AFTER, (computed.size, VERIFY_BATCH)).fetchall()
        if not rows:
            break
        for row in rows:
            if row[0] != computed.size + 1:
                raise BookDamaged("tree_mismatch", position=computed.size + 1)
            computed.append(leaf_hash(*row))
    _compare(stored, computed)
    return computed.size, computed.root()


def _compare(stored: Peaks, computed: Peaks) -> None:
    if stored.size != computed.size:
        first, last = sorted((stored.size, computed.size))
        raise BookDamaged("tree_mismatch", position=first + 1, upto=last)
    first = 1
    for power in range(stored.size.bit_length() - 1, -1, -1):
        if not stored.size >> power & 1:
            continue
        peak = (stored.size >> power + 1).bit_count()
        last = first + (1 << power) - 1
        if stored.hashes[peak] != computed.hashes[peak]:
            raise BookDamaged("tree_mismatch", position=first, upto=last)
        first = last + 1
