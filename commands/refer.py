"""`guanhu refer`: customers passed upward to a relationship manager, and the answer."""

from datetime import date
from typing import Annotated, Any

import typer

from guanhu.commands.app import command, group
from guanhu.commands.frame import Frame, frame_of, tell_receipt, today
from guanhu.commands.options import CommandId, Customer, Json, Note, On, Position
from guanhu.commands.output import say
from guanhu.language import N_, _
from guanhu.tui.names import listed

app = group(N_("Pass customers upward."))


@command(
    app,
    "add",
    N_("Refer a customer to a relationship manager."),
    'guanhu refer add 20001234 S002 --note "..."',
)
def add(
    context: typer.Context,
    customer_no: Customer,
    staff: Annotated[str, typer.Argument(metavar="STAFF", help=N_("To whom, by id or name."))],
    note: Note = "",
    on: On = None,
    command_id: CommandId = "",
    as_json: Json = False,
) -> None:
    """`refer add`."""
    from guanhu.store import affairs

    frame = frame_of(context)
    to = frame.staff_meant(staff)
    frame.write(
        "refer add",
        lambda book, by: affairs.refer(book, customer_no, to, on or today(), note=note, by=by, command=command_id),
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
    frame, name = frame_of(context), "refer accept" if accepting else "refer return"
    receipt = frame.do(
        name,
        lambda book, by: affairs.answer_referral(
            book, position, accepting, on or today(), note=note, by=by, command=command_id
        ),
    )
    more, owners = _owners(frame, name, position, on or today())
    tell_receipt(receipt, accepted if accepting else returned, as_json=as_json, more=more)
    if accepting and not as_json:
        say(owners)


def _owners(frame: Frame, command: str, position: int, on: date) -> tuple[dict[str, Any], str]:
    """Whose customer it is now, as part of a document and as a sentence."""
    from guanhu.projections.assignment import seats_on
    from guanhu.projections.by_number import customer_of_affair

    with frame.asking(command, on) as q:
        cid, no = customer_of_affair(q.cursor, position)
        seats = seats_on(q.cursor, (cid,), on.toordinal())[cid]
        owners = [{"staff_id": staff, "role": role} for staff, role in seats.owners]
        named = listed(f"{q.names.staff(staff)} ({q.names.role(role)})" for staff, role in seats.owners)
        said = _(
            "Customer {customer_no} is now with {owners}; system owner: {system_owner}.",
            customer_no=no, owners=named or _("nobody"), system_owner=q.names.staff(seats.system_owner) or _("nobody"),
        )  # fmt: skip
        return {"customer_no": no, "owners": owners, "system_owner": seats.system_owner}, said
