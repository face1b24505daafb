"""`guanhu visit add`: log a visit, which counts for everybody who went."""

from datetime import time
from typing import Annotated

import typer

from guanhu.commands import words
from guanhu.commands.app import command, group
from guanhu.commands.contact import tell_act
from guanhu.commands.failing import UsageError
from guanhu.commands.frame import frame_of, today
from guanhu.commands.meaning import several
from guanhu.commands.options import CommandId, Customer, Json, NextDay, Note, On, Outcome
from guanhu.commands.output import note as remark
from guanhu.language import N_, _

app = group(N_("Log visits."))

Companions = Annotated[
    list[str],
    typer.Option(
        "--with",
        metavar="STAFF",
        help=N_("Who went along, by id or name; several by blanks, commas, or the option again."),
    ),
]


@app.callback()
def _group() -> None:
    """A group even while it has one command: `visit add`."""


@command(
    app,
    "add",
    N_("Log a visit."),
    "guanhu visit add 20001234 --with S002 --outcome reached_success --at 14:30 --minutes 40",
)
def add(
    context: typer.Context,
    customer_no: Customer,
    outcome: Outcome,
    more: Annotated[list[str], typer.Argument(hidden=True)] = [],  # noqa: B006 - Typer copies it
    companions: Companions = [],  # noqa: B006 - as above
    on: On = None,
    note: Note = "",
    next_on: NextDay = None,
    began_at: Annotated[
        time | None, typer.Option("--at", parser=words.clock, metavar="HH:MM", help=N_("When it began, by the clock."))
    ] = None,
    minutes: Annotated[
        int | None, typer.Option("--minutes", parser=words.count, metavar="N", help=N_("How long it took, in minutes."))
    ] = None,
    command_id: CommandId = "",
    as_json: Json = False,
) -> None:
    """`visit add`; the words after `--with A` are companions too, so that `--with A B` says what it seems to say."""
    from guanhu.store import acts

    if more and not companions:
        raise UsageError(_("This is too much: {words}", words=" ".join(more)), context)
    frame, when = frame_of(context), on or today()
    party = [frame.staff_meant(word) for word in several([*companions, *more])]
    receipt = frame.do(
        "visit add",
        lambda book, by: acts.log_visit(
            book, customer_no, party, outcome, when, note=note, next_on=next_on, began_at=began_at,
            duration=None if minutes is None else minutes * 60, by=by, command=command_id,
        ),
    )
    said = _("The visit to {customer_no} was logged.", customer_no=customer_no)
    tell_act(frame, "visit add", receipt, customer_no, when, said, as_json=as_json)
    if frame.book.staff in party:
        remark(_("You are the visitor yourself; --with names those who went along."))
