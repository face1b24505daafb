"""Acts of the log "My customers" (我的客户): contacts, visits, and the correction of an entry.

A customer who asks not to be disturbed is marked so by the same command. Acts may be dated before the
customer's registration and first balance, never after today (DESIGN 6, 8).
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, time
from sqlite3 import Cursor
from typing import TypeVar

import msgspec

from guanhu.domain.branch_time import branch_time
from guanhu.domain.contact import (
    ContactLogged,
    EntryCorrected,
    VisitLogged,
    check_channel,
    check_duration,
    check_outcome,
    check_times,
    time_of,
)
from guanhu.domain.customer import SILENT_MARKS, CustomerMarked
from guanhu.domain.errors import NotFound, Refused
from guanhu.domain.events import Event, stamped
from guanhu.store.book import Book, Receipt
from guanhu.store.checks import check_later, check_past, free_text, needed_reason, party, who
from guanhu.store.codec import decode
from guanhu.store.registering import check_customer
from guanhu.store.writer import Writer

DO_NOT_DISTURB = "do_not_disturb"
SAID_SO = "said_so"
"""The reason of a mark that the customer's own words set, where the act has no note; an id, named by the screens."""


# ---------------------------------------------------------------- contacts
def log_contact(
    book: Book, customer_no: str, channel: str, outcome: str, on: date, *, staff: str = "", note: str = "",
    next_on: date | None = None, duration: int | None = None, by: str = "", command: str = "",
) -> Receipt:  # fmt: skip
    """Log a contact; `duration` in seconds; `staff` made it (else who gives the command).

    NotFound("unknown_customer", "unknown_staff"); Refused("unknown_channel", "unknown_outcome", "future_act",
    "before_the_act", "bad_duration", "staff_left", "customer_erased", "text_too_long", "not_of_a_call"), and
    "customer_silent" for a message to one whose mark forbids it; what else happened with them is recorded.
    """

    def act(w: Writer) -> None:
        cid = check_customer(w, customer_no)
        check_act(w, on, outcome, next_on)
        check_sent(channel, outcome)
        if outcome == "sent":
            _check_may_write(w, customer_no, on)
        check_duration(duration)
        text = free_text(note)
        sealed = w.seal(customer_no, text, "contact")
        event = ContactLogged(
            *stamped(w.stamp(on)), customer_no, who(w, staff, on), channel, outcome, sealed, next_on, duration
        )
        w.append(f"customer:{customer_no}", event, *silence(w, customer_no, cid, outcome, text, on))

    return book.once(command, act, by=by)


def silent_on(cursor: Cursor, numbers: Iterable[str], on: date) -> list[tuple[str, str]]:
    """Those of the customers who must not be written to on a day, and why."""
    day = on.toordinal()
    found = []
    for no in numbers:
        cid, erased, restricted = cursor.execute(
            "SELECT id, erased, restricted FROM customer WHERE no = ?", (no,)
        ).fetchone()
        marks = cursor.execute(
            "SELECT mark FROM mark WHERE customer_id = ? AND start <= ? AND end > ? ORDER BY position", (cid, day, day)
        )
        why = next((mark for (mark,) in marks if mark in SILENT_MARKS), "")
        why = "erased" if erased else why or ("restricted" if restricted else "")
        if why:
            found.append((no, why))
    return found


def _check_may_write(w: Writer, customer_no: str, on: date) -> None:
    """Refused("customer_silent") for a customer who must not be written to (SCHEMES.md 1, marks)."""
    for _no, why in silent_on(w.cursor, (customer_no,), on):
        if why in SILENT_MARKS:
            raise Refused("customer_silent", customer_no=customer_no, mark=why)


def check_sent(channel: str, outcome: str) -> None:
    """A call reaches somebody or nobody, it is not sent: a slip here would discharge greetings that nobody sent."""
    if check_channel(channel) == "phone" and outcome == "sent":
        raise Refused("not_of_a_call", outcome=outcome)


# ---------------------------------------------------------------- visits
def log_visit(
    book: Book, customer_no: str, companions: Sequence[str], outcome: str, on: date, *, staff: str = "",
    note: str = "", next_on: date | None = None, began_at: time | None = None, duration: int | None = None,
    by: str = "", command: str = "",
) -> Receipt:  # fmt: skip
    """Log a visit of `staff` (else who gives the command) with companions; it counts for each of them.

    Where no visitor is known, the first companion is the visitor. `began_at` is the clock time in China to the minute,
    `duration` in seconds. As log_contact; Refused("visitor_missing", "not_of_a_visit", "bad_duration").
    """

    def act(w: Writer) -> None:
        cid = check_customer(w, customer_no)
        check_act(w, on, outcome, next_on)
        _check_visit(outcome)
        _check_times(w, on, began_at, duration)
        along = party(w, companions, on)
        visitor = who(w, staff, on) or (along[0] if along else "")
        if not visitor:
            raise Refused("visitor_missing")
        text = free_text(note)
        event = VisitLogged(
            *stamped(w.stamp(on)), customer_no, visitor, _others(along, visitor), outcome,
            w.seal(customer_no, text, "visit"), next_on, began_at, duration,
        )  # fmt: skip
        w.append(f"customer:{customer_no}", event, *silence(w, customer_no, cid, outcome, text, on))

    return book.once(command, act, by=by)


def _others(along: Iterable[str], visitor: str) -> tuple[str, ...]:
    """Everybody but the visitor, each once."""
    return tuple(each for each in dict.fromkeys(along) if each != visitor)


def _check_times(w: Writer, on: date, began_at: time | None, duration: int | None) -> None:
    """What has not begun yet is no visit: Refused("future_act"); as check_times."""
    check_times(began_at, duration)
    now = branch_time(w.recorded_at)
    if began_at is not None and (on, began_at) > (now.date(), now.time()):
        raise Refused("future_act", day=f"{on.isoformat()} {began_at:%H:%M}")


def _check_visit(outcome: str) -> None:
    """A visit is made, not sent: a slip here would discharge duties that nobody did."""
    if outcome in ("sent", "replied"):
        raise Refused("not_of_a_visit", outcome=outcome)


# ---------------------------------------------------------------- corrections
class Entry(msgspec.Struct, frozen=True):
    """An entry of the log as it stands."""

    position: int
    customer_id: int
    customer_no: str
    kind: str
    day: int
    channel: str
    outcome: str
    staff: str
    companions: str
    note: str
    next_day: int | None
    began: int | None
    duration: int | None


CLEARED = ("next_on", "began_at", "duration")
"""What an entry need not say, so that a correction can take it out."""


def correct_entry(
    book: Book, position: int, *, reason: str, channel: str | None = None, outcome: str | None = None,
    on: date | None = None, note: str | None = None, next_on: date | None = None,
    companions: Sequence[str] | None = None, began_at: time | None = None, duration: int | None = None,
    clear: Collection[str] = (), withdrawn: bool = False, by: str = "", command: str = "",
) -> Receipt:  # fmt: skip
    """Correct an entry of the log by a new event that names it; what is not given stays as it is.

    `position`: of the entry, or of an earlier correction of it. `withdrawn`: it should not be there at all.
    `began_at`, `duration` (seconds): of a visit, as log_visit. `clear`: those of CLEARED that it should not say at all.
    NotFound("unknown_entry"); Refused("reason_missing", "nothing_to_correct", "entry_withdrawn", "not_an_act",
    "not_of_this_entry") and whatever the entry itself would have been refused for.
    """

    def act(w: Writer) -> None:
        entry = entry_at(w, position)
        check_customer(w, entry.customer_no)
        why = needed_reason(reason)
        given = (channel, outcome, on, note, next_on, companions, began_at, duration)
        if all(each is None for each in given) and not withdrawn and not clear:
            raise Refused("nothing_to_correct")
        visit = entry.kind == "visit"
        if (visit and channel is not None) or (not visit and companions is not None):
            raise Refused("not_of_this_entry", field="channel" if visit else "companions")
        if not visit and (began_at is not None or "began_at" in clear):
            raise Refused("not_of_this_entry", field="began_at")
        if not visit and (duration is not None or "duration" in clear):
            raise Refused("not_of_this_entry", field="duration_seconds")
        day = on or date.fromordinal(entry.day)
        planned = date.fromordinal(entry.next_day) if entry.next_day else None
        following = _now_said("next_on", next_on, planned, clear)
        check_act(w, day, outcome or entry.outcome, following)
        if not visit and (channel or outcome):
            check_sent(channel or entry.channel, outcome or entry.outcome)
        elif outcome:
            _check_visit(outcome)
        began = _now_said("began_at", began_at, time_of(entry.began), clear)
        took = _now_said("duration", duration, entry.duration, clear) if visit else None
        if visit:
            _check_times(w, day, began, took)
        along = entry.companions.split() if companions is None else party(w, companions, day)
        text = entry.note if note is None else free_text(note)
        event = EntryCorrected(
            *stamped(w.stamp(day)), entry.customer_no, entry.position, channel or entry.channel,
            outcome or entry.outcome, w.seal(entry.customer_no, text, "corrected"), following,
            _others(along, entry.staff), withdrawn, w.seal(entry.customer_no, why, "corrected"), began, took,
        )  # fmt: skip
        heard = "" if withdrawn else outcome or ""
        marks = silence(w, entry.customer_no, entry.customer_id, heard, text, day)
        w.append(f"customer:{entry.customer_no}", event, *marks)

    return book.once(command, act, by=by)


Said = TypeVar("Said")


def _now_said(name: str, given: Said | None, stands: Said | None, clear: Collection[str]) -> Said | None:
    """What a field says after a correction: what is given, nothing where it is cleared, else what stands."""
    if given is not None:
        return given
    return None if name in clear else stands


def entry_at(w: Writer, position: int) -> Entry:
    """The entry at a position, or the one that the correction at that position names."""
    written = ""
    for _, _, _, topic, state in w.book.recorder.read(w.cursor, [position]):
        event = decode(topic, state)
        written = topic
        if isinstance(event, EntryCorrected):
            position = event.corrects
    row = w.cursor.execute(
        "SELECT act.position, customer_id, no, kind, day, channel, outcome, staff, companions, note, next_day,"
        " began, duration FROM act JOIN customer ON id = customer_id WHERE act.position = ?",
        (position,),
    ).fetchone()
    if row is None:
        if written:
            raise Refused("not_an_act", position=position, topic=written, instead=written)
        raise NotFound("unknown_entry", position=position)
    entry = Entry(*row)
    if entry.kind == "withdrawn":
        raise Refused("entry_withdrawn", position=position)
    return entry


# ---------------------------------------------------------------- what acts share
def check_act(w: Writer, on: date, outcome: str, next_on: date | None) -> None:
    """Refused("future_act", "before_the_act", "unknown_outcome")."""
    check_past(w, on)
    check_later(next_on, on, "next_on")
    check_outcome(outcome)


def silence(w: Writer, customer_no: str, cid: int, outcome: str, said: str, on: date) -> list[Event]:
    """The mark that a customer's wish brings with it, unless it stands on or after that day already."""
    if outcome != DO_NOT_DISTURB:
        return []
    standing = w.cursor.execute(
        "SELECT 1 FROM mark WHERE customer_id = ? AND mark = ? AND end > ?", (cid, DO_NOT_DISTURB, on.toordinal())
    ).fetchone()
    if standing:
        return []
    sealed = w.seal(customer_no, said or SAID_SO, "marked")
    return [CustomerMarked(*stamped(w.stamp(on)), customer_no, DO_NOT_DISTURB, sealed)]
