"""`guanhu staff`: who is there, in which posts, and who is away."""

from datetime import date
from typing import Annotated, Any

import msgspec
import typer

from guanhu.commands import days
from guanhu.commands.app import command, group
from guanhu.commands.frame import Question, frame_of, today
from guanhu.commands.meaning import scope_meant, several
from guanhu.commands.options import LIMIT, AsOf, CommandId, Csv, Json, KnownAt, Limit, Note, Offset, OfOutlet, On
from guanhu.commands.output import Column, items, shape
from guanhu.domain.paging import paged
from guanhu.language import N_, _
from guanhu.tui.names import listed

app = group(N_("Members of staff and their posts."))

Staff = Annotated[str, typer.Argument(metavar="STAFF", help=N_("The member of staff, by id or name."))]
Role = Annotated[str, typer.Argument(metavar="ROLE", help=N_("The post, by id or name."))]
Roles = Annotated[
    list[str], typer.Option("--role", metavar="ROLE", help=N_("A role; may be repeated, or parted by commas."))
]
Outlet = Annotated[str, typer.Option("--outlet", metavar="CODE", help=N_("The outlet; else the first one."))]


@command(app, "list", N_("Staff with their posts and how many customers they look after."))
def list_(
    context: typer.Context,
    outlet: OfOutlet = "",
    left: Annotated[bool, typer.Option("--left", help=N_("Those who left too."))] = False,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    limit: Limit = LIMIT,
    offset: Offset = 0,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """`staff list`."""
    from guanhu.projections.staff_view import staff_list

    with frame_of(context).asking("staff list", as_of, known_at) as q:
        found = staff_list(q.cursor, q.day, scope_meant(q.cursor, "", outlet)[1] or None, left=left)
        page = paged(found, limit, offset)
        asked = shape(as_json, as_csv)
        rows = [_row(member, flat=asked == "csv") for member in page]
        items(asked, q.asked, rows, _columns(q), total=len(found), offset=offset)


def _row(member: Any, *, flat: bool) -> dict[str, Any]:
    row: dict[str, Any] = msgspec.structs.asdict(member)
    posts = member.posts
    row["posts"] = [f"{role}@{at}" for role, at in posts] if flat else [{"role": r, "outlet": at} for r, at in posts]
    return row


def _columns(q: Question) -> list[Column]:
    def posts(held: list[dict[str, str]]) -> str:
        # At which outlet is said where it is not the same for all.
        several_places = len({post["outlet"] for post in held}) > 1
        at = {post["outlet"]: f" ({q.names.outlet(post['outlet'])})" if several_places else "" for post in held}
        return listed(q.names.role(post["role"]) + at[post["outlet"]] for post in held)

    return [
        Column("staff_id", _("id")),
        Column("name", _("name"), least=6),
        Column("posts", _("posts"), show=posts, least=20),
        Column("outlet", _("outlet"), show=q.names.outlet, least=8, spare=1),
        Column("customers", _("customers"), "number", spare=2),
        Column("system_customers", _("as system owner"), "number", spare=4),
        Column("capacity", _("capacity"), "number", spare=5),
        Column("stand_in", _("away; stands in"), show=q.names.staff, least=6, spare=3),
    ]


@command(
    app,
    "enrol",
    N_("Enrol a member of staff."),
    'guanhu staff enrol S002 --name "..." --role relationship_manager --outlet 01',
)
def enrol(
    context: typer.Context,
    staff: Staff,
    name: Annotated[str, typer.Option("--name", metavar="TEXT", help=N_("The name."))],
    role: Roles = [],  # noqa: B006 - Typer copies it
    outlet: Outlet = "",
    login: Annotated[
        str, typer.Option("--login", metavar="USER", help=N_("The system's user for whom commands act then."))
    ] = "",
    on: On = None,
    command_id: CommandId = "",
    as_json: Json = False,
) -> None:
    """`staff enrol`."""
    from guanhu.store import posts

    frame = frame_of(context)
    roles, at = [frame.role_meant(word) for word in several(role)], frame.outlet_meant(outlet)
    frame.write(
        "staff enrol",
        lambda book, by: posts.enrol(
            book, staff, name, on or today(), roles=roles, outlet=at, login=login, by=by, command=command_id
        ),
        _("{staff} was enrolled.", staff=staff),
        as_json=as_json,
    )


@command(app, "give", N_("Give a post."))
def give(
    context: typer.Context, staff: Staff, role: Role, outlet: Outlet = "", on: On = None, command_id: CommandId = "",
    as_json: Json = False,
) -> None:  # fmt: skip
    """`staff give`."""
    from guanhu.store import posts

    frame = frame_of(context)
    who, post, at = frame.staff_meant(staff), frame.role_meant(role), frame.outlet_meant(outlet)
    frame.write(
        "staff give",
        lambda book, by: posts.give_role(book, who, post, at, on or today(), by=by, command=command_id),
        _("{staff} holds the post {role} now.", staff=staff, role=frame.role_name(post)),
        as_json=as_json,
    )


@command(app, "take", N_("End a post."))
def take(
    context: typer.Context,
    staff: Staff,
    role: Role,
    outlet: Annotated[str, typer.Option("--outlet", metavar="CODE", help=N_("Only at this outlet."))] = "",
    on: On = None,
    command_id: CommandId = "",
    as_json: Json = False,
) -> None:
    """`staff take`."""
    from guanhu.store import posts

    frame = frame_of(context)
    who, post, at = frame.staff_meant(staff), frame.role_meant(role), frame.outlet_meant(outlet)
    frame.write(
        "staff take",
        lambda book, by: posts.take_role(book, who, post, at, on or today(), by=by, command=command_id),
        _("{staff} no longer holds the post {role}.", staff=staff, role=frame.role_name(post)),
        as_json=as_json,
    )


@command(app, "move", N_("Move somebody to another outlet; customers are handed over first."))
def move(
    context: typer.Context,
    staff: Staff,
    outlet: Annotated[str, typer.Argument(metavar="OUTLET", help=N_("The outlet's code."))],
    role: Roles = [],  # noqa: B006 - Typer copies it
    on: On = None,
    command_id: CommandId = "",
    as_json: Json = False,
) -> None:
    """`staff move`."""
    from guanhu.store import posts

    frame = frame_of(context)
    who, at = frame.staff_meant(staff), frame.outlet_meant(outlet)
    roles = [frame.role_meant(word) for word in several(role)]
    frame.write(
        "staff move",
        lambda book, by: posts.move(book, who, at, on or today(), roles=roles, by=by, command=command_id),
        _("{staff} moved to outlet {outlet}.", staff=staff, outlet=outlet),
        as_json=as_json,
    )


@command(app, "leave", N_("Somebody leaves the bank; customers are handed over first."))
def leave(
    context: typer.Context, staff: Staff, on: On = None, command_id: CommandId = "", as_json: Json = False
) -> None:
    """`staff leave`."""
    from guanhu.store import posts

    frame = frame_of(context)
    who = frame.staff_meant(staff)
    frame.write(
        "staff leave",
        lambda book, by: posts.depart(book, who, on or today(), by=by, command=command_id),
        _("{staff} has left.", staff=staff),
        as_json=as_json,
    )


@command(
    app,
    "away",
    N_("Somebody is away for some days, with a stand-in who sees the queue."),
    "guanhu staff away S001 S002 --from 2026-12-01 --to 2026-12-05",
)
def away(
    context: typer.Context,
    staff: Staff,
    stand_in: Annotated[str, typer.Argument(metavar="STAND_IN", help=N_("Who stands in."))],
    first: Annotated[date, typer.Option("--from", parser=days.coming, metavar="DATE", help=N_("The first day away."))],
    last: Annotated[date, typer.Option("--to", parser=days.coming, metavar="DATE", help=N_("The last day away."))],
    command_id: CommandId = "",
    as_json: Json = False,
) -> None:
    """`staff away`."""
    from guanhu.store import posts

    frame = frame_of(context)
    who, other = frame.staff_meant(staff), frame.staff_meant(stand_in)
    frame.write(
        "staff away",
        lambda book, by: posts.arrange_leave(book, who, other, first, last, by=by, command=command_id),
        _("{stand_in} stands in for {staff}.", stand_in=stand_in, staff=staff),
        as_json=as_json,
    )


@command(app, "review", N_("Say that you have gone through the list of the day."))
def review(
    context: typer.Context, note: Note = "", on: On = None, command_id: CommandId = "", as_json: Json = False
) -> None:
    """`staff review`."""
    from guanhu.store import posts

    frame_of(context).write(
        "staff review",
        lambda book, by: posts.review_day(book, by, on or today(), note, by=by, command=command_id),
        _("The day's list was gone through."),
        as_json=as_json,
    )
