"""Rows of an HTML table: what many banks' systems export under the name ".xls"."""

import io
from collections.abc import Iterator
from html.parser import HTMLParser

from guanhu.intake.contents import Contents
from guanhu.intake.refusal import UnreadableFile
from guanhu.intake.text_table import Row

_BLOCK = 1 << 16
_WIDEST = 256


class _Tables(HTMLParser):
    """Collects table rows; text outside of cells is left aside."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self._row: list[str] | None = None
        self._cell: list[str] | None = None
        self._span = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._end_row()
            self._row = []
        elif tag in ("td", "th") and self._row is not None:
            self._end_cell()
            self._cell = []
            span = dict(attrs).get("colspan") or "1"
            self._span = min(int(span), _WIDEST) if span.isascii() and span.isdigit() else 1
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._end_cell()
        elif tag in ("tr", "table"):
            self._end_row()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def close(self) -> None:
        super().close()
        self._end_row()

    def _end_cell(self) -> None:
        if self._row is not None and self._cell is not None:
            # A title over several columns fills the first; the others keep their places.
            self._row += ["".join(self._cell).strip(), *[""] * (self._span - 1)]
        self._cell = None

    def _end_row(self) -> None:
        self._end_cell()
        if self._row is not None:
            self.rows.append(self._row)
        self._row = None


def is_html(head: str) -> bool:
    """Whether a file that starts so is an HTML table."""
    start = head.lstrip("\ufeff \t\r\n").lower()
    return start.startswith("<") and not start.startswith("<?xml version") and "<t" in start


def html_rows(contents: Contents, encoding: str) -> Iterator[Row]:
    """Every row of the file's tables with its number from 1, as a spreadsheet numbers them."""
    parser = _Tables()
    number = 0
    with contents.open() as opened, io.TextIOWrapper(opened, encoding=encoding) as text:
        try:
            more = True
            while more:
                block = text.read(_BLOCK)
                more = bool(block)
                if more:
                    parser.feed(block)
                else:
                    parser.close()
                for row in parser.rows:
                    number += 1
                    yield number, row
                parser.rows.clear()
        except AssertionError as error:  # the library's way to refuse a declaration that it can't read
            raise UnreadableFile("unsupported_format", file=contents.name) from error
