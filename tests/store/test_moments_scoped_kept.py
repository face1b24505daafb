"""Scoped moments are kept and given up as whole ones are, and are none where the scope is no scope."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from guanhu.domain.errors import Refused
from guanhu.projections import moment_scope
from guanhu.projections.moment_about import About
from guanhu.store import moments_scoped
from guanhu.store.book import Book
from guanhu.store.moment_book import MomentBook
from guanhu.store.moment_files import KEPT, KEPT_SCOPED, drop_moments, moments_folder
from guanhu.store.moments import open_moment, position_at
from guanhu.store.moments_scoped import scoped_at
from guanhu.store.posts import enrol
from guanhu.store.registering import erase, restrict
from guanhu.tests.store.looked_back import Told, kept, some_days


def open_scoped(book: Book, known_at: datetime, about: About) -> MomentBook | None:
    with book.reading() as cursor:
        position = position_at(cursor, known_at)
    return scoped_at(book, position, known_at, about)


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Told]:
    """A book with some days behind it."""
    found = some_days(tmp_path)
    yield found
    found.book.close()


def test_a_scope_of_most_of_the_book_is_none(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moment_scope, "ALWAYS_FEW", 1)
    recorded = told.after[2][0]
    assert open_scoped(told.book, recorded, About(outlets=("01",))) is None
    assert kept(told.book) == set()


def test_a_name_is_no_id_once_names_were_given_since(told: Told) -> None:
    recorded = told.after[2][0]
    assert opened(told, recorded, About(queue_of="RM1", by_name=True))
    drop_moments(told.book.path)
    told.moment += timedelta(hours=1)
    enrol(told.book, "RM9", "RM1", told.book.today, by="OM")
    assert open_scoped(told.book, recorded, About(queue_of="RM1", by_name=True)) is None
    assert opened(told, recorded, About(queue_of="RM1"))


def opened(told: Told, known_at: datetime, about: About) -> str:
    """Open a scoped moment and close it again; its file's name."""
    before = kept(told.book)
    moment = open_scoped(told.book, known_at, about)
    assert moment is not None
    assert moment.scoped
    moment.close()
    return next(iter(kept(told.book) - before), "")


def test_scoped_moments_are_kept_apart_from_whole_ones(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moments_scoped, "is_kept", lambda book, position: False)
    monkeypatch.setattr("guanhu.store.moment_files.KEPT_SCOPED", 2)
    recorded = told.after[2][0]
    open_moment(told.book, recorded).close()
    (whole,) = kept(told.book)
    names = [opened(told, recorded, About(customers=(no,))) for no in ("C1", "C2", "C3")]
    assert kept(told.book) == {whole, *names[1:]}
    assert opened(told, recorded, About(customers=("C3",))) == ""
    assert KEPT_SCOPED > KEPT
    monkeypatch.undo()
    assert open_scoped(told.book, recorded, About(customers=("C1",))) is None  # the whole one is kept


def test_scoped_moments_have_a_room_together(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    recorded = told.after[2][0]
    first = opened(told, recorded, About(customers=("C1",)))
    size = (moments_folder(told.book.path) / first).stat().st_size
    monkeypatch.setattr("guanhu.store.moment_files.SCOPED_BYTES", size * 5 // 2)
    names = [first, *(opened(told, recorded, About(customers=(no,))) for no in ("C2", "C3"))]
    assert kept(told.book) == {*names[1:]}
    monkeypatch.setattr("guanhu.store.moment_files.SCOPED_BYTES", 1)
    last = opened(told, recorded, About(queue_of="RM1"))
    assert kept(told.book) == {last}


def test_an_erasure_deletes_scoped_moments_too(told: Told) -> None:
    recorded = told.after[2][0]
    moment = open_scoped(told.book, recorded, About(customers=("C1",)))
    assert moment is not None
    told.moment += timedelta(hours=1)
    erase(told.book, "C1", "本人要求", told.book.today, by="OM")
    assert kept(told.book) == set()
    with pytest.raises(Refused, match="moment_outdated"), moment.reading():
        pass
    moment.close()
    opened(told, recorded, About(customers=("C1",)))
    for path in moments_folder(told.book.path).glob("*"):
        assert "张C1".encode() not in path.read_bytes()


def test_who_is_restricted_now_is_so_in_a_scoped_moment(told: Told) -> None:
    recorded = told.after[2][0]
    told.moment += timedelta(hours=1)
    restrict(told.book, "C1", "本人要求", told.book.today, add=True, by="OM")
    with closing(moment_of(told, recorded)) as moment:
        with moment.reading() as cursor:
            assert cursor.execute("SELECT restricted FROM customer WHERE no = 'C1'").fetchone() == (1,)
        with pytest.raises(Refused, match="book_not_writable"), moment.reading() as cursor:
            cursor.execute("DELETE FROM care")


def moment_of(told: Told, known_at: datetime) -> MomentBook:
    """The scoped moment of the first customer."""
    found = open_scoped(told.book, known_at, About(customers=("C1",)))
    assert found is not None
    return found
