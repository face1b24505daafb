"""`guanhu inspect report` and `redraw`: the report to be printed and kept, and the drawing of the sample repeated."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from guanhu.commands.app import command
from guanhu.commands.failing import DAMAGED, UsageError
from guanhu.commands.frame import frame_of
from guanhu.commands.gate import let_through
from guanhu.commands.inspection import ask
from guanhu.commands.inspection_options import Number
from guanhu.commands.inspection_work import app
from guanhu.commands.options import AsOf, Json, KnownAt
from guanhu.commands.output import document, note, say
from guanhu.commands.overwriting import Overwrite, check_free
from guanhu.commands.progress import progress
from guanhu.commands.witness import leave_look
from guanhu.language import N_, _
from guanhu.tui.inspection_export import figures_of, write_report
from guanhu.tui.inspection_seen import check_reported

__all__ = ["app"]


@command(
    app,
    "report",
    N_("Write the report as a page to print, or as a workbook."),
    "guanhu inspect report JC-2026-001 --html report.html --xlsx report.xlsx",
)
def report(
    context: typer.Context,
    number: Number,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help=N_("Write a page that a browser prints."))
    ] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", metavar="FILE", help=N_("Write an Excel workbook."))] = None,
    checkpoint: Annotated[
        Path | None,
        typer.Option("--checkpoint", metavar="FILE", help=N_("Write the checkpoint that it stands on.")),
    ] = None,
    yes: Overwrite = False,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """`inspect report`; the figures alone as a document."""
    if html is None and xlsx is None and checkpoint is None and not as_json:
        raise UsageError(_("Name a file with --html, --xlsx or --checkpoint, or ask for --json."), context)
    from guanhu.store.keeping_checkpoints import keep_leaves
    from guanhu.store.private_file import private_file

    frame = frame_of(context)
    with frame.asking("inspect report", as_of, known_at) as q:
        found = ask(q, number)
        check_reported(found)
        for path, form in ((html, "html"), (xlsx, "xlsx")):
            if path is None:
                continue
            check_free(path, yes=yes)
            shown = [item.customer_no for item in found.items]
            scope = {"inspection": number}
            leave_look(q, "export", "inspect report", form, rows=len(found.items), customers=shown, scope=scope)
            with private_file(path) as target:
                write_report(target, form, found, q.names, q.scheme, q.day.isoformat())
            note(_("The report was written to {file}.", file=str(path)))
        if checkpoint is not None:
            check_free(checkpoint, yes=yes)
            with private_file(checkpoint) as target:
                target.write(found.checkpoint.encode())
            note(_("The checkpoint was written to {file}; keep it away from the branch.", file=str(checkpoint)))
            _tell_leaves(keep_leaves(frame.book, checkpoint, found.cutoff, found.root))
        if as_json:
            document({**q.asked, "inspection": number, **msgspec.structs.asdict(figures_of(found, q.scheme))})


def _tell_leaves(companion: Path | None) -> None:
    if companion is None:
        note(_(
            "The log does NOT begin with the entries of this checkpoint any more: `guanhu inspect redraw` says more."
        ))  # fmt: skip
    else:
        note(_("Beside it stands {file}: keep both where nobody of the branch can write.", file=str(companion)))


@command(
    app,
    "redraw",
    N_("Draw an inspection's sample again from the log as it was at the cut-off, and say whether it is the same."),
)
def redraw(context: typer.Context, number: Number, as_json: Json = False) -> None:
    """`inspect redraw`; exit 5 where it is another."""
    from guanhu.store.redrawing import redraw as draw_again

    frame = frame_of(context)
    with frame.book.reading() as cursor:
        let_through("inspect redraw", frame.acting(cursor), writing=False)
    with progress(_("Looking back")) as tell:
        found = draw_again(frame.book, number, tell)
    if as_json:
        document({**msgspec.structs.asdict(found), "same": found.same})
    else:
        entries = f"{found.cutoff:,}"
        if found.same_root:
            say(_("The log still begins with the {entries} entries that the inspection stands on.", entries=entries))
        else:
            say(_("The log does NOT begin with the {entries} entries that the inspection stands on.", entries=entries))
        if not found.same_population:
            say(_("What could be drawn is NOT what it was at the opening."))
        if found.only_then or found.only_now:
            say(_("The sample is NOT the same: {gone} items are not drawn again, {new} are new.",
                  gone=len(found.only_then), new=len(found.only_now)))  # fmt: skip
        else:
            said = {"drawn": found.drawn, "seed": found.seed}
            say(_("The same sample was drawn again, {drawn} items, with the seed {seed}.", **said))
    if not found.same:
        raise typer.Exit(DAMAGED)
