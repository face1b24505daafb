"""`guanhu outlet meeting`: the meeting sheet of an outlet, on the terminal, as a document, or as a page to print."""

from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from guanhu.commands.app import command
from guanhu.commands.frame import Question, frame_of
from guanhu.commands.options import AsOf, Json, KnownAt, OfOutlet
from guanhu.commands.outlet import app
from guanhu.commands.output import Column, document, heading, note, say, table
from guanhu.commands.overwriting import Overwrite, check_free
from guanhu.commands.witness import leave_look
from guanhu.language import N_, _, current, terms
from guanhu.language.meeting_words import WORDS, meeting_labels
from guanhu.tui.names import day_text, listed

__all__ = ["app"]


@command(app, "meeting", N_("The meeting sheet: who does what today, what was done, who waits, who is away."))
def meeting(
    context: typer.Context,
    outlet: OfOutlet = "",
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help=N_("Write a page that a browser prints."))
    ] = None,
    yes: Overwrite = False,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """`outlet meeting`; the outlet of whoever acts, unless another is named."""
    from guanhu.commands.meaning import outlet_meant
    from guanhu.projections.meeting import meeting as ask
    from guanhu.projections.staff_view import outlet_of

    with frame_of(context).asking("outlet meeting", as_of, known_at) as q:
        named = outlet_meant(q.cursor, outlet) or outlet_of(q.cursor, q.staff, q.day)
        found = ask(q.cursor, q.policy, q.book.calendar, q.day, named)
        if html is not None:
            check_free(html, yes=yes)
            leave_look(q, "export", "outlet meeting", "html", rows=len(found.parts))
            _write(q, found, html)
        if as_json:
            document({**q.asked, **meeting_document(found)})
        elif html is None:
            _show(q, found)


def meeting_document(found: Any) -> dict[str, Any]:
    """The sheet as one document: figures by member of staff, then what concerns all."""
    return {
        "as_of": found.day, "outlet": found.outlet, "working_day_before": found.before, "unowed": found.unowed,
        "total": _figures(found.whole), "staff": [_part(part) for part in found.parts],
        "leave": [msgspec.structs.asdict(each) for each in found.leave],
        "waiting": [_waiting(each) for each in found.waiting],
        "moves": [_moved(each) for each in found.moves.movers],
    }  # fmt: skip


def _figures(part: Any) -> dict[str, int]:
    load = part.load
    return {
        "overdue": load.overdue, "due_today": load.due_today, "due_week": load.due_week, "open": load.open,
        "done_today": part.done_today, "done_before": part.done_before, "missed": load.missed,
        "entries": part.entries, "contacts": part.contacts, "reached": part.reached, "visits": part.visits,
    }  # fmt: skip


def _part(part: Any) -> dict[str, Any]:
    first = [
        {"customer_no": item.customer_no, "duty": item.duty, "occurrence": item.occurrence, "due": item.due}
        for item in part.first
    ]
    steps = [step.customer_no for step in part.steps]
    head = {"staff_id": part.staff_id, "roles": part.load.roles, "stand_in": part.load.away or None}
    return {**head, **_figures(part), "first": first, "planned": steps}


def _waiting(each: Any) -> dict[str, Any]:
    missing = (*each.missing, *(("system",) if each.no_system_owner else ()))
    head = {"customer_no": each.customer_no, "name": each.name, "tier": each.tier, "aum_fen": each.aum_fen}
    return {**head, "missing": missing, "since": each.since}


def _moved(each: Any) -> dict[str, Any]:
    head = {"customer_no": each.customer_no, "name": each.name, "from": each.from_tier, "to": each.to_tier}
    return {**head, "aum_fen": each.to_fen, "new": each.came}


def _write(q: Question, found: Any, path: Path) -> None:
    from guanhu.projections.meeting_page import Heading, page
    from guanhu.store.private_file import private_text

    top = Heading(q.names.outlet(found.outlet), day_text(found.day))
    with private_text(path) as file:
        file.writelines(page(found, top, meeting_labels(q.names.labels()), current()))
    note(_("The sheet was written to {file}.", file=str(path)))


# ---------------------------------------------------------------- on the terminal
def _show(q: Question, found: Any) -> None:
    say(listed([q.names.outlet(found.outlet), day_text(found.day)]))
    heading(_word("morning"))
    who = Column("staff_id", _word("staff"), show=lambda staff: q.names.staff(staff) or _word("total"))
    counts = [Column(name, _word(name), "number") for name in ("overdue", "due_today", "due_week")]
    first = Column("first", _word("first"), show=lambda items: _first(q, items))
    away = Column("stand_in", _word("stand_in"), show=q.names.staff)
    # What the outlet as a whole should do first is told by nobody's line.
    table([who, *counts, first, away], [_row(part, part.first if part.staff_id else ()) for part in _all(found)])
    _others(q, found)
    heading(_word("evening"))
    names = ("entries", "contacts", "reached", "visits", "done_today", "left", "missed")
    counts = [Column(name, _word(name), "number") for name in names]
    table([who, *counts], [_row(part) for part in _all(found)])


def _row(part: Any, first: Any = ()) -> dict[str, Any]:
    also = {"staff_id": part.staff_id, "first": first, "stand_in": part.load.away, "left": part.pressing}
    return {**_figures(part), **also}


def _all(found: Any) -> list[Any]:
    return [*found.parts, found.whole]


def _word(name: str, **values: object) -> str:
    return _(WORDS[name], **values)


def _first(q: Question, items: Any) -> str:
    return _("; ").join(
        " ".join(each for each in (item.name, q.names.duty(item.duty), day_text(item.due)) if each) for item in items
    )


def _others(q: Question, found: Any) -> None:
    heading(f"{_word('leave')} {len(found.leave)}")
    if found.leave:
        days = [Column("first", _word("from"), show=day_text), Column("last", _word("to"), show=day_text)]
        people = [Column(name, _word(name), show=q.names.staff) for name in ("staff", "stand_in")]
        table([*people, *days], [msgspec.structs.asdict(each) for each in found.leave])
    heading(f"{_word('waiting')} {len(found.waiting)}")
    if found.waiting:
        table(_waiting_columns(q), [_waiting(each) for each in found.waiting])
    moved = [_moved(each) for each in found.moves.movers if not each.came]
    heading(f"{_word('moves', day=day_text(found.before))} {len(moved)}")
    if moved:
        tiers = [Column("from", _word("before"), show=q.names.tier), Column("to", _word("tier"), show=q.names.tier)]
        table([Column("customer_no", _word("number")), Column("name", _word("name")), *tiers], moved)
    if found.unowed:
        say(_word("unowed", count=found.unowed))


def _waiting_columns(q: Question) -> list[Column]:
    def missing(roles: tuple[str, ...]) -> str:
        return listed(terms.seat("system") if role == "system" else q.names.role(role) for role in roles)

    return [
        Column("customer_no", _word("number")),
        Column("name", _word("name")),
        Column("tier", _word("tier"), show=q.names.tier),
        Column("aum_fen", _("AUM, yuan"), "fen"),
        Column("missing", _word("missing"), show=missing),
        Column("since", _word("since"), show=day_text),
    ]
