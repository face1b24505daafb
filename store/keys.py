"""Personal data are sealed under a key of each customer, so that destroying the key erases the customer.

Every customer has a random key of 32 bytes, kept in the book wrapped by the master key. The master key is in a file
beside the book, mode 0600, with the numbers of the erased customers, which a restore applies again. All sealing is
AES-256-GCM with a random nonce before the sealed bytes, and associated data that say whose and what they are, so
that no blob can stand in for another.

A customer who is erased keeps a row without a key: it tells "erased" from "never sealed", and lets no new key be made.
Unwrapped keys are not kept: another process may erase at any time, and a transaction that made a key may be rolled
back; the row in the book is the only truth. Unwrapping costs about a microsecond.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from guanhu.domain.errors import Refused
from guanhu.store.database import connect, new_private_file, replace_private_file
from guanhu.store.errors import BookDamaged, translated

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

TABLES = (
    "CREATE TABLE customer_key (customer_no TEXT PRIMARY KEY, wrapped BLOB) WITHOUT ROWID",
    "CREATE TABLE master_check (id INTEGER PRIMARY KEY CHECK (id = 1), sealed BLOB NOT NULL)",
)
KEY, NONCE = 32, 12
ASKED_AT_ONCE = 500
_CHECK = b"guanhu master key"
_WRAPPING = b"customer key:"


class KeyFile(msgspec.Struct, frozen=True):
    """What stands beside the book: the master key, whom no restore may bring back, what checkpoints are signed with."""

    master: bytes
    erased: frozenset[str] = frozenset()
    signing: bytes = b""
    """The Ed25519 key, 32 bytes; none until the first checkpoint (`store/signing.py`)."""


def key_path(book: Path) -> Path:
    """Where the key file of a book stands."""
    return book.with_name(f"{book.name}.key")


def read_key_file(book: Path) -> KeyFile:
    """The key file of a book; BookDamaged("master_key_missing" | "master_key_wrong")."""
    path = key_path(book)
    try:
        found = msgspec.json.decode(path.read_bytes(), type=KeyFile)
    except FileNotFoundError as error:
        raise BookDamaged("master_key_missing", path=str(path)) from error
    except PermissionError as error:
        raise Refused("book_not_readable", path=str(path)) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BookDamaged("master_key_wrong", path=str(path)) from error
    if len(found.master) != KEY or len(found.signing) not in (0, KEY):
        raise BookDamaged("master_key_wrong", path=str(path))
    return found


def write_key_file(book: Path, content: KeyFile) -> None:
    """Puts the key file of a book in place of the earlier one, durably."""
    replace_private_file(key_path(book), msgspec.json.encode(content))


def merged_key_file(source: Path, target: Path) -> KeyFile:
    """The key file for a restore: the erased of both, where the target's is still there; the master keys must agree.

    The target's signing key stays, since that is the one that inspectors have noted last.
    """
    found = [read_key_file(book) for book in (source, target) if key_path(book).exists()]
    if not found:
        raise BookDamaged("master_key_missing", path=str(key_path(source)))
    if len({each.master for each in found}) > 1:
        raise BookDamaged("master_key_wrong", path=str(key_path(target)))
    signing = next((each.signing for each in reversed(found) if each.signing), b"")
    return KeyFile(found[0].master, frozenset().union(*(each.erased for each in found)), signing)


def check_master(cursor: sqlite3.Cursor, master: bytes) -> None:
    """BookDamaged("master_key_wrong") where the book was not sealed under this key."""
    from cryptography.exceptions import InvalidTag

    row = cursor.execute("SELECT sealed FROM master_check").fetchone()
    try:
        if row is None or _opened(_cipher_class()(master), row[0], _CHECK) != _CHECK:
            raise BookDamaged("master_key_wrong")
    except (InvalidTag, ValueError) as error:
        raise BookDamaged("master_key_wrong") from error


def mark_erased(cursor: sqlite3.Cursor, customer_nos: Iterable[str]) -> list[str]:
    """Destroys the keys of those who still have one, and returns these; the others are marked all the same."""
    numbers = sorted(customer_nos)
    known = dict(_wrapped(cursor, numbers))
    cursor.executemany(
        "INSERT INTO customer_key VALUES (?, NULL) ON CONFLICT DO UPDATE SET wrapped = NULL",
        [(number,) for number in numbers],
    )
    return [number for number in numbers if known.get(number) is not None]


class Keyring:
    """Seals and opens personal data of one book; every method works in the caller's transaction."""

    def __init__(self, book_path: str | Path, create: bool) -> None:
        """Reads the key file, or makes it for a book that was just created; not inside a transaction.

        BookExists, BookDamaged("master_key_missing" | "master_key_wrong").
        """
        self._book = Path(book_path)
        with translated(), closing(connect(self._book)) as connection:
            if create:
                self._make(connection)
            master = read_key_file(self._book).master
            check_master(connection.cursor(), master)
        self._master = _cipher_class()(master)

    def _make(self, connection: sqlite3.Connection) -> None:
        master, nonce = os.urandom(KEY), os.urandom(NONCE)
        check = _sealed(_cipher_class()(master), nonce, _CHECK, _CHECK)
        connection.execute("BEGIN IMMEDIATE")
        sealed_before = connection.execute("SELECT count(*) FROM master_check").fetchone()[0]
        if sealed_before and not key_path(self._book).exists():  # it is lost, and a new one would open nothing
            raise BookDamaged("master_key_missing", path=str(key_path(self._book)))
        new_private_file(key_path(self._book), msgspec.json.encode(KeyFile(master)))
        connection.execute("INSERT INTO master_check VALUES (1, ?)", (check,))
        connection.execute("COMMIT")

    def seal(self, cursor: sqlite3.Cursor, customer_no: str, plain: bytes, context: str) -> bytes:
        """Seals one blob, making the customer's key where there is none. Refused("customer_erased")."""
        return self.seal_many(cursor, [(customer_no, plain)], context)[0]

    def seal_many(self, cursor: sqlite3.Cursor, items: Sequence[tuple[str, bytes]], context: str) -> list[bytes]:
        """Seals one blob an item, of known and new customers, in order. Refused("customer_erased")."""
        ciphers = self._ciphers(cursor, {number for number, _ in items}, make=True)
        random = os.urandom(NONCE * len(items))  # one call of the system instead of one an item
        where = context.encode()
        sealed = []
        for start, (number, plain) in zip(range(0, len(random), NONCE), items, strict=True):
            cipher = ciphers[number]
            if cipher is None:
                raise Refused("customer_erased", customer_no=number)
            sealed.append(_sealed(cipher, random[start : start + NONCE], plain, _associated(number, where)))
        return sealed

    def unseal(self, cursor: sqlite3.Cursor, customer_no: str, sealed: bytes, context: str) -> bytes | None:
        """Opens one blob; None where the customer is erased. BookDamaged("sealed_data_damaged")."""
        return self.unseal_many(cursor, [(customer_no, sealed)], context)[0]

    def unseal_many(
        self, cursor: sqlite3.Cursor, items: Sequence[tuple[str, bytes]], context: str
    ) -> list[bytes | None]:
        """Opens one blob an item, in order; None for the erased. BookDamaged("sealed_data_damaged")."""
        from cryptography.exceptions import InvalidTag

        ciphers = self._ciphers(cursor, {number for number, _ in items}, make=False)
        where = context.encode()
        opened: list[bytes | None] = []
        for number, sealed in items:
            try:
                cipher = ciphers[number]
                opened.append(None if cipher is None else _opened(cipher, sealed, _associated(number, where)))
            except (KeyError, InvalidTag, ValueError) as error:  # ValueError: cut short
                raise BookDamaged("sealed_data_damaged", customer_no=number, context=context) from error
        return opened

    def erase(self, cursor: sqlite3.Cursor, customer_no: str) -> None:
        """Destroys a customer's key, inside `writing()`; call it last, just before the commit.

        The number is durable in the key file before the commit, so that no crash leaves an erased customer whom a
        restore would bring back. If the transaction is rolled back after this, the number stays in that list.
        """
        mark_erased(cursor, [customer_no])  # takes the write lock, which guards the key file too
        current = read_key_file(self._book)
        write_key_file(self._book, msgspec.structs.replace(current, erased=current.erased | {customer_no}))

    def opens(self, cursor: sqlite3.Cursor, customer_no: str) -> bool | None:
        """Whether there is a key to what was sealed of a customer; None where nothing ever was."""
        found = dict(_wrapped(cursor, [customer_no]))
        return found[customer_no] is not None if customer_no in found else None

    def erased(self) -> frozenset[str]:
        """The customers whom the key file names as erased."""
        return read_key_file(self._book).erased

    def _ciphers(self, cursor: sqlite3.Cursor, numbers: set[str], *, make: bool) -> dict[str, "AESGCM | None"]:
        """Each customer's cipher, None for the erased; customers without a key get one or are left out."""
        from cryptography.exceptions import InvalidTag

        aesgcm = _cipher_class()
        ciphers: dict[str, AESGCM | None] = {}
        for number, wrapped in _wrapped(cursor, sorted(numbers)):
            try:
                key = wrapped and _opened(self._master, wrapped, _WRAPPING + number.encode())
            except (InvalidTag, ValueError) as error:
                raise BookDamaged("sealed_data_damaged", customer_no=number) from error
            ciphers[number] = aesgcm(key) if key else None
        if make and len(ciphers) < len(numbers):
            ciphers.update(self._new(cursor, sorted(numbers - ciphers.keys())))
        return ciphers

    def _new(self, cursor: sqlite3.Cursor, numbers: list[str]) -> "dict[str, AESGCM]":
        """Makes and stores a key for each; sorted numbers make the insertion fast."""
        random = os.urandom((KEY + NONCE) * len(numbers))
        aesgcm, rows, ciphers = _cipher_class(), [], {}
        for start, number in zip(range(0, len(random), KEY + NONCE), numbers, strict=True):
            key = random[start : start + KEY]
            nonce = random[start + KEY : start + KEY + NONCE]
            rows.append((number, _sealed(self._master, nonce, key, _WRAPPING + number.encode())))
            ciphers[number] = aesgcm(key)
        cursor.executemany("INSERT INTO customer_key VALUES (?, ?)", rows)
        return ciphers


def _wrapped(cursor: sqlite3.Cursor, numbers: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
    """The rows that exist of these customers."""
    for start in range(0, len(numbers), ASKED_AT_ONCE):
        asked = numbers[start : start + ASKED_AT_ONCE]
        marks = ",".join("?" * len(asked))
        question = f"SELECT customer_no, wrapped FROM customer_key WHERE customer_no IN ({marks})"
        yield from cursor.execute(question, asked).fetchall()


@cache
def _cipher_class() -> "type[AESGCM]":
    """AESGCM, imported once: an import statement in a loop costs as much as the sealing."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM


def _sealed(cipher: "AESGCM", nonce: bytes, plain: bytes, associated: bytes) -> bytes:
    return nonce + cipher.encrypt(nonce, plain, associated)


def _opened(cipher: "AESGCM", sealed: bytes, associated: bytes) -> bytes:
    return cipher.decrypt(sealed[:NONCE], sealed[NONCE:], associated)


def _associated(number: str, context: bytes) -> bytes:
    whose = number.encode()
    return len(whose).to_bytes(2, "big") + whose + context
