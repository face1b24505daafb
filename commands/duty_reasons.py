"""Why a duty is owed, for people and as a document."""

from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec

from guanhu.commands.customer_page import how
from guanhu.commands.duty_lines import due_text, duty_document
from guanhu.commands.frame import Question
from guanhu.commands.output import Column, facts, heading, note, table
from guanhu.commands.provisional import note_provisional
from guanhu.domain.money import format_yuan
from guanhu.language import N_, _, terms
from guanhu.tui.duty_words import discharge_words
from guanhu.tui.names import listed

if TYPE_CHECKING:
    from guanhu.projections.duty_why import DutyWhy

TRIGGERS = {
    "period": N_("the calendar: once a period"),
    "while": N_("it stands as long as the customer fits"),
    "entering": N_("entering a tier"),
    "balance_change": N_("a change between two balances"),
    "maturity": N_("a product that matures"),
    "event": N_("an important event"),
    "birthday": N_("the customer's birthday"),
    "festival": N_("a festival"),
    "assignment": N_("a new assignment"),
    "demotion": N_("going down a tier"),
    "promise": N_("a promise"),
    "referral": N_("a referral"),
    "request": N_("a request for help"),
    "staff_day": N_("every working day"),
    "outlet_day": N_("every working day"),
}


def reasons_document(w: "DutyWhy") -> dict[str, Any]:
    """The JSON document of `duty why`."""
    content: dict[str, Any] = msgspec.to_builtins(w, builtin_types=(date,))
    content["items"] = [duty_document(item) for item in w.items]
    return content


def say_reasons(w: "DutyWhy", q: Question) -> None:
    """The reasons for people."""
    facts([
        (_("customer"), w.customer_no),
        (_("duty"), q.names.duty(w.duty)),
        (_("date"), w.on.isoformat()),
        (_("tier"), q.names.tier_or_none(w.tier, w.aum_fen)),
        (_("AUM"), "" if w.aum_fen is None else format_yuan(w.aum_fen)),
        (_("marks"), listed(map(terms.mark, w.marks))),
        (_("for this customer"), _silent_or_not(w)),
        (_("raised by"), _(TRIGGERS[w.trigger]) if w.trigger in TRIGGERS else w.trigger),
        (_("done by"), listed(map(discharge_words, w.discharge))),
        (_("rule"), q.names.scheme(w.scheme, w.version)),
    ])  # fmt: skip
    if w.items:
        heading(_("Occurrences"))
        columns = [
            Column("which", _("which")),
            Column("opens", _("opens")),
            Column("due", _("due"), show=due_text),
            Column("status", _("state"), show=terms.status),
            Column("owners", _("owed by"), show=q.names.staff_list, least=8, spare=1),
            Column("done_on", _("done on")),
            Column("done_by", _("by entry")),
        ]
        rows = [{**duty_document(item), "which": q.names.occurrence(item.occurrence, item.opens)} for item in w.items]
        table(columns, rows)
    _acts(w, q)
    if w.waived:
        heading(_("Waived"))
        columns = [
            Column("which", _("which"), show=q.names.occurrence),
            Column("on", _("date")),
            Column("by", _("by"), show=q.names.staff),
        ]
        columns.append(Column("why", _("why"), least=12))
        table(columns, [dict(zip(("which", "on", "by", "why"), waiver, strict=True)) for waiver in w.waived])
    if w.provisional:
        note_provisional(q, w.on)
    if not w.working_days_published:
        note(_("The working days of {year} are not published yet; plain weekends stand in.", year=w.on.year))


def _silent_or_not(w: "DutyWhy") -> str:
    if w.silent:
        return _("a mark forbids to contact the customer")
    return _("it applies") if w.applies else _("it does not apply on this date")


def _acts(w: "DutyWhy", q: Question) -> None:
    if w.acts:
        heading(_("What did it"))
        columns = [
            Column("position", _("entry")),
            Column("on", _("date")),
            Column("how", _("how")),
            Column("outcome", _("outcome"), show=terms.outcome),
            Column("staff", _("by"), show=q.names.staff),
        ]
        table(columns, [{**msgspec.structs.asdict(act), "how": how(act)} for act in w.acts])
