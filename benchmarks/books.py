"""Books for the benchmarks: an empty one with scheme, outlets and staff; and files taken into it."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from guanhu.benchmarks.measure import Facts, clock
from guanhu.domain.events import stamped
from guanhu.domain.scheme_file import default_scheme_text
from guanhu.domain.staff import SchemeAdopted
from guanhu.intake.records import Kind
from guanhu.intake.source import open_source
from guanhu.store.book import Book
from guanhu.store.import_kinds import Context
from guanhu.store.importing import import_file

ACTING = "S00101"


def new_book(path: str) -> Facts:
    """An empty book with the default scheme, its outlets and staff; a book that stood there is gone."""
    for suffix in ("", "-wal", "-shm", ".key"):
        Path(path + suffix).unlink(missing_ok=True)
    book = Book.create(Path(path))
    with book.writing(by=ACTING) as w:
        w.append("scheme:personal", SchemeAdopted(*stamped(w.stamp(date.min)), "personal", 1, default_scheme_text()))
        w.adopt()
    book.close()
    return {"seconds": 0.0}


@contextmanager
def profiled() -> Iterator[None]:
    """GUANHU_PROFILE=N prints the N functions in which the block spent most."""
    asked = os.environ.get("GUANHU_PROFILE")
    if not asked:
        yield
        return
    import cProfile
    import pstats

    with cProfile.Profile() as profile:
        yield
    pstats.Stats(profile, stream=sys.stderr).sort_stats("tottime").print_stats(int(asked))


def take_in(path: str, kind: Kind, file: str) -> Facts:
    """Import a file into a book."""
    with profiled():
        started = clock()
        book = Book(Path(path))
        result = import_file(book, open_source(file, kind), Context(), by=ACTING)
        book.close()
        seconds = clock() - started
    document = result.document()
    return {"seconds": seconds, "rejected": len(document.pop("rejected")), "changed": document["changed"]}


def copy_book(source: Path, target: Path) -> None:
    """A second book with the same content; the source is not open."""
    for suffix in ("", ".key"):
        shutil.copyfile(f"{source}{suffix}", f"{target}{suffix}")
    for suffix in ("-wal", "-shm"):
        Path(f"{target}{suffix}").unlink(missing_ok=True)
