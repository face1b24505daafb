"""`guanhu scheme whatif`: a stretch of the book's history under another scheme; nothing is written."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from guanhu.commands import days, words
from guanhu.commands.app import command
from guanhu.commands.failing import UsageError
from guanhu.commands.frame import Question, frame_of
from guanhu.commands.meaning import scope_meant
from guanhu.commands.options import Csv, Json, KnownAt, OfOutlet, OfStaff, first_day, last_day
from guanhu.commands.output import Column, csv_table, document, facts, heading, note, say, shape, table
from guanhu.commands.progress import progress
from guanhu.commands.provisional import note_provisional
from guanhu.commands.scheme import app, read_text
from guanhu.commands.scheme_problems import tell_problems
from guanhu.commands.tier_lines import UNTIERED
from guanhu.language import N_, _, current
from guanhu.tui.whatif_words import headline, more_words, owner_facts, spans_of, tier_words

if TYPE_CHECKING:
    from guanhu.domain.scheme import Scheme
    from guanhu.projections.whatif.answer import Both, WhatIf

__all__ = ["app"]

STAFF_SHOWN = 20


@command(
    app,
    "whatif",
    N_("What another scheme would have changed: tiers, calls, staff, owners. Nothing is written."),
    "guanhu scheme whatif --floor middle=150000 --from 2026-01-01",
    "guanhu scheme whatif scheme.toml --from 2026-01-01 --to 2026-06-30",
)
def whatif(
    context: typer.Context,
    first: Annotated[date, first_day(N_("From when it would have governed."))],
    file: Annotated[str, typer.Argument(metavar="[FILE]", help=N_("The scheme's file; - reads stdin."))] = "",
    last: Annotated[date | None, last_day(N_("Until when; else today."))] = None,
    floor: Annotated[
        list[str] | None,
        typer.Option(
            "--floor", metavar="TIER=YUAN", help=N_("Another floor for a tier, in place of a file; repeatable.")
        ),
    ] = None,
    staff: OfStaff = "",
    outlet: OfOutlet = "",
    limit: Annotated[
        int,
        typer.Option(
            "--limit", parser=words.count, metavar="N", help=N_("At most so many members of staff; 0 means all.")
        ),
    ] = STAFF_SHOWN,
    known_at: KnownAt = None,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:  # fmt: skip
    """`scheme whatif`; `--csv` lists the customers who would be in another tier."""
    from guanhu.projections.whatif.courses import Asked
    from guanhu.store.whatif import what_if

    asked_for = shape(as_json, as_csv)
    with frame_of(context).asking("scheme whatif", last, known_at) as q:
        days.check_order(first, q.day)
        scheme = _scheme(q, file, floor or [], first, as_json=as_json)
        whose, at = scope_meant(q.cursor, staff, outlet)
        asked = Asked(first, q.day, at or None, whose or None)
        with progress(_("What if")) as tell:
            answer = what_if(q.book, asked, scheme, tell)
        if asked_for == "json":
            document({**q.known, **whatif_document(answer)})
        elif asked_for == "csv":
            _customers(q, answer)
        else:
            _show(q, answer, limit)


def _scheme(q: Question, file: str, floors: Sequence[str], first: date, *, as_json: bool) -> "Scheme":
    """The scheme that is tried: of a file, or the one in force with other floors."""
    from guanhu.domain.scheme_file import SchemeInvalid, read_scheme
    from guanhu.domain.variants import with_floors

    if bool(file) == bool(floors):
        raise UsageError(_("Name a scheme's file, or a tier's floor with --floor."))
    if floors:
        return with_floors(q.policy.on(first), dict(_floor(q.policy.on(first), each) for each in floors))
    try:
        return read_scheme(read_text(file))
    except SchemeInvalid as error:
        if not as_json:
            tell_problems(error)
        raise


def _floor(scheme: "Scheme", text: str) -> tuple[str, int]:
    """The tier, by id or name, and the fen that "middle=150000" or "20-50万=15万" say."""
    from guanhu.domain.errors import Refused
    from guanhu.domain.money import parse_yuan
    from guanhu.language.reasons import sentence

    word, _equals, amount = text.rpartition("=")
    tier = next((tier for tier in scheme.tiers if word.strip() in (tier.id, tier.names.zh, tier.names.en)), None)
    if tier is None:
        allowed = _(", ").join(f"{tier.id} {tier.names.to(current())}" for tier in scheme.tiers)
        raise UsageError(_("{value} is none of: {allowed}", value=word or text, allowed=allowed))
    try:
        return tier.id, parse_yuan(amount, unit="wan" if "万" in amount else "yuan")
    except Refused as error:
        raise UsageError(sentence(error.code, error.details)) from None


# ---------------------------------------------------------------- as a document
def whatif_document(answer: "WhatIf") -> dict[str, Any]:
    """The answer as JSON; figures by side, `actual` and `other`."""
    calls = answer.a_month(answer.calls)
    return {
        "from": answer.first,
        "to": answer.last,
        "provisional": answer.provisional,
        "scheme": {"actual": _id(answer.actual), "other": _id(answer.other)},
        "same": answer.same,
        "customers_elsewhere": answer.elsewhere,
        "calls_a_month": calls,
        "tiers": answer.tiers,
        "cells": [
            {"tier": tier, "other_tier": other, "customers": len(ids)}
            for (tier, other), ids in answer.tally.cells.items()
        ],
        "flows": answer.flows,
        "months": [{**msgspec.structs.asdict(each), "month": f"{each.month:%Y-%m}"} for each in answer.months],
        "duties": answer.duties,
        "staff": [
            {**msgspec.structs.asdict(each), "after": each.after, "over": each.over, "over_now": each.over_now}
            for each in answer.staff
        ],
        "owners": answer.owners,
    }


def _id(scheme: "Scheme") -> dict[str, Any]:
    floors = {tier.id: tier.floor for tier in scheme.tiers}
    return {"scheme": scheme.id, "version": scheme.version, "floors_fen": floors}


# ---------------------------------------------------------------- for people
def _show(q: Question, answer: "WhatIf", limit: int) -> None:
    say(headline(answer, q.names))
    if answer.provisional:
        note_provisional(q, answer.last)
    if answer.same:
        note(_("The two differ in nothing."))
    heading(_("Customers by tier on {day}", day=answer.last.isoformat()))
    def tier(id_: str | None) -> str:
        return tier_words(answer, q.names, id_)

    tiers = [({"tier": line.tier}, {"customers": line.customers}) for line in answer.tiers]
    _pairs(tiers, [Column("tier", _("tier"), show=tier)], {"customers": _("customers")})
    heading(_("Month by month: moves up and down, duties that opened, calls that they want"))
    titles = {"up": _("up"), "down": _("down"), "duties": _("duties"), "calls": _("calls")}
    from guanhu.projections.projection import read_book

    spans = spans_of(answer, date.fromordinal(read_book(q.cursor, "day") or answer.last.toordinal()))
    months = [({"month": span}, {name: getattr(each, name) for name in titles}) for span, each in spans]
    _pairs(months, [Column("month", _("month") if len(months) == len(answer.months) else _("when"))], titles)
    moved = [flow for flow in answer.flows if flow.moves.more]
    if moved:
        heading(_("Moves from tier to tier that would be more or fewer"))
        columns = [
            Column("from_tier", _("from tier"), show=tier),
            Column("to_tier", _("to tier"), show=tier),
        ]
        rows = [({"from_tier": flow.from_tier, "to_tier": flow.to_tier}, {"moves": flow.moves}) for flow in moved]
        _pairs(rows, columns, {"moves": _("moves")})
    duties = [line for line in answer.duties if line.owed.more]
    if duties:
        heading(_("Duties that would be owed more or less often"))
        rows = [({"duty": line.duty}, {"owed": line.owed}) for line in duties]
        _pairs(rows, [Column("duty", _("duty"), show=q.names.duty)], {"owed": _("owed")})
    _show_staff(q, answer, limit)
    heading(_("Owners"))
    facts(owner_facts(answer, q.names))


def _pairs(
    rows: "Sequence[tuple[dict[str, Any], dict[str, Both]]]", columns: Sequence[Column], titles: dict[str, str]
) -> None:
    """A table with each figure as it was, as it would be, and the difference."""
    shown = list(columns)
    for name, title in titles.items():
        shown += [
            Column(name, title, "number"),
            Column(f"{name}_other", _("then"), "number"),
            Column(f"{name}_more", "+/-", "number", more_words),
        ]
    table(shown, [{**head, **_spread(figures)} for head, figures in rows])


def _spread(figures: "dict[str, Both]") -> dict[str, int]:
    spread: dict[str, int] = {}
    for name, both in figures.items():
        spread |= {name: both.actual, f"{name}_other": both.other, f"{name}_more": both.more}
    return spread


def _show_staff(q: Question, answer: "WhatIf", limit: int) -> None:
    heading(_("Staff: customers against capacity, duties and calls a month"))
    columns = [
        Column("staff_id", _("staff"), show=lambda staff: q.names.staff(staff) or _("nobody"), least=6),
        Column("roles", _("posts"), show=lambda roles: _(", ").join(map(q.names.role, roles)), least=8, spare=1),
        Column("customers", _("customers"), "number"),
        Column("takes", _("would get"), "number", more_words),
        Column("gives", _("would give up"), "number", lambda count: more_words(-count)),
        Column("capacity", _("capacity"), "number", lambda count: f"{count:,}" if count else ""),
        Column("over", _("beyond it"), "number", lambda count: f"{count:,}" if count else ""),
        Column("duties", _("duties"), "number", _arrow),
        Column("calls", _("calls"), "number", _arrow),
    ]
    shown = answer.staff[:limit] if limit else answer.staff
    table(columns, [{**msgspec.structs.asdict(each), "over": each.over} for each in shown])
    if len(shown) < len(answer.staff):
        last, total = len(shown), len(answer.staff)
        note(_("{first} to {last} of {total}; --limit 0 shows all.", first=1, last=last, total=total))


def _arrow(both: "Both") -> str:
    return f"{both.actual:,} -> {both.other:,}" if both.more else f"{both.actual:,}"


def _customers(q: Question, answer: "WhatIf") -> None:
    """CSV: who would be in another tier."""
    from guanhu.projections.whatif.behind import behind

    columns = [
        Column(key, key, "fen" if key == "aum_fen" else "text")
        for key in ("customer_no", "name", "tier", "other_tier", "aum_fen", "owners", "missing")
    ]
    rows = [msgspec.structs.asdict(each) for each in behind(q.cursor, q.policy, q.book.calendar, answer)]
    csv_table(columns, [{**row, **{key: row[key] or UNTIERED for key in ("tier", "other_tier")}} for row in rows])
