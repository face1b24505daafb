"""The balances as a chart with the tiers' floors, and as a list; the cursor of one is the cursor of the other."""

from datetime import date, timedelta
from typing import ClassVar

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from guanhu.language import N_, _
from guanhu.tui.cells import wan
from guanhu.tui.charting import Floor
from guanhu.tui.keys import bindings
from guanhu.tui.screens.customer.pane import Pane, View
from guanhu.tui.signs import Signs, signs_of
from guanhu.tui.widgets.balance_chart import BalanceChart
from guanhu.tui.widgets.columns import Cell, Column
from guanhu.tui.widgets.long_list import LongList, rows_of
from guanhu.tui.widgets.pages import ListSource

SPANS = (0, 365, 92)
"""Days that the chart can show; 0: all."""


class BalanceRow(msgspec.Struct, frozen=True):
    """A balance in fen, what it was before, the tier that it would give."""

    on: date
    fen: int
    before: int | None
    tier: str


class Balances(Pane):
    """The chart above the list, beside it where there is room."""

    NAME: ClassVar[str] = N_("Balances")
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("view.card", words={"view.card": N_("All, a year, 3 months")}, shown=("view.card",)),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._span = 0
        self._view: View | None = None
        self._rows: list[BalanceRow] = []

    def compose(self) -> ComposeResult:
        """Chart and list."""
        with Container(id="balances-both"):
            yield BalanceChart(id="chart")
            yield LongList(id="balance-list", markable=False)

    def show(self, view: View) -> None:
        """Show the customer's balances up to the day."""
        self._view = view
        self._rows = balance_rows(view)
        listing = self.query_one(LongList)
        listing.empty = _("no balance yet")
        listing.set_columns(_columns(signs_of(self.app)))
        listing.show(ListSource(rows_of(list(reversed(self._rows)), lambda row: row.on.isoformat())))
        self._draw()

    def _draw(self) -> None:
        view = self._view
        if view is None:
            return
        floors = [Floor(tier.floor, view.names.tier(tier.id)) for tier in view.scheme.tiers]
        steps = [(row.on.toordinal(), row.fen) for row in self._rows]
        last = view.card.day
        first = self._rows[0].on if self._rows else last
        if self._span:
            first = max(first, last - timedelta(days=self._span))
        self.query_one(BalanceChart).show(steps, floors, first.toordinal(), last.toordinal())

    def action_view_card(self) -> None:
        """Show all days, a year, three months."""
        self._span = SPANS[(SPANS.index(self._span) + 1) % len(SPANS)]
        self._draw()

    @on(LongList.Highlighted, "#balance-list")
    def _listed(self, event: LongList.Highlighted) -> None:
        event.stop()
        row: BalanceRow = event.row.item
        self.query_one(BalanceChart).cursor = row.on.toordinal()

    @on(BalanceChart.Looked)
    def _looked(self, event: BalanceChart.Looked) -> None:
        """The mouse is on a day: the list goes to the balance carried then."""
        event.stop()
        day = date.fromordinal(event.day)
        carried = next((row for row in reversed(self._rows) if row.on <= day), None)
        listing = self.query_one(LongList)
        if carried is not None and (listing.row is None or listing.row.item != carried):
            with self.prevent(LongList.Highlighted):
                listing.highlight(carried.on.isoformat())


def balance_rows(view: View) -> list[BalanceRow]:
    """The balances with what changed, oldest first."""
    rows = []
    before: int | None = None
    for line in view.page.balances:
        tier = view.names.tier(view.scheme.tier_of(line.aum_fen))
        rows.append(BalanceRow(line.date, line.aum_fen, before, tier))
        before = line.aum_fen
    return rows


def _columns(signs: Signs) -> list[Column]:
    def change(row: BalanceRow) -> Cell:
        if row.before is None or row.before == row.fen:
            return ""
        up = row.fen > row.before
        return (f"{signs.up if up else signs.down} {wan(abs(row.fen - row.before), 2)}", "good" if up else "late")

    return [
        Column("on", _("Date"), lambda row: row.on.isoformat(), 10),
        Column("fen", _("AUM, wan"), lambda row: wan(row.fen, 2), 10, 14, flex=1, align="right"),
        Column("change", _("Change"), change, 11, 14, flex=1, align="right"),
        Column("tier", _("Would give"), lambda row: (row.tier, "muted"), 10, 16, flex=1, priority=1),
    ]
