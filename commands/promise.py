"""`guanhu promise`: what was promised to a customer, and what became of it."""

from datetime import date
from typing import Annotated

import typer

from guanhu.commands import days
from guanhu.commands.app import command, group
from guanhu.commands.frame import frame_of, today
from guanhu.commands.options import CommandId, Customer, Json, Note, On, Position, Reason
from guanhu.language import N_, _

app = group(N_("Promises made to customers."))


@command(
    app,
    "add",
    N_("Record a promise; its entry's number names it from then on."),
    'guanhu promise add 20001234 "..." --due 11-30',
)
def add(
    context: typer.Context,
    customer_no: Customer,
    text: Annotated[str, typer.Argument(metavar="TEXT", help=N_("What was promised."))],
    due: Annotated[date, typer.Option("--due", parser=days.coming, metavar="DATE", help=N_("By when."))],
    on: On = None,
    command_id: CommandId = "",
    as_json: Json = False,
) -> None:
    """`promise add`."""
    from guanhu.store import affairs

    frame_of(context).write(
        "promise add",
        lambda book, by: affairs.make_promise(book, customer_no, text, due, on or today(), by=by, command=command_id),
        _("The promise to {customer_no} was recorded, due {day}.", customer_no=customer_no, day=due.isoformat()),
        as_json=as_json,
    )


@command(
    app,
    "correct",
    N_("Correct an open promise by a new entry; what is not given stays as it is."),
    'guanhu promise correct 1024 --due 11-30 --reason "..."',
)
def correct(
    context: typer.Context,
    position: Position,
    reason: Reason,
    text: Annotated[str | None, typer.Option("--text", metavar="TEXT", help=N_("What was really promised."))] = None,
    due: Annotated[
        date | None, typer.Option("--due", parser=days.coming, metavar="DATE", help=N_("By when it really is due."))
    ] = None,
    command_id: CommandId = "",
    as_json: Json = False,
) -> None:
    """`promise correct`."""
    from guanhu.store import affairs

    frame_of(context).write(
        "promise correct",
        lambda book, by: affairs.correct_promise(
            book, position, reason, text=text, due_on=due, by=by, command=command_id
        ),
        _("Promise {position} was corrected.", position=position),
        as_json=as_json,
    )


@command(app, "keep", N_("Say that a promise was kept."))
def keep(
    context: typer.Context, position: Position, note: Note = "", on: On = None, command_id: CommandId = "",
    as_json: Json = False,
) -> None:  # fmt: skip
    """`promise keep`."""
    from guanhu.store import affairs

    frame_of(context).write(
        "promise keep",
        lambda book, by: affairs.keep_promise(book, position, on or today(), note=note, by=by, command=command_id),
        _("Promise {position} was kept.", position=position),
        as_json=as_json,
    )


@command(app, "excuse", N_("Say that the customer was told why a promise can't be kept."))
def excuse(
    context: typer.Context, position: Position, reason: Reason, on: On = None, command_id: CommandId = "",
    as_json: Json = False,
) -> None:  # fmt: skip
    """`promise excuse`."""
    from guanhu.store import affairs

    frame_of(context).write(
        "promise excuse",
        lambda book, by: affairs.excuse_promise(book, position, reason, on or today(), by=by, command=command_id),
        _("Promise {position} was excused.", position=position),
        as_json=as_json,
    )
