"""The duties behind a figure: who they are owed to, by whom, until when. Enter opens the customer."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from guanhu.domain.text import visible
from guanhu.language import _
from guanhu.projections.queue import Asked, DutyItem, DutyList, duty_list
from guanhu.tui.cells import day_month, wan
from guanhu.tui.desk import desk_of
from guanhu.tui.ground import Ground
from guanhu.tui.names import Names
from guanhu.tui.signs import signs_of, state
from guanhu.tui.widgets.columns import Column
from guanhu.tui.widgets.long_list import LongList, rows_of
from guanhu.tui.widgets.pages import ListSource
from guanhu.tui.work_screen import WorkScreen

if TYPE_CHECKING:
    from guanhu.tui.app import GuanhuApp

ORDERS = {
    "state": lambda item: item.status != "overdue",
    "customer": lambda item: item.name,
    "aum": lambda item: -(item.aum_fen or 0),
    "due": lambda item: item.due or date.max,
    "owner": lambda item: item.owner or "",
}
"""What each column orders by."""


class DutyRowsScreen(WorkScreen):
    """A list of duties; `words` name it."""

    CSS_PATH = "duty_rows.tcss"
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, words: str, asked: Asked) -> None:
        super().__init__()
        self._words = words
        self._asked = asked
        self._items: Sequence[DutyItem] = ()

    def words(self) -> str:
        """As WorkScreen."""
        return self._words

    def body(self) -> ComposeResult:
        """How many, and the list."""
        yield Static(id="duty-rows-head")
        yield LongList(id="duty-rows-list", markable=False)

    def on_mount(self) -> None:
        """The list has the keys."""
        self.query_one(LongList).focus()

    def load(self) -> None:
        """As WorkScreen."""
        asked = self._asked

        def question(ground: Ground) -> tuple[DutyList, Names]:
            found = duty_list(ground.cursor, ground.policy, ground.calendar, ground.day, asked)
            return found, ground.names

        self.ask("duty-rows", question, self._show)

    def _show(self, answer: tuple[DutyList, Names]) -> None:
        found, names = answer
        overdue = sum(item.status == "overdue" for item in found.items)
        head = _("{count} to do, {overdue} of them overdue", count=f"{found.total:,}", overdue=f"{overdue:,}")
        self.query_one("#duty-rows-head", Static).update(Text(visible(f"{self._words}  {head}")))
        self._items = found.items
        table = self.query_one(LongList)
        table.empty = _("Nothing is to do.")
        table.set_columns(self._columns(names))
        self._fill()

    def _fill(self) -> None:
        table = self.query_one(LongList)
        items = list(self._items)
        if table.sort:
            items.sort(key=ORDERS[table.sort[0]], reverse=table.sort[1])
        table.show(ListSource(rows_of(items, lambda item: f"{item.customer_no}:{item.duty}:{item.occurrence}")))

    def _columns(self, names: Names) -> list[Column]:
        signs, today = signs_of(self.app), desk_of(self).day
        return [
            Column("state", _("State"), lambda item: state(item.status, signs), 8, sortable=True),
            Column(
                "customer", _("Customer"), lambda item: item.name or item.customer_no or "", 8, 20, 2, sortable=True
            ),
            Column("no", _("Number"), lambda item: (item.customer_no or "", "muted"), 10, 16, 1, priority=3),
            Column("tier", _("Tier"), lambda item: names.tier(item.tier), 10, priority=2),
            Column("aum", _("AUM, wan"), lambda item: wan(item.aum_fen), 9, align="right", sortable=True),
            Column("due", _("Due"), lambda item: day_month(item.due, today), 10, sortable=True),
            Column("owner", _("Owed by"), lambda item: names.staff_list(item.owners), 8, 28, 2, sortable=True),
            Column("basis", _("Which"), lambda item: (item.occurrence, "muted"), 12, 30, 1, priority=4),
        ]

    @on(LongList.SortAsked)
    def _sorted(self, event: LongList.SortAsked) -> None:
        event.stop()
        self._fill()

    @on(LongList.Opened)
    def _opened(self, event: LongList.Opened) -> None:
        event.stop()
        if event.row.item.customer_no:
            cast("GuanhuApp", self.app).open_customer(event.row.item.customer_no)
