"""The customer's page: who it is above, a tab for each thing to know; opened from anywhere with enter.

`h` and `l` go from tab to tab, `n` and `N` to the next and the previous customer of the list that it was opened from.
"""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import ContentSwitcher, Static

from guanhu.domain.text import visible
from guanhu.language import N_, _, terms
from guanhu.tui.acts.acting import ACT_KEYS, Acting
from guanhu.tui.acts.affairs import PromiseCorrectForm
from guanhu.tui.acts.form import About
from guanhu.tui.acts.taking_back import TakeBackForm
from guanhu.tui.cells import day_month, wan
from guanhu.tui.customer_source import Beside, Order
from guanhu.tui.ground import Ground
from guanhu.tui.keys import bindings
from guanhu.tui.looks import Looker
from guanhu.tui.screens.customer.balances import Balances
from guanhu.tui.screens.customer.duties import Duties
from guanhu.tui.screens.customer.events import Events
from guanhu.tui.screens.customer.log import LogPane
from guanhu.tui.screens.customer.overview import Overview
from guanhu.tui.screens.customer.pane import Pane, View, view_of
from guanhu.tui.screens.customer.profile import Profile
from guanhu.tui.screens.customer.tiers import Tiers
from guanhu.tui.screens.customers_acts import ActsOnMany
from guanhu.tui.widgets.long_list import LongList
from guanhu.tui.widgets.tab_line import TabLine
from guanhu.tui.work_screen import WorkScreen

PANES: tuple[type[Pane], ...] = (Overview, LogPane, Balances, Tiers, Duties, Profile, Events)
WIDE = 110
"""Cells from which parts stand beside each other."""


class Visit:
    """A look at a customer's page: asking for it again is no second one, once it is recorded."""

    def __init__(self, customer_no: str) -> None:
        self.customer_no = customer_no
        self.recorded = False

    def record(self, looker: Looker) -> None:
        """In a thread, before the page is shown; where this raises nothing is shown, and the next time tries again."""
        if not self.recorded:
            looker.leave("page", "screen", rows=1, customers=(self.customer_no,))
            self.recorded = True


class CustomerScreen(WorkScreen, ActsOnMany, Acting):
    """One customer at a time; `order` is what next and previous go by."""

    CSS_PATH = Path(__file__).with_name("customer.tcss")
    SUBJECT = "customer"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - so declared by Textual
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("view.next", "view.previous", shown=("view.next",), words={
            "view.next": N_("Next tab"), "view.previous": N_("Previous tab"),
        }),
        *bindings("list.next", "list.previous", shown=("list.next",), words={
            "list.next": N_("Next customer"), "list.previous": N_("Previous customer"),
        }),
        *ACT_KEYS,
        *bindings("view.why", "view.uncover", "act.assign", "act.plan", "go.replay"),
    ]  # fmt: skip

    def __init__(self, customer_no: str, order: Order | None = None, *, tab: type[Pane] = Overview) -> None:
        super().__init__()
        self.customer_no = customer_no
        self.order = order
        self._tab = PANES.index(tab)
        self._view: View | None = None
        self._stale: set[int] = set()
        self._beside: Beside | None = None
        self._visit = Visit(customer_no)
        self._uncovered = ""
        """Whose identity and card numbers are shown whole."""

    def words(self) -> str:
        """The customer's name, for the bar above."""
        return (self._view.page.name or self.customer_no) if self._view else ""

    # ------------------------------------------------------------ what stands on it
    def body(self) -> ComposeResult:
        """Who it is, the tabs, the tab in front."""
        yield Static(id="who", markup=False)
        yield TabLine(id="tabs")
        with ContentSwitcher(initial=self._pane_id(self._tab)):
            for n, pane in enumerate(PANES):
                yield pane(id=self._pane_id(n))

    @staticmethod
    def _pane_id(n: int) -> str:
        return f"tab-{PANES[n].__name__.lower()}"

    def _pane(self, n: int) -> Pane:
        return self.query_one(f"#{self._pane_id(n)}", Pane)

    def on_resize(self) -> None:
        """The line above has room for more, or for less."""
        if self._view is not None:
            self.query_one("#who", Static).update(self._who(self._view))

    def load(self) -> None:
        """Ask for the customer, and where they stand in the list."""
        number, order, uncovered = self.customer_no, self.order, self._uncovered == self.customer_no
        if self._visit.customer_no != number:
            self._visit = Visit(number)
        visit, looker = self._visit, Looker(self, self.SUBJECT)

        def question(ground: Ground) -> tuple[View, Beside | None]:
            visit.record(looker)
            beside = order.beside(ground.cursor, number, 0) if order else None
            return view_of(ground, number, uncovered=uncovered), beside

        self.ask("customer", question, self._show, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        """Where the next customer's page can't be shown, one stays with the customer whose page stands there."""
        if self._view is not None:
            self.customer_no = self._view.no
        self.tell_error(error)

    def _show(self, answer: tuple[View, Beside | None]) -> None:
        first = self._view is None
        self._view, self._beside = answer
        self._stale = set(range(len(PANES)))
        self.query_one("#who", Static).update(self._who(self._view))
        for bar in self.query("TopBar"):
            bar.refresh()
        self._open_tab(self._tab)
        if first:
            self._pane(self._tab).take_focus()

    def _who(self, view: View) -> Content:
        """The line that stays whatever tab is in front."""
        page, names = view.page, view.names
        parts: list[str | tuple[str, str]] = [
            (visible(page.name or page.customer_no), "bold"),
        ]
        if page.name:
            parts.append((f"  {visible(page.customer_no)}", "$muted"))
        elif page.erased:
            parts.append(("  " + _("erased"), "bold"))
        if self._beside is not None:
            place = _("{n} of {total}", n=f"{self._beside.index + 1:,}", total=f"{self._beside.total:,}")
            parts.append((f"  {place}", "$key"))
        if page.aum_fen is not None:
            parts.append((f"  {names.tier(page.tier)}", "bold $primary"))
            if page.tier_since and self.size.width >= WIDE:
                parts.append((" " + _("since {day}", day=page.tier_since.isoformat()), "$muted"))
            parts.append("  " + _("{amount} wan", amount=wan(page.aum_fen, 2)))
            parts.append((f" ({day_month(page.aum_date, view.card.day)})", "$muted"))
        else:
            parts.append(("  " + _("no balance yet"), "$muted"))
        parts.append("  " + _("profile {score} of 100", score=page.profile_score))
        for mark in page.marks:
            parts.append((f"  [{terms.mark(mark['mark'])}]", "bold $soon"))
        if page.provisional:
            parts.append(("  " + _("provisional"), "$soon"))
        return Content.assemble(*parts)

    def about(self) -> About | None:
        """The customer of the page, whom every act here is for; nobody while the next one's is on its way."""
        if self._view is None or self._view.no != self.customer_no:
            return None
        return About(self.customer_no, self._view.page.name)

    def nobody(self) -> None:
        """As Acting."""
        self.app.notify(_("The customer's page is still on its way."), severity="warning", markup=False)

    def pointless(self, action: str) -> bool:
        """As WorkScreen; a page that was opened by itself has no next customer."""
        return (action in ("list.next", "list.previous") and self.order is None) or super().pointless(action)

    def with_selected(self, then: Callable[[list[str]], object]) -> None:
        """Assigning and planning are for the customer of the page."""
        if (about := self.about()) is None:
            self.nobody()
        else:
            then([about.customer_no])

    # ------------------------------------------------------------ tabs
    def _tell_tabs(self) -> None:
        self.query_one(TabLine).show([_(pane.NAME) for pane in PANES], self._tab)

    def _open_tab(self, n: int) -> None:
        self._tab = n
        self.query_one(ContentSwitcher).current = self._pane_id(n)
        self._tell_tabs()
        if n in self._stale and self._view is not None:
            self._stale.discard(n)
            self._pane(n).show(self._view)

    def go_to_tab(self, n: int) -> None:
        """Bring a tab to the front, and the focus into it."""
        self._open_tab(n)
        self._pane(n).take_focus()

    @on(TabLine.Chosen)
    def _clicked(self, event: TabLine.Chosen) -> None:
        event.stop()
        self.go_to_tab(event.index)

    def action_view_next(self) -> None:
        """The tab at the right; after the last the first."""
        self.go_to_tab((self._tab + 1) % len(PANES))

    def action_view_previous(self) -> None:
        """The tab at the left."""
        self.go_to_tab((self._tab - 1) % len(PANES))

    def action_view_why(self) -> None:
        """Why this tier, and why these duties: the tab that tells."""
        self.go_to_tab(PANES.index(Tiers if PANES[self._tab] is Balances else Duties))

    def action_act_correct(self) -> None:
        """Take back what the cursor is on in the history; elsewhere correct one of the newest entries."""
        pane, about = self._pane(self._tab), self.about()
        row = pane.query_one(LongList).row if isinstance(pane, Events) else None
        if about is None or row is None or row.item.item.event in ("contact", "visit", "corrected"):
            super().action_act_correct()
        elif row.item.item.event == "promise":
            self.app.push_screen(PromiseCorrectForm(about, row.item.item.position))
        else:
            item = row.item.item
            self.app.push_screen(TakeBackForm(about, item.position, terms.topic(item.event)))

    def action_view_uncover(self) -> None:
        """Show identity and card numbers whole, which is recorded first; again covers them."""
        if (about := self.about()) is None:
            self.nobody()
            return
        number = about.customer_no
        if self._uncovered == number:
            self._uncovered = ""
            self.reload()
            return
        looker = Looker(self, self.SUBJECT)

        def recorded(_answer: None) -> None:
            self._uncovered = number
            self.app.notify(_("Numbers are shown whole; that you looked is recorded."), markup=False)
            self.reload()

        self.ask("look", lambda _ground: looker.leave("unmasked", "screen", rows=1, customers=(number,)), recorded)

    def action_act_profile(self) -> None:
        """Fill in the profile."""
        self.go_to_tab(PANES.index(Profile))

    def action_go(self, place: str) -> None:
        """The replay of this customer; the key leads to one's own elsewhere."""
        from guanhu.tui.screens.replay import CustomerReplay

        self.app.push_screen(CustomerReplay(self.customer_no))

    # ------------------------------------------------------------ from customer to customer
    def action_list_next(self) -> None:
        """The next customer of the list."""
        self._step(1)

    def action_list_previous(self) -> None:
        """The customer before."""
        self._step(-1)

    @on(LongList.NextAsked)
    def _asked_next(self, event: LongList.NextAsked) -> None:
        """The keys were pressed in a list of the page."""
        event.stop()
        self._step(-1 if event.back else 1)

    def _step(self, by: int) -> None:
        order, number = self.order, self.customer_no
        if order is None:
            self.app.notify(_("This page was opened by itself: there is no next customer."), markup=False)
            return
        self.ask("beside", lambda ground: order.beside(ground.cursor, number, by), self._go_to)

    def _go_to(self, beside: Beside | None) -> None:
        if beside is None:
            self.app.notify(_("The list ends here."), markup=False)
            return
        self.customer_no = beside.customer_no
        self.reload()
