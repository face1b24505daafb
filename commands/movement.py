"""`guanhu deposit` and `guanhu withdraw`: money keyed in at the counter."""

from typing import Annotated

import typer

from guanhu.commands import words
from guanhu.commands.app import command, single
from guanhu.commands.frame import frame_of, today
from guanhu.commands.options import CommandId, Customer, Json, On
from guanhu.domain.money import format_yuan, more_than_nothing
from guanhu.language import N_, _

deposit_app = single()
withdraw_app = single()

Yuan = Annotated[int, typer.Argument(metavar="YUAN", parser=words.yuan, help=N_("The amount in yuan."))]


@command(
    deposit_app,
    "deposit",
    N_("Key in money that a customer paid in."),
    "guanhu deposit 20001234 10,000",
)
def deposit(
    context: typer.Context, customer_no: Customer, amount: Yuan, on: On = None, command_id: CommandId = "",
    as_json: Json = False,
) -> None:  # fmt: skip
    """`deposit`."""
    said = _("{amount} yuan were paid in for {customer_no}.", amount=format_yuan(amount), customer_no=customer_no)
    _move(context, "deposit", customer_no, amount, 1, on, command_id, said, as_json=as_json)


@command(
    withdraw_app,
    "withdraw",
    N_("Key in money that a customer took out."),
    "guanhu withdraw 20001234 10,000 --on yesterday",
)
def withdraw(
    context: typer.Context, customer_no: Customer, amount: Yuan, on: On = None, command_id: CommandId = "",
    as_json: Json = False,
) -> None:  # fmt: skip
    """`withdraw`."""
    said = _("{amount} yuan were taken out for {customer_no}.", amount=format_yuan(amount), customer_no=customer_no)
    _move(context, "withdraw", customer_no, amount, -1, on, command_id, said, as_json=as_json)


def _move(
    context: typer.Context, name: str, customer_no: str, amount: int, sign: int, on: On, command_id: str, said: str,
    *, as_json: bool,
) -> None:  # fmt: skip
    from guanhu.store import statements

    fen = sign * more_than_nothing(amount)
    frame_of(context).write(
        name,
        lambda book, by: statements.deposit(book, customer_no, fen, on or today(), by=by, command=command_id),
        said,
        as_json=as_json,
    )
