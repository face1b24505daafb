"""Bundles: entries of a book with the proof that they are in it, to be verified without the book.

A bundle is one JSON document: a signed checkpoint, the key that checks it, any entries as they are stored - what was
sealed stays sealed - each with its inclusion proof, and checkpoints of earlier times with the proof that the log only
grew since. Bytes are base64.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

import msgspec

from guanhu.domain.checkpoint import Checkpoint, Note, VerifierKey, origin_of, parse, parse_vkey
from guanhu.domain.errors import NotFound, Refused
from guanhu.domain.merkle import (
    consistency_ranges,
    gather,
    inclusion_ranges,
    verify_consistency,
    verify_inclusion,
)
from guanhu.store import tree
from guanhu.store.errors import BookDamaged
from guanhu.store.leaves import leaves
from guanhu.store.proving import Judgement, Kept, Verdict, book_key, read_kept, stored_peaks
from guanhu.store.signing import sign

if TYPE_CHECKING:
    from guanhu.store.book import Book

Number: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=2**63 - 1)]


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A stored event and its inclusion proof."""

    position: Number
    stream: str
    version: Number
    topic: str
    state: bytes
    proof: list[bytes]


class Earlier(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An earlier checkpoint's text and the consistency proof from it to the bundle's."""

    checkpoint: str
    proof: list[bytes]


class Bundle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What can be verified without the book."""

    format: Literal["guanhu-bundle-1"]
    checkpoint: str
    vkey: str
    entries: list[Entry]
    earlier: list[Earlier]


class BundleFindings(msgspec.Struct, frozen=True):
    """What a bundle is worth: its own checkpoint, each entry ("proven" or "differs"), each checkpoint kept or held."""

    checkpoint: Verdict
    entries: list[Verdict]
    verdicts: list[Verdict]

    @property
    def good(self) -> bool:
        """Whether all of it is proven."""
        return all(each.code == "proven" for each in (self.checkpoint, *self.entries, *self.verdicts))


def make_bundle(book: "Book", positions: Sequence[int], earlier: Sequence[str] = ()) -> Bundle:
    """A bundle over the book as it is now, of these entries and texts of earlier checkpoints, in one pass.

    NotFound("unknown_entry"), Refused("bad_checkpoint"); BookDamaged("tree_mismatch", "not_an_extension").
    """
    key = book_key(book)
    notes = [parse(text) for text in earlier]
    with book.recorder.reading() as cursor:
        stored = stored_peaks(cursor)
        if stored is None:
            raise BookDamaged("tree_mismatch", position=0)
        size, root = stored.size, stored.root()
        for position in positions:
            if not 1 <= position <= size:
                raise NotFound("unknown_entry", position=position)
        for note in notes:
            if note.checkpoint.size > size:
                raise BookDamaged("not_an_extension", size=note.checkpoint.size)
        paths = [inclusion_ranges(position - 1, size) for position in positions]
        growth = [consistency_ranges(note.checkpoint.size, size) for note in notes]
        found = gather(leaves(cursor), {(0, size), (0, 1)}.union(*paths, *growth))
        rows = book.recorder.read(cursor, positions)
    if found.get((0, size)) != root or len(rows) != len(positions):
        raise BookDamaged("tree_mismatch", position=1, upto=size)
    proofs = [[found[each] for each in path] for path in growth]
    for note, proof in zip(notes, proofs, strict=True):
        if grown(note.checkpoint, size, root, proof) != "proven":
            raise BookDamaged("not_an_extension", size=note.checkpoint.size)
    checkpoint = Checkpoint(origin_of(found[0, 1]), size, root)
    entries = [Entry(*row, [found[each] for each in path]) for row, path in zip(rows, paths, strict=True)]
    held = [Earlier(*each) for each in zip(earlier, proofs, strict=True)]
    return Bundle("guanhu-bundle-1", sign(book, checkpoint), str(key), entries, held)


def read_bundle(raw: bytes) -> Bundle:
    """A bundle from its document; Refused("bad_bundle")."""
    try:
        return msgspec.json.decode(raw, type=Bundle)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refused("bad_bundle") from error


def verify_bundle(bundle: Bundle, kept: Sequence[Kept] = (), vkey: str | None = None) -> BundleFindings:
    """What the bundle proves, of itself and against kept checkpoints, by a noted key or else by its own.

    Refused("bad_vkey").
    """
    key = parse_vkey(vkey or bundle.vkey)
    head = read_kept(Kept("", bundle.checkpoint), key, None)
    if isinstance(head, Verdict):
        return BundleFindings(head, [], [])
    proven = Verdict("", "proven", head.checkpoint.size)
    entries = [_entry(each, head.checkpoint) for each in bundle.entries]
    held = {each.checkpoint: each.proof for each in bundle.earlier}
    mine = [Kept("", text) for text in held]
    return BundleFindings(proven, entries, [_grown(each, key, head.checkpoint, held) for each in (*mine, *kept)])


def grown(earlier: Checkpoint, size: int, root: bytes, proof: Sequence[bytes]) -> Judgement:
    """Whether a tree of this size and root is an extension of an earlier checkpoint: "proven" or "differs"."""
    try:
        verify_consistency(earlier.size, size, earlier.root, root, proof)
    except Refused:
        return "differs"
    return "proven"


def _entry(entry: Entry, head: Checkpoint) -> Verdict:
    code: Judgement = "proven"
    try:
        leaf = tree.leaf_hash(entry.position, entry.stream, entry.version, entry.topic, entry.state)
        verify_inclusion(leaf, entry.position - 1, head.size, entry.proof, head.root)
    except Refused:
        code = "differs"
    return Verdict("", code, head.size, entry.position, entry.position)


def _grown(kept: Kept, key: VerifierKey, head: Checkpoint, held: dict[str, list[bytes]]) -> Verdict:
    note = read_kept(kept, key, None)
    if isinstance(note, Verdict):
        return note
    earlier = note.checkpoint
    if earlier == head:
        return Verdict(kept.name, "proven", head.size)
    proof = held.get(kept.text) or _proof_to(note, held)
    if proof is None:
        return Verdict(kept.name, "not_in_bundle", earlier.size)
    code = grown(earlier, head.size, head.root, proof)
    return Verdict(kept.name, code, earlier.size, *(() if code == "proven" else (1, earlier.size)))


def _proof_to(note: Note, held: dict[str, list[bytes]]) -> list[bytes] | None:
    """The proof for another checkpoint of the same size: if the root is another too, it will not hold."""
    for text, proof in held.items():
        try:
            if parse(text).checkpoint.size == note.checkpoint.size:
                return proof
        except Refused:
            continue
    return None
