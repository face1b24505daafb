"""Seats taken back: those who had them before an assignment, a sharing-out or a handover have them again.

By new events, of the day of the former ones; a customer whose seats have moved since is passed over and counted.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from guanhu.domain.affairs import ReferralAnswered
from guanhu.domain.events import Event, stamped
from guanhu.domain.facts import EVER
from guanhu.domain.staff import AffairsHandedOver, CustomersAssigned, CustomersReleased
from guanhu.domain.statement import COLUMN_ROWS
from guanhu.domain.withdrawing import SeatsWithdrawn
from guanhu.projections.projection import chunks
from guanhu.store.codec import decode
from guanhu.store.plan_parts import parts_of, plan_named, positions_of
from guanhu.store.writer import Writer

SeatEvent = tuple[int, Event]
"""(position, an assignment, a release or what a handover moved)."""

Seat = tuple[str, str, str]
"""(seat, staff, role)."""


# ---------------------------------------------------------------- which events belong together
def seats_at(w: Writer, position: int, event: Event) -> list[SeatEvent]:
    """The seats that one act gave: the assignments and releases that one command wrote in a row."""
    before = _run(w, position - 1, event.command, -1)
    return [*reversed(before), (position, event), *_run(w, position + 1, event.command, 1)]


def followed_seats(w: Writer, position: int, event: Event) -> list[SeatEvent]:
    """The seats that accepting a referral brought."""
    return _run(w, position + 1, event.command, 1) if isinstance(event, ReferralAnswered) else []


def _run(w: Writer, position: int, command: str, step: int) -> list[SeatEvent]:
    found: list[SeatEvent] = []
    while rows := w.book.recorder.read(w.cursor, [position]):
        event = decode(rows[0][3], rows[0][4])
        if event.command != command or not isinstance(event, CustomersAssigned | CustomersReleased):
            break
        found.append((position, event))
        position += step
    return found


def plan_of(w: Writer, event: Event) -> list[SeatEvent]:
    """All that a plan wrote, in its parts (store/plan_parts.py); [] for no plan's event."""
    name = plan_named(event.command)
    positions = positions_of(parts_of(w.cursor, name)) if name else []
    events = [(row[0], decode(row[3], row[4])) for row in w.book.recorder.read(w.cursor, positions)]
    kinds = CustomersAssigned | CustomersReleased | AffairsHandedOver
    return [(position, each) for position, each in events if isinstance(each, kinds)]


# ---------------------------------------------------------------- taking back
class _Change:
    """What the events did to one customer's seats."""

    def __init__(self) -> None:
        self.came: list[Seat] = []
        self.went: list[tuple[str, str]] = []
        self.day = 0


def take_back_seats(w: Writer, events: Sequence[SeatEvent], why: str) -> int:
    """Put the seats back as they were before these events; how many customers were passed over."""
    seats = [(position, each) for position, each in events if not isinstance(each, AffairsHandedOver)]
    passed_over = 0
    if seats:
        changes = _changes(seats)
        ids = w.projection.ids(changes)
        last = seats[-1][0]
        back = {no: _former(w, ids[no], change, last) for no, change in changes.items()}
        standing = {no: former for no, former in back.items() if former is not None}
        passed_over = len(back) - len(standing)
        if standing:
            _write(w, seats[0][0], changes, standing, why)
    for position, each in events:
        if isinstance(each, AffairsHandedOver):
            event = SeatsWithdrawn(*stamped(w.stamp(each.occurred_on)), (), position, why)
            w.append(f"staff:{each.staff_id}", event)
    return passed_over


def _changes(seats: Sequence[SeatEvent]) -> dict[str, _Change]:
    changes: dict[str, _Change] = defaultdict(_Change)
    for _position, event in seats:
        if isinstance(event, CustomersAssigned):
            for no, former in zip(event.customer_nos, event.replaces, strict=True):
                changes[no].came.append((event.seat, event.staff_id, event.role))
                changes[no].went += [(event.seat, former)] if former else []
                changes[no].day = event.occurred_on.toordinal()
        elif isinstance(event, CustomersReleased):
            for no in event.customer_nos:
                changes[no].went.append((event.seat, event.staff_id))
                changes[no].day = event.occurred_on.toordinal()
    return changes


def _former(w: Writer, cid: int, change: _Change, last: int) -> list[Seat] | None:
    """The seats that ended, with their roles; None where the customer's seats are no longer what the events made."""
    rows = w.cursor.execute(
        "SELECT seat, staff, role, end, position FROM care WHERE customer_id = ? AND seat <> 'gap'", (cid,)
    ).fetchall()
    standing = {(seat, staff, role) for seat, staff, role, end, _ in rows if end == EVER}
    if any(position > last for *_rest, position in rows) or not standing.issuperset(change.came):
        return None
    former = {
        (seat, staff, role) for seat, staff, role, end, _ in rows if end == change.day and (seat, staff) in change.went
    }
    return None if former & standing else sorted(former)


def _write(
    w: Writer, first: int, changes: dict[str, _Change], standing: dict[str, list[Seat]], why: str
) -> None:
    """Releases, assignments, and the event that says what they are, a day's and five thousand customers' at a time."""
    by_day: dict[int, list[str]] = defaultdict(list)
    for no in standing:
        by_day[changes[no].day].append(no)
    for day, numbers in by_day.items():
        for part in chunks(numbers, COLUMN_ROWS):
            ended: dict[tuple[str, str], list[str]] = defaultdict(list)
            taken: dict[Seat, list[str]] = defaultdict(list)
            for no in part:
                for seat, staff, _role in changes[no].came:
                    ended[seat, staff].append(no)
                for each in standing[no]:
                    taken[each].append(no)
            head = stamped(w.stamp(date.fromordinal(day)))
            w.append(
                f"customer:{part[0]}" if len(standing) == 1 else f"assignment:{w.command}",
                *(CustomersReleased(*head, tuple(each), staff, seat) for (seat, staff), each in ended.items()),
                *(
                    CustomersAssigned(*head, tuple(each), staff, role, seat, False, ("",) * len(each))
                    for (seat, staff, role), each in taken.items()
                ),
                SeatsWithdrawn(*head, tuple(part), first, why),
            )
