"""A share over months as columns: blocks in eighths of a cell, plain signs in an ASCII console; nothing to the right.

Above a column stands its share where there is room. A month of nothing has a 0, one without cases the sign for that.
"""

from collections.abc import Iterator, Sequence

from guanhu.tui.cells import fit
from guanhu.tui.charting import EIGHTHS

AXIS = 5
"""Cells of the labels at the left."""
ROOMY = 4
"""Cells from column to column from which on the shares stand above them."""
NONE = "-"
"""Stands in a month without cases: the figures' own sign for that."""
BLOCKS = frozenset(f"{EIGHTHS[1:]}#")
"""What columns are drawn with."""
_TOPS = (50, 100, 200, 500, 1000)
"""Where the axis can end, in thousandths."""


def top_of(values: Sequence[int | None]) -> int:
    """Where the axis ends: the least of the round shares that holds all values; the whole where all are nothing."""
    highest = max((value for value in values if value is not None), default=0)
    return next((top for top in _TOPS if 0 < highest <= top), _TOPS[-1])


def columns(
    values: Sequence[int | None], labels: Sequence[str], width: int, height: int, *, plain: bool = False
) -> list[str]:
    """Lines of at most `width` cells: `height` of columns, one of labels (of two cells); values are thousandths."""
    step = max(2, min(6, (width - AXIS) // max(1, len(values))))
    top = top_of(values)
    rows = [list(_column(value, top, height, step, plain=plain)) for value in values]
    filled = _rows(height, step)
    axis = {filled: f"{top // 10}%", 1: "0%"}
    if filled >= 8 and filled % 2 == 0:
        axis[filled // 2] = f"{top // 20}%" if top % 20 == 0 else f"{top // 20}.5%"
    lines = [
        fit(axis.get(row, ""), AXIS - 1, "right") + " " + "".join(column[row - 1] for column in rows)
        for row in range(height, 0, -1)
    ]
    lines.append(" " * AXIS + "".join(fit(label, step) for label in labels))
    return [fit(line, width).rstrip() for line in lines]


def _rows(height: int, step: int) -> int:
    """Rows that a column of the whole fills: the highest is left to the share above it where shares stand."""
    return height - 1 if step >= ROOMY and height > 1 else height


def _told(value: int | None, step: int) -> str:
    """What stands above a column: its share in whole percents where there is room, nothing as 0, no cases."""
    if not value:
        return NONE if value is None else "0"
    return (str((value + 5) // 10) if value >= 5 else "<1") if step >= ROOMY else ""


def _column(value: int | None, top: int, height: int, step: int, *, plain: bool) -> Iterator[str]:
    """The cells of one column, the lowest first."""
    fine = 1 if plain else 8
    filled = -(-min(value, top) * _rows(height, step) * fine // top) if value else 0  # what is not nothing is seen
    above, told = -(-filled // fine), _told(value, step)
    for row in range(height):
        here = max(0, min(fine, filled - row * fine))
        if here:
            yield fit(("#" if plain else EIGHTHS[here]) * (step - 1), step)
        else:
            yield fit(told if row == above else "", step)
