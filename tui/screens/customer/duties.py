"""The duties of one customer, those that stand and those that are over, and why each is owed."""

from collections.abc import Iterator
from typing import ClassVar

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
from guanhu.tui.cells import day_month
from guanhu.tui.duty_words import said
from guanhu.tui.ground import Ground
from guanhu.tui.screens.customer.pane import Pane, View
from guanhu.tui.signs import Signs, signs_of, state
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
            yield Row(f"#{words}", heading=f"{words}  {len(group)}")
            for item in group:
                yield Row(f"{item.duty}/{item.occurrence}", item)


def why_lines(item: DutyItem, why: DutyWhy, view: View) -> Iterator[Content]:
    """Why a duty is owed: what raised it, the rule in sentences, what discharged it, the scheme."""
    names = view.names
    head = f"{names.duty(item.duty)}  {occurrence_words(item, view)}  {terms.status(item.status)}"
    yield Content.styled(visible(head), "bold")
    if reason := reason_of(item, view.known):
        yield Content(one_line(reason))
    owners = names.staff_list(item.owners)
    scheme = _("scheme {scheme}, version {version}", scheme=why.scheme, version=why.version)
    yield Content.assemble((_("Owed by") + " ", "$muted"), visible(owners) or _("nobody"), (f"  {scheme}", "$muted"))
    for act in why.acts:
        if act.position == item.done_by:
            how = terms.channel(act.channel) if act.kind == "contact" else terms.topic("visit")
            words = f"{act.on.isoformat()} {how} {terms.outcome(act.outcome, act.kind)} {names.staff(act.staff)}"
            yield Content.assemble((_("Done by") + " ", "$muted"), visible(words))
    for occurrence, on_, by, reason in why.waived:
        if occurrence == item.occurrence:
            words = f"{on_.isoformat()} {names.staff(by)} {one_line(reason)}"
            yield Content.assemble((_("Waived") + " ", "$muted"), visible(words))
    if why.silent:
        yield Content.styled(_("A mark forbids to contact: nothing is owed on these days."), "$soon")
    duty = view.scheme.duty.get(item.duty)
    for title, lines in said(view.scheme, duty) if duty else ():
        yield Content.assemble((f"{title} ", "$muted"), "  ".join(lines))
    if not why.working_days_published:
        yield Content.styled(_("This year's working days are not published yet; plain weekends count."), "$soon")


def reason_of(item: DutyItem, known: Known) -> str:
    """What raised a duty; of one that is over only what was kept with it, for today says nothing of then."""
    return because(item, known) if item.basis or item.status in (*STANDING, *COMING) else ""


def occurrence_words(item: DutyItem, view: View) -> str:
    """Which occurrence it is: a date, a period, a festival by name, the person it was for."""
    key, _colon, staff = item.occurrence.partition(":")
    year, _dash, festival = key.partition("-")
    if festival in terms.FESTIVALS:
        return f"{year} {terms.festival(festival)}"
    if staff:
        return f"{key} {view.names.staff(staff)}"
    duty = view.scheme.duty.get(item.duty)
    if duty and duty.trigger != "maturity" and key.isdigit():
        return _("entry {position}", position=key)
    return item.occurrence


def _columns(view: View, signs: Signs) -> list[Column]:
    names, today = view.names, view.card.day
    return [
        Column("status", _("State"), lambda item: state(item.status, signs), 11),
        Column("duty", _("Duty"), lambda item: names.duty(item.duty), 20, 30, flex=3),
        Column("which", _("Which"), lambda item: (occurrence_words(item, view), "muted"), 10, 20, flex=1, priority=2),
        Column("opens", _("Opens"), lambda item: day_month(item.opens, today), 10, priority=3),
        Column("due", _("Due"), lambda item: day_month(item.due, today), 10),
        Column("done", _("Done"), lambda item: day_month(item.done_on, today), 10, priority=1),
        Column("owner", _("Owed by"), lambda item: names.staff(item.owner), 8, 14, flex=1, priority=1),
        Column("because", _("Because"), lambda item: (one_line(reason_of(item, view.known)), "muted"), 12, 0, flex=5,
               priority=4),
    ]  # fmt: skip
