"""Verifying a log of a million entries against a kept checkpoint, and what the tree adds to a save.

The baseline of verifying is one pass of SHA-256 over the bytes of the same rows, in the same order; that of a save is
the same durable transaction without the tree.
"""

import sqlite3
from hashlib import sha256
from pathlib import Path

from guanhu.benchmarks.books import copy_book
from guanhu.benchmarks.measure import Facts, Result, clock, measured

AT_MOST = 4.0
SECONDS_A_MILLION = 5.0
SAVE_MICROSECONDS = 150.0
SAVES = 1_000
BATCH = 20_000
STATE = bytes(range(140))
"""As long as a logged contact of the made-up branch."""
INSERT = "INSERT INTO stored_events (originator_id, originator_version, topic, state) VALUES (?, ?, ?, ?)"


def fill(path: str, events: int) -> Facts:
    """A book with so many entries, and a checkpoint of it with its leaf hashes."""
    from eventsourcing.persistence import StoredEvent

    from guanhu.store.book import Book
    from guanhu.store.leaves import companion_path
    from guanhu.store.proving import make_checkpoint

    for suffix in ("", "-wal", "-shm", ".key"):
        Path(path + suffix).unlink(missing_ok=True)
    book = Book.create(Path(path))
    for start in range(0, events, BATCH):
        numbers = range(start, min(start + BATCH, events))
        stored = [
            StoredEvent(f"customer:{n % 100_000}", n // 100_000 + 1, "contact", n.to_bytes(8, "big") + STATE)
            for n in numbers
        ]
        with book.recorder.writing() as cursor:
            book.recorder.append(cursor, stored)
    kept = Path(f"{path}.kept")
    started = clock()
    with companion_path(kept).open("wb") as companion:
        kept.write_text(make_checkpoint(book, companion), "utf-8")
    seconds = clock() - started
    book.close()
    return {"seconds": seconds}


def verify(path: str) -> Facts:
    """The whole log against the checkpoint."""
    from guanhu.store.book import Book
    from guanhu.store.proving import Kept, verify_against

    book = Book(Path(path))
    text = Path(f"{path}.kept").read_text("utf-8")
    started = clock()
    found = verify_against(book, [Kept("kept", text)])
    seconds = clock() - started
    book.close()
    assert found.good
    return {"seconds": seconds, "events": found.proven}


def hash_rows(path: str) -> Facts:
    """The baseline: every row read in order and hashed once."""
    connection = sqlite3.connect(path)
    started = clock()
    rows = connection.execute(
        "SELECT rowid, originator_id, originator_version, topic, state FROM stored_events ORDER BY rowid"
    )
    for row in rows:
        sha256(row[4]).digest()
    seconds = clock() - started
    connection.close()
    return {"seconds": seconds}


def save(path: str, plain: str, count: int) -> Facts:
    """Entries stored one by one, each durable, in turn with the tree and, in another book, without: both medians."""
    from eventsourcing.persistence import StoredEvent

    from guanhu.store.book import Book

    books = Book(Path(path)), Book(Path(plain))
    took: tuple[list[float], list[float]] = [], []
    for version in range(1, count + 1):
        event = StoredEvent("bench", version, "contact", STATE)
        started = clock()
        with books[0].recorder.writing() as cursor:
            books[0].recorder.append(cursor, [event])
        took[0].append(clock() - started)
        started = clock()
        with books[1].recorder.writing() as cursor:
            cursor.execute(INSERT, ("bench", version, "contact", STATE))
        took[1].append(clock() - started)
    for book in books:
        book.close()
    seconds, without = (sorted(each)[count // 2] for each in took)
    return {"seconds": seconds, "without": without}


def run(work: Path, events: int) -> Result:
    """Verifying against the baseline, with the facts of saving beside it."""
    path = str(work / "verify.db")
    made = measured("bench_verify:fill", path=path, events=events)
    ours = measured("bench_verify:verify", path=path)
    plain = measured("bench_verify:hash_rows", path=path)
    second = f"{path}.plain"
    copy_book(Path(path), Path(second))
    saved = measured("bench_verify:save", path=path, plain=second, count=SAVES)
    added = (saved["seconds"] - saved["without"]) * 1e6
    facts = {
        "events": events,
        "seconds_a_million": round(ours["seconds"] / events * 1e6, 2),
        "checkpoint_s": round(made["seconds"], 2),
        "save_us": round(saved["seconds"] * 1e6, 1),
        "save_added_us": round(added, 1),
        "kept": ours["seconds"] / events * 1e6 <= SECONDS_A_MILLION and added <= SAVE_MICROSECONDS,
    }
    return Result("verify", ours["seconds"], plain["seconds"], AT_MOST, ours["mb"], plain["mb"], facts)
