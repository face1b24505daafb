"""The entries of the log that worksheets and findings rest on: whose they are, and who had a part in them.

An entry that was taken back since has left the read model, save for contacts and visits. What was sampled can be
inspected all the same: then the stored event tells.
"""

from typing import Any

from guanhu.domain import affairs
from guanhu.domain.errors import NotFound
from guanhu.store.codec import decode
from guanhu.store.writer import Writer

_ENTRIES = (
    affairs.PromiseMade | affairs.PromiseKept | affairs.PromiseExcused | affairs.ImportantEventNoted
    | affairs.OpinionVoiced | affairs.CustomerReferred | affairs.ReferralAnswered | affairs.HelpRequested
    | affairs.HelpAnswered | affairs.DutyWaived
)  # fmt: skip


def customer_of(w: Writer, position: int) -> str:
    """Whose an entry of the log is; NotFound("unknown_entry")."""
    row = w.cursor.execute(
        "SELECT no FROM (SELECT customer_id AS cid FROM act WHERE position = :at"
        " UNION ALL SELECT customer_id FROM affair WHERE position = :at OR closed_by = :at"
        " UNION ALL SELECT customer_id FROM waiver WHERE position = :at) JOIN customer ON id = cid",
        {"at": position},
    ).fetchone()
    if row is not None:
        found: str = row[0]
        return found
    event = _taken_back(w, position)
    if event is None:
        raise NotFound("unknown_entry", position=position)
    found = event.customer_no
    return found


def took_part(w: Writer, position: int) -> bool:
    """Whether who acts made an entry, took part in it or wrote it down."""
    row = w.cursor.execute("SELECT staff, companions, by FROM act WHERE position = ?", (position,)).fetchone()
    if row:
        return w.by in (row[0], *row[1].split(), row[2])
    row = w.cursor.execute(
        "SELECT CASE WHEN closed_by = :at THEN closer ELSE opener END FROM affair"
        " WHERE position = :at OR closed_by = :at UNION ALL SELECT by FROM waiver WHERE position = :at",
        {"at": position},
    ).fetchone()
    if row:
        return bool(w.by == row[0])
    event = _taken_back(w, position)
    return event is not None and w.by in (event.by, getattr(event, "staff_id", ""), getattr(event, "from_staff", ""))


def _taken_back(w: Writer, position: int) -> Any:
    """The event of an entry that was taken back; None where there is none at the position."""
    if w.cursor.execute("SELECT 1 FROM withdrawn WHERE ref = ?", (position,)).fetchone() is None:
        return None
    ((_, _, _, topic, state),) = w.book.recorder.read(w.cursor, [position])
    event = decode(topic, state)
    return event if isinstance(event, _ENTRIES) else None
