"""What if: a book's history under another scheme, on as many cores as there are. Nothing is written.

Each process reads a snapshot of its own of the same position. Where another terminal has written between two of them
opening theirs, the one snapshot that all figures are finished on does the rest alone.
"""

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import ExitStack
from pathlib import Path
from sqlite3 import Cursor

from guanhu.domain.errors import Refused
from guanhu.domain.scheme import Scheme
from guanhu.projections.projection import read_book
from guanhu.projections.whatif.answer import WhatIf, answer_of
from guanhu.projections.whatif.courses import Asked, Sides, sides_of
from guanhu.projections.whatif.tally import Tally
from guanhu.projections.whatif.walk import AT_ONCE, Walk
from guanhu.store.book import Book
from guanhu.store.bulk import bulk
from guanhu.store.codec import decode

MANY = 60_000
"""Customers from which on a second process is worth its start, half a second."""
PART = 25_000
"""Customers that a process goes through at a time."""
MOST_PROCESSES = 4

Progress = Callable[[int, int | None], None]


def what_if(book: Book, asked: Asked, scheme: Scheme | None, progress: Progress | None = None) -> WhatIf:
    """The stretch of days under the scheme, beside what happened; None: under the book's own, which changes nothing.

    What `progress` raises ends it. Refused("period_reversed").
    """
    if asked.first > asked.last:
        raise Refused("period_reversed", first=asked.first.isoformat(), last=asked.last.isoformat())
    with book.reading() as cursor, bulk():
        sides = sides_of(cursor, book.recorder, decode, asked, scheme)
        customers: int = cursor.execute("SELECT coalesce(max(id), 0) FROM customer").fetchone()[0]
        whole = Tally()
        for done, tally in _tallies(book, cursor, sides, customers):
            whole.add(tally)
            if progress is not None:
                progress(min(done, customers), customers)
        return answer_of(cursor, sides, whole)


def _tallies(book: Book, cursor: Cursor, sides: Sides, customers: int) -> Iterator[tuple[int, Tally]]:
    """Tallies of all customers, each with how many are done."""
    cores = min(os.cpu_count() or 1, MOST_PROCESSES)
    if cores > 1 and customers >= MANY and sides.asked.staff is None:
        yield from _shared_out(book, cursor, sides, customers, cores)
        return
    walk = Walk(cursor, book.recorder, decode, book.calendar, sides)
    for start in range(0, customers, AT_ONCE):
        yield start + AT_ONCE, walk.take(start, min(start + AT_ONCE, customers))


def _shared_out(
    book: Book, cursor: Cursor, sides: Sides, customers: int, cores: int
) -> Iterator[tuple[int, Tally]]:
    from multiprocessing import get_context

    parts = [(start, min(start + PART, customers)) for start in range(0, customers, PART)]
    walk: Walk | None = None
    pool = ProcessPoolExecutor(cores, get_context("spawn"), initializer=_begin, initargs=(book.path, sides))
    try:
        asked: dict[Future[Tally | None], tuple[int, int]] = {pool.submit(_take, *part): part for part in parts}
        for n, future in enumerate(as_completed(asked), 1):
            tally = future.result()
            if tally is None:
                walk = walk or Walk(cursor, book.recorder, decode, book.calendar, sides)
                tally = walk.take(*asked[future])
            yield n * PART, tally
    finally:
        pool.shutdown(cancel_futures=True)


# ---------------------------------------------------------------- in a process of its own
_walks: list[Walk | None] = []
_open = ExitStack()


def _begin(path: Path, sides: Sides) -> None:
    """Open the book on a snapshot; a keyboard interrupt is for the process that waits for this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _open.enter_context(bulk())
    book = Book(path)
    _open.callback(book.close)
    cursor = _open.enter_context(book.reading())
    same = read_book(cursor, "head") == sides.head
    _walks.append(Walk(cursor, book.recorder, decode, book.calendar, sides) if same else None)


def _take(after: int, until: int) -> Tally | None:
    """The tally of a range of ids; None where this process sees another state of the book."""
    walk = _walks[0]
    return walk.take(after, until) if walk is not None else None
