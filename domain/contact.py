"""The acts of the log "My customers" (我的客户): contacts, visits, and the correction of an entry.

Free text (notes) is sealed with the customer's key.
"""

from datetime import date, time, timedelta

from guanhu.domain.errors import Refused, check_among
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


LONGEST_SECONDS = 86_400
"""A contact takes no longer than a day."""


def reached(kind: str, outcome: str) -> bool:
    """Whether an act of the log reached the customer: a contact by its outcome, a visit by meeting them (DESIGN 6)."""
    return outcome in REACHED if kind == "contact" else kind == "visit" and outcome not in NOBODY_MET


def check_duration(seconds: int | None) -> None:
    """Refused("bad_duration") for a length of time that a contact can't have taken; None is not known."""
    if seconds is not None and not 0 <= seconds <= LONGEST_SECONDS:
        raise Refused("bad_duration", value=str(seconds))


def check_channel(channel: str) -> str:
    """The channel, or Refused("unknown_channel")."""
    return check_among(channel, CHANNELS, "unknown_channel")


def check_outcome(outcome: str) -> str:
    """The outcome, or Refused("unknown_outcome")."""
    return check_among(outcome, OUTCOMES, "unknown_outcome")


def minute_of(at: time | None) -> int | None:
    """The minute of the day of a clock time, as read models keep it."""
    return None if at is None else at.hour * 60 + at.minute


def time_of(minute: int | None) -> time | None:
    """The clock time of a minute of the day."""
    return None if minute is None else time(minute // 60, minute % 60)


def check_times(began_at: time | None, duration: int | None) -> None:
    """Refused("bad_duration") for a visit that lasts no time, or beyond the midnight of its day; `duration` in seconds.

    Without a beginning it may take a whole day.
    """
    began = timedelta(hours=began_at.hour, minutes=began_at.minute) if began_at is not None else timedelta()
    if duration is not None and not 0 < duration <= (timedelta(days=1) - began).total_seconds():
        raise Refused("bad_duration", value=str(duration))


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
    """A visit by a member of staff with companions; it counts for each of them.

    `began_at` is the clock time in China, `duration_seconds` how long it took; None where nobody said so.
    """

    customer_no: str
    staff_id: str
    companions: tuple[str, ...]
    outcome: str
    note: bytes = b""
    next_on: date | None = None
    began_at: time | None = None
    duration_seconds: int | None = None


@topic("corrected")
class EntryCorrected(Event, frozen=True, array_like=True, gc=False):
    """What a log entry should have said; `withdrawn` means that it should not be there at all.

    `occurred_on` is the corrected date of the act. Names the position of the entry first written. The
    reason is sealed like the note, for it can tell as much of the customer. `began_at` and `duration_seconds` are those
    of a visit; the length of a call is not corrected.
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
    began_at: time | None = None
    duration_seconds: int | None = None
