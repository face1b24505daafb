"""The columns of a list: what each draws of a row, how wide it is, which give way when the screen is narrow."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Literal, TypeAlias

import msgspec
from rich.cells import cell_len
from rich.text import Text

from guanhu.domain.text import visible

Cell: TypeAlias = str | tuple[str, str] | Text
"""What a column draws: a text, a text with a style's name (`LongList.STYLES`), or rich text."""


SPARED = 3
"""A column of this priority or a higher one gives way before any other is cut, as does one with nothing in it."""


class Column(msgspec.Struct, frozen=True):
    """One column. Widths are in cells: at least `width`, up to `widest` where there is room, shared by `flex`.

    `priority` 0 stays on any screen; of the others the highest gives way first, those of `SPARED` and above before what
    is known of the rows is cut. `title` is in the language in force. `short` says it in so many cells where what
    `cell` draws would be cut, in the same style.
    """

    id: str
    title: str
    cell: Callable[[Any], Cell]
    width: int
    widest: int = 0
    flex: int = 0
    align: Literal["left", "right", "center"] = "left"
    priority: int = 0
    sortable: bool = False
    short: Callable[[Any, int], str] | None = None


class Placed(msgspec.Struct, frozen=True):
    """A column where it stands on a line."""

    column: Column
    start: int
    width: int


def needs(columns: Sequence[Column], items: Iterable[Any]) -> dict[str, int]:
    """By the columns' ids the cells that titles and what is drawn of these items take; 0 where nothing is drawn."""
    widest = dict.fromkeys((column.id for column in columns), 0)
    for item in items:
        for column in columns:
            cell = column.cell(item)
            text = cell if isinstance(cell, str) else cell.plain if isinstance(cell, Text) else cell[0]
            widest[column.id] = max(widest[column.id], cell_len(visible(text)))
    return {column.id: max(cells, _title(column)) if (cells := widest[column.id]) else 0 for column in columns}


def _title(column: Column) -> int:
    """Cells of the title, with the sign of the order where rows can be ordered by it."""
    return cell_len(column.title) + column.sortable


def place(
    columns: Sequence[Column], room: int, first: int = 0, needed: Mapping[str, int] | None = None
) -> tuple[Placed, ...]:
    """The columns that fit in `room` cells, from `first` on, each with its width.

    `needed` (see `needs`): a column takes no more than this at first, and comes to it before any other is made wider;
    one with nothing in it gives way before another is cut.
    """
    wanted = [needed[each.id] or _title(each) if needed else each.width for each in columns]
    least = [max(1, min(each.width, cells)) for each, cells in zip(columns, wanted, strict=True)]
    shown = list(range(len(columns)))
    while _least(columns, least, shown, 1) > room and (going := _next_to_go(columns, shown)) is not None:
        shown.remove(going)
    for going in _spared(columns, shown, needed) if needed else ():
        if _least(columns, wanted, shown, 1) > room and len(shown) > 1:
            shown.remove(going)
    gap = 2 if _least(columns, wanted, shown, 2) <= room else 1
    spare = room - _least(columns, least, shown, gap)
    widths = [least[n] for n in shown]
    if needed:
        spare -= _fill(widths, [wanted[n] for n in shown], spare)
    kept = [columns[n] for n in shown]
    placed = []
    start = first
    for column, width, between in zip(kept, _grown(kept, widths, spare), _gaps(kept, gap), strict=True):
        placed.append(Placed(column, start, max(0, min(width, first + room - start))))
        start += width + between
    return tuple(each for each in placed if each.width)


def _least(columns: Sequence[Column], widths: Sequence[int], shown: Sequence[int], gap: int) -> int:
    """Cells that the columns shown take with these widths of all."""
    return sum(widths[n] for n in shown) + sum(_gaps([columns[n] for n in shown], gap))


def _gaps(columns: Sequence[Column], gap: int) -> list[int]:
    """Cells after each column: figures never touch the text behind them; none after the last."""
    gaps = [2 if one.align == "right" and other.align != "right" else gap for one, other in pairwise(columns)]
    return [*gaps, 0] if columns else []


def _next_to_go(columns: Sequence[Column], shown: Sequence[int]) -> int | None:
    """The column that gives way first: the highest priority, of equals the rightmost."""
    going = [n for n in shown if columns[n].priority]
    return max(going, key=lambda n: (columns[n].priority, n), default=None)


def _spared(columns: Sequence[Column], shown: Sequence[int], needed: Mapping[str, int]) -> list[int]:
    """The columns that give way before any is cut: those with nothing in them, then those of `SPARED` and above."""
    empty = [n for n in reversed(shown) if not needed[columns[n].id]]
    spared = [n for n in shown if n not in empty and columns[n].priority >= SPARED]
    return [*empty, *sorted(spared, key=lambda n: (columns[n].priority, n), reverse=True)]


def _fill(widths: list[int], needed: Sequence[int], spare: int) -> int:
    """Give spare cells to the widths that need more, those first that need fewest; how many went."""
    given = 0
    for n in sorted(range(len(widths)), key=lambda n: needed[n] - widths[n]):
        more = max(0, min(needed[n] - widths[n], spare - given))
        widths[n] += more
        given += more
    return given


def _grown(columns: Sequence[Column], widths: list[int], spare: int) -> list[int]:
    """Widths with the spare cells given out by `flex`, none wider than its `widest` (0: as wide as it may)."""
    growing = [n for n, each in enumerate(columns) if each.flex and (not each.widest or widths[n] < each.widest)]
    while spare > 0 and growing:
        shares = sum(columns[n].flex for n in growing)
        given = 0
        for n in list(growing):
            column = columns[n]
            wanted = max(1, spare * column.flex // shares)
            room = column.widest - widths[n] if column.widest else wanted
            more = max(0, min(wanted, room, spare - given))
            widths[n] += more
            given += more
            if column.widest and widths[n] >= column.widest:
                growing.remove(n)
        if not given:
            break
        spare -= given
    return widths
