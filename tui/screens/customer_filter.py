"""The filter of the customers' list: a line for each thing to narrow by, changed in place, in force at once."""

from collections.abc import Callable, Sequence
from typing import ClassVar

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from guanhu.language import N_, _
from guanhu.projections.browse_choices import Choices
from guanhu.projections.browsing import Browse
from guanhu.tui.keys import bindings
from guanhu.tui.names import Names
from guanhu.tui.widgets.columns import Cell, Column
from guanhu.tui.widgets.dialogs import Choose
from guanhu.tui.widgets.long_list import LongList
from guanhu.tui.widgets.pages import ListSource, Row

NEGLECTED = (0, 30, 60, 90, 180, 365)
"""Days without being reached that can be chosen."""


class Facet(msgspec.Struct, frozen=True):
    """One thing to narrow by: its field of `Browse`, its title, the values with their words; the first is no filter."""

    field: str
    title: str
    options: Sequence[tuple[object, str]]

    def index(self, asked: Browse) -> int:
        """Which of the options is in force."""
        value = getattr(asked, self.field)
        return next((n for n, (each, _words) in enumerate(self.options) if each == value), 0)

    def words(self, asked: Browse) -> str:
        """The option in force, in words."""
        return self.options[self.index(asked)][1]

    def chosen(self, asked: Browse, index: int) -> Browse:
        """The filter with another option of this."""
        return msgspec.structs.replace(asked, **{self.field: self.options[index % len(self.options)][0]})


def facets(choices: Choices, names: Names, me: str) -> list[Facet]:
    """All there is to narrow by, in the language in force."""
    everyone = _("anyone")
    staff = [
        (each, _("{name} (me)", name=names.staff(each)) if each == me else names.staff(each)) for each in choices.staff
    ]
    any_, no = _("any"), (False, _("no"))
    days = [(n, _("{days} days and more", days=n) if n else any_) for n in NEGLECTED]
    months = [(n, _("month {month}", month=n) if n else any_) for n in range(13)]
    return [
        Facet("owner", _("Owner or in system"), [("", everyone), *staff]),
        Facet("outlet", _("Outlet"), [("", any_), *((code, names.outlet(code)) for code in choices.outlets)]),
        Facet("tiers", _("Tier"), [((), any_), *(((tier,), names.tier(tier)) for tier in choices.tiers)]),
        Facet("near", _("Near the next tier"), [no, (True, _("yes"))]),
        Facet("overdue", _("Overdue"), [no, (True, _("yes"))]),
        Facet("neglected_days", _("Not reached for"), days),
        Facet("birthday_month", _("Birthday in"), months),
    ]


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
            box.border_title = _("Filter")
            box.border_subtitle = _("left, right: change   enter: all values   backspace: clear")
            yield LongList(self._columns(), markable=False)

    def on_mount(self) -> None:
        """Show the filter in force."""
        self._show()

    def _columns(self) -> list[Column]:
        def value(facet: Facet) -> Cell:
            return (f"< {facet.words(self._asked)} >", "strong" if facet.index(self._asked) else "muted")

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
            self._take(facet.chosen(self._asked, facet.index(self._asked) + by))

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
        options = [(str(n), words) for n, (_value, words) in enumerate(facet.options)]

        def chosen(index: str | None) -> None:
            if index is not None:
                self._take(facet.chosen(self._asked, int(index)))

        self.app.push_screen(Choose(facet.title, options, str(facet.index(self._asked))), chosen)
