"""`guanhu init`: a new book; nothing is asked."""

import typer

from guanhu.commands.app import command, single
from guanhu.commands.frame import check_folder, frame_of
from guanhu.commands.gate import let_through
from guanhu.commands.options import Json
from guanhu.language import N_, _

app = single()


@command(app, "init", N_("Make a book with the default scheme, a first outlet, and you as its first member of staff."))
def init(context: typer.Context, as_json: Json = False) -> None:
    """`init`."""
    from contextlib import closing

    from guanhu.commands.output import document, say
    from guanhu.store.book import acting_staff
    from guanhu.store.opening import init_book

    frame = frame_of(context)
    let_through("init", "", writing=False)
    check_folder(frame.path)
    with closing(init_book(frame.path)) as book, book.reading() as cursor:
        staff = acting_staff(cursor, "")
    if as_json:
        document({"book": str(frame.path), "staff_id": staff})
        return
    say(_("The book is at {path}. You act in it as {staff}.", path=str(frame.path), staff=staff))
    say(_("Next: `guanhu import customers FILE`, then `guanhu import balances FILE`."))
