"""`guanhu audit replay`: how it came about, event by event, each with what it changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from guanhu.commands import days, words
from guanhu.commands.app import command
from guanhu.commands.audit_group import app
from guanhu.commands.choices import several_chosen
from guanhu.commands.failing import UsageError
from guanhu.commands.frame import Frame, Question, frame_of
from guanhu.commands.options import LIMIT, Json, KnownAt, OfCustomer, Offset, OfOutlet, OfStaff, first_day, last_day
from guanhu.commands.output import document, heading, note, say
from guanhu.commands.witness import leave_look
from guanhu.domain.branch_time import branch_time
from guanhu.language import N_, _, terms
from guanhu.tui.names import Names
from guanhu.tui.replay_data import step_document, story_chapters, story_document
from guanhu.tui.replay_words import change_lines, event_words, step_words

if TYPE_CHECKING:
    from guanhu.projections.replay_scope import Scope
    from guanhu.projections.replay_step import Step
    from guanhu.projections.replaying import Replay

STEPS_AT_ONCE = 50
MOST_LINES = 20
"""Lines under an event of many customers; documents have all."""


@command(
    app,
    "replay",
    N_("Go through the events again, each with what it changed."),
    "guanhu audit replay --customer 20000001",
    "guanhu audit replay --customer 20000001 --story",
    "guanhu audit replay --customer 20000001 --story --json",
    "guanhu audit replay --staff 1003 --from 2026-11-01 --kind tiers,assigned",
    "guanhu audit replay --outlet 01 --json-lines > replay.jsonl",
)
def replay(
    context: typer.Context,
    customer: OfCustomer = "",
    staff: OfStaff = "",
    outlet: OfOutlet = "",
    first: Annotated[date | None, first_day(N_("Written down on this date or later."))] = None,
    last: Annotated[date | None, last_day(N_("Written down on this date or before."))] = None,
    kinds: Annotated[
        Any,
        several_chosen(
            "--kind", "KIND,...", terms.TOPICS,
            N_("Only events of these kinds; day is what the days between them changed."),
        ),
    ] = None,
    known_at: KnownAt = None,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit", parser=words.count, metavar="N",
            help=N_("At most so many events; 0 means all. With --json-lines all, else 50, unless it is given."),
        ),
    ] = None,
    offset: Offset = 0,
    as_json: Json = False,
    json_lines: Annotated[
        bool, typer.Option("--json-lines", help=N_("Print one JSON document a line, for each step."))
    ] = False,
    story: Annotated[
        bool, typer.Option("--story", help=N_("Tell the customer's history as a story; with --customer."))
    ] = False,
) -> None:  # fmt: skip
    """`audit replay`."""
    from guanhu.projections.replay_choice import Asked

    if sum(map(bool, (customer, staff, outlet))) != 1:
        raise UsageError(_("Say whose events: --customer, --staff or --outlet, one of them."), context)
    if as_json and json_lines:
        raise UsageError(_("Only one of --json and --json-lines can be had at once."), context)
    if story and (staff or outlet or first or last or kinds or offset or limit is not None):
        raise UsageError(_("A story is of one customer, and whole: --story goes with --customer alone."), context)
    if first and last:
        days.check_order(first, last)
    frame = frame_of(context)
    if story:
        _tell_story(frame, customer, known_at, "jsonl" if json_lines else "json" if as_json else "text")
        return
    shown = limit if limit is not None else 0 if json_lines else LIMIT
    scope = _scope(frame, customer, staff, outlet)
    with frame.asking("audit replay", None, known_at) as q:
        asked = Asked(q.day, first, last, kinds or (), offset, shown)
        with _replay(q, scope, asked) as run:
            form = "jsonl" if json_lines else "json" if as_json else "text"
            kind = "export" if json_lines else "list"
            whose = {name: value for name, value in _named(scope).items() if value}
            leave_look(q, kind, "audit replay", form, rows=run.total, customers=run.customers.values(), scope=whose)
            if json_lines:
                for step in _steps(q, run):
                    document(step_document(step, q.names))
            elif as_json:
                steps = [step_document(step, q.names) for step in _steps(q, run)]
                document({"scope": whose, **q.known, "total": run.total, "steps": steps})
            else:
                _say_steps(q, run, offset, shown)


def _scope(frame: Frame, customer: str, staff: str, outlet: str) -> "Scope":
    from guanhu.projections.replay_scope import Scope

    return Scope(
        customer, frame.staff_meant(staff) if staff else "", frame.outlet_meant(outlet) if outlet else ""
    )  # fmt: skip


def _named(scope: "Scope") -> dict[str, str]:
    return {"customer_no": scope.customer_no, "staff": scope.staff, "outlet": scope.outlet}


@contextmanager
def _replay(q: Question, scope: "Scope", asked: Any) -> Iterator["Replay"]:
    from guanhu.projections.replaying import Replay
    from guanhu.store.codec import decode
    from guanhu.store.replay_source import ReplaySource
    from guanhu.tui.inspection_seen import sight_in

    source = ReplaySource(q.book.recorder)
    sight = sight_in(q.book, q.staff)
    run = Replay(q.cursor, source, decode, q.book.keyring, q.book.calendar, scope, asked, sight=sight)
    try:
        yield run
    finally:
        run.close()


def _steps(q: Question, run: "Replay") -> Iterator["Step"]:
    while not run.finished:
        yield from run.steps(q.cursor, STEPS_AT_ONCE)


# ---------------------------------------------------------------- for people
def _say_steps(q: Question, run: "Replay", offset: int, limit: int) -> None:
    events = 0
    if run.total:
        note(_("In the order of writing: the entry, when it was written, the day that it is of, what it says."))
    for step in _steps(q, run):
        events += step.position is not None
        _say_step(step, q.names, one=bool(run.scope.customer_no))
    if not run.total:
        note(_("There is nothing to show."))
    elif limit and events < run.total:
        note(_(
            "{first} to {last} of {total}; --limit 0 shows all.",
            first=offset + 1 if events else offset, last=offset + events, total=run.total,
        ))  # fmt: skip


def _say_step(step: "Step", names: Names, *, one: bool) -> None:
    """The event in a line, what it changed in lines under it."""
    known = {stand.customer_no: stand.name for stand in step.after}
    if step.position is None:
        head = f"{event_words(step)}  {step_words(step, names)}"
    else:
        who = "" if one or len(step.customers) != 1 else known.get(step.customers[0]) or step.customers[0]
        on = "" if step.occurred_on == date.min else step.occurred_on.isoformat()
        written = f"{branch_time(step.recorded_at):%Y-%m-%d %H:%M}" if step.recorded_at else ""
        parts = (str(step.position), written, on, event_words(step), names.staff(step.by), who, step_words(step, names))
        head = "  ".join(" ".join(part.split()) for part in parts if part)
    say(head)
    lines = change_lines(step.changes, names, whose=None if one else known)
    for line in lines if one else lines[:MOST_LINES]:
        say(f"    {' '.join(line.split())}")
    if not one and len(lines) > MOST_LINES:
        say(f"    {_('and {count} more', count=len(lines) - MOST_LINES)}")


def _tell_story(frame: Frame, customer: str, known_at: datetime | None, form: str) -> None:
    from guanhu.projections.replay_story import story
    from guanhu.store.codec import decode
    from guanhu.tui.inspection_seen import sight_in
    from guanhu.tui.replay_story import paragraphs

    with frame.asking("audit replay", None, known_at) as q:
        kind = "export" if form == "jsonl" else "page"
        leave_look(q, kind, "audit replay", form, rows=1, customers=(customer,), scope={"customer_no": customer})
        book = q.book
        told = story(
            q.cursor, q.policy, book.calendar, book.recorder, decode, book.keyring, q.day, customer,
            sight=sight_in(book, q.staff),
        )  # fmt: skip
        if form == "json":
            document({**story_document(told, q.names), **q.known})
        elif form == "jsonl":
            for chapter in story_chapters(told, q.names):
                document(chapter)
        else:
            say(f"{told.page.name} {told.page.customer_no}".strip())
            for title, text in paragraphs(told, q.names):
                heading(title)
                say(text)


