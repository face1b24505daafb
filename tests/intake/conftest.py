"""Files to take in, made in a folder of the test's own."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from guanhu.intake.source import Source

Write = Callable[..., str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write text (or bytes) to a file and give its path."""

    def _write(content: str | bytes, name: str = "file.csv", encoding: str = "utf-8") -> str:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return str(path)

    return _write


@pytest.fixture
def workbook(tmp_path: Path) -> Write:
    """Write rows to a workbook: a mapping of sheet names to rows, with dates as dates."""
    import xlsxwriter

    def _workbook(sheets: dict[str, Iterable[Iterable[Any]]], name: str = "file.xlsx") -> str:
        path = tmp_path / name
        with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as book:
            for title, rows in sheets.items():
                sheet = book.add_worksheet(title)
                for number, row in enumerate(rows):
                    sheet.write_row(number, 0, row)
        return str(path)

    return _workbook


@pytest.fixture
def read() -> Callable[[Source], tuple[list[Any], list[Any]]]:
    """All records and refusals of a source."""

    def _read(source: Source) -> tuple[list[Any], list[Any]]:
        records: list[Any] = []
        refusals: list[Any] = []
        for some, refused in source.chunks():
            records += some
            refusals += refused
        return records, refusals

    return _read
