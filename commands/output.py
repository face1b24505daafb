"""What goes to stdout: one JSON document, CSV, or a table - drawn on a terminal, plain in a pipe.

Data are never markup, and what a terminal would obey is replaced (DESIGN 8).
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

from guanhu.commands.failing import UsageError
from guanhu.domain.money import YUAN, format_yuan
from guanhu.domain.text import csv_safe, visible
from guanhu.language import _

Shape: TypeAlias = Literal["text", "json", "csv"]
Item: TypeAlias = Mapping[str, Any]

GAP = 2
"""Blanks between two columns."""

Witness: TypeAlias = Callable[[str, Sequence[Item]], None]
"""Told in which form rows are about to be shown, and which; what it raises keeps them from being shown."""

_witness: Witness | None = None


@contextmanager
def witnessed(witness: Witness) -> Iterator[None]:
    """Tell `witness` of all that is printed within."""
    global _witness  # noqa: PLW0603 - a process prints for one command at a time
    before, _witness = _witness, witness
    try:
        yield
    finally:
        _witness = before


def tell_witness(form: str, rows: Sequence[Item]) -> None:
    """Say what is about to be handed over."""
    if _witness is not None:
        _witness(form, rows)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the key in an item, the title for people, what kind of value it is, and how people read it.

    On a narrow terminal its texts may be cut to `least` cells (0: never; dates, amounts and ids are of no use in
    part), and the column with the highest `spare` is left out first (0: never). `by`: the key of a second value of the
    item that `show` is told, where the words depend on it.
    """

    key: str
    title: str
    kind: Literal["text", "fen", "number"] = "text"
    show: Callable[..., str] | None = None
    least: int = 0
    spare: int = 0
    by: str = ""


def shape(as_json: bool, as_csv: bool) -> Shape:
    """The shape that was asked for; both at once is a slip."""
    if as_json and as_csv:
        raise UsageError(_("--json and --csv can't be had at once."))
    return "json" if as_json else "csv" if as_csv else "text"


def document(content: object) -> None:
    """One JSON document on stdout."""
    import msgspec

    print(msgspec.json.encode(content).decode())


def say(text: str) -> None:
    """Lines for people on stdout."""
    print(visible(text, multiline=True))


def note(text: str) -> None:
    """A remark beside the answer, on stderr."""
    sys.stdout.flush()
    print(visible(text, multiline=True), file=sys.stderr)


def items(
    asked: Shape, head: Mapping[str, Any], rows: Sequence[Item], columns: Sequence[Column], *, total: int,
    offset: int = 0,
) -> None:  # fmt: skip
    """A list: {**head, "total", "items"} as JSON, else a table and on stderr what was left out."""
    if asked == "json":
        tell_witness("json", rows)
        document({**head, "total": total, "items": rows})
    elif asked == "csv":
        csv_table(columns, rows)
    elif not rows and not total:
        note(_("There is nothing to show."))
    else:
        tell_witness("text", rows)
        table(columns, rows)
        if len(rows) < total:
            note(_(
                "{first} to {last} of {total}; --limit 0 shows all.",
                first=offset + 1 if rows else offset, last=offset + len(rows), total=total,
            ))  # fmt: skip


def csv_table(columns: Sequence[Column], rows: Iterable[Item]) -> None:
    """CSV for programs and spreadsheets: the keys as header, amounts in yuan (`*_yuan`), lists parted by `;`."""
    import csv

    rows = list(rows)
    tell_witness("csv", rows)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow([_csv_title(column) for column in columns])
    for row in rows:
        writer.writerow([csv_safe(visible(_csv_cell(column, row[column.key]), multiline=True)) for column in columns])


def _csv_title(column: Column) -> str:
    return column.key.removesuffix("_fen") + "_yuan" if column.kind == "fen" else column.key


def _csv_cell(column: Column, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if column.kind == "fen":
        return f"{'-' if value < 0 else ''}{abs(value) // YUAN}.{abs(value) % YUAN:02d}"
    if isinstance(value, dict):
        return ";".join(f"{name}={each}" for name, each in value.items())
    if isinstance(value, list | tuple):
        return ";".join(map(str, value))
    return str(value)


def cell(column: Column, value: Any, by: Any = None) -> str:
    """A value as people read it, on one line; `by` is what its column's `by` names."""
    if column.show is not None:
        return _one_line(column.show(value, by) if column.by else column.show(value))
    if value is None:
        return ""
    if column.kind == "fen":
        return format_yuan(value)
    if column.kind == "number":
        return f"{value:,}"
    if isinstance(value, list | tuple):
        return _one_line(_(", ").join(map(str, value)))
    return _one_line(value.isoformat() if isinstance(value, date) else str(value))


def _one_line(text: str) -> str:
    return visible(" ".join(text.split("\n")))


def table(columns: Sequence[Column], rows: Sequence[Item]) -> None:
    """A table for people."""
    cells = [[cell(column, row[column.key], row.get(column.by)) for column in columns] for row in rows]
    if sys.stdout.isatty():
        _drawn(columns, cells)
    else:
        for line in table_lines(columns, cells, natural_widths(columns, cells)):
            print(line)


def _drawn(columns: Sequence[Column], cells: Sequence[Sequence[str]]) -> None:
    """A table as wide as the terminal at most; what had to be left out is said."""
    from shutil import get_terminal_size

    from rich.console import Console
    from rich.text import Text

    widths = fitted(columns, natural_widths(columns, cells), cells, get_terminal_size().columns)
    console = Console(markup=False, highlight=False, emoji=False, soft_wrap=True)
    title, *lines = table_lines(columns, cells, widths)
    console.print(Text(title, style="bold"), Text("─" * sum(_spread(widths)), style="dim"), sep="\n")
    for line in lines:
        console.print(Text(line))
    left_out = [column.title for column, n in zip(columns, range(len(columns)), strict=True) if _lost(n, widths, cells)]
    if left_out:
        note(_("No room on this terminal for: {columns}.", columns=_(", ").join(left_out)))


def _lost(n: int, widths: Sequence[int], cells: Sequence[Sequence[str]]) -> bool:
    return not widths[n] and any(line[n] for line in cells)


def natural_widths(columns: Sequence[Column], cells: Sequence[Sequence[str]]) -> list[int]:
    """How many cells of the terminal each column needs to be shown whole."""
    from rich.cells import cell_len

    titles = [column.title for column in columns]
    return [max(cell_len(line[n]) for line in (titles, *cells)) for n in range(len(columns))]


def fitted(columns: Sequence[Column], natural: Sequence[int], cells: Sequence[Sequence[str]], room: int) -> list[int]:
    """The widths at which a table keeps within `room` cells, 0 for a column that is left out.

    Columns without any value go first, then texts are cut, the widest first; where that is not enough the most
    spare column goes. A table that no cutting makes narrow enough stays as it is.
    """
    widths = list(natural)
    if sum(_spread(widths)) > room:
        widths = [width if any(line[n] for line in cells) or not cells else 0 for n, width in enumerate(widths)]
    while sum(_spread(widths)) > room:
        least = [min(width, column.least or width) for column, width in zip(columns, widths, strict=True)]
        spare = [n for n, column in enumerate(columns) if column.spare and widths[n]]
        if sum(_spread(least)) <= room or not spare:
            return _cut(widths, least, room)
        widths[max(spare, key=lambda n: columns[n].spare)] = 0
    return widths


def _cut(widths: list[int], least: Sequence[int], room: int) -> list[int]:
    """The widths with one cell after the other taken off the widest that may still give one."""
    while sum(_spread(widths)) > room:
        able = [n for n, width in enumerate(widths) if width > least[n]]
        if not able:
            break
        widths[max(able, key=lambda n: widths[n])] -= 1
    return widths


def _spread(widths: Sequence[int]) -> list[int]:
    """The widths of what is shown, with the two blanks before every column but the first."""
    shown = [width for width in widths if width]
    return [*shown, GAP * (len(shown) - 1)] if shown else [0]


def table_lines(columns: Sequence[Column], cells: Sequence[Sequence[str]], widths: Sequence[int]) -> list[str]:
    """The title and the rows as lines, measured in cells; what is too long ends in an ellipsis."""
    from rich.cells import cell_len

    def padded(column: Column, width: int, text: str) -> str:
        if cell_len(text) > width:
            text = _shortened(text, width)
        gap = " " * (width - cell_len(text))
        return text + gap if column.kind == "text" else gap + text

    lines = []
    for line in ([column.title for column in columns], *cells):
        shown = zip(columns, widths, line, strict=True)
        lines.append((" " * GAP).join(padded(*each) for each in shown if each[1]).rstrip())
    return lines


def _shortened(text: str, width: int) -> str:
    from rich.text import Text

    cut = Text(text)
    cut.truncate(width, overflow="ellipsis")
    return cut.plain


def facts(pairs: Sequence[tuple[str, str]]) -> None:
    """Titles and values under each other; those without a value are left out."""
    from rich.cells import cell_len

    shown = [(title, value) for title, value in pairs if value]
    width = max((cell_len(title) for title, _value in shown), default=0)
    for title, value in shown:
        say(f"{title}{' ' * (width - cell_len(title))}  {value}")


def heading(text: str) -> None:
    """A title above a part of a page."""
    say("\n" + text)
