"""`guanhu import`: a file of the bank into the book; bad rows are refused, the good ones go in."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from guanhu.commands import days
from guanhu.commands.app import command, single
from guanhu.commands.choices import chosen_argument
from guanhu.commands.frame import frame_of
from guanhu.commands.options import Json
from guanhu.commands.output import document, facts, note
from guanhu.commands.progress import progress
from guanhu.commands.setting_aside import set_aside
from guanhu.language import N_, _, file_words
from guanhu.language.reasons import sentence

if TYPE_CHECKING:
    from guanhu.intake.refusal import Refusal
    from guanhu.store.importing import ImportResult

app = single()

SHOWN_REFUSALS = 10


@command(
    app,
    "import",
    N_("Take in a file: CSV, TSV, XLSX or XLS, with English or Chinese headers."),
    "guanhu import customers customers.csv",
    "guanhu import balances balances.xlsx --date 2026-11-23 --dry-run",
)
def import_(
    context: typer.Context,
    kind: Annotated[
        str,
        chosen_argument(
            "KIND", file_words.FILES, N_("customers, balances, contacts, products, staff or assignments.")
        ),
    ],
    file: Annotated[str, typer.Argument(metavar="FILE", help=N_("The file; - reads stdin."))],
    day: Annotated[
        date | None,
        typer.Option(
            "--date", parser=days.happened, metavar="DATE", help=N_("The date of rows that have none of their own.")
        ),
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option("--mapping", metavar="FILE", help=N_("Says how this file's columns are called."))
    ] = None,
    encoding: Annotated[
        str | None, typer.Option("--encoding", metavar="NAME", help=N_("The text's encoding; else it is found."))
    ] = None,
    sheet: Annotated[
        str | None, typer.Option("--sheet", metavar="NAME", help=N_("The workbook's sheet; else the one that fits."))
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("Show what would happen; nothing is written."))] = False,
    refused: Annotated[
        Path | None,
        typer.Option("--refused", metavar="FILE", help=N_("Where refused rows go, to be mended and imported again.")),
    ] = None,
    as_json: Json = False,
) -> None:  # fmt: skip
    """`import`; exit code 1 where every row was refused."""
    from guanhu.intake.records import Kind
    from guanhu.intake.source import open_source
    from guanhu.store.import_kinds import Context
    from guanhu.store.importing import import_file

    frame = frame_of(context)
    by = frame.writer("import")
    source = open_source(file, cast(Kind, kind), day=day, mapping=mapping, encoding=encoding, sheet=sheet)
    with progress(source.name) as tell:
        result = import_file(frame.book, source, Context(day), by=by, progress=tell, dry_run=dry_run)
    if as_json:
        document(result.document())
    else:
        _say(result, dry_run=dry_run)
    if result.rejected and not dry_run:
        set_aside(source, kind, result.rejected, refused, explain)
    if result.rejected and not result.counts.accepted:
        raise typer.Exit(1)


def _say(result: "ImportResult", *, dry_run: bool) -> None:
    counts = result.counts
    rows = len({refusal.row for refusal in result.rejected})
    figures: list[tuple[str, int]] = [
        (_("rows"), result.rows),
        (_("taken in"), counts.accepted),
        (_("registered"), counts.registered),
        (_("changed"), counts.changed),
        (_("unchanged"), counts.unchanged),
        (_("tier changes"), counts.tier_changes),
        (_("late"), counts.late),
        (_("refused"), rows),
    ]
    facts([(title, f"{count:,}" if count or title == _("rows") else "") for title, count in figures])
    if not result.rows:
        note(_("The file has no rows below its header."))
    if result.repeated:
        note(_("This file was imported before; only rows that were refused then were tried again."))
    if dry_run:
        note(_("Nothing was written."))
    for refusal in result.rejected[:SHOWN_REFUSALS]:
        note(_("row {row}: {column}: {reason}", row=refusal.row, column=refusal.column or "-", reason=explain(refusal)))
    if len(result.rejected) > SHOWN_REFUSALS:
        note(_("... and {count} more.", count=len(result.rejected) - SHOWN_REFUSALS))


def explain(refusal: "Refusal") -> str:
    """The reason of a refusal as a sentence."""
    facts: dict[str, Any] = {"value": refusal.value}
    return sentence(refusal.reason, facts)
