"""Customers: registered, profiled, marked, tagged, linked, restricted, erased.

Personal data travel sealed: an opaque blob that only the book's keys open (DESIGN 3). What is in
it is `PersonalData`.
"""

import msgspec

from guanhu.domain.events import Event, topic

MARKS = ("prospect", "do_not_disturb", "deceased", "closed")
SILENT_MARKS = frozenset({"do_not_disturb", "deceased", "closed"})
"""A customer so marked raises no duty that would contact them (SCHEMES.md 1)."""

RELATIONS = ("family", "colleague", "introduced_by", "other")


class PersonalData(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is sealed at registration: the name and the facts of the profile."""

    name: str = ""
    facts: dict[str, str] = {}


@topic("registered")
class CustomersRegistered(Event, frozen=True, array_like=True, gc=False):
    """Customers that the book now knows, in columns (up to 5,000); a registration holds on every date."""

    customer_nos: tuple[str, ...]
    outlets: tuple[str, ...]
    sealed: tuple[bytes, ...]


@topic("profile")
class ProfileRecorded(Event, frozen=True, array_like=True, gc=False):
    """Facts learned of a customer; the sealed part is a `PersonalData` of what changed ("" takes a fact back)."""

    customer_no: str
    sealed: bytes
    outlet: str | None = None


@topic("marked")
class CustomerMarked(Event, frozen=True, array_like=True, gc=False):
    """A mark set on a customer, with its reason (sealed text)."""

    customer_no: str
    mark: str
    reason: bytes


@topic("unmarked")
class CustomerUnmarked(Event, frozen=True, array_like=True, gc=False):
    """A mark taken off a customer, with its reason (sealed text)."""

    customer_no: str
    mark: str
    reason: bytes


@topic("tagged")
class CustomerTagged(Event, frozen=True, array_like=True, gc=False):
    """A tag (标签, sealed text) that staff put on a customer, or took off (`on` false)."""

    customer_no: str
    tag: bytes
    on: bool


@topic("linked")
class CustomersLinked(Event, frozen=True, array_like=True, gc=False):
    """A relation between two customers, or its end (`on` false)."""

    customer_no: str
    other_no: str
    relation: str
    on: bool


@topic("restricted")
class CustomerRestricted(Event, frozen=True, array_like=True, gc=False):
    """Personal data are kept but no longer used or shown (or used again, `on` false); the reason is sealed."""

    customer_no: str
    reason: bytes
    on: bool


@topic("erased")
class CustomerErased(Event, frozen=True, array_like=True, gc=False):
    """The customer's key was destroyed: nobody can read the personal data in the events any more.

    The reason stays readable, for it must outlive the key: it names a request or a rule, not the person.
    """

    customer_no: str
    reason: str
