"""What a list is, without its keys: rows drawn line by line from pages that come when they are looked at.

A key never waits for the book: rows that are not at hand are drawn as dots and filled in when their page arrives.
The cursor holds on to its row by id when the data change under it.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from rich.style import Style
from textual.geometry import Region, Size
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from guanhu.tui.signs import signs_of
from guanhu.tui.widgets import drawing
from guanhu.tui.widgets import list_messages as told
from guanhu.tui.widgets.columns import Column, Placed, place
from guanhu.tui.widgets.headings import first_of_group, off_headings
from guanhu.tui.widgets.loading import Loaded, Loader, LoadFailed, Ranged, Surveyed
from guanhu.tui.widgets.marks import Marks
from guanhu.tui.widgets.pages import PAGE, ListSource, Pages, PageSource, Row, survey

if TYPE_CHECKING:
    from guanhu.tui.widgets.long_list import LongList

HEADER = 1
"""Lines above the rows."""


class ListCore(ScrollView, can_focus=True):
    """Rows of a `PageSource` under a fixed header; `show` gives it a source, `set_columns` its columns."""

    STYLES: ClassVar[tuple[str, ...]] = ("late", "soon", "good", "muted", "strong", "found")
    """Names of styles that a column may draw in."""
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"long-list--{name}" for name in (*STYLES, "header", "sorted", "cursor", "heading", "marked")
    }

    empty: var[str] = var("", init=False)
    """What stands in a list without rows."""

    def __init__(
        self, columns: Sequence[Column] = (), *, markable: bool = True, id: str | None = None,
        classes: str | None = None,
    ) -> None:  # fmt: skip
        super().__init__(id=id, classes=classes)
        self.columns: tuple[Column, ...] = tuple(columns)
        self.markable = markable
        self.marks = Marks()
        self.sort: tuple[str, bool] | None = None
        """The column that the rows are ordered by, and whether backwards; the header shows it."""
        self.source: PageSource = ListSource(())
        self.rows = 0
        self.cursor = 0
        self._pages = Pages()
        self.loader = Loader(self)
        self.range_from: int | None = None
        """The row that a range is selected from."""
        self.placed: tuple[Placed, ...] = ()
        self._placed_for = 0
        self._strips: dict[int, Strip] = {}
        self._pens: drawing.Pens | None = None

    # ------------------------------------------------------------ what a screen calls
    def show(self, source: PageSource, *, keep: bool = True) -> None:
        """Show a source; with `keep` the cursor stays on its row, else it goes to the first.

        What was shown stays until the first page is there.
        """
        row = self.row if keep else None
        index = self.cursor if keep else 0
        self.source = source
        if source.at_once:
            self._take(Surveyed(self.loader.next_generation(), survey(source, row.id if row else "", index), keep))
        else:
            self.loader.look_over(source, row.id if row else "", index, keep)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Draw other columns."""
        self.columns = tuple(columns)
        self._lay_out()

    @property
    def row(self) -> Row | None:
        """The row under the cursor; None where there is none, or its page has not come yet."""
        found = self.row_at(self.cursor)
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
        self._scroll_into_sight()
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

    def redraw(self) -> None:
        """Draw everything anew: styles, marks or what columns draw have changed."""
        self._strips.clear()
        self.refresh()

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
        found = message.survey
        line = self.cursor - self.scroll_offset.y if message.keep else 0
        self.rows = found.count
        self._pages.replace(found.pages)
        self._strips.clear()
        if not message.keep:
            self.marks.clear()
            self.range_from = None
        self.virtual_size = Size(self._width, self.rows + HEADER)
        self.cursor = off_headings(found.cursor, 1, self.rows, self.is_heading) if self.rows else 0
        if self.is_attached:
            self.scroll_to(y=max(0, self.cursor - line), animate=False, force=True)
            self._scroll_into_sight()
        self.refresh()
        self.post_message(told.Shown(self._this, self.rows))
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
    @property
    def _width(self) -> int:
        """Cells of a line, the scroll bar's left out."""
        return max(0, self.size.width - self.scrollbar_gutter.width)

    @property
    def lines(self) -> int:
        """Rows that fit on the screen."""
        return max(1, self.size.height - HEADER)

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

    def _scroll_into_sight(self) -> None:
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

    def redraw_row(self, index: int) -> None:
        """Draw one row anew."""
        self._strips.pop(index, None)
        self.refresh(Region(0, index - self.scroll_offset.y + HEADER, self.size.width, 1))

    # ------------------------------------------------------------ drawing
    def on_resize(self) -> None:
        """Columns are placed anew, and the cursor stays in sight."""
        self._lay_out()
        self.virtual_size = Size(self._width, self.rows + HEADER)
        self._scroll_into_sight()

    def _lay_out(self) -> None:
        self._place()
        self.redraw()

    def _place(self) -> None:
        self._placed_for = self._width
        self.placed = place(self.columns, self._placed_for - drawing.GUTTER, drawing.GUTTER)

    def notify_style_update(self) -> None:
        """Theme, focus or stylesheet changed."""
        super().notify_style_update()
        self._pens = None
        self._strips.clear()

    def watch_empty(self) -> None:
        """The words of an empty list changed."""
        self.refresh()

    def watch_has_focus(self, has_focus: bool) -> None:
        """The cursor's row looks otherwise with the focus."""
        super().watch_has_focus(has_focus)
        self._pens = None
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self._width
        if width != self._placed_for:  # the first frame is drawn before the list is told its size
            self._place()
            self._strips.clear()
        pens = self._pens
        if pens is None:
            pens = self._pens = drawing.pens(self._pen, self.STYLES, signs_of(self.app))
        if y < HEADER:
            return drawing.header(self.placed, self.sort, width, pens)
        index = y - HEADER + self.scroll_offset.y
        if index >= self.rows:
            words = self.empty if not self.rows and y == HEADER + 1 else ""
            return drawing.words(words, width, pens)
        if index == self.cursor:
            return self._draw(index, width, pens, cursor=True)
        strip = self._strips.get(index)
        if strip is None:
            strip = self._draw(index, width, pens, cursor=False)
            if len(self._strips) > 1024:
                self._strips.clear()
            if self._pages.row(index) is not None:
                self._strips[index] = strip
        return strip

    def _draw(self, index: int, width: int, pens: "drawing.Pens", *, cursor: bool) -> Strip:
        row = self.row_at(index)
        if row is None:
            return drawing.waiting(self.placed, width, pens, cursor=cursor)
        if row.heading:
            return drawing.heading(row.heading, width, pens)
        return drawing.row(row.item, self.placed, width, pens, cursor=cursor, marked=self.marks.has(row.id))

    def _pen(self, name: str) -> Style:
        return self.get_component_rich_style(f"long-list--{name}") if name else self.rich_style
