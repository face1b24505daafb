"""Checkpoints are read exactly as they are written, and believed only with the key's signature."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from guanhu.domain.checkpoint import Checkpoint, VerifierKey, origin_of, parse, parse_vkey, signature_line
from guanhu.domain.errors import Refused

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
NAME = origin_of(bytes(range(32)))
KEY = VerifierKey(NAME, PRIVATE.public_key().public_bytes_raw())
CHECKPOINT = Checkpoint(NAME, 1042, bytes(reversed(range(32))))


def signed(checkpoint: Checkpoint, private: Ed25519PrivateKey = PRIVATE, name: str = NAME) -> str:
    key = VerifierKey(name, private.public_key().public_bytes_raw())
    body = checkpoint.body()
    return f"{body}\n{signature_line(key, private.sign(body.encode()))}"


TEXT = signed(CHECKPOINT)


def code_of(text: str, key: VerifierKey = KEY) -> str:
    """What is refused of a checkpoint; "" where nothing is."""
    try:
        parse(text).verify(key)
    except Refused as error:
        return error.code
    return ""


def test_a_checkpoint_is_written_in_the_form_of_c2sp() -> None:
    body, signature = TEXT.split("\n\n")
    assert body == f"{NAME}\n1042\nHx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA="
    assert signature.startswith(f"— {NAME} ")
    assert signature.endswith("\n")


def test_a_key_id_is_that_of_the_published_example() -> None:
    # The example of the signed-note format: a name, and the key that the Go library's documentation shows.
    text = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    key = parse_vkey(text)
    assert (key.name, str(key)) == ("PeterNeumann", text)


@given(st.integers(1, 10**18 - 1), st.binary(min_size=32, max_size=32))
def test_what_is_written_is_read_back(size: int, root: bytes) -> None:
    checkpoint = Checkpoint(NAME, size, root)
    note = parse(signed(checkpoint))
    assert note.checkpoint == checkpoint
    note.verify(KEY)


@given(st.integers(0, len(TEXT) - 1), st.characters(codec="utf-8"))
def test_a_changed_character_is_always_refused(place: int, other: str) -> None:
    changed = TEXT[:place] + other + TEXT[place + 1 :]
    assert (code_of(changed) != "") == (changed != TEXT)


@given(st.integers(0, len(TEXT.encode()) * 8 - 1))
def test_a_flipped_bit_is_always_refused(bit: int) -> None:
    raw = bytearray(TEXT.encode())
    raw[bit // 8] ^= 1 << bit % 8
    assert code_of(raw.decode(errors="replace")) != ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        TEXT[:-1],
        TEXT + "\n",
        TEXT + "more\n",
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("1042", "01042"),
        TEXT.replace("1042", "0"),
        TEXT.replace("1042", "-1"),
        TEXT.replace("1042", "١٠٤٢"),
        TEXT.replace("\n\n", "\nextension\n\n"),
        TEXT.replace("AQA=", "AQB="),  # another way to write the same bytes
        TEXT.replace("AQA=\n", "AQA\n"),
        TEXT.replace("— ", "- "),
        TEXT.split("\n\n")[0] + "\n\n",
        signed(Checkpoint(NAME, 5, bytes(31))),
        signed(Checkpoint(NAME, 5, b"")),
        signed(Checkpoint("", 5, bytes(32))),
        TEXT + f"— witness {'A' * 20_000}\n",
    ],
)
def test_what_a_careful_writer_would_not_write_is_refused(text: str) -> None:
    assert code_of(text) == "bad_checkpoint"


def test_a_foreign_key_s_checkpoint_is_not_believed() -> None:
    other = Ed25519PrivateKey.generate()
    assert code_of(signed(CHECKPOINT, other)) == "foreign_key"
    assert code_of(TEXT, VerifierKey(NAME, other.public_key().public_bytes_raw())) == "foreign_key"
    assert code_of(signed(CHECKPOINT, PRIVATE, "somebody")) == "foreign_key"
    elsewhere = Checkpoint("guanhu/other", 5, bytes(32))
    assert code_of(signed(elsewhere)) == "foreign_key"


def test_a_signature_of_another_text_is_refused() -> None:
    other = signed(Checkpoint(NAME, 1043, CHECKPOINT.root))
    assert code_of(TEXT.split("\n\n")[0] + "\n\n" + other.split("\n\n")[1]) == "bad_signature"


def test_a_witness_may_sign_too() -> None:
    witness = Ed25519PrivateKey.generate()
    key = VerifierKey("witness.example", witness.public_key().public_bytes_raw())
    assert code_of(TEXT + signature_line(key, witness.sign(CHECKPOINT.body().encode()))) == ""


def test_a_key_is_read_back() -> None:
    assert parse_vkey(str(KEY)) == KEY
    assert parse_vkey(f"  {KEY}\n") == KEY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a+b",
        "a+b+c",
        str(KEY).replace("+", "+0", 1),
        "another" + str(KEY),
        str(KEY)[:-4],
        f"{NAME}+{KEY.key_id.hex()}+{'A' * 44}",
    ],
)
def test_a_garbled_key_is_refused(text: str) -> None:
    with pytest.raises(Refused) as caught:
        parse_vkey(text)
    assert caught.value.code == "bad_vkey"
