"""`guanhu contact add`: log a contact, or one message to many."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from guanhu.commands import words
from guanhu.commands.app import command, group
from guanhu.commands.discharged import discharged
from guanhu.commands.frame import Frame, frame_of, tell_receipt, today
from guanhu.commands.options import Channel, CommandId, Customers, Json, NextDay, Note, On, Outcome
from guanhu.language import N_, _, terms

if TYPE_CHECKING:
    from guanhu.store.book import Receipt

app = group(N_("Log contacts."))


@app.callback()
def _group() -> None:
    """A group even while it has one command: `contact add`."""


@command(
    app,
    "add",
    N_("Log a contact; several numbers: the same message to all of them."),
    'guanhu contact add 20001234 --channel phone --outcome reached_success --note "..." --next +7',
    "guanhu contact add 20001234 20001235 --channel message --outcome sent",
)
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
    from guanhu.store.messages import log_message

    frame = frame_of(context)
    when = on or today()
    if len(customer_nos) == 1:
        receipt = frame.do(
            "contact add",
            lambda book, by: acts.log_contact(
                book, customer_nos[0], channel, outcome, when, note=note, next_on=next_on, duration=duration,
                by=by, command=command_id,
            ),
        )  # fmt: skip
        said = _("The contact with {customer_no} was logged.", customer_no=customer_nos[0])
        tell_act(frame, "contact add", receipt, customer_nos[0], when, said, as_json=as_json)
        return
    if duration is not None:
        raise typer.BadParameter(_("a message to many has no length"), param_hint="--duration")
    by = frame.writer("contact add")
    sent = log_message(
        frame.book, customer_nos, channel, outcome, note, when, next_on=next_on, by=by, command=command_id
    )
    done = discharged(frame, "contact add", sent.receipt, customer_nos, when)
    out = [{"customer_no": no, "why": why} for no, why in sent.left_out]
    logged = len(set(customer_nos)) - len(out)
    said = _("Contacts logged: {count}.", count=logged)
    more = {"left_out": out, "discharged": done.items}
    tell_receipt(sent.receipt, said, as_json=as_json, every=True, more=more)
    if not as_json:
        _tell_sent(done.said, sent.left_out)


def tell_act(
    frame: Frame, command: str, receipt: "Receipt", customer_no: str, on: date, said: str, *, as_json: bool
) -> None:
    """Tell that a contact or visit was logged, and which duties it discharged."""
    from guanhu.commands.output import say

    done = discharged(frame, command, receipt, [customer_no], on)
    tell_receipt(receipt, said, as_json=as_json, more={"discharged": done.items})
    if done.said and not as_json:
        say(done.said)


def _tell_sent(done: str, left_out: tuple[tuple[str, str], ...]) -> None:
    from guanhu.commands.output import note, say

    if done:
        say(done)
    for no, why in left_out:
        note(
            _("{customer_no} was left out: {why}.", customer_no=no, why=_(WHY_LEFT_OUT.get(why, "")) or terms.mark(why))
        )


WHY_LEFT_OUT = {"erased": N_("erased"), "restricted": N_("restricted")}
