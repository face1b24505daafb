"""`guanhu opinion add`: what a customer thinks or proposes."""

from typing import Annotated

import typer

from guanhu.commands.app import command, group
from guanhu.commands.frame import frame_of, today
from guanhu.commands.options import CommandId, Customer, Json, On
from guanhu.language import N_, _

app = group(N_("What customers think and propose."))


@app.callback()
def _group() -> None:
    """A group even while it has one command: `opinion add`."""


@command(app, "add", N_("Record an opinion or a proposal of a customer."))
def add(
    context: typer.Context,
    customer_no: Customer,
    text: Annotated[str, typer.Argument(metavar="TEXT", help=N_("What the customer said."))],
    on: On = None,
    command_id: CommandId = "",
    as_json: Json = False,
) -> None:
    """`opinion add`."""
    from guanhu.store import affairs

    frame_of(context).write(
        "opinion add",
        lambda book, by: affairs.voice_opinion(book, customer_no, text, on or today(), by=by, command=command_id),
        _("The opinion of {customer_no} was recorded.", customer_no=customer_no),
        as_json=as_json,
    )
