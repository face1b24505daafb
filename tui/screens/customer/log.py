"""The log of one customer: every act and affair, newest first, the note of the highlighted one below."""

from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from guanhu.domain.text import visible
from guanhu.language import N_, _, terms
from guanhu.projections.customer_log import CustomerEntry, customer_log
from guanhu.tui.cells import day_month
from guanhu.tui.ground import Ground
from guanhu.tui.names import Names, outcome_shown
from guanhu.tui.screens.customer.pane import Pane, View
from guanhu.tui.widgets.columns import Cell, Column
from guanhu.tui.widgets.customer_card import one_line
from guanhu.tui.widgets.long_list import LongList, rows_of
from guanhu.tui.widgets.pages import ListSource
from guanhu.tui.widgets.prose import Prose

KINDS = {"referral": "referred", "event": "important_event", "request": "requested"}
"""Kinds of affairs whose topic is called otherwise."""


class LogPane(Pane):
    """The entries as they stand after corrections."""

    NAME: ClassVar[str] = N_("Work log")

    def compose(self) -> ComposeResult:
        """The entries and the note."""
        yield LongList(id="log", markable=False)
        with VerticalScroll(classes="panel", id="log-note", can_focus=True):
            yield Prose(id="log-text")

    def show(self, view: View) -> None:
        """Ask for the customer's entries."""
        self.query_one(LongList).empty = _("Never contacted.")

        def question(ground: Ground) -> list[CustomerEntry]:
            return customer_log(ground.cursor, view.no, ground.day)

        self.ask("customer-log", question, lambda entries: self._show(entries, view.names, view.card.day))

    def _show(self, entries: list[CustomerEntry], names: Names, today: date) -> None:
        listing = self.query_one(LongList)
        listing.set_columns(_columns(names, today))
        rows = rows_of(entries, lambda entry: f"{entry.kind}{entry.position}")
        # Who stands at the top sees what is new come in; who looks further down is not moved.
        listing.show(ListSource(rows), keep=listing.cursor > 0)
        self._names = names
        if not entries:
            self.query_one("#log-text", Static).update("")

    @on(LongList.Highlighted, "#log")
    def _told(self, event: LongList.Highlighted) -> None:
        event.stop()
        self.query_one("#log-text", Static).update(entry_text(event.row.item, self._names))


def entry_text(entry: CustomerEntry, names: Names) -> Content:
    """An entry in full."""
    who = names.staff_list((entry.staff, *entry.companions))
    outcome = outcome_shown(entry.outcome, entry.kind) if entry.outcome else ""
    head = "  ".join(part for part in (entry.on.isoformat(), kind_words(entry), outcome, who) if part)
    lines = [Content.styled(visible(head), "bold")]
    if entry.note:
        lines.append(Content(visible(entry.note, multiline=True)))
    aside = []
    if entry.next_on:
        aside.append(_("next step {day}", day=entry.next_on.isoformat()))
    if entry.due:
        aside.append(_("due {day}", day=entry.due.isoformat()))
    if entry.closed_on:
        aside.append(_("settled {day}", day=entry.closed_on.isoformat()))
    if entry.corrected:
        aside.append(_("corrected by entry {position}", position=entry.corrected))
    aside.append(_("entry {position}", position=entry.position))
    lines.append(Content.styled("  ".join(aside), "$muted"))
    return Content("\n").join(lines)


def kind_words(entry: CustomerEntry) -> str:
    """What kind of entry it is: the channel of a contact, the topic of all else."""
    if entry.kind == "contact":
        return terms.channel(entry.channel)
    words = terms.topic(KINDS.get(entry.kind, entry.kind))
    if entry.kind == "event":
        return _("{what}: {which}", what=words, which=terms.important_event(entry.subject))
    if entry.kind == "request":
        return _("{what}: {which}", what=words, which=terms.request(entry.subject))
    return words


def _kind_short(entry: CustomerEntry) -> str:
    """The same in fewer words: which event it is, else only the topic."""
    if entry.kind == "event":
        return terms.important_event(entry.subject)
    return terms.topic(KINDS.get(entry.kind, entry.kind))


def _columns(names: Names, today: date) -> list[Column]:
    def outcome(entry: CustomerEntry) -> Cell:
        if entry.outcome:
            return outcome_shown(entry.outcome, entry.kind)
        if entry.kind not in ("promise", "referral", "request"):
            return ""
        return (_("settled"), "good") if entry.closed_on else (_("not settled"), "soon")

    return [
        Column("on", _("Date"), lambda entry: entry.on.isoformat(), 10),
        Column("kind", _("Kind"), kind_words, 10, 22, flex=1, short=lambda entry, _width: _kind_short(entry)),
        Column("outcome", _("Outcome"), outcome, 10, 20, flex=1),
        Column("staff", _("By"), lambda entry: names.staff(entry.staff), 8, 14, flex=1, priority=1),
        Column("next", _("Next"), lambda entry: day_month(entry.next_on or entry.due, today), 6, 10, priority=2),
        Column("note", _("Note"), lambda entry: (one_line(entry.note), "muted"), 12, 0, flex=6, priority=1),
    ]
