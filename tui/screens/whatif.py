"""What if (试算): a stretch of the book's history under another scheme, beside what happened. Nothing is written.

First what is to be tried is asked; then the customers are gone through, which `escape` stops; then what it would have
come to: a sentence, and tabs of tiers, moves, staff and owners, whose lines open to the customers behind them.
"""

from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import ContentSwitcher

from guanhu.domain.scheme import Policy
from guanhu.domain.text import visible
from guanhu.language import N_, _
from guanhu.projections.whatif.answer import WhatIf
from guanhu.tui.beginning import Tell
from guanhu.tui.cells import in_line
from guanhu.tui.desk import desk_of
from guanhu.tui.ground import Ground
from guanhu.tui.keys import bindings
from guanhu.tui.names import Names
from guanhu.tui.screens.behind import BehindScreen
from guanhu.tui.screens.whatif_form import Plan, choose_plan
from guanhu.tui.signs import signs_of
from guanhu.tui.whatif_behind import AnswerList, behind_of
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
from guanhu.tui.widgets.long_work import LongWork
from guanhu.tui.widgets.pages import ListSource, Row
from guanhu.tui.widgets.prose import Prose
from guanhu.tui.widgets.tab_line import TabLine
from guanhu.tui.working_screen import WorkingScreen


class Tried:
    """What was tried last: it stands there again when the screen is opened anew, on the same day of the same book."""

    def __init__(self) -> None:
        self.at: object = None
        self.plan: Plan | None = None
        self.answer: WhatIf | None = None
        self.front = "tiers"


class WhatIfScreen(WorkingScreen):
    """The question, the work, the answer."""

    CSS_PATH = "whatif.tcss"
    STOPPED = N_("Stopped; nothing was written.")
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(
            "view.next", "view.previous", "view.whatif", "app.back",
            shown=("view.next", "view.whatif", "app.back"),
            words={
                "view.next": N_("Next part"), "view.previous": N_("Previous part"), "view.whatif": N_("Try a scheme"),
            },
        ),
    ]  # fmt: skip

    def __init__(self, tried: Tried) -> None:
        super().__init__()
        self._asked = False
        self._policy: Policy | None = None
        self._names: Names | None = None
        self._tried = tried

    def words(self) -> str:
        """As WorkScreen."""
        return _("What if")

    def body(self) -> ComposeResult:
        """The sentence, the tabs, the list in front, the bar of the work."""
        yield Prose(id="whatif-head")
        yield TabLine(id="whatif-tabs")
        with ContentSwitcher(initial=self._tried.front, id="whatif-switch"):
            for name in TABS:
                with Vertical(id=name):
                    yield AnswerList(f"whatif-{name}")
        yield LongWork(id="whatif-work")

    def load(self) -> None:
        """As WorkScreen; an answer stays as it was given."""

        def question(ground: Ground) -> tuple[Policy, Names]:
            return ground.policy, ground.names

        self.ask("whatif", question, self._ready)

    def _ready(self, found: tuple[Policy, Names]) -> None:
        self._policy, self._names = found
        self._forget_what_is_past()
        self._show()
        if self._tried.answer is not None:
            self._asked = True
        if not self._asked:
            self._asked = True
            self.action_view_whatif()

    def _forget_what_is_past(self) -> None:
        """What was tried in another book, on another day or as of another time is no answer here."""
        if self._tried.at != (at := self._standing) and not self.busy:
            self._tried.at, self._tried.answer = at, None

    @property
    def _standing(self) -> object:
        """Of which book, day and time an answer is one."""
        desk = desk_of(self)
        return id(desk.book), desk.day, desk.known_at

    def action_view_whatif(self) -> None:
        """Ask what is to be tried."""
        if self._policy is not None and self._names is not None and not self.busy:
            choose_plan(self, self._policy, self._names, self._tried.plan, self._begin)

    # ------------------------------------------------------------ the work
    def _begin(self, plan: Plan) -> None:
        from guanhu.store.whatif import what_if

        book = desk_of(self).book
        if book is None:
            return
        self._tried.plan, self._tried.answer, self._tried.at = plan, None, self._standing

        def work(tell: Tell) -> WhatIf:
            return what_if(book, plan.asked, plan.scheme, tell)

        self.begin(_("Customers under the other scheme"), work, self._answered)
        self._show()

    def _answered(self, answer: WhatIf) -> None:
        """Midnight may have passed meanwhile: then it is an answer of yesterday."""
        self._tried.answer = answer
        self._forget_what_is_past()
        self._show()
        self._list.focus()

    def work_failed(self, error: Exception) -> None:
        """As WorkingScreen."""
        super().work_failed(error)
        self._show()

    def action_app_back(self) -> None:
        """Stop the work; else leave."""
        if self.busy:
            self.work.stop()
        else:
            self.dismiss()

    # ------------------------------------------------------------ the answer
    @property
    def _list(self) -> LongList:
        return self.query_one(f"#whatif-{self._tried.front}", LongList)

    def _show(self) -> None:
        answer, names = self._tried.answer, self._names
        self._say_head()
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
            part = self.query_one(f"#whatif-{name}", AnswerList)
            part.leads = partial(_leads, name, answer, names)
            part.set_columns(columns)
            part.show(ListSource(rows))

    def _say_head(self) -> None:
        """What was asked and what it comes to; the tabs."""
        front = self._tried.front
        self.query_one("#whatif-head", Prose).update(self._head())
        self.query_one(TabLine).show([_(words) for words in TABS.values()], list(TABS).index(front))

    def _head(self) -> Content:
        plan, answer, names = self._tried.plan, self._tried.answer, self._names
        if plan is None or names is None or (answer is None and not self.busy):
            return Content.styled(_("Nothing has been asked yet: O asks."), "bold")
        days = _("{first} to {last}", first=plan.asked.first.isoformat(), last=plan.asked.last.isoformat())
        if answer is None:
            return Content(days)
        parts = [days, _("provisional") if answer.provisional else ""]
        if self._tried.front == "staff":
            parts += [_("was -> tried"), _("months averaged"), _("shared count for each")]
        line = in_line(parts, self.app.size.width - 2)
        return Content.assemble((visible(headline(answer, names)), "bold"), f"\n{line}")

    @on(LongList.Highlighted)
    def _moved(self) -> None:
        """Another line, which may open or not."""
        self.refresh_bindings()

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
        self._to_front(names[(names.index(self._tried.front) + step) % len(names)])

    def _to_front(self, name: str) -> None:
        self._tried.front = name
        self.query_one(ContentSwitcher).current = name
        self._say_head()
        self._list.focus()

    @on(LongList.Opened)
    def _open(self, event: LongList.Opened) -> None:
        """The customers behind a line."""
        event.stop()
        answer, names = self._tried.answer, self._names
        if answer is None or names is None:
            return
        if (found := behind_of(self._tried.front, event.row.item, answer, names)) is None:
            self.app.notify(_("No customers stand behind this line."), markup=False)
        else:
            self.app.push_screen(BehindScreen(found))


def _leads(tab: str, answer: WhatIf, names: Names, item: Any) -> bool:
    return behind_of(tab, item, answer, names) is not None
