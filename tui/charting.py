"""A chart of balances in cells: a filled column a cell, in eighths of a cell; the tiers' floors as dashed lines.

A balance is carried until the next. Columns are drawn in blocks, which every Chinese font has and some consoles draw
two cells wide: nothing stands to the right of a chart. An ASCII console gets one sign a cell.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from operator import itemgetter

import msgspec

from guanhu.domain.money import WAN

COLUMN, TOP, FLOOR, SPACE = "column", "top", "floor", ""
THROUGH, CROWNED = "through", "crowned"
Cell = tuple[str, str]
"""A character and what it belongs to.

`TOP`: a column's last cell; `THROUGH`: a floor's line in a column, `CROWNED`: in its last cell.
"""

EIGHTHS = " ▁▂▃▄▅▆▇█"
FULL = EIGHTHS[-1]
ABOVE = 4
"""A floor above the highest balance is drawn where it lies within a quarter (1/ABOVE) of it."""
APART = 4
"""Rows from one round amount of the axis to the next, at least."""
STRIDES = (1, 2, 3, 6, 12, 24, 60, 120)
"""Months from one label to the next."""


class Floor(msgspec.Struct, frozen=True):
    """The floor of a tier, in fen, with the tier's name."""

    fen: int
    name: str


class Span(msgspec.Struct, frozen=True):
    """What a chart shows: days as ordinals, both ends included; amounts in fen, multiples of the axis' `step`."""

    first: int
    last: int
    low: int
    high: int
    step: int


Steps = Sequence[tuple[int, int]]
"""(day ordinal, fen from that day on), in order."""

_day = itemgetter(0)


def value_on(steps: Steps, day: int) -> int | None:
    """The balance on a day."""
    at = bisect_right(steps, day, key=_day)
    return steps[at - 1][1] if at else None


def span_of(steps: Steps, floors: Sequence[Floor], first: int, last: int, height: int) -> Span:
    """What to show of the days from `first` to `last` on `height` rows: from zero, or from what lies below it."""
    shown = [fen for day, fen in steps if first <= day <= last]
    carried = value_on(steps, first)
    values = [*shown, carried] if carried is not None else shown
    high, low = max(values, default=0), min([0, *values])
    above = min((floor.fen for floor in floors if high < floor.fen <= high + high // ABOVE), default=high)
    step = _step(max(above, 0) - low, height)
    return Span(first, max(last, first + 1), low // step * step, max(-(-above // step), 1) * step, step)


def _step(reach: int, height: int) -> int:
    """The least round amount that needs no more than a label in `APART` rows; none is less than 1,000 yuan."""
    step = WAN // 10
    while step * max(1, height // APART) < reach:
        leading = int(str(step)[0])
        step = step // leading * {1: 2, 2: 5, 5: 10}[leading]
    return step


def row_of(span: Span, fen: int, height: int) -> int:
    """The row in which an amount of the span lies, 0 at the bottom."""
    return min(height - 1, (fen - span.low) * height // (span.high - span.low))


def labels(span: Span, floors: Sequence[Floor], height: int) -> dict[int, Floor]:
    """By row, 0 at the bottom, the amount that is told beside it: the floors drawn, and round ones without a name."""
    told = drawn(span, floors, height)
    for fen in range(span.low, span.high + 1, span.step):
        told.setdefault(row_of(span, fen, height), Floor(fen, ""))
    return told


def drawn(span: Span, floors: Sequence[Floor], height: int) -> dict[int, Floor]:
    """The floors that have a row of their own above the lowest; of several on one row the highest."""
    rows = {row_of(span, each.fen, height): each for each in floors if span.low < each.fen <= span.high}
    rows.pop(0, None)
    return rows


def day_at(span: Span, column: int, columns: int) -> int:
    """The day of a column."""
    return span.first + (span.last - span.first) * column // max(1, columns - 1)


def column_of(span: Span, day: int, columns: int) -> int:
    """The column of a day: the first one whose day is not before it."""
    return min(columns - 1, max(0, -(-(day - span.first) * (columns - 1) // (span.last - span.first))))


def plot(
    steps: Steps, floors: Sequence[Floor], span: Span, width: int, height: int, *, plain: bool
) -> list[list[Cell]]:
    """The chart as `height` rows of `width` cells, the highest first."""
    lines = drawn(span, floors, height)
    filled = [_filled(value_on(steps, day_at(span, x, width)), span, lines, height) for x in range(width)]
    return [
        [_cell(eighths - y * 8, lined=y in lines and x % 2 == 0, plain=plain) for x, eighths in enumerate(filled)]
        for y in range(height - 1, -1, -1)
    ]


def _filled(fen: int | None, span: Span, lines: dict[int, Floor], height: int) -> int:
    """How many eighths of a cell a column has; what is not nothing has one.

    A column passes through the line of each floor that it has reached, and touches none that it has not.
    """
    if fen is None:
        return 0
    eighths = max(int(fen > span.low), (fen - span.low) * height * 8 // (span.high - span.low))
    for row, floor in sorted(lines.items()):
        eighths = max(eighths, row * 8 + 8) if fen >= floor.fen else min(eighths, row * 8)
    return eighths


def _cell(eighths: int, *, lined: bool, plain: bool) -> Cell:
    """`eighths`: how many of the column lie in this cell and above it; below 1 it ends under it."""
    if lined:
        kind = FLOOR if eighths <= 0 else CROWNED if eighths <= 8 else THROUGH
        return ("=" if plain and eighths > 0 else "-"), kind
    if eighths <= 0:
        return " ", SPACE
    return ("#" if plain else EIGHTHS[min(8, eighths)]), COLUMN if eighths > 8 else TOP


def months(span: Span, width: int) -> list[tuple[int, str]]:
    """Where months begin and how they are called, as many as stand apart: with the year the first one and January."""
    for stride in STRIDES:
        found = list(_months(span, width, stride))
        if all(after - before > len(name) for (before, name), (after, _next) in pairwise(found)):
            return found
    return []


def _months(span: Span, width: int, stride: int) -> Iterator[tuple[int, str]]:
    begun = date.fromordinal(span.first)
    first = True
    for n in range(begun.year * 12 + begun.month - 1, date.fromordinal(span.last).year * 12 + 12):
        day = date(n // 12, n % 12 + 1, 1)
        if n % stride or not span.first <= day.toordinal() <= span.last:
            continue
        name = f"{day:%Y-%m}" if first or day.month == 1 else f"{day:%m}"
        if (column := column_of(span, day.toordinal(), width)) + len(name) <= width:
            first = False
            yield column, name
