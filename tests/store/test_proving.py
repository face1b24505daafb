"""What an untouched book is worth, the key it signs with, and bundles that are verified without it."""

import stat
from collections.abc import Callable
from pathlib import Path
from random import Random

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guanhu.domain.checkpoint import Checkpoint, parse
from guanhu.domain.errors import NotFound, Refused
from guanhu.store import bundle, proving, signing
from guanhu.store.book import Book
from guanhu.store.database import backup, restore
from guanhu.store.errors import BookDamaged
from guanhu.store.keys import key_path, read_key_file
from guanhu.store.leaves import companion_path
from guanhu.tests.books import Clock, a_book
from guanhu.tests.store.forgeries import FORGERIES
from guanhu.tests.store.proofs import Past, a_past, contacts, copy_of, findings, forge, kept, size_of


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Past:
    return a_past(tmp_path_factory.mktemp("past"))


def test_an_untouched_book_is_an_extension_of_its_checkpoints(past: Past) -> None:
    found = findings(past.path, kept(past.first, past.second), past.vkey)
    assert found.good
    assert [each.code for each in found.verdicts] == ["proven", "proven"]
    assert found.proven == size_of(past.second)
    assert found.size == size_of(past.second) + 15


def test_without_a_checkpoint_nothing_is_proven(past: Past) -> None:
    found = findings(past.path, [])
    assert (found.good, found.proven) == (True, 0)


def test_a_companion_holds_32_bytes_an_entry(past: Past) -> None:
    assert companion_path(past.second).stat().st_size == 32 * size_of(past.second)


def test_a_checkpoint_of_another_book_is_told_from_a_changed_one(past: Past, tmp_path: Path) -> None:
    other = a_past(tmp_path)
    assert findings(past.path, kept(other.second), past.vkey).verdicts[0].code == "foreign_key"
    own = signing_of(past.path, parse(other.second.read_text("utf-8")).checkpoint)
    verdict = findings(past.path, [proving.Kept("other", own)]).verdicts[0]
    assert (verdict.code, verdict.first, verdict.last) == ("other_book", 1, 1)


def signing_of(path: Path, checkpoint: Checkpoint) -> str:
    book = Book(path, clock=Clock())
    try:
        return signing.sign(book, checkpoint)
    finally:
        book.close()


def test_the_key_is_made_once_and_kept_private(tmp_path: Path) -> None:
    book = a_book(tmp_path)
    assert signing.public_key(book) is None
    first = proving.book_key(book)
    assert proving.book_key(book) == first
    assert signing.public_key(book) == first.public
    assert stat.S_IMODE(key_path(book.path).stat().st_mode) == 0o600
    with book.recorder.writing() as cursor:
        book.keyring.erase(cursor, "C1")
    assert proving.book_key(book) == first  # an erasure writes the file anew
    book.close()


def test_the_key_goes_with_a_backup_and_stays_where_it_is_newer(tmp_path: Path) -> None:
    book = a_book(tmp_path)
    backup(book.recorder, tmp_path / "before")
    key = proving.book_key(book)
    backup(book.recorder, tmp_path / "after")
    book.close()
    for name in ("before", "after"):
        book.path.unlink()
        restore(tmp_path / name, book.path)
        assert read_key_file(book.path).signing
        again = Book(book.path, clock=Clock())
        assert proving.book_key(again) == key
        again.close()


def test_a_key_file_of_before_is_read(tmp_path: Path) -> None:
    book = a_book(tmp_path)
    old = msgspec.json.decode(key_path(book.path).read_bytes())
    del old["signing"]
    key_path(book.path).write_bytes(msgspec.json.encode(old))
    assert findings(book.path, []).good
    proving.book_key(book)
    assert read_key_file(book.path).signing
    book.close()


def test_an_empty_book_proves_nothing(tmp_path: Path) -> None:
    book = Book.create(tmp_path / "empty.db", clock=Clock())
    for ask in (proving.make_checkpoint, proving.book_key):
        with pytest.raises(Refused) as caught:
            ask(book)
        assert caught.value.code == "nothing_to_prove"
    found = proving.verify_against(book, [])
    assert (found.size, found.good, found.origin) == (0, True, None)
    book.close()


def test_a_lost_log_is_shorter(past: Past, tmp_path: Path) -> None:
    path = copy_of(past, tmp_path)
    forge(path, FORGERIES["truncation"], Random(3), 40)
    assert findings(path, kept(past.second), past.vkey).verdicts[0].code == "shorter"


@pytest.fixture(scope="module")
def made(past: Past) -> bundle.Bundle:
    book = Book(past.path, clock=Clock())
    found = bundle.make_bundle(book, [7, 1, size_of(past.second)], [past.first.read_text("utf-8")])
    book.close()
    return bundle.read_bundle(msgspec.json.encode(found))


def test_a_bundle_is_verified_without_the_book(past: Past, made: bundle.Bundle) -> None:
    found = bundle.verify_bundle(made, kept(past.first), past.vkey)
    assert found.good
    assert [each.first for each in found.entries] == [7, 1, size_of(past.second)]
    assert [(each.name, each.code) for each in found.verdicts] == [("", "proven"), ("first", "proven")]


def test_a_bundle_says_what_it_does_not_hold(past: Past, made: bundle.Bundle) -> None:
    assert bundle.verify_bundle(made, kept(past.second), past.vkey).verdicts[-1].code == "not_in_bundle"


def test_a_bundle_is_not_believed_under_another_key(made: bundle.Bundle, tmp_path: Path) -> None:
    other = a_past(tmp_path)
    found = bundle.verify_bundle(made, [], other.vkey)
    assert (found.good, found.checkpoint.code, found.entries) == (False, "foreign_key", [])


def test_of_a_forged_book_no_bundle_extends_a_kept_checkpoint(past: Past, tmp_path: Path) -> None:
    path = copy_of(past, tmp_path)
    forge(path, FORGERIES["state"], Random(5), size_of(past.first))
    book = Book(path, clock=Clock())
    with pytest.raises(BookDamaged) as caught:
        bundle.make_bundle(book, [1], [past.first.read_text("utf-8")])
    assert caught.value.code == "not_an_extension"
    forged = bundle.make_bundle(book, [1])
    book.close()
    # Whatever proof the forger puts in, the kept checkpoint does not begin this log.
    held = bundle.Earlier(past.first.read_text("utf-8"), [bytes(32)] * 6)
    found = bundle.verify_bundle(msgspec.structs.replace(forged, earlier=[held]), kept(past.first), past.vkey)
    assert [each.code for each in found.verdicts] == ["differs", "differs"]


CHANGES: list[Callable[[bundle.Entry], bundle.Entry]] = [
    lambda entry: msgspec.structs.replace(entry, position=entry.position + 1),
    lambda entry: msgspec.structs.replace(entry, stream=entry.stream + "1"),
    lambda entry: msgspec.structs.replace(entry, version=entry.version + 1),
    lambda entry: msgspec.structs.replace(entry, topic="contact?"),
    lambda entry: msgspec.structs.replace(entry, state=entry.state + b"\0"),
    lambda entry: msgspec.structs.replace(entry, proof=entry.proof[1:]),
    lambda entry: msgspec.structs.replace(entry, proof=[*entry.proof, bytes(32)]),
    lambda entry: msgspec.structs.replace(entry, proof=[bytes(31), *entry.proof[1:]]),
]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(CHANGES), st.integers(0, 2))
def test_a_changed_entry_of_a_bundle_is_found(
    made: bundle.Bundle, change: Callable[[bundle.Entry], bundle.Entry], number: int
) -> None:
    entries = list(made.entries)
    entries[number] = change(entries[number])
    found = bundle.verify_bundle(msgspec.structs.replace(made, entries=entries))
    assert [each.code == "proven" for each in found.entries] == [n != number for n in range(3)]


@pytest.mark.parametrize("raw", [b"", b"{}", b"\xff", b'{"format":"guanhu-bundle-2"}', b"[1]"])
def test_a_file_that_is_no_bundle_is_refused(raw: bytes) -> None:
    with pytest.raises(Refused) as caught:
        bundle.read_bundle(raw)
    assert caught.value.code == "bad_bundle"


def test_a_position_beyond_the_log_has_no_proof(past: Past) -> None:
    book = Book(past.path, clock=Clock())
    for position in (0, 10_000):
        with pytest.raises(NotFound) as caught:
            bundle.make_bundle(book, [position])
        assert caught.value.code == "unknown_entry"
    book.close()


def test_a_book_that_grows_stays_proven(past: Past, tmp_path: Path) -> None:
    path = copy_of(past, tmp_path)
    book = Book(path, clock=Clock())
    for _ in range(5):
        contacts(book, 3)
        assert proving.verify_against(book, kept(past.first, past.second), past.vkey).good
    book.close()
