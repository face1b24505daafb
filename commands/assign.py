"""`guanhu assign`: who looks after whom; plans for many are shown first and done with --yes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from guanhu.commands import words
from guanhu.commands.app import command, group
from guanhu.commands.choices import chosen_option
from guanhu.commands.frame import Question, frame_of, today
from guanhu.commands.meaning import scope_meant, staff_meant
from guanhu.commands.options import (
    LIMIT,
    AsOf,
    CommandId,
    Csv,
    Customer,
    Json,
    KnownAt,
    Limit,
    Offset,
    OfOutlet,
    On,
    Yes,
)
from guanhu.commands.output import Column, document, facts, heading, items, note, say, shape, table
from guanhu.domain.paging import paged
from guanhu.language import N_, _, terms
from guanhu.tui.names import listed

if TYPE_CHECKING:
    from guanhu.projections.assignment import Waiting
    from guanhu.projections.auto_plan import Placement
    from guanhu.projections.handover import Handover
    from guanhu.store.applying import Applied

app = group(N_("Say who looks after whom."))

Seat = Annotated[str, chosen_option("--seat", "SEAT", terms.SEATS, N_("owner, or system for the system owner."))]
Staff = Annotated[str, typer.Argument(metavar="STAFF", help=N_("The member of staff, by id or name."))]


@command(
    app,
    "set",
    N_("Give a customer to a member of staff."),
    "guanhu assign set 20001234 S002",
)
def set_(
    context: typer.Context,
    customer_no: Customer,
    staff: Staff,
    role: Annotated[
        str, typer.Option("--role", metavar="ROLE", help=N_("In which post, by id or name; else the one that fits."))
    ] = "",
    seat: Seat = "owner",
    on: On = None,
    command_id: CommandId = "",
    as_json: Json = False,
) -> None:
    """`assign set`."""
    from guanhu.store import assigning

    frame = frame_of(context)
    who, post = frame.staff_meant(staff), frame.role_meant(role)
    frame.write(
        "assign set",
        lambda book, by: assigning.assign(
            book, customer_no, who, on or today(), role=post, seat=seat, by=by, command=command_id
        ),
        _("Customer {customer_no} was given to {staff}.", customer_no=customer_no, staff=staff),
        as_json=as_json,
    )


@command(app, "release", N_("Take a customer back from a member of staff."))
def release(
    context: typer.Context, customer_no: Customer, staff: Staff, seat: Seat = "owner", on: On = None,
    command_id: CommandId = "", as_json: Json = False,
) -> None:  # fmt: skip
    """`assign release`."""
    from guanhu.store import assigning

    frame = frame_of(context)
    who = frame.staff_meant(staff)
    frame.write(
        "assign release",
        lambda book, by: assigning.release(book, customer_no, who, on or today(), seat=seat, by=by, command=command_id),
        _("Customer {customer_no} was taken back from {staff}.", customer_no=customer_no, staff=staff),
        as_json=as_json,
    )


@command(app, "queue", N_("The customers who wait to be assigned, highest tier first."))
def queue(
    context: typer.Context, outlet: OfOutlet = "", as_of: AsOf = None, known_at: KnownAt = None,
    limit: Limit = LIMIT, offset: Offset = 0,
    as_json: Json = False, as_csv: Csv = False,
) -> None:  # fmt: skip
    """`assign queue`."""
    from guanhu.projections.assignment import assignment_queue

    with frame_of(context).asking("assign queue", as_of, known_at) as q:
        waiting = assignment_queue(q.cursor, scope_meant(q.cursor, "", outlet)[1] or None, q.day)
        page = paged(waiting, limit, offset)
        columns = [
            Column("customer_no", _("number")),
            Column("name", _("name"), least=6),
            Column("tier", _("tier"), show=q.names.tier, spare=2),
            Column("aum_fen", _("AUM, yuan"), "fen", spare=1),
            Column("since", _("waiting since")),
            Column("outlet", _("outlet"), show=q.names.outlet, least=8, spare=4),
            Column("owners", _("owner"), show=q.names.staff_list, least=6, spare=3),
            Column("missing", _("posts that are missing"), show=lambda missing: _missing(q, missing), least=20),
        ]
        rows = [_waiting(each) for each in page]
        items(shape(as_json, as_csv), q.asked, rows, columns, total=len(waiting), offset=offset)


def _waiting(w: "Waiting") -> dict[str, Any]:
    return {
        "customer_no": w.customer_no,
        "name": w.name,
        "outlet": w.outlet,
        "tier": w.tier,
        "aum_fen": w.aum_fen,
        "owners": tuple(staff for staff, _role in w.seats.owners),
        "system_owner": w.seats.system_owner,
        "missing": (*w.missing, *(("system",) if w.no_system_owner else ())),
        "since": w.since,
    }


def _missing(q: Question, missing: tuple[str, ...]) -> str:
    return listed(terms.seat("system") if each == "system" else q.names.role(each) for each in missing)


@command(app, "auto", N_("Share those who wait out among the staff; shown first, done with --yes."))
def auto(
    context: typer.Context,
    outlet: OfOutlet = "",
    seed: Annotated[
        int,
        typer.Option("--seed", parser=words.count, metavar="N", help=N_("Settles ties; the same gives the same plan.")),
    ] = 0,
    yes: Yes = False,
    command_id: CommandId = "",
    as_json: Json = False,
) -> None:  # fmt: skip
    """`assign auto`."""
    from guanhu.projections.auto_plan import plan_auto
    from guanhu.projections.by_number import customer_names
    from guanhu.store import applying

    frame = frame_of(context)
    by = frame.writer("assign auto") if yes else ""
    with frame.asking("assign auto") as q:
        plan = plan_auto(q.cursor, scope_meant(q.cursor, "", outlet)[1] or None, seed, q.day)
        names = customer_names(q.cursor, (each.customer_no for each in plan.placements))
        if not as_json:
            _show_shares(q, plan)
    applied = applying.apply_plan(frame.book, plan, by=by, command=command_id) if yes else None
    if as_json:
        rest = {"waiting": plan.waiting, "left": plan.left, "unfilled": plan.unfilled, "shares": plan.shares}
        document({"as_of": plan.day, "seed": plan.seed, **rest, **_done(plan.placements, names, applied)})
    else:
        _say_done(applied)


def _show_shares(q: Question, plan: Any) -> None:
    facts([
        (_("waiting"), str(plan.waiting)),
        (_("placed"), str(len(plan.placements))),
        (_("still missing somebody"), str(plan.left)),
        (_("of which"), listed(f"{_missing(q, (role,))} {count}" for role, count in plan.unfilled.items())),
    ])  # fmt: skip
    if plan.shares:
        say("")
        columns = [
            Column("staff_id", _("staff"), show=q.names.staff, least=6),
            Column("seat", _("seat"), show=terms.seat),
            Column("role", _("role"), show=q.names.role, least=10),
            Column("before", _("before"), "number"),
            Column("after", _("after"), "number"),
            Column("capacity", _("capacity"), "number"),
        ]
        table(columns, [msgspec.structs.asdict(share) for share in plan.shares])


def _done(
    placements: "tuple[Placement, ...]", names: Mapping[str, str], applied: "Applied | None"
) -> dict[str, Any]:
    """What is planned, and what was done of it; `names` of the customers by number."""
    seats = [
        {
            "customer_no": placed.customer_no, "name": names[placed.customer_no], "staff_id": taken.staff_id,
            "role": taken.role, "seat": taken.seat, "replaces": taken.replaces,
        }
        for placed in placements
        for taken in placed.taken
    ]  # fmt: skip
    return {"seats": seats, "applied": None if applied is None else msgspec.structs.asdict(applied)}


def _say_done(applied: "Applied | None") -> None:
    if applied is None:
        note(_("Nothing was done yet; --yes does it."))
        return
    say(terms.changed_hands(applied.customers, applied.seats))
    if applied.passed_over:
        note(_("Passed over, because somebody changed them meanwhile: {count}.", count=applied.passed_over))


@command(
    app,
    "handover",
    N_("Hand all that somebody has over to another; shown first, done with --yes."),
    "guanhu assign handover S001 S002",
    "guanhu assign handover S001 S002 --yes",
)
def handover(
    context: typer.Context,
    from_staff: Annotated[str, typer.Argument(metavar="FROM", help=N_("Who hands over, by id or name."))],
    to_staff: Annotated[str, typer.Argument(metavar="TO", help=N_("Who takes over, by id or name."))],
    on: On = None,
    yes: Yes = False,
    command_id: CommandId = "",
    as_json: Json = False,
) -> None:
    """`assign handover`."""
    from guanhu.projections.by_number import customer_names
    from guanhu.projections.handover import duties_going, plan_handover
    from guanhu.projections.posts import posts_on
    from guanhu.store import applying

    frame = frame_of(context)
    by = frame.writer("assign handover") if yes else ""
    with frame.asking("assign handover", on) as q:
        former, successor = staff_meant(q.cursor, from_staff), staff_meant(q.cursor, to_staff)
        plan = plan_handover(q.cursor, former, successor, q.day)
        names = customer_names(q.cursor, plan.customer_nos)
        duties = duties_going(q.cursor, q.policy, q.book.calendar, plan)
        away = posts_on(q.cursor, q.day.toordinal()).away.get(successor)
        if not as_json:
            _show_handover(q, plan, names, duties)
            if away:
                staff, other = q.names.staff(successor), q.names.staff(away)
                note(_("{staff} is away on that day; {other} stands in.", staff=staff, other=other))
    applied = applying.apply_handover(frame.book, plan, by=by, command=command_id) if yes else None
    if as_json:
        counts = {name: getattr(plan, name) for name in ("promises", "referrals", "requests")}
        counts["duties_overdue"], counts["duties_open"] = duties["overdue"], duties["open"]
        counts["customers_before"], counts["customers_after"] = plan.customers_before, plan.customers_after
        head = {"day": plan.day, "from": plan.from_staff, "to": plan.to_staff, "to_stand_in": away, **counts}
        document({**head, "left": _left(plan, names), **_done(plan.placements, names, applied)})
    else:
        _say_done(applied)


def _left(plan: "Handover", names: Mapping[str, str]) -> list[dict[str, Any]]:
    """The seats that can't go over, with the customers' names."""
    return [{**msgspec.structs.asdict(left), "name": names[left.customer_no]} for left in plan.left]


def _show_handover(q: Question, plan: "Handover", names: Mapping[str, str], duties: Mapping[str, int]) -> None:
    capacity = _("{customers} of {capacity}", customers=plan.customers_after, capacity=plan.capacity)
    facts([
        (_("who hands over"), q.names.staff(plan.from_staff)),
        (_("who takes over"), q.names.staff(plan.to_staff)),
        (_("customers"), str(len(plan.placements))),
        (_("duties overdue"), str(duties.get("overdue", 0))),
        (_("duties to do"), str(duties.get("open", 0))),
        (_("promises"), str(plan.promises)),
        (_("referrals"), str(plan.referrals)),
        (_("requests"), str(plan.requests)),
        (_("customers now"), str(plan.customers_before)),
        (_("customers then"), capacity if plan.capacity else str(plan.customers_after)),
        (_("can't go over"), str(len(plan.left))),
    ])  # fmt: skip
    if plan.left:
        heading(_("These stay, since no post fits"))
        columns = [
            Column("customer_no", _("number")),
            Column("name", _("name"), least=6),
            Column("tier", _("tier"), show=q.names.tier),
            Column("role", _("role"), show=q.names.role),
            Column("seat", _("seat"), show=terms.seat),
        ]
        table(columns, _left(plan, names))
