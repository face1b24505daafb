"""The tree: against the recursive definition of RFC 6962, and against changed events."""

import sqlite3
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from eventsourcing.persistence import StoredEvent
from hypothesis import given
from hypothesis import strategies as st

from guanhu.store import tree
from guanhu.store.errors import BookDamaged
from guanhu.store.recorder import BookRecorder

events = st.tuples(
    st.integers(1, 2**63 - 1),
    st.text(st.characters(codec="utf-8"), max_size=20),
    st.integers(1, 2**63 - 1),
    st.text(st.characters(codec="utf-8"), max_size=20),
    st.binary(max_size=40),
)


def recursive_root(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962, 2.1, over leaves that are hashed already."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\x01" + recursive_root(leaves[:split]) + recursive_root(leaves[split:])).digest()


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=70))
def test_root_is_that_of_the_rfc_after_every_leaf(leaves: list[bytes]) -> None:
    peaks = tree.Peaks()
    assert peaks.root() == recursive_root([])
    for size, leaf in enumerate(leaves, 1):
        peaks.append(leaf)
        assert peaks.size == size
        assert peaks.root() == recursive_root(leaves[:size])


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=70), st.integers(0, 70))
def test_a_tree_goes_on_from_its_kept_peaks(leaves: list[bytes], kept_at: int) -> None:
    peaks = tree.Peaks()
    for number, leaf in enumerate(leaves):
        if number == kept_at:
            peaks = tree.Peaks.from_bytes(peaks.size, peaks.to_bytes())
        peaks.append(leaf)
    assert peaks.root() == recursive_root(leaves)


@given(st.integers(-1, 1000), st.integers(0, 12))
def test_peaks_that_do_not_fit_their_size_are_refused(size: int, count: int) -> None:
    raw = bytes(32 * count)
    if size >= 0 and size.bit_count() == count:
        assert tree.Peaks.from_bytes(size, raw).to_bytes() == raw
    else:
        with pytest.raises(ValueError, match="peaks"):
            tree.Peaks.from_bytes(size, raw)


@given(events, events)
def test_two_events_share_a_leaf_only_if_equal(
    one: tuple[int, str, int, str, bytes], other: tuple[int, str, int, str, bytes]
) -> None:
    assert (tree.leaf_hash(*one) == tree.leaf_hash(*other)) == (one == other)


def test_a_part_can_not_lend_its_bytes_to_its_neighbour() -> None:
    assert tree.leaf_hash(1, "ab", 1, "c", b"d") != tree.leaf_hash(1, "a", 1, "bc", b"d")
    assert tree.leaf_hash(1, "a", 1, "bc", b"d") != tree.leaf_hash(1, "a", 1, "b", b"cd")


def test_leaf_is_made_of_the_published_bytes() -> None:
    canonical = (
        (7).to_bytes(8, "big")
        + b"\0\0\0\x0acustomer:1"
        + (2).to_bytes(8, "big")
        + b"\0\0\0\x06logged"
        + b"\0\0\0\x02hi"
    )
    assert tree.leaf_hash(7, "customer:1", 2, "logged", b"hi") == sha256(b"\0" + canonical).digest()


@pytest.fixture
def book(tmp_path: Path) -> Iterator[BookRecorder]:
    recorder = BookRecorder(tmp_path / "branch.db", create=True)
    with recorder.writing() as cursor:
        recorder.append(cursor, [StoredEvent("customer:1", n, "logged", b"state %d" % n) for n in range(1, 12)])
    yield recorder
    recorder.close()


def tamper(book: BookRecorder, *statements: str) -> None:
    """Changes the file behind the program's back."""
    connection = sqlite3.connect(book.path)
    connection.execute("DROP TRIGGER stored_events_no_update")
    connection.execute("DROP TRIGGER stored_events_no_delete")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_an_untouched_book_verifies_and_gives_its_root(book: BookRecorder) -> None:
    with book.reading() as cursor:
        leaves = [tree.leaf_hash(*row) for row in book.of_stream(cursor, "customer:1")]
        assert tree.verify(cursor) == (11, recursive_root(leaves))


def test_an_empty_book_verifies(tmp_path: Path) -> None:
    recorder = BookRecorder(tmp_path / "empty.db", create=True)
    with recorder.reading() as cursor:
        assert tree.verify(cursor) == (0, recursive_root([]))
    recorder.close()


@pytest.mark.parametrize(
    ("statement", "position", "upto"),
    [
        ("UPDATE stored_events SET state = x'00' WHERE rowid = 3", 1, 8),
        ("UPDATE stored_events SET originator_id = 'customer:2' WHERE rowid = 10", 9, 10),
        ("UPDATE stored_events SET topic = 'other' WHERE rowid = 11", 11, 11),
        ("DELETE FROM stored_events WHERE rowid = 4", 4, None),
        ("DELETE FROM stored_events WHERE rowid = 11", 11, 11),
        ("INSERT INTO stored_events VALUES (12, 'customer:1', 12, 'logged', x'00')", 12, 12),
        ("UPDATE tree SET peaks = x'00'", 0, None),
        ("DELETE FROM tree", 0, None),
    ],
)
def test_whatever_changes_the_past_is_found(
    book: BookRecorder, statement: str, position: int, upto: int | None
) -> None:
    tamper(book, statement)
    with pytest.raises(BookDamaged) as caught, book.reading() as cursor:
        tree.verify(cursor)
    assert caught.value.code == "tree_mismatch"
    assert caught.value.details.get("position") == position
    assert caught.value.details.get("upto") == upto


def test_an_event_that_came_in_behind_the_tree_stops_the_next_writer(book: BookRecorder) -> None:
    tamper(book, "INSERT INTO stored_events VALUES (12, 'customer:9', 1, 'logged', x'00')")
    with pytest.raises(BookDamaged) as caught, book.writing() as cursor:
        book.append(cursor, [StoredEvent("customer:1", 12, "logged", b"")])
    assert caught.value.code == "tree_mismatch"
