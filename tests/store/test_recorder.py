"""The recorder inside one process: order, versions, snapshots, and nothing half done."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from eventsourcing.persistence import IntegrityError, StoredEvent
from hypothesis import given, settings
from hypothesis import strategies as st

from guanhu.store import recorder as recorder_module
from guanhu.store import tree
from guanhu.store.errors import BookBusy, StoreFull
from guanhu.store.recorder import BookRecorder


@pytest.fixture
def book(tmp_path: Path) -> Iterator[BookRecorder]:
    recorder = BookRecorder(tmp_path / "branch.db", create=True)
    yield recorder
    recorder.close()


def logged(stream: str, first: int, count: int = 1) -> list[StoredEvent]:
    return [StoredEvent(stream, version, "logged", b"%d" % version) for version in range(first, first + count)]


def save(book: BookRecorder, *batches: list[StoredEvent]) -> list[int]:
    """Stores the batches in one transaction."""
    with book.writing() as cursor:
        return [position for events in batches for position in book.append(cursor, events)]


@contextmanager
def small_disk(book: BookRecorder) -> Iterator[sqlite3.Cursor]:
    """A transaction that has room for 20 more pages."""
    with book.writing() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages + 20}").fetchone()
        yield cursor


def large(stream: str) -> list[StoredEvent]:
    return [StoredEvent(stream, version, "logged", bytes(3000)) for version in range(1, 2000)]


def test_events_come_back_as_stored(book: BookRecorder) -> None:
    assert save(book, logged("customer:1", 1, 2) + logged("客户:2", 1)) == [1, 2, 3]
    assert save(book, logged("customer:1", 3)) == [4]
    with book.reading() as cursor:
        assert book.head(cursor) == 4
        assert book.version(cursor, "customer:1") == 3
        assert list(book.stream(cursor)) == [
            (1, "logged", b"1"),
            (2, "logged", b"2"),
            (3, "logged", b"1"),
            (4, "logged", b"3"),
        ]
        assert [row[0] for row in book.of_stream(cursor, "customer:1")] == [1, 2, 4]
        assert book.read(cursor, [3]) == [(3, "客户:2", 1, "logged", b"1")]


def test_an_empty_book_has_nothing(book: BookRecorder) -> None:
    with book.reading() as cursor:
        assert book.head(cursor) == 0
        assert book.version(cursor, "customer:1") == 0
        assert list(book.stream(cursor)) == []
        assert book.of_stream(cursor, "customer:1") == []
    with book.writing() as cursor:
        assert book.append(cursor, []) == []


def test_reading_by_position_keeps_the_order_asked_and_leaves_out_the_unknown(book: BookRecorder) -> None:
    save(book, logged("customer:1", 1, 1200))
    asked = [*range(1200, 0, -1), 1201, 5, 0]
    with book.reading() as cursor:
        assert [row[0] for row in book.read(cursor, asked)] == [*range(1200, 0, -1), 5]


@settings(max_examples=30)
@given(after=st.integers(0, 25), upto=st.none() | st.integers(0, 25), array=st.integers(1, 8))
def test_a_stream_has_every_position_between_two_whatever_the_array(
    tmp_path_factory: pytest.TempPathFactory, after: int, upto: int | None, array: int
) -> None:
    book = BookRecorder(tmp_path_factory.mktemp("book") / "branch.db", create=True)
    save(book, logged("customer:1", 1, 20))
    with pytest.MonkeyPatch.context() as patch, book.reading() as cursor:
        patch.setattr(recorder_module, "FETCHED_AT_ONCE", array)
        found = [position for position, _, _ in book.stream(cursor, after, upto)]
    assert found == list(range(after + 1, min(20, 20 if upto is None else upto) + 1))
    book.close()


def test_a_stream_allows_other_questions_in_between_and_stopping_early(book: BookRecorder) -> None:
    save(book, logged("customer:1", 1, 1100))
    with book.reading() as cursor:
        seen = [(position, book.version(cursor, "customer:1")) for position, _, _ in book.stream(cursor)]
        assert seen[-1] == (1100, 1100)
        kept = book.stream(cursor)
        next(kept)
    save(book, logged("customer:1", 1101))  # the kept, half-read stream holds no snapshot
    assert book.truncate_wal()


def test_a_taken_version_is_a_conflict_and_nothing_of_the_act_stays(book: BookRecorder) -> None:
    save(book, logged("customer:1", 1, 2))
    with pytest.raises(BookBusy) as caught:
        save(book, logged("customer:2", 1, 3), logged("customer:2", 4) + logged("customer:1", 2))
    assert caught.value.code == "version_conflict"
    with book.reading() as cursor:
        assert tree.verify(cursor)[0] == 2
    assert save(book, logged("customer:2", 1)) == [3]  # no gap is left behind


def test_who_goes_on_after_a_conflict_commits_no_half_of_it(book: BookRecorder) -> None:
    save(book, logged("customer:1", 1))
    with book.writing() as cursor:
        book.append(cursor, logged("customer:2", 1))
        with pytest.raises(BookBusy):
            book.append(cursor, logged("customer:3", 1, 5) + logged("customer:1", 1))
        assert book.append(cursor, logged("customer:3", 1)) == [3]
    with book.reading() as cursor:
        assert tree.verify(cursor)[0] == 3


def test_the_library_s_own_ways_in_and_out_keep_the_tree(book: BookRecorder) -> None:
    assert book.insert_events(logged("customer:1", 1, 3)) == [1, 2, 3]
    with pytest.raises(IntegrityError):
        book.insert_events(logged("customer:1", 3))
    assert book.max_notification_id() == 3
    assert [n.id for n in book.select_notifications(2, 10)] == [2, 3]
    assert list(book.select_events("customer:1", gt=1)) == logged("customer:1", 2, 2)
    with book.reading() as cursor:
        assert tree.verify(cursor)[0] == 3


@pytest.mark.parametrize("statement", ["UPDATE stored_events SET topic = 'x'", "DELETE FROM stored_events"])
def test_what_is_stored_can_be_neither_changed_nor_deleted(book: BookRecorder, statement: str) -> None:
    save(book, logged("customer:1", 1))
    with pytest.raises(sqlite3.IntegrityError, match="stay as they are"), book.writing() as cursor:
        cursor.execute(statement)


def test_versions_begin_at_one(book: BookRecorder) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="originator_version"):
        save(book, logged("customer:1", 0))


def test_any_exception_rolls_back_even_an_interrupt(book: BookRecorder) -> None:
    with suppress(KeyboardInterrupt), book.writing() as cursor:
        book.append(cursor, logged("customer:1", 1))
        raise KeyboardInterrupt
    with book.reading() as cursor:
        assert book.head(cursor) == 0


def test_reading_sees_one_state_and_keeps_nothing(book: BookRecorder) -> None:
    save(book, logged("customer:1", 1))
    with book.reading() as cursor:
        save(book, logged("customer:1", 2))
        assert book.head(cursor) == 1
    with book.reading() as cursor:
        assert book.head(cursor) == 2
        cursor.execute("UPDATE tree SET size = 99")
    with book.reading() as cursor:
        assert tree.verify(cursor)[0] == 2


def test_writing_inside_writing_is_a_fault_of_the_program(book: BookRecorder) -> None:
    with book.writing(), pytest.raises(RuntimeError, match="inside"), book.writing():
        pass


def test_threads_write_in_turn_and_lose_nothing(book: BookRecorder) -> None:
    def work(name: str) -> None:
        for version in range(1, 11):
            save(book, logged(name, version))

    threads = [threading.Thread(target=work, args=(f"customer:{n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with book.reading() as cursor:
        assert tree.verify(cursor)[0] == 80
        assert {book.version(cursor, f"customer:{n}") for n in range(8)} == {10}


def test_a_thread_that_waits_too_long_is_told_that_the_book_is_busy(tmp_path: Path) -> None:
    book = BookRecorder(tmp_path / "branch.db", create=True, busy_seconds=0.1)
    refused: list[BookBusy] = []

    def work() -> None:
        try:
            save(book, logged("customer:2", 1))
        except BookBusy as busy:
            refused.append(busy)

    with book.writing() as cursor:
        book.append(cursor, logged("customer:1", 1))
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert [busy.code for busy in refused] == ["book_locked"]
    assert save(book, logged("customer:2", 1)) == [2]
    book.close()


def test_a_full_disk_keeps_nothing_of_the_act(book: BookRecorder) -> None:
    def act() -> None:
        with small_disk(book) as cursor:
            book.append(cursor, logged("customer:2", 1))
            book.append(cursor, large("customer:3"))

    save(book, logged("customer:1", 1))
    with pytest.raises(StoreFull) as caught:
        act()
    assert caught.value.code == "disk_full"
    with book.reading() as cursor:
        assert tree.verify(cursor)[0] == 1
    assert save(book, logged("customer:1", 2)) == [2]


def test_a_full_disk_that_somebody_overlooks_is_no_success(book: BookRecorder) -> None:
    def act() -> None:
        with small_disk(book) as cursor:
            with suppress(sqlite3.OperationalError):
                book.append(cursor, large("customer:3"))
            cursor.connection.rollback()  # SQLite may do so by itself, by where the disk ran full

    with pytest.raises(StoreFull) as caught:
        act()
    assert caught.value.code == "rolled_back"
