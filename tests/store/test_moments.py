"""A moment says, row for row, what the book itself said then; it is kept, and given up when it must be."""

import stat
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from sqlite3 import Connection
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanhu.domain.errors import Refused
from guanhu.store import moments
from guanhu.store.acts import log_contact
from guanhu.store.book import Book
from guanhu.store.database import backup, restore
from guanhu.store.folding import attach_book, fold
from guanhu.store.moment_book import MomentBook, read_marks
from guanhu.store.moment_files import KEPT, moment_path, moments_folder
from guanhu.store.moments import open_moment, position_at
from guanhu.store.rebuilding import rebuild
from guanhu.store.registering import erase
from guanhu.tests.store.looked_back import FIRST, Act, Told, acts, answers, kept, rows_of, some_days

HOUR = timedelta(hours=1)


@pytest.fixture
def told(tmp_path: Path) -> Told:
    """A book with some days behind it."""
    return some_days(tmp_path)


def look(book: Book, known_at: datetime) -> MomentBook:
    """The moment, closed again."""
    moment = open_moment(book, known_at)
    moment.close()
    return moment


@settings(max_examples=10, deadline=None)
@given(done=acts, chosen=st.lists(st.integers(0, 40), min_size=1, max_size=3), on=st.integers(-20, 60))
def test_a_moment_is_what_the_book_said_then(done: list[Act], chosen: list[int], on: int) -> None:
    with TemporaryDirectory() as folder:
        told = Told(Path(folder))
        day = FIRST + timedelta(days=on)
        said = [answers(told.book, day)]
        for act in done:
            told.do(act)
            said[len(told.after) - 1 :] = [answers(told.book, day)]
        for n in (*chosen, -1):
            recorded, rows = told.after[n % len(told.after)]
            known_at = recorded + HOUR  # any time until the next act
            moment = open_moment(told.book, known_at)
            with moment.reading() as cursor:
                assert rows_of(cursor) == rows
                assert position_at(cursor, known_at) == moment.position
            assert answers(moment, day) == said[n % len(told.after)]
            moment.close()
        told.book.close()


@settings(max_examples=12, deadline=None)
@given(done=acts, first=st.integers(0, 40), few=st.sampled_from([0, 1_000]))
def test_a_moment_carried_on_from_an_earlier_one_is_the_same(done: list[Act], first: int, few: int) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        told = Told(Path(folder))
        for act in done:
            told.do(act)
        told.moment += 9 * HOUR
        log_contact(told.book, "C1", "phone", "reached_success", FIRST, by="OM")  # the last moment is not the present
        patch.setattr(moments, "FEW_EVENTS", few)
        if few:
            patch.setattr("guanhu.store.moments.fold", _only_once(fold))
        for recorded, rows in told.after[first % len(told.after) :]:
            moment = open_moment(told.book, recorded)
            with moment.reading() as cursor:
                assert rows_of(cursor) == rows
            moment.close()
        told.book.close()


def _only_once(act: Callable[..., int]) -> Callable[..., int]:
    left = [act]

    def once(*given: object) -> int:
        return left.pop()(*given)

    return once


def test_all_answers_of_a_moment_are_those_of_that_time_and_the_present_goes_on(told: Told) -> None:
    day = told.book.today
    recorded = told.moment
    before = answers(told.book, day)
    told.do(("contact", 0, 3, 0))
    told.do(("balance", 1, 3, 10))
    after = answers(told.book, day)
    assert after != before
    moment = open_moment(told.book, recorded)
    assert answers(moment, day) == before
    with moment.reading() as cursor, told.book.reading() as present:
        head = moment.recorder.head(cursor)
        assert head == moment.position < told.book.recorder.head(present)
        assert moment.recorder.read(cursor, [head, head + 1]) == moment.recorder.read(present, [head])
        assert not [row for row in moment.recorder.of_stream(cursor, "customer:C1") if row[0] > head]
    moment.close()
    assert answers(told.book, day) == after


def test_nothing_can_be_written_in_a_moment(told: Told) -> None:
    moment = open_moment(told.book, told.moment)
    with pytest.raises(Refused, match="moment_is_read_only"):
        log_contact(moment, "C1", "phone", "reached_success", told.book.today, by="OM")
    with pytest.raises(Refused, match="book_not_writable"), moment.reading() as cursor:
        cursor.execute("INSERT INTO command VALUES ('x', 1, 1)")
    assert moment.present is told.book
    moment.close()


def test_before_the_first_scheme_there_was_no_book(told: Told) -> None:
    with pytest.raises(Refused, match="moment_before_book"):
        open_moment(told.book, datetime.fromisoformat("2026-03-01T00:00:00+00:00"))
    assert kept(told.book) == set()


# ------------------------------------------------------------ kept and given up
def test_a_kept_moment_is_opened_again_and_only_the_last_looked_at_are_kept(told: Told) -> None:
    times = [recorded for recorded, _rows in told.after]
    for recorded in times[:-1]:
        look(told.book, recorded)
    assert len(kept(told.book)) == KEPT
    moment = look(told.book, times[-2])
    path = moment_path(told.book.path, moment.position)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    made = path.stat().st_ino
    look(told.book, times[-2])
    assert path.stat().st_ino == made


@pytest.mark.parametrize("damage", [b"", b"no database at all"])
def test_a_moment_that_is_not_whole_is_made_anew(told: Told, damage: bytes) -> None:
    recorded, rows = told.after[2]
    path = moment_path(told.book.path, look(told.book, recorded).position)
    path.write_bytes(damage)
    moment = open_moment(told.book, recorded)
    with moment.reading() as cursor:
        assert rows_of(cursor) == rows
    moment.close()


def test_another_book_at_the_same_place_never_opens_what_was_kept_of_the_first(told: Told, tmp_path: Path) -> None:
    recorded = told.after[0][0]
    path = moment_path(told.book.path, look(told.book, recorded).position)
    other = Told(tmp_path / "other")
    there = moment_path(other.book.path, int(path.stem))
    there.parent.mkdir()
    there.write_bytes(path.read_bytes())
    look(other.book, recorded)
    assert read_marks(there) != read_marks(path)


def test_an_erasure_deletes_every_moment_and_shuts_the_open_ones(told: Told) -> None:
    recorded, _rows = told.after[1]
    moment = open_moment(told.book, recorded)
    unfinished = moments_folder(told.book.path) / "7.x.part"
    unfinished.write_text("张C1")
    held = unfinished.open("rb")
    with moment.reading() as cursor:
        assert cursor.execute("SELECT name FROM customer WHERE no = 'C1'").fetchone() == ("张C1",)
    told.moment += HOUR
    erase(told.book, "C1", "本人要求", told.book.today, by="OM")
    assert kept(told.book) == set()
    with held:
        assert held.read() == bytes(len("张C1".encode()))
    with pytest.raises(Refused, match="moment_outdated"), moment.reading():
        pass
    moment.close()
    again = open_moment(told.book, recorded)
    with again.reading() as cursor:
        found = cursor.execute("SELECT name, erased FROM customer WHERE no IN ('C1', 'C2') ORDER BY no").fetchall()
    assert found == [("", 1), ("张C2", 0)]
    again.close()


def test_a_moment_kept_by_somebody_else_before_an_erasure_is_never_opened(told: Told) -> None:
    recorded, _rows = told.after[1]
    path = moment_path(told.book.path, look(told.book, recorded).position)
    saved = path.read_bytes()
    told.moment += HOUR
    erase(told.book, "C1", "本人要求", told.book.today, by="OM")
    path.write_bytes(saved)
    again = open_moment(told.book, recorded)
    with again.reading() as cursor:
        assert cursor.execute("SELECT name FROM customer WHERE no = 'C1'").fetchone() == ("",)
    again.close()
    assert "张C1".encode() not in path.read_bytes()


def test_an_erasure_while_a_moment_is_made_leaves_no_name_behind(told: Told) -> None:
    recorded, _rows = told.after[1]

    erased: list[bool] = []

    def meanwhile(_done: int, _total: int | None) -> None:
        if not erased:
            erased.append(True)
            told.moment += HOUR
            # It waits to empty the -wal file until whoever makes the moment gives its snapshot up: not long, here.
            with closing(Book(told.book.path, clock=told.book.clock, busy_seconds=0.1)) as other:
                erase(other, "C1", "本人要求", other.today, by="OM")

    moment = open_moment(told.book, recorded, meanwhile)
    moment.close()
    assert erased
    for path in moments_folder(told.book.path).glob("*"):
        assert "张C1".encode() not in path.read_bytes()


def test_a_rebuild_and_a_restore_drop_what_was_kept(told: Told, tmp_path: Path) -> None:
    look(told.book, told.after[0][0])
    rebuild(told.book)
    assert kept(told.book) == set()
    look(told.book, told.after[0][0])
    copy = tmp_path / "copy.db"
    backup(told.book.recorder, copy)
    assert not moments_folder(copy).exists()
    told.book.close()
    told.book.path.unlink()
    restore(copy, told.book.path)
    assert kept(told.book) == set()


class Enough(Exception):
    """Whoever looked has lost patience."""


def test_a_making_that_is_stopped_leaves_nothing(told: Told) -> None:
    def stop(_done: int, _total: int | None) -> None:
        raise Enough

    with pytest.raises(Enough):
        open_moment(told.book, told.after[0][0], stop)
    assert kept(told.book) == set()
    look(told.book, told.after[0][0])


def test_a_full_disk_is_a_refusal_that_leaves_nothing(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    def narrow(connection: Connection, book: Book) -> None:
        attach_book(connection, book)
        connection.execute("PRAGMA main.max_page_count = 20")

    monkeypatch.setattr("guanhu.store.moments.attach_book", narrow)
    with pytest.raises(Refused, match="disk_full"):
        open_moment(told.book, told.after[0][0])
    assert kept(told.book) == set()


@given(st.lists(st.integers(0, 3), min_size=1, max_size=12), st.integers(-2, 40))
@settings(max_examples=10, deadline=None)
def test_the_position_of_a_time_is_that_of_the_last_event_recorded_by_then(steps: list[int], asked: int) -> None:
    with TemporaryDirectory() as folder:
        told = Told(Path(folder))
        start = told.moment
        recorded = []
        for hours in steps:
            told.moment += hours * HOUR
            receipt = log_contact(told.book, "C1", "phone", "no_answer", date(2026, 3, 1), by="OM")
            recorded.append((told.moment, receipt.positions[-1]))
        with told.book.reading() as cursor:
            known_at = start + asked * HOUR
            first = recorded[0][1] - 1 if known_at >= start else 0
            assert position_at(cursor, known_at) == max([p for t, p in recorded if t <= known_at], default=first)
        told.book.close()
