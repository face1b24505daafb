"""Looking is recorded: what leaves the book leaves an event first, as fine as the book says."""

from datetime import date
from pathlib import Path

import pytest

from guanhu.domain.errors import Refused
from guanhu.domain.looking import LEVELS, MOST_NAMED
from guanhu.projections.looks import Wanted, level_of, looks
from guanhu.store.book import Book
from guanhu.store.looking import Look, record_look, set_looking
from guanhu.store.rebuilding import check
from guanhu.tests.store.small_branch import TODAY, branch, with_customers


@pytest.fixture
def book(tmp_path: Path) -> Book:
    found = branch(tmp_path)
    with_customers(found, {"C1": 250_000, "C2": 60_000})
    return found


def seen(book: Book, wanted: Wanted = Wanted()) -> list[tuple[str, str, int]]:  # noqa: B008 - it never changes
    with book.reading() as cursor:
        return [(each.kind, each.subject, each.rows) for each in looks(cursor, wanted)[1]]


def test_an_export_is_recorded_with_whom_it_showed(book: Book) -> None:
    record_look(book, Look("export", "log", "xlsx", TODAY, {"staff": "RM1"}, 2, ("C1", "C2")), by="RM1")
    with book.reading() as cursor:
        total, (entry,) = looks(cursor, Wanted(staff="RM1"))
    assert total == 1
    assert (entry.by, entry.form, entry.as_of, entry.scope, entry.rows) == ("RM1", "xlsx", TODAY, {"staff": "RM1"}, 2)
    assert seen(book, Wanted(customer_no="C2")) == [("export", "log", 2)]
    assert check(book) == []


def test_whom_the_book_does_not_know_is_named_by_the_systems_user(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "wangfang")
    book.staff = ""
    record_look(book, Look("export", "duty list", "csv", TODAY), by="")
    with book.reading() as cursor:
        (entry,) = looks(cursor, Wanted())[1]
    assert (entry.by, entry.login) == ("", "wangfang")


def test_of_a_large_export_only_the_number_is_kept(book: Book) -> None:
    many = {f"D{n}": 1_000 for n in range(MOST_NAMED + 1)}
    with_customers(book, many)
    record_look(book, Look("export", "customers", "csv", TODAY, rows=len(many), customers=tuple(many)), by="RM1")
    assert seen(book) == [("export", "customers", len(many))]
    assert seen(book, Wanted(customer_no="D0")) == []


@pytest.mark.parametrize(
    ("level", "recorded"),
    [
        ("exports", {"export", "unmasked"}),
        ("pages", {"export", "unmasked", "page"}),
        ("lists", {"export", "unmasked", "page", "list"}),
    ],
)
def test_the_setting_says_how_fine(book: Book, level: str, recorded: set[str]) -> None:
    set_looking(book, level, by="DEP")
    for kind in ("export", "unmasked", "page", "list"):
        record_look(book, Look(kind, "somewhere", "screen", TODAY), by="RM1")
    assert {kind for kind, _, _ in seen(book)} == recorded


def test_who_is_inspected_does_not_say_how_fine(book: Book) -> None:
    with pytest.raises(Refused, match="not_a_watcher"):
        set_looking(book, "lists", by="OM")
    with book.reading() as cursor:
        assert LEVELS[level_of(cursor)] == "exports"


def test_a_level_that_is_none_is_refused(book: Book) -> None:
    with pytest.raises(Refused, match="unknown_looking_level"):
        set_looking(book, "none", by="DEP")


def test_looks_are_found_by_kind_and_day(book: Book) -> None:
    record_look(book, Look("export", "log", "csv", TODAY), by="RM1")
    record_look(book, Look("unmasked", "customer", "screen", TODAY, customers=("C1",)), by="RM2")
    assert seen(book, Wanted(kinds=("unmasked",))) == [("unmasked", "customer", 0)]
    assert seen(book, Wanted(first=TODAY, last=TODAY)) == [("unmasked", "customer", 0), ("export", "log", 0)]
    assert seen(book, Wanted(last=date(2026, 6, 29))) == []
