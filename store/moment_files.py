"""Where kept moments lie: one file each in a folder beside the book, readable by its owner alone.

They hold names in clear, as the book's own read model does: whoever erases a customer wipes them all.
"""

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import mkstemp
from typing import BinaryIO

from guanhu.store.errors import translated_files

KEPT = 3
"""Moments that are kept: the ones that were looked at last."""
KEPT_SCOPED = 40
"""The same of scoped ones (`moments_scoped.py`), which are small: their names have a second part."""
SCOPED_BYTES = 512 << 20
"""As many as these together may have, however few they are then; the last one always stays."""
UNFINISHED = ".part"
FORGOTTEN_SECONDS = 3600.0
"""An unfinished file nobody has written to for so long belongs to a process that was killed."""


def moments_folder(book: Path) -> Path:
    """The folder of a book's moments, there or not."""
    return book.with_name(f"{book.name}.moments")


def moment_path(book: Path, position: int) -> Path:
    """The file of the moment up to a position, there or not."""
    return moments_folder(book) / f"{position}.db"


def kept_positions(book: Path) -> list[int]:
    """The positions of the moments that are there, latest position first."""
    found = [int(path.stem) for path in moments_folder(book).glob("*.db") if path.stem.isdecimal()]
    return sorted(found, reverse=True)


def drop_moments(book: Path) -> None:
    """Delete every moment, also those that are being made: their makers notice, and begin again."""
    for path in moments_folder(book).glob("*"):
        drop(path)


@contextmanager
def moments_wiped(book: Path) -> Iterator[None]:
    """Around an erasure: every moment is gone before it is committed, and what they held is overwritten after.

    After it they are looked for once more: one that was begun before the commit holds the name too.
    """
    with ExitStack() as held:
        gone = _taken(book, held)
        yield
        for file in (*gone, *_taken(book, held)):
            _overwrite(file)


def _taken(book: Path, held: ExitStack) -> list[BinaryIO]:
    """The moments, deleted but open."""
    taken: list[BinaryIO] = []
    for path in moments_folder(book).glob("*"):
        with suppress(OSError):
            taken.append(held.enter_context(path.open("rb+")))
        drop(path)
    return taken


def _overwrite(file: BinaryIO) -> None:
    left = os.fstat(file.fileno()).st_size
    nothing = bytes(1 << 20)
    while left > 0:
        left -= file.write(nothing[:left])
    file.flush()
    os.fsync(file.fileno())


def drop(path: Path) -> None:
    """Delete a file; who reads it meanwhile keeps what is open."""
    with suppress(OSError):
        path.unlink()


def used(path: Path) -> None:
    """Note that a moment was looked at now, and delete those that were not for the longest time."""
    with suppress(OSError):
        os.utime(path)
    aged = sorted(((_age(each), each) for each in path.parent.glob("*.db")), reverse=True)
    for each in [each for _changed, each in aged if not _is_scoped(each)][KEPT:]:
        drop(each)
    held = 0
    for n, each in enumerate(each for _changed, each in aged if _is_scoped(each)):
        held += _size(each)
        if n >= KEPT_SCOPED or (n and held > SCOPED_BYTES):
            drop(each)
    for each in path.parent.glob(f"*{UNFINISHED}"):
        if _age(each) < time.time() - FORGOTTEN_SECONDS:
            drop(each)


def _is_scoped(path: Path) -> bool:
    return "." in path.stem


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


@contextmanager
def unfinished(path: Path) -> Iterator[Path]:
    """A new, private file that takes the name `path` when all went well, and is gone when not.

    Whoever makes the same moment meanwhile makes it in a file of their own; the last one stays, and all are equal.
    """
    with translated_files(path):
        path.parent.mkdir(mode=0o700, exist_ok=True)
        descriptor, name = mkstemp(prefix=f"{path.stem}.", suffix=UNFINISHED, dir=path.parent)  # 0600
    os.close(descriptor)
    made = Path(name)
    try:
        yield made
        with translated_files(path):
            with made.open("rb+") as file:
                os.fsync(file.fileno())
            os.replace(made, path)
    except BaseException:
        drop(made)
        raise
