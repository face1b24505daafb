"""An opened file: its kind, its hash, and its rows as checked records with the refusals among them (DESIGN 7)."""

from collections.abc import Callable, Iterator
from datetime import date
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from guanhu.intake.balances import read_balances
from guanhu.intake.contents import Contents
from guanhu.intake.decoding import examine
from guanhu.intake.header import SEARCHED, Header, checked, find_header
from guanhu.intake.html_table import html_rows, is_html
from guanhu.intake.mapping import ColumnMapping, read_mapping
from guanhu.intake.records import Kind, Record
from guanhu.intake.refusal import Refusal, UnreadableFile
from guanhu.intake.rows import RowReader
from guanhu.intake.text_table import DELIMITERS, Row, text_rows

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0"
# PDF, GZIP, 7z, RAR, PNG, JPEG, SpreadsheetML 2003: some would pass for text in GB18030.
_FOREIGN = (b"%PDF", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"\x89PNG", b"\xff\xd8\xff", b"<?xml version")
_HEAD = 4096


class _Table(msgspec.Struct, frozen=True):
    """Where rows come from, whatever the format; `rows` begins at the top at every call."""

    rows: Callable[[], Iterator[Row]]
    height: int | None


class Source:
    """A file that can be read: `open_source` makes it.

    `rows_total` is the number of rows below the header: exact in a workbook, counted by line ends in a text, None if
    only a pass over the file would tell.
    """

    def __init__(self, kind: Kind, contents: Contents, digest: str, table: _Table, reader: RowReader) -> None:
        self.kind: str = kind
        self.name = contents.name
        self.path = contents.path
        self.sha256 = digest
        self.header = reader.header
        self.header_row = reader.header.row
        self.rows_total = None if table.height is None else max(table.height - self.header_row, 0)
        self._table = table
        self._reader = reader

    def chunks(self, size: int = 20_000) -> Iterator[tuple[list[Record], list[Refusal]]]:
        """Records and refusals in the order of the file, at most `size` rows at a time; every call begins anew.

        The cuts are the same every time. A text file is not held in memory.
        Raises UnreadableFile("file_changed") if the file is no longer the one that was opened.
        """
        rows = self.rows()
        while (first := next(rows, None)) is not None:
            taken = chain((first,), islice(rows, size - 1))
            if self.kind == "balances":
                records, refusals = read_balances(self._reader, taken)
            else:
                records, refusals = self._reader.read(taken)
            if records or refusals:
                yield records, refusals

    def rows(self) -> Iterator[Row]:
        """The rows below the header as they stand, with their lines."""
        rows = self._table.rows()
        for row, _cells in rows:
            if row >= self.header_row:
                break
        return rows


def open_source(
    path: str,
    kind: Kind,
    *,
    day: date | None = None,
    mapping: Path | ColumnMapping | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
) -> Source:
    """Open a file of a kind, "-" being stdin: find its format, encoding and header.

    `day` is the date of balances that have none of their own; `mapping` is a mapping file, or what it would say.
    `encoding` is for text, `sheet` for workbooks.
    Raises UnreadableFile with the code of what is wrong with the file.
    """
    known = read_mapping(mapping, kind) if isinstance(mapping, Path) else mapping or ColumnMapping()
    contents = Contents(path)
    head = contents.head(_HEAD)
    if not head:
        raise UnreadableFile("empty_file", file=contents.name)
    if head.startswith(_FOREIGN):
        raise UnreadableFile("unsupported_format", file=contents.name)
    dated = day is not None
    if head.startswith((_ZIP + b"\x03\x04", _ZIP + b"\x05\x06", _OLE)):
        digest, table, header = _workbook(contents, kind, known, sheet, dated=dated)
    elif sheet is not None:
        raise UnreadableFile("sheet_missing", sheet=sheet, file=contents.name)
    else:
        digest, table, header = _text(contents, kind, known, encoding, dated=dated)
    return Source(kind, contents, digest, table, RowReader(kind, checked(header, contents.name), known, day))


def _workbook(
    contents: Contents, kind: Kind, mapping: ColumnMapping, sheet: str | None, *, dated: bool
) -> tuple[str, _Table, Header | None]:
    """The first sheet that has the header, else the one that is closest to having it."""
    from guanhu.intake.archive import check_archive
    from guanhu.intake.ole import check_container
    from guanhu.intake.workbook import open_workbook, sheets

    data = contents.whole()
    if data.startswith(_ZIP):
        check_archive(data, contents.name)
    else:
        check_container(data, contents.name)
    found: list[tuple[_Table, Header | None]] = []
    for opened in sheets(open_workbook(data, contents.name), contents.name, sheet):
        table = _sheet_table(opened, contents.name)
        if not any(cell for _, cells in table.rows() for cell in cells):
            continue
        header = find_header(kind, islice(table.rows(), SEARCHED), mapping, dated=dated)
        found.append((table, header))
        if header and not header.missing:
            break
    if not found:
        raise UnreadableFile("empty_file", file=contents.name)
    return sha256(data).hexdigest(), *max(found, key=lambda pair: _fitness(pair[1]))


def _sheet_table(sheet: "CalamineSheet", name: str) -> _Table:
    from guanhu.intake.workbook import height, sheet_rows

    return _Table(lambda: sheet_rows(sheet, name), height(sheet))


def _text(
    contents: Contents, kind: Kind, mapping: ColumnMapping, encoding: str | None, *, dated: bool
) -> tuple[str, _Table, Header | None]:
    """An HTML table, or the delimiter by which the header is found best."""
    examined = examine(contents, encoding)
    head = contents.head(_HEAD).decode(examined.encoding, errors="ignore")
    if is_html(head):
        tables = [_Table(lambda: html_rows(contents, examined.encoding), None)]
    else:
        tables = [_delimited(contents, examined.encoding, mark, examined.lines) for mark in DELIMITERS]
    found = [(table, find_header(kind, islice(table.rows(), SEARCHED), mapping, dated=dated)) for table in tables]
    table, header = max(found, key=lambda pair: _fitness(pair[1]))
    if header is None and not any(cell.strip() for _, cells in table.rows() for cell in cells):
        raise UnreadableFile("empty_file", file=contents.name)
    return examined.sha256, table, header


def _delimited(contents: Contents, encoding: str, delimiter: str, lines: int) -> _Table:
    return _Table(lambda: text_rows(contents, encoding, delimiter), lines)


def _fitness(header: Header | None) -> tuple[bool, int]:
    """How well a header fits: one with all required columns first, then the one with most."""
    return (header is not None and not header.missing, len(header.columns) if header else 0)
