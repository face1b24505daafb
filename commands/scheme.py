"""`guanhu scheme`: the policy as data."""

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from guanhu.commands import days, words
from guanhu.commands.app import command, group
from guanhu.commands.frame import frame_of
from guanhu.commands.options import AsOf, CommandId, Csv, Json, KnownAt
from guanhu.commands.output import Column, document, items, say, shape
from guanhu.commands.scheme_problems import tell_problems
from guanhu.language import N_, _, current

app = group(N_("Schemes: tiers, duties and rules as data."))

File = Annotated[str, typer.Argument(metavar="FILE", help=N_("The scheme's file; - reads stdin."))]


@command(app, "list", N_("The schemes adopted, and from when each governs."))
def list_(
    context: typer.Context, as_of: AsOf = None, known_at: KnownAt = None, as_json: Json = False, as_csv: Csv = False
) -> None:
    """`scheme list`."""
    with frame_of(context).asking("scheme list", as_of, known_at) as q:
        rows = [
            {
                "scheme": adopted.id, "version": adopted.version, "from": since,
                "name": adopted.names.to(current()), "in_force": adopted is q.scheme,
            }
            for since, adopted in q.policy.adopted
        ]  # fmt: skip
        columns = [
            Column("scheme", _("scheme")),
            Column("version", _("version"), "number"),
            Column("from", _("in force from"), show=_since),
            Column("name", _("scheme name")),
            Column("in_force", _("state"), show=lambda there: _("in force") if there else ""),
        ]
        items(shape(as_json, as_csv), q.asked, rows, columns, total=len(rows))


def _since(day: date) -> str:
    return _("the beginning") if day == date.min else day.isoformat()


@command(app, "show", N_("The text of a scheme; else of the one in force."))
def show(
    context: typer.Context,
    scheme: Annotated[str, typer.Argument(metavar="[SCHEME]", help=N_("The scheme's id."))] = "",
    version: Annotated[
        int | None, typer.Option("--version", parser=words.count, metavar="N", help=N_("This version; else the last."))
    ] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """`scheme show`: the text as adopted, fit to be edited and adopted again."""
    from guanhu.projections.policy import scheme_text

    with frame_of(context).asking("scheme show", as_of, known_at) as q:
        wanted = scheme or q.scheme.id
        found = scheme_text(q.cursor, wanted, version, q.day)
        if as_json:
            head = {"scheme": wanted, "version": found.version, "from": found.since}
            document({**q.known, **head, "text": found.text})
        else:
            say(found.text.rstrip("\n"))


@command(app, "check", N_("Say what is wrong in a scheme's file."))
def check(context: typer.Context, file: File, as_json: Json = False) -> None:
    """`scheme check`: needs no book."""
    from guanhu.commands.gate import let_through
    from guanhu.domain.scheme_file import SchemeInvalid, read_scheme

    let_through("scheme check", "", writing=False)
    try:
        found = read_scheme(read_text(file))
    except SchemeInvalid as error:
        if as_json:
            document({"valid": False, "problems": error.problems})
            raise typer.Exit(1) from None
        tell_problems(error)
        raise
    if as_json:
        document({"valid": True, "scheme": found.id, "version": found.version, "problems": []})
    else:
        say(_("The scheme {scheme}, version {version}, can be adopted.", scheme=found.id, version=found.version))


@command(
    app,
    "adopt",
    N_("Let a scheme govern from a date on; past tiers stand."),
    "guanhu scheme adopt scheme.toml --from 2027-01-01",
)
def adopt(
    context: typer.Context,
    file: File,
    first: Annotated[
        date, typer.Option("--from", parser=days.coming, metavar="DATE", help=N_("From when it governs."))
    ],
    command_id: CommandId = "",
    as_json: Json = False,
) -> None:
    """`scheme adopt`."""
    from guanhu.domain.scheme_file import SchemeInvalid
    from guanhu.store import schemes

    text = read_text(file)
    try:
        frame_of(context).write(
            "scheme adopt",
            lambda book, by: schemes.adopt_scheme(book, text, first, by=by, command=command_id),
            _("The scheme was adopted from {day}.", day=first.isoformat()),
            as_json=as_json,
        )
    except SchemeInvalid as error:
        if not as_json:
            tell_problems(error)
        raise


MOST = 4 << 20


def read_text(file: str) -> str:
    """The text of a file, or of stdin; UnreadableFile("file_missing", "not_readable", "too_large", "not_decodable")."""
    from guanhu.intake.refusal import UnreadableFile

    try:
        if file == "-":
            data = sys.stdin.buffer.read(MOST + 1)
        else:
            with Path(file).open("rb") as opened:
                data = opened.read(MOST + 1)
        if len(data) > MOST:
            raise UnreadableFile("too_large", file=file)
        return data.decode("utf-8-sig")
    except FileNotFoundError:
        raise UnreadableFile("file_missing", file=file) from None
    except UnicodeDecodeError:
        raise UnreadableFile("not_decodable", file=file) from None
    except OSError:
        raise UnreadableFile("not_readable", file=file) from None
