"""A table as a file: CSV for programs, an Excel workbook for people, by the name's ending."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import IO

import msgspec

from guanhu.domain.errors import Refused
from guanhu.domain.money import YUAN
from guanhu.domain.text import csv_safe
from guanhu.store.private_file import private_file, private_text

Cell = str | int | date | None
MOST_ROWS = 1_048_570
"""What a sheet of Excel holds below its header."""
ENDINGS = (".xlsx", ".csv")


class FileColumn(msgspec.Struct, frozen=True):
    """A column: its title, its width in a sheet (in cells), and whether its numbers are amounts in fen."""

    title: str
    width: int
    money: bool = False


def write_table(
    path: Path, columns: Sequence[FileColumn], lines: Iterable[Sequence[Cell]], *, sheet: str = "", frozen: int = 0
) -> int:
    """Write rows of cells; how many. Amounts are written in yuan. For a worker thread.

    `sheet`: its name; `frozen`: how many columns stay in sight. Refused("too_many_rows"), what files refuse.
    """
    if path.suffix.lower() == ".csv":
        with private_text(path, marked=True) as text:
            return _write_csv(text, columns, lines)
    with private_file(path) as target:
        return _write_sheet(target, columns, lines, sheet, frozen)


def _write_csv(target: IO[str], columns: Sequence[FileColumn], lines: Iterable[Sequence[Cell]]) -> int:
    import csv

    writer = csv.writer(target)
    writer.writerow([csv_safe(column.title) for column in columns])
    count = 0
    for line in lines:
        writer.writerow([csv_safe(_text(column, cell)) for column, cell in zip(columns, line, strict=True)])
        count += 1
    return count


def _text(column: FileColumn, cell: Cell) -> str:
    if cell is None:
        return ""
    if column.money and isinstance(cell, int):
        return f"{'-' if cell < 0 else ''}{abs(cell) // YUAN}.{abs(cell) % YUAN:02d}"
    return str(cell)


def _write_sheet(
    target: IO[bytes], columns: Sequence[FileColumn], lines: Iterable[Sequence[Cell]], name: str, frozen: int
) -> int:
    from xlsxwriter import Workbook

    # In constant memory a row is written out when the next one begins: a million rows fit.
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    count = 0
    with Workbook(target, options) as book:
        sheet = book.add_worksheet(name[:31] or None)
        head = book.add_format({"bold": True, "bg_color": "#D9E2F3", "bottom": 1})
        money, day = book.add_format({"num_format": "#,##0.00"}), book.add_format({"num_format": "yyyy-mm-dd"})
        for n, column in enumerate(columns):
            sheet.set_column(n, n, column.width)
            sheet.write_string(0, n, column.title, head)
        for line in lines:
            count += 1
            if count > MOST_ROWS:
                raise Refused("too_many_rows", rows=count, most=MOST_ROWS)
            for n, (column, cell) in enumerate(zip(columns, line, strict=True)):
                if cell is None or cell == "":
                    continue
                if isinstance(cell, date):
                    sheet.write_datetime(count, n, cell, day)
                elif isinstance(cell, str):
                    sheet.write_string(count, n, cell)
                elif column.money:
                    # A cell of a sheet is a float: the one place where an amount becomes one, exact below 10^13 yuan.
                    sheet.write_number(count, n, cell / YUAN, money)
                else:
                    sheet.write_number(count, n, cell)
        sheet.freeze_panes(1, frozen)
        sheet.autofilter(0, 0, max(1, count), len(columns) - 1)
    return count
