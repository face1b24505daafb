"""`guanhu duty`: what is owed, to whom, by whom, and why."""

from typing import Annotated, Any

import typer

from guanhu.commands.app import command, group
from guanhu.commands.choices import several_chosen
from guanhu.commands.duty_lines import duty_columns, duty_csv_columns, duty_document, duty_line
from guanhu.commands.frame import Frame, Question, frame_of, today
from guanhu.commands.meaning import known_duty, whose_meant
from guanhu.commands.options import (
    LIMIT,
    AsOf,
    CommandId,
    Csv,
    Customer,
    Duty,
    Json,
    KnownAt,
    Limit,
    Offset,
    OfOutlet,
    OfStaff,
    On,
    Reason,
)
from guanhu.commands.output import document, items, note, shape
from guanhu.commands.provisional import note_provisional
from guanhu.domain.errors import NotFound
from guanhu.language import N_, _, terms

UNDONE = ("open", "overdue")

app = group(N_("What is owed to customers, to whom and why."))

Duties = Annotated[
    list[str],
    typer.Option("--duty", metavar="DUTY", help=N_("Only this duty, by id or name; may be repeated.")),
]
Statuses = Annotated[
    Any,
    several_chosen(
        "--status", "STATUS,...", terms.STATUSES,
        N_("upcoming, open, overdue, done, missed, waived, parted by commas; else open and overdue."),
    ),
]  # fmt: skip


@command(
    app,
    "list",
    N_("Duties to do, overdue first; your own unless others are asked for."),
    "guanhu duty list --status overdue",
    "guanhu duty list --outlet 01 --duty monthly_contact --as-of 2026-11-30",
)
def list_(
    context: typer.Context,
    staff: OfStaff = "",
    outlet: OfOutlet = "",
    every: Annotated[bool, typer.Option("--all", help=N_("Those of the whole book."))] = False,
    duty: Duties = [],  # noqa: B006 - Typer copies it
    status: Statuses = UNDONE,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    limit: Limit = LIMIT,
    offset: Offset = 0,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:  # fmt: skip
    """`duty list`."""
    from guanhu.projections.queue import Asked, duty_list

    asked = shape(as_json, as_csv)
    with frame_of(context).asking("duty list", as_of, known_at) as q:
        whose, at = whose_meant(q.cursor, q.staff, staff, outlet, every=every)
        duties = tuple(known_duty(q.policy, word) for word in duty)
        what = Asked(staff=whose or None, outlet=at or None, duties=duties, statuses=status)
        found = duty_list(q.cursor, q.policy, q.book.calendar, q.day, what, limit=limit, offset=offset)
        columns = duty_csv_columns() if asked == "csv" else duty_columns(q, whose)
        head = {**q.asked, "provisional": found.provisional}
        rows = [duty_line(item, q) if asked == "text" else duty_document(item) for item in found.items]
        items(asked, head, rows, columns, total=found.total, offset=offset)
        if found.provisional and asked == "text":
            note_provisional(q, q.day)
        _remark_on_calendar(q)


def _remark_on_calendar(q: Question) -> None:
    """DESIGN 6: the working days of a year that is not published yet are an estimate, and the answer says so."""
    if not q.book.calendar.published(q.day.year):
        note(_("The working days of {year} are not published yet; plain weekends stand in.", year=q.day.year))


@command(
    app,
    "why",
    N_("Why a duty is owed to a customer, or is not."),
    "guanhu duty why 20001234 monthly_contact",
)
def why(
    context: typer.Context, customer_no: Customer, duty: Duty, as_of: AsOf = None, known_at: KnownAt = None,
    as_json: Json = False,
) -> None:  # fmt: skip
    """`duty why`."""
    from guanhu.commands.duty_reasons import reasons_document, say_reasons
    from guanhu.projections.duty_why import duty_why

    with frame_of(context).asking("duty why", as_of, known_at) as q:
        named = known_duty(q.policy, duty)
        reasons = duty_why(q.cursor, q.policy, q.book.calendar, q.day, customer_no, named)
        if as_json:
            document({**reasons_document(reasons), **q.known})
        else:
            say_reasons(reasons, q)


@command(
    app,
    "waive",
    N_("Say that a duty need not be done this time, and why."),
    'guanhu duty waive 20001234 monthly_contact --reason "..."',
)
def waive(
    context: typer.Context,
    customer_no: Customer,
    duty: Duty,
    reason: Reason,
    occurrence: Annotated[
        str,
        typer.Option("--occurrence", metavar="KEY", help=N_("Which one; else the one that is to do, overdue first.")),
    ] = "",
    on: On = None,
    command_id: CommandId = "",
    as_json: Json = False,
) -> None:  # fmt: skip
    """`duty waive`."""
    from guanhu.store import affairs

    frame = frame_of(context)
    named, which, said = _standing(frame, customer_no, duty, occurrence, on)
    frame.write(
        "duty waive",
        lambda book, by: affairs.waive_duty(
            book, customer_no, named, which, reason, on or today(), by=by, command=command_id
        ),
        _("Waived for {customer_no}: {duty}.", customer_no=customer_no, duty=said),
        as_json=as_json,
    )


def _standing(frame: Frame, customer_no: str, duty: str, occurrence: str, on: On) -> tuple[str, str, str]:
    """The duty, the occurrence that is named or stands, and both in words; NotFound("nothing_owed")."""
    from guanhu.projections.by_number import customer_id
    from guanhu.projections.queue import Asked, duty_list

    with frame.asking("duty waive", on) as q:
        customer_id(q.cursor, customer_no)
        named = known_duty(q.policy, duty)
        if occurrence:
            return named, occurrence, f"{q.names.duty(named)} {q.names.occurrence(occurrence)}"
        what = Asked(customer_no=customer_no, duties=(named,), statuses=("open", "overdue", "waived"))
        found = duty_list(q.cursor, q.policy, q.book.calendar, q.day, what).items
        # A waived one is named too, so that the same command again is answered by the book, not here.
        for item in sorted(found, key=lambda item: item.status == "waived"):
            which = q.names.occurrence(item.occurrence, item.opens)
            return named, item.occurrence, f"{q.names.duty(named)} {which}"
        raise NotFound("nothing_owed", customer_no=customer_no, duty=named)
