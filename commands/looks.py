"""`guanhu audit looks` and `audit looking`: who took what out of the book, and how fine that is recorded."""

from datetime import date
from typing import Annotated, Any

import msgspec
import typer

from guanhu.commands import words
from guanhu.commands.app import command
from guanhu.commands.audit_group import app
from guanhu.commands.frame import Question, frame_of
from guanhu.commands.options import (
    LIMIT,
    AsOf,
    CommandId,
    Csv,
    Json,
    KnownAt,
    Limit,
    OfCustomer,
    Offset,
    OfStaff,
    first_day,
    last_day,
)
from guanhu.commands.output import Column, document, items, say, shape
from guanhu.domain.branch_time import branch_time
from guanhu.domain.looking import LEVEL_OF, LEVELS
from guanhu.language import N_, _, look_words
from guanhu.tui.look_scope import asked_words

FirstDay = Annotated[date | None, first_day(N_("From this day on."))]
LastDay = Annotated[date | None, last_day(N_("Up to this day."))]
Kind = Annotated[
    str | None,
    typer.Option(
        "--kind", parser=words.choice(*LEVEL_OF), metavar="KIND", help=N_("Only export, unmasked, page or list.")
    ),
]  # fmt: skip


@command(
    app,
    "looks",
    N_("Who took lists out of the book, uncovered numbers, and opened what."),
    "guanhu audit looks --customer 20000001",
    "guanhu audit looks --kind export --from 2026-11-01",
)
def looks(
    context: typer.Context,
    staff: OfStaff = "",
    customer: OfCustomer = "",
    kind: Kind = None,
    first: FirstDay = None,
    last: LastDay = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    limit: Limit = LIMIT,
    offset: Offset = 0,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """`audit looks`: up to the day that is asked about, where one is."""
    from guanhu.projections.looks import Wanted
    from guanhu.projections.looks import looks as question
    from guanhu.tui.inspection_seen import sight_in

    frame = frame_of(context)
    who = frame.staff_meant(staff) if staff else ""
    with frame.asking("audit looks", as_of, known_at) as q:
        wanted = Wanted(who, customer, (kind,) if kind else (), first, min(filter(None, (last, as_of)), default=None))
        total, found = question(q.cursor, wanted, limit=limit, offset=offset, sight=sight_in(q.book, q.staff))
        rows = [{**msgspec.structs.asdict(each), "who": each.by or each.login} for each in found]
        items(shape(as_json, as_csv), q.asked, rows, _columns(q), total=total, offset=offset)


def _columns(q: Question) -> list[Column]:
    def who(value: str) -> str:
        return q.names.staff(value)

    def asked(scope: dict[str, str]) -> str:
        return asked_words(scope, q.names)

    return [
        Column("position", _("entry"), "number"),
        Column("recorded_at", _("when"), show=lambda moment: f"{branch_time(moment):%Y-%m-%d %H:%M}"),
        Column("who", _("who"), show=who, least=6),
        Column("kind", _("what"), show=look_words.look, least=8),
        Column("subject", _("of what"), show=look_words.subject, least=8),
        Column("form", _("form"), show=look_words.form, least=4, spare=2),
        Column("scope", _("asked for"), show=asked, least=8, spare=1),
        Column("rows", _("rows"), "number", spare=3),
    ]


@command(
    app,
    "looking",
    N_("Show or set how fine looking is recorded: exports, pages or lists."),
    "guanhu audit looking",
    "guanhu --staff J001 audit looking pages",
)
def looking(
    context: typer.Context,
    level: Annotated[str, typer.Argument(metavar="LEVEL", help=N_("exports, pages or lists."))] = "",
    command_id: CommandId = "",
    as_json: Json = False,
) -> None:
    """`audit looking`."""
    from guanhu.projections.looks import level_of
    from guanhu.store.looking import set_looking

    frame = frame_of(context)
    if level:
        said = _("Recorded from now on: {level}.", level=look_words.level(level))
        frame.write(
            "audit looking",
            lambda book, by: set_looking(book, level, by=by, command=command_id),
            said,
            as_json=as_json,
        )  # fmt: skip
        return
    with frame.asking("audit looking") as q:
        stands = LEVELS[level_of(q.cursor)]
    if as_json:
        content: dict[str, Any] = {"level": stands, "levels": LEVELS}
        document(content)
    else:
        say(_("Recorded at present: {level}.", level=look_words.level(stands)))
