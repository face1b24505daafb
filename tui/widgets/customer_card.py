"""The card of one customer beside a list: whose it is, the balance, what is owed and why, what was done last."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from guanhu.domain.contact import reached
from guanhu.domain.text import visible
from guanhu.language import _, terms
from guanhu.projections.queue import DutyItem
from guanhu.tui.cells import day_month, wan
from guanhu.tui.ground import Ground
from guanhu.tui.names import outcome_shown
from guanhu.tui.signs import PLAIN, STYLES, Signs, signs_of
from guanhu.tui.widgets.breaking import HANG
from guanhu.tui.widgets.prose import Prose

if TYPE_CHECKING:  # the first frame shows no card yet, and does not wait for what cards are made of
    from guanhu.projections.customer_log import ActLine
    from guanhu.projections.customers import CustomerPage
    from guanhu.tui.because import Known

SPARK_DAYS = 365
SHOWN_ACTS = 5
SPARK_CELLS = 24
INDENT = 2
"""Cells by which a fact goes on further in than it begins."""


class Card(msgspec.Struct, frozen=True):
    """What the card tells of a customer, and the day it tells it for."""

    page: "CustomerPage"
    known: "Known"
    day: date


def card_of(ground: Ground, customer_no: str, *, uncovered: bool = False) -> Card:
    """A question: the card of a customer; NotFound("unknown_customer"). `uncovered`: projections/customers.py, page."""
    from guanhu.projections.customers import page

    found = page(ground.cursor, ground.policy, ground.calendar, ground.day, customer_no, uncovered=uncovered)
    return Card(found, known_of(found, ground), ground.day)


def known_of(found: "CustomerPage", ground: Ground) -> "Known":
    """What the reasons of a customer's duties are made of."""
    from guanhu.tui.because import Known

    return Known(
        ground.names, ground.scheme, ground.day, tuple(found.missing),
        {str(affair["position"]): affair for affair in found.affairs},
        next((act.on for act in found.acts if reached(act.kind, act.outcome)), None),
    )  # fmt: skip


class CustomerCard(VerticalScroll, can_focus=False):
    """Shows a card; empty until it gets one. `within`: in a panel that says what is missing in the profile already."""

    DEFAULT_CSS = Path(__file__).with_suffix(".tcss").read_text("utf-8")

    def __init__(self, *, within: bool = False, id: str | None = None) -> None:
        super().__init__(id=id, classes="-within" if within else "")
        self._within = within

    def compose(self) -> ComposeResult:
        """One text, that wraps by itself."""
        yield Prose()

    def show(self, card: Card | None) -> None:
        """Show a customer's card, or nothing."""
        text = Content("\n").join(lines(card, signs_of(self.app), missing=not self._within)) if card else Content("")
        self.query_one(Static).update(text)
        self.scroll_home(animate=False)


def lines(card: Card, signs: Signs, *, missing: bool = True) -> Iterator[Content]:
    """The lines of a card; `missing`: also what the profile lacks."""
    yield from _head(card, signs)
    yield from _duties(card, signs)
    yield from _affairs(card)
    yield from _acts(card)
    if missing and card.page.missing and not card.page.erased:
        facts = _(", ").join(terms.fact(fact) for fact in card.page.missing)
        complete = card.page.profile_score >= card.known.scheme.profile.full_score
        words = _("Profile complete, may be added: ") if complete else _("Missing in the profile: ")
        yield fact_line(words, facts)


def _head(card: Card, signs: Signs) -> Iterator[Content]:
    found, names = card.page, card.known.names
    number = visible(found.customer_no)
    yield Content.assemble((visible(found.name) or number, "bold"), "  ", (number if found.name else "", "$muted"))
    if found.aum_fen is None:
        yield Content.styled(_("no balance yet"), "$muted")
    else:
        on = f" ({day_month(found.aum_date, card.day)})" if found.aum_date else ""
        tier = names.tier(found.tier)
        yield Content.assemble((tier, "bold"), "  ", _("{amount} wan", amount=wan(found.aum_fen)), (on, "$muted"))
        yield from _balances(card, signs)
    owners = _(", ").join(f"{names.staff(owner.staff_id)} {names.role(owner.role)}" for owner in found.owners)
    yield fact_line(_("Owner "), owners or _("nobody"))
    if found.system_owner and found.system_owner not in {owner.staff_id for owner in found.owners}:
        yield fact_line(_("System owner "), names.staff(found.system_owner))
    told = [terms.mark(str(mark["mark"])) for mark in found.marks] + [visible(tag) for tag in found.tags]
    if told:
        yield fact_line(_("Marks and tags "), _(", ").join(told), "$soon")


def fact_line(title: str, value: str, style: str = "") -> Content:
    """What something is called and what it is; what has no room on the line goes on a little further in."""
    head = next((n for n in range(len(title)) if cell_len(title[:n]) >= INDENT), len(title))
    gap = "" if title.endswith(("：", " ")) else " "
    return Content.assemble((title[:head], "$muted"), HANG, (title[head:] + gap, "$muted"), (visible(value), style))


def _balances(card: Card, signs: Signs) -> Iterator[Content]:
    """The year's balances as a line, with its lowest and highest."""
    from guanhu.tui.widgets.spark import daily, spark

    steps = [(step.date.toordinal(), step.aum_fen) for step in card.page.balances]
    last = card.day.toordinal()
    values = daily(steps, (card.day - timedelta(days=SPARK_DAYS)).toordinal(), last, SPARK_CELLS * 2)
    if len(values) > 1:
        drawn = spark(values, min(SPARK_CELLS, len(values) // 2), plain=signs is PLAIN)
        span = _("year: {low} to {high} wan", low=wan(min(values)), high=wan(max(values)))
        yield Content.assemble((drawn, "$primary"), "  ", (span, "$muted"))


def _duties(card: Card, signs: Signs) -> Iterator[Content]:
    if not card.page.duties:
        yield Content.styled(_("Nothing is owed."), "$muted")
        return
    yield Content.styled(_("Duties"), "bold $primary")
    for item in card.page.duties:
        yield duty_line(item, card.known, signs)


def duty_line(item: DutyItem, known: "Known", signs: Signs) -> Content:
    """A duty with its state, its due day and its reason."""
    from guanhu.tui.because import because

    style = STYLES.get(item.status, "")
    parts: list[str | tuple[str, str]] = [(f"{getattr(signs, item.status)} ", f"${style}" if style else "")]
    parts.append(known.names.duty(item.duty))
    if item.due:
        due = day_month(item.due, known.today)
        words = _("overdue {day}", day=due) if item.status == "overdue" else _("until {day}", day=due)
        parts.append((f"  {words}", f"${style}" if style else ""))
    if reason := because(item, known):
        parts.append((f"  {one_line(reason)}", "$muted"))
    return Content.assemble(*parts)


def _affairs(card: Card) -> Iterator[Content]:
    """What is open beside the duties: others' promises, referrals, requests."""
    told = {item.occurrence for item in card.page.duties}
    for affair in card.page.affairs:
        kind = str(affair["kind"])
        if affair["closed_on"] is None and kind in _OPEN and str(affair["position"]) not in told:
            due = f" {day_month(affair['due'], card.day)}" if affair["due"] else ""
            who = card.known.names.staff(affair["staff"])
            yield Content.assemble(
                f"{terms.topic(_OPEN[kind])}{due} {visible(who)}", (f"  {one_line(str(affair['text']))}", "$muted")
            )


_OPEN = {"promise": "promise", "referral": "referred", "request": "requested"}


def _acts(card: Card) -> Iterator[Content]:
    if not card.page.acts:
        yield Content.styled(_("Never contacted."), "$muted")
        return
    yield Content.styled(_("Last acts"), "bold $primary")
    for act in card.page.acts[:SHOWN_ACTS]:
        yield act_line(act, card)


def act_line(act: "ActLine", card: Card) -> Content:
    """An act with who did it and what was noted."""
    how = terms.channel(act.channel) if act.kind == "contact" else terms.topic("visit")
    who = card.known.names.staff_list((act.staff, *act.companions))
    words = f"{day_month(act.on, card.day)} {HANG}{how} {outcome_shown(act.outcome, act.kind)}"
    note = f"  {one_line(act.note)}" if act.note else ""
    return Content.assemble(words, (f" {visible(who)}" if who else "", "$muted"), (note, "$muted"))


def one_line(text: str) -> str:
    """A note in a line, made harmless."""
    return visible(" ".join(text.split()))
