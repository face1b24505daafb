"""The log of one customer on a date: acts and affairs as they stand, newest first, all of them."""

from datetime import date
from sqlite3 import Cursor

import msgspec

from guanhu.projections.customers import customer_id


class CustomerEntry(msgspec.Struct, frozen=True):
    """An entry: a contact or visit, or what was taken up (promise, referral, event, opinion, request).

    `subject`: what an event or request is about. `staff` did it, or took it up. `due` and `closed_on` are of affairs.
    """

    position: int
    on: date
    kind: str
    subject: str
    channel: str
    outcome: str
    staff: str
    companions: tuple[str, ...]
    note: str
    next_on: date | None
    due: date | None
    closed_on: date | None
    corrected: int


_ENTRIES = """
    SELECT position, day, kind, '' AS subject, channel, outcome, staff, companions, note, next_day, NULL, NULL,
        corrected
    FROM act WHERE customer_id = :customer AND day <= :day AND kind <> 'withdrawn'
    UNION ALL
    SELECT position, day, kind, subject, '', '', opener, '', text, NULL, due,
        CASE WHEN closed <= :day THEN closed END, 0
    FROM affair WHERE customer_id = :customer AND day <= :day
    ORDER BY 2 DESC, 1 DESC"""


def customer_log(cursor: Cursor, customer_no: str, day: date) -> list[CustomerEntry]:
    """All entries up to a date; notes of a restricted customer are left out. NotFound("unknown_customer")."""
    cid = customer_id(cursor, customer_no)
    (restricted,) = cursor.execute("SELECT restricted FROM customer WHERE id = ?", (cid,)).fetchone()
    rows = cursor.execute(_ENTRIES, {"customer": cid, "day": day.toordinal()}).fetchall()
    return [
        CustomerEntry(
            position, date.fromordinal(on), kind, subject, channel, outcome, staff, tuple(companions.split()),
            "" if restricted else note, _date(next_on), _date(due), _date(closed), corrected,
        )
        for (position, on, kind, subject, channel, outcome, staff, companions, note, next_on, due, closed,
             corrected) in rows
    ]  # fmt: skip


def _date(ordinal: int | None) -> date | None:
    return date.fromordinal(ordinal) if ordinal else None
