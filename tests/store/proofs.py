"""A real book with a past, checkpoints of it, and a forger who knows the tree and makes it anew after every change."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import NamedTuple

from guanhu.domain.checkpoint import parse
from guanhu.store import proving
from guanhu.store.acts import log_contact
from guanhu.store.book import Book
from guanhu.store.leaves import companion_path
from guanhu.tests.books import Clock, a_book, stated, with_customers

CUSTOMERS = [f"C{number}" for number in range(1, 9)]
COLUMNS = "rowid, originator_id, originator_version, topic, state"


def contacts(book: Book, count: int) -> None:
    """So many more entries."""
    for number in range(count):
        no, on = CUSTOMERS[number % len(CUSTOMERS)], date(2026, 11, 1 + number % 20)
        log_contact(book, no, "phone", "reached_success", on, staff="M1", note=f"第{number}次")


def keep(book: Book, file: Path) -> Path:
    """A checkpoint and its leaf hashes, as `audit checkpoint` writes them."""
    with companion_path(file).open("wb") as companion:
        file.write_text(proving.make_checkpoint(book, companion), "utf-8")
    return file


class Past(NamedTuple):
    """A closed book, two checkpoints of it, and the entries after the second."""

    path: Path
    first: Path
    second: Path
    vkey: str


def a_past(folder: Path) -> Past:
    """A book of some 90 entries, the checkpoints after about 40 and about 75."""
    book = with_customers(a_book(folder), *CUSTOMERS)
    stated(book, "2026-11-01", dict.fromkeys(CUSTOMERS, 60_000))
    contacts(book, 33)
    first = keep(book, folder / "first")
    contacts(book, 35)
    second = keep(book, folder / "second")
    contacts(book, 15)
    vkey = str(proving.book_key(book))
    path = book.path
    book.close()
    return Past(path, first, second, vkey)


def size_of(checkpoint: Path) -> int:
    """How many entries a checkpoint is over."""
    return parse(checkpoint.read_text("utf-8")).checkpoint.size


def copy_of(past: Past, folder: Path) -> Path:
    """The book and its key file once more."""
    target = folder / "copy.db"
    for end in ("", ".key"):
        shutil.copyfile(f"{past.path}{end}", f"{target}{end}")
    return target


def kept(*files: Path, companion: bool = True) -> list[proving.Kept]:
    """Checkpoints as the inspector brings them."""
    return [
        proving.Kept(file.name, file.read_text("utf-8", errors="replace"), companion_path(file) if companion else None)
        for file in files
    ]


def findings(path: Path, checkpoints: list[proving.Kept], vkey: str | None = None) -> proving.Findings:
    """What an opened book is worth."""
    book = Book(path, clock=Clock())
    try:
        return proving.verify_against(book, checkpoints, vkey)
    finally:
        book.close()


Rows = list[tuple[int, str, int, str, bytes]]
Forgery = Callable[[sqlite3.Connection, Random, int], int]
"""Changes the book somewhere before a size, and returns the first position that is not what it was."""


def forge(path: Path, forgery: Forgery, random: Random, size: int, *, reseal: bool = True) -> int:
    """Does it behind the program's back; with `reseal` the tree is made anew, so that the book agrees with itself."""
    with closing(sqlite3.connect(path)) as connection:
        for act in ("update", "delete"):
            connection.execute(f"DROP TRIGGER stored_events_no_{act}")
        position = forgery(connection, random, size)
        if reseal:
            seal(connection)
        connection.commit()
    return position


def seal(connection: sqlite3.Connection) -> None:
    """The tree's row made anew, by the recursive definition and not by the program's own code."""
    hashes = [leaf(*row) for row in rows_of(connection)]
    peaks, start = [], 0
    for power in range(len(hashes).bit_length() - 1, -1, -1):
        if len(hashes) >> power & 1:
            peaks.append(node(hashes[start : start + (1 << power)]))
            start += 1 << power
    connection.execute("UPDATE tree SET size = ?, peaks = ?", (len(hashes), b"".join(peaks)))


def rows_of(connection: sqlite3.Connection) -> Rows:
    """All stored rows in order."""
    return connection.execute(f"SELECT {COLUMNS} FROM stored_events ORDER BY rowid").fetchall()


def put_back(connection: sqlite3.Connection, rows: Rows) -> None:
    """These rows in place of all others, at positions from 1 on."""
    connection.execute("DELETE FROM stored_events")
    numbered = [(position, *row[1:]) for position, row in enumerate(rows, 1)]
    connection.executemany(f"INSERT INTO stored_events ({COLUMNS}) VALUES (?, ?, ?, ?, ?)", numbered)


def leaf(position: int, stream: str, version: int, topic: str, state: bytes) -> bytes:
    """The leaf hash as docs/proof.md describes it."""
    parts = b"\0" + position.to_bytes(8, "big")
    for text, number in ((stream, version), (topic, None)):
        raw = text.encode()
        parts += len(raw).to_bytes(4, "big") + raw + (b"" if number is None else number.to_bytes(8, "big"))
    return sha256(parts + len(state).to_bytes(4, "big") + state).digest()


def node(hashes: list[bytes]) -> bytes:
    """The root of a full subtree."""
    if len(hashes) == 1:
        return hashes[0]
    half = len(hashes) // 2
    return sha256(b"\1" + node(hashes[:half]) + node(hashes[half:])).digest()
