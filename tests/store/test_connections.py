"""Opening a book: the settings of every connection, and files that are no book."""

import os
import sqlite3
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from guanhu.store import database
from guanhu.store.errors import BookDamaged, BookExists, BookMissing
from guanhu.store.recorder import BookRecorder

PROMISED = {
    "journal_mode": "wal",
    "synchronous": 2,
    "secure_delete": 1,
    "foreign_keys": 1,
    "busy_timeout": 30_000,
    "temp_store": 2,
    "application_id": 0x47554E48,
}


@pytest.fixture
def book(tmp_path: Path) -> Iterator[BookRecorder]:
    recorder = BookRecorder(tmp_path / "branch.db", create=True)
    yield recorder
    recorder.close()


def settings(connection: sqlite3.Connection) -> dict[str, object]:
    return {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in PROMISED}


def test_every_connection_of_every_thread_has_the_promised_settings(book: BookRecorder) -> None:
    barrier = threading.Barrier(6)
    seen: dict[int, dict[str, object]] = {}

    def look() -> None:
        with book.reading() as cursor:
            barrier.wait()  # all are open at once, so each is a connection of its own
            seen[id(cursor.connection)] = settings(cursor.connection)

    threads = [threading.Thread(target=look) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with book.writing() as cursor:
        seen[0] = settings(cursor.connection)
    assert len(seen) == 7
    assert all(found == PROMISED for found in seen.values())


def test_a_setting_that_is_not_taken_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    BookRecorder(tmp_path / "branch.db", create=True).close()
    monkeypatch.setattr(database, "SETTINGS", (("synchronous", "OFF", 2),))
    with pytest.raises(BookDamaged) as caught:
        BookRecorder(tmp_path / "branch.db", create=False)
    assert caught.value.details == {"setting": "synchronous"}


def test_a_book_that_is_not_there_is_missing_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(BookMissing) as caught:
        BookRecorder(tmp_path / "none.db", create=False)
    assert caught.value.code == "book_missing"
    with pytest.raises(BookMissing) as caught:
        BookRecorder(tmp_path / "no folder" / "none.db", create=True)
    assert caught.value.code == "folder_missing"
    assert list(tmp_path.iterdir()) == []


def test_a_new_book_overwrites_nothing(book: BookRecorder) -> None:
    with pytest.raises(BookExists) as caught:
        BookRecorder(book.path, create=True)
    assert caught.value.code == "book_exists"
    with book.reading() as cursor:
        assert book.head(cursor) == 0


def test_a_book_that_could_not_be_made_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guanhu.store.tree.TABLES", ("NOT SQL",))
    with pytest.raises(sqlite3.OperationalError):
        BookRecorder(tmp_path / "branch.db", create=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes")
def test_a_book_is_its_owner_s_alone(book: BookRecorder) -> None:
    with book.writing():
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in book.path.parent.iterdir()}
    assert modes["branch.db"] == 0o600
    assert set(modes.values()) == {0o600}


@pytest.mark.parametrize("name", ["a b.db", "100%?x#y.db", "file:book.db", "mode=memory.db", "网点.db"])
def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    BookRecorder(tmp_path / name, create=True).close()
    assert [file.name for file in tmp_path.iterdir()] == [name]
    BookRecorder(tmp_path / name, create=False).close()


@pytest.mark.parametrize("content", [b"", b"customer_no,name\nC1,x\n" * 200, b"SQLite format 3\0" + bytes(4080)])
def test_a_file_of_another_kind_is_refused_unchanged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "branch.db"
    path.write_bytes(content)
    with pytest.raises(BookDamaged) as caught:
        BookRecorder(path, create=False)
    assert caught.value.code == "not_a_book"
    assert path.read_bytes() == content


def test_somebody_else_s_database_is_refused_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "branch.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE stored_events (x)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(BookDamaged) as caught:
        BookRecorder(path, create=False)
    assert caught.value.code == "not_a_book"
    assert path.read_bytes() == before


def test_a_book_of_a_later_program_is_refused(book: BookRecorder) -> None:
    with book.connection() as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(BookDamaged) as caught:
        BookRecorder(book.path, create=False)
    assert caught.value.code == "book_too_new"


def test_a_torn_book_is_damaged_not_a_traceback(book: BookRecorder) -> None:
    with book.writing() as cursor:
        cursor.execute("CREATE TABLE filler (x)")
        cursor.executemany("INSERT INTO filler VALUES (?)", [(bytes(900),)] * 500)
    book.close()
    content = bytearray(book.path.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    book.path.write_bytes(content)
    torn = BookRecorder(book.path, create=False)
    with pytest.raises(BookDamaged) as caught, torn.reading() as cursor:
        cursor.execute("SELECT count(*) FROM filler").fetchone()
    assert caught.value.code == "book_corrupt"
    torn.close()
