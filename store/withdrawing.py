"""Acts taken back: one way for all of them, by whoever did them or the manager of the outlet.

What an act brought goes with it: the mark that a contact set, the seats that accepting a referral gave, the tier that
a deposit reached at once. Seats given by plans: store/unseating.py.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from guanhu.domain.balances import STATED
from guanhu.domain.contact import ContactLogged, EntryCorrected, VisitLogged, time_of
from guanhu.domain.customer import CustomerMarked, CustomersLinked, CustomersRegistered, CustomerTagged
from guanhu.domain.errors import NotFound, Refused
from guanhu.domain.events import TOPIC_OF, Event, stamped
from guanhu.domain.evidence import EvidenceAttached
from guanhu.domain.staff import AffairsHandedOver, CustomersAssigned, CustomersReleased
from guanhu.domain.statement import Deposited, TiersChanged, Withdrawn
from guanhu.domain.withdrawing import ActWithdrawn, Subject, check_may, check_may_of_evidence, check_newest, subject
from guanhu.projections.former import BY_FILE
from guanhu.projections.of_money import next_report
from guanhu.projections.posts import posts_on, roles_on
from guanhu.store.acts import entry_at
from guanhu.store.book import Book, Receipt
from guanhu.store.checks import needed_reason
from guanhu.store.codec import decode
from guanhu.store.plan_parts import parts_of
from guanhu.store.rating_again import rate_again
from guanhu.store.registering import check_customer
from guanhu.store.unseating import SeatEvent, followed_seats, plan_of, seats_at, take_back_seats
from guanhu.store.writer import Writer


class TakenBack(msgspec.Struct, frozen=True):
    """What was taken back; `passed_over`: customers of a plan whose seats have moved since."""

    receipt: Receipt
    passed_over: int = 0


def withdraw(
    book: Book, positions: int | Sequence[int], reason: str, *, by: str = "", command: str = ""
) -> TakenBack:
    """Take back the act at a position, or all acts of a command (its positions), all or none.

    NotFound("unknown_entry"); Refused("reason_missing", "entry_withdrawn", "not_to_withdraw", "came_by_file",
    "later_rests", "balance_since", "not_your_act", "seats_moved", "customer_erased").
    """
    passed_over = 0

    def act(w: Writer) -> None:
        nonlocal passed_over
        why = needed_reason(reason)
        if isinstance(positions, int):
            passed_over = _take_back(w, positions, why)
        else:
            passed_over = _take_back_command(w, positions, why)

    return TakenBack(book.once(command, act, by=by), passed_over)


def _take_back_command(w: Writer, positions: Sequence[int], why: str) -> int:
    """The acts of one command, the last first; what was taken back before, or with another of them, is left."""
    passed_over = taken = 0
    for position in reversed(positions):
        event = event_at(w, position)
        if isinstance(event, CustomersAssigned | CustomersReleased):
            continue  # taken back with the first of them, or with what brought them
        if isinstance(event, TiersChanged) or _is_taken_back(w, position):
            continue
        passed_over += _take_back(w, position, why)
        taken += 1
    if not taken:
        passed_over = _take_back(w, positions[0], why)
    return passed_over


def _take_back(w: Writer, position: int, why: str) -> int:
    event = event_at(w, position)
    if isinstance(event, EntryCorrected):
        position, event = event.corrects, event_at(w, event.corrects)
    if isinstance(event, CustomersAssigned | CustomersReleased | AffairsHandedOver):
        return _seats(w, position, event, why)
    if isinstance(event, ContactLogged | VisitLogged):
        _entry(w, position, event, why)
    else:
        take_back_act(w, position, event, why)
    return 0


def event_at(w: Writer, position: int) -> Event:
    """The event at a position; NotFound("unknown_entry")."""
    rows = w.book.recorder.read(w.cursor, [position])
    if not rows:
        raise NotFound("unknown_entry", position=position)
    return decode(rows[0][3], rows[0][4])


def _is_taken_back(w: Writer, position: int) -> bool:
    found = w.cursor.execute("SELECT 1 FROM withdrawn WHERE ref = ?", (position,)).fetchone()
    return found is not None


def first_of_plan(book: Book, name: str) -> int | None:
    """The position by which a plan is taken back, by the id of its command; None where it wrote nothing."""
    with book.reading() as cursor:
        return min((part.first for part in parts_of(cursor, name)), default=None)


# ---------------------------------------------------------------- who may
def _check_may(w: Writer, position: int, event: Event, customer_no: str) -> None:
    if isinstance(event, EvidenceAttached):
        roles = roles_on(w.cursor, w.by, w.book.today.toordinal())
        check_may_of_evidence(position, w.by, event.by, roles)
        return
    row = w.cursor.execute("SELECT outlet FROM customer WHERE no = ?", (customer_no,)).fetchone()
    manager = posts_on(w.cursor, w.book.today.toordinal()).managers.get(row[0]) if row else None
    check_may(position, w.by, _doers(event), manager)


def _doers(event: Event) -> set[str]:
    """Who entered the act and whose it is; who was given a customer has not done so."""
    own = "" if isinstance(event, CustomersAssigned | CustomersReleased) else getattr(event, "staff_id", "")
    return {event.by, own, getattr(event, "from_staff", "")}


# ---------------------------------------------------------------- entries of the log
def _entry(w: Writer, position: int, event: ContactLogged | VisitLogged, why: str) -> None:
    """A contact or visit, and the mark that it brought."""
    entry = entry_at(w, position)
    no = entry.customer_no
    check_customer(w, no)
    _check_may(w, position, event, no)
    on = date.fromordinal(entry.day)
    following = date.fromordinal(entry.next_day) if entry.next_day else None
    along, note = tuple(entry.companions.split()), w.seal(no, entry.note, "corrected")
    taken = EntryCorrected(
        *stamped(w.stamp(on)), no, position, entry.channel, entry.outcome, note, following, along, True,
        w.seal(no, why, "corrected"), time_of(entry.began), entry.duration if entry.kind == "visit" else None,
    )  # fmt: skip
    w.append(f"customer:{no}", taken)
    for other, mark in brought(w, position, event):
        stands = w.cursor.execute("SELECT 1 FROM mark WHERE position = ? AND end > start", (other,)).fetchone()
        if isinstance(mark, CustomerMarked) and mark.customer_no == no and stands:
            take_back_act(w, other, mark, why)


def brought(w: Writer, position: int, event: Event) -> list[tuple[int, Event]]:
    """The event that the same command wrote next; of a file's commands nothing belongs together."""
    if event.command.startswith(BY_FILE):
        return []
    rows = w.book.recorder.read(w.cursor, [position + 1])
    found = [(row[0], decode(row[3], row[4])) for row in rows]
    return [(other, each) for other, each in found if each.command == event.command]


# ---------------------------------------------------------------- all other acts
def take_back_act(w: Writer, position: int, event: Event, why: str) -> None:
    """Take back an act that is no entry of the log, in a transaction under way. As `withdraw`."""
    no = _customer_of(position, event)
    cid = check_customer(w, no)
    _check_may(w, position, event, no)
    if _is_taken_back(w, position):
        raise Refused("entry_withdrawn", position=position)
    if isinstance(event, CustomersLinked):
        check_customer(w, event.other_no)
    about = _subject(w, position, event)
    if about is None:
        raise Refused("not_to_withdraw", position=position, topic=TOPIC_OF[type(event)])
    if event.command.startswith(BY_FILE):
        raise Refused("came_by_file", position=position)
    _check_newest(w, position, event, about, no)
    if isinstance(event, CustomersRegistered):
        _check_nothing_known(w, position, cid)
    moves = _check_money(w, position, event, cid) if isinstance(event, Deposited | Withdrawn) else ()
    taken = ActWithdrawn(
        *stamped(w.stamp(event.occurred_on)), no, position, TOPIC_OF[type(event)], w.seal(no, why, "withdrawn"), moves
    )
    seats = followed_seats(w, position, event)
    w.append(f"customer:{no}", taken)
    if seats and take_back_seats(w, seats, why):
        raise Refused("seats_moved", customers=1)
    if isinstance(event, Deposited | Withdrawn):
        rate_again(w, no, position, event.occurred_on)


def _customer_of(position: int, event: Event) -> str:
    """Refused("came_by_file", "not_to_withdraw")."""
    if isinstance(event, CustomersRegistered) and len(event.customer_nos) > 1:
        raise Refused("came_by_file", position=position)
    no: str = event.customer_nos[0] if isinstance(event, CustomersRegistered) else getattr(event, "customer_no", "")
    if not no or isinstance(event, ActWithdrawn):
        raise Refused("not_to_withdraw", position=position, topic=TOPIC_OF[type(event)])
    return no


def _subject(w: Writer, position: int, event: Event) -> Subject | None:
    tag = ""
    if isinstance(event, CustomerTagged):
        tag = (w.book.keyring.unseal(w.cursor, event.customer_no, event.tag, "tagged") or b"").decode()
    return subject(event, position, tag)


def _check_newest(w: Writer, position: int, event: Event, about: Subject, no: str) -> None:
    """Refused("later_rests"): what came later about the same thing is in the customer's stream, of a link in either."""
    numbers = (no, event.other_no) if isinstance(event, CustomersLinked) else (no,)
    later: list[tuple[int, Subject | None]] = []
    for number in numbers:
        for row in w.book.recorder.of_stream(w.cursor, f"customer:{number}"):
            if row[0] > position:
                other = decode(row[3], row[4])
                if not isinstance(other, ActWithdrawn | EntryCorrected):
                    later.append((row[0], _subject(w, row[0], other)))
    check_newest(position, about, later, {other for other, _ in later if _is_taken_back(w, other)})


_KNOWN = (
    "SELECT 1 FROM account WHERE customer_id = ? AND series <> x''",
    "SELECT 1 FROM care WHERE customer_id = ? AND seat <> 'gap'",
    "SELECT 1 FROM tier_move WHERE customer_id = ?",
    "SELECT 1 FROM link WHERE customer_id = ?",
    "SELECT 1 FROM product WHERE customer_id = ?",
    "SELECT 1 FROM act WHERE customer_id = ?",
    "SELECT 1 FROM former WHERE customer_id = ?",
    "SELECT 1 FROM inspection_item WHERE customer_id = ?",
    "SELECT 1 FROM inspection_finding WHERE customer_id = ?",
)


def _check_nothing_known(w: Writer, position: int, cid: int) -> None:
    """A registration is taken back only while nothing else is known: by statements, plans, links, inspections."""
    if any(w.cursor.execute(question, (cid,)).fetchone() for question in _KNOWN):
        raise Refused("customer_in_use", position=position)


# ---------------------------------------------------------------- money
def _check_money(w: Writer, position: int, event: Deposited | Withdrawn, cid: int) -> tuple[int, ...]:
    """The tier moves that it brought; Refused("balance_since", "later_rests").

    Once the bank has reported a balance of that day or later, there is nothing left to take back.
    """
    day = event.occurred_on.toordinal()
    entries = w.projection.load((cid,))[cid].entries
    stated = any(kind == STATED and at >= day for at, kind, _, _ in entries)
    if stated or not any(entry[3] == position for entry in entries):
        raise Refused("balance_since", position=position)
    if next_report(w.projection, cid, day - 1, None) is not None:
        raise Refused("balance_since", position=position)
    moves = tuple(other for other, each in brought(w, position, event) if isinstance(each, TiersChanged))
    newest = w.cursor.execute("SELECT max(position) FROM tier_move WHERE customer_id = ?", (cid,)).fetchone()[0] or 0
    if newest > position and newest not in moves:
        raise Refused("later_rests", position=position, later=newest)
    return moves


# ---------------------------------------------------------------- seats
def _seats(w: Writer, position: int, event: Any, why: str) -> int:
    """Seats given by one act or by a plan, and what a handover moved; how many customers were passed over."""
    if event.command.startswith(BY_FILE):
        raise Refused("came_by_file", position=position)
    found: list[SeatEvent] = plan_of(w, event) or seats_at(w, position, event)
    first = found[0][1]
    numbers: tuple[str, ...] = getattr(first, "customer_nos", ())
    _check_may(w, position, event, numbers[0] if numbers else "")
    if _is_taken_back(w, found[0][0]):
        raise Refused("entry_withdrawn", position=position)
    passed_over = take_back_seats(w, found, why)
    if len(w.positions) == 0:
        raise Refused("seats_moved", customers=passed_over)
    return passed_over
