"""How a list's lines are drawn: cells into segments, in the styles of the theme."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

import msgspec
from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.strip import Strip

from guanhu.tui.cells import fit
from guanhu.tui.signs import Signs
from guanhu.tui.widgets.columns import Cell, Placed

GUTTER = 2
"""Cells before the first column, where the cursor's and the selection's signs stand."""


class Pens(msgspec.Struct, frozen=True):
    """The styles of a list, made once for each theme and focus."""

    base: Style
    header: Style
    sorted: Style
    cursor: Style
    heading: Style
    marked: Style
    inks: Mapping[str, Style]
    on_marked: Mapping[str, Style]
    on_cursor: Mapping[str, Style]
    signs: Signs


def pens(style: Callable[[str], Style], names: Iterable[str], signs: Signs) -> Pens:
    """The styles by name; `style("")` is the list's own."""
    base, cursor, marked = style(""), style("cursor"), style("marked")
    inks = {name: _ink(style(name)) for name in names}
    plain = {name: Style(bold=ink.bold, underline=ink.underline) for name, ink in inks.items()}
    return Pens(
        base, style("header"), style("sorted"), cursor, style("heading"), marked,
        {name: base + ink for name, ink in inks.items()},
        # What is muted elsewhere is read on the marked ground like all else.
        {name: marked if name == "muted" else marked + ink for name, ink in inks.items()},
        # Under the cursor only what colour does not carry: its own two colours are sure to be read.
        {name: cursor + ink for name, ink in plain.items()},
        signs,
    )  # fmt: skip


def _ink(style: Style) -> Style:
    """A style without its background, and without what is off in it."""
    return Style(color=style.color, bold=style.bold or None, underline=style.underline or None, dim=style.dim or None)


def row(item: object, placed: Sequence[Placed], width: int, pens: Pens, *, cursor: bool, marked: bool) -> Strip:
    """A row: gutter, cells, and blanks to the end."""
    base, inks = (pens.marked, pens.on_marked) if marked else (pens.base, pens.inks)
    if cursor:
        base, inks = pens.cursor, pens.on_cursor
    sign = pens.signs.marked if marked else pens.signs.cursor if cursor else " "
    segments = [Segment(sign + " ", base)]
    at = GUTTER
    for each in placed:
        if each.start > at:
            segments.append(Segment(" " * (each.start - at), base))
        cell = _that_fits(each, item)
        if cursor and isinstance(cell, Text):
            cell = _colourless(cell)
        segments += _cell(cell, each, base, inks)
        at = each.start + each.width
    segments.append(Segment(" " * (width - at), base))
    return Strip(segments, width)


def _that_fits(placed: Placed, item: object) -> Cell:
    """What the column draws of an item, or its short words where that would be cut."""
    column = placed.column
    cell = column.cell(item)
    if column.short is None or isinstance(cell, Text):
        return cell
    text, name = (cell, "") if isinstance(cell, str) else cell
    return cell if cell_len(text) <= placed.width else (column.short(item, placed.width), name)


def _cell(cell: Cell, placed: Placed, base: Style, inks: Mapping[str, Style]) -> list[Segment]:
    """A cell in exactly its width."""
    if isinstance(cell, str):
        return [Segment(fit(cell, placed.width, placed.column.align), base)]
    if isinstance(cell, tuple):
        text, name = cell
        return [Segment(fit(text, placed.width, placed.column.align), inks.get(name, base))]
    return _rich(cell, placed, base)


def _colourless(text: Text) -> Text:
    """A rich text as the cursor's colours show it: bold and underlined stay."""
    plain = Text(text.plain)
    for span in text.spans:
        if isinstance(span.style, Style):
            plain.stylize(Style(bold=span.style.bold, underline=span.style.underline), span.start, span.end)
    return plain


def _rich(text: Text, placed: Placed, base: Style) -> list[Segment]:
    """A rich text, cut by cells with its styles kept."""
    shown = fit(text.plain, placed.width, placed.column.align)
    if not text.spans:
        return [Segment(shown, base)]  # Rich draws a text without spans without its style
    lead = len(shown) - len(shown.lstrip(" ")) if placed.column.align != "left" else 0
    styled = Text(shown, style=base, end="")
    for span in text.spans:
        styled.stylize(span.style, span.start + lead, min(span.end + lead, len(shown)))
    return list(styled.render(_console()))


@cache
def _console() -> Console:
    """Rich looks style names up in a console, which takes long to make."""
    return Console()


def header(placed: Sequence[Placed], sort: tuple[str, bool] | None, width: int, pens: Pens) -> Strip:
    """The titles, that of the order with its direction."""
    segments = [Segment(" " * GUTTER, pens.header)]
    at = GUTTER
    for each in placed:
        segments.append(Segment(" " * (each.start - at), pens.header))
        title, style = each.column.title, pens.header
        if sort and sort[0] == each.column.id:
            sign = pens.signs.descending if sort[1] else pens.signs.ascending
            title, style = f"{title}{sign}", pens.sorted
        segments.append(Segment(fit(title, each.width, each.column.align), style))
        at = each.start + each.width
    segments.append(Segment(" " * (width - at), pens.header))
    return Strip(segments, width)


def heading(words: str, width: int, pens: Pens) -> Strip:
    """A group's heading."""
    return Strip([Segment(fit(words, width), pens.heading)], width)


def waiting(placed: Sequence[Placed], width: int, pens: Pens, *, cursor: bool) -> Strip:
    """A row whose page has not come."""
    base = pens.cursor if cursor else pens.inks.get("muted", pens.base)
    return Strip([Segment(fit("  ....", width), base)], width)


def words(text: str, width: int, pens: Pens) -> Strip:
    """A line that is no row: what an empty list says, or nothing."""
    return Strip([Segment(fit(f"  {text}" if text else "", width), pens.inks.get("muted", pens.base))], width)
