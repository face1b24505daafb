"""A new book can be worked with at once, and half a book is never left behind."""

from datetime import date
from pathlib import Path

import pytest

from guanhu.domain.errors import Refused
from guanhu.projections.policy import policy_of
from guanhu.projections.posts import posts_on
from guanhu.projections.staff_view import outlet_list, staff_list
from guanhu.store import book as book_module
from guanhu.store import opening
from guanhu.store.book import Book, acting_staff
from guanhu.store.errors import BookExists
from guanhu.store.opening import init_book
from guanhu.store.rebuilding import check
from guanhu.tests.store.small_branch import TODAY, clock


def test_the_systems_user_is_the_first_member_of_staff_with_both_posts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "login", lambda: "wangfang")
    monkeypatch.setattr(book_module, "login", lambda: "wangfang")
    book = init_book(tmp_path / "book.db", clock=clock)
    with book.reading() as cursor:
        (member,) = staff_list(cursor, TODAY)
        assert (member.staff_id, member.login, member.outlet) == ("wangfang", "wangfang", "01")
        assert {role for role, _ in member.posts} == {"outlet_manager", "relationship_manager"}
        assert acting_staff(cursor, "") == "wangfang"
        (outlet,) = outlet_list(cursor, TODAY)
        assert (outlet.outlet, outlet.name, outlet.manager) == ("01", "营业部", "wangfang")


def test_a_login_that_can_not_be_an_id_gives_a_plain_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "login", lambda: "Wang Fang")
    assert init_book(tmp_path / "book.db", clock=clock).staff == "S001"


def test_scheme_and_posts_hold_from_the_first_day_there_is(tmp_path: Path) -> None:
    book = init_book(tmp_path / "book.db", clock=clock, staff_id="S1")
    with book.reading() as cursor:
        policy = policy_of(cursor)
        assert policy is not None
        assert policy.adopted[0][0] == date.min
        assert posts_on(cursor, 1).roles_of("S1")
    assert check(book) == []


def test_a_book_that_stands_there_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "book.db"
    init_book(path, clock=clock, staff_id="S1").close()
    before = path.read_bytes()
    with pytest.raises(BookExists):
        init_book(path, clock=clock, staff_id="S2")
    assert path.read_bytes() == before
    assert Book(path).path == path


def test_a_book_that_fails_half_way_is_taken_away_again(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        init_book(tmp_path / "book.db", clock=clock, roles=("no_such_role",))
    assert refused.value.code == "unknown_role"
    assert list(tmp_path.iterdir()) == []
    init_book(tmp_path / "book.db", clock=clock)
