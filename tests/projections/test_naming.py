"""Staff and outlets by id or by name, and customers by number."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from guanhu.domain.errors import NotFound
from guanhu.projections.by_number import (
    customer_ids,
    customer_names,
    customer_numbers,
    customer_of_affair,
    customer_outlets,
)
from guanhu.projections.naming import outlets_named, staff_named
from guanhu.store.affairs import make_promise
from guanhu.store.book import Book
from guanhu.store.outlets import open_outlet
from guanhu.store.posts import depart, enrol
from guanhu.store.registering import restrict
from guanhu.tests.books import a_book, day, with_customers


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    found = with_customers(a_book(tmp_path), "C1", "C2")
    for staff, name in (("S1", "李明"), ("S2", "李明"), ("S3", "赵倩")):
        enrol(found, staff, name, date.min)
    open_outlet(found, "02", "东街支行", day("2026-10-01"))
    open_outlet(found, "03", "东街支行", day("2026-10-01"))
    yield found
    found.close()


def test_an_id_means_itself_and_a_name_all_who_bear_it(book: Book) -> None:
    with book.reading() as cursor:
        assert [staff_named(cursor, word) for word in ("S1", " 赵倩 ", "李明", "赵六")] == [
            ("S1",), ("S3",), ("S1", "S2"), (),
        ]  # fmt: skip
        assert [outlets_named(cursor, word) for word in ("02", "东街支行", "西街")] == [("02",), ("02", "03"), ()]


def test_of_two_with_one_name_who_is_still_there_is_meant(book: Book) -> None:
    depart(book, "S1", day("2026-10-08"))
    with book.reading() as cursor:
        assert staff_named(cursor, "李明") == ("S2",)


def test_customers_by_number_and_back(book: Book) -> None:
    promise = make_promise(book, "C2", "回电", day("2026-10-20"), day("2026-10-08")).positions[0]
    restrict(book, "C2", "本人要求", day("2026-10-08"), add=True)
    with book.reading() as cursor:
        ids = customer_ids(cursor, ["C2", "C1", "C9"])
        assert set(ids) == {"C1", "C2"}
        assert customer_numbers(cursor, ids.values()) == {cid: no for no, cid in ids.items()}
        assert customer_outlets(cursor, ids.values()) == dict.fromkeys(ids.values(), "01")
        assert customer_names(cursor, ["C1", "C2", "C9"])["C2"] == ""
        assert customer_of_affair(cursor, promise) == (ids["C2"], "C2")
        with pytest.raises(NotFound, match="unknown_entry"):
            customer_of_affair(cursor, promise + 1)
