"""A trend in columns: as high as its share, nothing told apart from out of nothing, never wider than its room."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from guanhu.tui.figure_chart import AXIS, BLOCKS, NONE, columns, top_of

VALUES = st.lists(st.one_of(st.none(), st.integers(0, 1000)), min_size=1, max_size=12)


def test_columns_stand_on_their_months() -> None:
    assert columns([0, 500, 1000, None], ["01", "02", "03", "04"], 21, 3, plain=True) == [
        "             100",
        "100%     50  ###",
        "  0% 0   ### ### -",
        "     01  02  03  04",
    ]


def test_a_column_is_drawn_in_eighths_of_a_cell() -> None:
    assert columns([125, 500, 1000], ["01", "02", "03"], 14, 1) == ["  0% ▁▁ ▄▄ ██", "     01 02 03"]


def test_the_axis_ends_at_the_least_round_share_above_and_at_the_whole_where_all_is_nothing() -> None:
    assert [top_of([value]) for value in (0, 50, 51, 200, 201, 1000, None)] == [1000, 50, 100, 200, 500, 1000, 1000]


@given(VALUES, st.integers(31, 80), st.integers(2, 14), st.booleans())
def test_no_line_is_wider_than_its_room_and_more_is_never_lower(
    values: list[int | None], width: int, height: int, plain: bool
) -> None:
    lines = columns(values, [f"{n + 1:02}" for n in range(len(values))], width, height, plain=plain)
    assert len(lines) == height + 1
    assert all(cell_len(line) <= width for line in lines)
    step = max(2, min(6, (width - AXIS) // len(values)))
    heights = []
    for n, value in enumerate(values):
        column = [line.ljust(width)[AXIS + n * step] for line in lines[:height]]
        heights.append((-1 if value is None else value, sum(sign in BLOCKS for sign in column)))
        assert (column[-1] == NONE) == (value is None)
        assert (column[-1] == "0") == (value == 0)
    ordered = sorted(heights)
    assert [height for _value, height in ordered] == sorted(height for _value, height in heights)
    assert all(bool(value > 0) == bool(drawn) for value, drawn in heights)
