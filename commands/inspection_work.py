"""`guanhu inspect`, the work: worksheets, findings, the outlet's answers, closing."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from guanhu.commands import days, words
from guanhu.commands.app import command
from guanhu.commands.frame import frame_of, tell_receipt, today
from guanhu.commands.inspection import app, moved_on
from guanhu.commands.inspection_options import Checks, FindingKind, FindingNumber, Grade, Item, Number, Text, Verdict
from guanhu.commands.meaning import several
from guanhu.commands.options import CommandId, Json, On
from guanhu.language import N_, _
from guanhu.language.inspection_words import named

if TYPE_CHECKING:
    from collections.abc import Callable

    from guanhu.store.book import Book, Receipt

__all__ = ["app"]


@command(
    app,
    "sheet",
    N_("Fill in the worksheet of a sampled entry or customer; filled in anew, the later one counts."),
    'guanhu inspect sheet JC-2026-001 1042 --verdict false --check called_back --remark "..."',
)
def sheet(
    context: typer.Context,
    number: Number,
    item: Item,
    verdict: Verdict,
    checks: Checks = None,
    remark: Annotated[
        str, typer.Option("--remark", metavar="TEXT", help=N_("What was found; needed unless the verdict is ok."))
    ] = "",
    on: On = None,
    command_id: CommandId = "",
    as_json: Json = False,
) -> None:
    """`inspect sheet`."""
    from guanhu.store.inspecting import fill_worksheet

    _act(
        context, "inspect sheet", number,
        lambda book, by: fill_worksheet(
            book, number, item, verdict, on or today(), checks=checks or (), remark=remark, by=by, command=command_id
        ),
        _("Worksheet of {item}: {verdict}.", item=item, verdict=named("verdict", verdict)), as_json=as_json,
    )  # fmt: skip


@command(
    app,
    "finding",
    N_("Raise a finding, for the outlet to answer and mend."),
    'guanhu inspect finding JC-2026-001 --class serious --kind false_record --text "..." --entry 1042 --due +10',
)
def finding(
    context: typer.Context,
    number: Number,
    grade: Grade,
    kind: FindingKind,
    text: Text,
    due: Annotated[date, typer.Option("--due", parser=days.coming, metavar="DATE", help=N_("By when."))],
    entries: Annotated[
        list[str] | None,
        typer.Option("--entry", metavar="POSITION,...", help=N_("Entries that it rests on; may be repeated.")),
    ] = None,
    customers: Annotated[
        list[str] | None,
        typer.Option("--customer", metavar="NO,...", help=N_("Customers that it rests on; may be repeated.")),
    ] = None,
    staff: Annotated[
        str, typer.Option("--staff", metavar="ID", help=N_("Whom it concerns, by id or name."))
    ] = "",
    outlet: Annotated[
        str, typer.Option("--outlet", metavar="CODE", help=N_("The outlet concerned, by code or name."))
    ] = "",
    on: On = None,
    command_id: CommandId = "",
    as_json: Json = False,
) -> None:  # fmt: skip
    """`inspect finding`."""
    from guanhu.store.inspection_findings import finding_at, raise_finding

    frame = frame_of(context)
    whose, where = frame.staff_meant(staff), frame.outlet_meant(outlet)
    rests_on = [words.count(position) for position in several(entries or ())]
    receipt = frame.do(
        "inspect finding",
        lambda book, by: raise_finding(
            book, number, grade, kind, text, due, on or today(), entries=rests_on, customers=several(customers or ()),
            staff=whose, outlet=where, by=by, command=command_id,
        ),
    )  # fmt: skip
    n = finding_at(frame.book, receipt.positions[0])
    said = _("Finding {finding} of {number} was raised, due {day}.", finding=n, number=number, day=due.isoformat())
    tell_receipt(receipt, said, as_json=as_json, more={**moved_on(frame, number), "finding": n})


@command(
    app,
    "answer",
    N_("Answer a finding, for the outlet: what there is to say, and what was done."),
    'guanhu inspect answer JC-2026-001 1 --text "..." --done "..."',
)
def answer(
    context: typer.Context,
    number: Number,
    finding: FindingNumber,
    text: Text,
    done: Annotated[str, typer.Option("--done", metavar="TEXT", help=N_("What was done about it."))] = "",
    on: On = None,
    command_id: CommandId = "",
    as_json: Json = False,
) -> None:
    """`inspect answer`."""
    from guanhu.store.inspection_findings import answer_finding

    _act(
        context, "inspect answer", number,
        lambda book, by: answer_finding(
            book, number, finding, text, on or today(), done=done, by=by, command=command_id
        ),
        _("Finding {finding} was answered.", finding=finding), as_json=as_json,
    )  # fmt: skip


@command(app, "accept", N_("Accept the answer to a finding, which settles it."))
def accept(
    context: typer.Context, number: Number, finding: FindingNumber, text: Text = "", on: On = None,
    command_id: CommandId = "", as_json: Json = False,
) -> None:  # fmt: skip
    """`inspect accept`."""
    from guanhu.store.inspection_findings import accept_answer

    _act(
        context, "inspect accept", number,
        lambda book, by: accept_answer(book, number, finding, on or today(), note=text, by=by, command=command_id),
        _("The answer to finding {finding} was accepted.", finding=finding), as_json=as_json,
    )  # fmt: skip


@command(app, "send-back", N_("Send the answer to a finding back to the outlet."))
def send_back(
    context: typer.Context, number: Number, finding: FindingNumber, text: Text, on: On = None,
    command_id: CommandId = "", as_json: Json = False,
) -> None:  # fmt: skip
    """`inspect send-back`."""
    from guanhu.store import inspection_findings

    _act(
        context, "inspect send-back", number,
        lambda book, by: inspection_findings.send_back(
            book, number, finding, text, on or today(), by=by, command=command_id
        ),
        _("The answer to finding {finding} was sent back.", finding=finding), as_json=as_json,
    )  # fmt: skip


@command(app, "withdraw", N_("Withdraw a finding that does not stand."))
def withdraw(
    context: typer.Context, number: Number, finding: FindingNumber, text: Text, on: On = None,
    command_id: CommandId = "", as_json: Json = False,
) -> None:  # fmt: skip
    """`inspect withdraw`."""
    from guanhu.store.inspection_findings import withdraw_finding

    _act(
        context, "inspect withdraw", number,
        lambda book, by: withdraw_finding(book, number, finding, text, on or today(), by=by, command=command_id),
        _("Finding {finding} was withdrawn.", finding=finding), as_json=as_json,
    )  # fmt: skip


@command(app, "close", N_("Close an inspection with its conclusion."))
def close(
    context: typer.Context,
    number: Number,
    conclusion: Annotated[
        str, typer.Option("--conclusion", metavar="TEXT", help=N_("What the inspection comes to."))
    ],
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help=N_("Why, where worksheets or findings are left."))
    ] = "",
    on: On = None,
    command_id: CommandId = "",
    as_json: Json = False,
) -> None:  # fmt: skip
    """`inspect close`."""
    from guanhu.store.inspecting import close_inspection

    _act(
        context, "inspect close", number,
        lambda book, by: close_inspection(
            book, number, conclusion, on or today(), unfinished=reason, by=by, command=command_id
        ),
        _("Inspection {number} was closed.", number=number), as_json=as_json,
    )  # fmt: skip


def _act(
    context: typer.Context, name: str, number: str, act: "Callable[[Book, str], Receipt]", said: str, *, as_json: bool
) -> None:
    """Do an act on an inspection, and tell where it stands now."""
    frame = frame_of(context)
    receipt = frame.do(name, act)
    tell_receipt(receipt, said, as_json=as_json, more=moved_on(frame, number) if as_json else None)
