"""Text in a grid of cells: cut and filled by what a terminal draws, never by characters."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from rich.cells import cell_len, set_cell_size

from guanhu.domain.money import format_wan
from guanhu.domain.text import visible
from guanhu.language import _

CUT = ".."
"""Ends a text that was cut; the usual sign for it is of ambiguous width."""


def fit(text: str, width: int, align: str = "left") -> str:
    """Exactly `width` cells of a text, cut with `CUT` where it is longer; align is left, right or center."""
    shown = visible(text)
    size = cell_len(shown)
    if size > width:
        return set_cell_size(shown, width) if width <= len(CUT) * 2 else set_cell_size(shown, width - len(CUT)) + CUT
    space = width - size
    if align == "right":
        return " " * space + shown
    if align == "center":
        return " " * (space // 2) + shown + " " * (space - space // 2)
    return shown + " " * space


def in_line(parts: Sequence[str], width: int, gap: str = "  ") -> str:
    """The parts that a line of `width` cells has room for: those at the end give way whole, as columns do."""
    told = [visible(part) for part in parts if part]
    whole = gap.join(told)
    while len(told) > 1 and cell_len(whole) > width:
        told.pop()
        whole = gap.join(told)
    return whole if cell_len(whole) <= width else fit(whole, width)


def wan(fen: int | None, places: int = 1) -> str:
    """An amount in 万 for a column; nothing for who has no balance."""
    return "" if fen is None else format_wan(fen, places)


_whole_dates: ContextVar[bool] = ContextVar("whole_dates", default=False)


@contextmanager
def whole_dates() -> Iterator[None]:
    """While it lasts dates have their years: in a file, which is read in another one."""
    before = _whole_dates.set(True)
    try:
        yield
    finally:
        _whole_dates.reset(before)


def day_month(day: date | None, today: date) -> str:
    """A date in few cells: without its year where that is the year of `today`."""
    if day is None:
        return ""
    return f"{day:%m-%d}" if day.year == today.year and not _whole_dates.get() else f"{day:%Y-%m-%d}"


def weekday(day: date) -> str:
    """The day of the week, short."""
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return names[day.weekday()]


def days_away(day: date, today: date) -> str:
    """How far a day is from today, in words."""
    distance = (day - today).days
    if distance == 0:
        return _("today")
    if distance == 1:
        return _("tomorrow")
    if distance == -1:
        return _("yesterday")
    return _("in {days} days", days=distance) if distance > 0 else _("{days} days ago", days=-distance)
