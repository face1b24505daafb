"""The chart of balances: every day has its column, every amount its row, in braille and in plain signs."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from guanhu.tui.charting import FLOOR, LINE, Floor, Span, column_of, day_at, months, plot, row_of, span_of, value_on

FLOORS = (Floor(5_000_000, "5"), Floor(20_000_000, "20"), Floor(50_000_000, "50"))
FIRST = date(2026, 1, 1).toordinal()

balances = st.tuples(st.integers(0, 700), st.integers(-1_000_000, 90_000_000))
steps = st.lists(balances, min_size=1, max_size=30, unique_by=lambda each: each[0]).map(
    lambda found: sorted((FIRST + day, fen) for day, fen in found)
)


@given(steps, st.integers(8, 120), st.integers(2, 40), st.booleans())
def test_a_chart_fills_its_cells_and_holds_every_balance(
    found: list[tuple[int, int]], width: int, height: int, plain: bool
) -> None:
    span = span_of(found, FLOORS, found[0][0], found[-1][0])
    cells = plot(found, FLOORS, span, width, height, plain=plain)
    assert [len(row) for row in cells] == [width] * height
    for _day, fen in found:
        assert span.low <= fen <= span.high
        assert 0 <= row_of(span, fen, height) < height
    # The line is never broken: from the first balance on each column of cells has some of it.
    assert all(any(row[x][1] == LINE for row in cells) for x in range(width))


@given(st.integers(0, 800), st.integers(1, 800), st.integers(2, 200))
def test_a_column_is_the_first_whose_day_is_not_before_the_one_looked_for(gone: int, length: int, columns: int) -> None:
    span = Span(FIRST, FIRST + length, 0, 1)
    day = FIRST + min(gone, length)
    at = column_of(span, day, columns)
    assert day_at(span, at, columns) >= day or at == columns - 1
    assert at == 0 or day_at(span, at - 1, columns) < day


def test_a_floor_just_above_the_balances_is_drawn_and_one_far_above_is_not() -> None:
    found = [(FIRST, 17_000_000), (FIRST + 30, 19_000_000)]
    span = span_of(found, FLOORS, FIRST, FIRST + 60)
    assert 0 < span.low < 17_000_000, "balances that lie close together are not drawn from zero"
    assert 20_000_000 <= span.high < 50_000_000
    cells = plot(found, FLOORS, span, 40, 10, plain=False)
    assert any(kind == FLOOR for row in cells for _sign, kind in row)
    far = span_of([(FIRST, 1_000_000), (FIRST + 30, 9_000_000)], FLOORS, FIRST, FIRST + 60)
    assert far.high < 20_000_000


def test_the_balance_is_carried_until_the_next_one() -> None:
    found = [(FIRST, 100), (FIRST + 10, 300)]
    assert [value_on(found, FIRST + n) for n in (-1, 0, 9, 10, 99)] == [None, 100, 100, 300, 300]


def test_the_months_below_never_run_into_each_other() -> None:
    for days in (20, 92, 365, 3_000):
        labels = months(Span(FIRST, FIRST + days, 0, 1), 60)
        assert all(first.day == 1 for _column, first in labels)
        assert all(after - before >= 9 for (before, _), (after, _) in pairwise(labels))
