"""The acts of the log "My customers" (我的客户): contacts, visits, and the correction of an entry.

Free text (notes) is sealed with the customer's key.
"""

from datetime import date

from guanhu.domain.errors import Refused
from guanhu.domain.events import Event, topic

CHANNELS = ("phone", "wecom", "message", "letter", "counter", "other")
OUTCOMES = (
    "reached_success",
    "reached_declined",
    "reached_other",
    "appointment",
    "replied",
    "sent",
    "no_answer",
    "message_left",
    "wrong_number",
    "do_not_disturb",
)
REACHED = frozenset({"reached_success", "reached_declined", "reached_other", "appointment", "replied"})
"""Outcomes of a contact that reached the customer (DESIGN 6)."""

NOBODY_MET = frozenset({"no_answer", "message_left", "wrong_number"})
"""Outcomes with which a visit met nobody, and so discharges nothing."""


def check_channel(channel: str) -> str:
    """The channel, or Refused("unknown_channel")."""
    if channel not in CHANNELS:
        raise Refused("unknown_channel", value=channel, allowed=", ".join(CHANNELS))
    return channel


def check_outcome(outcome: str) -> str:
    """The outcome, or Refused("unknown_outcome")."""
    if outcome not in OUTCOMES:
        raise Refused("unknown_outcome", value=outcome, allowed=", ".join(OUTCOMES))
    return outcome


@topic("contact")
class ContactLogged(Event, frozen=True, array_like=True, gc=False):
    """A contact with a customer; `staff_id` is "" where an imported record names nobody."""

    customer_no: str
    staff_id: str
    channel: str
    outcome: str
    note: bytes = b""
    next_on: date | None = None
    duration_seconds: int | None = None
    imported: bool = False


@topic("visit")
class VisitLogged(Event, frozen=True, array_like=True, gc=False):
    """A visit by a member of staff with companions; it counts for each of them."""

    customer_no: str
    staff_id: str
    companions: tuple[str, ...]
    outcome: str
    note: bytes = b""
    next_on: date | None = None


@topic("corrected")
class EntryCorrected(Event, frozen=True, array_like=True, gc=False):
    """What a log entry should have said; `withdrawn` means that it should not be there at all.

    `occurred_on` is the corrected date of the act. Names the position of the entry first written. The
    reason is sealed like the note, for it can tell as much of the customer.
    """

    customer_no: str
    corrects: int
    channel: str
    outcome: str
    note: bytes
    next_on: date | None
    companions: tuple[str, ...]
    withdrawn: bool
    reason: bytes
