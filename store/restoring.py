"""A correction of the log taken back: the entry says again what it said before, by one more event that names it."""

from datetime import time
from typing import Any

from guanhu.domain.contact import ContactLogged, EntryCorrected
from guanhu.domain.customer import CustomerMarked
from guanhu.domain.errors import NotFound, Refused
from guanhu.domain.events import TOPIC_OF, stamped
from guanhu.store.book import Book, Receipt
from guanhu.store.checks import needed_reason
from guanhu.store.codec import decode
from guanhu.store.registering import check_customer
from guanhu.store.withdrawing import brought, event_at, take_back_act
from guanhu.store.writer import Writer


def undo_correction(book: Book, position: int, reason: str, *, by: str = "", command: str = "") -> Receipt:
    """Take back the correction at a position, an entry taken out too; the newest of its entry only.

    NotFound("unknown_entry"); Refused("reason_missing", "later_rests", "customer_erased").
    """

    def act(w: Writer) -> None:
        why = needed_reason(reason)
        correction = event_at(w, position)
        if not isinstance(correction, EntryCorrected):
            raise NotFound("unknown_entry", position=position)
        no = correction.customer_no
        check_customer(w, no)
        newest = w.cursor.execute("SELECT corrected FROM act WHERE position = ?", (correction.corrects,)).fetchone()[0]
        if newest != position:
            raise Refused("later_rests", position=position, later=newest)
        former = _former(w, position, correction)
        # A visit has no channel, a contact no companions.
        note: bytes = former.note
        plain = w.book.keyring.unseal(w.cursor, no, note, TOPIC_OF[type(former)]) if note else b""
        event = EntryCorrected(
            *stamped(w.stamp(former.occurred_on)), no, correction.corrects, getattr(former, "channel", ""),
            former.outcome, w.seal(no, (plain or b"").decode(), "corrected"), former.next_on,
            getattr(former, "companions", ()), getattr(former, "withdrawn", False), w.seal(no, why, "corrected"),
            *_times(former),
        )  # fmt: skip
        w.append(f"customer:{no}", event)
        for other, mark in brought(w, position, correction):
            if isinstance(mark, CustomerMarked):
                take_back_act(w, other, mark, why)

    return book.once(command, act, by=by)


def _times(former: Any) -> tuple[time | None, int | None]:
    """When a visit began and how long it took; the length of a call is in no correction."""
    return (None, None) if isinstance(former, ContactLogged) else (former.began_at, former.duration_seconds)


def _former(w: Writer, position: int, correction: EntryCorrected) -> Any:
    """What the entry said before: the correction before this one, else the entry as it was written."""
    found: Any = None
    for row in w.book.recorder.of_stream(w.cursor, f"customer:{correction.customer_no}"):
        if row[0] >= position:
            break
        event = decode(row[3], row[4])
        if row[0] == correction.corrects or (
            isinstance(event, EntryCorrected) and event.corrects == correction.corrects
        ):
            found = event
    return found
