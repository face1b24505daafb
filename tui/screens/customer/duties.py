"""The duties of one customer, those that stand and those that are over, and why each is owed."""

from collections.abc import Iterator
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from guanhu.domain.occurrences import STATUSES
from guanhu.domain.text import visible
from guanhu.language import N_, _, terms
from guanhu.projections.duty_why import DutyWhy, duty_why
from guanhu.projections.queue import Asked, DutyItem, duty_list
from guanhu.tui.because import Known, because
from guanhu.tui.cells import day_month, fit
from guanhu.tui.duty_words import said
from guanhu.tui.ground import Ground
from guanhu.tui.names import outcome_shown
from guanhu.tui.screens.customer.pane import Pane, View
from guanhu.tui.signs import STYLES, Signs, signs_of, state
from guanhu.tui.which_words import which
from guanhu.tui.widgets.breaking import HANG
from guanhu.tui.widgets.columns import Column
from guanhu.tui.widgets.customer_card import one_line
from guanhu.tui.widgets.long_list import LongList
from guanhu.tui.widgets.pages import ListSource, Row
from guanhu.tui.widgets.prose import Prose

STANDING, COMING = ("overdue", "open"), ("upcoming",)


class Duties(Pane):
    """Duties in groups: to do, to come, over; below, why the highlighted one is owed."""

    NAME: ClassVar[str] = N_("Duties")

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._view: View | None = None

    def compose(self) -> ComposeResult:
        """The list and the reason."""
        yield LongList(id="duties", markable=False)
        with VerticalScroll(classes="panel", id="duty-why", can_focus=True):
            yield Prose(id="duty-text")

    def show(self, view: View) -> None:
        """Ask for all duties, past ones too."""
        self._view = view
        self.query_one(LongList).empty = _("Nothing is owed.")

        def question(ground: Ground) -> list[DutyItem]:
            asked = Asked(customer_no=view.no, statuses=STATUSES)
            return duty_list(ground.cursor, ground.policy, ground.calendar, ground.day, asked).items

        self.ask("duties", question, self._show)

    def _show(self, items: list[DutyItem]) -> None:
        if self._view is None:
            return
        listing = self.query_one(LongList)
        listing.set_columns(_columns(self._view, signs_of(self.app)))
        listing.show(ListSource(list(_rows(items))))

    @on(LongList.Highlighted, "#duties")
    def _explain(self, event: LongList.Highlighted) -> None:
        event.stop()
        view, item = self._view, event.row.item
        if view is None:
            return

        def question(ground: Ground) -> DutyWhy:
            return duty_why(ground.cursor, ground.policy, ground.calendar, ground.day, view.no, item.duty)

        def show(why: DutyWhy) -> None:
            self.query_one("#duty-text", Static).update(Content("\n").join(why_lines(item, why, view)))

        self.ask("why", question, show, delay=0.05)


def _rows(items: list[DutyItem]) -> Iterator[Row]:
    over = [item for item in items if item.status not in (*STANDING, *COMING)]
    over.sort(key=lambda item: (item.done_on or item.due or item.opens).toordinal() if item.opens else 0, reverse=True)
    groups = (
        (_("To do"), [item for item in items if item.status in STANDING]),
        (_("To come"), [item for item in items if item.status in COMING]),
        (_("Ended"), over),
    )
    for words, group in groups:
        if group:
            yield Row(f"#{words}", heading=f"{words}  {_('duties: {duties}', duties=len(group))}")
            for item in group:
                yield Row(f"{item.duty}/{item.occurrence}", item)


def why_lines(item: DutyItem, why: DutyWhy, view: View) -> Iterator[Content]:
    """Why a duty is owed: what raised it, the rule in sentences, what discharged it, the scheme."""
    yield Content.assemble(
        (visible(view.names.duty(item.duty)), "bold"), f"  {visible(which(item, view.known))}",
        (f"  {terms.status(item.status)}", f"${STYLES.get(item.status, 'muted')}"),
    )  # fmt: skip
    if why.silent:
        yield Content.styled(_("A mark forbids to contact: nothing is owed on these days."), "$soon")
    duty = view.scheme.duty.get(item.duty)
    told = [*_of_this_one(item, why, view), *(said(view.scheme, duty) if duty else ())]
    told.append((_("Rule"), [view.names.scheme(why.scheme, why.version)]))
    widest = max(cell_len(title) for title, _lines in told)
    for title, lines in told:
        for n, line in enumerate(lines):
            label = title if n == 0 else ""
            yield Content.assemble((f"{fit(label, widest)}  ", "$muted"), HANG, line)
    if not why.working_days_published:
        yield Content.styled(_("This year's working days are not published yet; plain weekends count."), "$soon")


def _of_this_one(item: DutyItem, why: DutyWhy, view: View) -> Iterator[tuple[str, list[str]]]:
    """What raised this occurrence, who owes it, what did it, with their titles."""
    names = view.names
    if reason := reason_of(item, view.known):
        yield _("Because"), [one_line(reason)]
    yield _("Owed by"), [visible(names.staff_list(item.owners)) or _("nobody")]
    for act in why.acts:
        if act.position == item.done_by:
            how = terms.channel(act.channel) if act.kind == "contact" else terms.topic("visit")
            words = f"{act.on.isoformat()} {how} {outcome_shown(act.outcome, act.kind)} {names.staff(act.staff)}"
            yield _("Done"), [visible(words)]
    for occurrence, on_, by, reason in why.waived:
        if occurrence == item.occurrence:
            yield _("Waived"), [visible(f"{on_.isoformat()} {names.staff(by)} {one_line(reason)}")]


def reason_of(item: DutyItem, known: Known) -> str:
    """What raised a duty; of one that is over only what was kept with it, for today says nothing of then."""
    duty = known.scheme.duty.get(item.duty)
    kept = item.basis or (duty is not None and duty.trigger in ("birthday", "festival"))
    return because(item, known) if kept or item.status in (*STANDING, *COMING) else ""


def _columns(view: View, signs: Signs) -> list[Column]:
    names, today = view.names, view.card.day
    return [
        Column("status", _("State"), lambda item: state(item.status, signs), 11),
        Column("duty", _("Duty"), lambda item: names.duty(item.duty), 20, 30, flex=3),
        Column("which", _("Which"), lambda item: (which(item, view.known), "muted"), 10, 24, flex=1, priority=2),
        Column("opens", _("Opens"), lambda item: day_month(item.opens, today), 10, priority=3),
        Column("due", _("Due"), lambda item: day_month(item.due, today), 10),
        Column("done", _("Done"), lambda item: day_month(item.done_on, today), 10, priority=1),
        Column("owner", _("Owed by"), lambda item: names.staff(item.owner), 8, 14, flex=1, priority=1),
        Column("because", _("Because"), lambda item: (one_line(reason_of(item, view.known)), "muted"), 12, 0, flex=5,
               priority=4),
    ]  # fmt: skip
