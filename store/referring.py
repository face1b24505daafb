"""The seats that a relationship manager takes by accepting a referral (SCHEMES.md 1: tellers pass customers upward).

The purpose is that a customer who rises is with somebody who can look after them. So the relationship manager
becomes owner where the customer's tier asks for a post of theirs that nobody holds yet, and system owner where
there is none. Nobody whose post suits the tier loses the seat: that is for the outlet manager to decide.
"""

from datetime import date
from sqlite3 import Cursor

from guanhu.domain.assignment import replaced_by, seat_taken
from guanhu.domain.events import Event, stamped
from guanhu.domain.responsibility import missing_roles
from guanhu.projections.assignment import seats_on, tiers_on
from guanhu.projections.posts import posts_on
from guanhu.store.writer import Writer


def may_answer(cursor: Cursor, ref: int, staff_id: str, to_staff: str, accept: bool, on: date) -> bool:
    """Whether a member of staff may answer a referral to `to_staff` on a day."""
    posts = posts_on(cursor, on.toordinal())
    if staff_id in (to_staff, posts.away.get(to_staff)) or staff_id in posts.managers.values():
        return True
    sent = cursor.execute("SELECT 1 FROM affair WHERE position = ? AND staff = ?", (ref, staff_id)).fetchone()
    return not accept and sent is not None


def taken_over(w: Writer, customer_no: str, staff_id: str, on: date) -> list[Event]:
    """The assignments that accepting brings; none where the seats are held, or were given on a later day."""
    w.settle()
    cid, day = w.projection.id(customer_no), on.toordinal()
    later = w.cursor.execute(
        "SELECT 1 FROM care WHERE customer_id = ? AND seat <> 'gap' AND start > ? AND end > start", (cid, day)
    ).fetchone()
    if later:
        return []
    scheme = w.policy.on(on)
    roles_of = posts_on(w.cursor, day).roles_of
    seats = seats_on(w.cursor, (cid,), day)[cid]
    tier = scheme.tier(tiers_on(w.cursor, (cid,), day)[cid])
    head, events = stamped(w.stamp(on)), list[Event]()
    role = next((role for role in missing_roles(tier, seats.owners, roles_of) if role in roles_of(staff_id)), None)
    if role is not None:
        former = replaced_by(tier, seats.owners, (staff_id, role), roles_of)
        events += seat_taken(head, customer_no, staff_id, role, "owner", former)
    if seats.system_owner is None and scheme.system_owner_role in roles_of(staff_id):
        events += seat_taken(head, customer_no, staff_id, scheme.system_owner_role, "system", ())
    return events
