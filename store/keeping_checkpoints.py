"""A checkpoint in a file to be kept away from the book, and beside it the leaf hashes that name a position."""

from itertools import islice
from pathlib import Path

import msgspec

from guanhu.store.book import Book
from guanhu.store.database import new_private_file
from guanhu.store.errors import BookExists, translated_files
from guanhu.store.folding import Progress
from guanhu.store.leaves import companion_path, leaves
from guanhu.store.proving import make_checkpoint
from guanhu.store.tree import Peaks


class KeptCheckpoint(msgspec.Struct, frozen=True):
    """The signed text, and the file of leaf hashes beside it."""

    text: str
    companion: Path


def keep_leaves(book: Book, path: Path, size: int, root: bytes) -> Path | None:
    """The companion of an earlier checkpoint's file: the leaf hashes of the first `size` entries.

    None where they are not those of `root` (32 bytes) any more: then no position could be named by them. What stands
    there is written over, as the checkpoint itself was. What files refuse.
    """
    peaks, hashes = Peaks(), bytearray()
    with book.recorder.reading() as cursor:
        for leaf in islice(leaves(cursor), size):
            peaks.append(leaf)
            hashes += leaf
    if peaks.size != size or peaks.root() != root:
        return None
    companion = companion_path(path)
    with translated_files(companion):
        companion.unlink(missing_ok=True)
        new_private_file(companion, bytes(hashes))
    return companion


def keep_checkpoint(book: Book, path: Path, progress: Progress | None = None) -> KeptCheckpoint:
    """Write a checkpoint of the log as it is now; nothing that stands there is written over.

    BookExists("file_exists"), Refused("nothing_to_prove"), and what files refuse: no half of it stays.
    """
    companion = companion_path(path)
    if path.exists():
        raise BookExists("file_exists", path=str(path))
    with translated_files(companion):
        companion.touch(mode=0o600, exist_ok=False)
        try:
            with companion.open("wb") as file:
                text = make_checkpoint(book, file, progress)
            new_private_file(path, text.encode())
        except BaseException:
            companion.unlink()
            raise
    return KeptCheckpoint(text, companion)
