"""What staff take up for a customer besides contacts: promises, referrals, events, products, requests.

Each is opened by one event and closed by another; `ref` is the position of the event that opened it.
"""

from datetime import date

from guanhu.domain.events import Event, topic

EVENT_KINDS = (
    "wedding",
    "birth",
    "promotion",
    "moving",
    "study",
    "retirement",
    "illness",
    "bereavement",
    "business",
    "other",
)

REQUESTS = ("joint_visit", "support")


@topic("promise")
class PromiseMade(Event, frozen=True, array_like=True, gc=False):
    """A promise to the customer, by whom, to be kept by a date."""

    customer_no: str
    staff_id: str
    due_on: date
    text: bytes


@topic("promise_corrected")
class PromiseCorrected(Event, frozen=True, array_like=True, gc=False):
    """What the promise at position `ref` should have said: its text and its date. The reason is sealed too."""

    customer_no: str
    ref: int
    due_on: date
    text: bytes
    reason: bytes


@topic("promise_kept")
class PromiseKept(Event, frozen=True, array_like=True, gc=False):
    """The promise made at position `ref` was kept."""

    customer_no: str
    ref: int
    note: bytes = b""


@topic("promise_excused")
class PromiseExcused(Event, frozen=True, array_like=True, gc=False):
    """The customer was told why the promise at `ref` can't be kept."""

    customer_no: str
    ref: int
    reason: bytes = b""


@topic("important_event")
class ImportantEventNoted(Event, frozen=True, array_like=True, gc=False):
    """Something important in the customer's life, on `occurred_on`."""

    customer_no: str
    kind: str
    note: bytes = b""


@topic("opinion")
class OpinionVoiced(Event, frozen=True, array_like=True, gc=False):
    """What the customer thinks or proposes, carried to those who should hear it."""

    customer_no: str
    staff_id: str
    text: bytes


@topic("product")
class ProductHeld(Event, frozen=True, array_like=True, gc=False):
    """A product that the customer holds; the same `product_no` again replaces what was known of it."""

    customer_no: str
    product_no: str
    product: str
    amount_fen: int
    opened_on: date | None
    matures_on: date | None


@topic("product_ended")
class ProductEnded(Event, frozen=True, array_like=True, gc=False):
    """The product is no longer held."""

    customer_no: str
    product_no: str


@topic("referred")
class CustomerReferred(Event, frozen=True, array_like=True, gc=False):
    """A customer passed upward (转介) by `from_staff` to `to_staff`."""

    customer_no: str
    from_staff: str
    to_staff: str
    note: bytes = b""


@topic("referral_answered")
class ReferralAnswered(Event, frozen=True, array_like=True, gc=False):
    """The referral at `ref` was accepted or returned."""

    customer_no: str
    ref: int
    accepted: bool
    note: bytes = b""


@topic("requested")
class HelpRequested(Event, frozen=True, array_like=True, gc=False):
    """An outlet asks the department for a joint visit (by `due_on`) or for support."""

    customer_no: str
    kind: str
    staff_id: str
    due_on: date | None
    note: bytes = b""


@topic("request_answered")
class HelpAnswered(Event, frozen=True, array_like=True, gc=False):
    """The department answered the request at `ref`."""

    customer_no: str
    ref: int
    note: bytes = b""


@topic("waived")
class DutyWaived(Event, frozen=True, array_like=True, gc=False):
    """One occurrence of a duty need not be done, by whom and why (sealed text)."""

    customer_no: str
    duty: str
    occurrence: str
    reason: bytes
