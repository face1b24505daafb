"""Where a list's rows come from: a source of pages asked in a worker thread, and the pages kept."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

import msgspec
from textual.cache import LRUCache

PAGE = 256
"""Rows of a page: some screens' worth, so that scrolling rarely waits."""
KEPT = 48


class Row(msgspec.Struct, frozen=True):
    """A row of a list: `item` is the read model's row that the columns draw; a heading has words and no item.

    `id` is what the cursor and the marks hold on to when the data change; unique in the list.
    """

    id: str
    item: Any = None
    heading: str = ""


class PageSource(ABC):
    """Rows in an order. All of it is called in a worker thread, unless `at_once`; it must not touch a widget."""

    at_once: bool = False
    """The rows are in memory: asked for where they are drawn, so that they stand in the first frame."""

    @abstractmethod
    def count(self) -> int:
        """How many rows there are, headings included."""

    @abstractmethod
    def page(self, offset: int, limit: int) -> Sequence[Row]:
        """The rows from `offset` on, `limit` of them or as many as there are."""

    def where(self, row_id: str) -> int | None:
        """The index of a row; None where it is gone, or where finding it would cost too much."""
        return None


class ListSource(PageSource):
    """Rows that are in memory already."""

    at_once = True

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self._index: dict[str, int] | None = None

    def count(self) -> int:
        """As PageSource."""
        return len(self._rows)

    def page(self, offset: int, limit: int) -> Sequence[Row]:
        """As PageSource."""
        return self._rows[offset : offset + limit]

    def where(self, row_id: str) -> int | None:
        """As PageSource."""
        if self._index is None:
            self._index = {row.id: n for n, row in enumerate(self._rows)}
        return self._index.get(row_id)


class Survey(msgspec.Struct, frozen=True):
    """What a list needs before it shows a source: how many rows, where the cursor's row is, the pages around it."""

    count: int
    cursor: int
    pages: dict[int, Sequence[Row]]


def survey(source: PageSource, row_id: str, index: int) -> Survey:
    """Look a source over, for a cursor that was on a row at an index."""
    count = source.count()
    at = source.where(row_id) if row_id else None
    cursor = max(0, min(index if at is None else at, count - 1))
    numbers = {cursor // PAGE, max(0, cursor - PAGE // 4) // PAGE, min(count - 1, cursor + PAGE // 4) // PAGE}
    pages = {number: source.page(number * PAGE, PAGE) for number in sorted(numbers) if number >= 0}
    if at is None and row_id:
        for number, rows in pages.items():
            for n, row in enumerate(rows):
                if row.id == row_id:
                    return Survey(count, number * PAGE + n, pages)
    return Survey(count, cursor, pages)


class Pages:
    """The pages at hand, the least used forgotten first."""

    def __init__(self) -> None:
        self._kept: LRUCache[int, Sequence[Row]] = LRUCache(KEPT)

    def put(self, number: int, rows: Sequence[Row]) -> None:
        """Keep a page."""
        self._kept[number] = rows

    def has(self, number: int) -> bool:
        """Whether a page is at hand."""
        return number in self._kept

    def row(self, index: int) -> Row | None:
        """A row at hand."""
        if index < 0:
            return None
        rows = self._kept.get(index // PAGE)
        n = index % PAGE
        return rows[n] if rows is not None and n < len(rows) else None

    def replace(self, pages: dict[int, Sequence[Row]]) -> None:
        """Forget all pages and keep these."""
        self._kept.clear()
        for number, rows in pages.items():
            self._kept[number] = rows
