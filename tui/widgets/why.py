"""Why a duty is owed: the rule in words, what raised it, what would do it, what was done."""

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen

from guanhu.domain.text import visible
from guanhu.language import _, terms
from guanhu.projections.customers import page
from guanhu.projections.duty_why import DutyWhy, duty_why
from guanhu.tui.because import Known, because
from guanhu.tui.cells import wan
from guanhu.tui.duty_words import said
from guanhu.tui.ground import Ground
from guanhu.tui.keys import bindings
from guanhu.tui.names import outcome_shown
from guanhu.tui.signs import STYLES
from guanhu.tui.which_words import which
from guanhu.tui.widgets.customer_card import known_of, one_line
from guanhu.tui.widgets.prose import Prose


class Why(ModalScreen[None]):
    """Lines that explain; any of the keys that close things closes it."""

    CSS = Path(__file__).with_suffix(".tcss").read_text("utf-8")
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("form.cancel", "view.why"),
        ("q,enter,space", "form_cancel"),
        ("j,down", "scroll(1)"),
        ("k,up", "scroll(-1)"),
    ]

    def __init__(self, title: str, explained: list[Content]) -> None:
        super().__init__()
        self._title = title
        self._lines = explained

    def compose(self) -> ComposeResult:
        """A text that scrolls."""
        with Vertical(classes="dialog") as box:
            box.border_title = Content(visible(self._title))
            box.border_subtitle = _("Esc: back")
            with VerticalScroll():
                yield Prose(id="explained")

    def on_mount(self) -> None:
        """Say it."""
        self.query_one(Prose).update(Content("\n").join(self._lines))

    def action_scroll(self, lines: int) -> None:
        """Down, or up."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_form_cancel(self) -> None:
        """Close."""
        self.dismiss(None)

    def action_view_why(self) -> None:
        """Close by the key that opened it."""
        self.dismiss(None)


def why_of(ground: Ground, customer_no: str, duty_id: str) -> list[Content]:
    """A question: why a customer's duty is owed, in lines; NotFound("unknown_customer", "unknown_duty")."""
    w = duty_why(ground.cursor, ground.policy, ground.calendar, ground.day, customer_no, duty_id)
    known = known_of(page(ground.cursor, ground.policy, ground.calendar, ground.day, customer_no), ground)
    explained = list(_now(w, ground))
    for item in w.items:
        if item.status in ("upcoming", "open", "overdue"):
            style = STYLES.get(item.status, "")
            days = _("from {opens} until {due}", opens=item.opens or "", due=item.due or _("done"))
            words = "  ".join(filter(None, (days, one_line(because(item, known)))))
            explained.append(Content.assemble((terms.status(item.status), f"bold ${style}"), f"  {words}"))
    explained += _done(w, known)
    for title, sentences in said(ground.scheme, ground.scheme.duty[duty_id]):
        explained.append(Content.styled(title, "bold $primary"))
        explained += [Content(f"  {sentence}") for sentence in sentences]
    explained.append(Content.styled(_("Rule"), "bold $primary"))
    explained.append(Content(f"  {ground.names.scheme(w.scheme, w.version)}"))
    if not w.working_days_published:
        words = _("The working days of {year} are not published yet; plain weekends stand in.", year=w.on.year)
        explained.append(Content.styled(words, "$muted"))
    return explained


def _now(w: DutyWhy, ground: Ground) -> Iterator[Content]:
    """The customer on the day, and whether the duty applies."""
    aum = _("no balance yet") if w.aum_fen is None else _("{amount} wan", amount=wan(w.aum_fen))
    tier = ground.names.tier(w.tier) if w.aum_fen is not None else ""
    marks = _(", ").join(terms.mark(each) for each in w.marks)
    yield Content(f"{w.on:%Y-%m-%d}  {tier}  {aum}  {marks}".rstrip())
    if w.silent:
        yield Content.styled(_("A mark forbids to contact the customer."), "$late")
    elif not w.applies:
        yield Content.styled(_("It does not apply to the customer on this date."), "$muted")


def _done(w: DutyWhy, known: Known) -> Iterator[Content]:
    """The last acts that did it, and what was waived."""
    for act in w.acts[:3]:
        how = terms.channel(act.channel) if act.kind == "contact" else terms.topic("visit")
        words = f"{act.on:%Y-%m-%d} {how} {outcome_shown(act.outcome, act.kind)} {known.names.staff(act.staff)}"
        yield Content.assemble((_("done "), "$good"), visible(words))
    for occurrence, on, by, reason in w.waived:
        item = next((item for item in w.items if item.occurrence == occurrence), None)
        meant = which(item, known) if item else known.names.occurrence(occurrence)
        words = f"{meant} {on:%Y-%m-%d} {known.names.staff(by)}"
        yield Content.assemble((_("waived "), "$muted"), visible(words), f"  {one_line(reason)}")
