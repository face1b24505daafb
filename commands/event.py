"""`guanhu event note`: something important in a customer's life."""

from typing import Annotated

import typer

from guanhu.commands.app import command, group
from guanhu.commands.choices import chosen_argument
from guanhu.commands.frame import frame_of, today
from guanhu.commands.options import CommandId, Customer, Json, Note, On
from guanhu.language import N_, _, terms

app = group(N_("Important events in customers' lives."))


@app.callback()
def _group() -> None:
    """A group even while it has one command: `event note`."""


@command(app, "note", N_("Note an important event."))
def note_(
    context: typer.Context,
    customer_no: Customer,
    kind: Annotated[
        str,
        chosen_argument(
            "KIND", terms.IMPORTANT_EVENTS,
            N_("wedding, birth, promotion, moving, study, retirement, illness, bereavement, business or other."),
        ),
    ],
    note: Note = "",
    on: On = None,
    command_id: CommandId = "",
    as_json: Json = False,
) -> None:  # fmt: skip
    """`event note`."""
    from guanhu.store import affairs

    frame_of(context).write(
        "event note",
        lambda book, by: affairs.note_event(
            book, customer_no, kind, on or today(), note=note, by=by, command=command_id
        ),
        _("Noted for {customer_no}: {kind}.", customer_no=customer_no, kind=terms.important_event(kind)),
        as_json=as_json,
    )
