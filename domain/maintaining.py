"""Who maintains should not inspect (SCHEMES.md 1, inspector): what is maintenance, and who must leave it to others.

An inspector who wrote into the log, or moved customers and money, would later judge entries that are partly hers. So
one who holds no other post does none of it. What an inspector does write, inspections, evidence and looking, is none;
nor is what a file brings, whose rows are others' work, and what the book itself derives.
"""

from collections.abc import Collection

from guanhu.domain import affairs, contact, customer, staff, statement, withdrawing
from guanhu.domain.errors import Refused
from guanhu.domain.events import Event

INSPECTS = "inspector"

MAINTENANCE: frozenset[type[Event]] = frozenset({
    customer.CustomersRegistered, customer.ProfileRecorded, customer.CustomerMarked, customer.CustomerUnmarked,
    customer.CustomerTagged, customer.CustomersLinked, customer.CustomerRestricted, customer.CustomerErased,
    contact.ContactLogged, contact.VisitLogged, contact.EntryCorrected,
    affairs.PromiseMade, affairs.PromiseCorrected, affairs.PromiseKept, affairs.PromiseExcused,
    affairs.ImportantEventNoted, affairs.OpinionVoiced, affairs.ProductHeld, affairs.ProductEnded,
    affairs.CustomerReferred, affairs.ReferralAnswered, affairs.HelpRequested, affairs.HelpAnswered, affairs.DutyWaived,
    statement.Deposited, statement.Withdrawn,
    staff.CustomersAssigned, staff.CustomersReleased, staff.AffairsHandedOver, withdrawing.SeatsWithdrawn,
})  # fmt: skip
"""Events of acts on customers, their assignment, and the log."""


def is_maintenance(event: Event) -> bool:
    """Whether an event is an act of maintenance; evidence is taken back by whoever may attach it."""
    if isinstance(event, withdrawing.ActWithdrawn):
        return event.what != "evidence"
    return type(event) in MAINTENANCE


def keeps_apart(roles: Collection[str]) -> bool:
    """Whether somebody with these posts, and no other, only inspects."""
    return set(roles) == {INSPECTS}


def check_maintains(staff_id: str, roles: Collection[str]) -> None:
    """Refused("inspector_maintains") for one whose only post on the day is that of an inspector."""
    if keeps_apart(roles):
        raise Refused("inspector_maintains", staff_id=staff_id)
