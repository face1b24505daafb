"""`guanhu customer mark`, `unmark`, `tag`, `link`, `restrict` and `erase`."""

import sys
from typing import Annotated

import typer

from guanhu.commands.app import command
from guanhu.commands.choices import chosen_argument
from guanhu.commands.customer import app
from guanhu.commands.frame import frame_of, today
from guanhu.commands.options import CommandId, Customer, Json, On, Reason
from guanhu.language import N_, _, terms

Mark = Annotated[str, chosen_argument("MARK", terms.MARKS, N_("prospect, do_not_disturb, deceased or closed."))]
Remove = Annotated[bool, typer.Option("--remove", help=N_("Take it away again."))]


@command(
    app,
    "mark",
    N_("Set a mark on a customer."),
    'guanhu customer mark 20001234 prospect --reason "..."',
)
def mark(
    context: typer.Context, customer_no: Customer, mark_id: Mark, reason: Reason, on: On = None,
    command_id: CommandId = "", as_json: Json = False,
) -> None:  # fmt: skip
    """`customer mark`."""
    _mark(context, customer_no, mark_id, reason, on, command_id, as_json=as_json, setting=True)


@command(app, "unmark", N_("Take a mark off a customer."))
def unmark(
    context: typer.Context, customer_no: Customer, mark_id: Mark, reason: Reason, on: On = None,
    command_id: CommandId = "", as_json: Json = False,
) -> None:  # fmt: skip
    """`customer unmark`."""
    _mark(context, customer_no, mark_id, reason, on, command_id, as_json=as_json, setting=False)


def _mark(
    context: typer.Context, customer_no: str, mark_id: str, reason: str, on: On, command_id: str, *, as_json: bool,
    setting: bool,
) -> None:  # fmt: skip
    from guanhu.store import registering

    said = (
        _("Customer {customer_no} is marked: {mark}.", customer_no=customer_no, mark=terms.mark(mark_id))
        if setting
        else _("Customer {customer_no} is no longer marked: {mark}.", customer_no=customer_no, mark=terms.mark(mark_id))
    )
    frame_of(context).write(
        "customer mark" if setting else "customer unmark",
        lambda book, by: registering.mark(
            book, customer_no, mark_id, reason, on or today(), on_off=setting, by=by, command=command_id
        ),
        said,
        as_json=as_json,
    )


@command(app, "tag", N_("Put a tag on a customer."))
def tag(
    context: typer.Context,
    customer_no: Customer,
    text: Annotated[str, typer.Argument(metavar="TAG", help=N_("The tag."))],
    remove: Remove = False,
    on: On = None,
    command_id: CommandId = "",
    as_json: Json = False,
) -> None:
    """`customer tag`."""
    from guanhu.store import registering

    frame_of(context).write(
        "customer tag",
        lambda book, by: registering.tag(
            book, customer_no, text, on or today(), add=not remove, by=by, command=command_id
        ),
        _("The tags of customer {customer_no} were changed.", customer_no=customer_no),
        as_json=as_json,
    )


@command(app, "link", N_("Record how two customers are related."))
def link(
    context: typer.Context,
    customer_no: Customer,
    other_no: Annotated[str, typer.Argument(metavar="OTHER", help=N_("The other customer's number."))],
    relation: Annotated[
        str, chosen_argument("RELATION", terms.RELATIONS, N_("family, colleague, introduced_by or other."))
    ],
    remove: Remove = False,
    on: On = None,
    command_id: CommandId = "",
    as_json: Json = False,
) -> None:  # fmt: skip
    """`customer link`."""
    from guanhu.store import registering

    frame_of(context).write(
        "customer link",
        lambda book, by: registering.link(
            book, customer_no, other_no, relation, on or today(), add=not remove, by=by, command=command_id
        ),
        _("The relation between {customer_no} and {other} was recorded.", customer_no=customer_no, other=other_no),
        as_json=as_json,
    )


@command(app, "restrict", N_("Keep a customer's personal data, but show and use them no more."))
def restrict(
    context: typer.Context,
    customer_no: Customer,
    reason: Reason,
    lift: Annotated[bool, typer.Option("--lift", help=N_("Show and use them again."))] = False,
    on: On = None,
    command_id: CommandId = "",
    as_json: Json = False,
) -> None:
    """`customer restrict`."""
    from guanhu.store import registering

    said = (
        _("The personal data of customer {customer_no} may be used again.", customer_no=customer_no)
        if lift
        else _("The personal data of customer {customer_no} are restricted.", customer_no=customer_no)
    )
    frame_of(context).write(
        "customer restrict",
        lambda book, by: registering.restrict(
            book, customer_no, reason, on or today(), add=not lift, by=by, command=command_id
        ),
        said,
        as_json=as_json,
    )


@command(app, "erase", N_("Destroy a customer's personal data for good; nothing brings them back."))
def erase(
    context: typer.Context,
    customer_no: Customer,
    reason: Reason,
    yes: Annotated[bool, typer.Option("--yes", help=N_("Do not ask."))] = False,
    on: On = None,
    command_id: CommandId = "",
    as_json: Json = False,
) -> None:
    """`customer erase`: a person at a terminal is asked once more; a script has said what it wants."""
    from guanhu.store import registering

    if not yes and sys.stdin.isatty():
        question = _("Erase the personal data of customer {customer_no} for good?", customer_no=customer_no)
        typer.confirm(question, abort=True, err=True)
    frame_of(context).write(
        "customer erase",
        lambda book, by: registering.erase(book, customer_no, reason, on or today(), by=by, command=command_id),
        _("The personal data of customer {customer_no} were erased.", customer_no=customer_no),
        as_json=as_json,
    )
