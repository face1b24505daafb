"""Rows of an Excel workbook (XLSX and XLS), its cells as the text that a person would have typed.

Numbers keep the 15 digits that a spreadsheet keeps: 0.1 + 0.2 is 0.3, and a longer number is shown as 1.10101E+17,
so that the checks know that its digits are lost.
"""

import io
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from guanhu.intake.refusal import UnreadableFile
from guanhu.intake.text_table import Row

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

T = TypeVar("T")
Cell: TypeAlias = "int | float | str | bool | time | date | datetime | timedelta"

MOST_ROWS = 1_100_000
_EXACT = 10**15
_DUST = 1e-9


def open_workbook(data: bytes, name: str) -> "CalamineWorkbook":
    """Open a workbook from its bytes.

    Raises UnreadableFile: "encrypted", "damaged_file".
    """
    from python_calamine import CalamineWorkbook

    return _guarded(lambda: CalamineWorkbook.from_filelike(io.BytesIO(data)), name)


def sheets(workbook: "CalamineWorkbook", name: str, sheet: str | None) -> Iterator["CalamineSheet"]:
    """The sheet that was named, or the visible ones in their order.

    Raises UnreadableFile: "sheet_missing", "too_large", "damaged_file".
    """
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    if sheet is not None and sheet not in workbook.sheet_names:
        raise UnreadableFile("sheet_missing", sheet=sheet, file=name)
    for index, found in enumerate(workbook.sheets_metadata):
        shown = found.typ == SheetTypeEnum.WorkSheet and found.visible == SheetVisibleEnum.Visible
        if found.name == sheet or (sheet is None and shown):
            opened = _sheet(workbook, index, name)
            if height(opened) > MOST_ROWS:
                raise UnreadableFile("too_large", file=name)
            yield opened


def _sheet(workbook: "CalamineWorkbook", index: int, name: str) -> "CalamineSheet":
    return _guarded(lambda: workbook.get_sheet_by_index(index), name)


def height(sheet: "CalamineSheet") -> int:
    """The number of the last row that holds anything."""
    return sheet.end[0] + 1 if sheet.end else 0


def sheet_rows(sheet: "CalamineSheet", name: str) -> Iterator[Row]:
    """Every row of a sheet with its number, from 1."""
    rows = sheet.iter_rows()
    number = 0
    while (cells := _guarded(lambda: next(rows, None), name)) is not None:
        number += 1
        yield number, [cell if type(cell) is str else cell_text(cell) for cell in cells]


def cell_text(cell: Cell) -> str:
    """The text of a cell."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return _number_text(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    return str(cell) if isinstance(cell, timedelta) else cell.isoformat()


def _number_text(number: int | float) -> str:
    if abs(number) < _EXACT:
        if number == int(number):
            return str(int(number))
        # What a sum that should be nothing leaves behind.
        if abs(number) < _DUST:
            return "0"
    return format(number, ".15G")


def _guarded(call: Callable[[], T], name: str) -> T:
    """Call into the reader of workbooks, whose every failure means that the file is damaged."""
    try:
        return call()
    except (KeyboardInterrupt, SystemExit):
        raise
    # BaseException, because a panic inside the reader is one.
    except BaseException as error:
        from python_calamine import PasswordError

        code = "encrypted" if isinstance(error, PasswordError) else "damaged_file"
        raise UnreadableFile(code, file=name) from error
