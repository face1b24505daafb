"""How a list is drawn: a line at a time, each kept until it changes, under a header that stays."""

from collections.abc import Sequence
from typing import ClassVar

from rich.style import Style
from textual.geometry import Region, Size
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from guanhu.tui.signs import signs_of
from guanhu.tui.widgets import drawing
from guanhu.tui.widgets.columns import Column, Placed, needs, place
from guanhu.tui.widgets.marks import Marks
from guanhu.tui.widgets.pages import ListSource, Pages, PageSource, Row

HEADER = 1
"""Lines above the rows."""
MEASURED = 120
"""Rows in memory whose cells say how wide their columns need be."""


class ListLines(ScrollView):
    """The lines of a list: which rows there are, and where the cursor goes, is `ListCore`'s."""

    STYLES: ClassVar[tuple[str, ...]] = ("late", "soon", "good", "muted", "strong", "found")
    """Names of styles that a column may draw in."""
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"long-list--{name}" for name in (*STYLES, "header", "sorted", "cursor", "heading", "marked")
    }

    empty: var[str] = var("", init=False)
    """What stands in a list without rows."""

    def __init__(
        self, columns: Sequence[Column], *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.columns: tuple[Column, ...] = tuple(columns)
        self.marks = Marks()
        self.sort: tuple[str, bool] | None = None
        """The column that the rows are ordered by, and whether backwards; the header shows it."""
        self.source: PageSource = ListSource(())
        self.rows = 0
        self.cursor = 0
        self.placed: tuple[Placed, ...] = ()
        self._pages = Pages()
        self._placed_for = 0
        self._strips: dict[int, Strip] = {}
        self._pens: drawing.Pens | None = None

    def row_at(self, index: int) -> Row | None:
        """The row at an index; None where there is none, or its page has not come yet."""
        raise NotImplementedError

    def scroll_into_sight(self) -> None:
        """Scroll so that the cursor's row is seen."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Draw everything anew: styles, marks or what columns draw have changed."""
        self._strips.clear()
        self.refresh()

    def redraw_row(self, index: int) -> None:
        """Draw one row anew."""
        self._strips.pop(index, None)
        self.refresh(Region(0, index - self.scroll_offset.y + HEADER, self.size.width, 1))

    @property
    def _width(self) -> int:
        """Cells of a line, the scroll bar's left out."""
        return max(0, self.size.width - self.scrollbar_gutter.width)

    @property
    def lines(self) -> int:
        """Rows that fit on the screen."""
        return max(1, self.size.height - HEADER)

    # ------------------------------------------------------------ drawing
    def on_resize(self) -> None:
        """Columns are placed anew, and the cursor stays in sight."""
        self._lay_out()
        self.virtual_size = Size(self._width, self.rows + HEADER)
        self.scroll_into_sight()

    def _lay_out(self) -> None:
        self._place()
        self.redraw()

    def _place(self) -> None:
        self._placed_for = self._width
        room = self._placed_for - drawing.GUTTER
        if self.columns and self.columns[-1].align == "right":
            room -= 1  # figures do not touch the scroll bar
        self.placed = place(self.columns, room, drawing.GUTTER, self._needed())

    def _needed(self) -> dict[str, int] | None:
        """What the columns need for rows that are in memory; pages come later, and columns must not jump then."""
        if not self.source.at_once or not self.rows:
            return None
        rows = self.source.page(0, MEASURED)
        return needs(self.columns, (row.item for row in rows if not row.heading))

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
            if not self.placed:  # a list that was not told its columns yet has no header, not an empty one
                return drawing.words("", width, pens)
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
