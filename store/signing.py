"""The key that a book's checkpoints are signed with: Ed25519, in the key file beside the book, made when first needed.

An inspector notes the public key once (`guanhu audit key`). The signature says from which book a checkpoint came; it
does not bind the people of the branch, who hold the key file and could sign another past. What binds them is the
checkpoint that is kept away from the book.
"""

from typing import TYPE_CHECKING

import msgspec

from guanhu.domain.checkpoint import Checkpoint, VerifierKey, signature_line
from guanhu.store.keys import read_key_file, write_key_file

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from guanhu.store.book import Book


def ensure_key(book: "Book") -> None:
    """Makes the signing key where there is none; not inside a transaction. BookBusy, BookDamaged."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    if read_key_file(book.path).signing:
        return
    with book.recorder.writing():  # the write lock guards the key file too
        content = read_key_file(book.path)
        if not content.signing:
            made = Ed25519PrivateKey.generate().private_bytes_raw()
            write_key_file(book.path, msgspec.structs.replace(content, signing=made))


def public_key(book: "Book") -> bytes | None:
    """The public half, 32 bytes; None before the first checkpoint."""
    private = _private(book)
    return private.public_key().public_bytes_raw() if private else None


def verifier_key(book: "Book", origin: str) -> VerifierKey:
    """What an inspector notes, under the book's name, the key made if need be; not inside a transaction."""
    ensure_key(book)
    public = public_key(book)
    assert public is not None
    return VerifierKey(origin, public)


def sign(book: "Book", checkpoint: Checkpoint) -> str:
    """The signed text of a checkpoint; `ensure_key` came before."""
    private = _private(book)
    assert private is not None
    key = VerifierKey(checkpoint.origin, private.public_key().public_bytes_raw())
    body = checkpoint.body()
    return f"{body}\n{signature_line(key, private.sign(body.encode()))}"


def _private(book: "Book") -> "Ed25519PrivateKey | None":
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    raw = read_key_file(book.path).signing
    return Ed25519PrivateKey.from_private_bytes(raw) if raw else None
