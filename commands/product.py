"""`guanhu product`: products that customers hold, whose end is followed up."""

from datetime import date
from typing import Annotated

import typer

from guanhu.commands import days, words
from guanhu.commands.app import command, group
from guanhu.commands.frame import frame_of, today
from guanhu.commands.options import CommandId, Customer, Json, On
from guanhu.language import N_, _

app = group(N_("Products that customers hold."))


@command(
    app,
    "add",
    N_("Record a product that a customer holds."),
    'guanhu product add 20001234 "..." --amount 100,000 --product-no P1 --matures 2027-05-01',
)
def add(
    context: typer.Context,
    customer_no: Customer,
    product: Annotated[str, typer.Argument(metavar="PRODUCT", help=N_("What it is called."))],
    amount: Annotated[int, typer.Option("--amount", parser=words.yuan, metavar="YUAN", help=N_("The amount in yuan."))],
    product_no: Annotated[
        str, typer.Option("--product-no", metavar="NO", help=N_("Its number; the same number again replaces it."))
    ] = "",
    opened: Annotated[
        date | None, typer.Option("--opened", parser=days.happened, metavar="DATE", help=N_("Held since."))
    ] = None,
    matures: Annotated[
        date | None, typer.Option("--matures", parser=days.coming, metavar="DATE", help=N_("When it matures."))
    ] = None,
    on: On = None,
    command_id: CommandId = "",
    as_json: Json = False,
) -> None:
    """`product add`."""
    from guanhu.store import affairs

    frame_of(context).write(
        "product add",
        lambda book, by: affairs.hold_product(
            book, customer_no, product, amount, on or today(), product_no=product_no, opened_on=opened,
            matures_on=matures, by=by, command=command_id,
        ),
        _("The product of {customer_no} was recorded.", customer_no=customer_no),
        as_json=as_json,
    )  # fmt: skip


@command(app, "end", N_("Say that a product is no longer held."))
def end(
    context: typer.Context,
    customer_no: Customer,
    product_no: Annotated[str, typer.Argument(metavar="PRODUCT_NO", help=N_("The product's number."))],
    on: On = None,
    command_id: CommandId = "",
    as_json: Json = False,
) -> None:
    """`product end`."""
    from guanhu.store import affairs

    frame_of(context).write(
        "product end",
        lambda book, by: affairs.end_product(book, customer_no, product_no, on or today(), by=by, command=command_id),
        _("The product of {customer_no} has ended.", customer_no=customer_no),
        as_json=as_json,
    )
