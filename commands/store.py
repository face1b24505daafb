"""`guanhu store`: the book as a file - looked at, checked, made anew, copied, brought back."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from guanhu.commands.app import command, group
from guanhu.commands.frame import frame_of
from guanhu.commands.gate import let_through
from guanhu.commands.options import AsOf, Json
from guanhu.commands.output import document, facts, note, say
from guanhu.commands.progress import progress
from guanhu.language import N_, _

app = group(N_("The book as a file: check, copy, restore."))

File = Annotated[str, typer.Argument(metavar="FILE", help=N_("The backup's file."))]


@command(app, "info", N_("Where the book is and what is in it."))
def info(context: typer.Context, as_of: AsOf = None, as_json: Json = False) -> None:
    """`store info`."""
    from guanhu.projections.book_info import book_info

    frame = frame_of(context)
    with frame.asking("store info", as_of) as q:
        found = book_info(q.cursor, q.day)
        size = sum(path.stat().st_size for path in _files(frame.path))
        head = {"path": str(frame.path), "bytes": size, "events": q.book.recorder.head(q.cursor)}
        scheme = {"scheme": q.scheme.id, "scheme_version": q.scheme.version}
        content = {**head, **msgspec.structs.asdict(found), **scheme, "staff_id": q.staff or None}
        if as_json:
            document(content)
            return
        day = found.book_day.isoformat() if found.book_day else _("none yet")
        facts([
            (_("book"), str(frame.path)),
            (_("size"), _("{count} bytes", count=f"{size:,}")),
            (_("events"), f"{content['events']:,}"),
            (_("book's day"), day),
            (_("scheme"), _("{scheme}, version {version}", scheme=q.scheme.id, version=q.scheme.version)),
            (_("customers"), f"{found.customers:,}"),
            (_("staff"), f"{found.staff:,}"),
            (_("outlets"), f"{found.outlets:,}"),
            (_("you act as"), q.names.staff(q.staff) or _("nobody; name yourself with --staff")),
        ])  # fmt: skip


def _files(path: Path) -> list[Path]:
    """The book's own files, key file left out."""
    return [each for end in ("", "-wal") if (each := path.with_name(path.name + end)).exists()]


@command(app, "rebuild", N_("Make all that is derived from the events anew."))
def rebuild(context: typer.Context, as_json: Json = False) -> None:
    """`store rebuild`."""
    from guanhu.store import rebuilding

    frame = frame_of(context)
    # Past the book's own door, which a read model of another version keeps shut: here it is opened again.
    with frame.book.recorder.reading() as cursor:
        let_through("store rebuild", frame.acting(cursor), writing=True)
    with progress(_("Reading events")) as tell:
        events = rebuilding.rebuild(frame.book, tell)
    if as_json:
        document({"events": events})
    else:
        say(_("All that is derived was made anew; events read: {count}.", count=f"{events:,}"))


@command(app, "check", N_("Show that the book is whole, and that what is derived is what its events say."))
def check(context: typer.Context, as_json: Json = False) -> None:
    """`store check`; BookDamaged("read_model_differs") where it is not, which `store rebuild` mends."""
    from guanhu.store import rebuilding
    from guanhu.store.errors import BookDamaged

    frame = frame_of(context)
    with frame.book.reading() as cursor:
        let_through("store check", frame.acting(cursor), writing=False)
    with progress(_("Reading events")) as tell:
        differences = rebuilding.check(frame.book, tell)
    if as_json:
        document({"equal": not differences, "differences": differences})
        if differences:
            raise typer.Exit(5)
        return
    for each in differences:
        where = _("only in the book") if each.live else _("only made anew")
        note(f"{each.table}: {where}: {each.row}")
    if differences:
        raise BookDamaged("read_model_differs", rows=len(differences))
    say(_("The book is whole, and all that is derived agrees with its events."))


@command(app, "backup", N_("Copy the book with its key file; it may be in use."))
def backup(context: typer.Context, file: File, as_json: Json = False) -> None:
    """`store backup`."""
    from guanhu.store import database
    from guanhu.store.keys import key_path

    frame = frame_of(context)
    with frame.book.reading() as cursor:
        let_through("store backup", frame.acting(cursor), writing=False)
    target = Path(file)
    database.backup(frame.book.recorder, target)
    if as_json:
        document({"file": str(target), "key_file": str(key_path(target))})
        return
    say(_("The book was copied to {file}.", file=str(target)))
    say(_("{file} opens its personal data: keep it apart.", file=str(key_path(target))))


@command(app, "restore", N_("Bring a backup back as the book, where none is; the erased stay erased."))
def restore(context: typer.Context, file: File, as_json: Json = False) -> None:
    """`store restore`; who was erased since the backup is erased again, and what shows them made anew."""
    from contextlib import closing

    from guanhu.store import database, rebuilding
    from guanhu.store.book import Book

    frame = frame_of(context)
    let_through("store restore", "", writing=False)
    again = database.restore(Path(file), frame.path)
    if again:
        with closing(Book(frame.path)) as book:
            rebuilding.rebuild(book)
            book.recorder.truncate_wal()
    if as_json:
        document({"book": str(frame.path), "erased_again": len(again)})
        return
    say(_("The book is back at {path}.", path=str(frame.path)))
    if again:
        note(_("Erased again, as they were after the backup: {count}.", count=len(again)))
