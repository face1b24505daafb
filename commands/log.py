"""`guanhu log`: the log "My customers" (我的客户) of a member of staff, an outlet or all."""

import sys
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from guanhu.commands import days, words
from guanhu.commands.app import command, single
from guanhu.commands.failing import UsageError
from guanhu.commands.frame import Question, frame_of
from guanhu.commands.log_words import day_range, kind_text, log_labels
from guanhu.commands.meaning import whose_meant
from guanhu.commands.options import LIMIT, AsOf, Csv, Json, KnownAt, Offset, OfOutlet, OfStaff, first_day, last_day
from guanhu.commands.output import Column, items, note, shape
from guanhu.commands.overwriting import Overwrite, check_free
from guanhu.commands.witness import leave_look
from guanhu.language import N_, _, current, terms
from guanhu.language.log_words import visit_times
from guanhu.tui.names import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guanhu.projections.log import Asked, LogEntry

app = single()

FORMATS = ("table", "json", "csv", "xlsx", "html")


@command(
    app,
    "log",
    N_("The log: who did what for whom; your own unless others are asked for."),
    "guanhu log --all --from 2026-11-01",
    "guanhu log --staff S002 --format xlsx --output log.xlsx",
)
def log(
    context: typer.Context,
    staff: OfStaff = "",
    outlet: OfOutlet = "",
    every: Annotated[bool, typer.Option("--all", help=N_("That of the whole book."))] = False,
    first: Annotated[date | None, first_day(N_("From this date; else the first of the month."))] = None,
    last: Annotated[date | None, last_day(N_("To this date; else the date asked about."))] = None,
    form: Annotated[
        str,
        typer.Option(
            "--format", parser=words.choice(*FORMATS), metavar="FORMAT", help=N_("table, json, csv, xlsx or html.")
        ),
    ] = "table",
    output: Annotated[str, typer.Option("--output", metavar="FILE", help=N_("Write it there; - is stdout."))] = "-",
    yes: Overwrite = False,
    withdrawn: Annotated[bool, typer.Option("--withdrawn", help=N_("Entries that were taken out too."))] = False,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    limit: Annotated[
        int | None,
        typer.Option("--limit", parser=words.count, metavar="N", help=N_("At most so many rows; 0 means all.")),
    ] = None,
    offset: Offset = 0,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:  # fmt: skip
    """`log`; a table shows the newest rows, a file or document everything unless --limit says otherwise.

    In a table --limit and --offset count from the newest back; the newest stands last.
    """
    from guanhu.projections.log import Asked, LogEntry, log_entries

    form = "json" if as_json else "csv" if as_csv else form
    with frame_of(context).asking("log", as_of, known_at) as q:
        whose, outlet = whose_meant(q.cursor, q.staff, staff, outlet, every=every)
        end = last or q.day
        begin = first or end.replace(day=1)
        days.check_order(begin, end)
        most = (LIMIT if form == "table" else 0) if limit is None else limit
        asked = Asked(whose or None, outlet or None, begin, end, withdrawn)
        if form == "table":
            total, entries = _newest(q, asked, most, offset)
            offset = max(0, total - offset - len(entries))
        else:
            total, entries = log_entries(q.cursor, asked, limit=most, offset=offset)
        if form in ("xlsx", "html"):
            if output != "-":
                check_free(Path(output), yes=yes)
            shown = [each.customer_no for each in entries]
            leave_look(q, "export", "log", form, rows=len(entries), customers=shown)
            _write_sheet(q, form, output, entries, whose or outlet, (begin, end))
            return
        head = {"staff": whose or None, "outlet": outlet or None, "from": begin, "to": end, **q.known}
        rows = [_row(q, entry) for entry in entries]
        with _redirected(output, yes=yes):
            columns = [Column(field, field) for field in LogEntry.__struct_fields__] if form == "csv" else _columns(q)
            items(shape(form == "json", form == "csv"), head, rows, columns, total=total, offset=offset)


def _newest(q: Question, asked: "Asked", most: int, offset: int) -> "tuple[int, list[LogEntry]]":
    """How many entries there are, and the newest before the last `offset` (`most` 0: all), oldest first."""
    from guanhu.projections.log import log_entries

    total, _first = log_entries(q.cursor, asked, limit=1)
    end = max(0, total - offset)
    start = max(0, end - most) if most else 0
    return total, log_entries(q.cursor, asked, limit=end - start, offset=start)[1] if end else []


def _row(q: Question, entry: "LogEntry") -> dict[str, Any]:
    row: dict[str, Any] = msgspec.structs.asdict(entry)
    return row | {"what": kind_text(entry, q.names)}


def _columns(q: Question) -> list[Column]:
    return [
        Column("position", _("entry")),
        Column("on", _("date")),
        Column("customer_no", _("number")),
        Column("name", _("name"), least=6, spare=1),
        Column("tier", _("tier"), show=lambda tier: q.names.tier(tier) if tier else "", spare=5),
        Column("what", _("what"), least=12),
        Column("outcome", _("outcome"), show=terms.outcome_or_closing, by="kind"),
        Column("began_at", _("time"), show=visit_times, by="duration_seconds", spare=9),
        Column("staff", _("by"), show=q.names.staff, least=6, spare=3),
        Column("companions", _("with"), show=q.names.staff_list, least=6, spare=6),
        Column("next_on", _("next step"), spare=4),
        Column("late", _("remarks"), show=lambda late: _("written late") if late else "", spare=7),
        Column("corrected", _("corrected by"), spare=8),
        Column("note", _("note"), least=12, spare=2),
    ]


def _write_sheet(
    q: Question,
    form: str,
    output: str,
    entries: "Sequence[LogEntry]",
    whose: str,
    days: tuple[date, date],
) -> None:
    """The log as a file to be handed in; a workbook does not go to a terminal."""
    from guanhu.projections import log_sheet

    if output == "-" and form == "xlsx" and sys.stdout.isatty():
        raise UsageError(_("A workbook is not for the screen: name a file with --output."))
    named = q.names.staff(whose) if q.names.is_staff(whose) else q.names.outlet(whose)
    title = listed([_("My customers: the work log"), named])
    heading = log_sheet.Heading(title, day_range(*days))
    labels = log_labels(q.names)
    with _opened(output) as target:
        if form == "xlsx":
            log_sheet.write_workbook(target, entries, heading, labels)
        else:
            for piece in log_sheet.page(entries, heading, labels, current()):
                target.write(piece.encode())
    if output != "-":
        note(_("Entries written to {file}: {count}.", count=len(entries), file=output))


@contextmanager
def _opened(output: str) -> "Iterator[IO[bytes]]":
    """A file, or stdout. A workbook is made in memory, since stdout can't be gone back in."""
    import io

    from guanhu.store.private_file import private_file

    if output != "-":
        with private_file(Path(output)) as target:
            yield target
        return
    held = io.BytesIO()
    yield held
    sys.stdout.flush()
    sys.stdout.buffer.write(held.getvalue())
    sys.stdout.buffer.flush()


@contextmanager
def _redirected(output: str, *, yes: bool) -> "Iterator[None]":
    from contextlib import redirect_stdout

    from guanhu.store.private_file import private_text

    if output == "-":
        yield
        return
    check_free(Path(output), yes=yes)
    with private_text(Path(output)) as text, redirect_stdout(text):
        yield
