"""`guanhu audit since`: what the book said then about a day, and what is known now that it did not say."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from guanhu.commands import days
from guanhu.commands.app import command
from guanhu.commands.audit_group import app
from guanhu.commands.completing import customers
from guanhu.commands.failing import UsageError
from guanhu.commands.frame import Question, frame_of
from guanhu.commands.history import day_of
from guanhu.commands.options import LIMIT, AsOf, Csv, Json, Limit, Offset, OfOutlet, OfStaff
from guanhu.commands.output import Column, items, shape
from guanhu.domain.money import format_yuan
from guanhu.domain.paging import paged
from guanhu.language import N_, _, terms
from guanhu.tui.history_words import summary
from guanhu.tui.names import Names, listed

if TYPE_CHECKING:
    from guanhu.projections.known_found import Found, Scope

KINDS: Mapping[str, str] = {
    "customer": N_("customer"),
    "name": N_("name"),
    "outlet": N_("outlet"),
    "erased": N_("erased"),
    "tier": N_("tier"),
    "tier_since": N_("tier since"),
    "aum": N_("AUM"),
    "aum_date": N_("AUM reported"),
    "owners": N_("owners"),
    "owner_roles": N_("owners' posts"),
    "system_owner": N_("system owner"),
    "tags": N_("tags"),
    "links": N_("related"),
    "facts": N_("profile"),
    "profile_score": N_("profile score"),
    "products": N_("products"),
    "in_hand": N_("in hand"),
    "duty": N_("duty"),
    "duty_owners": N_("owed by"),
    "duty_due": N_("due"),
    "entry": N_("entry since"),
}
"""What can differ, and how people call it."""


@command(
    app,
    "since",
    N_("What is known now about a day that was not known then: what changed, and what was entered since."),
    "guanhu audit since 20000001 --as-of 2026-10-01 --known-at 2026-10-03",
    "guanhu audit since --staff 1003 --known-at '2026-10-03 18:00'",
)
def since(
    context: typer.Context,
    known_at: Annotated[
        datetime,
        typer.Option(
            "--known-at", parser=days.recorded, metavar="TIME",
            help=N_("The time whose knowledge is held against the present: a date, 'yesterday 18:00'."),
        ),
    ],
    customer_no: Annotated[
        str, typer.Argument(metavar="[NO]", help=N_("The customer's number."), autocompletion=customers)
    ] = "",
    staff: OfStaff = "",
    outlet: OfOutlet = "",
    as_of: AsOf = None,
    limit: Limit = LIMIT,
    offset: Offset = 0,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:  # fmt: skip
    """`audit since`: of one customer, of those a member of staff looked after that day, or of an outlet's."""
    from guanhu.commands.meaning import outlet_meant, staff_meant
    from guanhu.projections.known_found import Scope

    if sum(map(bool, (customer_no, staff, outlet))) != 1:
        raise UsageError(_("Name a customer, --staff or --outlet."), context)
    frame = frame_of(context)
    with frame.asking("audit since", as_of, known_at) as q, frame.book.reading() as cursor:
        scope = Scope(customer_no, staff_meant(cursor, staff), outlet_meant(cursor, outlet))
        found, names = _ask(q, cursor, scope)
        rows = [_row(each, names) for each in found]
        page = paged(rows, limit, offset)
        about = {"customer_no": customer_no or None, "staff": scope.staff or None, "outlet": scope.outlet or None}
        items(shape(as_json, as_csv), {**q.asked, **about}, page, _columns(), total=len(rows), offset=offset)


def _ask(q: Question, cursor: Any, scope: "Scope") -> "tuple[list[Found], Names]":
    """What differs between the question's moment and the present, and the names of the present."""
    from guanhu.domain.errors import Refused
    from guanhu.projections.known_found import Side
    from guanhu.projections.known_since import known_since
    from guanhu.projections.policy import policy_of
    from guanhu.store.codec import decode
    from guanhu.tui.inspection_seen import sight_in

    policy, book = policy_of(cursor), q.book.present
    if policy is None:
        raise Refused("no_scheme")
    then, now = Side(q.cursor, q.policy, q.book.calendar), Side(cursor, policy, book.calendar)
    sight = sight_in(book, q.staff)
    found = known_since(then, now, q.book.position, q.day, scope, book.recorder, decode, book.keyring, sight=sight)
    return found, Names(cursor, policy, policy.on(q.day))


def _row(found: "Found", names: Names) -> dict[str, Any]:
    return {
        "customer_no": found.customer_no or None, "name": found.name, "kind": found.kind, "then": found.then,
        "now": found.now, "duty": found.duty or None, "occurrence": found.occurrence or None,
        "positions": found.positions, "event": found.event or None, "occurred_on": found.occurred_on,
        "recorded_at": found.recorded_at, "by": found.by or None, "corrects": found.corrects,
        "summary": sentence_of(found, names),
    }  # fmt: skip


def _columns() -> list[Column]:
    return [
        Column("customer_no", _("number")),
        Column("name", _("name"), least=6, spare=1),
        Column("kind", _("what"), show=lambda kind: _(KINDS[kind])),
        Column("positions", _("entry")),
        Column("summary", _("then and now"), least=34),
    ]


def sentence_of(found: "Found", names: Names) -> str:
    """One sentence for people."""
    if found.kind == "customer":
        return _("Nobody was known by this number then.") if found.now else _("The registration was taken back since.")
    if found.kind == "entry":
        what = summary(found.code, found.details, names)
        told = _("{event} of {day}: {what}", event=terms.topic(found.event), day=_day(found), what=what)
        return _("{told} (corrects {position})", told=told, position=found.corrects) if found.corrects else told
    if found.kind == "erased":
        return _("Erased since.")
    if found.kind == "facts":
        return _facts(frozenset(found.then or ()), frozenset(found.now or ()))
    then, now = (_said(found.kind, value, names) for value in (found.then, found.now))
    said = _("{then} then, {now} now", then=then, now=now)
    if found.kind == "in_hand":
        return _("entry {position}: {said}", position=found.corrects, said=said)
    if found.duty:
        duty = " ".join(part for part in (names.duty(found.duty), names.occurrence(found.occurrence)) if part)
        return _("{duty}: {said}", duty=duty, said=said)
    return said


def _facts(then: frozenset[str], now: frozenset[str]) -> str:
    """Facts are told without what they say: the profile itself is for those who look at the customer."""
    parts = (
        (N_("Known now and not then: {facts}."), now - then),
        (N_("Otherwise now: {facts}."), now & then),
        (N_("Known then and not now: {facts}."), then - now),
    )
    return " ".join(_(words, facts=listed(map(terms.fact, sorted(facts)))) for words, facts in parts if facts)


def _day(found: "Found") -> str:
    return day_of(found.occurred_on) if found.occurred_on else ""


def _said(kind: str, value: Any, names: Names) -> str:
    match kind:
        case "name":
            return value or _("no name")
        case "outlet":
            return names.outlet(value)
        case "tier":
            return names.tier(value)
        case "aum":
            return _("{amount} yuan", amount=format_yuan(value)) if value is not None else _("no balance")
        case "tier_since" | "aum_date" | "duty_due":
            return day_of(value) if value else _("no date")
        case "profile_score":
            return _("{score} of 100", score=value)
        case "duty":
            return terms.status(value) if value else _("not owed")
        case "owners" | "duty_owners":
            return names.staff_list(value) or _("nobody")
        case "owner_roles":
            return listed(map(names.role, value)) or _("nothing")
        case "tags" | "links" | "products":
            return listed(_one(kind, each) for each in value or ()) or _("nothing")
    return names.staff(value) or _("nobody")


def _one(kind: str, each: Any) -> str:
    """A tag, somebody related, or a product."""
    if kind == "links":
        return f"{each['name'] or each['customer_no']} ({terms.relation(each['relation'])})"
    if kind == "products":
        amount = _("{amount} yuan", amount=format_yuan(each["amount_fen"]))
        return " ".join((each["product"], each["product_no"], amount))
    return str(each)
