"""`guanhu entry show`: one entry of the log, whole, with its corrections and what others say of it."""

from typing import TYPE_CHECKING, Any

import msgspec
import typer

from guanhu.commands.app import command
from guanhu.commands.entry import app
from guanhu.commands.frame import Question, frame_of
from guanhu.commands.inspection_item import entry_facts
from guanhu.commands.options import AsOf, Json, KnownAt, Position
from guanhu.commands.output import document, facts, heading, note, say
from guanhu.commands.witness import leave_look
from guanhu.domain.branch_time import branch_time
from guanhu.domain.errors import NotFound
from guanhu.language import N_, _
from guanhu.tui.flag_words import evidence_line
from guanhu.tui.names import listed

if TYPE_CHECKING:
    from guanhu.projections.entry_whole import Whole

__all__ = ["app"]


@command(
    app,
    "show",
    N_("Show an entry of the log, whole: what it says, its corrections, the evidence about it."),
    "guanhu entry show 1024",
    "guanhu entry show 1024 --known-at 2026-10-31",
)
def show(
    context: typer.Context, position: Position, as_of: AsOf = None, known_at: KnownAt = None, as_json: Json = False
) -> None:
    """`entry show`; with --known-at as it stood by what was recorded up to then.

    On a day before it was made it is not there: NotFound("unknown_entry").
    """
    from guanhu.projections.entry_whole import entry_whole
    from guanhu.store.codec import decode

    with frame_of(context).asking("entry show", as_of, known_at) as q:
        found = entry_whole(q.cursor, q.book.recorder, decode, q.book.keyring, position)
        if as_of is not None and found.entry.on > as_of:
            raise NotFound("unknown_entry", position=position)
        form = "json" if as_json else "text"
        leave_look(q, "page", "entry show", form, rows=1, customers=(found.entry.customer_no,))
        if as_json:
            shown: dict[str, Any] = msgspec.structs.asdict(found)
            document({**q.asked, "position": position, "customer_no": found.entry.customer_no, **shown})
        else:
            _tell(q, found)


def _tell(q: Question, found: "Whole") -> None:
    say(f"{found.name} {found.entry.customer_no}".strip())
    facts([
        (_("outlet"), q.names.outlet(found.outlet)),
        *entry_facts(q, msgspec.structs.replace(found.entry, changed=())),
        (_("state"), _("taken back") if found.withdrawn else _("corrected") if found.corrections else ""),
    ])  # fmt: skip
    if found.corrections:
        heading(_("As it was written"))
        facts(list(entry_facts(q, found.written)))
        heading(_("Corrections"))
        for each in found.corrections:
            what = _("taken back") if each.withdrawn else _("corrected")
            said = [what, f"{branch_time(each.recorded_at):%Y-%m-%d %H:%M}", q.names.staff(each.by), each.reason]
            say(_("entry {position}", position=each.position) + "  " + listed(said))
    if found.evidence:
        heading(_("Outside evidence"))
        for piece in found.evidence:
            say(_("entry {position}", position=piece.position) + "  " + evidence_line(piece, q.names))
    note(_("`guanhu audit prove {position}` proves that the log holds it.", position=found.entry.position))
