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
from guanhu.tui.names import Names

if TYPE_CHECKING:
    from guanhu.projections.known_since import Found, Scope

KINDS: Mapping[str, str] = {
    "customer": N_("customer"),
    "tier": N_("tier"),
    "aum": N_("AUM"),
    "owners": N_("owners"),
    "system_owner": N_("system owner"),
    "duty": N_("duty"),
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
    from guanhu.projections.known_since import Scope

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
    from guanhu.projections.known_since import Side, known_since
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
    then, now = (_said(found.kind, value, names) for value in (found.then, found.now))
    if found.kind == "duty":
        duty = " ".join(part for part in (names.duty(found.duty), names.occurrence(found.occurrence)) if part)
        return _("{duty}: {then} then, {now} now", duty=duty, then=then, now=now)
    return _("{then} then, {now} now", then=then, now=now)


def _day(found: "Found") -> str:
    return day_of(found.occurred_on) if found.occurred_on else ""


def _said(kind: str, value: Any, names: Names) -> str:
    match kind:
        case "tier":
            return names.tier(value)
        case "aum":
            return _("{amount} yuan", amount=format_yuan(value)) if value is not None else _("no balance")
        case "duty":
            return terms.status(value) if value else _("not owed")
        case "owners":
            return names.staff_list(value) or _("nobody")
    return names.staff(value) or _("nobody")
