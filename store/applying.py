"""A plan of many seats written into the book: a batch a transaction, columns of customers, nothing twice.

Between the look at a plan and its applying others may have written: a customer whose seats are no longer what they
were is passed over and counted.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import uuid4

import msgspec

from guanhu.domain.events import stamped
from guanhu.domain.staff import AffairsHandedOver, CustomersAssigned, CustomersReleased
from guanhu.domain.statement import COLUMN_ROWS
from guanhu.projections.assignment import Seats, seats_on
from guanhu.projections.auto_plan import NewSeat, Placement, Plan
from guanhu.projections.handover import Handover
from guanhu.store.book import Book
from guanhu.store.checks import check_past, check_staff
from guanhu.store.codec import decode
from guanhu.store.plan_parts import parts_of, positions_of
from guanhu.store.writer import Writer


class Applied(msgspec.Struct):
    """What became of a plan: customers with a new seat, seats taken, customers passed over."""

    customers: int = 0
    seats: int = 0
    passed_over: int = 0


def apply_plan(book: Book, plan: Plan, *, by: str = "", command: str = "") -> Applied:
    """Apply a plan of `projections.auto_plan`. Refused("future_act", "staff_left")."""
    return apply_placements(book, plan.placements, plan.day, by=by, command=command)


def apply_handover(book: Book, plan: Handover, *, by: str = "", command: str = "") -> Applied:
    """Apply a plan of `projections.handover`: seats, then what is open of promises, referrals and requests.

    Refused("future_act", "staff_left"). What the plan lists as left stays with the former owner.
    """
    name = command or uuid4().hex
    applied = apply_placements(book, plan.placements, plan.day, by=by, command=name)

    def act(w: Writer) -> None:
        check_past(w, plan.day)
        check_staff(w, plan.to_staff, plan.day)
        event = AffairsHandedOver(*stamped(w.stamp(plan.day)), plan.from_staff, plan.to_staff)
        w.append(f"staff:{plan.from_staff}", event)

    if plan.promises or plan.referrals or plan.requests:
        book.once(name, act, by=by, part="affairs")
    return applied


def apply_placements(
    book: Book, placements: Sequence[Placement], on: date, *, by: str = "", command: str = ""
) -> Applied:
    """Apply placements from a day on; a command's id used before goes on after what it did then."""
    name = command or uuid4().hex
    done, first = _done(book, name)
    placements = [placement for placement in placements if placement.customer_no not in done.numbers]
    applied = Applied(len(done.numbers), done.seats)
    for n, start in enumerate(range(0, len(placements), COLUMN_ROWS), first):
        part = placements[start : start + COLUMN_ROWS]
        fresh: list[Placement] = []

        def act(w: Writer, part: Sequence[Placement] = part, fresh: list[Placement] = fresh) -> None:
            check_past(w, on)
            for staff in sorted({seat.staff_id for placement in part for seat in placement.taken if seat.staff_id}):
                check_staff(w, staff, on)
            fresh += _as_planned(w, part, on)
            if fresh:
                _write(w, f"assignment:{name}", fresh, on)

        book.once(name, act, by=by, part=str(n))
        applied.customers += len(fresh)
        applied.seats += sum(bool(seat.staff_id) for placement in fresh for seat in placement.taken)
        applied.passed_over += len(part) - len(fresh)
    return applied


class _Earlier(msgspec.Struct):
    numbers: set[str]
    seats: int


def _done(book: Book, name: str) -> tuple[_Earlier, int]:
    """What earlier batches of the command did, and the number of the next."""
    with book.reading() as cursor:
        parts = parts_of(cursor, name)
        events = [decode(row[3], row[4]) for row in book.recorder.read(cursor, positions_of(parts))]
    assigned = [event for event in events if isinstance(event, CustomersAssigned)]
    changed = [event for event in events if isinstance(event, CustomersAssigned | CustomersReleased)]
    numbers = {no for event in changed for no in event.customer_nos}
    batches = [int(part.name) for part in parts if part.name.isdecimal()]
    return _Earlier(numbers, sum(len(event.customer_nos) for event in assigned)), max(batches, default=0) + 1


def _as_planned(w: Writer, part: Sequence[Placement], on: date) -> list[Placement]:
    ids = w.projection.ids(placement.customer_no for placement in part)
    now = seats_on(w.cursor, [ids[placement.customer_no] for placement in part], on.toordinal())
    return [placement for placement in part if now.get(ids[placement.customer_no], Seats()) == placement.seats]


def _write(w: Writer, stream: str, placements: Sequence[Placement], on: date) -> None:
    taken: dict[tuple[str, str, str], list[tuple[str, str]]] = defaultdict(list)
    ended: dict[tuple[str, str], list[str]] = defaultdict(list)
    for placement in placements:
        for seat in placement.taken:
            _sort_in(placement.customer_no, seat, taken, ended)
    head = stamped(w.stamp(on))
    w.append(
        stream,
        *(CustomersReleased(*head, tuple(numbers), staff, seat) for (staff, seat), numbers in ended.items()),
        *(
            CustomersAssigned(
                *head, tuple(no for no, _ in pairs), staff, role, seat, True, tuple(former for _, former in pairs)
            )
            for (staff, role, seat), pairs in taken.items()
        ),
    )


def _sort_in(
    customer_no: str,
    seat: NewSeat,
    taken: dict[tuple[str, str, str], list[tuple[str, str]]],
    ended: dict[tuple[str, str], list[str]],
) -> None:
    """The event of a seat names one whose seat it is now; any others are released before."""
    for former in seat.replaces[bool(seat.staff_id) :]:
        ended[former, seat.seat].append(customer_no)
    if seat.staff_id:
        taken[seat.staff_id, seat.role, seat.seat].append((customer_no, "".join(seat.replaces[:1])))
