"""Copies of a book: whole, private, never over something else, and never bringing back the erased."""

import os
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from eventsourcing.persistence import StoredEvent

from guanhu.store import database, tree
from guanhu.store.errors import BookDamaged, BookExists, BookMissing
from guanhu.store.keys import Keyring, key_path
from guanhu.store.recorder import BookRecorder

NAME = "诸葛难忘".encode()


@pytest.fixture
def book(tmp_path: Path) -> Iterator[BookRecorder]:
    recorder = BookRecorder(tmp_path / "branch.db", create=True)
    ring = Keyring(recorder.path, create=True)
    with recorder.writing() as cursor:
        sealed = ring.seal_many(cursor, [("C1", NAME), ("C2", NAME)], "name")
        recorder.append(cursor, [StoredEvent(f"customer:C{n}", 1, "name", blob) for n, blob in enumerate(sealed, 1)])
    yield recorder
    recorder.close()


def names(path: Path) -> list[bytes | None]:
    """What the customers of a book are called, None for the erased; the book must be whole."""
    recorder, ring = BookRecorder(path, create=False), Keyring(path, create=False)
    with recorder.reading() as cursor:
        assert tree.verify(cursor)[0] == 2
        blobs = [recorder.of_stream(cursor, f"customer:C{n}")[0][4] for n in (1, 2)]
        found = ring.unseal_many(cursor, [("C1", blobs[0]), ("C2", blobs[1])], "name")
    recorder.close()
    return found


def erase(book: BookRecorder, customer_no: str) -> None:
    ring = Keyring(book.path, create=False)
    with book.writing() as cursor:
        ring.erase(cursor, customer_no)


def test_a_backup_restores_to_the_same_book(book: BookRecorder, tmp_path: Path) -> None:
    database.backup(book, tmp_path / "copy")
    assert {file.name for file in tmp_path.glob("copy*")} == {"copy", "copy.key"}
    (tmp_path / "new").mkdir()
    assert database.restore(tmp_path / "copy", tmp_path / "new" / "branch.db") == []
    assert {file.name for file in (tmp_path / "new").iterdir()} == {"branch.db", "branch.db.key"}
    assert names(tmp_path / "new" / "branch.db") == [NAME, NAME]


def test_a_backup_is_a_state_of_its_own(book: BookRecorder, tmp_path: Path) -> None:
    with book.writing() as cursor:
        book.append(cursor, [StoredEvent("customer:C3", 1, "name", b"")])
        database.backup(book, tmp_path / "copy")  # what is not committed is not in it
    assert names(tmp_path / "copy") == [NAME, NAME]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes")
def test_copies_are_their_owner_s_alone(book: BookRecorder, tmp_path: Path) -> None:
    database.backup(book, tmp_path / "copy")
    database.restore(tmp_path / "copy", tmp_path / "restored")
    files = [*tmp_path.glob("copy*"), *tmp_path.glob("restored*")]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert len(files) == 4


@pytest.mark.parametrize("taken", ["copy", "copy.key"])
def test_a_backup_overwrites_nothing(book: BookRecorder, tmp_path: Path, taken: str) -> None:
    (tmp_path / taken).write_bytes(b"mine")
    with pytest.raises(BookExists):
        database.backup(book, tmp_path / "copy")
    assert {file.name: file.read_bytes() for file in tmp_path.glob("copy*")} == {taken: b"mine"}


def test_a_restore_overwrites_no_book(book: BookRecorder, tmp_path: Path) -> None:
    database.backup(book, tmp_path / "copy")
    with pytest.raises(BookExists):
        database.restore(tmp_path / "copy", book.path)


def test_a_folder_that_is_not_there_is_missing(book: BookRecorder, tmp_path: Path) -> None:
    with pytest.raises(BookMissing):
        database.backup(book, tmp_path / "none" / "copy")


def test_a_restore_does_not_bring_back_who_was_erased_after_the_backup(book: BookRecorder, tmp_path: Path) -> None:
    database.backup(book, tmp_path / "copy")
    erase(book, "C2")
    book.close()
    book.path.unlink()  # the book is lost, its key file is not
    assert database.restore(tmp_path / "copy", book.path) == ["C2"]
    assert names(book.path) == [NAME, None]
    assert Keyring(book.path, create=False).erased() == frozenset({"C2"})


def test_the_erased_of_both_key_files_stay_erased(book: BookRecorder, tmp_path: Path) -> None:
    erase(book, "C1")
    database.backup(book, tmp_path / "copy")
    erase(book, "C2")
    book.close()
    book.path.unlink()
    database.restore(tmp_path / "copy", book.path)
    assert names(book.path) == [None, None]
    assert Keyring(book.path, create=False).erased() == frozenset({"C1", "C2"})


def test_a_backup_without_its_key_file_is_refused(book: BookRecorder, tmp_path: Path) -> None:
    database.backup(book, tmp_path / "copy")
    key_path(tmp_path / "copy").unlink()
    with pytest.raises(BookDamaged) as caught:
        database.restore(tmp_path / "copy", tmp_path / "restored")
    assert caught.value.code == "master_key_missing"
    assert list(tmp_path.glob("restored*")) == []


def test_the_key_file_of_another_book_is_refused(book: BookRecorder, tmp_path: Path) -> None:
    database.backup(book, tmp_path / "copy")
    other = BookRecorder(tmp_path / "other.db", create=True)
    Keyring(other.path, create=True)
    other.close()
    other.path.unlink()
    with pytest.raises(BookDamaged) as caught:  # two master keys that differ
        database.restore(tmp_path / "copy", other.path)
    assert caught.value.code == "master_key_wrong"
    key_path(other.path).replace(key_path(tmp_path / "copy"))
    with pytest.raises(BookDamaged) as caught:  # one, which does not open the book
        database.restore(tmp_path / "copy", tmp_path / "restored")
    assert caught.value.code == "master_key_wrong"
    assert list(tmp_path.glob("restored*")) == []


def test_a_changed_backup_is_refused_and_leaves_nothing(book: BookRecorder, tmp_path: Path) -> None:
    database.backup(book, tmp_path / "copy")
    connection = sqlite3.connect(tmp_path / "copy")
    connection.execute("DROP TRIGGER stored_events_no_update")
    connection.execute("UPDATE stored_events SET topic = 'other' WHERE rowid = 1")
    connection.commit()
    connection.close()
    with pytest.raises(BookDamaged) as caught:
        database.restore(tmp_path / "copy", tmp_path / "restored")
    assert caught.value.code == "tree_mismatch"
    assert list(tmp_path.glob("restored*")) == []


def test_a_torn_backup_is_refused_and_leaves_nothing(book: BookRecorder, tmp_path: Path) -> None:
    database.backup(book, tmp_path / "copy")
    content = (tmp_path / "copy").read_bytes()
    (tmp_path / "copy").write_bytes(content[: len(content) // 2])
    with pytest.raises(BookDamaged):
        database.restore(tmp_path / "copy", tmp_path / "restored")
    assert list(tmp_path.glob("restored*")) == []
