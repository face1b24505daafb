"""The list: any number of rows under a fixed header, with its keys and its mouse.

Keys and clicks only move the cursor and the selection; what a row is and what opening it means is the screen's.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar, TypeAlias

from textual import events
from textual.binding import BindingType

from guanhu.tui.keys import bindings
from guanhu.tui.widgets import list_messages as told
from guanhu.tui.widgets.list_core import ListCore
from guanhu.tui.widgets.list_lines import HEADER
from guanhu.tui.widgets.pages import Row


class LongList(ListCore):
    """Rows of a `PageSource` under a fixed header; `show` gives it a source, `set_columns` its columns."""

    DEFAULT_CSS = Path(__file__).with_suffix(".tcss").read_text("utf-8")
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(
            "list.open", "list.mark", "list.down", "list.up", "list.half_down", "list.half_up", "list.page_down",
            "list.page_up", "list.first", "list.last", "list.group_next", "list.group_previous", "list.mark_range",
            "list.mark_all", "list.sort", "list.sort_back", "list.next", "list.previous",
        )
    ]  # fmt: skip

    Told: TypeAlias = told.Told
    Highlighted: TypeAlias = told.Highlighted
    Opened: TypeAlias = told.Opened
    MarksChanged: TypeAlias = told.MarksChanged
    SortAsked: TypeAlias = told.SortAsked
    NextAsked: TypeAlias = told.NextAsked
    Shown: TypeAlias = told.Shown
    Failed: TypeAlias = told.Failed

    # ------------------------------------------------------------ keys
    def action_list_down(self) -> None:
        """One row down."""
        self.move_to(self.cursor + 1)

    def action_list_up(self) -> None:
        """One row up."""
        self.move_to(self.cursor - 1, step=-1)

    def action_list_half_down(self) -> None:
        """Half a page down."""
        self.move_to(self.cursor + max(1, self.lines // 2))

    def action_list_half_up(self) -> None:
        """Half a page up."""
        self.move_to(self.cursor - max(1, self.lines // 2), step=-1)

    def action_list_page_down(self) -> None:
        """A page down."""
        self.move_to(self.cursor + max(1, self.lines - 1))

    def action_list_page_up(self) -> None:
        """A page up."""
        self.move_to(self.cursor - max(1, self.lines - 1), step=-1)

    def action_list_first(self) -> None:
        """To the first row."""
        self.move_to(0)

    def action_list_last(self) -> None:
        """To the last row."""
        self.move_to(self.rows - 1, step=-1)

    def action_list_group_next(self) -> None:
        """To the first row of the next group."""
        self._to_heading(range(self.cursor + 1, self.rows))

    def action_list_group_previous(self) -> None:
        """To the first row of the group before."""
        own = next((n for n in range(self.cursor, -1, -1) if self.may_be_heading(n)), 0)
        self._to_heading(range(own - 1, -1, -1))

    def action_list_open(self) -> None:
        """Open the row."""
        if (row := self.row) is not None:
            self.post_message(self.Opened(self, row, self.cursor))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A list whose rows can't be selected does not offer it."""
        return self.markable or not action.startswith("list_mark")

    def action_list_mark(self) -> None:
        """Select the row, or take its selection off, and go on to the next."""
        if (row := self.row) is None or not self.markable:
            return
        self.marks.flip(row.id)
        self.range_from = self.cursor
        self.redraw_row(self.cursor)
        self.post_message(self.MarksChanged(self))
        self.action_list_down()

    def action_list_mark_range(self) -> None:
        """Select all from the row selected last to this."""
        if self.markable and self.rows:
            anchor = self.cursor if self.range_from is None else self.range_from
            first, last = sorted((min(anchor, self.rows - 1), self.cursor))
            self.range_from = self.cursor
            self.loader.collect(self.source, first, last)

    def action_list_mark_all(self) -> None:
        """Select all rows, or none where any is selected."""
        if self.markable:
            self.marks.all_or_none()
            self.redraw()
            self.post_message(self.MarksChanged(self))

    def action_list_sort(self) -> None:
        """Order by the next column that rows can be ordered by."""
        names = [column.id for column in self.columns if column.sortable]
        if names:
            at = names.index(self.sort[0]) + 1 if self.sort and self.sort[0] in names else 0
            self._sort_by(names[at % len(names)], False)

    def action_list_sort_back(self) -> None:
        """The same order backwards."""
        if self.sort:
            self._sort_by(self.sort[0], not self.sort[1])

    def action_list_next(self) -> None:
        """To the next match."""
        self.post_message(self.NextAsked(self, False))

    def action_list_previous(self) -> None:
        """To the match before."""
        self.post_message(self.NextAsked(self, True))

    def _sort_by(self, column: str, back: bool) -> None:
        self.sort = (column, back)
        self.refresh()
        self.post_message(self.SortAsked(self, column, back))

    # ------------------------------------------------------------ the mouse
    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor, with ctrl it selects, with shift up to here; twice it opens; the header sorts."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        event.stop()
        if offset.y < HEADER:
            self._click_header(offset.x)
            return
        index = offset.y - HEADER + self.scroll_offset.y
        if index >= self.rows or self.is_heading(index):
            return
        self.move_to(index)
        if event.ctrl:
            self.action_list_mark()
        elif event.shift:
            self.action_list_mark_range()
        elif event.chain == 2:
            self.action_list_open()

    def _click_header(self, x: int) -> None:
        for each in self.placed:
            if each.start <= x < each.start + each.width and each.column.sortable:
                back = self.sort is not None and self.sort == (each.column.id, False)
                self._sort_by(each.column.id, back)


def rows_of(items: Sequence[Any], key: Callable[[Any], str]) -> list[Row]:
    """Rows of items that are in memory, each known by `key(item)`."""
    return [Row(key(item), item) for item in items]
