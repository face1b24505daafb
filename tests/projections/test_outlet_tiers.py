"""Tiers of an outlet add up to those of the branch, on any date, and so do the moves between two dates."""

from collections import Counter
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guanhu.domain.customer import PersonalData
from guanhu.projections.outlet_tiers import outlet_moves, outlet_summary
from guanhu.projections.policy import policy_of
from guanhu.projections.tiers import matrix, summary
from guanhu.store.book import Book
from guanhu.store.outlets import open_outlet
from guanhu.store.registering import register_many
from guanhu.tests.books import a_book, day, opened, stated, with_customers

HERE, THERE = ("A1", "A2", "A3"), ("B1", "B2")
days = st.dates(date(2026, 1, 1), date(2026, 6, 30))
balances = st.tuples(
    st.sampled_from((*HERE, *THERE)), days, st.sampled_from([0, 900, 1_000, 60_000, 210_000, 600_000, 3_500_000])
)


def two_outlets(folder: Path) -> Book:
    """A1 to A3 are customers of outlet 01, B1 and B2 of outlet 02."""
    book = with_customers(a_book(folder), *HERE)
    open_outlet(book, "02", "滨河支行", date.min)
    with book.writing() as w:
        register_many(w, "registration", [(no, "02", PersonalData(f"客户{no}", {})) for no in THERE], book.today)
    return book


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(balances, min_size=1, max_size=16), days, days)
def test_two_outlets_add_up_to_the_branch(reported: list[tuple[str, date, int]], one: date, other: date) -> None:
    first, last = sorted((one, other))
    with TemporaryDirectory() as folder:
        book = two_outlets(Path(folder))
        for no, on, yuan in reported:
            stated(book, on.isoformat(), {no: yuan})
        with book.reading() as cursor:
            policy = policy_of(cursor)
            assert policy
            for on in (first, last):
                scheme = policy.on(on)
                parts = [outlet_summary(cursor, outlet, on, scheme) for outlet in ("01", "02")]
                tiers, untiered = summary(cursor, on, scheme)
                for n, figure in enumerate([*tiers, untiered]):
                    of = [[*part[0], part[1]][n] for part in parts]
                    assert sum(each.customers for each in of) == figure.customers
                    assert sum(each.aum_fen for each in of) == figure.aum_fen
            moves = [outlet_moves(cursor, policy, book.calendar, outlet, first, last) for outlet in ("01", "02")]
            cells: Counter[tuple[str | None, str | None]] = Counter()
            for each in moves:
                cells.update({(cell.from_tier, cell.to_tier): cell.customers for cell in each.cells})
            whole, came = matrix(cursor, policy, book.calendar, first, last)
            assert cells == {(cell.from_tier, cell.to_tier): cell.customers for cell in whole}
            assert sum(each.came for each in moves) == came
            for each in moves:
                for cell in each.cells:
                    if cell.from_tier != cell.to_tier:
                        assert len(each.between(cell.from_tier, cell.to_tier)) == cell.customers
                # Who came and is in no tier made no move.
                assert sum(mover.came for mover in each.movers) <= each.came
        book.close()


def test_a_cell_opens_to_the_customers_who_moved(tmp_path: Path) -> None:
    book = two_outlets(tmp_path)
    stated(book, "2026-01-05", {"A1": 60_000, "A2": 60_000, "B1": 60_000})
    stated(book, "2026-02-05", {"A1": 250_000, "A3": 700_000, "B1": 300_000})
    opened(book, "2026-02-10")
    with book.reading() as cursor:
        policy = policy_of(cursor)
        assert policy
        moves = outlet_moves(cursor, policy, book.calendar, "01", day("2026-01-31"), day("2026-02-10"))
    (up,) = moves.between("basic", "middle")
    assert (up.customer_no, up.from_fen, up.to_fen, moves.rose(up)) == ("A1", 6_000_000, 25_000_000, True)
    assert [mover.customer_no for mover in moves.movers if mover.came] == ["A3"]
