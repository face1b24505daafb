"""Which rows of a list are selected, by their ids; also all of a list that nobody could hold in memory."""

from collections.abc import Iterable, Iterator

from guanhu.tui.widgets.pages import PAGE, PageSource


class Marks:
    """Selected rows. With `everything` all are, but for the exceptions."""

    def __init__(self) -> None:
        self.everything = False
        self.ids: set[str] = set()
        """The rows selected; with `everything`, those that are not."""

    def has(self, row_id: str) -> bool:
        """Whether a row is selected."""
        return (row_id in self.ids) is not self.everything

    def __bool__(self) -> bool:
        return self.everything or bool(self.ids)

    def count(self, rows: int) -> int:
        """How many are selected of a list of so many rows without headings."""
        return rows - len(self.ids) if self.everything else len(self.ids)

    def flip(self, row_id: str) -> None:
        """Select a row, or take its selection off."""
        self.ids ^= {row_id}

    def add(self, row_ids: Iterable[str]) -> None:
        """Select rows."""
        if self.everything:
            self.ids.difference_update(row_ids)
        else:
            self.ids.update(row_ids)

    def remove(self, row_ids: Iterable[str]) -> None:
        """Take the selection of rows off."""
        if self.everything:
            self.ids.update(row_ids)
        else:
            self.ids.difference_update(row_ids)

    def all_or_none(self) -> None:
        """Select all rows, or none where any is selected."""
        self.everything = not self
        self.ids.clear()

    def clear(self) -> None:
        """Select none."""
        self.everything = False
        self.ids.clear()

    def chosen(self, source: PageSource) -> Iterator[str]:
        """The ids selected, in the list's order; reads the whole source, so for a worker thread."""
        for offset in range(0, source.count(), PAGE * 16):
            for row in source.page(offset, PAGE * 16):
                if not row.heading and self.has(row.id):
                    yield row.id
