"""A customer given to a member of staff, or taken back (SCHEMES.md 1, responsibility and assignment).

Many at once go by plans, made in `projections/auto_plan.py` (those who wait) and `projections/handover.py` (all that a
leaver had), and written by `store/applying.py`.
"""

from datetime import date

from guanhu.domain.assignment import fitting_role, replaced_by, seat_taken
from guanhu.domain.errors import Refused, check_among
from guanhu.domain.events import stamped
from guanhu.domain.responsibility import missing_roles
from guanhu.domain.staff import SEATS, CustomersReleased
from guanhu.projections.assignment import Seats, seats_on, tiers_on
from guanhu.projections.posts import posts_on
from guanhu.store.book import Book, Receipt
from guanhu.store.checks import check_past, check_staff
from guanhu.store.registering import check_customer
from guanhu.store.writer import Writer


def assign(
    book: Book, customer_no: str, staff_id: str, on: date, *, role: str = "", seat: str = "owner",
    by: str = "", command: str = "",
) -> Receipt:  # fmt: skip
    """Give a customer to a member of staff, from `on`, in the post named or in the one that fits best.

    The seats that end are those of `domain.assignment.replaced_by`. An owner whose role keeps the system's record
    becomes the system owner too where there is none.
    Refused("role_does_not_fit", "post_not_held", "already_assigned", "seat_taken_later", "unknown_seat", "staff_left",
    "future_act"), NotFound("unknown_customer", "unknown_staff").
    """

    def act(w: Writer) -> None:
        check_past(w, on)
        cid = check_customer(w, customer_no, personal=False)
        check_staff(w, staff_id, on)
        _check_seat(w, cid, seat, on)
        seats = seats_on(w.cursor, (cid,), on.toordinal())[cid]
        if seat == "system":
            _take_system_seat(w, customer_no, staff_id, role, seats, on)
        else:
            _take_owner_seat(w, cid, customer_no, staff_id, role, seats, on)

    return book.once(command, act, by=by)


def _check_seat(w: Writer, cid: int, seat: str, on: date) -> None:
    """What was decided for later days stands: an act of the past may not cut into it."""
    check_among(seat, SEATS, "unknown_seat")
    later = w.cursor.execute(
        "SELECT max(start) FROM care WHERE customer_id = ? AND seat = ? AND start > ? AND end > start",
        (cid, seat, on.toordinal()),
    ).fetchone()[0]
    if later is not None:
        raise Refused("seat_taken_later", day=on.isoformat(), later=date.fromordinal(later).isoformat())


def _take_owner_seat(w: Writer, cid: int, customer_no: str, staff_id: str, role: str, seats: Seats, on: date) -> None:
    day = on.toordinal()
    scheme = w.policy.on(on)
    roles_of = posts_on(w.cursor, day).roles_of
    held = roles_of(staff_id)
    tier = scheme.tier(tiers_on(w.cursor, (cid,), day)[cid])
    if role and role not in held:
        raise Refused("post_not_held", staff_id=staff_id, role=role)
    if not role:
        role = fitting_role(scheme, tier, held, missing_roles(tier, seats.owners, roles_of))
    if role not in scheme.role or not scheme.role[role].owns:
        raise Refused("role_does_not_fit", staff_id=staff_id, customer_no=customer_no)
    if (staff_id, role) in seats.owners:
        raise Refused("already_assigned", staff_id=staff_id, customer_no=customer_no)
    replaced = replaced_by(tier, seats.owners, (staff_id, role), roles_of)
    _take(w, customer_no, staff_id, role, "owner", replaced, on)
    if role == scheme.system_owner_role and seats.system_owner is None:
        _take(w, customer_no, staff_id, role, "system", (), on)


def _take_system_seat(w: Writer, customer_no: str, staff_id: str, role: str, seats: Seats, on: date) -> None:
    wanted = w.policy.on(on).system_owner_role
    if role not in ("", wanted) or wanted not in posts_on(w.cursor, on.toordinal()).roles_of(staff_id):
        raise Refused("post_not_held", staff_id=staff_id, role=wanted)
    if seats.system_owner == staff_id:
        raise Refused("already_assigned", staff_id=staff_id, customer_no=customer_no)
    replaced = (seats.system_owner,) if seats.system_owner is not None else ()
    _take(w, customer_no, staff_id, wanted, "system", replaced, on)


def _take(
    w: Writer, customer_no: str, staff_id: str, role: str, seat: str, replaced: tuple[str, ...], on: date
) -> None:
    w.append(
        f"customer:{customer_no}", *seat_taken(stamped(w.stamp(on)), customer_no, staff_id, role, seat, replaced)
    )


def release(
    book: Book, customer_no: str, staff_id: str, on: date, *, seat: str = "owner", by: str = "", command: str = ""
) -> Receipt:
    """Take a customer back from a member of staff, `on` being the first day without them.

    Refused("not_assigned", "seat_taken_later", "unknown_seat", "future_act"), NotFound("unknown_customer").
    """

    def act(w: Writer) -> None:
        check_past(w, on)
        cid = check_customer(w, customer_no, personal=False)
        _check_seat(w, cid, seat, on)
        seats = seats_on(w.cursor, (cid,), on.toordinal())[cid]
        holders = [staff for staff, _ in seats.owners] if seat == "owner" else [seats.system_owner]
        if staff_id not in holders:
            raise Refused("not_assigned", staff_id=staff_id, customer_no=customer_no)
        event = CustomersReleased(*stamped(w.stamp(on)), (customer_no,), staff_id, seat)
        w.append(f"customer:{customer_no}", event)

    return book.once(command, act, by=by)
