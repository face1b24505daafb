"""The log of one customer on a date: the last acts, or acts and affairs as they stand, newest first, all of them."""

from collections.abc import Iterable
from datetime import date
from sqlite3 import Cursor
from typing import Any

import msgspec

from guanhu.projections.by_number import customer_id

SHOWN_ACTS = 50


class ActLine(msgspec.Struct, frozen=True):
    """An act of the log, on a customer's page."""

    position: int
    on: date
    kind: str
    channel: str
    outcome: str
    staff: str
    companions: tuple[str, ...]
    note: str
    next_on: date | None
    duration_seconds: int | None
    corrected: int


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
    restricted = _hidden(cursor, cid)
    rows = cursor.execute(_ENTRIES, {"customer": cid, "day": day.toordinal()}).fetchall()
    return [
        CustomerEntry(
            position, date.fromordinal(on), kind, subject, channel, outcome, staff, tuple(companions.split()),
            "" if restricted else note, _date(next_on), _date(due), _date(closed), corrected,
        )
        for (position, on, kind, subject, channel, outcome, staff, companions, note, next_on, due, closed,
             corrected) in rows
    ]  # fmt: skip


_ACTS = (
    "SELECT position, day, kind, channel, outcome, staff, companions, note, next_day, duration, corrected FROM act"
    " WHERE customer_id = ? AND kind <> 'withdrawn'"
)


def acts_of(cursor: Cursor, cid: int, day: int, *, hidden: bool) -> list[ActLine]:
    """The last `SHOWN_ACTS` acts up to a day (an ordinal), the newest first; `hidden`: without their notes."""
    rows = cursor.execute(f"{_ACTS} AND day <= ? ORDER BY day DESC, position DESC LIMIT ?", (cid, day, SHOWN_ACTS))
    return _lines(rows, hidden=hidden)


def act_at(cursor: Cursor, customer_no: str, position: int) -> list[ActLine]:
    """The act of a customer that an entry of the log began or corrected, however old; [] where there is none.

    Notes of a restricted one are left out. NotFound("unknown_customer").
    """
    cid = customer_id(cursor, customer_no)
    hidden = _hidden(cursor, cid)
    return _lines(cursor.execute(f"{_ACTS} AND ? IN (position, corrected)", (cid, position)), hidden=hidden)


def _lines(rows: Iterable[tuple[Any, ...]], *, hidden: bool) -> list[ActLine]:
    return [
        ActLine(
            position, date.fromordinal(on), kind, channel, outcome, staff, tuple(companions.split()),
            "" if hidden else note, date.fromordinal(following) if following else None, duration, corrected,
        )
        for position, on, kind, channel, outcome, staff, companions, note, following, duration, corrected in rows
    ]  # fmt: skip


def last_acts(cursor: Cursor, customer_no: str, day: date) -> list[ActLine]:
    """The same of a customer by number; notes of a restricted one are left out. NotFound("unknown_customer")."""
    cid = customer_id(cursor, customer_no)
    return acts_of(cursor, cid, day.toordinal(), hidden=_hidden(cursor, cid))


def _hidden(cursor: Cursor, cid: int) -> bool:
    """Whether the customer's texts may not be shown."""
    (restricted,) = cursor.execute("SELECT restricted FROM customer WHERE id = ?", (cid,)).fetchone()
    return bool(restricted)


def _date(ordinal: int | None) -> date | None:
    return date.fromordinal(ordinal) if ordinal else None
