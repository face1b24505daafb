"""Checkpoints: one small signed text says how long the log was and what its root was (C2SP tlog-checkpoint).

    guanhu/5f0c...            the origin: which log
    1042                      how many entries it had
    qXz8...=                  the root of its tree, base64

    — guanhu/5f0c... Nb1x...  a signature line (C2SP signed-note): key name, base64 of key id (4 bytes) and signature

The origin is made of the hash of the log's first entry, which holds a random id and the moment of its making: so a
book needs no name to have one, copies of one book share it, and no other book has it (but made-up branches of one
seed). The key bears the same name.
A verifier key is written `name+key id+key` (C2SP vkey); only Ed25519 is known here.

Texts are read strictly: what a careful writer would not have written is refused, extension lines too, since no
checkpoint of a book has any. Signatures by other keys, as a witness may add them, are left alone.
"""

import re
from base64 import b64decode, b64encode
from hashlib import sha256

import msgspec

from guanhu.domain.errors import Refused
from guanhu.domain.merkle import HASH

ORIGIN = "guanhu/"
ED25519 = b"\x01"
PUBLIC, SIGNATURE, KEY_ID = 32, 64, 4
LONGEST = 16_384
"""Characters of a checkpoint's text: far more than any number of witnesses needs."""

_SIZE = re.compile(r"[1-9][0-9]{0,17}")
_NAME = re.compile(r"[^\s+\x00-\x1f\x7f]{1,200}")
_SIGNATURE_LINE = re.compile(r"— (\S+) (\S+)")


class Checkpoint(msgspec.Struct, frozen=True):
    """The state of a log: which log, how many entries, and the root over them, 32 bytes."""

    origin: str
    size: int
    root: bytes

    def body(self) -> str:
        """The text that is signed; ends with a newline."""
        return f"{self.origin}\n{self.size}\n{_text(self.root)}\n"


class VerifierKey(msgspec.Struct, frozen=True):
    """A public Ed25519 key and its name; who has noted it can check the book's checkpoints anywhere."""

    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        """The four bytes by which signature lines name the key (C2SP signed-note)."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:KEY_ID]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{_text(ED25519 + self.public)}"


class Note(msgspec.Struct, frozen=True):
    """A checkpoint as it was read: its signatures are claims until `verify` has seen them."""

    checkpoint: Checkpoint
    signatures: tuple[tuple[str, bytes, bytes], ...]
    """Key name, key id, signature."""

    def verify(self, key: VerifierKey) -> None:
        """Refused("foreign_key") where no signature is by this key, Refused("bad_signature") where one is wrong."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        mine = [each for name, key_id, each in self.signatures if (name, key_id) == (key.name, key.key_id)]
        if not mine or key.name != self.checkpoint.origin:
            raise Refused("foreign_key", key=key.name)
        try:
            public = Ed25519PublicKey.from_public_bytes(key.public)
            for signature in mine:
                public.verify(signature, self.checkpoint.body().encode())
        except (InvalidSignature, ValueError) as error:
            raise Refused("bad_signature") from error


def origin_of(first_leaf: bytes) -> str:
    """The name of a log, of the leaf hash of its first entry; 128 bits of it keep books apart."""
    return ORIGIN + first_leaf[:16].hex()


def signature_line(key: VerifierKey, signature: bytes) -> str:
    """One line under a checkpoint's body."""
    return f"— {key.name} {_text(key.key_id + signature)}\n"


def parse(text: str) -> Note:
    """The checkpoint of a signed text; Refused("bad_checkpoint") for whatever is not exactly one."""
    body, blank, signed = text.partition("\n\n")
    lines = body.split("\n")
    if len(text) > LONGEST or not blank or len(lines) != 3 or not signed.endswith("\n"):
        raise Refused("bad_checkpoint")
    origin, size, root = lines
    if not _NAME.fullmatch(origin) or not _SIZE.fullmatch(size):
        raise Refused("bad_checkpoint")
    signatures = tuple(_signature(line) for line in signed[:-1].split("\n"))
    return Note(Checkpoint(origin, int(size), _bytes(root, "bad_checkpoint", HASH)), signatures)


def parse_vkey(text: str) -> VerifierKey:
    """A verifier key as `audit key` shows it; Refused("bad_vkey")."""
    name, key_id, encoded = (*text.strip().split("+", 2), "", "")[:3]
    raw = _bytes(encoded, "bad_vkey", len(ED25519) + PUBLIC)
    key = VerifierKey(name, raw[1:])
    if not _NAME.fullmatch(name) or raw[:1] != ED25519 or key.key_id.hex() != key_id:
        raise Refused("bad_vkey")
    return key


def _signature(line: str) -> tuple[str, bytes, bytes]:
    found = _SIGNATURE_LINE.fullmatch(line)
    if not found or not _NAME.fullmatch(found[1]):
        raise Refused("bad_checkpoint")
    raw = _bytes(found[2], "bad_checkpoint")
    if len(raw) <= KEY_ID:
        raise Refused("bad_checkpoint")
    return found[1], raw[:KEY_ID], raw[KEY_ID:]


def _text(raw: bytes) -> str:
    return b64encode(raw).decode()


def _bytes(text: str, code: str, length: int | None = None) -> bytes:
    """Base64 in the one way it is written; Refused(code)."""
    try:
        raw = b64decode(text, validate=True)
    except ValueError as error:
        raise Refused(code) from error
    if _text(raw) != text or length not in (None, len(raw)):
        raise Refused(code)
    return raw
