"""Outside evidence attached to entries of the log, by inspectors and the department (SCHEMES.md 1, inspection)."""

from datetime import date

from guanhu.domain.errors import NotFound, Refused
from guanhu.domain.events import stamped
from guanhu.domain.evidence import EvidenceAttached, check_evidence, check_inspects
from guanhu.projections.posts import roles_on
from guanhu.store.book import Book, Receipt
from guanhu.store.checks import check_later, check_past, check_staff, free_text
from guanhu.store.registering import check_customer
from guanhu.store.writer import Writer


def attach_evidence(
    book: Book, entry: int, kind: str, on: date, *, seconds: int | None = None, reached: bool | None = None,
    text: str = "", sha256: str = "", by: str = "", command: str = "",
) -> Receipt:  # fmt: skip
    """Attach evidence of the day `on` to the contact or visit at position `entry`; `seconds`: how long the call took.

    It is of the day of the act or later. NotFound("unknown_entry"); Refused("is_evidence", "inspectors_only",
    "unknown_evidence", "bad_duration", "bad_hash", "evidence_empty", "evidence_of_own", "future_act", "before_the_act",
    "customer_erased", "staff_left", "text_too_long").
    """

    def act(w: Writer) -> None:
        no, day = _entry_of_others(w, entry)
        check_customer(w, no)
        check_past(w, on)
        check_later(on, day, "evidence")
        check_staff(w, w.by, w.book.today)
        check_inspects(roles_on(w.cursor, w.by, w.book.today.toordinal()), w.by)
        said = free_text(text)
        check_evidence(kind, seconds, reached, said, sha256)
        sealed = w.seal(no, said, "evidence")
        event = EvidenceAttached(*stamped(w.stamp(on)), no, entry, kind, seconds, reached, sealed, sha256)
        w.append(f"customer:{no}", event)

    return book.once(command, act, by=by)


def _entry_of_others(w: Writer, position: int) -> tuple[str, date]:
    """Customer and day of the entry; NotFound("unknown_entry"), Refused("is_evidence", "evidence_of_own")."""
    row = w.cursor.execute(
        "SELECT no, day, staff, companions FROM act JOIN customer ON id = customer_id WHERE act.position = ?",
        (position,),
    ).fetchone()
    if row is None:
        piece = w.cursor.execute("SELECT entry FROM evidence WHERE position = ?", (position,)).fetchone()
        if piece is not None:
            raise Refused("is_evidence", position=position, entry=piece[0])
        raise NotFound("unknown_entry", position=position)
    no, day, staff, companions = row
    if w.by and w.by in (staff, *companions.split()):
        raise Refused("evidence_of_own", position=position)
    return no, date.fromordinal(day)
