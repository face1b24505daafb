"""`guanhu audit flags`, `flag` and `attach`: what deserves a second look, why, and what others know of it."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from guanhu.commands import days, words
from guanhu.commands.app import command
from guanhu.commands.audit_group import app
from guanhu.commands.choices import chosen_option
from guanhu.commands.frame import Question, frame_of, today
from guanhu.commands.meaning import scope_meant
from guanhu.commands.options import (
    LIMIT,
    AsOf,
    CommandId,
    Csv,
    Json,
    KnownAt,
    Limit,
    Offset,
    OfOutlet,
    OfStaff,
    Position,
    first_day,
    last_day,
)
from guanhu.commands.output import Column, document, facts, heading, items, note, say, shape, table
from guanhu.domain.branch_time import branch_time
from guanhu.domain.dates import first_of_month
from guanhu.domain.paging import paged
from guanhu.domain.red_flags.found import Flag
from guanhu.domain.scheme_flags import FLAGS
from guanhu.language import N_, _, terms
from guanhu.language.flag_words import NAMES, false_alarm, flag_name, rule_words
from guanhu.language.log_words import kind_text
from guanhu.tui.flag_words import evidence_line, found_words
from guanhu.tui.names import listed

if TYPE_CHECKING:
    from guanhu.projections.red_flags import Tally

IN_A_LINE = 5
"""Numbers of customers in a line."""
First = Annotated[date | None, first_day(N_("From this date; else the first of the month before."))]
Last = Annotated[date | None, last_day(N_("Up to this date; else the date that is asked about."))]
Wanted = Annotated[
    list[str] | None,
    chosen_option("--flag", "FLAG", NAMES, N_("Only this flag, by id or name; may be repeated.")),
]  # fmt: skip


@command(
    app,
    "flags",
    N_("Red flags: what in the log deserves a second look."),
    "guanhu audit flags --outlet 03 --from 2026-10-01 --to 2026-10-31",
)
def flags(
    context: typer.Context, flag: Wanted = None, staff: OfStaff = "", outlet: OfOutlet = "", first: First = None,
    last: Last = None, as_of: AsOf = None, known_at: KnownAt = None, limit: Limit = LIMIT, offset: Offset = 0,
    as_json: Json = False, as_csv: Csv = False,
) -> None:  # fmt: skip
    """`audit flags`: the heaviest first; the counts of all that were found stand above the table."""
    from guanhu.projections.red_flags import by_flag, by_staff
    from guanhu.projections.red_flags import flags as ask

    asked = shape(as_json, as_csv)
    with frame_of(context).asking("audit flags", as_of, known_at) as q:
        person, place = scope_meant(q.cursor, staff, outlet)
        end = last or q.day
        begin = first or first_of_month(first_of_month(end) - timedelta(days=1))
        days.check_order(begin, end)
        found = ask(
            q.cursor, q.policy, q.book.calendar, first=begin, last=end, staff=person, outlet=place, ids=flag or ()
        )  # fmt: skip
        page = paged(found, limit, offset)
        head = {
            "from": begin, "to": end, "staff": person or None, "outlet": place or None, **q.known,
            "counts": [{"flag": each.name, "flags": each.flags, "weight": each.weight} for each in by_flag(found)],
            "by_staff": [
                {"staff": each.name or None, "flags": each.flags, "weight": each.weight} for each in by_staff(found)
            ],
        }  # fmt: skip
        if asked == "text":
            _say_counts(q, found)
        items(asked, head, [_row(q, each) for each in page], _columns(q, csv=as_csv), total=len(found), offset=offset)
        if asked == "text" and page:
            note(_(
                "A flag is no finding: `guanhu audit flag KEY` tells the rule, the entries, and what looks the same."
            ))  # fmt: skip
        _say_off(q)


def _say_counts(q: Question, found: list[Flag]) -> None:
    from guanhu.projections.red_flags import by_flag, by_staff

    if found:
        weight = sum(flag.weight for flag in found)
        say(_("Flags: {count}, weight {weight}.", count=f"{len(found):,}", weight=f"{weight:,}"))
        said = [_tally(flag_name(each.name), each) for each in by_flag(found)]
        say(listed(said))
        heaviest = [each for each in by_staff(found) if each.name][:5]
        people = [_tally(q.names.staff(each.name), each) for each in heaviest]
        if people:
            say(_("Most by weight: {staff}", staff=listed(people)))
        say("")


def _tally(name: str, tally: "Tally") -> str:
    return _("{name} {count} (weight {weight})", name=name, count=f"{tally.flags:,}", weight=f"{tally.weight:,}")


def _say_off(q: Question) -> None:
    """Which flags the scheme in force does not look for."""
    off = [flag_name(id_) for id_ in FLAGS if getattr(q.scheme.flags, id_) is None]
    if off:
        note(_("The scheme in force does not look for: {flags}", flags=listed(off)))


def _row(q: Question, flag: Flag) -> dict[str, Any]:
    return {
        "key": flag.key, "flag": flag.id, "staff": flag.staff or None, "customer_no": flag.customer_no,
        "day": flag.day, "weight": flag.weight, "measured": flag.measured, "threshold": flag.threshold,
        "positions": flag.positions, "details": flag.details, "found": found_words(flag, q.names),
    }  # fmt: skip


def _columns(q: Question, *, csv: bool) -> list[Column]:
    columns = [
        Column("day", _("date")),
        Column("flag", _("flag"), show=flag_name, least=10),
        Column("staff", _("by"), show=lambda staff: q.names.staff(staff) if staff else "", least=6),
        Column("customer_no", _("number")),
        Column("found", _("found"), least=14),
        Column("weight", _("weight"), "number", spare=1),
        Column("key", _("key")),
    ]
    return [*columns, Column("positions", _("entries"))] if csv else columns


@command(
    app,
    "flag",
    N_("Tell all of one red flag: its rule, the entries behind it, and what honest reason looks the same."),
    "guanhu audit flag day_off:2026-10-24:6981",
)
def flag(
    context: typer.Context,
    key: Annotated[str, typer.Argument(metavar="KEY", help=N_("The flag's key, as `audit flags` shows it."))],
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """`audit flag`."""
    from guanhu.projections.evidence import evidence_for
    from guanhu.projections.flag_customers import customers_behind
    from guanhu.projections.log import entries_at
    from guanhu.projections.red_flags import flag_at

    with frame_of(context).asking("audit flag", as_of, known_at) as q:
        found = flag_at(q.cursor, q.policy, q.book.calendar, key, until=as_of)
        entries = entries_at(q.cursor, found.positions)
        evidence = evidence_for(q.cursor, [entry.position for entry in entries])
        customers = customers_behind(q.cursor, q.policy, q.book.calendar, found)
        if as_json:
            document({
                **q.known, **_row(q, found), "rule": rule_words(found.id, found.threshold),
                "false_alarm": false_alarm(found.id), "entries": entries, "evidence": evidence,
                "customers": customers,
            })  # fmt: skip
            return
        facts([
            (_("flag"), listed([flag_name(found.id), _("weight {weight}", weight=found.weight)])),
            (_("rule"), rule_words(found.id, found.threshold)),
            (_("found"), found_words(found, q.names)),
            (_("by"), q.names.staff(found.staff) if found.staff else ""),
            (_("number"), found.customer_no or ""),
            (_("date"), found.day.isoformat()),
            (_("looks the same"), false_alarm(found.id)),
        ])  # fmt: skip
        if entries:
            heading(_("Entries behind it"))
            rows = [msgspec.structs.asdict(entry) | {"what": kind_text(entry, q.names)} for entry in entries]
            table(_entry_columns(q), rows)
        if customers:
            heading(_("Customers behind it"))
            for first in range(0, min(len(customers), LIMIT), IN_A_LINE):
                say("  ".join(customers[first : min(first + IN_A_LINE, LIMIT)]))
            if len(customers) > LIMIT:
                note(_("{shown} of {total}; --json has them all.", shown=LIMIT, total=f"{len(customers):,}"))
        if evidence:
            heading(_("Outside evidence"))
            for each in evidence:
                say(_("entry {position}", position=each.entry) + "  " + evidence_line(each, q.names))


def _entry_columns(q: Question) -> list[Column]:
    return [
        Column("position", _("entry")),
        Column("on", _("date")),
        Column("recorded_at", _("written"), show=lambda moment: f"{branch_time(moment):%m-%d %H:%M:%S}"),
        Column("customer_no", _("number")),
        Column("name", _("name"), least=6, spare=1),
        Column("staff", _("by"), show=q.names.staff, least=6),
        Column("what", _("what"), least=8),
        Column("outcome", _("outcome"), show=terms.outcome_or_closing, by="kind", least=8),
        Column("duration_seconds", _("seconds"), "number", spare=2),
        Column("note", _("note"), least=12, spare=3),
    ]


_REACHED = {"yes": True, "no": False}


@command(
    app,
    "attach",
    N_("Attach outside evidence to an entry of the log; for inspectors and the department."),
    'guanhu audit attach 1024 --kind call_record --seconds 41 --text "..."',
    'guanhu audit attach 1024 --kind customer_said --reached no --on 2026-11-20',
)
def attach(
    context: typer.Context,
    position: Position,
    kind: Annotated[
        str,
        chosen_option(
            "--kind", "KIND", terms.EVIDENCE_KINDS, N_("call_record, message_receipt, customer_said or other.")
        ),
    ],
    seconds: Annotated[
        int | None,
        typer.Option("--seconds", parser=words.count, metavar="N", help=N_("How long the call took by it.")),
    ] = None,
    reached: Annotated[
        str | None,
        typer.Option(
            "--reached", parser=words.choice(*_REACHED), metavar="YES_OR_NO",
            help=N_("yes or no: whether the customer was reached by it."),
        ),
    ] = None,
    on: Annotated[
        date | None,
        typer.Option("--on", parser=days.happened, metavar="DATE", help=N_("The day that it bears; else today.")),
    ] = None,
    text: Annotated[str, typer.Option("--text", metavar="TEXT", help=N_("What it says."))] = "",
    file: Annotated[
        str, typer.Option("--file", metavar="FILE", help=N_("A file that you keep; the book notes its hash."))
    ] = "",
    command_id: CommandId = "",
    as_json: Json = False,
) -> None:  # fmt: skip
    """`audit attach`."""
    from guanhu.intake.hashing import sha256_of
    from guanhu.store.evidence import attach_evidence

    digest = sha256_of(file) if file else ""
    frame_of(context).write(
        "audit attach",
        lambda book, by: attach_evidence(
            book, position, kind, on or today(), seconds=seconds, reached=_REACHED.get(reached or ""), text=text,
            sha256=digest, by=by, command=command_id,
        ),
        _("The evidence stands beside entry {position}.", position=position),
        as_json=as_json,
    )  # fmt: skip
