"""Replay (回放): how it came about, event by event, each with what it changed and how the customer stood after it.

Steps come page by page: the first are on the screen while the rest is still worked out. Of one customer the whole
history is also told as a story, on a page of its own.
"""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import ContentSwitcher, Static

from guanhu.domain.text import visible
from guanhu.language import N_, _
from guanhu.projections.history import HistoryItem
from guanhu.projections.replay_choice import Asked
from guanhu.projections.replay_scope import Scope
from guanhu.projections.replay_step import Step
from guanhu.tui.cells import fit, in_line
from guanhu.tui.desk import desk_of
from guanhu.tui.ground import Ground
from guanhu.tui.keys import bindings
from guanhu.tui.replay_asked import Begun, begun, head_words, told_story, usual
from guanhu.tui.replay_export import ENDINGS, default_name, write_replay
from guanhu.tui.replay_rows import KINDS, step_columns, step_lines, step_rows, turns
from guanhu.tui.replay_words import step_words
from guanhu.tui.screens.customer.event_fields import EventScreen, lay_open
from guanhu.tui.screens.replay_list import StepList
from guanhu.tui.screens.replay_narrowing import Narrowing
from guanhu.tui.signs import signs_of
from guanhu.tui.widgets.long_list import LongList
from guanhu.tui.widgets.pages import ListSource
from guanhu.tui.widgets.prose import Prose
from guanhu.tui.work_screen import WorkScreen
from guanhu.tui.writing import ask_path, kept

FIRST_PAGE, PAGE = 30, 100
"""Events worked out before anything is shown, and from then on at a time."""
AHEAD = 5_000
"""Steps worked out without anybody having come near them."""
NEAR = 200
"""Steps before the last from which on more are worked out."""
LOOKED_BACK = timedelta(days=31)
"""How far back a member of staff's and an outlet's replay begins, unless another day is named."""
WIDE = 120


class ReplayScreen(WorkScreen, Narrowing):
    """The replay of a scope; without one of whoever looks: an outlet's for its manager, else of the own customers."""

    CSS_PATH = "replay.tcss"
    PLACE = "replay"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - so declared by Textual
    AUTO_FOCUS = "#steps"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(
            "view.next", "view.previous", "view.filter", "view.clear", "view.day", "view.whose", "app.export",
            "view.card", shown=("view.next", "view.filter", "view.day", "view.whose", "app.export"),
            words={
                "view.next": N_("Steps or story"), "view.previous": N_("Story or steps"),
                "view.day": N_("From a day"), "view.card": N_("What it changed"),
            },
        ),
    ]  # fmt: skip

    def __init__(self, scope: Scope | None = None) -> None:
        super().__init__()
        self.scope = scope
        self._asking = False
        self._story_shown = False
        self._asked_whose = False

    def words(self) -> str:
        """Whose replay it is, for the bar above."""
        return _("Replay: {whose}", whose=self.begun.whose) if self.begun else _("Replay")

    # ------------------------------------------------------------ what is shown
    def body(self) -> ComposeResult:
        """Whose it is and from when, the steps with one of them whole, or the story."""
        yield Static(id="replay-head")
        with ContentSwitcher(initial="replay-work"):
            with Container(id="replay-work"):
                yield StepList(id="steps", markable=False)
                with VerticalScroll(id="step", can_focus=False):
                    yield Prose(id="step-text")
            with VerticalScroll(id="story", can_focus=True):
                yield Prose(id="story-text")

    def load(self) -> None:
        """As WorkScreen: the replay begins anew."""
        desk = desk_of(self)
        if desk.book is None:
            return
        book, scope, first, own = desk.book, self.scope, self.first, not self.first_chosen
        topics = KINDS[self.kind][1]
        again = self.begun is not None and (scope, topics) == (self.begun.run.scope, self.begun.run.asked.topics)
        self._story_shown = False
        count = max(FIRST_PAGE, len(self.steps)) if again else FIRST_PAGE

        def question(ground: Ground) -> Begun | None:
            whose = scope or usual(ground)
            if whose is None:
                return None
            start = ground.day - LOOKED_BACK if own and not whose.customer_no else first
            return begun(book, ground, whose, Asked(until=ground.day, first=start, topics=topics), count)

        self._asking = True
        if not again:
            self.query_one("#replay-head", Static).update(Text(_("Working it out..."), style="dim"))
        self.ask("replay", question, self._show, failed=self._failed)
        if self.query_one(ContentSwitcher).current == "story":
            self._ask_story()

    def _failed(self, error: Exception) -> None:
        self._asking = False
        self.tell_error(error)

    def _show(self, answer: Begun | None) -> None:
        self._asking = False
        if answer is None:
            self.query_one("#replay-head", Static).update(Text(_("z chooses whose replay is shown.")))
            steps = self.query_one(StepList)
            steps.empty = _("An outlet's, a member of staff's or a customer's; Z on a customer leads there at once.")
            steps.show(ListSource([]))
            if not self._asked_whose:
                self._asked_whose = True
                self.action_view_whose()
            return
        self.begun, self.scope, self.steps = answer, answer.run.scope, answer.steps
        self.first = answer.run.asked.first
        one = bool(answer.run.scope.customer_no)
        steps = self.query_one(StepList)
        steps.empty = _("Nothing was written down that fits.")
        steps.set_columns(step_columns(answer.names, signs_of(self.app), desk_of(self).day, one=one))
        for bar in self.query("TopBar"):
            bar.refresh()
        self._take_in()
        if not self.steps:
            self.query_one("#step-text", Prose).update("")

    def _take_in(self) -> None:
        """Show the steps that there are, and go on where more are near."""
        self.query_one(StepList).show(ListSource(step_rows(self.steps)))
        self._tell_head()
        self.go_to_wanted()
        self.more()

    def more(self) -> None:
        """Work out the next page, while it is early or somebody is near the end."""
        found = self.begun
        if found is None or self._asking or found.run.finished:
            return
        near = self.query_one(StepList).cursor + NEAR > len(self.steps)
        if len(self.steps) >= AHEAD and not near and self.wanted is None:
            return
        self._asking = True
        self.ask("replay", lambda ground: found.run.steps(ground.cursor, PAGE), self._went_on, failed=self._failed)

    def _went_on(self, steps: list[Step]) -> None:
        self._asking = False
        self.steps = [*self.steps, *steps]
        self._take_in()

    def _tell_head(self) -> None:
        found = self.begun
        if found is None:
            return
        told = head_words(found, self.steps)
        if self.kind != "all":
            told.append(f"[{_(KINDS[self.kind][0])}]")
        if not found.run.finished:
            told.append(_("{count} steps so far", count=f"{len(self.steps):,}"))
        room = self.app.size.width - 2
        whose = fit(found.whose, min(cell_len(found.whose), room // 2))
        self.query_one("#replay-head", Static).update(
            Text.assemble((whose, "bold"), "  ", in_line(told, room - cell_len(whose) - 2), no_wrap=True)
        )

    @on(LongList.Highlighted, "#steps")
    def _moved(self, event: LongList.Highlighted) -> None:
        event.stop()
        found = self.begun
        if found is not None:
            lines = step_lines(
                event.row.item, found.names, signs_of(self.app), one=bool(found.run.scope.customer_no)
            )  # fmt: skip
            self.query_one("#step-text", Prose).update(Content("\n").join(lines))
            self.query_one("#step").scroll_home(animate=False)
            self.more()

    # ------------------------------------------------------------ keys of the list
    @on(StepList.TurnAsked)
    def _turn(self, event: StepList.TurnAsked) -> None:
        event.stop()
        steps = self.query_one(StepList)
        indexes = range(steps.cursor - 1, -1, -1) if event.back else range(steps.cursor + 1, len(self.steps))
        at = next((n for n in indexes if turns(self.steps[n])), None)
        if at is not None:
            steps.move_to(at)
        elif not event.back and self.begun is not None and not self.begun.run.finished:
            self.app.notify(_("The steps after this are still being worked out."), markup=False)
        else:
            self.app.notify(_("No tier and no owner moves there."), markup=False)

    @on(LongList.Opened, "#steps")
    def _open(self, event: LongList.Opened) -> None:
        event.stop()
        step: Step = event.row.item
        book, found = desk_of(self).book, self.begun
        if book is None or found is None or step.position is None or step.recorded_at is None:
            return
        whose = step.customers[0] if step.customers else ""
        item = HistoryItem(
            step.position, step.recorded_at, step.occurred_on, step.by, step.topic, step.code, step.details,
            step.corrects,
        )  # fmt: skip
        words = step_words(step, found.names)
        self.ask(
            "event", lambda ground: lay_open(book, ground, whose, item, words),
            lambda laid: self.app.push_screen(EventScreen(laid)),
        )  # fmt: skip

    # ------------------------------------------------------------ how it is looked at
    def action_view_card(self) -> None:
        """Show what the step changed, or hide it."""
        self.toggle_class("-no-card")

    # ------------------------------------------------------------ the story
    def action_view_next(self) -> None:
        """From the steps to the story, and back."""
        if self.scope is None or not self.scope.customer_no:
            self.app.notify(_("A story is told of one customer: open one and press Z there."), markup=False)
        elif self.query_one(ContentSwitcher).current == "story":
            self.to_front("replay-work")
        else:
            self.to_front("story")
            self._ask_story()

    def action_view_previous(self) -> None:
        """The other page."""
        self.action_view_next()

    def to_front(self, page: str) -> None:
        """Bring the steps or the story to the front, and the keys to it."""
        self.query_one(ContentSwitcher).current = page
        self.query_one("#steps" if page == "replay-work" else "#story").focus()

    def _ask_story(self) -> None:
        book, scope = desk_of(self).book, self.scope
        if book is None or scope is None or self._story_shown:
            return
        self._story_shown = True
        self.ask("story", lambda ground: told_story(book, ground, scope.customer_no), self._show_story)

    def _show_story(self, told: Sequence[tuple[str, str]]) -> None:
        parts: list[str | tuple[str, str]] = []
        for title, text in told:
            parts += [(f"{title}\n", "bold $primary"), f"{visible(text)}\n\n"]
        self.query_one("#story-text", Prose).update(Content.assemble(*parts))

    # ------------------------------------------------------------ export
    def action_app_export(self) -> None:
        """Write all steps to a file, a line each."""
        desk, found = desk_of(self), self.begun
        if found is None or desk.book is None:
            return
        book, staff, run, names = desk.book, desk.staff, found.run, found.names

        def write(path: Path) -> str:
            write_replay(path, book, staff, run.scope, run.asked, names)
            return kept(path)

        words = _("Write the replay to a file of JSON Lines")
        ask_path(self, words, str(Path.home() / default_name(found.whose, desk.day)), ENDINGS, write)


class CustomerReplay(ReplayScreen):
    """The replay of one customer, opened from the customer's page."""

    PLACE = ""

    def __init__(self, customer_no: str) -> None:
        super().__init__(Scope(customer_no))
