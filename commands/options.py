"""Options and arguments that many commands share, each with one meaning everywhere (DESIGN 7)."""

from datetime import date, datetime
from typing import Annotated, Any, TypeAlias

import typer

from guanhu.commands import days, words
from guanhu.commands.completing import customers, duties
from guanhu.language import N_, terms

LIMIT = 50
"""Rows of a list unless --limit says otherwise: a screen or two, and not a million."""

Json: TypeAlias = Annotated[bool, typer.Option("--json", help=N_("Print one JSON document."))]
Csv: TypeAlias = Annotated[bool, typer.Option("--csv", help=N_("Print comma-separated values."))]
AsOf: TypeAlias = Annotated[
    date | None,
    typer.Option("--as-of", parser=days.happened, metavar="DATE", help=N_("The date that is asked about; else today.")),
]
KnownAt: TypeAlias = Annotated[
    datetime | None,
    typer.Option(
        "--known-at", parser=days.recorded, metavar="TIME",
        help=N_("By what was recorded up to then: a date, 'yesterday 18:00'; else by all that is known."),
    ),
]  # fmt: skip
OfCustomer: TypeAlias = Annotated[
    str, typer.Option("--customer", metavar="NO", help=N_("Of this customer."), autocompletion=customers)
]
On: TypeAlias = Annotated[
    date | None, typer.Option("--on", parser=days.happened, metavar="DATE", help=N_("When it happened; else today."))
]
Limit: TypeAlias = Annotated[
    int, typer.Option("--limit", parser=words.count, metavar="N", help=N_("At most so many rows; 0 means all."))
]
Offset: TypeAlias = Annotated[
    int, typer.Option("--offset", parser=words.count, metavar="N", help=N_("Leave out so many rows first."))
]
CommandId: TypeAlias = Annotated[
    str,
    typer.Option("--command-id", metavar="ID", help=N_("A name for this act; given again, nothing is done twice.")),
]
Customer: TypeAlias = Annotated[
    str, typer.Argument(metavar="NO", help=N_("The customer's number."), autocompletion=customers)
]
Customers: TypeAlias = Annotated[
    list[str], typer.Argument(metavar="NO...", help=N_("Numbers of customers."), autocompletion=customers)
]
Duty: TypeAlias = Annotated[
    str, typer.Argument(metavar="DUTY", help=N_("The duty, by id or name."), autocompletion=duties)
]
Position: TypeAlias = Annotated[
    int, typer.Argument(metavar="POSITION", parser=words.count, help=N_("The entry's number."))
]
Note: TypeAlias = Annotated[str, typer.Option("--note", metavar="TEXT", help=N_("What there is to say of it."))]
Reason: TypeAlias = Annotated[str, typer.Option("--reason", metavar="TEXT", help=N_("Why."))]
NextDay: TypeAlias = Annotated[
    date | None,
    typer.Option("--next", parser=days.coming, metavar="DATE", help=N_("When the next step is due.")),
]
Channel: TypeAlias = Annotated[
    str,
    typer.Option(
        "--channel", parser=words.channel, metavar="CHANNEL", autocompletion=lambda: list(terms.CHANNELS),
        help=N_("phone, wecom, message, letter, counter or other."),
    ),
]  # fmt: skip
Outcome: TypeAlias = Annotated[
    str,
    typer.Option(
        "--outcome", parser=words.outcome, metavar="OUTCOME", autocompletion=lambda: list(terms.OUTCOMES),
        help=N_(
            "reached_success, reached_declined, reached_other, appointment, replied, sent, no_answer, message_left,"
            " wrong_number or do_not_disturb."
        ),
    ),
]  # fmt: skip
OfStaff: TypeAlias = Annotated[
    str, typer.Option("--staff", metavar="ID", help=N_("Of this member of staff, by id or name."))
]
OfOutlet: TypeAlias = Annotated[
    str, typer.Option("--outlet", metavar="CODE", help=N_("Of this outlet, by code or name."))
]
Yes: TypeAlias = Annotated[bool, typer.Option("--yes", help=N_("Do it; without this it is only shown."))]


def first_day(words_of_help: str) -> Any:
    """`--from`, the first of the days that a command looks at; each command says which it is without the option."""
    return typer.Option("--from", parser=days.happened, metavar="DATE", help=words_of_help)


def last_day(words_of_help: str) -> Any:
    """`--to`, the last of them."""
    return typer.Option("--to", parser=days.happened, metavar="DATE", help=words_of_help)
