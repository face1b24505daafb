"""`guanhu visit add`: log a visit, which counts for everybody who went."""

from typing import Annotated

import typer

from guanhu.commands.app import command, group
from guanhu.commands.failing import UsageError
from guanhu.commands.frame import frame_of, today
from guanhu.commands.options import CommandId, Customer, Json, NextDay, Note, On, Outcome
from guanhu.language import N_, _

app = group(N_("Log visits."))

Companions = Annotated[
    list[str],
    typer.Option("--with", metavar="STAFF", help=N_("Who went along; several by blanks, commas, or the option again.")),
]


@app.callback()
def _group() -> None:
    """A group even while it has one command: `visit add`."""


@command(app, "add", N_("Log a visit."))
def add(
    context: typer.Context,
    customer_no: Customer,
    outcome: Outcome,
    more: Annotated[list[str], typer.Argument(hidden=True)] = [],  # noqa: B006 - Typer copies it
    companions: Companions = [],  # noqa: B006 - as above
    on: On = None,
    note: Note = "",
    next_on: NextDay = None,
    command_id: CommandId = "",
    as_json: Json = False,
) -> None:
    """`visit add`; the words after `--with A` are companions too, so that `--with A B` says what it seems to say."""
    from guanhu.store import acts

    if more and not companions:
        raise UsageError(_("This is too much: {words}", words=" ".join(more)), context)
    party = several([*companions, *more])
    frame_of(context).write(
        "visit add",
        lambda book, by: acts.log_visit(
            book, customer_no, party, outcome, on or today(), note=note, next_on=next_on, by=by,
            command=command_id,
        ),
        _("The visit to {customer_no} was logged.", customer_no=customer_no),
        as_json=as_json,
    )  # fmt: skip


def several(words: list[str]) -> list[str]:
    """Ids given one by one or parted by commas."""
    return [part.strip() for word in words for part in word.replace("，", ",").split(",") if part.strip()]
