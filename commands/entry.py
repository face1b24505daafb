"""`guanhu entry correct`: nothing is edited; a new event says what the entry should have said, or takes it back.

Contacts and visits are corrected; taken back is whatever a person entered, by its position.
"""

from datetime import date, time
from typing import TYPE_CHECKING, Annotated

import typer

from guanhu.commands import days, words
from guanhu.commands.app import command, group
from guanhu.commands.frame import frame_of, tell_receipt
from guanhu.commands.meaning import several
from guanhu.commands.options import CommandId, Json, NextDay, Position, Reason
from guanhu.language import N_, _

if TYPE_CHECKING:
    from guanhu.commands.frame import Frame

app = group(N_("An entry of the log, whole; correct it by a new one."))

CLEARED = {"next": "next_on", "at": "began_at", "minutes": "duration"}
"""What need not be said, by the word of its option, as the store names it (store/acts.py)."""


@command(
    app,
    "correct",
    N_("Correct an entry of the log, or take back any act; what is not given stays as it is."),
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
    began_at: Annotated[
        time | None,
        typer.Option("--at", parser=words.clock, metavar="HH:MM", help=N_("When the visit really began.")),
    ] = None,
    minutes: Annotated[
        int | None,
        typer.Option("--minutes", parser=words.count, metavar="N", help=N_("How many minutes the visit really took.")),
    ] = None,
    clear: Annotated[
        list[str],
        typer.Option(
            "--clear", parser=words.choice(*CLEARED), metavar="FIELD",
            help=N_("What it should not say at all: next (step), at (the clock time) or minutes."),
        ),
    ] = [],  # noqa: B006 - as above
    withdraw: Annotated[bool, typer.Option("--withdraw", help=N_("The act should not be there at all."))] = False,
    command_id: CommandId = "",
    as_json: Json = False,
) -> None:
    """`entry correct`."""
    from guanhu.store import acts

    frame = frame_of(context)
    if withdraw:
        given = (channel, outcome, on, note, next_on, began_at, minutes)
        if any(each is not None for each in given) or companions or clear:
            raise typer.BadParameter(_("What is taken back is not corrected too."), context, param_hint="--withdraw")
        _withdraw(frame, position, reason, command_id, as_json=as_json)
        return
    party = [frame.staff_meant(word) for word in several(companions)] if companions else None
    frame.write(
        "entry correct",
        lambda book, by: acts.correct_entry(
            book, position, reason=reason, channel=channel, outcome=outcome, on=on, note=note, next_on=next_on,
            companions=party, began_at=began_at, duration=None if minutes is None else minutes * 60,
            clear=[CLEARED[word] for word in clear], by=by, command=command_id,
        ),
        _("Entry {position} was corrected.", position=position),
        as_json=as_json,
    )  # fmt: skip


def _withdraw(frame: "Frame", position: int, reason: str, command_id: str, *, as_json: bool) -> None:
    """Take back an act; of a plan of many seats, those whose seats have not moved since."""
    from guanhu.store.withdrawing import withdraw

    staff = frame.writer("entry correct")
    done = withdraw(frame.book, position, reason, by=staff, command=command_id)
    said = _("Entry {position} was taken back.", position=position)
    if done.passed_over:
        said += " " + _("Left as they are, for their seats have moved since: {count}.", count=done.passed_over)
    tell_receipt(done.receipt, said, as_json=as_json, more={"passed_over": done.passed_over})
