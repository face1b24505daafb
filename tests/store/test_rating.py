"""Rating as the book does it: statements, month ends, late rows, the counter (DESIGN 6)."""

from pathlib import Path

import pytest

from guanhu.domain.errors import Refused
from guanhu.projections.customers import page
from guanhu.projections.policy import policy_of
from guanhu.projections.tier_story import tier_history, tier_why
from guanhu.projections.tiers import matrix, summary, tier_list
from guanhu.store.book import Book
from guanhu.store.rebuilding import check
from guanhu.store.statements import deposit
from guanhu.tests.books import a_book, day, opened, stated, stated_rows, with_customers


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return with_customers(a_book(tmp_path), "C1", "C2", "C3")


def tier(book: Book, no: str, on: str) -> str | None:
    with book.reading() as c:
        policy = policy_of(c)
        assert policy
        return page(c, policy, book.calendar, day(on), no).tier


def moves(book: Book, no: str) -> list[tuple[str, str | None, str | None, str, bool]]:
    with book.reading() as c:
        return [(m.on.isoformat(), m.from_tier, m.to_tier, m.rule, m.provisional) for m in tier_history(c, no)]


def figures(book: Book, on: str) -> dict[str, tuple[int, int]]:
    with book.reading() as c:
        policy = policy_of(c)
        assert policy
        tiers, untiered = summary(c, day(on), policy.on(day(on)))
    filled = [f for f in [*tiers, untiered] if f.customers or f.aum_fen]
    return {f.tier or "untiered": (f.customers, f.aum_fen // 100) for f in filled}


def test_the_first_balance_gives_the_tier_at_once(book: Book) -> None:
    counts = stated(book, "2026-04-10", {"C1": 250_000, "C2": 999})
    assert (counts.accepted, counts.tier_changes) == (2, 1)
    assert moves(book, "C1") == [("2026-04-10", None, "middle", "first_balance", False)]
    assert tier(book, "C2", "2026-04-10") is None
    assert figures(book, "2026-04-10") == {"middle": (1, 250_000), "untiered": (1, 999)}
    assert figures(book, "2026-04-09") == {}


def test_a_customer_who_falls_below_200_000_keeps_the_tier_through_the_month(book: Book) -> None:
    stated(book, "2026-04-10", {"C1": 250_000})
    stated(book, "2026-04-11", {"C1": 100_000})
    stated(book, "2026-05-20", {"C1": 120_000})
    assert tier(book, "C1", "2026-05-31") == "middle"
    assert moves(book, "C1")[-1] == ("2026-06-01", "middle", "basic", "down_full_month", True)
    assert opened(book, "2026-06-01") == 1
    assert moves(book, "C1")[-1] == ("2026-06-01", "middle", "basic", "down_full_month", False)
    assert figures(book, "2026-05-31") == {"middle": (1, 120_000)}
    assert figures(book, "2026-06-01") == {"basic": (1, 120_000)}


def test_a_month_with_one_day_at_the_floor_keeps_the_tier(book: Book) -> None:
    stated(book, "2026-04-10", {"C1": 250_000})
    stated(book, "2026-04-11", {"C1": 100_000})
    stated(book, "2026-05-31", {"C1": 200_000})
    stated(book, "2026-06-01", {"C1": 100_000})
    assert tier(book, "C1", "2026-06-30") == "middle"
    assert tier(book, "C1", "2026-07-01") == "basic"


def test_on_the_first_of_a_month_its_end_is_decided_before_the_days_balance(book: Book) -> None:
    stated(book, "2026-04-10", {"C1": 250_000})
    stated(book, "2026-04-11", {"C1": 40_000})
    stated(book, "2026-06-01", {"C1": 60_000})
    assert moves(book, "C1")[1:] == [
        ("2026-06-01", "middle", "mass", "down_full_month", False),
        ("2026-06-01", "mass", "basic", "up_at_once", False),
    ]


def test_untiered_is_the_lowest_step_and_is_left_and_entered_by_the_same_rules(book: Book) -> None:
    stated(book, "2026-01-05", {"C1": 1_000})
    stated(book, "2026-01-06", {"C1": 10})
    opened(book, "2026-03-01")
    assert moves(book, "C1")[-1] == ("2026-03-01", "mass", None, "down_full_month", False)
    stated(book, "2026-03-02", {"C1": 1_000})
    assert moves(book, "C1")[-1] == ("2026-03-02", None, "mass", "up_at_once", False)


def test_a_question_after_the_books_day_is_answered_as_if_the_day_had_been_opened(book: Book) -> None:
    stated(book, "2026-04-10", {"C1": 250_000})
    stated(book, "2026-04-11", {"C1": 100_000})
    before = figures(book, "2026-08-01")
    opened(book, "2026-08-01")
    assert before == figures(book, "2026-08-01") == {"basic": (1, 100_000)}


def test_the_day_moves_forward_only(book: Book) -> None:
    stated(book, "2026-04-10", {"C1": 250_000})
    with pytest.raises(Refused, match="day_over"):
        opened(book, "2026-04-09")
    with pytest.raises(Refused, match="day_in_future"):
        opened(book, "2026-11-25")


def test_a_late_newest_balance_rates_on_the_books_day(book: Book) -> None:
    stated(book, "2026-04-10", {"C1": 250_000})
    counts = stated(book, "2026-03-20", {"C2": 60_000})
    assert counts.late == 1
    assert moves(book, "C2") == [("2026-04-10", None, "basic", "first_balance", False)]
    # Between its date and the book's day the balance is there, the tier is not.
    assert figures(book, "2026-03-20") == {"untiered": (1, 60_000)}


def test_a_late_older_balance_is_seen_by_undecided_month_ends_only(book: Book) -> None:
    stated(book, "2026-02-10", {"C1": 250_000})
    stated(book, "2026-02-11", {"C1": 100_000})
    stated(book, "2026-04-02", {"C1": 100_000, "C2": 5})
    assert moves(book, "C1")[-1][:3] == ("2026-04-01", "middle", "basic")
    stated(book, "2026-03-15", {"C1": 900_000})
    assert moves(book, "C1")[-1][:3] == ("2026-04-01", "middle", "basic")
    assert figures(book, "2026-03-20")["middle"] == (1, 900_000)


def test_a_late_older_balance_saves_the_tier_at_a_month_end_still_to_come(book: Book) -> None:
    stated(book, "2026-02-10", {"C1": 250_000})
    stated(book, "2026-02-11", {"C1": 100_000})
    stated(book, "2026-03-20", {"C1": 90_000, "C2": 5})
    stated(book, "2026-03-10", {"C1": 200_000})
    assert tier(book, "C1", "2026-04-01") == "middle"
    assert tier(book, "C1", "2026-05-01") == "basic"


def test_the_later_record_of_a_date_replaces_the_earlier_but_no_decided_tier(book: Book) -> None:
    stated(book, "2026-04-10", {"C1": 250_000})
    stated(book, "2026-04-10", {"C1": 2_000})
    assert figures(book, "2026-04-10") == {"middle": (1, 2_000)}
    assert tier(book, "C1", "2026-04-10") == "middle"


def test_a_deposit_counts_until_the_next_statement_replaces_it(book: Book) -> None:
    stated(book, "2026-04-10", {"C1": 190_000})
    deposit(book, "C1", 2_000_000, day("2026-04-10"))
    assert figures(book, "2026-04-10") == {"middle": (1, 210_000)}
    stated(book, "2026-04-11", {"C1": 190_000})
    assert figures(book, "2026-04-11") == {"middle": (1, 190_000)}


def test_a_deposit_after_the_books_day_is_provisional_until_the_day_comes(book: Book) -> None:
    stated(book, "2026-04-10", {"C1": 190_000})
    deposit(book, "C1", 2_000_000, day("2026-04-12"))
    assert tier(book, "C1", "2026-04-11") == "basic"
    assert tier(book, "C1", "2026-04-12") == "middle"
    assert moves(book, "C1")[-1][4]
    opened(book, "2026-04-12")
    assert not moves(book, "C1")[-1][4]


def test_a_book_without_a_day_answers_from_a_deposit(book: Book) -> None:
    deposit(book, "C1", 30_000_000, day("2026-11-20"))
    assert tier(book, "C1", "2026-11-24") == "middle"
    assert tier(book, "C1", "2026-11-19") is None


def test_a_report_that_changes_nothing_is_known_as_the_last_reported_date(book: Book) -> None:
    stated(book, "2026-04-10", {"C1": 250_000, "C2": 10})
    counts = stated(book, "2026-04-12", {"C1": 250_000, "C2": 11})
    assert (counts.changed, counts.unchanged) == (1, 1)
    with book.reading() as c:
        policy = policy_of(c)
        assert policy
        assert page(c, policy, book.calendar, day("2026-04-20"), "C1").aum_date == day("2026-04-12")


def test_an_unchanged_report_still_says_what_the_balance_was_when_an_earlier_one_comes_late(book: Book) -> None:
    stated(book, "2026-01-01", {"C1": 100})
    stated(book, "2026-01-10", {"C1": 100, "C2": 1})
    stated(book, "2026-01-05", {"C1": 120})
    assert figures(book, "2026-01-07")["untiered"] == (1, 120)
    assert figures(book, "2026-01-10")["untiered"] == (2, 101)


def test_why_shows_the_balances_behind_a_demotion(book: Book) -> None:
    stated_rows(book, [("C1", 250_000, "2026-04-10"), ("C1", 100_000, "2026-04-11"), ("C1", 120_000, "2026-05-20")])
    opened(book, "2026-06-10")
    with book.reading() as c:
        policy = policy_of(c)
        assert policy
        why = tier_why(c, policy, day("2026-06-10"), "C1")
    assert why.tier == "basic"
    assert why.last_move
    assert why.last_move.basis_fen == 12_000_000
    behind = [(b.date.isoformat(), b.aum_fen) for b in why.balances]
    assert behind == [("2026-04-11", 10_000_000), ("2026-05-20", 12_000_000)]


def test_lists_and_the_matrix_agree_with_the_summary(book: Book) -> None:
    stated(book, "2026-04-10", {"C1": 250_000, "C2": 60_000, "C3": 20})
    stated(book, "2026-04-20", {"C2": 220_000, "C3": 2_000})
    with book.reading() as c:
        policy = policy_of(c)
        assert policy
        total, members = tier_list(c, policy, book.calendar, day("2026-04-20"), "middle")
        assert (total, [m.customer_no for m in members]) == (2, ["C1", "C2"])
        cells, came = matrix(c, policy, book.calendar, day("2026-04-10"), day("2026-04-20"))
    assert {(m.from_tier, m.to_tier): m.customers for m in cells} == {
        ("middle", "middle"): 1, ("basic", "middle"): 1, (None, "mass"): 1,
    }  # fmt: skip
    assert came == 0


def test_the_read_model_equals_one_made_anew(book: Book) -> None:
    stated(book, "2026-04-10", {"C1": 250_000, "C2": 60_000})
    stated(book, "2026-04-11", {"C1": 100_000})
    deposit(book, "C2", -1_000_000, day("2026-04-12"))
    stated(book, "2026-07-03", {"C1": 100_000, "C2": 45_000})
    stated(book, "2026-05-15", {"C1": 300_000})
    assert check(book) == []
