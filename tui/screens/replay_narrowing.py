"""Whose replay is looked at, from which day on, and which kinds of events."""

from collections.abc import Sequence
from datetime import date

from guanhu.domain.errors import Refused
from guanhu.domain.phrases import day_of
from guanhu.language import _
from guanhu.projections.finding import find
from guanhu.projections.replay_scope import Scope
from guanhu.projections.replay_step import Step
from guanhu.tui.asking import Asking
from guanhu.tui.desk import desk_of
from guanhu.tui.ground import Ground
from guanhu.tui.replay_asked import Begun, day_of_step
from guanhu.tui.replay_rows import KINDS
from guanhu.tui.screens.replay_list import StepList
from guanhu.tui.whose import whose_options
from guanhu.tui.widgets.dialogs import AskText, Choose

CUSTOMER = "customer:"
"""Stands for a customer in the choice of whose replay it is."""
OFFERED = 20
"""Customers offered of those found: who means one can say more."""


class Narrowing(Asking):
    """What a replay's screen is asked for, and the keys that change it."""

    scope: Scope | None = None
    first: date | None = None
    """The day from which on events are told, None for the beginning; it counts once somebody has chosen it."""
    first_chosen = False
    kind = "all"
    begun: Begun | None = None
    steps: Sequence[Step] = ()
    wanted: date | None = None
    """The day that is gone to when its steps are there."""

    def reload(self) -> None:
        """Begin the replay anew."""
        raise NotImplementedError

    def more(self) -> None:
        """Work out the next steps, where that is wanted."""
        raise NotImplementedError

    def to_front(self, page: str) -> None:
        """Bring a page to the front."""
        raise NotImplementedError

    def action_view_whose(self) -> None:
        """Choose whose replay is shown."""
        self.ask("whose", _whose, self._choose)

    def _choose(self, options: list[tuple[str, str]]) -> None:
        at = self.scope or Scope()
        chosen = f"staff:{at.staff}" if at.staff else f"outlet:{at.outlet}" if at.outlet else CUSTOMER
        self.app.push_screen(Choose(_("Whose replay?"), options, chosen), self._look_at)

    def _look_at(self, chosen: str | None) -> None:
        if chosen == CUSTOMER:
            words, hint = _("Which customer?"), _("number, name, pinyin initials or phone tail")
            self.app.push_screen(AskText(words, hint=hint), self._find)
        elif chosen is not None:
            kind, _colon, id_ = chosen.partition(":")
            self._stand_on(Scope(staff=id_) if kind == "staff" else Scope(outlet=id_))

    def _find(self, text: str | None) -> None:
        """The customer who is meant: the one found, or one chosen of several."""
        if not (wanted := (text or "").strip()):
            return

        def question(ground: Ground) -> list[tuple[str, str]]:
            found = find(ground.cursor, ground.policy, ground.calendar, ground.day, wanted, limit=OFFERED)[1]
            return [(each.customer_no, f"{each.name}  {each.customer_no}".strip()) for each in found]

        def take(number: str | None) -> None:
            if number:
                self._stand_on(Scope(number))

        def found(people: list[tuple[str, str]]) -> None:
            if not people:
                self.app.notify(_("Nobody is known by this."), severity="warning", markup=False)
            elif len(people) == 1:
                take(people[0][0])
            else:
                self.app.push_screen(Choose(_("Which customer?"), people), take)

        self.ask("whose", question, found)

    def _stand_on(self, scope: Scope) -> None:
        self.scope = scope
        self.to_front("replay-work")
        self.reload()

    def action_view_day(self) -> None:
        """Ask for a day; nothing typed is the beginning."""
        hint = _("2026-03-01, -30, yesterday; nothing: the beginning")
        self.app.push_screen(AskText(_("From which day?"), hint=hint), self._named)

    def _named(self, text: str | None) -> None:
        if text is None:
            return
        try:
            day = day_of(text, desk_of(self).today) if text.strip() else None
        except Refused as error:
            self.tell_error(error)
            return
        first = self.begun.run.asked.first if self.begun else None
        if day is not None and self.steps and (first is None or first <= day):
            self.wanted = day
            self.go_to_wanted()
            self.more()
        else:
            self.first, self.first_chosen = day, True
            self.reload()

    def go_to_wanted(self) -> None:
        """Go to the first step that was written on the day that was asked for, or after it, once it is there."""
        if self.wanted is None or self.begun is None:
            return
        at = next((n for n, step in enumerate(self.steps) if day_of_step(step) >= self.wanted), None)
        if at is None and self.begun.run.finished:
            at = len(self.steps) - 1
        if at is not None:
            self.wanted = None
            self.query_one(StepList).move_to(at)

    def action_view_filter(self) -> None:
        """Choose which kinds of events are told."""
        options = [(kind, _(words)) for kind, (words, _topics) in KINDS.items()]
        self.app.push_screen(Choose(_("Which events?"), options, self.kind), self._narrow)

    def _narrow(self, kind: str | None) -> None:
        if kind is not None and kind != self.kind:
            self.kind = kind
            self.reload()

    def action_view_clear(self) -> None:
        """All kinds again."""
        self._narrow("all")


def _whose(ground: Ground) -> list[tuple[str, str]]:
    """A question: whose replay there is to see; that of all would never end."""
    return [(CUSTOMER, _("a customer...")), *(each for each in whose_options(ground) if each[0] != "all:")]
