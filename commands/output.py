"""What goes to stdout: one JSON document, CSV, or a table - drawn on a terminal, plain in a pipe.

Data are never markup, and what a terminal would obey is replaced (DESIGN 8).
"""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

from guanhu.commands.failing import UsageError
from guanhu.domain.money import YUAN, format_yuan
from guanhu.domain.text import csv_safe, visible
from guanhu.language import _

Shape: TypeAlias = Literal["text", "json", "csv"]
Item: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the key in an item, the title for people, what kind of value it is, and how people read it."""

    key: str
    title: str
    kind: Literal["text", "fen", "number"] = "text"
    show: Callable[[Any], str] | None = None


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
        document({**head, "total": total, "items": rows})
    elif asked == "csv":
        csv_table(columns, rows)
    elif not rows and not total:
        note(_("There is nothing to show."))
    else:
        table(columns, rows)
        if len(rows) < total:
            note(_(
                "{first} to {last} of {total}; --limit 0 shows all.",
                first=offset + 1 if rows else offset, last=offset + len(rows), total=total,
            ))  # fmt: skip


def csv_table(columns: Sequence[Column], rows: Iterable[Item]) -> None:
    """CSV for programs and spreadsheets: the keys as header, amounts in yuan (`*_yuan`), lists parted by `;`."""
    import csv

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
    if isinstance(value, list | tuple):
        return ";".join(map(str, value))
    return str(value)


def cell(column: Column, value: Any) -> str:
    """A value as people read it, on one line."""
    if column.show is not None:
        return _one_line(column.show(value))
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
    cells = [[cell(column, row[column.key]) for column in columns] for row in rows]
    if sys.stdout.isatty():
        _drawn(columns, cells)
    else:
        _plain(columns, cells)


def _drawn(columns: Sequence[Column], cells: Sequence[Sequence[str]]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for column in columns:
        drawn.add_column(Text(column.title), justify="left" if column.kind == "text" else "right", overflow="fold")
    for row in cells:
        drawn.add_row(*map(Text, row))
    Console(markup=False, highlight=False, emoji=False).print(drawn)


def _plain(columns: Sequence[Column], cells: Sequence[Sequence[str]]) -> None:
    """Columns two blanks apart and nothing drawn, measured in cells."""
    from rich.cells import cell_len

    lines = [[column.title for column in columns], *cells]
    widths = [max(cell_len(line[n]) for line in lines) for n in range(len(columns))]
    for line in lines:
        parts = []
        for column, width, text in zip(columns, widths, line, strict=True):
            gap = " " * (width - cell_len(text))
            parts.append(text + gap if column.kind == "text" else gap + text)
        print("  ".join(parts).rstrip())


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
