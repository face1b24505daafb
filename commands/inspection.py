"""`guanhu inspect`: inspections opened on a cut-off of the log, with a sample that can be drawn again; and shown."""

from base64 import b64encode
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from guanhu.commands import words
from guanhu.commands.app import command, group
from guanhu.commands.completing import sampled
from guanhu.commands.frame import Frame, Question, frame_of, tell_receipt, today
from guanhu.commands.inspection_item import tell_item
from guanhu.commands.inspection_options import Kinds, Number, States, Subject
from guanhu.commands.inspection_tables import (
    finding_lines,
    item_columns,
    item_row,
    list_columns,
    list_row,
    stratum_table,
)
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
    On,
    first_day,
    last_day,
)
from guanhu.commands.output import document, facts, heading, items, note, say, shape, tell_witness
from guanhu.domain.paging import paged
from guanhu.language import N_, _
from guanhu.language.inspection_words import named
from guanhu.tui.inspection_export import scope_text
from guanhu.tui.names import day_text, listed

if TYPE_CHECKING:
    from guanhu.projections.inspection_view import Inspection

app = group(N_("Inspect the log: a sample, worksheets, findings, answers, a report."))


@command(
    app,
    "open",
    N_("Open an inspection: fix what is looked at, and draw the sample."),
    'guanhu inspect open --title "..." --outlet 01 --from 2026-07-01 --to 2026-09-30 --size 40',
)
def open_(
    context: typer.Context,
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help=N_("What the inspection is called."))],
    outlet: OfOutlet = "",
    staff: OfStaff = "",
    first: Annotated[date | None, first_day(N_("From this date; else the first of the month."))] = None,
    last: Annotated[date | None, last_day(N_("To this date; else the opening's day."))] = None,
    subject: Subject = "entries",
    kinds: Kinds = None,
    size: Annotated[
        int, typer.Option("--size", parser=words.count, metavar="N", help=N_("How many are sampled."))
    ] = 30,
    seed: Annotated[
        str,
        typer.Option(
            "--seed", metavar="TEXT",
            help=N_("A word that the inspected side names at the opening, so that neither side chooses alone."),
        ),
    ] = "",
    on: On = None,
    command_id: CommandId = "",
    as_json: Json = False,
) -> None:  # fmt: skip
    """`inspect open`."""
    from guanhu.domain.inspection import Scope
    from guanhu.store.inspecting import inspection_opened_at, open_inspection

    frame, day = frame_of(context), on or today()
    end = last or day
    scope = Scope(
        subject, frame.outlet_meant(outlet), frame.staff_meant(staff), first or end.replace(day=1), end, kinds or ()
    )
    receipt = frame.do(
        "inspect open",
        lambda book, by: open_inspection(book, title, scope, size, day, seed=seed, by=by, command=command_id),
    )
    number = inspection_opened_at(frame.book, receipt.positions[0])
    with frame.asking("inspect open", day) as q:
        found = ask(q, number)
        if as_json:
            also = {"repeated": receipt.repeated, "positions": receipt.positions}
            document({**also, **inspection_document(found)})
            return
        tell_receipt(receipt, _("Inspection {number} was opened.", number=number), as_json=False)
        _tell_drawing(q, found)


def _tell_drawing(q: Question, found: "Inspection") -> None:
    said = {"drawn": len(found.items), "population": f"{found.population:,}"}
    say(_("Sampled: {drawn} of {population}.", **said))
    say(seed_text(found))
    say(_("It stands on the log of {size} entries, root {root}.", size=f"{found.cutoff:,}", root=root_text(found)))
    heading(_("By tier and staff"))
    stratum_table(q, found)
    left_out = sum(not stratum.taken for stratum in found.strata)
    if left_out:
        said = {"count": left_out, "groups": len(found.strata)}
        note(_("Groups without a sample: {count}; --size {groups} or more gives each one.", **said))


@command(app, "list", N_("Inspections, the newest first."))
def list_(
    context: typer.Context, states: States = None, as_of: AsOf = None, known_at: KnownAt = None, limit: Limit = LIMIT,
    offset: Offset = 0, as_json: Json = False, as_csv: Csv = False,
) -> None:  # fmt: skip
    """`inspect list`."""
    from guanhu.projections.inspections import inspections
    from guanhu.tui.inspection_seen import sight_in

    with frame_of(context).asking("inspect list", as_of, known_at) as q:
        sight = sight_in(q.book, q.staff)
        total, lines = inspections(
            q.cursor, q.day, states=states or (), limit=limit, offset=offset, sight=sight
        )  # fmt: skip
        rows = [list_row(line) for line in lines]
        items(shape(as_json, as_csv), q.asked, rows, list_columns(q), total=total, offset=offset)


@command(
    app,
    "show",
    N_("An inspection: its sample as it stood at the cut-off, worksheets, findings."),
    "guanhu inspect show JC-2026-001",
    "guanhu inspect show JC-2026-001 1042",
)
def show(
    context: typer.Context,
    number: Number,
    item: Annotated[
        str,
        typer.Argument(
            metavar="[ITEM]",
            help=N_("One item of the sample, whole: the entry's or customer's number, or its number on the worksheet."),
            autocompletion=sampled,
        ),
    ] = "",
    left: Annotated[bool, typer.Option("--left", help=N_("Only items without a worksheet."))] = False,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    limit: Limit = LIMIT,
    offset: Offset = 0,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """`inspect show`; --limit and --offset are of the sample, as CSV is; with ITEM that item alone, whole."""
    asked = shape(as_json, as_csv)
    with frame_of(context).asking("inspect show", as_of, known_at) as q:
        found = ask(q, number)
        if item:
            tell_item(q, found, item, as_json=as_json)
            return
        if asked == "json":
            shown = inspection_document(found)
            tell_witness("json", [{"customer_no": item.customer_no} for item in found.items])
            document({**q.asked, **shown})
            return
        if asked == "text":
            _tell_head(q, found)
        if found.withheld and asked == "text":
            note(_("The sample is shown once the inspection is closed; until then to inspectors and the department."))
            _tell_findings(q, found)
            return
        sampled = [item for item in found.items if not left or item.verdict is None]
        page = paged(sampled, limit, offset)
        rows = [item_row(q, item) for item in page]
        items(asked, {}, rows, item_columns(q, found), total=len(sampled), offset=offset)
        if asked == "text":
            _tell_findings(q, found)


def ask(q: Question, number: str) -> "Inspection":
    """The inspection as who asks may see it, of the book that is asked; NotFound("unknown_inspection")."""
    from guanhu.projections.inspection_flags import NO_FLAGS, flagged
    from guanhu.projections.inspection_view import inspection
    from guanhu.projections.inspections import inspection_line
    from guanhu.store.codec import decode
    from guanhu.tui.inspection_seen import sight_in

    sight = sight_in(q.book, q.staff)
    scope = inspection_line(q.cursor, number, q.day).scope
    flags = flagged(q.cursor, q.policy, q.book.calendar, scope) if sight.sample(number) else NO_FLAGS
    return inspection(
        q.cursor, q.book.recorder, decode, q.book.keyring, number, q.day, flags=flags, sight=sight, rank=q.scheme.rank
    )


def root_text(found: "Inspection") -> str:
    """The root as checkpoints write it."""
    return b64encode(found.root).decode()


def seed_text(found: "Inspection") -> str:
    """The seed, and whether somebody named it."""
    if found.seed_chosen:
        return _("Seed: {seed}, named at the opening.", seed=found.seed)
    return _("Seed: {seed}, the head of the root.", seed=found.seed)


def _tell_head(q: Question, found: "Inspection") -> None:
    line = found.line
    seed = _("{seed} (named at the opening)", seed=found.seed) if found.seed_chosen else found.seed
    say(f"{line.inspection}  {line.title}")
    facts([
        (_("state"), named("state", line.state)),
        (_("scope"), scope_text(line.scope, q.names)),
        (_("opened"), listed([day_text(line.opened_on), q.names.staff(line.by)])),
        (_("stands on"), _("{size} entries, root {root}", size=f"{found.cutoff:,}", root=root_text(found))),
        (_("seed"), "" if found.withheld else seed),
        (_("sample"), _("{drawn} of {population}", drawn=line.sampled, population=f"{found.population:,}")),
        (_("worksheets"), _("{filled} of {sampled}", filled=line.filled, sampled=line.sampled)),
        (_("not true"), str(line.wrong) if line.wrong else ""),
        (_("can't be told"), str(line.cannot_tell) if line.cannot_tell else ""),
        (_("closed on"), listed([day_text(line.closed_on), q.names.staff(found.closed_by)])),
        (_("conclusion"), found.conclusion),
        (_("left undone, because"), found.unfinished),
    ])  # fmt: skip
    if not found.withheld:
        heading(_("Sample"))


def _tell_findings(q: Question, found: "Inspection") -> None:
    heading(_("Findings"))
    if not found.findings:
        note(_("No finding is for you to answer.") if found.withheld else _("No finding was raised."))
    for finding in found.findings:
        for text in finding_lines(q, finding):
            say(text)


def inspection_document(found: "Inspection") -> dict[str, Any]:
    """An inspection as one document; root and digest in base64, as checkpoints write them."""
    shown: dict[str, Any] = msgspec.structs.asdict(found)
    line: dict[str, Any] = msgspec.structs.asdict(shown.pop("line"))
    scope = msgspec.structs.asdict(line.pop("scope"))
    strata = [msgspec.structs.asdict(stratum) for stratum in shown.pop("strata")]
    root, digest = (b64encode(shown.pop(name)).decode() for name in ("root", "digest"))
    return {**line, "scope": scope, "root": root, "digest": digest, "strata": strata, **shown}


def moved_on(frame: Frame, number: str) -> dict[str, Any]:
    """Where an inspection stands after an act, for a document."""
    from guanhu.projections.inspections import inspection_line

    with frame.book.reading() as cursor:
        line = inspection_line(cursor, number, today())
    return {"inspection": number, "state": line.state, "filled": line.filled, "sampled": line.sampled}
