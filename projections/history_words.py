"""What each event says of one customer, as a code and facts: whoever shows it makes a sentence of them.

Of an event that holds many customers, only this one's row is told. Free text stands under `text`, opened;
it is "" where the customer is erased or the personal data are restricted.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from guanhu.domain import affairs, contact, customer, evidence, looking, staff, statement, withdrawing
from guanhu.domain.customer import PersonalData
from guanhu.domain.events import Event
from guanhu.projections import inspection_told

Details = dict[str, Any]
"""Facts by name: str, int (fen where the name says so), bool, date, lists of str, None."""

Opened = Callable[[bytes], bytes]
"""Opens what the event sealed; b"" where nothing may be shown."""

Telling = Callable[[Any, str, Opened], tuple[str, Details] | None]

_decode = msgspec.msgpack.Decoder(PersonalData).decode


def told(event: Event, customer_no: str, opened: Opened) -> tuple[str, Details] | None:
    """Code and details of what an event says of the customer; None where it says nothing of them."""
    telling = _TELLINGS.get(type(event))
    return telling(event, customer_no, opened) if telling else None


def _text(sealed: bytes, opened: Opened) -> str:
    return opened(sealed).decode() if sealed else ""


def _person(sealed: bytes, opened: Opened) -> PersonalData:
    plain = opened(sealed)
    return _decode(plain) if plain else PersonalData()


# ---------------------------------------------------------------- the customer
def _registered(event: customer.CustomersRegistered, no: str, opened: Opened) -> tuple[str, Details] | None:
    if no not in event.customer_nos:
        return None
    n = event.customer_nos.index(no)
    person = _person(event.sealed[n], opened)
    return "registered", {"outlet": event.outlets[n], "name": person.name, "facts": sorted(person.facts)}


def _profile(event: customer.ProfileRecorded, no: str, opened: Opened) -> tuple[str, Details]:
    person = _person(event.sealed, opened)
    learned = sorted(fact for fact, value in person.facts.items() if value)
    taken_back = sorted(fact for fact, value in person.facts.items() if not value)
    return "profile", {"name": person.name, "facts": learned, "taken_back": taken_back, "outlet": event.outlet}


def _mark(event: customer.CustomerMarked | customer.CustomerUnmarked, no: str, opened: Opened) -> tuple[str, Details]:
    code = "marked" if isinstance(event, customer.CustomerMarked) else "unmarked"
    return code, {"mark": event.mark, "text": _text(event.reason, opened)}


def _tag(event: customer.CustomerTagged, no: str, opened: Opened) -> tuple[str, Details]:
    return "tagged" if event.on else "untagged", {"tag": _text(event.tag, opened)}


def _link(event: customer.CustomersLinked, no: str, opened: Opened) -> tuple[str, Details]:
    other = event.other_no if event.customer_no == no else event.customer_no
    return "linked" if event.on else "unlinked", {"other_no": other, "relation": event.relation}


def _restricted(event: customer.CustomerRestricted, no: str, opened: Opened) -> tuple[str, Details]:
    return "restricted" if event.on else "unrestricted", {"reason": _text(event.reason, opened)}


def _erased(event: customer.CustomerErased, no: str, opened: Opened) -> tuple[str, Details]:
    return "erased", {"reason": event.reason}


def _looked(event: looking.Looked, no: str, opened: Opened) -> tuple[str, Details]:
    return "looked", {"look": event.kind, "subject": event.subject, "form": event.form, "login": event.login}


# ---------------------------------------------------------------- money and tiers
def _balances(event: statement.BalancesReported, no: str, opened: Opened) -> tuple[str, Details] | None:
    if no in event.customer_nos:
        return "balance", {"fen": event.fens[event.customer_nos.index(no)], "late": event.late}
    # Whoever gathers the events knows that the bitmap holds this customer.
    return ("unchanged", {}) if event.unchanged else None


def _moved(event: statement.Deposited | statement.Withdrawn, no: str, opened: Opened) -> tuple[str, Details]:
    return "deposit" if isinstance(event, statement.Deposited) else "withdrawal", {"fen": event.fen}


def _tier(event: statement.TiersChanged, no: str, opened: Opened) -> tuple[str, Details] | None:
    if no not in event.customer_nos:
        return None
    n = event.customer_nos.index(no)
    return "tier", {
        "from_tier": event.from_tiers[n] or None, "to_tier": event.to_tiers[n] or None, "basis_fen": event.bases[n],
        "rule": event.rules[n], "scheme": event.scheme, "version": event.version,
    }  # fmt: skip


# ---------------------------------------------------------------- who looks after them
def _assigned(event: staff.CustomersAssigned, no: str, opened: Opened) -> tuple[str, Details] | None:
    if no not in event.customer_nos:
        return None
    former = event.replaces[event.customer_nos.index(no)]
    return "assigned", {"staff": event.staff_id, "role": event.role, "seat": event.seat, "replaces": former}


def _released(event: staff.CustomersReleased, no: str, opened: Opened) -> tuple[str, Details] | None:
    return ("released", {"staff": event.staff_id, "seat": event.seat}) if no in event.customer_nos else None


# ---------------------------------------------------------------- acts
def _contact(event: contact.ContactLogged, no: str, opened: Opened) -> tuple[str, Details]:
    return "contact", {
        "staff": event.staff_id, "channel": event.channel, "outcome": event.outcome, "next_on": event.next_on,
        "text": _text(event.note, opened), "imported": event.imported,
    }  # fmt: skip


def _visit(event: contact.VisitLogged, no: str, opened: Opened) -> tuple[str, Details]:
    return "visit", {
        "staff": event.staff_id, "companions": list(event.companions), "outcome": event.outcome,
        "next_on": event.next_on, "text": _text(event.note, opened), **_times(event),
    }  # fmt: skip


def _times(event: contact.VisitLogged | contact.EntryCorrected) -> Details:
    """When a visit began and how long it took, where somebody said so."""
    told = {"began_at": event.began_at, "duration_seconds": event.duration_seconds}
    return {name: value for name, value in told.items() if value is not None}


def _corrected(event: contact.EntryCorrected, no: str, opened: Opened) -> tuple[str, Details]:
    reason = _text(event.reason, opened)
    if event.withdrawn:
        return "entry_withdrawn", {"position": event.corrects, "reason": reason}
    return "entry_corrected", {
        "position": event.corrects, "reason": reason, "channel": event.channel, "outcome": event.outcome,
        "companions": list(event.companions), "next_on": event.next_on, "text": _text(event.note, opened),
        **_times(event),
    }  # fmt: skip


# ---------------------------------------------------------------- affairs
def _promise(event: affairs.PromiseMade, no: str, opened: Opened) -> tuple[str, Details]:
    return "promise", {"staff": event.staff_id, "due_on": event.due_on, "text": _text(event.text, opened)}


def _promise_corrected(event: affairs.PromiseCorrected, no: str, opened: Opened) -> tuple[str, Details]:
    return "promise_corrected", {
        "ref": event.ref, "due_on": event.due_on, "text": _text(event.text, opened),
        "reason": _text(event.reason, opened),
    }  # fmt: skip


def _kept(event: affairs.PromiseKept, no: str, opened: Opened) -> tuple[str, Details]:
    return "promise_kept", {"ref": event.ref, "text": _text(event.note, opened)}


def _excused(event: affairs.PromiseExcused, no: str, opened: Opened) -> tuple[str, Details]:
    return "promise_excused", {"ref": event.ref, "text": _text(event.reason, opened)}


def _event(event: affairs.ImportantEventNoted, no: str, opened: Opened) -> tuple[str, Details]:
    return "important_event", {"kind": event.kind, "text": _text(event.note, opened)}


def _opinion(event: affairs.OpinionVoiced, no: str, opened: Opened) -> tuple[str, Details]:
    return "opinion", {"staff": event.staff_id, "text": _text(event.text, opened)}


def _product(event: affairs.ProductHeld, no: str, opened: Opened) -> tuple[str, Details]:
    return "product", {
        "product_no": event.product_no, "product": event.product, "amount_fen": event.amount_fen,
        "opened_on": event.opened_on, "matures_on": event.matures_on,
    }  # fmt: skip


def _product_ended(event: affairs.ProductEnded, no: str, opened: Opened) -> tuple[str, Details]:
    return "product_ended", {"product_no": event.product_no}


def _referred(event: affairs.CustomerReferred, no: str, opened: Opened) -> tuple[str, Details]:
    return "referred", {"staff": event.from_staff, "to_staff": event.to_staff, "text": _text(event.note, opened)}


def _answered(event: affairs.ReferralAnswered, no: str, opened: Opened) -> tuple[str, Details]:
    code = "referral_accepted" if event.accepted else "referral_returned"
    return code, {"ref": event.ref, "text": _text(event.note, opened)}


def _requested(event: affairs.HelpRequested, no: str, opened: Opened) -> tuple[str, Details]:
    return "requested", {
        "request": event.kind, "staff": event.staff_id, "due_on": event.due_on, "text": _text(event.note, opened),
    }  # fmt: skip


def _helped(event: affairs.HelpAnswered, no: str, opened: Opened) -> tuple[str, Details]:
    return "request_answered", {"ref": event.ref, "text": _text(event.note, opened)}


def _evidence(event: evidence.EvidenceAttached, no: str, opened: Opened) -> tuple[str, Details]:
    return "evidence", {
        "entry": event.entry, "kind": event.kind, "seconds": event.seconds, "reached": event.reached,
        "sha256": event.sha256, "text": _text(event.text, opened),
    }  # fmt: skip


def _waived(event: affairs.DutyWaived, no: str, opened: Opened) -> tuple[str, Details]:
    return "waived", {"duty": event.duty, "occurrence": event.occurrence, "text": _text(event.reason, opened)}


# ---------------------------------------------------------------- acts taken back
def _withdrawn(event: withdrawing.ActWithdrawn, no: str, opened: Opened) -> tuple[str, Details]:
    return "withdrawn", {"ref": event.ref, "what": event.what, "reason": _text(event.reason, opened)}


def _seats_withdrawn(event: withdrawing.SeatsWithdrawn, no: str, opened: Opened) -> tuple[str, Details] | None:
    return ("seats_withdrawn", {"ref": event.ref, "reason": event.reason}) if no in event.customer_nos else None


_TELLINGS: dict[type[Event], Telling] = {
    customer.CustomersRegistered: _registered,
    customer.ProfileRecorded: _profile,
    customer.CustomerMarked: _mark,
    customer.CustomerUnmarked: _mark,
    customer.CustomerTagged: _tag,
    customer.CustomersLinked: _link,
    customer.CustomerRestricted: _restricted,
    customer.CustomerErased: _erased,
    looking.Looked: _looked,
    withdrawing.ActWithdrawn: _withdrawn,
    withdrawing.SeatsWithdrawn: _seats_withdrawn,
    statement.BalancesReported: _balances,
    statement.Deposited: _moved,
    statement.Withdrawn: _moved,
    statement.TiersChanged: _tier,
    staff.CustomersAssigned: _assigned,
    staff.CustomersReleased: _released,
    contact.ContactLogged: _contact,
    contact.VisitLogged: _visit,
    contact.EntryCorrected: _corrected,
    affairs.PromiseMade: _promise,
    affairs.PromiseCorrected: _promise_corrected,
    affairs.PromiseKept: _kept,
    affairs.PromiseExcused: _excused,
    affairs.ImportantEventNoted: _event,
    affairs.OpinionVoiced: _opinion,
    affairs.ProductHeld: _product,
    affairs.ProductEnded: _product_ended,
    affairs.CustomerReferred: _referred,
    affairs.ReferralAnswered: _answered,
    affairs.HelpRequested: _requested,
    affairs.HelpAnswered: _helped,
    affairs.DutyWaived: _waived,
    **inspection_told.TELLINGS,
    evidence.EvidenceAttached: _evidence,
}
