"""The filter of the customers' list: a line for each thing to narrow by, changed in place, in force at once."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from guanhu.domain.errors import Refused
from guanhu.language import N_, _
from guanhu.projections.browsing import Browse
from guanhu.tui.asking import told
from guanhu.tui.desk import desk_of
from guanhu.tui.keys import bindings
from guanhu.tui.screens.customer_facets import AmountFacet, Facet, wan_said
from guanhu.tui.widgets.columns import Cell, Column
from guanhu.tui.widgets.dialogs import AskText, Choose
from guanhu.tui.widgets.long_list import LongList
from guanhu.tui.widgets.pages import ListSource, Row


class CustomerFilter(ModalScreen[None]):
    """Up and down between the lines, left and right to change one, enter to choose from all its values."""

    CSS_PATH = "customer_filter.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("form.cancel", words={"form.cancel": N_("Back")}),
        *bindings("view.next", "view.previous", "view.clear"),
        *bindings("view.filter", words={"view.filter": N_("Back")}),
    ]

    def __init__(self, asked: Browse, facets: Sequence[Facet], changed: Callable[[Browse], object]) -> None:
        super().__init__()
        self._asked = asked
        self._facets = facets
        self._changed = changed

    def compose(self) -> ComposeResult:
        """The lines, and how they are changed."""
        with Vertical(classes="dialog") as box:
            box.border_title = _("Filter, in force at once")
            box.border_subtitle = _("Left, right: change   Enter: values   Backspace: clear   Esc: back")
            yield LongList(self._columns(), markable=False)

    def on_mount(self) -> None:
        """Show the filter in force."""
        self._show()

    def _columns(self) -> list[Column]:
        def value(facet: Facet) -> Cell:
            return (f"< {facet.words(self._asked)} >", "strong" if facet.narrows(self._asked) else "muted")

        return [
            Column("title", _("Filter"), lambda facet: facet.title, 20, 26),
            Column("value", _("Value"), value, 26, flex=1),
        ]

    def _show(self) -> None:
        self.query_one(LongList).show(ListSource([Row(facet.field, facet) for facet in self._facets]))

    def _take(self, asked: Browse) -> None:
        self._asked = asked
        self._show()
        self._changed(asked)

    def _step(self, by: int) -> None:
        row = self.query_one(LongList).row
        if row is not None:
            facet: Facet = row.item
            self._take(facet.stepped(self._asked, by))

    def action_view_next(self) -> None:
        """The next value of the line."""
        self._step(1)

    def action_view_previous(self) -> None:
        """The value before."""
        self._step(-1)

    def action_view_clear(self) -> None:
        """No filter in any line."""
        self._take(Browse(text=self._asked.text, sort=self._asked.sort, back=self._asked.back))

    def action_view_filter(self) -> None:
        """The key that opened it closes it."""
        self.dismiss(None)

    def action_form_cancel(self) -> None:
        """Back to the list."""
        self.dismiss(None)

    @on(LongList.Opened)
    def _choose(self, event: LongList.Opened) -> None:
        event.stop()
        facet: Facet = event.row.item
        if isinstance(facet, AmountFacet):
            value: int | None = getattr(self._asked, facet.field)
            self._ask_amount(facet, "" if value is None else wan_said(value))
            return
        options = [(str(n), words) for n, (_value, words) in enumerate(facet.options)]

        def chosen(index: str | None) -> None:
            if index is not None:
                self._take(facet.chosen(self._asked, int(index)))

        self.app.push_screen(Choose(facet.title, options, str(facet.index(self._asked))), chosen)

    def _ask_amount(self, facet: AmountFacet, text: str) -> None:
        """Ask for an amount in 万; what is none keeps its text."""

        def typed(answer: str | None) -> None:
            if answer is None:
                return
            try:
                self._take(facet.typed(self._asked, answer))
            except Refused as error:
                desk_of(self).tell_error(told(error))
                self._ask_amount(facet, answer)

        self.app.push_screen(AskText(facet.title, text, _("20, 7.5; nothing: any amount")), typed)
