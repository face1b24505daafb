"""Places and pages for the tests of what is around them."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from guanhu.language import _
from guanhu.tui.keys import bindings
from guanhu.tui.widgets.columns import Column
from guanhu.tui.widgets.long_list import LongList, rows_of
from guanhu.tui.widgets.pages import ListSource
from guanhu.tui.work_screen import WorkScreen


class Morning(WorkScreen):
    """A place."""

    PLACE = "today"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("act.call", "app.find")]
    calls = 0

    def body(self) -> ComposeResult:
        yield Input(placeholder=_("Search"))
        yield LongList([Column("n", _("Customers"), str, 10)], id="rows")

    def load(self) -> None:
        self.query_one(LongList).show(ListSource(rows_of(range(30), str)))

    def action_act_call(self) -> None:
        self.calls += 1

    def action_app_find(self) -> None:
        self.query_one(Input).focus()


class Evening(Morning):
    """Another place."""

    PLACE = "customers"


class Page(WorkScreen):
    """What is opened over a place."""

    def __init__(self, customer_no: str, order: object = None) -> None:
        super().__init__()
        self.customer_no = customer_no
        self.order = order

    def words(self) -> str:
        return self.customer_no


class NoBook(WorkScreen):
    """The first start."""

    def words(self) -> str:
        return "first start"
