"""An adopted scheme decides from its date on; what was decided before stands (DESIGN 6)."""

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanhu.domain.errors import Refused
from guanhu.domain.scheme_file import SchemeInvalid, default_scheme_text
from guanhu.store.book import Book
from guanhu.store.rebuilding import check
from guanhu.store.schemes import adopt_scheme
from guanhu.tests.store.small_branch import branch, day_opened, empty_branch, scheme_text, tiers, with_customers

TAKES_OVER = date(2026, 4, 15)


def refused(book: Book, text: str, day: date) -> str:
    with pytest.raises(Refused) as caught:
        adopt_scheme(book, text, day)
    return caught.value.code


def test_a_customer_above_the_lower_floor_rises_on_the_schemes_date(tmp_path: Path) -> None:
    book = branch(tmp_path)
    with_customers(book, {"C1": 180_000, "C2": 140_000})
    adopt_scheme(book, scheme_text(2, middle=150_000), TAKES_OVER)
    assert tiers(book, "C1") == [("2026-01-05", "basic"), ("2026-04-15", "middle")]
    day_opened(book, TAKES_OVER - timedelta(days=1))
    assert check(book) == []
    day_opened(book, TAKES_OVER)
    assert tiers(book, "C1") == [("2026-01-05", "basic"), ("2026-04-15", "middle")]
    assert tiers(book, "C2") == [("2026-01-05", "basic")]
    with book.reading() as cursor:
        versions = cursor.execute("SELECT DISTINCT version FROM tier_move WHERE tier = 'middle'").fetchall()
    assert versions == [(2,)]
    assert check(book) == []


def test_a_scheme_from_the_books_own_day_lifts_on_that_day(tmp_path: Path) -> None:
    book = branch(tmp_path)
    with_customers(book, {"C1": 180_000})
    day_opened(book, TAKES_OVER)
    adopt_scheme(book, scheme_text(2, middle=150_000), TAKES_OVER)
    assert tiers(book, "C1") == [("2026-01-05", "basic"), ("2026-04-15", "middle")]
    assert check(book) == []


def test_past_tiers_stand_and_a_higher_floor_is_felt_at_a_months_end(tmp_path: Path) -> None:
    book = branch(tmp_path)
    with_customers(book, {"C1": 210_000})
    adopt_scheme(book, scheme_text(2, middle=250_000), TAKES_OVER)
    day_opened(book, date(2026, 6, 30))
    assert tiers(book, "C1") == [("2026-01-05", "middle"), ("2026-05-01", "basic")]
    assert check(book) == []


@settings(max_examples=12, deadline=None)
@given(st.lists(st.lists(st.integers(100_000, 260_000), min_size=3, max_size=3), min_size=1, max_size=5))
def test_what_is_derived_after_a_change_of_scheme_is_what_the_events_say(reports: list[list[int]]) -> None:
    with TemporaryDirectory() as folder:
        book = branch(Path(folder))
        with_customers(book, {"C0": 180_000, "C1": 140_000, "C2": 250_000})
        adopt_scheme(book, scheme_text(2, middle=150_000), TAKES_OVER)
        for n, balances in enumerate(reports):
            day = date(2026, 3, 25) + timedelta(days=16 * n)
            with_customers(book, {f"C{no}": yuan for no, yuan in enumerate(balances)}, day)
        assert check(book) == []
        book.close()


def test_a_customer_in_a_tier_that_is_given_up_is_rated_on_the_day(tmp_path: Path) -> None:
    book = branch(tmp_path)
    with_customers(book, {"C1": 300_000})
    day_opened(book, TAKES_OVER)
    text = scheme_text(2).replace('"middle"', '"core"').replace("middle = ", "core = ")
    adopt_scheme(book, text, TAKES_OVER)
    assert tiers(book, "C1") == [("2026-01-05", "middle"), ("2026-04-15", "core")]
    assert check(book) == []


def test_duties_follow_the_scheme_that_takes_over(tmp_path: Path) -> None:
    book = branch(tmp_path)
    with_customers(book, {"C1": 180_000})
    question = "SELECT count(*) FROM obligation WHERE duty = 'monthly_contact'"
    with book.reading() as cursor:
        assert cursor.execute(question).fetchone() == (0,)
    adopt_scheme(book, scheme_text(2, middle=150_000), TAKES_OVER)
    with book.reading() as cursor:
        assert cursor.execute(question).fetchone() == (1,)


def test_before_the_book_has_a_day_a_scheme_may_replace_the_first_for_all_time(tmp_path: Path) -> None:
    book = empty_branch(tmp_path)
    adopt_scheme(book, scheme_text(2, middle=150_000), date.min)
    with_customers(book, {"C1": 180_000})
    assert tiers(book, "C1") == [("2026-01-05", "middle")]
    assert check(book) == []


def test_what_brings_nothing_new_is_refused(tmp_path: Path) -> None:
    book = empty_branch(tmp_path)
    assert refused(book, default_scheme_text(), TAKES_OVER) == "scheme_known"
    assert refused(book, scheme_text(1, middle=150_000), TAKES_OVER) == "scheme_version"
    with pytest.raises(SchemeInvalid):
        adopt_scheme(book, "id = 1", TAKES_OVER)


def test_a_scheme_can_not_reach_back_behind_the_books_day_nor_behind_another(tmp_path: Path) -> None:
    book = branch(tmp_path)
    with_customers(book, {"C1": 180_000})
    adopt_scheme(book, scheme_text(2, middle=150_000), TAKES_OVER)
    assert refused(book, scheme_text(3, middle=160_000), TAKES_OVER - timedelta(days=1)) == "scheme_order"
    assert refused(book, scheme_text(3, middle=160_000), date(2026, 1, 4)) == "scheme_in_past"


def test_the_same_command_adopts_once(tmp_path: Path) -> None:
    book = branch(tmp_path)
    first = adopt_scheme(book, scheme_text(2, middle=150_000), TAKES_OVER, command="k1")
    again = adopt_scheme(book, scheme_text(2, middle=150_000), TAKES_OVER, command="k1")
    assert again.repeated
    assert again.positions == first.positions
