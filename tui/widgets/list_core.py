"""What a list is, without its keys: rows in pages that come when they are looked at, and a cursor among them.

A key never waits for the book: rows that are not at hand are drawn as dots and filled in when their page arrives.
The cursor holds on to its row by id when the data change under it.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from textual.geometry import Size

from guanhu.tui.widgets import list_messages as told
from guanhu.tui.widgets.columns import Column
from guanhu.tui.widgets.headings import first_of_group, off_headings
from guanhu.tui.widgets.list_lines import HEADER, ListLines
from guanhu.tui.widgets.loading import Loaded, Loader, LoadFailed, Ranged, Surveyed
from guanhu.tui.widgets.pages import PAGE, PageSource, Row, survey

if TYPE_CHECKING:
    from guanhu.tui.widgets.long_list import LongList


class ListCore(ListLines, can_focus=True):
    """Rows of a `PageSource` under a fixed header; `show` gives it a source, `set_columns` its columns."""

    def __init__(
        self, columns: Sequence[Column] = (), *, markable: bool = True, id: str | None = None,
        classes: str | None = None,
    ) -> None:  # fmt: skip
        super().__init__(columns, id=id, classes=classes)
        self.markable = markable
        self.loader = Loader(self)
        self.range_from: int | None = None
        """The row that a range is selected from."""
        self._others = False
        """Whether the rows that stand there are others than those asked for: no key is for any of them."""

    # ------------------------------------------------------------ what a screen calls
    def show(self, source: PageSource, *, keep: bool = True) -> None:
        """Show a source; with `keep` the cursor stays on its row, else it goes to the first.

        What was shown stays until the first page is there.
        """
        keep = keep and not self._others
        row = self.row if keep else None
        index = self.cursor if keep else 0
        self.source, self._others = source, not keep
        if self.marks and not keep:
            self.marks.clear()
            self.redraw()
        if source.at_once:
            generation = self.loader.next_generation(source)
            self._take(Surveyed(generation, survey(source, row.id if row else "", index), keep))
        else:
            self.loader.look_over(source, row.id if row else "", index, keep)

    def on_unmount(self) -> None:
        """Nobody looks at it any more."""
        self.loader.next_generation(None)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Draw other columns."""
        self.columns = tuple(columns)
        self._lay_out()

    @property
    def row(self) -> Row | None:
        """The row under the cursor; None where there is none, or it has not come yet."""
        found = None if self._others else self.row_at(self.cursor)
        return found if found and not found.heading else None

    def row_at(self, index: int) -> Row | None:
        """The row at an index; None where there is none, or its page has not come yet."""
        if not 0 <= index < self.rows:
            return None
        if (row := self._pages.row(index)) is None:
            self.loader.want(index)
            row = self._pages.row(index)
        return row

    def move_to(self, index: int, *, step: int = 1) -> None:
        """Put the cursor on a row, off headings in the direction of `step`, and scroll it into sight."""
        index = off_headings(max(0, min(index, self.rows - 1)), step, self.rows, self.is_heading)
        before, self.cursor = self.cursor, index
        self.scroll_into_sight()
        if index != before:
            self.redraw_row(before)
            self.redraw_row(index)
            self._tell_cursor()

    def highlight(self, row_id: str) -> bool:
        """Put the cursor on a row known to the source; False where it is not found."""
        at = self.source.where(row_id)
        if at is not None:
            self.move_to(at)
        return at is not None

    # ------------------------------------------------------------ what the threads bring
    def on_loaded(self, message: Loaded) -> None:
        """A page has come."""
        message.stop()
        if message.generation == self.loader.generation:
            self._pages.put(message.number, message.rows)
            self._strips.clear()
            self.refresh()
            self._settle_cursor(message.number)

    def on_surveyed(self, message: Surveyed) -> None:
        """A source was looked over."""
        message.stop()
        if message.generation == self.loader.generation:
            self._take(message)

    def on_ranged(self, message: Ranged) -> None:
        """The rows of a range are known."""
        message.stop()
        if message.generation == self.loader.generation:
            self.marks.add(message.ids)
            self.redraw()
            self.post_message(told.MarksChanged(self._this))

    def on_load_failed(self, message: LoadFailed) -> None:
        """A source could not be read: the screen says so."""
        message.stop()
        if message.generation == self.loader.generation:
            self.post_message(told.Failed(self._this, message.error))

    def _take(self, message: Surveyed) -> None:
        """Show what was looked over, the cursor's row on the line where it stood."""
        found, self._others = message.survey, False
        line = self.cursor - self.scroll_offset.y if message.keep else 0
        emptied = bool(self.rows) is not bool(found.count)
        self.rows = found.count
        self._pages.replace(found.pages)
        self._lay_out()
        if not message.keep:
            self.marks.clear()
            self.range_from = None
        self.virtual_size = Size(self._width, self.rows + HEADER)
        self.cursor = off_headings(found.cursor, 1, self.rows, self.is_heading) if self.rows else 0
        if self.is_attached:
            self.scroll_to(y=max(0, self.cursor - line), animate=False, force=True)
            self.scroll_into_sight()
        self.refresh()
        self.post_message(told.Shown(self._this, self.rows))
        if emptied and self.is_attached:
            self.screen.refresh_bindings()  # what acts on a row is offered where there is one
        self._tell_cursor()

    def _settle_cursor(self, number: int) -> None:
        """The cursor was put on a row whose page had not come: now it can leave a heading and be told."""
        if self.cursor // PAGE == number:
            if self.is_heading(self.cursor):
                self.move_to(self.cursor)
            else:
                self._tell_cursor()

    def _tell_cursor(self) -> None:
        if (row := self.row) is not None:
            self.post_message(told.Highlighted(self._this, row, self.cursor))

    @property
    def _this(self) -> "LongList":
        return cast("LongList", self)

    # ------------------------------------------------------------ where things are
    def is_heading(self, index: int) -> bool:
        """Whether a heading stands at an index."""
        row = self.row_at(index)
        return row is not None and bool(row.heading)

    def may_be_heading(self, index: int) -> bool:
        """Whether a heading stands at an index, or may stand there: its page has not come, and is not asked for."""
        row = self._pages.row(index)
        return row is None or bool(row.heading)

    def _to_heading(self, indexes: range) -> None:
        """To the first row of the nearest group that lies that way."""
        first = first_of_group(indexes, self.rows, self.may_be_heading, self.is_heading)
        if first is not None:
            self.move_to(first, step=indexes.step)

    def scroll_into_sight(self) -> None:
        """Scroll so that the cursor's row is seen, and the heading of its group if it is the first."""
        if not self.is_attached or not self.size.height:
            return
        top = self.cursor
        while top > 0 and (above := self._pages.row(top - 1)) is not None and above.heading:
            top -= 1  # a group's first row is seen with its heading
        scroll = self.scroll_offset.y
        if top < scroll:
            self.scroll_to(y=top, animate=False, force=True)
        elif self.cursor >= scroll + self.lines:
            self.scroll_to(y=self.cursor - self.lines + 1, animate=False, force=True)
