"""A screen with one list for tests, and sources of its rows."""

from collections.abc import Sequence
from threading import Event
from typing import Any

from textual.app import ComposeResult
from textual.screen import Screen

from guanhu.domain.errors import Refused
from guanhu.tui.widgets.columns import Column
from guanhu.tui.widgets.long_list import LongList
from guanhu.tui.widgets.pages import PageSource, Row

COLUMNS = (
    Column("name", "姓名", lambda item: f"客户{item}", 12, 20, 1, sortable=True),
    Column("no", "Number", lambda item: (f"C{item}", "muted"), 10, priority=1, sortable=True),
    Column("aum", "AUM", lambda item: f"{item}.0", 12, align="right"),
)


class Numbers(PageSource):
    """So many rows, from a thread, as slowly as the test wants."""

    def __init__(self, count: int, shift: int = 0) -> None:
        self._count = count
        self._shift = shift
        self.asked: list[int] = []
        self.go = Event()
        self.go.set()

    def count(self) -> int:
        return self._count

    def page(self, offset: int, limit: int) -> Sequence[Row]:
        self.asked.append(offset)
        self.go.wait(5)
        return [Row(str(n + self._shift), n + self._shift) for n in range(offset, min(offset + limit, self._count))]


class Gone(PageSource):
    """A source that can't be read."""

    def count(self) -> int:
        raise Refused("book_locked")

    def page(self, offset: int, limit: int) -> Sequence[Row]:
        raise Refused("book_locked")


class Listing(Screen[None]):
    """One list, and what it told."""

    def __init__(self, source: PageSource) -> None:
        super().__init__()
        self.source = source
        self.told: list[LongList.Told] = []

    def compose(self) -> ComposeResult:
        yield LongList(COLUMNS)

    def on_mount(self) -> None:
        self.list.show(self.source)

    @property
    def list(self) -> LongList:
        return self.query_one(LongList)

    def on_long_list_opened(self, message: LongList.Opened) -> None:
        self.told.append(message)

    def on_long_list_highlighted(self, message: LongList.Highlighted) -> None:
        self.told.append(message)

    def on_long_list_sort_asked(self, message: LongList.SortAsked) -> None:
        self.told.append(message)

    def on_long_list_failed(self, message: LongList.Failed) -> None:
        self.told.append(message)

    def last(self, kind: type[Any]) -> Any:
        return next(message for message in reversed(self.told) if type(message) is kind)


GROUPED = [
    Row("#a", heading="Overdue 2"), Row("a0", 0), Row("a1", 1), Row("#b", heading="Today 0"),
    Row("#c", heading="Later 3"), Row("c0", 10), Row("c1", 11), Row("c2", 12), Row("#d", heading="Done 0"),
]  # fmt: skip
