"""The columns of a list: what each draws of a row, how wide it is, which give way when the screen is narrow."""

from collections.abc import Callable, Sequence
from typing import Any, Literal, TypeAlias

import msgspec
from rich.text import Text

Cell: TypeAlias = str | tuple[str, str] | Text
"""What a column draws: a text, a text with a style's name (`LongList.STYLES`), or rich text."""


class Column(msgspec.Struct, frozen=True):
    """One column. Widths are in cells: at least `width`, up to `widest` where there is room, shared by `flex`.

    `priority` 0 stays on any screen; of the others the highest gives way first. `title` is in the language in force.
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


class Placed(msgspec.Struct, frozen=True):
    """A column where it stands on a line."""

    column: Column
    start: int
    width: int


def place(columns: Sequence[Column], room: int, first: int = 0) -> tuple[Placed, ...]:
    """The columns that fit in `room` cells, from `first` on, each with its width."""
    shown = list(columns)
    while _least(shown, 1) > room and (going := _next_to_go(shown)) is not None:
        shown.remove(going)
    gap = 2 if _least(shown, 2) <= room else 1
    widths = _grown(shown, room - _least(shown, gap))
    placed = []
    start = first
    for column, width in zip(shown, widths, strict=True):
        placed.append(Placed(column, start, max(0, min(width, first + room - start))))
        start += width + gap
    return tuple(each for each in placed if each.width)


def _least(columns: Sequence[Column], gap: int) -> int:
    return sum(column.width for column in columns) + gap * max(0, len(columns) - 1)


def _next_to_go(columns: Sequence[Column]) -> Column | None:
    """The column that gives way first: the highest priority, of equals the rightmost."""
    found: Column | None = None
    for column in columns:
        if column.priority and (found is None or column.priority >= found.priority):
            found = column
    return found


def _grown(columns: Sequence[Column], spare: int) -> list[int]:
    """Widths with the spare cells given out by `flex`, none wider than its `widest` (0: as wide as it may)."""
    widths = [column.width for column in columns]
    growing = [n for n, column in enumerate(columns) if column.flex]
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
