"""The tables of `guanhu inspect`: inspections, sampled items with their worksheets, strata; findings in lines."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from guanhu.commands.frame import Question
from guanhu.commands.output import Column, table
from guanhu.language import _, terms
from guanhu.language.flag_words import flag_name
from guanhu.language.inspection_words import named, refilled
from guanhu.language.log_words import kind_text
from guanhu.tui.names import day_text, listed

if TYPE_CHECKING:
    from guanhu.projections.inspection_view import Inspection, Item
    from guanhu.projections.inspections import Finding, InspectionLine


# ---------------------------------------------------------------- inspections
def list_row(line: "InspectionLine") -> dict[str, Any]:
    """An inspection in the list, its scope's fields among its own."""
    row: dict[str, Any] = msgspec.structs.asdict(line)
    scope = msgspec.structs.asdict(row.pop("scope"))
    return {**row, **scope}


def list_columns(q: Question) -> list[Column]:
    """The columns of the list."""
    return [
        Column("inspection", _("inspection")),
        Column("title", _("title"), least=10),
        Column("state", _("state"), show=lambda state: named("state", state)),
        Column("outlet", _("outlet"), show=q.names.outlet, least=6, spare=2),
        Column("staff_id", _("staff"), show=q.names.staff, least=6, spare=3),
        Column("first", _("from"), spare=4),
        Column("last", _("to"), spare=4),
        Column("opened_on", _("opened"), spare=1),
        Column("by", _("by"), show=q.names.staff, least=6, spare=6),
        Column("sampled", _("sampled"), "number"),
        Column("filled", _("filled"), "number"),
        Column("wrong", _("not true"), "number", spare=5),
        Column("cannot_tell", _("can't be told"), "number", spare=7),
        Column("findings", _("findings"), "number"),
        Column("unsettled", _("unsettled"), "number"),
        Column("overdue", _("overdue"), "number"),
    ]


# ---------------------------------------------------------------- the sample
def item_row(q: Question, item: "Item") -> dict[str, Any]:
    """A sampled item in the table; what stood at the cut-off, beside what is said of it now."""
    row: dict[str, Any] = msgspec.structs.asdict(item)
    entry, customer = row.pop("entry"), row.pop("customer")
    row["before"] = refilled([sheet.verdict for sheet in item.earlier])
    row["evidence"] = [msgspec.structs.asdict(piece) for piece in item.evidence]
    if entry is not None:
        then = {
            "on": entry.on, "kind": entry.kind, "what": kind_text(entry, q.names), "outcome": entry.outcome,
            "made_by": entry.staff, "days_late": entry.days_late, "changed": len(entry.changed), "note": entry.note,
        }  # fmt: skip
    else:
        then = {
            "aum_fen": customer.aum_fen, "entries": len(customer.positions), "on": customer.last_on,
            "changed": len(customer.changed),
        }  # fmt: skip
    return {**row, **then}


def item_columns(q: Question, found: "Inspection") -> list[Column]:
    """The columns of the sample: those of entries, or those of customers."""
    entries = found.line.scope.subject == "entries"
    of_item = [
        Column("n", _("no."), "number", spare=9),
        Column("key", _("entry") if entries else _("number")),
        *([Column("customer_no", _("number"), spare=5)] if entries else []),
        Column("name", _("name"), least=6, spare=3),
        Column("tier", _("tier"), show=q.names.tier, spare=6),
    ]
    of_entry = [
        Column("on", _("date")),
        Column("what", _("what"), least=8),
        Column("outcome", _("outcome"), show=terms.outcome_or_closing, by="kind", spare=4),
        Column("made_by", _("by"), show=q.names.staff, least=6),
        Column("days_late", _("days late"), "number", show=_none_for_zero, spare=7),
    ]
    of_customer = [
        Column("staff", _("owner"), show=q.names.staff, least=6),
        Column("aum_fen", _("AUM, yuan"), "fen", spare=4),
        Column("entries", _("entries in the days"), "number"),
        Column("on", _("last entry"), show=day_text, spare=2),
    ]
    of_sheet = [
        Column("changed", _("corrected since"), "number", show=_none_for_zero, spare=8),
        Column("flags", _("red flags"), show=lambda ids: listed(map(flag_name, ids)), least=6, spare=9),
        Column("evidence", _("evidence"), show=_kinds_of_evidence, least=6, spare=9),
        Column("verdict", _("verdict"), show=lambda id_: named("verdict", id_) or _("no worksheet")),
        *([Column("before", _("was before"), least=8, spare=2)] if any(item.earlier for item in found.items) else []),
        Column("remark", _("remark"), least=8, spare=1),
        Column("findings", _("findings"), spare=9),
    ]
    return [*of_item, *(of_entry if entries else of_customer), *of_sheet]


def _kinds_of_evidence(pieces: "Sequence[dict[str, Any]]") -> str:
    return listed(dict.fromkeys(terms.evidence_kind(piece["kind"]) for piece in pieces))


def _none_for_zero(count: int) -> str:
    return str(count) if count else ""


def stratum_table(q: Question, found: "Inspection") -> None:
    """How many there are of each tier and member of staff, and how many were taken."""
    columns = [
        Column("tier", _("tier"), show=q.names.tier),
        Column("staff_id", _("staff"), show=lambda staff: q.names.staff(staff) or _("nobody")),
        Column("size", _("there are"), "number"),
        Column("taken", _("sampled"), "number"),
    ]
    rank = q.scheme.rank
    strata = sorted(found.strata, key=lambda each: (rank.get(each.tier or None, len(rank)), each.staff_id))
    table(columns, [msgspec.structs.asdict(stratum) for stratum in strata])


# ---------------------------------------------------------------- findings
def finding_lines(q: Question, finding: "Finding") -> Iterator[str]:
    """A finding and what was answered, in lines."""
    state = named("finding_state", finding.state)
    late = _("overdue") if finding.overdue else ""
    what = listed([named("class", finding.grade), named("finding_kind", finding.kind), state, late])
    yield f"{finding.n}. {what}"
    about = [
        _("to be mended by {day}", day=day_text(finding.due)),
        q.names.outlet(finding.outlet), q.names.staff(finding.staff),
        _("entries {positions}", positions=listed(map(str, finding.entries))) if finding.entries else "",
        _("customers {numbers}", numbers=listed(finding.customers)) if finding.customers else "",
    ]  # fmt: skip
    yield f"   {listed(about)}"
    yield from _indented(finding.text)
    if finding.reason:
        yield from _indented(_("withdrawn: {reason}", reason=finding.reason))
    for answer in finding.answers:
        who = listed([q.names.staff(answer.by), day_text(answer.on)])
        yield from _indented(_("Answer ({who}): {text}", who=who, text=answer.text))
        if answer.done:
            yield from _indented(_("Done: {text}", text=answer.done))
        if answer.accepted is not None:
            who = listed([q.names.staff(answer.judged_by), day_text(answer.judged_on)])
            judged = _("Accepted ({who})", who=who) if answer.accepted else _("Sent back ({who})", who=who)
            yield from _indented(f"{judged} {answer.note}".rstrip())


def _indented(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        yield f"   {line}"
