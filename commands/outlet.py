"""`guanhu outlet`: outlets, and the department's daily look at each."""

from typing import Annotated

import msgspec
import typer

from guanhu.commands.app import command, group
from guanhu.commands.frame import frame_of, today
from guanhu.commands.options import LIMIT, AsOf, CommandId, Csv, Json, KnownAt, Limit, Note, Offset, On
from guanhu.commands.output import Column, items, shape
from guanhu.domain.paging import paged
from guanhu.language import N_, _

app = group(N_("Outlets."))

Code = Annotated[str, typer.Argument(metavar="CODE", help=N_("The outlet's code."))]
Name = Annotated[str, typer.Argument(metavar="NAME", help=N_("The outlet's name."))]


@command(app, "list", N_("Outlets with their managers, staff and customers."))
def list_(
    context: typer.Context, as_of: AsOf = None, known_at: KnownAt = None, limit: Limit = LIMIT,
    offset: Offset = 0, as_json: Json = False,
    as_csv: Csv = False,
) -> None:  # fmt: skip
    """`outlet list`."""
    from guanhu.projections.staff_view import outlet_list

    with frame_of(context).asking("outlet list", as_of, known_at) as q:
        found = outlet_list(q.cursor, q.day)
        page = paged(found, limit, offset)
        columns = [
            Column("outlet", _("code")),
            Column("name", _("outlet name"), least=8),
            Column("manager", _("manager"), show=q.names.staff, least=6),
            Column("staff", _("staff"), "number"),
            Column("customers", _("customers"), "number"),
            Column("closed", _("state"), show=lambda closed: _("closed") if closed else ""),
        ]
        rows = [msgspec.structs.asdict(outlet) for outlet in page]
        items(shape(as_json, as_csv), q.asked, rows, columns, total=len(found), offset=offset)


@command(app, "open", N_("Open an outlet."))
def open_(
    context: typer.Context, code: Code, name: Name, on: On = None, command_id: CommandId = "", as_json: Json = False
) -> None:
    """`outlet open`."""
    from guanhu.store import outlets

    frame_of(context).write(
        "outlet open",
        lambda book, by: outlets.open_outlet(book, code, name, on or today(), by=by, command=command_id),
        _("Outlet {code} was opened.", code=code),
        as_json=as_json,
    )


@command(app, "rename", N_("Give an outlet another name."))
def rename(
    context: typer.Context, code: Code, name: Name, on: On = None, command_id: CommandId = "", as_json: Json = False
) -> None:
    """`outlet rename`."""
    from guanhu.store import outlets

    frame_of(context).write(
        "outlet rename",
        lambda book, by: outlets.rename_outlet(book, code, name, on or today(), by=by, command=command_id),
        _("Outlet {code} has another name.", code=code),
        as_json=as_json,
    )


@command(app, "close", N_("Close an outlet that nobody is at any more."))
def close(context: typer.Context, code: Code, on: On = None, command_id: CommandId = "", as_json: Json = False) -> None:
    """`outlet close`."""
    from guanhu.store import outlets

    frame_of(context).write(
        "outlet close",
        lambda book, by: outlets.close_outlet(book, code, on or today(), by=by, command=command_id),
        _("Outlet {code} was closed.", code=code),
        as_json=as_json,
    )


@command(app, "supervise", N_("Say that the department has looked at an outlet's day."))
def supervise(
    context: typer.Context, code: Code, note: Note = "", on: On = None, command_id: CommandId = "",
    as_json: Json = False,
) -> None:  # fmt: skip
    """`outlet supervise`."""
    from guanhu.store import outlets

    frame_of(context).write(
        "outlet supervise",
        lambda book, by: outlets.supervise_outlet(book, code, by, note, on or today(), by=by, command=command_id),
        _("Outlet {code} was looked at.", code=code),
        as_json=as_json,
    )
