"""One entry of the log, whole: as it was written, as it stands, what corrected it, what others say of it."""

from datetime import date, datetime
from sqlite3 import Cursor

import msgspec

from guanhu.domain.contact import EntryCorrected
from guanhu.domain.errors import NotFound, Refused
from guanhu.projections.entry_then import EntryThen, Events, entries_then
from guanhu.projections.evidence import Evidence, evidence_for
from guanhu.projections.history import Decode, Stored
from guanhu.projections.projection import Opener

END = 1 << 62
"""A position after all others."""


class Correction(msgspec.Struct, frozen=True):
    """What corrected an entry, or took it back (`withdrawn`), at its position; the reason as it was given."""

    position: int
    recorded_at: datetime
    by: str
    withdrawn: bool
    reason: str


class Whole(msgspec.Struct, frozen=True):
    """An entry as it stands and as it was written, with the name of its customer ("" where it is not to be shown).

    `withdrawn`: the last correction took it back.
    """

    entry: EntryThen
    written: EntryThen
    name: str
    outlet: str
    on: date
    withdrawn: bool
    corrections: tuple[Correction, ...]
    evidence: tuple[Evidence, ...]


def entry_whole(cursor: Cursor, stored: Stored, decode: Decode, opener: Opener, position: int) -> Whole:
    """The entry at a position, by what the snapshot holds.

    NotFound("unknown_entry"); Refused("is_evidence", "is_correction") for what is about another entry, which it names.
    """
    piece = cursor.execute("SELECT entry FROM evidence WHERE position = ?", (position,)).fetchone()
    if piece is not None:
        raise Refused("is_evidence", position=position, entry=piece[0])
    events = Events(cursor, stored, decode, opener)
    for _, event in events.at([position]):
        if isinstance(event, EntryCorrected):
            raise Refused("is_correction", position=position, entry=event.corrects)
    written = entries_then(events, [position], position).get(position)
    if written is None:
        raise NotFound("unknown_entry", position=position)
    name, outlet, hidden = cursor.execute(
        "SELECT name, outlet, restricted OR erased FROM customer WHERE no = ?", (written.customer_no,)
    ).fetchone()
    if hidden:
        events = Events(cursor, stored, decode, opener, frozenset((written.customer_no,)))
        written = entries_then(events, [position], position)[position]
    found = tuple(
        Correction(
            at, event.recorded_at, event.by, not isinstance(event, EntryCorrected) or event.withdrawn,
            events.text(event, written.customer_no, event.reason),
        )
        for at, event in events.corrections(written.customer_no)
        if (event.corrects if isinstance(event, EntryCorrected) else event.ref) == position
    )  # fmt: skip
    stands = entries_then(events, [position], END)[position]
    return Whole(
        stands, msgspec.structs.replace(written, changed=(), withdrawn=False), "" if hidden else name, outlet,
        stands.on, bool(found) and found[-1].withdrawn, found, tuple(evidence_for(cursor, [position])),
    )  # fmt: skip
