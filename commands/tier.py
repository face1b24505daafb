"""`guanhu tier`: figures, lists, moves, and why."""

from datetime import date
from typing import Annotated, Any

import msgspec
import typer

from guanhu.commands import days
from guanhu.commands.app import command, group
from guanhu.commands.failing import UsageError
from guanhu.commands.frame import Question, frame_of
from guanhu.commands.options import LIMIT, AsOf, Csv, Customer, Json, KnownAt, Limit, Offset, first_day, last_day
from guanhu.commands.output import Column, csv_table, document, facts, heading, items, note, shape, table
from guanhu.commands.provisional import note_provisional
from guanhu.commands.tier_lines import UNTIERED, move_columns, move_lines, summary_columns
from guanhu.domain.money import format_yuan
from guanhu.language import N_, _

app = group(N_("Tiers: figures, lists, and why."))


@command(app, "summary", N_("Customers and money in each tier."))
def summary(
    context: typer.Context, as_of: AsOf = None, known_at: KnownAt = None, as_json: Json = False, as_csv: Csv = False
) -> None:
    """`tier summary`."""
    from guanhu.projections import tiers

    asked = shape(as_json, as_csv)
    with frame_of(context).asking("tier summary", as_of, known_at) as q:
        figures, untiered = tiers.summary(q.cursor, q.day, q.scheme)
        rows = [msgspec.structs.asdict(figure) for figure in figures]
        if asked == "json":
            rest = {"customers": untiered.customers, "aum_fen": untiered.aum_fen}
            document({**q.asked, "scheme": q.scheme.id, "tiers": rows, "untiered": rest})
            return
        rows = [{**msgspec.structs.asdict(untiered), "tier": UNTIERED}, *rows]
        (csv_table if asked == "csv" else table)(summary_columns(q), rows)


@command(app, "list", N_("The customers of a tier, largest AUM first."))
def list_(
    context: typer.Context,
    tier: Annotated[str, typer.Argument(metavar="TIER", help=N_("The tier's id or name; untiered for those in none."))],
    as_of: AsOf = None,
    known_at: KnownAt = None,
    limit: Limit = LIMIT,
    offset: Offset = 0,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """`tier list`."""
    from guanhu.projections import tiers

    with frame_of(context).asking("tier list", as_of, known_at) as q:
        wanted = tier_meant(q, tier)
        total, members = tiers.tier_list(q.cursor, q.policy, q.book.calendar, q.day, wanted, limit=limit, offset=offset)
        columns = [
            Column("customer_no", _("number")),
            Column("name", _("name"), least=6),
            Column("aum_fen", _("AUM, yuan"), "fen"),
            Column("owners", _("owner"), show=q.names.staff_list, least=8, spare=1),
            Column("system_owner", _("system owner"), show=q.names.staff, least=6, spare=2),
        ]
        head = {**q.asked, "tier": wanted}
        rows = [msgspec.structs.asdict(member) for member in members]
        items(shape(as_json, as_csv), head, rows, columns, total=total, offset=offset)


def tier_meant(q: Question, text: str) -> str | None:
    """The tier that is meant, None for untiered; a tier that no scheme has is a slip."""
    names = {UNTIERED: None, q.scheme.untiered.zh: None, q.scheme.untiered.en: None}
    found: dict[str, str | None] = dict(names)
    for scheme in (q.scheme, *(adopted for _day, adopted in q.policy.adopted)):
        for tier in scheme.tiers:
            for word in (tier.id, tier.names.zh, tier.names.en):
                found.setdefault(word, tier.id)
    if text not in found:
        allowed = ", ".join([UNTIERED, *(tier.id for tier in q.scheme.tiers)])
        raise UsageError(_("{value} is none of: {allowed}", value=text, allowed=allowed))
    return found[text]


@command(app, "history", N_("The moves of a customer between tiers."))
def history(
    context: typer.Context, customer_no: Customer, as_of: AsOf = None, known_at: KnownAt = None,
    as_json: Json = False, as_csv: Csv = False,
) -> None:  # fmt: skip
    """`tier history`."""
    from guanhu.projections.tier_story import tier_history

    with frame_of(context).asking("tier history", as_of, known_at) as q:
        moves = tier_history(q.cursor, customer_no, q.day)
        asked = shape(as_json, as_csv)
        rows = move_lines(q, moves) if asked == "text" else [msgspec.structs.asdict(move) for move in moves]
        head = {**q.asked, "customer_no": customer_no}
        items(asked, head, rows, move_columns(), total=len(moves))


@command(app, "why", N_("Why a customer is in a tier: rule, scheme and balances."))
def why(
    context: typer.Context, customer_no: Customer, as_of: AsOf = None, known_at: KnownAt = None, as_json: Json = False
) -> None:
    """`tier why`."""
    from guanhu.projections.tier_story import tier_why

    with frame_of(context).asking("tier why", as_of, known_at) as q:
        reasons = tier_why(q.cursor, q.policy, q.day, customer_no)
        if as_json:
            document({**msgspec.structs.asdict(reasons), **q.known})
        else:
            _say_why(q, reasons)


def _say_why(q: Question, w: Any) -> None:
    tier = q.names.tier_or_none(w.tier, w.aum_fen) or _("no tier, without a balance")
    facts([
        (_("customer"), w.customer_no),
        (_("date"), w.on.isoformat()),
        (_("tier"), tier),
        (_("rule"), q.names.scheme(w.scheme, w.version)),
        (_("AUM"), _yuan(w.aum_fen)),
        (_("what the tier goes by"), _yuan(w.measure_fen)),
        (_("floor of the tier"), _yuan(w.floor_fen)),
        (_("floor of the next tier"), _yuan(w.next_floor_fen)),
        (_("highest balance of the month"), _yuan(w.month_highest_fen)),
    ])  # fmt: skip
    moves = [move for move in (w.last_move, w.next_move) if move]
    if moves:
        heading(_("Last and next move"))
        table(move_columns(), move_lines(q, moves))
    if w.balances:
        heading(_("Balances behind it"))
        columns = [Column("date", _("date")), Column("aum_fen", _("AUM, yuan"), "fen"), Column("position", _("entry"))]
        table(columns, [msgspec.structs.asdict(balance) for balance in w.balances])
    if w.provisional:
        note_provisional(q, w.on)


def _yuan(fen: int | None) -> str:
    return "" if fen is None else format_yuan(fen)


@command(
    app,
    "matrix",
    N_("How many customers went from which tier to which."),
    "guanhu tier matrix --from 2026-10-01 --to 2026-10-31",
)
def matrix(
    context: typer.Context,
    first: Annotated[date, first_day(N_("From this date ..."))],
    last: Annotated[date | None, last_day(N_("... to this one; else today."))] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """`tier matrix`."""
    from guanhu.projections import tiers

    with frame_of(context).asking("tier matrix", last or as_of, known_at) as q:
        last = q.day
        days.check_order(first, last)
        cells, new = tiers.matrix(q.cursor, q.policy, q.book.calendar, first, last)
        rows = [msgspec.structs.asdict(cell) for cell in cells]
        asked = shape(as_json, as_csv)
        if asked == "json":
            document({"from": first, "to": last, **q.known, "moves": rows, "new": new})
            return
        columns = [
            Column("from_tier", _("from tier"), show=q.names.tier),
            Column("to_tier", _("to tier"), show=q.names.tier),
            Column("customers", _("customers"), "number"),
        ]
        (csv_table if asked == "csv" else table)(columns, rows)
        note(_("Without a balance yet on {day}: {count}.", count=new, day=first.isoformat()))
