"""Which kind of file lies there, by what its header calls its columns; and what those are, where none is known."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import get_args

import msgspec

from guanhu.intake.columns import REQUIRED
from guanhu.intake.contents import Contents
from guanhu.intake.decoding import examine
from guanhu.intake.header import SEARCHED, Header, find_header
from guanhu.intake.html_table import html_rows, is_html
from guanhu.intake.mapping import ColumnMapping
from guanhu.intake.records import Kind
from guanhu.intake.refusal import UnreadableFile
from guanhu.intake.text_table import DELIMITERS, Row, text_rows

_WORKBOOKS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
_HEAD = 4096
_NO_MAPPING = ColumnMapping()
KINDS: tuple[Kind, ...] = get_args(Kind)


def guess_kind(path: str) -> Kind | None:
    """The kind whose columns the file's header has most of; None where it has the required ones of none.

    A file of balances may leave its date out. Raises UnreadableFile for what is no table at all.
    """
    contents = Contents(path)
    found = [(kind, header) for rows in _tops(contents) for kind, header in _headers(rows)]
    if not found:
        return None
    # Of two kinds that know as many of the columns, the one that asks for more of them is meant.
    return max(found, key=lambda each: (len(each[1].columns), len(REQUIRED[each[0]])))[0]


class Top(msgspec.Struct, frozen=True):
    """What stands at the top of a file: its header as far as one can tell, and the row below."""

    header: tuple[str, ...]
    below: tuple[str, ...]


def top_of(path: str) -> Top:
    """The row that is likeliest the header, whatever its words mean: of the widest the first.

    Raises UnreadableFile for what is no table at all.
    """
    best = Top((), ())
    for rows in _tops(Contents(path)):
        for n, (_number, cells) in enumerate(rows):
            if _filled(cells) > _filled(best.header):
                best = Top(tuple(cells), tuple(rows[n + 1][1]) if n + 1 < len(rows) else ())
    return best


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _headers(rows: list[Row]) -> Iterator[tuple[Kind, Header]]:
    for kind in KINDS:
        header = find_header(kind, rows, _NO_MAPPING, dated=True)
        if header is not None and not header.missing:
            yield kind, header


def _tops(contents: Contents) -> Iterator[list[Row]]:
    """The first rows of each table that the file can be read as."""
    head = contents.head(_HEAD)
    if not head:
        raise UnreadableFile("empty_file", file=contents.name)
    for rows in _workbook(contents) if head.startswith(_WORKBOOKS) else _texts(contents):
        yield list(islice(rows, SEARCHED))


def _workbook(contents: Contents) -> Iterator[Iterable[Row]]:
    from guanhu.intake.archive import check_archive
    from guanhu.intake.ole import check_container
    from guanhu.intake.workbook import open_workbook, sheet_rows, sheets

    data = contents.whole()
    if data.startswith(b"PK"):
        check_archive(data, contents.name)
    else:
        check_container(data, contents.name)
    for sheet in sheets(open_workbook(data, contents.name), contents.name, None):
        yield sheet_rows(sheet, contents.name)


def _texts(contents: Contents) -> Iterator[Iterable[Row]]:
    encoding = examine(contents, None).encoding
    if is_html(contents.head(_HEAD).decode(encoding, errors="ignore")):
        yield html_rows(contents, encoding)
        return
    for delimiter in DELIMITERS:
        yield text_rows(contents, encoding, delimiter)
