"""A customer's page: as the JSON document of DESIGN 7, and as people read it."""

from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec

from guanhu.commands.duty_lines import due_text, duty_document
from guanhu.commands.frame import Question
from guanhu.commands.output import Column, facts, heading, table
from guanhu.commands.provisional import note_provisional
from guanhu.domain.money import format_yuan
from guanhu.language import _, terms
from guanhu.tui.names import day_text, listed

if TYPE_CHECKING:
    from guanhu.projections.customer_log import ActLine
    from guanhu.projections.customers import CustomerPage

# Important events and opinions are noted, and nothing closes them.
CLOSABLE = ("promise", "referral", "request")
LINES = 10
"""Acts and balances shown to people; the document has them all."""


def page_document(page: "CustomerPage", day: date) -> dict[str, Any]:
    """The JSON document of `customer show`."""
    content: dict[str, Any] = msgspec.to_builtins(page, builtin_types=(date,))
    content["duties"] = [duty_document(item) for item in page.duties]
    content["mark_details"] = content["marks"]  # since when, by whom and why
    content["marks"] = [mark["mark"] for mark in page.marks]
    return {"as_of": day, **content}


def page_text(page: "CustomerPage", q: Question) -> None:
    """The page for people."""
    _head(page, q)
    _duties(page, q)
    _affairs(page, q)
    _products(page)
    _acts(page, q)
    _balances(page)
    if page.provisional:
        note_provisional(q, q.day)


def _head(page: "CustomerPage", q: Question) -> None:
    names = q.names
    owners = listed(f"{names.staff(owner.staff_id)} ({names.role(owner.role)})" for owner in page.owners)
    aum = "" if page.aum_fen is None else _(
        "{amount} yuan, reported {day}", amount=format_yuan(page.aum_fen), day=day_text(page.aum_date)
    )  # fmt: skip
    tier = names.tier_or_none(page.tier, page.aum_fen)
    if tier and page.tier_since:
        tier = _("{tier}, since {day}", tier=tier, day=page.tier_since.isoformat())
    facts([
        (_("number"), page.customer_no),
        (_("name"), page.name or (_("erased") if page.erased else _("restricted") if page.restricted else "")),
        (_("outlet"), names.outlet(page.outlet)),
        (_("tier"), tier),
        (_("AUM"), aum),
        (_("owner"), owners or _("nobody")),
        (_("system owner"), names.staff(page.system_owner)),
        (_("marks"), listed(terms.mark(mark["mark"]) for mark in page.marks)),
        (_("tags"), listed(page.tags)),
        (_("related"), listed(f"{_who(link)} ({terms.relation(link['relation'])})" for link in page.links)),
        (_("profile"), _("{score} of 100", score=page.profile_score)),
        (_("not known"), listed(map(terms.fact, page.missing))),
        *((terms.fact(fact), terms.fact_value(fact, value)) for fact, value in page.profile.items()),
    ])  # fmt: skip


def _who(link: dict[str, Any]) -> str:
    return str(link["name"] or link["customer_no"])


def _duties(page: "CustomerPage", q: Question) -> None:
    if page.duties:
        heading(_("Duties"))
        columns = [
            Column("duty", _("duty"), show=q.names.duty, least=12),
            Column("which", _("which"), least=10, spare=2),
            Column("due", _("due"), show=due_text),
            Column("status", _("state"), show=terms.status),
            Column("owners", _("owed by"), show=q.names.staff_list, least=6, spare=1),
        ]
        rows = [
            {**duty_document(item), "which": q.names.occurrence(item.occurrence, item.opens)} for item in page.duties
        ]
        table(columns, rows)


def _affairs(page: "CustomerPage", q: Question) -> None:
    """What was taken up, what is open first; the log below has what was done."""
    if page.affairs:
        heading(_("Taken up for the customer"))
        columns = [
            Column("position", _("entry")),
            Column("on", _("date")),
            Column("what", _("kind"), least=10),
            Column("state", _("state"), least=6),
            Column("due", _("due"), spare=2),
            Column("staff", _("by"), show=q.names.staff, least=6, spare=1),
            Column("text", _("text"), least=10),
        ]
        affairs = sorted(page.affairs, key=lambda affair: not _is_open(affair))
        table(columns, [{**affair, "what": _subject(affair, q), "state": _state(affair)} for affair in affairs[:LINES]])


def _is_open(affair: dict[str, Any]) -> bool:
    return affair["kind"] in CLOSABLE and affair["closed_on"] is None


def _state(affair: dict[str, Any]) -> str:
    if affair["kind"] not in CLOSABLE:
        return ""
    return terms.status("open") if _is_open(affair) else terms.outcome_or_closing(affair["how"])


def _subject(affair: dict[str, Any], q: Question) -> str:
    """What kind of affair it is, and what it is about or whom it goes to."""
    about = {
        "event": terms.important_event(affair["subject"]),
        "request": terms.request(affair["subject"]),
        "referral": _("to {staff}", staff=q.names.staff(affair["other"])),
    }
    return " ".join(part for part in (terms.affair(affair["kind"]), about.get(affair["kind"], "")) if part)


def _products(page: "CustomerPage") -> None:
    if page.products:
        heading(_("Products"))
        columns = [
            Column("product_no", _("product number"), least=12),
            Column("product", _("product"), least=12),
            Column("amount_fen", _("amount, yuan"), "fen"),
            Column("matures_on", _("matures")),
        ]
        table(columns, page.products)


def _acts(page: "CustomerPage", q: Question) -> None:
    if page.acts:
        heading(_("Last entries of the log"))
        columns = [
            Column("position", _("entry")),
            Column("on", _("date")),
            Column("how", _("how"), least=8),
            Column("outcome", _("outcome"), show=terms.outcome, least=8),
            Column("staff", _("by"), show=q.names.staff, least=6, spare=1),
            Column("note", _("note"), least=12),
        ]
        table(columns, [{**msgspec.structs.asdict(act), "how": how(act)} for act in page.acts[:LINES]])


def how(act: "ActLine") -> str:
    """The channel of a contact; a visit is one by itself."""
    return terms.topic("visit") if act.kind == "visit" else terms.channel(act.channel)


def _balances(page: "CustomerPage") -> None:
    if page.balances:
        heading(_("Last balances"))
        columns = [Column("date", _("date")), Column("aum_fen", _("AUM, yuan"), "fen")]
        table(columns, [msgspec.structs.asdict(line) for line in page.balances[-LINES:]])
