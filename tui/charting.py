"""A chart of balances in cells: braille dots, two by four a cell, the tiers' floors as dotted lines behind.

A balance is carried until the next, so the line is made of steps. Braille is one cell wide in every console; an ASCII
console gets one sign a cell.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from operator import itemgetter

import msgspec

LINE, FLOOR, SPACE = "line", "floor", ""
Cell = tuple[str, str]
"""A character and what it belongs to."""

_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bits of a braille character by row and column."""
ABOVE = 4
"""A floor above the highest balance is drawn where it lies within a quarter (1/ABOVE) of the span above it."""


class Floor(msgspec.Struct, frozen=True):
    """The floor of a tier, in fen, with the tier's name."""

    fen: int
    name: str


class Span(msgspec.Struct, frozen=True):
    """What a chart shows: days as ordinals, amounts in fen, both ends included."""

    first: int
    last: int
    low: int
    high: int


Steps = Sequence[tuple[int, int]]
"""(day ordinal, fen from that day on), in order."""

_day = itemgetter(0)


def value_on(steps: Steps, day: int) -> int | None:
    """The balance on a day."""
    at = bisect_right(steps, day, key=_day)
    return steps[at - 1][1] if at else None


def span_of(steps: Steps, floors: Sequence[Floor], first: int, last: int) -> Span:
    """What to show of the days from `first` to `last`, with the next floor above where it is near."""
    shown = [fen for day, fen in steps if first <= day <= last]
    carried = value_on(steps, first)
    values = [*shown, carried] if carried is not None else shown
    high, low = max(values, default=0), min(values, default=0)
    # A change of less than a tenth is drawn as the small change that it is.
    spread = max(high - low, abs(high) // 10)
    # From zero, unless all balances lie so close together that they would be a flat line at the top.
    low = min(low, 0) if low < spread * 2 else low - spread
    reach = high + max(1, (high - low) // ABOVE)
    above = min((floor.fen for floor in floors if high < floor.fen <= reach), default=high)
    return Span(first, max(last, first + 1), low, max(above + (high - low) // 20, low + 1))


def row_of(span: Span, fen: int, rows: int) -> int:
    """The row of an amount, 0 at the top."""
    return (span.high - fen) * (rows - 1) // (span.high - span.low)


def day_at(span: Span, column: int, columns: int) -> int:
    """The day of a column."""
    return span.first + (span.last - span.first) * column // max(1, columns - 1)


def column_of(span: Span, day: int, columns: int) -> int:
    """The column of a day: the first one whose day is not before it."""
    return min(columns - 1, max(0, -(-(day - span.first) * (columns - 1) // (span.last - span.first))))


def plot(
    steps: Steps, floors: Sequence[Floor], span: Span, width: int, height: int, *, plain: bool
) -> list[list[Cell]]:
    """The chart as `height` rows of `width` cells."""
    across, down = (1, 1) if plain else (2, 4)
    columns, rows = width * across, height * down
    line = list(_line(steps, span, columns, rows))
    behind = {row_of(span, floor.fen, rows) for floor in floors if span.low <= floor.fen <= span.high}
    cells = []
    for y in range(height):
        cells.append([_cell(line, behind, x * across, y * down, plain=plain) for x in range(width)])
    return cells


def _line(steps: Steps, span: Span, columns: int, rows: int) -> Iterator[tuple[int, int] | None]:
    """By column, the first and last row that the line covers; None before the first balance."""
    before: int | None = None
    for column in range(columns):
        value = value_on(steps, day_at(span, column, columns))
        if value is None:
            yield None
            continue
        row = row_of(span, value, rows)
        from_ = row if before is None else before
        yield min(row, from_), max(row, from_)
        before = row


def _cell(line: Sequence[tuple[int, int] | None], behind: set[int], left: int, top: int, *, plain: bool) -> Cell:
    if plain:
        covered = line[left]
        if covered is not None and covered[0] <= top <= covered[1]:
            return "*", LINE
        return ("-", FLOOR) if top in behind else (" ", SPACE)
    bits = dotted = 0
    for row, pair in enumerate(_BITS):
        for column, bit in enumerate(pair):
            covered = line[left + column]
            if covered is not None and covered[0] <= top + row <= covered[1]:
                bits |= bit
        if top + row in behind and not (left // 2) % 2:
            dotted |= pair[0]
    if bits:
        return chr(0x2800 + (bits | dotted)), LINE
    return (chr(0x2800 + dotted), FLOOR) if dotted else (" ", SPACE)


def months(span: Span, width: int) -> list[tuple[int, date]]:
    """Where months begin, as (column, first of the month), so far apart that labels of 7 cells fit."""
    found: list[tuple[int, date]] = []
    day = date.fromordinal(span.first)
    for _ in range((span.last - span.first) // 28 + 2):
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        if day.toordinal() > span.last:
            break
        column = column_of(span, day.toordinal(), width)
        if (not found or column - found[-1][0] >= 9) and column + 7 <= width:
            found.append((column, day))
    return found
