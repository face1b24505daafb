"""Sealed personal data: opened by the right customer and context alone, and gone after an erasure."""

import errno
import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec
import pytest
from eventsourcing.persistence import StoredEvent
from hypothesis import given
from hypothesis import strategies as st

from guanhu.domain.errors import Refused
from guanhu.store.errors import BookDamaged, BookExists, BookMissing, StoreFull
from guanhu.store.keys import Keyring, key_path, mark_erased
from guanhu.store.recorder import BookRecorder

NAME = "欧阳不忘".encode()


@pytest.fixture
def book(tmp_path: Path) -> Iterator[BookRecorder]:
    recorder = BookRecorder(tmp_path / "branch.db", create=True)
    yield recorder
    recorder.close()


@pytest.fixture
def ring(book: BookRecorder) -> Keyring:
    return Keyring(book.path, create=True)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[BookRecorder, Keyring]]:
    recorder = BookRecorder(tmp_path_factory.mktemp("book") / "branch.db", create=True)
    yield recorder, Keyring(recorder.path, create=True)
    recorder.close()


@contextmanager
def rolled_back(book: BookRecorder) -> Iterator[sqlite3.Cursor]:
    """A transaction that is interrupted at its end."""
    with suppress(KeyboardInterrupt), book.writing() as cursor:
        yield cursor
        raise KeyboardInterrupt


numbers_of_any_kind = st.text(st.characters(codec="utf-8"), max_size=6)


@given(items=st.lists(st.tuples(numbers_of_any_kind, st.binary(max_size=50)), max_size=20))
def test_what_is_sealed_in_bulk_opens_in_order(
    shared: tuple[BookRecorder, Keyring], items: list[tuple[str, bytes]]
) -> None:
    book, ring = shared
    with book.writing() as cursor:
        sealed = ring.seal_many(cursor, items, "registered:1")
    numbers = [number for number, _ in items]
    with book.reading() as cursor:
        opened = ring.unseal_many(cursor, list(zip(numbers, sealed, strict=True)), "registered:1")
    assert opened == [plain for _, plain in items]


def test_equal_data_never_look_equal(book: BookRecorder, ring: Keyring) -> None:
    with book.writing() as cursor:
        sealed = ring.seal_many(cursor, [("C1", NAME), ("C1", NAME), ("C2", NAME)], "name")
        sealed.append(ring.seal(cursor, "C1", NAME, "name"))
    assert len(set(sealed)) == 4
    assert not any(NAME in each for each in sealed)


@pytest.mark.parametrize(
    ("number", "context"), [("C2", "name:1"), ("C1", "name:2"), ("C", "1name:1"), ("C1n", "ame:1")]
)
def test_a_blob_opens_for_no_other_customer_or_context(
    book: BookRecorder, ring: Keyring, number: str, context: str
) -> None:
    with book.writing() as cursor:
        sealed = ring.seal(cursor, "C1", NAME, "name:1")
        ring.seal_many(cursor, [(other, b"") for other in ("C2", "C", "C1n")], "name:1")
        with pytest.raises(BookDamaged) as caught:
            ring.unseal(cursor, number, sealed, context)
    assert caught.value.code == "sealed_data_damaged"


def test_a_wrapped_key_serves_no_other_customer(book: BookRecorder, ring: Keyring) -> None:
    with book.writing() as cursor:
        sealed = ring.seal(cursor, "C1", NAME, "name")
        cursor.execute("INSERT INTO customer_key SELECT 'C2', wrapped FROM customer_key")
        with pytest.raises(BookDamaged):
            ring.unseal(cursor, "C2", sealed, "name")


@pytest.mark.parametrize("cut", [0, 5, 12, 20])
def test_a_blob_cut_short_is_damaged(book: BookRecorder, ring: Keyring, cut: int) -> None:
    with book.writing() as cursor:
        sealed = ring.seal(cursor, "C1", NAME, "name")
        with pytest.raises(BookDamaged):
            ring.unseal(cursor, "C1", sealed[:cut], "name")


def test_a_key_that_was_rolled_back_is_not_used_again(book: BookRecorder, ring: Keyring) -> None:
    with rolled_back(book) as cursor:
        ring.seal(cursor, "C1", NAME, "name")
    with book.writing() as cursor:
        sealed = ring.seal(cursor, "C1", NAME, "name")
    with book.reading() as cursor:
        assert Keyring(book.path, create=False).unseal(cursor, "C1", sealed, "name") == NAME


def test_the_erased_open_as_none_and_get_no_new_key(book: BookRecorder, ring: Keyring) -> None:
    with book.writing() as cursor:
        sealed = ring.seal_many(cursor, [("C1", NAME), ("C2", NAME)], "name")
    other = Keyring(book.path, create=False)  # as another terminal
    with book.writing() as cursor:
        ring.erase(cursor, "C1")
    with book.writing() as cursor:
        assert other.unseal_many(cursor, [("C1", sealed[0]), ("C2", sealed[1])], "name") == [None, NAME]
        with pytest.raises(Refused) as caught:
            other.seal(cursor, "C1", NAME, "name")
    assert caught.value.code == "customer_erased"
    assert caught.value.details == {"customer_no": "C1"}
    assert ring.erased() == other.erased() == frozenset({"C1"})


def test_who_was_never_sealed_may_be_erased_too(book: BookRecorder, ring: Keyring) -> None:
    with book.writing() as cursor:
        ring.erase(cursor, "C9")
        ring.erase(cursor, "C9")
    assert ring.erased() == frozenset({"C9"})


def test_the_key_file_names_the_erased_before_the_commit(book: BookRecorder, ring: Keyring) -> None:
    with book.writing() as cursor:
        sealed = ring.seal(cursor, "C1", NAME, "name")
    with rolled_back(book) as cursor:
        ring.erase(cursor, "C1")
    assert ring.erased() == frozenset({"C1"})
    with book.writing() as cursor:
        assert ring.unseal(cursor, "C1", sealed, "name") == NAME  # the book itself rolled back
        assert mark_erased(cursor, ring.erased()) == ["C1"]
        assert mark_erased(cursor, ring.erased()) == []
        assert ring.unseal(cursor, "C1", sealed, "name") is None


def test_after_an_erasure_neither_key_nor_name_is_in_any_file(book: BookRecorder, ring: Keyring) -> None:
    with book.writing() as cursor:
        sealed = ring.seal_many(cursor, [(f"C{n}", NAME) for n in range(300)], "name")
        book.append(cursor, [StoredEvent(f"customer:C{n}", 1, "name", blob) for n, blob in enumerate(sealed)])
        cursor.execute("CREATE TABLE shown (customer_no, name)")
        cursor.executemany("INSERT INTO shown VALUES (?, ?)", [(f"C{n}", NAME + b" C%d;" % n) for n in range(300)])
        wrapped = cursor.execute("SELECT wrapped FROM customer_key WHERE customer_no = 'C7'").fetchone()[0]
    remains = [wrapped, NAME + b" C7;"]

    def found() -> list[bool]:
        stored = b"".join(file.read_bytes() for file in book.path.parent.iterdir())
        return [each in stored for each in remains]

    assert found() == [True, True]
    with book.writing() as cursor:
        cursor.execute("DELETE FROM shown WHERE customer_no = 'C7'")
        ring.erase(cursor, "C7")
    assert book.truncate_wal()
    assert found() == [False, False]
    with book.reading() as cursor:
        assert ring.unseal(cursor, "C8", sealed[8], "name") == NAME


def test_a_reader_of_an_older_state_holds_up_the_truncation(tmp_path: Path) -> None:
    book = BookRecorder(tmp_path / "branch.db", create=True, busy_seconds=0.1)
    with book.writing() as cursor:
        book.append(cursor, [StoredEvent("customer:1", 1, "logged", b"")])
    with book.reading():
        with book.writing() as cursor:
            book.append(cursor, [StoredEvent("customer:1", 2, "logged", b"")])
        assert not book.truncate_wal()
    assert book.truncate_wal()
    book.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes")
def test_the_key_file_is_its_owner_s_alone_and_stays_so(book: BookRecorder, ring: Keyring) -> None:
    assert stat.S_IMODE(key_path(book.path).stat().st_mode) == 0o600
    with book.writing() as cursor:
        ring.erase(cursor, "C1")
    assert stat.S_IMODE(key_path(book.path).stat().st_mode) == 0o600
    assert {file.name for file in book.path.parent.glob("*.key*")} == {"branch.db.key"}


def test_a_book_without_its_key_file_is_damaged(book: BookRecorder, ring: Keyring) -> None:
    key_path(book.path).unlink()
    with pytest.raises(BookDamaged) as caught:
        Keyring(book.path, create=False)
    assert caught.value.code == "master_key_missing"


@pytest.mark.parametrize("content", [b"", b"{", b'{"master":"AAAA","erased":[]}', b"\xff\xfe", b'{"erased":[]}'])
def test_a_garbled_key_file_is_damaged(book: BookRecorder, ring: Keyring, content: bytes) -> None:
    key_path(book.path).write_bytes(content)
    with pytest.raises(BookDamaged) as caught:
        Keyring(book.path, create=False)
    assert caught.value.code == "master_key_wrong"


def test_the_key_file_of_another_book_is_wrong(book: BookRecorder, ring: Keyring) -> None:
    stranger = {"master": bytes(32), "erased": []}
    key_path(book.path).write_bytes(msgspec.json.encode(stranger))
    with pytest.raises(BookDamaged) as caught:
        Keyring(book.path, create=False)
    assert caught.value.code == "master_key_wrong"


def test_a_new_key_file_never_replaces_an_old_one(book: BookRecorder, ring: Keyring) -> None:
    before = key_path(book.path).read_bytes()
    with pytest.raises(BookExists):
        Keyring(book.path, create=True)
    assert key_path(book.path).read_bytes() == before


def test_a_full_disk_at_the_key_file_erases_nothing(
    book: BookRecorder, ring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "no room")

    def erase() -> None:
        with book.writing() as cursor:
            ring.erase(cursor, "C1")

    with book.writing() as cursor:
        sealed = ring.seal(cursor, "C1", NAME, "name")
    monkeypatch.setattr("guanhu.store.database.os.fsync", full)
    with pytest.raises(StoreFull):
        erase()
    with book.reading() as cursor:
        assert ring.unseal(cursor, "C1", sealed, "name") == NAME
    assert ring.erased() == frozenset()
    assert {file.name for file in book.path.parent.glob("*.key*")} == {"branch.db.key"}


def test_a_lost_key_file_is_not_made_anew(book: BookRecorder, ring: Keyring) -> None:
    key_path(book.path).unlink()
    with pytest.raises(BookDamaged) as caught:
        Keyring(book.path, create=True)
    assert caught.value.code == "master_key_missing"
    assert not key_path(book.path).exists()


def test_there_are_no_keys_without_a_book(tmp_path: Path) -> None:
    with pytest.raises(BookMissing):
        Keyring(tmp_path / "none.db", create=True)
    assert list(tmp_path.iterdir()) == []
