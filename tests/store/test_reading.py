"""Questions on connections of their own: snapshots, many at once, nothing left open."""

import sqlite3
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest

from guanhu.store.book import Book
from guanhu.store.database import connect
from guanhu.store.errors import BookDamaged
from guanhu.store.keys import KeyFile, key_path, write_key_file
from guanhu.store.reading import KEPT, Readers

COUNT = "SELECT count(*) FROM book"


def write(book: Book, name: str) -> None:
    with book.recorder.writing() as cursor:
        cursor.execute("INSERT INTO book VALUES (?, 1)", (name,))


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book.create(tmp_path / "branch.db")


def test_a_question_sees_one_state_whatever_is_written_meanwhile(book: Book) -> None:
    with book.reading() as cursor:
        before = cursor.execute(COUNT).fetchone()
        write(book, "written meanwhile")
        assert cursor.execute(COUNT).fetchone() == before
    with book.reading() as cursor:
        assert cursor.execute(COUNT).fetchone() != before


def test_what_a_question_writes_by_mistake_is_not_kept(book: Book) -> None:
    with book.reading() as cursor:
        cursor.execute("INSERT INTO book VALUES ('mistake', 1)")
    with book.reading() as cursor:
        assert cursor.execute("SELECT 1 FROM book WHERE name = 'mistake'").fetchone() is None


def test_questions_at_once_have_a_connection_each_and_few_of_them_stay_open(book: Book) -> None:
    readers = Readers(partial(connect, book.path, 1.0), lambda _cursor: None)
    with ExitStack() as asked:
        cursors = [asked.enter_context(readers.reading()) for _ in range(2 * KEPT)]
        assert len({id(cursor.connection) for cursor in cursors}) == 2 * KEPT
    assert len(readers._idle) == KEPT
    readers.close()


def test_at_rest_no_connection_is_kept_and_questions_are_answered(book: Book) -> None:
    with book.reading() as under_way:
        book.rest()
        assert under_way.execute(COUNT).fetchone() is not None
    assert book._readers._idle == []
    with book.reading() as late:
        assert late.execute(COUNT).fetchone() is not None
    assert book._readers._idle == []


def test_a_question_that_outlives_the_book_closes_its_connection(book: Book) -> None:
    with book.reading() as cursor:
        connection = cursor.connection
        book.close()
        assert cursor.execute(COUNT).fetchone() is not None
    with pytest.raises(sqlite3.ProgrammingError):
        connection.execute(COUNT)
    with pytest.raises(sqlite3.ProgrammingError), book.reading():
        pass


def test_data_version_moves_with_every_commit_and_only_then(book: Book) -> None:
    before = book.data_version()
    with book.reading():
        pass
    assert book.data_version() == before
    write(book, "here")
    after = book.data_version()
    assert after != before
    other = Book(book.path)
    write(other, "elsewhere")
    other.close()
    assert book.data_version() != after


def test_a_book_without_its_key_file_does_not_open(book: Book) -> None:
    book.close()
    key_path(book.path).unlink()
    with pytest.raises(BookDamaged) as caught:
        Book(book.path)
    assert caught.value.code == "master_key_missing"


def test_under_the_key_of_another_book_nothing_is_written(book: Book) -> None:
    write_key_file(book.path, KeyFile(bytes(32)))
    other = Book(book.path)
    with pytest.raises(BookDamaged) as caught, other.writing():
        pass
    assert caught.value.code == "master_key_wrong"
    assert other._recorder is None  # nobody was kept waiting for a lock
    other.close()
