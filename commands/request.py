"""`guanhu request`: an outlet asks the department for a joint visit or for support, and the answer."""

from datetime import date
from typing import Annotated

import typer

from guanhu.commands import days
from guanhu.commands.app import command, group
from guanhu.commands.choices import chosen_argument
from guanhu.commands.frame import frame_of, today
from guanhu.commands.options import CommandId, Customer, Json, Note, On, Position
from guanhu.language import N_, _, terms

app = group(N_("Ask the department for help."))


@command(app, "add", N_("Ask the department for help with a customer."))
def add(
    context: typer.Context,
    customer_no: Customer,
    kind: Annotated[str, chosen_argument("KIND", terms.REQUESTS, N_("joint_visit or support."))],
    due: Annotated[
        date | None,
        typer.Option("--due", parser=days.coming, metavar="DATE", help=N_("By when; a joint visit needs it.")),
    ] = None,
    note: Note = "",
    on: On = None,
    command_id: CommandId = "",
    as_json: Json = False,
) -> None:  # fmt: skip
    """`request add`."""
    from guanhu.store import requests

    frame_of(context).write(
        "request add",
        lambda book, by: requests.request_help(
            book, customer_no, kind, on or today(), due_on=due, note=note, by=by, command=command_id
        ),
        _("The department was asked for {customer_no}: {kind}.", customer_no=customer_no, kind=terms.request(kind)),
        as_json=as_json,
    )


@command(app, "answer", N_("Answer a request."))
def answer(
    context: typer.Context, position: Position, note: Note = "", on: On = None, command_id: CommandId = "",
    as_json: Json = False,
) -> None:  # fmt: skip
    """`request answer`."""
    from guanhu.store import requests

    frame_of(context).write(
        "request answer",
        lambda book, by: requests.answer_help(book, position, on or today(), note=note, by=by, command=command_id),
        _("Request {position} was answered.", position=position),
        as_json=as_json,
    )
