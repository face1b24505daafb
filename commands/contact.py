"""`guanhu contact add`: log a contact, or one message to many."""

from typing import TYPE_CHECKING, Annotated

import typer

from guanhu.commands import words
from guanhu.commands.app import command, group
from guanhu.commands.frame import frame_of, tell_receipt, today
from guanhu.commands.options import Channel, CommandId, Customers, Json, NextDay, Note, On, Outcome
from guanhu.language import N_, _, terms

if TYPE_CHECKING:
    from guanhu.store.book import Receipt

app = group(N_("Log contacts."))


@app.callback()
def _group() -> None:
    """A group even while it has one command: `contact add`."""


@command(app, "add", N_("Log a contact; several numbers: the same message to all of them."))
def add(
    context: typer.Context,
    customer_nos: Customers,
    channel: Channel,
    outcome: Outcome,
    on: On = None,
    note: Note = "",
    next_on: NextDay = None,
    duration: Annotated[
        int | None, typer.Option("--duration", parser=words.count, metavar="SECONDS", help=N_("How long it took."))
    ] = None,
    command_id: CommandId = "",
    as_json: Json = False,
) -> None:
    """`contact add`."""
    from guanhu.store import acts

    frame = frame_of(context)
    when = on or today()
    if len(customer_nos) == 1:
        frame.write(
            "contact add",
            lambda book, by: acts.log_contact(
                book, customer_nos[0], channel, outcome, when, note=note, next_on=next_on, duration=duration,
                by=by, command=command_id,
            ),
            _("The contact with {customer_no} was logged.", customer_no=customer_nos[0]),
            as_json=as_json,
        )  # fmt: skip
        return
    if duration is not None:
        raise typer.BadParameter(_("a message to many has no length"), param_hint="--duration")
    by = frame.writer("contact add")
    sent = acts.log_message(
        frame.book, customer_nos, channel, outcome, note, when, next_on=next_on, by=by, command=command_id
    )
    _tell_sent(sent.receipt, sent.left_out, as_json=as_json)


def _tell_sent(receipt: "Receipt", left_out: tuple[tuple[str, str], ...], *, as_json: bool) -> None:
    from guanhu.commands.output import document, note

    if as_json:
        out = [{"customer_no": no, "why": why} for no, why in left_out]
        document({"positions": receipt.positions, "repeated": receipt.repeated, "left_out": out})
        return
    tell_receipt(receipt, _("Contacts logged: {count}.", count=len(receipt.positions)), as_json=False)
    for no, why in left_out:
        note(_("{customer_no} was left out: {why}.", customer_no=no, why=WHY_LEFT_OUT.get(why) or terms.mark(why)))


WHY_LEFT_OUT = {"erased": N_("erased"), "restricted": N_("restricted")}
