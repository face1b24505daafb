"""`guanhu day open`: the book's day moves on, and what became due on the way is decided."""

from typing import TYPE_CHECKING

import typer

from guanhu.commands.app import command, group
from guanhu.commands.frame import Frame, frame_of, today
from guanhu.commands.options import CommandId, Json, On
from guanhu.language import N_, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guanhu.store.writer import Writer

app = group(N_("Move the book's day on."))


@app.callback()
def _group() -> None:
    """A group even while it has one command: `day open`."""


@command(app, "open", N_("Move the book's day to a date and decide the month ends before it."))
def open_(context: typer.Context, on: On = None, command_id: CommandId = "", as_json: Json = False) -> None:
    """`day open`."""
    from guanhu.commands.output import document, say
    from guanhu.store import rating

    frame = frame_of(context)
    by = frame.writer("day open")
    day = on or today()

    def act(w: "Writer") -> None:
        rating.open_day(w, day)

    receipt = frame.book.once(command_id, act, by=by)
    changes = _moves(frame, receipt.positions)
    if as_json:
        document({"day": day, "tier_changes": changes, "positions": receipt.positions, "repeated": receipt.repeated})
    elif receipt.repeated:
        say(_("This was done before; nothing was done twice."))
    else:
        say(_("The book's day is {day}; tiers changed: {count}.", day=day.isoformat(), count=changes))


def _moves(frame: Frame, positions: "Sequence[int]") -> int:
    """How many tiers the command changed: asked of the book, so that a repeated one is answered as the first was."""
    if not positions:
        return 0
    from guanhu.projections.tiers import moves_decided

    with frame.book.reading() as cursor:
        return moves_decided(cursor, positions[0], positions[-1])
