"""Any list as a file: columns and rows as they stand on the screen.

Only dates are written out, with the year that a screen leaves away.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from guanhu.domain.text import visible
from guanhu.tui.cells import whole_dates
from guanhu.tui.table_file import FileColumn, write_table
from guanhu.tui.widgets.columns import Cell, Column
from guanhu.tui.widgets.pages import PAGE, PageSource, Row

NARROWEST, WIDEST = 12, 60


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
    with whole_dates():
        return write_table(path, [_column(column.title.strip()) for column in columns], lines)


def _column(title: str) -> FileColumn:
    from rich.cells import cell_len

    return FileColumn(title, min(WIDEST, max(NARROWEST, cell_len(title) + 2)))


def _rows(source: PageSource, wanted: Callable[[str], bool]) -> Iterator[Row]:
    for offset in range(0, source.count(), PAGE * 8):
        for row in source.page(offset, PAGE * 8):
            if not row.heading and wanted(row.id):
                yield row
