"""Who was registered by mistake and taken back can be erased all the same: what was sealed is still in the log."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from guanhu.domain.errors import NotFound, Refused
from guanhu.projections.history import customer_history
from guanhu.store.book import Book
from guanhu.store.codec import decode
from guanhu.store.database import backup, restore
from guanhu.store.proving import Kept, make_checkpoint, verify_against
from guanhu.store.rebuilding import check, rebuild
from guanhu.store.registering import erase, register
from guanhu.store.withdrawing import withdraw
from guanhu.tests.store.imported import TODAY, new_book, take_in


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """A book with two customers, and one whose registration was taken back."""
    found = new_book(tmp_path / "book.db", ["C1", "C2"])
    wrong = register(found, "C9", "误登记", {"phone": "13911112222"}, "01", TODAY, by="MGR")
    withdraw(found, wrong.positions, "不是客户", by="MGR")
    yield found
    found.close()


def opened(book: Book, no: str) -> list[bytes | None]:
    """What the registrations under a number say, None where nothing opens them any more."""
    with book.reading() as cursor:
        events = [decode(row[3], row[4]) for row in book.recorder.of_stream(cursor, f"customer:{no}")]
        blobs = [event.sealed[0] for event in events if hasattr(event, "sealed")]
        return [book.keyring.unseal(cursor, no, blob, "registered") for blob in blobs]


def test_what_was_sealed_of_a_registration_taken_back_is_erased(book: Book) -> None:
    assert b"13911112222" in (opened(book, "C9")[0] or b"")
    erase(book, "C9", "本人要求", TODAY, by="MGR")
    assert opened(book, "C9") == [None]
    assert book.keyring.erased() == frozenset({"C9"})
    with book.reading() as cursor:
        _total, told = customer_history(cursor, book.recorder, decode, book.keyring, "C9")
    assert [item.event for item in told] == ["registered", "withdrawn", "erased"]
    assert check(book) == []


def test_the_log_stays_provable(book: Book) -> None:
    kept = Kept("kept", make_checkpoint(book))
    erase(book, "C9", "本人要求", TODAY, by="MGR")
    register(book, "C3", "王五", {}, "01", TODAY, by="MGR")
    rebuild(book)
    assert verify_against(book, [kept]).good


def test_a_restore_erases_it_again(book: Book, tmp_path: Path) -> None:
    backup(book.recorder, tmp_path / "copy")
    erase(book, "C9", "本人要求", TODAY, by="MGR")
    book.close()
    book.path.unlink()
    assert restore(tmp_path / "copy", book.path) == ["C9"]
    again = Book(book.path, clock=book.clock)
    rebuild(again)
    assert opened(again, "C9") == [None]
    assert check(again) == []
    with pytest.raises(Refused, match="customer_erased"):
        erase(again, "C9", "本人要求", TODAY, by="MGR")
    people = tmp_path / "people.csv"
    people.write_text("customer_no,name\nC9,某人\nC8,另一位\n", encoding="utf-8")
    result = take_in(again, "customers", people)
    assert [(each.row, each.reason) for each in result.rejected] == [(2, "customer_erased")]
    assert result.counts.registered == 1
    again.close()


def test_the_number_is_given_to_nobody_any_more(book: Book, tmp_path: Path) -> None:
    erase(book, "C9", "本人要求", TODAY, by="MGR")
    with pytest.raises(Refused, match="customer_known"):
        register(book, "C9", "某人", {}, "01", TODAY, by="MGR")
    with pytest.raises(Refused, match="customer_erased"):
        erase(book, "C9", "本人要求", TODAY, by="MGR")
    people = tmp_path / "people.csv"
    people.write_text("customer_no,name\nC9,某人\n", encoding="utf-8")
    result = take_in(book, "customers", people)
    assert [each.reason for each in result.rejected] == ["customer_erased"]
    assert (result.counts.accepted, result.counts.unchanged) == (0, 0)


def test_a_number_that_nobody_ever_had_is_not_erased(book: Book) -> None:
    with pytest.raises(NotFound, match="unknown_customer"):
        erase(book, "C7", "本人要求", TODAY, by="MGR")
    assert book.keyring.erased() == frozenset()


def test_who_was_registered_anew_is_erased_with_what_was_taken_back(book: Book) -> None:
    register(book, "C9", "真客户", {}, "01", TODAY, by="MGR")
    erase(book, "C9", "本人要求", TODAY, by="MGR")
    assert opened(book, "C9") == [None, None]
    assert check(book) == []
