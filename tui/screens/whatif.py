"""What if (试算): a stretch of the book's history under another scheme, beside what happened. Nothing is written.

First what is to be tried is asked; then the customers are gone through, which `escape` stops; then what it would have
come to: a sentence, and tabs of tiers, moves, staff and owners, whose lines open to the customers behind them.
"""

from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import ContentSwitcher, Static

from guanhu.domain.scheme import Policy
from guanhu.domain.text import visible
from guanhu.language import N_, _
from guanhu.projections.whatif.answer import WhatIf
from guanhu.tui.beginning import Tell
from guanhu.tui.desk import desk_of
from guanhu.tui.ground import Ground
from guanhu.tui.keys import bindings
from guanhu.tui.names import Names
from guanhu.tui.screens.behind import BehindScreen
from guanhu.tui.screens.whatif_form import Plan, choose_plan
from guanhu.tui.signs import signs_of
from guanhu.tui.whatif_behind import ElsewhereBehind
from guanhu.tui.whatif_rows import (
    TABS,
    move_columns,
    move_rows,
    owner_columns,
    owner_rows,
    staff_columns,
    tier_columns,
    tier_rows,
)
from guanhu.tui.whatif_words import headline
from guanhu.tui.widgets.long_list import LongList
from guanhu.tui.widgets.long_work import LongWork, Stopped
from guanhu.tui.widgets.pages import ListSource, Row
from guanhu.tui.widgets.tab_line import TabLine
from guanhu.tui.work_screen import WorkScreen


class WhatIfScreen(WorkScreen):
    """The question, the work, the answer."""

    CSS_PATH = "whatif.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(
            "view.next", "view.previous", "view.whatif", "app.back",
            shown=("view.next", "view.whatif", "app.back"),
            words={"view.next": N_("Next part"), "view.previous": N_("Previous part"), "view.whatif": N_("Ask anew")},
        ),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._asked = False
        self._policy: Policy | None = None
        self._names: Names | None = None
        self._plan: Plan | None = None
        self._answer: WhatIf | None = None
        self._front = "tiers"

    def words(self) -> str:
        """As WorkScreen."""
        return _("What if")

    def body(self) -> ComposeResult:
        """The sentence, the tabs, the list in front, the bar of the work."""
        yield Static(id="whatif-head")
        yield TabLine(id="whatif-tabs")
        with ContentSwitcher(initial=self._front, id="whatif-switch"):
            for name in TABS:
                with Vertical(id=name):
                    yield LongList(markable=False, id=f"whatif-{name}")
        yield LongWork(id="whatif-work")

    def load(self) -> None:
        """As WorkScreen; an answer stays as it was given."""

        def question(ground: Ground) -> tuple[Policy, Names]:
            return ground.policy, ground.names

        self.ask("whatif", question, self._ready)

    def _ready(self, found: tuple[Policy, Names]) -> None:
        self._policy, self._names = found
        self._show()
        if not self._asked:
            self._asked = True
            self.action_view_whatif()

    def action_view_whatif(self) -> None:
        """Ask what is to be tried."""
        if self._policy is not None and self._names is not None and not self._work.running:
            choose_plan(self, self._policy, self._names, self._begin)

    # ------------------------------------------------------------ the work
    @property
    def _work(self) -> LongWork:
        return self.query_one(LongWork)

    def _begin(self, plan: Plan) -> None:
        from guanhu.store.whatif import what_if

        book = desk_of(self).book
        if book is None:
            return
        self._plan, self._answer = plan, None

        def work(tell: Tell) -> WhatIf:
            return what_if(book, plan.asked, plan.scheme, tell)

        self._work.start(_("Customers under the other scheme"), work, self._answered, self._failed)
        self._show()

    def _answered(self, answer: WhatIf) -> None:
        self._answer = answer
        self._show()
        self._list.focus()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Stopped):
            self.app.notify(_("Stopped; nothing was written."), markup=False)
        else:
            self.tell_error(error)
        self._show()

    def action_app_back(self) -> None:
        """Stop the work; else leave."""
        if self._work.running:
            self._work.stop()
        else:
            self.dismiss()

    # ------------------------------------------------------------ the answer
    @property
    def _list(self) -> LongList:
        return self.query_one(f"#whatif-{self._front}", LongList)

    def _show(self) -> None:
        answer, names = self._answer, self._names
        self.query_one("#whatif-head", Static).update(self._head())
        self.query_one(TabLine).show([_(words) for words in TABS.values()], list(TABS).index(self._front))
        if answer is None or names is None:
            for name in TABS:
                self.query_one(f"#whatif-{name}", LongList).empty = ""
                self.query_one(f"#whatif-{name}", LongList).show(ListSource([]))
            return
        signs = signs_of(self.app)
        staff = [Row(f"staff {each.staff_id}", each) for each in answer.staff]
        for name, columns, rows in (
            ("tiers", tier_columns(signs), list(tier_rows(answer, names))),
            ("moves", move_columns(), list(move_rows(answer, names))),
            ("staff", staff_columns(names), staff),
            ("owners", owner_columns(), list(owner_rows(answer, names))),
        ):
            part = self.query_one(f"#whatif-{name}", LongList)
            part.set_columns(columns)
            part.show(ListSource(rows))

    def _head(self) -> Text:
        """What was asked and what it comes to."""
        plan, answer, names = self._plan, self._answer, self._names
        if plan is None or names is None:
            return Text(_("Nothing has been asked yet: O asks."), style="bold")
        days = _("{first} to {last}", first=plan.asked.first.isoformat(), last=plan.asked.last.isoformat())
        if answer is None:
            return Text(days)
        text = Text(visible(headline(answer, names)), style="bold")
        text.append(f"\n{days}")
        if answer.provisional:
            text.append("  " + _("provisional"))
        return text

    # ------------------------------------------------------------ tabs
    @on(TabLine.Chosen)
    def _clicked(self, event: TabLine.Chosen) -> None:
        event.stop()
        self._to_front(list(TABS)[event.index])

    def action_view_next(self) -> None:
        """The next part."""
        self._step(1)

    def action_view_previous(self) -> None:
        """The part before."""
        self._step(-1)

    def _step(self, step: int) -> None:
        names = list(TABS)
        self._to_front(names[(names.index(self._front) + step) % len(names)])

    def _to_front(self, name: str) -> None:
        self._front = name
        self.query_one(ContentSwitcher).current = name
        self.query_one(TabLine).show([_(words) for words in TABS.values()], list(TABS).index(name))
        self._list.focus()

    @on(LongList.Opened)
    def _open(self, event: LongList.Opened) -> None:
        """The customers behind a line."""
        event.stop()
        answer, names, item = self._answer, self._names, event.row.item
        if answer is None or names is None:
            return
        if self._front == "staff":
            ids = tuple(
                each.id
                for each in answer.tally.newcomers
                if any(staff == item.staff_id for staff, _role in each.owners)
            )
            words = _("would go from {staff}", staff=names.staff(item.staff_id) or _("nobody"))
        else:
            ids, words = getattr(item, "ids", ()), item.words
        if not ids:
            self.app.notify(_("No customers stand behind this line."), markup=False)
            return
        self.app.push_screen(BehindScreen(ElsewhereBehind(words, answer, ids)))
