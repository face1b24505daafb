"""A line of balances in a few cells."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from guanhu.tui.widgets.spark import daily, heights, spark

values = st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=80)


@given(values, st.integers(1, 60), st.booleans())
def test_a_line_is_as_wide_as_asked_in_every_console(numbers: list[int], width: int, plain: bool) -> None:
    drawn = spark(numbers, width, plain=plain)
    assert cell_len(drawn) == len(drawn) == width
    assert all(sign.isascii() if plain else sign in "▁▂▃▄▅▆▇█" for sign in drawn)


@given(values, st.integers(1, 60), st.integers(2, 9))
def test_the_smallest_value_is_at_the_bottom_and_the_largest_at_the_top(
    numbers: list[int], count: int, levels: int
) -> None:
    found = heights(numbers, count, levels)
    assert len(found) == count
    assert min(found) == 0 or len(set(found)) == 1
    assert max(found) < levels
    assert (max(found) == levels - 1) or len(set(found)) == 1


def test_a_line_without_values_is_empty() -> None:
    assert spark([], 10) == ""


def test_balances_are_carried_from_their_day_on() -> None:
    assert daily([(10, 100), (15, 300)], 8, 17, 10) == [100, 100, 100, 100, 100, 300, 300, 300]
    assert daily([], 8, 17, 10) == []
