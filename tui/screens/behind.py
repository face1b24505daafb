"""What stands behind a figure: duties, customers who moved, entries of the log. Enter opens the customer.

Acts work on the customer under the cursor or on those selected, as on every list.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.widgets import Static

from guanhu.domain.text import visible
from guanhu.language import _
from guanhu.tui.acts.acting import ACT_KEYS, Acting
from guanhu.tui.acts.form import About
from guanhu.tui.ground import Ground
from guanhu.tui.keys import bindings
from guanhu.tui.names import Names
from guanhu.tui.opening import open_customer
from guanhu.tui.signs import Signs, signs_of
from guanhu.tui.widgets.card_beside import CardBeside
from guanhu.tui.widgets.columns import Column
from guanhu.tui.widgets.customer_card import CustomerCard
from guanhu.tui.widgets.long_list import LongList
from guanhu.tui.widgets.pages import ListSource, Row
from guanhu.tui.widgets.parts import in_lines
from guanhu.tui.work_screen import WorkScreen

WIDE = 110

Item = TypeVar("Item")


class Behind(ABC, Generic[Item]):
    """What a figure opens to."""

    words: str
    """What it is, for the bar above."""

    def told(self) -> str:
        """What there is to say of the rows beside how many they are."""
        return ""

    def nothing(self) -> str:
        """What stands in the list where there are no rows."""
        return _("There is nothing behind it.")

    @abstractmethod
    def find(self, ground: Ground) -> Sequence[Row]:
        """A question: the rows, asked again whenever the book has changed."""

    @abstractmethod
    def columns(self, names: Names, signs: Signs) -> list[Column]:
        """What each draws of an item."""

    @abstractmethod
    def about(self, item: Item) -> About | None:
        """The customer of an item, and the duty where it is one."""


class BehindScreen(WorkScreen, CardBeside, Acting):
    """The list behind a figure, with the customer's card beside it."""

    CSS = Path(__file__).with_suffix(".tcss").read_text("utf-8")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - so declared by Textual
    BINDINGS: ClassVar[list[BindingType]] = [*ACT_KEYS, *bindings("view.card")]

    def __init__(self, behind: Behind[Any]) -> None:
        super().__init__()
        self._behind = behind
        self._rows: Sequence[Row] = ()

    def words(self) -> str:
        """As WorkScreen."""
        return self._behind.words

    def body(self) -> ComposeResult:
        """How many, the list, the card."""
        yield Static(id="behind-head")
        with Container(id="behind-work"):
            yield LongList(id="behind")
            yield CustomerCard()

    def load(self) -> None:
        """As WorkScreen."""
        behind = self._behind
        self.ask("behind", lambda ground: (behind.find(ground), ground.names), self._show)

    @property
    def _list(self) -> LongList:
        return self.query_one("#behind", LongList)

    def _show(self, answer: tuple[Sequence[Row], Names]) -> None:
        self._rows, names = answer
        self.set_class(not self._rows, "-nothing")  # nobody's card takes no half of the screen
        self._say_head()
        self._list.empty = self._behind.nothing()
        self._list.set_columns(self._behind.columns(names, signs_of(self.app)))
        self._list.show(ListSource(self._rows))
        self._ask_card()

    def _say_head(self) -> None:
        """What it is, whole, for the bar above may have no room for it; how many lines; what there is to say of them.

        What one line has no room for goes to a second.
        """
        count = sum(not row.heading for row in self._rows)
        lines = _("1 line") if count == 1 else _("{count} lines", count=f"{count:,}")
        words, told = visible(self._behind.words), visible(self._behind.told())
        parts = [Text(part, style) for part, style in ((words, "bold"), (lines, ""), (told, "")) if part]
        head = Text("\n").join(in_lines(parts, self.app.size.width - 2))
        self.query_one("#behind-head", Static).update(head)

    def on_resize(self) -> None:
        """The head has room for more in a line, or for less."""
        self._say_head()

    @on(LongList.Highlighted, "#behind")
    def _moved(self, event: LongList.Highlighted) -> None:
        event.stop()
        self._ask_card()

    def _ask_card(self) -> None:
        about = self.about()
        self.ask_card(about.customer_no if about else None)

    # ------------------------------------------------------------ whom an act is for
    def about(self) -> About | None:
        """The customer under the cursor."""
        row = self._list.row
        return self._behind.about(row.item) if row else None

    def marked(self) -> list[str]:
        """The customers behind the rows that are selected, each once."""
        chosen = (self._behind.about(row.item) for row in self._rows if row.item and self._list.marks.has(row.id))
        return list(dict.fromkeys(about.customer_no for about in chosen if about))

    def acted(self) -> None:
        """The selection has served."""
        self._list.marks.clear()
        self._list.redraw()

    @on(LongList.Opened, "#behind")
    def _open(self, event: LongList.Opened) -> None:
        event.stop()
        if (about := self.about()) is not None:
            open_customer(self, about.customer_no)
