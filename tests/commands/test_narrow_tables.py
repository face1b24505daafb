"""Tables on narrow terminals: nothing that has to be whole is cut, and what has no room is left out and named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from guanhu.commands.output import GAP, Column, fitted, natural_widths, table_lines

COLUMNS = [
    Column("due", "due"),
    Column("duty", "duty", least=8),
    Column("number", "number"),
    Column("tier", "tier", spare=2),
    Column("aum_fen", "AUM", "fen", spare=1),
    Column("note", "note", least=8),
]
CELLS = [
    ["2026-11-01", "资金异动跟进", "20019215", "50-300万", "2,378,359.37", "客户在柜台存入一笔，余额接近20万"],
    ["2026-11-13", "防降级", "20008305", "5-20万", "407,084.23", ""],
]


def lines(room: int) -> list[str]:
    widths = fitted(COLUMNS, natural_widths(COLUMNS, CELLS), CELLS, room)
    return table_lines(COLUMNS, CELLS, widths)


def test_a_table_that_has_room_is_whole() -> None:
    assert lines(200) == table_lines(COLUMNS, CELLS, natural_widths(COLUMNS, CELLS))


@pytest.mark.parametrize("room", [48, 60, 80, 100])
def test_a_table_keeps_to_its_room(room: int) -> None:
    assert all(cell_len(line) <= room for line in lines(room))


@given(room=st.integers(20, 140))
def test_dates_and_numbers_are_never_cut(room: int) -> None:
    for row, line in zip(CELLS, lines(room)[1:], strict=True):
        assert row[0] in line
        assert row[2] in line
        assert row[4] in line or "," not in line


def test_texts_end_in_an_ellipsis_before_a_column_is_left_out() -> None:
    assert "…" in lines(85)[1]
    assert "50-300万" in lines(85)[1]


def test_the_most_spare_column_goes_first() -> None:
    assert "tier" not in lines(62)[0]
    assert "AUM" in lines(62)[0]
    assert "AUM" not in lines(48)[0]


def test_a_column_without_a_value_goes_before_anything_is_cut() -> None:
    empty = [[*row[:3], "", *row[4:]] for row in CELLS]
    natural = natural_widths(COLUMNS, empty)
    room = sum(natural) + GAP * (len(natural) - 1) - 1
    widths = fitted(COLUMNS, natural, empty, room)
    assert widths[3] == 0
    assert [width for n, width in enumerate(widths) if n != 3] == [width for n, width in enumerate(natural) if n != 3]
