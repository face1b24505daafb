"""Text in a grid of cells: cut and filled by what a terminal draws, never by characters."""

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


def wan(fen: int | None, places: int = 1) -> str:
    """An amount in 万 for a column; nothing for who has no balance."""
    return "" if fen is None else format_wan(fen, places)


def day_month(day: date | None, today: date) -> str:
    """A date in few cells: without its year where that is the year of `today`."""
    if day is None:
        return ""
    return f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m-%d}"


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
