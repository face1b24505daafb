"""Any list as a file: columns and rows as they stand on the screen, CSV or an Excel workbook by the name's ending.

Only dates are written out, with the year that a screen leaves away.
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from guanhu.domain.errors import Refused
from guanhu.domain.text import csv_safe, visible
from guanhu.tui.cells import whole_dates
from guanhu.tui.customer_export import MOST_ROWS
from guanhu.tui.kept_file import replacing
from guanhu.tui.widgets.columns import Cell, Column
from guanhu.tui.widgets.pages import PAGE, PageSource, Row

WIDEST = 60


def plain(cell: Cell) -> str:
    """What a column draws, as text."""
    if isinstance(cell, str):
        return cell.strip()
    return (cell[0] if isinstance(cell, tuple) else cell.plain).strip()


def write_list(path: Path, columns: Sequence[Column], source: PageSource, wanted: Callable[[str], bool]) -> int:
    """Write the rows of a source whose ids are `wanted`; how many. For a worker thread.

    Headings are left out. Refused("too_many_rows"), and what files refuse.
    """
    lines = ([visible(plain(column.cell(row.item))) for column in columns] for row in _rows(source, wanted))
    write = _write_csv if path.suffix.lower() == ".csv" else _write_sheet
    with replacing(path) as unfinished, whole_dates():
        return write(unfinished, [column.title for column in columns], lines)


def _rows(source: PageSource, wanted: Callable[[str], bool]) -> Iterator[Row]:
    for offset in range(0, source.count(), PAGE * 8):
        for row in source.page(offset, PAGE * 8):
            if not row.heading and wanted(row.id):
                yield row


def _write_csv(path: Path, titles: Sequence[str], lines: Iterator[list[str]]) -> int:
    count = 0
    # With a BOM: without one, Excel reads UTF-8 as GBK.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(titles)
        for line in lines:
            writer.writerow([csv_safe(cell) for cell in line])
            count += 1
    return count


def _write_sheet(path: Path, titles: Sequence[str], lines: Iterator[list[str]]) -> int:
    from rich.cells import cell_len
    from xlsxwriter import Workbook

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    count = 0
    with Workbook(path, options) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, titles, book.add_format({"bold": True, "bottom": 1}))
        sheet.freeze_panes(1, 0)
        for n, title in enumerate(titles):
            sheet.set_column(n, n, min(WIDEST, max(12, cell_len(title) + 2)))
        for line in lines:
            count += 1
            if count > MOST_ROWS:
                raise Refused("too_many_rows", rows=count, most=MOST_ROWS)
            for n, cell in enumerate(line):
                sheet.write_string(count, n, cell)
    return count
