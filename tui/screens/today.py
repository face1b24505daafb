"""Today (今日): the queue of whoever is signed on, the highlighted customer's card, and what to do first."""

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from guanhu.domain.text import visible
from guanhu.language import N_, _
from guanhu.projections.queue import DutyItem
from guanhu.tui.acts.about import About
from guanhu.tui.acts.acting import ACT_KEYS, Acting
from guanhu.tui.asking import new_command
from guanhu.tui.day_choices import days_to_choose, duties_to_choose
from guanhu.tui.days import DAY_KEYS, LookingAtDays
from guanhu.tui.desk import desk_of
from guanhu.tui.first_question import OUTLET, Day, day_of
from guanhu.tui.keys import bindings
from guanhu.tui.opening import open_customer
from guanhu.tui.signs import signs_of
from guanhu.tui.widgets.card_beside import CardBeside
from guanhu.tui.widgets.customer_card import CustomerCard
from guanhu.tui.widgets.day_plan import DayPlan, Planned
from guanhu.tui.widgets.long_list import LongList
from guanhu.tui.widgets.pages import ListSource
from guanhu.tui.widgets.queue_rows import columns, row_id, rows
from guanhu.tui.work_screen import WorkScreen

WIDE = 110
"""Cells from which the card stands beside the queue."""

AFTER_FIRST_FRAME = 0.15


class TodayScreen(WorkScreen, LookingAtDays, CardBeside, Acting):
    """The queue; marks are of duties, and an act for many goes to the customers behind them."""

    # Not by CSS_PATH: that makes Textual read every stylesheet once more before the first frame.
    DEFAULT_CSS = Path(__file__).with_suffix(".tcss").read_text("utf-8")
    SCOPED_CSS = False
    PLACE = "today"
    BINDINGS: ClassVar[list[BindingType]] = [
        *ACT_KEYS,
        *bindings(
            "view.why", "view.card", "view.filter", "view.clear", "view.whose", *DAY_KEYS,
            shown=("view.why", "view.filter"),
            words={"view.filter": N_("One duty"), "view.clear": N_("All duties")},
        ),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]
        self._day: Day | None = None
        self._whose = ""
        self._duty = ""

    # ------------------------------------------------------------ what is shown
    def body(self) -> ComposeResult:
        """The plan, the queue, the card."""
        yield DayPlan()
        with Container(id="work"):
            yield LongList(id="queue")
            yield CustomerCard()

    def load(self) -> None:
        """Ask for the queue; the plan follows it, the card follows the cursor."""
        ahead = desk_of(self).take_ahead()
        if isinstance(ahead, Day):
            self._show(ahead)
        if self.whose:
            whose = self._whose
            # What was asked ahead is not whole, but the rest must not take time from the first frame.
            delay = AFTER_FIRST_FRAME if ahead else 0.0
            self.ask("queue", lambda ground: day_of(ground, whose), self._show, delay=delay)
        else:
            self._queue.empty = _("Nobody acts here: z chooses whose day is shown.")

    @property
    def whose(self) -> str:
        """Whose queue is shown."""
        return self._whose or desk_of(self).staff

    @property
    def _queue(self) -> LongList:
        return self.query_one("#queue", LongList)

    def _show(self, day: Day) -> None:
        self._day = day
        whose_day = "" if day.outlet else self.whose
        self._queue.set_columns(columns(day.queue, day.names, signs_of(self.app), whose_day))
        self._fill(day)
        people = {item.customer_no: item.name for item in day.queue.items if item.customer_no}
        whose = day.names.staff(self._whose) if self._whose else ""
        if day.plan is not None:
            shown = "" if day.queue.day == desk_of(self).today else day.queue.day.isoformat()
            self.query_one(DayPlan).show(Planned(day.plan, day.names, people, whose, shown))
        elif day.outlet:
            said = N_("{outlet}: duties {count}   z: another outlet, or a member of staff")
            title = visible(day.names.outlet(day.outlet))
            self.query_one(DayPlan).tell(_(said, outlet=title, count=f"{day.total:,}"))
        if (row := self._queue.row) is not None:
            self._ask_card(row.item)
        else:
            self.ask_card(None)

    @on(LongList.Highlighted, "#queue")
    def _moved(self, event: LongList.Highlighted) -> None:
        event.stop()
        self._ask_card(event.row.item)

    def _ask_card(self, item: DutyItem) -> None:
        self.query_one(DayPlan).stand(item.customer_no or "")
        self.ask_card(item.customer_no)

    # ------------------------------------------------------------ whom an act is for
    def about(self) -> About | None:
        """The customer and the duty under the cursor."""
        row = self._queue.row
        if row is None or row.item.customer_no is None:
            return None
        item: DutyItem = row.item
        return About(item.customer_no or "", item.name, item.duty, item.occurrence)

    def marked(self) -> list[str]:
        """The customers behind the duties that are selected, each once."""
        chosen = (item.customer_no for item in self._chosen())
        return list(dict.fromkeys(no for no in chosen if no))

    def _chosen(self) -> list[DutyItem]:
        """The duties that are selected, of those that are shown: `*` on one kind selects no others."""
        marks = self._queue.marks
        if self._day is None or not marks:
            return []
        shown = (item for item in self._day.queue.items if not self._duty or item.duty == self._duty)
        return [item for item in shown if marks.has(row_id(item))]

    def acted(self) -> None:
        """An act for the selected was done: the selection has served."""
        self._queue.marks.clear()
        self._queue.redraw()
        self._say_selected()

    @on(LongList.MarksChanged, "#queue")
    def _selected(self, event: LongList.MarksChanged) -> None:
        """Say how many are selected, and what the selection is good for."""
        event.stop()
        self._say_selected()

    def _say_selected(self) -> None:
        count = len(self._chosen())
        said = N_("Selected: duties {duties}, customers {customers}.  m: one message to all  Space: take one out")
        self.query_one(DayPlan).select(_(said, duties=count, customers=len(self.marked())) if count else "")

    # ------------------------------------------------------------ keys
    def pointless(self, action: str) -> bool:
        """As WorkScreen; all duties are shown already."""
        return (action == "view.clear" and not self._duty) or super().pointless(action)

    @on(LongList.Opened, "#queue")
    def _open(self, event: LongList.Opened) -> None:
        event.stop()
        if event.row.item.customer_no is None:
            self._open_own(event.row.item)
        else:
            open_customer(self, event.row.item.customer_no)

    def _open_own(self, item: DutyItem) -> None:
        """A duty of every working day, of whoever looks at the own queue: of an outlet, or of the own list."""
        if self._day is None or self._day.outlet:
            return
        _on, _colon, outlet = item.occurrence.partition(":")
        if outlet:
            from guanhu.tui.acts.supervising import supervise

            supervise(self, outlet, item.name)
        else:
            self.review()

    @on(LongList.NextAsked, "#queue")
    def _next_proposal(self, event: LongList.NextAsked) -> None:
        """The next proposal, or the one before; from elsewhere first to the one that is shown."""
        event.stop()
        found, here = self.query_one(DayPlan), self.about()
        shown = found.step(0)
        there = here is not None and shown is not None and here.customer_no == shown.customer_no
        proposal = found.step(-1 if event.back else 1) if there else shown
        if proposal and self._day:
            owed = (item for item in self._day.queue.items if item.customer_no == proposal.customer_no)
            item = next((item for item in owed if not self._duty or item.duty == self._duty), None)
            if item is not None:
                self._queue.highlight(row_id(item))

    def action_view_filter(self) -> None:
        """Show one duty only."""
        from guanhu.tui.widgets.dialogs import Choose

        if self._day is not None:
            asked = _("Which duty? The most pressing come first, with how many.")
            self.app.push_screen(Choose(asked, duties_to_choose(self._day), self._duty), self._filter)

    def action_view_clear(self) -> None:
        """Show all duties."""
        self._filter("")

    def _filter(self, duty: str | None) -> None:
        if duty is not None and self._day is not None:
            if duty != self._duty:
                self._queue.marks.clear()  # what is not in sight must not be written to
            self._duty = duty
            self._fill(self._day)
            self._say_selected()
            self.refresh_bindings()

    def _fill(self, day: Day) -> None:
        """The rows of the queue, of one duty where one was chosen."""
        only = day.names.duty(self._duty) if self._duty else ""
        self._queue.empty = (
            _("Nothing of this duty is left: Backspace shows all duties.")
            if only
            else _("Nothing is due: a good moment to look for who is near the next tier.")
        )
        self._queue.show(ListSource(rows(day.queue, desk_of(self).today, self._duty, only)))

    def action_view_why(self) -> None:
        """Why the duty under the cursor is owed."""
        from guanhu.tui.widgets.why import Why, why_of

        here, day = self.about(), self._day
        if here is not None and day is not None:
            title = f"{day.names.duty(here.duty)}  {here.name}"
            self.ask(
                "why",
                lambda ground: why_of(ground, here.customer_no, here.duty),
                lambda lines: self.app.push_screen(Why(title, lines)),
            )

    def action_view_whose(self) -> None:
        """Choose whose day is shown."""
        self.ask("staff", days_to_choose, self._choose)

    def _choose(self, staff: list[tuple[str, str]]) -> None:
        from guanhu.tui.widgets.dialogs import Choose

        self.app.push_screen(Choose(_("Whose day?"), staff, self._shown_whose), self._look_at)

    @property
    def _shown_whose(self) -> str:
        return f"{OUTLET}{self._day.outlet}" if self._day is not None and self._day.outlet else self.whose

    def _look_at(self, staff: str | None) -> None:
        if staff is not None:
            self._whose = "" if staff == desk_of(self).staff else staff
            self._queue.marks.clear()  # of another's duties
            self.reload()

    def review(self) -> None:
        """The duty of the member of staff, not of a customer: the day's list has been gone through."""
        from guanhu.store.posts import review_day
        from guanhu.tui.widgets.dialogs import Confirm

        desk = desk_of(self)
        today, staff, command = desk.today, desk.staff, new_command()

        def confirmed(yes: bool | None) -> None:
            if yes:
                self.do(
                    lambda book: review_day(book, staff, today, by=staff, command=command),
                    lambda _receipt: None,
                    said=_("The day was looked through."),
                )

        self.app.push_screen(Confirm(_("Has the day's list been looked through?")), confirmed)
