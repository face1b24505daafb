"""Members of staff and outlets: enrolled, posted, on leave, gone; and whom customers are assigned to.

A post is a role at an outlet. A customer has owners (管户人) and a system owner (系统管户); the two are
`seat`s of an assignment.
"""

from datetime import date

from guanhu.domain.events import Event, topic

SEATS = ("owner", "system")


@topic("enrolled")
class StaffEnrolled(Event, frozen=True, array_like=True, gc=False):
    """A member of staff; `login` is the system's user for whom commands act when none is named."""

    staff_id: str
    name: str
    login: str = ""


@topic("role_given")
class RoleGiven(Event, frozen=True, array_like=True, gc=False):
    """A post: a role at an outlet, from `occurred_on`."""

    staff_id: str
    role: str
    outlet: str


@topic("role_taken")
class RoleTaken(Event, frozen=True, array_like=True, gc=False):
    """The post ends on `occurred_on` (first day without it)."""

    staff_id: str
    role: str
    outlet: str


@topic("staff_left")
class StaffLeft(Event, frozen=True, array_like=True, gc=False):
    """The member of staff left; first day away is `occurred_on`."""

    staff_id: str


@topic("handed_over")
class AffairsHandedOver(Event, frozen=True, array_like=True, gc=False):
    """Open promises, referrals and requests of one member of staff go to another, from `occurred_on`."""

    staff_id: str
    to_staff: str


@topic("leave")
class LeaveArranged(Event, frozen=True, array_like=True, gc=False):
    """Leave from `occurred_on` to `to` (both days away), with a stand-in (代班) who sees the queue."""

    staff_id: str
    stand_in: str
    to: date


@topic("reviewed")
class DayReviewed(Event, frozen=True, array_like=True, gc=False):
    """The member of staff has gone through the list of the day (SCHEMES.md 1, daily_review)."""

    staff_id: str
    note: str = ""


@topic("outlet_opened")
class OutletOpened(Event, frozen=True, array_like=True, gc=False):
    """An outlet (网点), or its new name."""

    outlet: str
    name: str


@topic("outlet_closed")
class OutletClosed(Event, frozen=True, array_like=True, gc=False):
    """The outlet is closed from `occurred_on`."""

    outlet: str


@topic("supervised")
class OutletSupervised(Event, frozen=True, array_like=True, gc=False):
    """The department looked at the outlet's maintenance of the day (SCHEMES.md 1, supervision)."""

    outlet: str
    staff_id: str
    note: str = ""


@topic("assigned")
class CustomersAssigned(Event, frozen=True, array_like=True, gc=False):
    """Customers given to a member of staff, from `occurred_on`, in columns.

    `bulk`: handed over many at once, which gives more time for the first contact. `replaces`: the
    owner, per customer, whose seat is taken over ("" where the seat was empty or is shared).
    """

    customer_nos: tuple[str, ...]
    staff_id: str
    role: str
    seat: str
    bulk: bool
    replaces: tuple[str, ...]


@topic("released")
class CustomersReleased(Event, frozen=True, array_like=True, gc=False):
    """Customers no longer with that member of staff, in columns; first day without is `occurred_on`."""

    customer_nos: tuple[str, ...]
    staff_id: str
    seat: str


@topic("scheme")
class SchemeAdopted(Event, frozen=True, array_like=True, gc=False):
    """A scheme governs from `occurred_on`; its full text is kept, so that the past can be judged by it."""

    scheme: str
    version: int
    text: str
