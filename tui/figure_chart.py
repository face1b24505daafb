"""A share over months as columns: braille dots, four to a row; plain signs in an ASCII console.

A month out of nothing has no column, which is not the same as one of nothing.
"""

from collections.abc import Iterator, Sequence

from guanhu.tui.cells import fit

AXIS = 5
"""Cells of the labels at the left."""
_TOPS = (50, 100, 200, 500, 1000)
"""Where the axis can end, in thousandths."""
_DOTS = (0x2800, 0x28C0, 0x28E4, 0x28F6, 0x28FF)
"""A cell filled from below, from no row of dots to all four."""


def top_of(values: Sequence[int | None]) -> int:
    """Where the axis ends: the least of the round shares that holds all values."""
    highest = max((value for value in values if value is not None), default=0)
    return next((top for top in _TOPS if highest <= top), _TOPS[-1])


def columns(
    values: Sequence[int | None], labels: Sequence[str], width: int, height: int, *, plain: bool = False
) -> list[str]:
    """Lines of at most `width` cells: `height` of columns, one of labels (of two cells); values are thousandths."""
    step = max(2, min(4, (width - AXIS) // max(1, len(values))))
    top = top_of(values)
    lines = []
    for row in range(height, 0, -1):
        axis = f"{top // 10}%" if row == height else "0%" if row == 1 else ""
        lines.append(fit(axis, AXIS - 1, "right") + " " + "".join(_cells(values, row, height, top, step, plain=plain)))
    named = "".join(fit(label, step) for label in labels)
    lines.append(" " * AXIS + named)
    return [fit(line, width).rstrip() for line in lines]


def _cells(
    values: Sequence[int | None], row: int, height: int, top: int, step: int, *, plain: bool
) -> Iterator[str]:
    """One row of each column; `row` 1 is the lowest."""
    fine = 1 if plain else 4
    wide = max(1, step - 1)
    for value in values:
        if value is None:
            yield fit("." * (row == 1), step)
            continue
        # What is not nothing is seen.
        dots = max(-(-min(value, top) * height * fine // top), 0)
        here = max(0, min(fine, dots - (row - 1) * fine))
        if plain:
            sign = "#" if here else "_" if row == 1 else " "
        else:
            sign = chr(_DOTS[here]) if here else "_" if row == 1 else " "
        yield fit(sign * wide, step)
