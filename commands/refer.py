"""`guanhu refer`: customers passed upward to a relationship manager, and the answer."""

from typing import Annotated

import typer

from guanhu.commands.app import command, group
from guanhu.commands.frame import frame_of, today
from guanhu.commands.options import CommandId, Customer, Json, Note, On, Position
from guanhu.language import N_, _

app = group(N_("Pass customers upward."))


@command(app, "add", N_("Refer a customer to a relationship manager."))
def add(
    context: typer.Context,
    customer_no: Customer,
    staff: Annotated[str, typer.Argument(metavar="STAFF", help=N_("To whom."))],
    note: Note = "",
    on: On = None,
    command_id: CommandId = "",
    as_json: Json = False,
) -> None:
    """`refer add`."""
    from guanhu.store import affairs

    frame_of(context).write(
        "refer add",
        lambda book, by: affairs.refer(book, customer_no, staff, on or today(), note=note, by=by, command=command_id),
        _("Customer {customer_no} was referred to {staff}.", customer_no=customer_no, staff=staff),
        as_json=as_json,
    )


@command(app, "accept", N_("Accept a referral."))
def accept(
    context: typer.Context, position: Position, note: Note = "", on: On = None, command_id: CommandId = "",
    as_json: Json = False,
) -> None:  # fmt: skip
    """`refer accept`."""
    _answer(context, position, note, on, command_id, as_json=as_json, accepting=True)


@command(app, "return", N_("Return a referral."))
def return_(
    context: typer.Context, position: Position, note: Note = "", on: On = None, command_id: CommandId = "",
    as_json: Json = False,
) -> None:  # fmt: skip
    """`refer return`."""
    _answer(context, position, note, on, command_id, as_json=as_json, accepting=False)


def _answer(
    context: typer.Context, position: int, note: str, on: On, command_id: str, *, as_json: bool, accepting: bool
) -> None:
    from guanhu.store import affairs

    accepted = _("Referral {position} was accepted.", position=position)
    returned = _("Referral {position} was returned.", position=position)
    frame_of(context).write(
        "refer accept" if accepting else "refer return",
        lambda book, by: affairs.answer_referral(
            book, position, accepting, on or today(), note=note, by=by, command=command_id
        ),
        accepted if accepting else returned,
        as_json=as_json,
    )
