"""The chart of balances: every day has its column, every amount its height, in blocks and in plain signs."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from guanhu.tui.charting import (
    APART,
    COLUMN,
    CROWNED,
    EIGHTHS,
    FLOOR,
    SPACE,
    THROUGH,
    TOP,
    Floor,
    Span,
    column_of,
    day_at,
    drawn,
    labels,
    months,
    plot,
    row_of,
    span_of,
    value_on,
)

FLOORS = (Floor(5_000_000, "5"), Floor(20_000_000, "20"), Floor(50_000_000, "50"))
IN_COLUMN = (COLUMN, TOP, THROUGH, CROWNED)
FIRST = date(2026, 1, 1).toordinal()

balances = st.tuples(st.integers(0, 700), st.integers(-1_000_000, 90_000_000))
steps = st.lists(balances, min_size=1, max_size=30, unique_by=lambda each: each[0]).map(
    lambda found: sorted((FIRST + day, fen) for day, fen in found)
)


@given(steps, st.integers(8, 120), st.integers(2, 40), st.booleans())
def test_a_chart_fills_its_cells_and_holds_every_balance(
    found: list[tuple[int, int]], width: int, height: int, plain: bool
) -> None:
    span = span_of(found, FLOORS, found[0][0], found[-1][0], height)
    cells = plot(found, FLOORS, span, width, height, plain=plain)
    assert [len(row) for row in cells] == [width] * height
    assert all(sign.isascii() or (not plain and sign in EIGHTHS) for row in cells for sign, _kind in row)
    assert span.low <= 0 < span.high
    for _day, fen in found:
        assert span.low <= fen <= span.high
        assert 0 <= row_of(span, fen, height) < height
    # A column stands on the ground, whole up to its last cell.
    for x in range(width):
        kinds = [row[x][1] for row in reversed(cells)]
        filled = [kind in IN_COLUMN for kind in kinds]
        assert filled == sorted(filled, reverse=True)


@given(steps, st.integers(8, 80), st.integers(3, 40))
def test_a_column_passes_through_the_floors_that_it_has_reached_and_touches_no_other(
    found: list[tuple[int, int]], width: int, height: int
) -> None:
    span = span_of(found, FLOORS, found[0][0], found[-1][0], height)
    cells = plot(found, FLOORS, span, width, height, plain=False)
    for row, floor in drawn(span, FLOORS, height).items():
        for x, (_sign, kind) in enumerate(cells[height - 1 - row]):
            fen = value_on(found, day_at(span, x, width))
            assert (kind in IN_COLUMN) == (fen is not None and fen >= floor.fen)
            assert x % 2 or kind in (THROUGH, CROWNED, FLOOR)


@given(steps, st.integers(8, 80), st.integers(2, 40))
def test_more_is_never_drawn_lower(found: list[tuple[int, int]], width: int, height: int) -> None:
    span = span_of(found, FLOORS, found[0][0], found[-1][0], height)
    cells = plot(found, FLOORS, span, width, height, plain=False)

    def filled(x: int) -> int:
        kinds = [row[x] for row in cells]
        lined = sum(8 * (kind in (THROUGH, CROWNED)) for _sign, kind in kinds)
        return lined + sum(EIGHTHS.index(sign) for sign, kind in kinds if kind in (COLUMN, TOP))

    heights = sorted((value_on(found, day_at(span, x, width)) or 0, filled(x)) for x in range(0, width, 2))
    assert [height for _fen, height in heights] == sorted(height for _fen, height in heights)


@given(st.integers(0, 800), st.integers(1, 800), st.integers(2, 200))
def test_a_column_is_the_first_whose_day_is_not_before_the_one_looked_for(gone: int, length: int, columns: int) -> None:
    span = Span(FIRST, FIRST + length, 0, 1, 1)
    day = FIRST + min(gone, length)
    at = column_of(span, day, columns)
    assert day_at(span, at, columns) >= day or at == columns - 1
    assert at == 0 or day_at(span, at - 1, columns) < day


def test_a_floor_just_above_the_balances_is_drawn_and_one_far_above_is_not() -> None:
    found = [(FIRST, 17_000_000), (FIRST + 30, 19_000_000)]
    span = span_of(found, FLOORS, FIRST, FIRST + 60, 10)
    assert 20_000_000 <= span.high < 50_000_000
    cells = plot(found, FLOORS, span, 40, 10, plain=False)
    assert any(kind == FLOOR for row in cells for _sign, kind in row)
    far = span_of([(FIRST, 1_000_000), (FIRST + 30, 9_000_000)], FLOORS, FIRST, FIRST + 60, 10)
    assert far.high < 20_000_000


@given(steps, st.integers(2, 60))
def test_the_axis_tells_round_amounts_and_every_floor_that_is_drawn(found: list[tuple[int, int]], height: int) -> None:
    span = span_of(found, FLOORS, found[0][0], found[-1][0], height)
    told = labels(span, FLOORS, height)
    assert int(str(span.step).rstrip("0")) in (1, 2, 5)
    assert (span.high - span.low) // span.step <= max(1, height // APART) + 1
    assert span.low % span.step == span.high % span.step == 0
    for row, floor in drawn(span, FLOORS, height).items():
        assert told[row] == floor
    assert {0, height - 1} <= set(told)


def test_the_balance_is_carried_until_the_next_one() -> None:
    found = [(FIRST, 100), (FIRST + 10, 300)]
    assert [value_on(found, FIRST + n) for n in (-1, 0, 9, 10, 99)] == [None, 100, 100, 300, 300]


def test_before_the_first_balance_there_is_no_column() -> None:
    found = [(FIRST + 50, 9_000_000)]
    cells = plot(found, (), span_of(found, (), FIRST, FIRST + 100, 4), 11, 4, plain=False)
    assert [kind == SPACE for _sign, kind in cells[-1]] == [True] * 5 + [False] * 6


def test_the_months_below_never_run_into_each_other_and_every_year_is_told() -> None:
    for days in (20, 92, 365, 700, 3_000):
        for width in (30, 60, 150):
            told = months(Span(FIRST, FIRST + days, 0, 1, 1), width)
            assert all(after - before > len(name) for (before, name), (after, _next) in pairwise(told))
            assert all(column + len(name) <= width for column, name in told)
            assert not told or "-" in told[0][1]
    year = months(Span(FIRST, FIRST + 364, 0, 1, 1), 60)
    assert [name for _column, name in year] == ["2026-01", "03", "05", "07", "09", "11"]
