"""The overview: who it is, what is owed and why, what is open, what was done last, what is held."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from guanhu.domain.lunar import solar_birthday_in
from guanhu.domain.text import visible
from guanhu.language import N_, _, terms
from guanhu.tui.cells import day_month, days_away, wan
from guanhu.tui.fact_values import shown
from guanhu.tui.names import capital
from guanhu.tui.screens.customer.pane import Pane, View
from guanhu.tui.signs import Signs, signs_of
from guanhu.tui.widgets.customer_card import act_line, duty_line, fact_line, one_line
from guanhu.tui.widgets.prose import Prose

SHOWN = 12
CLOSABLE = {"promise": "promise", "referral": "referred", "request": "requested"}
"""What is taken up and closed again, with the topic that names it."""


class Overview(Pane):
    """Two columns where there is room, one below the other where there is not."""

    NAME: ClassVar[str] = N_("Overview")

    def compose(self) -> ComposeResult:
        """Facts at the left, duties and acts at the right; on a narrow screen duties come first."""
        with Horizontal(id="overview-wide"):
            with VerticalScroll(id="overview-duties", can_focus=True):
                yield Prose(id="duties-text")
            with VerticalScroll(id="overview-facts", can_focus=True):
                yield Prose(id="facts-text")

    def show(self, view: View) -> None:
        """Show the customer."""
        signs = signs_of(self.app)
        self.query_one("#duties-text", Static).update(Content("\n").join(duty_lines(view, signs)))
        self.query_one("#facts-text", Static).update(Content("\n").join(fact_lines(view)))


def _title(words: str) -> Content:
    return Content.styled(words, "bold $primary")


def duty_lines(view: View, signs: Signs) -> Iterator[Content]:
    """What is owed, what is open beside it, what was done."""
    page = view.page
    yield _title(_("Duties"))
    if not page.duties:
        yield Content.styled(_("Nothing is owed."), "$muted")
    for item in page.duties:
        yield duty_line(item, view.known, signs)
    told = {item.occurrence for item in page.duties}
    pending = [
        affair for affair in page.affairs
        if affair["closed_on"] is None and affair["kind"] in CLOSABLE and str(affair["position"]) not in told
    ]  # fmt: skip
    if pending:
        yield Content("")
        yield _title(_("Open affairs"))
    for affair in pending:
        due = _("due {day}", day=day_month(affair["due"], view.card.day)) if affair["due"] else ""
        kind, who = terms.topic(CLOSABLE[affair["kind"]]), view.names.staff(affair["staff"])
        words = " ".join(part for part in (kind, due, who) if part)
        yield Content.assemble(visible(words), (f"  {one_line(str(affair['text']))}", "$muted"))
    yield Content("")
    yield _title(_("Last acts"))
    if not page.acts:
        yield Content.styled(_("Never contacted."), "$muted")
    for act in page.acts[:SHOWN]:
        yield act_line(act, view.card)


def fact_lines(view: View) -> Iterator[Content]:
    """Whose the customer is, what is known of the person, what is held."""
    page, names = view.page, view.names
    yield _title(_("Who looks after them"))
    for owner in page.owners:
        yield fact_line(capital(names.role(owner.role)), names.staff(owner.staff_id))
    if not page.owners:
        yield fact_line(_("Owner"), _("nobody"))
    if page.system_owner:
        yield fact_line(_("System owner"), names.staff(page.system_owner))
    yield fact_line(_("Outlet"), names.outlet(page.outlet))
    for mark in page.marks:
        since = _("since {day}", day=mark["since"].isoformat())
        reason = (one_line(mark["reason"]), "$muted")
        yield Content.assemble((terms.mark(mark["mark"]), "bold $soon"), f"  {since}  ", reason)
    if page.tags:
        yield fact_line(_("Tags"), _(", ").join(page.tags))
    for link in page.links:
        who = f"{link['name'] or link['customer_no']} {link['customer_no']}"
        yield fact_line(capital(terms.relation(link["relation"])), who)
    yield Content("")
    yield _title(_("The person"))
    yield from _person(view)
    if page.products:
        yield Content("")
        yield _title(_("Products"))
    for product in page.products:
        matures = _("matures {day}", day=product["matures_on"].isoformat()) if product["matures_on"] else ""
        amount = _("{amount} wan", amount=wan(product["amount_fen"]))
        yield Content.assemble(visible(product["product"]), f"  {amount}  ", (matures, "$muted"))


def _person(view: View) -> Iterator[Content]:
    page = view.page
    if page.erased or page.restricted:
        yield Content.styled(_("erased") if page.erased else _("restricted"), "$muted")
        return
    for fact, value in page.profile.items():
        words = one_line(shown(fact, value))
        if fact == "birthday" and (coming := next_birthday(value, view.card.day)):
            words = _("{day}  ({away})", day=words, away=days_away(coming, view.card.day))
        yield fact_line(capital(terms.fact(fact)), words)
    if page.missing:
        yield fact_line(_("Missing in the profile: "), _(", ").join(map(terms.fact, page.missing)))


def next_birthday(born: str, today: date) -> date | None:
    """The next birthday by the sun, today included; the 29th of February falls on the 28th (DESIGN 6)."""
    try:
        day = date.fromisoformat(born)
    except ValueError:
        return None
    this = solar_birthday_in(today.year, day)
    return this if this >= today else solar_birthday_in(today.year + 1, day)
