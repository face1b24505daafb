"""`guanhu entry correct`: nothing is edited; a new event says what the entry should have said."""

from datetime import date
from typing import Annotated

import typer

from guanhu.commands import days, words
from guanhu.commands.app import command, group
from guanhu.commands.frame import frame_of
from guanhu.commands.meaning import several
from guanhu.commands.options import CommandId, Json, NextDay, Position, Reason
from guanhu.language import N_, _

app = group(N_("Correct the log by a new entry."))


@app.callback()
def _group() -> None:
    """A group even while it has one command: `entry correct`."""


@command(
    app,
    "correct",
    N_("Correct an entry of the log; what is not given stays as it is."),
    'guanhu entry correct 1024 --outcome no_answer --reason "..."',
    'guanhu entry correct 1024 --withdraw --reason "..."',
)
def correct(
    context: typer.Context,
    position: Position,
    reason: Reason,
    channel: Annotated[
        str | None, typer.Option("--channel", parser=words.channel, metavar="CHANNEL", help=N_("The right channel."))
    ] = None,
    outcome: Annotated[
        str | None, typer.Option("--outcome", parser=words.outcome, metavar="OUTCOME", help=N_("The right outcome."))
    ] = None,
    on: Annotated[
        date | None, typer.Option("--on", parser=days.happened, metavar="DATE", help=N_("When it really happened."))
    ] = None,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help=N_("The right note."))] = None,
    next_on: NextDay = None,
    companions: Annotated[
        list[str], typer.Option("--with", metavar="STAFF", help=N_("Who really went along on the visit."))
    ] = [],  # noqa: B006 - Typer copies it
    withdraw: Annotated[bool, typer.Option("--withdraw", help=N_("The entry should not be there at all."))] = False,
    command_id: CommandId = "",
    as_json: Json = False,
) -> None:
    """`entry correct`."""
    from guanhu.store import acts

    frame = frame_of(context)
    party = [frame.staff_meant(word) for word in several(companions)] if companions else None
    frame.write(
        "entry correct",
        lambda book, by: acts.correct_entry(
            book, position, reason=reason, channel=channel, outcome=outcome, on=on, note=note, next_on=next_on,
            companions=party, withdrawn=withdraw, by=by, command=command_id,
        ),
        _("Entry {position} was corrected.", position=position),
        as_json=as_json,
    )  # fmt: skip
