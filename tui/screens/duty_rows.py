"""All duties of one kind: who they are owed to, by whom, until when. Enter opens the customer.

Acts work on the customer under the cursor, a message on all that are selected: the birthday greetings of a week.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar

import msgspec
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from guanhu.domain.dates import first_of_month
from guanhu.domain.text import visible
from guanhu.language import _
from guanhu.projections.queue import UNDONE, Asked, DutyItem, DutyList, duty_list
from guanhu.tui.acts.about import About
from guanhu.tui.acts.acting import ACT_KEYS, Acting
from guanhu.tui.because import Known
from guanhu.tui.cells import day_month, wan
from guanhu.tui.desk import desk_of
from guanhu.tui.ground import Ground
from guanhu.tui.keys import bindings
from guanhu.tui.opening import open_customer
from guanhu.tui.signs import signs_of, state
from guanhu.tui.which_words import which
from guanhu.tui.widgets.columns import Column
from guanhu.tui.widgets.dialogs import Choose
from guanhu.tui.widgets.long_list import LongList, rows_of
from guanhu.tui.widgets.pages import ListSource
from guanhu.tui.work_screen import WorkScreen

ORDERS = {
    "state": lambda item: item.status != "overdue",
    "customer": lambda item: item.name,
    "aum": lambda item: -(item.aum_fen or 0),
    "due": lambda item: item.due or date.max,
    "owner": lambda item: item.owner or "",
}
"""What each column orders by."""

DUE = "due"
WHICH: Mapping[str, tuple[str, ...]] = {
    DUE: UNDONE, "coming": ("upcoming", *UNDONE), "done": ("done",), "missed": ("missed",), "waived": ("waived",),
}  # fmt: skip
"""The states of duties that can be looked at together."""
OVER = ("done", "missed", "waived")
"""Those of which only this month's are shown."""


class DutyRowsScreen(WorkScreen, Acting):
    """A list of duties; `words` name it."""

    CSS_PATH = "duty_rows.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*ACT_KEYS, *bindings("view.filter", "view.clear")]

    def __init__(self, words: str, asked: Asked) -> None:
        super().__init__()
        self._words = words
        self._asked = asked
        self._items: Sequence[DutyItem] = ()
        self._counted = ""
        self._which = DUE
        """One of WHICH."""

    def words(self) -> str:
        """As WorkScreen."""
        return self._words

    def body(self) -> ComposeResult:
        """How many, and the list."""
        yield Static(id="duty-rows-head")
        yield LongList(id="duty-rows-list")

    def on_mount(self) -> None:
        """The list has the keys."""
        self.query_one(LongList).focus()

    def load(self) -> None:
        """As WorkScreen."""
        since = first_of_month(desk_of(self).day) if self._which in OVER else None
        asked = msgspec.structs.replace(self._asked, statuses=WHICH[self._which], since=since)

        def question(ground: Ground) -> tuple[DutyList, Known]:
            found = duty_list(ground.cursor, ground.policy, ground.calendar, ground.day, asked)
            return found, Known(ground.names, ground.scheme, ground.day)

        self.ask("duty-rows", question, self._show)

    def _show(self, answer: tuple[DutyList, Known]) -> None:
        found, known = answer
        overdue = sum(item.status == "overdue" for item in found.items)
        count = f"{found.total:,}"
        head = (
            _("{count} to do, {overdue} of them overdue", count=count, overdue=f"{overdue:,}")
            if self._which == DUE
            else _("{which}: {count}", which=_which_words()[self._which], count=count)
        )
        self._counted = visible(f"{self._words}  {head}")
        self._items = found.items
        self._say_head()
        table = self.query_one(LongList)
        table.empty = _("Nothing is to do. f shows what is to come, or is done.") if self._which == DUE else _("None.")
        table.set_columns(self._columns(known))
        self._fill()

    def _say_head(self) -> None:
        """How many there are; how many are selected, and what that is good for."""
        chosen = len(self.marked())
        said = _("{count} customers selected; m: one message to all", count=f"{chosen:,}") if chosen else ""
        self.query_one("#duty-rows-head", Static).update(Text("  ".join(filter(None, (said, self._counted)))))

    def _fill(self) -> None:
        table = self.query_one(LongList)
        items = list(self._items)
        if table.sort:
            items.sort(key=ORDERS[table.sort[0]], reverse=table.sort[1])
        table.show(ListSource(rows_of(items, _row_id)))

    def _columns(self, known: Known) -> list[Column]:
        signs, today, names = signs_of(self.app), desk_of(self).day, known.names
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
            Column("basis", _("Which"), lambda item: (which(item, known), "muted"), 12, 30, 1, priority=4),
        ]

    @on(LongList.SortAsked)
    def _sorted(self, event: LongList.SortAsked) -> None:
        event.stop()
        self._fill()

    @on(LongList.Opened)
    def _opened(self, event: LongList.Opened) -> None:
        event.stop()
        if event.row.item.customer_no:
            open_customer(self, event.row.item.customer_no)

    @on(LongList.MarksChanged)
    def _selected(self, event: LongList.MarksChanged) -> None:
        event.stop()
        self._say_head()

    def action_view_filter(self) -> None:
        """What is to do, what is to come, what is over."""
        self.app.push_screen(Choose(_("Which of them?"), list(_which_words().items()), self._which), self._look_at)

    def action_view_clear(self) -> None:
        """What is to do."""
        self._look_at(DUE)

    def _look_at(self, which: str | None) -> None:
        if which is not None and which != self._which:
            self._which = which
            self.acted()  # what is selected is out of sight
            self.load()

    # ------------------------------------------------------------ whom an act is for
    def about(self) -> About | None:
        """The customer and the duty under the cursor."""
        row = self.query_one(LongList).row
        if row is None or row.item.customer_no is None:
            return None
        return About(row.item.customer_no, row.item.name, row.item.duty, row.item.occurrence)

    def marked(self) -> list[str]:
        """The customers behind the duties that are selected, each once."""
        marks = self.query_one(LongList).marks
        chosen = (item.customer_no for item in self._items if marks and marks.has(_row_id(item)))
        return list(dict.fromkeys(no for no in chosen if no))

    def acted(self) -> None:
        """An act for the selected was done: the selection has served."""
        table = self.query_one(LongList)
        table.marks.clear()
        table.redraw()
        self._say_head()


def _which_words() -> dict[str, str]:
    return {
        DUE: _("to do"),
        "coming": _("to do and to come"),
        "done": _("done this month"),
        "missed": _("missed this month"),
        "waived": _("waived this month"),
    }


def _row_id(item: DutyItem) -> str:
    return f"{item.customer_no}:{item.duty}:{item.occurrence}"
