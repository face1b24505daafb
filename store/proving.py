"""The proof of a book: checkpoints that are kept elsewhere, and what the book is worth against them.

All of it is computed anew from the stored rows, in one pass of one snapshot; the tree's own row is believed in nothing.
A forger who changes a row and makes the tree anew has a book that agrees with itself. Against a checkpoint that was
kept before, it does not: no other entries have that root.
"""

from collections.abc import Collection, Sequence
from pathlib import Path
from sqlite3 import Cursor
from typing import TYPE_CHECKING, BinaryIO, Literal, TypeAlias

import msgspec

from guanhu.domain.checkpoint import Checkpoint, Note, VerifierKey, origin_of, parse, parse_vkey
from guanhu.domain.errors import Refused
from guanhu.store import tree
from guanhu.store.errors import BookDamaged
from guanhu.store.leaves import extent, first_difference, leaves
from guanhu.store.signing import ensure_key, public_key, sign, verifier_key

if TYPE_CHECKING:
    from guanhu.store.book import Book
    from guanhu.store.folding import Progress

TOLD_EACH = 10_000
"""Entries between two words on how far a walk is."""
Judgement: TypeAlias = Literal[
    "proven", "differs", "shorter", "other_book", "bad_checkpoint", "bad_signature", "foreign_key", "not_in_bundle"
]
Span: TypeAlias = tuple[int, int]
"""The first thing that is wrong lies between these positions, both included."""


class Kept(msgspec.Struct, frozen=True):
    """A checkpoint that somebody kept: what to call it, its text, and where its leaf hashes would stand."""

    name: str
    text: str
    companion: Path | None = None


class Verdict(msgspec.Struct, frozen=True):
    """What the book is worth against one checkpoint.

    "proven": it is an extension of it. "differs" and "shorter": it is not, the first difference lies from `first` to
    `last`. "other_book": the first entry is another one, so it is another book, or was changed at position 1. All
    others: the checkpoint itself can't be believed.
    """

    name: str
    code: Judgement
    size: int | None = None
    first: int | None = None
    last: int | None = None

    @property
    def proven(self) -> int:
        """Entries from the first on that it vouches for: all of its own, else those before the first difference.

        Up to there the book has the very leaves that the checkpoint's root is made of, or another checkpoint holds.
        """
        if self.code == "proven":
            return self.size or 0
        return self.first - 1 if self.code in ("differs", "shorter") and self.first else 0


class Findings(msgspec.Struct, frozen=True):
    """A book of `size` whole entries under `root`; where it does not agree with itself; a verdict a checkpoint.

    `last`: the highest position that any row has, which lies after `size` where one between can't be read.
    """

    origin: str | None
    size: int
    root: bytes
    damage: Span | None
    verdicts: list[Verdict]
    last: int

    @property
    def proven(self) -> int:
        """Entries from the first on that a kept checkpoint vouches for."""
        return max((each.proven for each in self.verdicts), default=0)

    @property
    def unproven(self) -> Span | None:
        """The first and the last entry that no kept checkpoint vouches for; None where there is none."""
        return (self.proven + 1, self.last) if self.proven < self.last else None

    @property
    def good(self) -> bool:
        """Whether nothing was found."""
        return self.damage is None and all(each.code == "proven" for each in self.verdicts)


class Walk(msgspec.Struct, frozen=True):
    """What one pass over the rows gives: the tree, its roots on the way, the book's name, where it is damaged."""

    peaks: tree.Peaks
    roots: dict[int, bytes]
    origin: str | None
    damage: Span | None
    highest: int


def make_checkpoint(
    book: "Book", companion: BinaryIO | None = None, progress: "Progress | None" = None
) -> str:
    """The signed checkpoint of the book as it is now; its leaf hashes go to `companion`.

    Refused("nothing_to_prove") for an empty book; BookDamaged("tree_mismatch") for one that contradicts itself, which
    a checkpoint must not bless.
    """
    ensure_key(book)
    with book.recorder.reading() as cursor:
        walk = _walk(cursor, (), companion, progress)
    if walk.damage:
        raise BookDamaged("tree_mismatch", position=walk.damage[0], upto=walk.damage[1])
    if walk.origin is None:
        raise Refused("nothing_to_prove")
    return sign(book, Checkpoint(walk.origin, walk.peaks.size, walk.peaks.root()))


def book_key(book: "Book") -> VerifierKey:
    """The key that checks the book's checkpoints, made if need be. Refused("nothing_to_prove") for an empty book."""
    with book.recorder.reading() as cursor:
        first = next(leaves(cursor), None)
    if first is None:
        raise Refused("nothing_to_prove")
    return verifier_key(book, origin_of(first))


def verify_against(
    book: "Book", kept: Sequence[Kept], vkey: str | None = None, progress: "Progress | None" = None
) -> Findings:
    """Looks at every stored entry, and says of each kept checkpoint whether the book is an extension of it.

    `vkey`: the key that the inspector has noted; without it the one beside the book. Refused("bad_vkey").
    """
    key = parse_vkey(vkey) if vkey else None
    own = public_key(book)
    notes = [read_kept(each, key, own) for each in kept]
    sizes = {note.checkpoint.size for note in notes if isinstance(note, Note)}
    with book.recorder.reading() as cursor:
        walk = _walk(cursor, sizes, progress=progress)
        proven = [n.checkpoint.size for n in notes if isinstance(n, Note) and _holds(walk, n.checkpoint)]
        verdicts = [
            _verdict(cursor, walk, each, note.checkpoint, proven) if isinstance(note, Note) else note
            for each, note in zip(kept, notes, strict=True)
        ]
    last = max(walk.peaks.size, walk.highest)
    return Findings(walk.origin, walk.peaks.size, walk.peaks.root(), walk.damage, verdicts, last)


def read_kept(kept: Kept, key: VerifierKey | None, own: bytes | None) -> Note | Verdict:
    """The checkpoint, if its text and signature hold; else what is wrong with it.

    Without a noted `key` the public key `own` is asked, under whatever name the checkpoint has.
    """
    size = None
    try:
        note = parse(kept.text)
        size = note.checkpoint.size
        if key is None and own is None:
            raise Refused("foreign_key")
        note.verify(key or VerifierKey(note.checkpoint.origin, own or b""))
    except Refused as error:
        code: Judgement = "bad_checkpoint"
        if error.code == "bad_signature":
            code = "bad_signature"
        elif error.code == "foreign_key":
            code = "foreign_key"
        return Verdict(kept.name, code, size)
    return note


def _walk(
    cursor: Cursor, sizes: Collection[int], companion: BinaryIO | None = None, progress: "Progress | None" = None
) -> Walk:
    """One pass: the root at each size, the leaves into the companion, and whether the book agrees with itself."""
    peaks, roots, first = tree.Peaks(), {}, None
    within = extent(cursor)
    for leaf in leaves(cursor):
        peaks.append(leaf)
        if peaks.size in sizes:
            roots[peaks.size] = peaks.root()
        if companion:
            companion.write(leaf)
        first = first or leaf
        if progress is not None and peaks.size % TOLD_EACH == 0:
            progress(peaks.size, within[1] if within else None)
    damage = _damage(cursor, peaks, within)
    return Walk(peaks, roots, origin_of(first) if first else None, damage, within[1] if within else peaks.size + 1)


def _damage(cursor: Cursor, peaks: tree.Peaks, within: Span | None) -> Span | None:
    """Where the rows are not a whole log, or not the one that the tree's row is of."""
    if within is None or within[1] > peaks.size:
        return peaks.size + 1, peaks.size + 1
    if within[0] < 1:  # no reader of the log would see it
        return within[0], within[0]
    stored = stored_peaks(cursor)
    if stored is None:
        return 1, max(peaks.size, 1)
    if stored.size != peaks.size:
        return min(stored.size, peaks.size) + 1, max(stored.size, peaks.size)
    first = 1
    for power in range(peaks.size.bit_length() - 1, -1, -1):
        if peaks.size >> power & 1:
            last = first + (1 << power) - 1
            number = (peaks.size >> power + 1).bit_count()
            if stored.hashes[number] != peaks.hashes[number]:
                return first, last
            first = last + 1
    return None


def stored_peaks(cursor: Cursor) -> tree.Peaks | None:
    """The tree's own row, which anybody may have written; None where it is no tree."""
    try:
        stored = tree.load(cursor)
    except (BookDamaged, AttributeError):  # a size that is no whole number
        return None
    return stored if all(isinstance(each, bytes) for each in stored.hashes) else None


def _holds(walk: Walk, checkpoint: Checkpoint) -> bool:
    return walk.origin == checkpoint.origin and walk.roots.get(checkpoint.size) == checkpoint.root


def _verdict(cursor: Cursor, walk: Walk, kept: Kept, checkpoint: Checkpoint, proven: Sequence[int]) -> Verdict:
    size = checkpoint.size
    if _holds(walk, checkpoint):
        return Verdict(kept.name, "proven", size)
    if walk.origin not in (checkpoint.origin, None):
        return Verdict(kept.name, "other_book", size, 1, 1)
    code: Judgement = "shorter" if walk.highest < size else "differs"
    exact = first_difference(cursor, kept.companion, size, checkpoint.root) if kept.companion else None
    if exact is not None:
        return Verdict(kept.name, code, size, exact, exact)
    # Without leaf hashes: after all that another checkpoint vouches for, and not after where the log ends.
    first = max((each for each in proven if each < size), default=0) + 1
    return Verdict(kept.name, code, size, first, min(size, walk.peaks.size + 1))
