"""What the counter's screen says of the person in front, and of the teller's day."""

from collections.abc import Iterator, Sequence
from datetime import date

from textual.content import Content

from guanhu.domain.text import visible
from guanhu.language import _, terms
from guanhu.projections.teller_day import TellerDay, Written
from guanhu.tui.cells import day_month, fit
from guanhu.tui.names import customers_counted
from guanhu.tui.upward import Upward
from guanhu.tui.widgets.customer_card import Card

SHOWN_WRITTEN = 30


def gaps(card: Card, wanted: Sequence[str], above: Upward) -> Content:
    """First what the teller can do now: facts to ask for, whom to refer to, why the customer could rise."""
    return Content("\n").join(_gaps(card, wanted, above))


def _gaps(card: Card, wanted: Sequence[str], above: Upward) -> Iterator[Content]:
    page, weights = card.page, card.known.scheme.profile.weights
    if page.erased or page.restricted:
        yield Content.styled(_("The personal data of this customer must not be used."), "$late bold")
        return
    score, full = page.profile_score, card.known.scheme.profile.full_score
    complete = score >= full
    so_far = _("profile {score} of 100", score=score) if complete else _(
        "profile {score}, complete from {full}", score=score, full=full
    )
    if not page.missing:
        yield Content.assemble((_("Nothing is missing"), "bold"), (f"  {so_far}", "$muted"))
    else:
        words = _("Complete, may be added") if complete else _("Ask for")
        yield Content.assemble((words, "bold"), (f"  {so_far}", "$muted"))
    for fact in wanted:
        yield Content.styled("! " + _("{fact}, owed to the file", fact=terms.fact(fact)), "$late")
    others = sorted((fact for fact in page.missing if fact not in wanted), key=lambda fact: -weights.get(fact, 0))
    if others:
        yield Content("  " + _(", ").join(terms.fact(fact) for fact in others))
    if above.waits:
        yield Content.styled(visible(above.waits), "$soon")
        return
    if any(item.duty == "near_tier" for item in page.duties):
        yield Content.styled("! " + _("Near the next tier: refer upward."), "$soon")
    if above.proposed:
        yield Content.assemble((_("Refer to "), "$muted"), visible(above.managers[0][1]))
    if above.away:
        yield Content.styled(visible(above.away), "$muted")


def tally(day: TellerDay) -> Content:
    """How much was written, and what, the newest first."""
    if not day.written:
        return Content.styled(_("Nothing has been written yet."), "$muted")
    counts = _(", ").join(f"{terms.topic(topic)} {count}" for topic, count in day.counts.items())
    head = Content.assemble((customers_counted(day.customers), "bold"), f"  {counts}")
    return Content("\n").join([head, *(_line(each, day.day) for each in day.written[:SHOWN_WRITTEN])])


def _line(each: Written, today: date) -> Content:
    """A thing written today, and which day it is of where that was another."""
    name = fit(each.name or each.customer_no, 8)
    on = "" if each.on in (today, date.min) else f" ({day_month(each.on, today)})"
    return Content.assemble((f"{each.at}  ", "$muted"), name, f"  {terms.topic(each.topic)}", (on, "$muted"))
