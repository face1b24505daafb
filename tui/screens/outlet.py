"""Outlet (网点): tiers, who moved between two dates, duties by member of staff, who waits to be assigned.

On a wide screen all four at once, on a narrow one the one in front. Each line opens to what is behind it.
"""

from datetime import date, timedelta
from functools import partial
from typing import Any, ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Grid
from textual.widgets import Static

from guanhu.domain.dates import first_of_month
from guanhu.domain.text import visible
from guanhu.language import N_, _
from guanhu.projections.browsing import Browse
from guanhu.tui.acts.acting import FORMS, Acting
from guanhu.tui.acts.form import About
from guanhu.tui.bars import pen_of
from guanhu.tui.behind_rows import DutiesBehind, MoversBehind
from guanhu.tui.cells import in_line, wan
from guanhu.tui.days import LookingAtDays
from guanhu.tui.desk import desk_of
from guanhu.tui.keys import bindings
from guanhu.tui.opening import open_customer
from guanhu.tui.outlet_rows import (
    bar_legend,
    load_columns,
    matrix_columns,
    matrix_lines,
    tier_columns,
    tier_lines,
    waiting_columns,
)
from guanhu.tui.outlet_view import ALL, OutletView, outlet_view
from guanhu.tui.screens.behind import BehindScreen
from guanhu.tui.screens.outlet_acts import OutletActs
from guanhu.tui.signs import signs_of
from guanhu.tui.widgets.dialogs import choose
from guanhu.tui.widgets.long_list import LongList, rows_of
from guanhu.tui.widgets.pages import ListSource
from guanhu.tui.work_screen import WorkScreen

PANELS = {
    "loads": N_("Duties by staff"),
    "waiting": N_("Waiting to be assigned"),
    "tiers": N_("Tiers"),
    "moves": N_("Tier changes"),
}
"""The four parts, in the order in which h and l go through them."""
WIDE = 120


class OutletScreen(OutletActs, WorkScreen, LookingAtDays, Acting):
    """An outlet's figures."""

    CSS_PATH = "outlet.tcss"
    PLACE = "outlet"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - so declared by Textual
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(
            "view.next", "view.previous", "act.assign", "act.share", "act.handover", "view.earlier", "view.later",
            "view.whose", "view.day",
            shown=("view.next", "act.assign", "act.share", "act.handover", "view.earlier", "view.whose"),
            words={
                "view.next": N_("Next part"), "view.previous": N_("Previous part"), "view.whose": N_("Another outlet"),
                "view.earlier": N_("Compare earlier"), "view.later": N_("Compare later"),
            },
        ),
        *bindings(*FORMS, shown=()),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._chosen = ""
        self._first: date | None = None
        self._looked_at: date | None = None
        self._front = "loads"
        self.view: OutletView | None = None

    # ------------------------------------------------------------ what is shown
    def body(self) -> ComposeResult:
        """The head and the four parts."""
        yield Static(id="outlet-head")
        with Grid(id="parts"):
            for name in PANELS:
                front = " -front" if name == self._front else ""
                yield LongList(id=name, markable=name == "waiting", classes=f"panel{front}")

    def on_mount(self) -> None:
        """The part in front has the keys."""
        self.to_front(self._front)

    def load(self) -> None:
        """As WorkScreen."""
        if self._looked_at != desk_of(self).day:
            self._looked_at, self._first = desk_of(self).day, None  # another day was chosen
        first, chosen = self.first, self._chosen
        self.ask("outlet", lambda ground: outlet_view(ground, chosen, first), self._show)

    @property
    def first(self) -> date:
        """The date compared with: the last day of the month before, unless another was chosen."""
        return self._first or first_of_month(desk_of(self).day) - timedelta(days=1)

    def part(self, name: str) -> LongList:
        """One of the four lists."""
        return self.query_one(f"#{name}", LongList)

    def _show(self, view: OutletView) -> None:
        self.view = view
        if self.focused is None:
            self.part(self._front).focus()  # composed anew in another language
        signs = signs_of(self.app)
        self._say_head()
        tiers = list(tier_lines(view.tiers, view.untiered, view.moves))
        self._fill("tiers", tier_columns(view.names, signs, pen_of(self.part("tiers"))), tiers)
        columns = matrix_columns(view.names, view.order, view.moves, signs)
        self._fill("moves", columns, list(matrix_lines(view.moves, view.order)))
        self.part("waiting").empty = _("Nobody waits to be assigned.")
        waiting = waiting_columns(view.names, desk_of(self).day)
        self._fill("waiting", waiting, rows_of(view.waiting, lambda each: each.customer_no))
        self._draw_bars()
        self.part("loads").show(ListSource(rows_of(view.loads, lambda load: f"staff {load.staff_id}")))
        self._title_parts(view)

    def _fill(self, name: str, columns: list[Any], rows: list[Any]) -> None:
        self.part(name).set_columns(columns)
        self.part(name).show(ListSource(rows))

    def _draw_bars(self) -> None:
        """The bars grow with the screen."""
        if (view := self.view) is not None:
            loads = self.part("loads")
            room = loads.size.width - 3
            signs = signs_of(self.app)
            loads.set_columns(load_columns(view.names, signs, view.loads, room, pen_of(loads)))
            loads.border_subtitle = bar_legend(view.loads, room, view.names, signs)

    @on(events.Resize)
    def _resized(self) -> None:
        self.call_after_refresh(self._draw_bars)
        self.call_after_refresh(self._say_head)

    def _say_head(self) -> None:
        if self.view is not None:
            self.query_one("#outlet-head", Static).update(self._head(self.view))

    def _head(self, view: OutletView) -> Text:
        customers = sum(each.customers for each in (*view.tiers, view.untiered))
        fen = sum(each.aum_fen for each in (*view.tiers, view.untiered))
        total = view.workload.total
        facts = [
            _("overdue {count}", count=total.overdue),
            _("to do {count}", count=total.open),
            _("waiting {count}", count=len(view.waiting)),
            _("customers {count}", count=f"{customers:,}"),
            _("AUM {amount} wan", amount=wan(fen)),
            _("manager {name}", name=visible(view.names.staff(view.manager))) if view.manager else "",
        ]
        parts = "  ".join(f"[{_(words)}]" if name == self._front else f" {_(words)} " for name, words in PANELS.items())
        title = visible(view.title)
        gap = "    " if self.has_class("-wide") else "  "
        told = Text(gap + in_line(facts, self.app.size.width - cell_len(title) - len(gap) - 2, gap))
        told.highlight_regex(r"(?<= )[0-9][0-9,.]*", "bold")
        head = Text.assemble((title, "bold"), told, no_wrap=True)
        return head if self.has_class("-wide") else head.append(f"\n{parts}")

    def _title_parts(self, view: OutletView) -> None:
        since = f"{view.workload.since:%m-%d}"
        titles = {name: _(words) for name, words in PANELS.items()}
        titles["loads"] = _("{title}: done and missed since {day}", title=titles["loads"], day=since)
        if sum(load.total for load in view.workload.loads) > view.workload.total.total:
            titles["loads"] += _("; shared ones count for each")
        compared = f"{view.moves.first:%Y-%m-%d}"
        titles["tiers"] = _("{title}: change since {day}", title=titles["tiers"], day=compared)
        titles["moves"] = _("{title} since {day}", title=titles["moves"], day=compared)
        for name, title in titles.items():
            self.part(name).border_title = title

    # ------------------------------------------------------------ whom an act is for
    def about(self) -> About | None:
        """The customer under the cursor, where the part in front has customers."""
        row = self.part("waiting").row
        return About(row.item.customer_no, row.item.name) if row and self._front == "waiting" else None

    def marked(self) -> list[str]:
        """The customers selected among those who wait."""
        marks = self.part("waiting").marks
        return [each.customer_no for each in self.view.waiting if marks.has(each.customer_no)] if self.view else []

    def acted(self) -> None:
        """The selection has served."""
        self.part("waiting").marks.clear()
        self.part("waiting").redraw()

    # ------------------------------------------------------------ parts
    def action_view_next(self) -> None:
        """The next part."""
        self._step(1)

    def action_view_previous(self) -> None:
        """The part before."""
        self._step(-1)

    def _step(self, step: int) -> None:
        names = list(PANELS)
        self.to_front(names[(names.index(self._front) + step) % len(names)])

    def in_front(self) -> str:
        """As OutletActs."""
        return self._front

    def to_front(self, name: str) -> None:
        """As OutletActs."""
        self._front = name
        for each in PANELS:
            self.part(each).set_class(each == name, "-front")
        self.part(name).focus()
        self._say_head()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A click or a jump brings a part to the front too."""
        if event.widget.id in PANELS and event.widget.id != self._front:
            self.to_front(event.widget.id)

    # ------------------------------------------------------------ what is behind
    @on(LongList.Opened)
    def _open(self, event: LongList.Opened) -> None:
        event.stop()
        view = self.view
        if view is None:
            return
        name, item = event.list.id, event.row.item
        if name == "tiers":
            self._open_tier(view, item)
        elif name == "moves":
            words = _("new") if item.came else _("from {tier}", tier=view.names.tier(item.tier))
            days = (view.moves.first, view.moves.last)
            stayed = 0 if item.came else item.cells.get(item.tier, 0)
            wanted = partial(_from, item)
            self._open_behind(MoversBehind(f"{view.title} {words}", view.outlet, days, wanted, stayed))
        elif name == "loads":
            words = f"{view.title} {view.names.staff(item.staff_id) or _('nobody there')}"
            self._open_behind(DutiesBehind(words, view.outlet, item.staff_id, view.workload.since))
        else:
            open_customer(self, item.customer_no)

    def _open_behind(self, behind: Any) -> None:
        self.app.push_screen(BehindScreen(behind))

    def _open_tier(self, view: OutletView, line: Any) -> None:
        from guanhu.tui.screens.customers import CustomersScreen

        tiers = tuple(each or "" for each in view.order) if line.whole else (line.figure.tier or "",)
        self.app.push_screen(CustomersScreen(Browse(tiers=tiers, outlet=view.outlet or "")))

    # ------------------------------------------------------------ another date, another outlet
    def action_view_earlier(self) -> None:
        """Compare with the end of the month before."""
        self._first = first_of_month(self.first) - timedelta(days=1)
        self.reload()

    def action_view_later(self) -> None:
        """Compare with the end of the month after, as far as there is one."""
        later = first_of_month(self.first + timedelta(days=32)) - timedelta(days=1)
        if later < desk_of(self).day:
            self._first = later
            self.reload()

    def action_view_whose(self) -> None:
        """Choose another outlet, or all."""
        if self.view is not None:
            options = [*self.view.outlets, (ALL, _("all outlets"))]
            choose(self, _("Which outlet?"), options, self.view.outlet or ALL, self._look_at)

    def _look_at(self, chosen: str) -> None:
        self._chosen = chosen
        self.reload()


def _from(line: Any, mover: Any) -> bool:
    return bool(mover.came) if line.came else not mover.came and mover.from_tier == line.tier
