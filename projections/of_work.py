"""The log and what staff take up for customers, as the read model keeps them."""

from datetime import date, datetime

from guanhu.domain.affairs import (
    CustomerReferred,
    DutyWaived,
    HelpAnswered,
    HelpRequested,
    ImportantEventNoted,
    OpinionVoiced,
    ProductEnded,
    ProductHeld,
    PromiseCorrected,
    PromiseExcused,
    PromiseKept,
    PromiseMade,
    ReferralAnswered,
)
from guanhu.domain.contact import ContactLogged, EntryCorrected, VisitLogged, minute_of
from guanhu.domain.events import TOPIC_OF, Event
from guanhu.domain.facts import EVER
from guanhu.projections.former import SAID, keep, keep_rows
from guanhu.projections.projection import Projection, projects


def seconds(moment: datetime) -> int:
    """A recorded time as whole seconds since 1970, UTC."""
    return int(moment.timestamp())


def opened(p: Projection, event: Event, customer_no: str, sealed: bytes) -> str:
    """The free text of an event, "" where there is none or the customer is erased."""
    if not sealed:
        return ""
    (plain,) = p.opened([(customer_no, sealed)], TOPIC_OF[type(event)])
    return plain.decode() if plain is not None else ""


def ordinal(day: date | None) -> int | None:
    """The ordinal of a date that may be missing."""
    return day.toordinal() if day else None


@projects(ContactLogged)
def contact(p: Projection, position: int, event: ContactLogged) -> None:
    """A contact becomes a row of the log."""
    cid = p.id(event.customer_no)
    day = event.occurred_on.toordinal()
    roles = " ".join(sorted(p.roles_of(event.staff_id, day))) if event.staff_id else ""
    note = opened(p, event, event.customer_no, event.note)
    p.acted((
        position, cid, day, "contact", event.channel, event.outcome, event.staff_id, "", roles, note,
        ordinal(event.next_on), event.duration_seconds, seconds(event.recorded_at), event.by, event.imported, None,
    ))  # fmt: skip


@projects(VisitLogged)
def visit(p: Projection, position: int, event: VisitLogged) -> None:
    """A visit, with the posts of all who took part: a duty owed together asks for them."""
    cid = p.id(event.customer_no)
    day = event.occurred_on.toordinal()
    roles = _roles(p, (event.staff_id, *event.companions), day)
    note = opened(p, event, event.customer_no, event.note)
    p.acted((
        position, cid, day, "visit", "", event.outcome, event.staff_id, " ".join(event.companions), roles, note,
        ordinal(event.next_on), event.duration_seconds, seconds(event.recorded_at), event.by, False,
        minute_of(event.began_at),
    ))  # fmt: skip


def _roles(p: Projection, staff: tuple[str, ...], day: int) -> str:
    return " ".join(sorted({role for each in staff for role in p.roles_of(each, day)}))


@projects(EntryCorrected)
def corrected(p: Projection, position: int, event: EntryCorrected) -> None:
    """The row shows what the entry should have said; a withdrawn one counts for nothing."""
    day = event.occurred_on.toordinal()
    p.flush()
    (visitor,) = p.cursor.execute("SELECT staff FROM act WHERE position = ?", (event.corrects,)).fetchone()
    staff = (visitor, *event.companions) if visitor else event.companions
    kind = "contact" if event.channel else "visit"
    p.cursor.execute(
        "UPDATE act SET day = ?, kind = ?, channel = ?, outcome = ?, companions = ?, roles = ?, note = ?, next_day = ?,"
        " corrected = ? WHERE position = ?",
        (
            day, "withdrawn" if event.withdrawn else kind, event.channel, event.outcome,
            " ".join(event.companions), _roles(p, staff, day), opened(p, event, event.customer_no, event.note),
            ordinal(event.next_on), position, event.corrects,
        ),
    )  # fmt: skip
    if kind == "visit":
        p.cursor.execute(
            "UPDATE act SET began = ?, duration = ? WHERE position = ?",
            (minute_of(event.began_at), event.duration_seconds, event.corrects),
        )
    if event.withdrawn:
        p.cursor.execute("INSERT OR REPLACE INTO withdrawn VALUES (?, ?)", (event.corrects, position))
    else:
        p.cursor.execute("DELETE FROM withdrawn WHERE ref = ?", (event.corrects,))
    p.touch(p.id(event.customer_no))


Closing = PromiseKept | PromiseExcused | ReferralAnswered | HelpAnswered

AFFAIR = "INSERT INTO affair VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, '', ?, ?, ?, ?, '', '', NULL)"


def _affair(
    p: Projection, position: int, event: Event, customer_no: str, kind: str, subject: str, staff: str, other: str,
    due: date | None, sealed: bytes,
) -> None:  # fmt: skip
    cid = p.id(customer_no)
    p.cursor.execute(AFFAIR, (
        position, cid, kind, subject, event.occurred_on.toordinal(), staff, other, ordinal(due),
        opened(p, event, customer_no, sealed), seconds(event.recorded_at), event.by, staff,
    ))  # fmt: skip
    p.touch(cid)


def _close(p: Projection, position: int, event: Closing, how: str, sealed: bytes) -> None:
    p.cursor.execute(
        "UPDATE affair SET closed = ?, closed_by = ?, how = ?, closer = ?, closed_text = ?, closed_recorded = ?"
        " WHERE position = ?",
        (
            event.occurred_on.toordinal(), position, how, event.by, opened(p, event, event.customer_no, sealed),
            seconds(event.recorded_at), event.ref,
        ),
    )  # fmt: skip
    p.touch(p.id(event.customer_no))


@projects(PromiseMade)
def promise(p: Projection, position: int, event: PromiseMade) -> None:
    """A promise stands until it is kept or excused."""
    no = event.customer_no
    _affair(p, position, event, no, "promise", "", event.staff_id, "", event.due_on, event.text)


@projects(PromiseCorrected)
def promise_corrected(p: Projection, position: int, event: PromiseCorrected) -> None:
    """The promise says what it should have said; what it said is kept for the one who takes this back."""
    cid = p.id(event.customer_no)
    said = p.cursor.execute("SELECT position, due, text FROM affair WHERE position = ?", (event.ref,)).fetchall()
    keep(p, position, cid, SAID, said)
    p.cursor.execute(
        "UPDATE affair SET due = ?, text = ? WHERE position = ?",
        (event.due_on.toordinal(), opened(p, event, event.customer_no, event.text), event.ref),
    )
    p.touch(cid)


@projects(PromiseKept)
def promise_kept(p: Projection, position: int, event: PromiseKept) -> None:
    """The promise is done."""
    _close(p, position, event, "kept", event.note)


@projects(PromiseExcused)
def promise_excused(p: Projection, position: int, event: PromiseExcused) -> None:
    """The customer was told; the promise is done with."""
    _close(p, position, event, "excused", event.reason)


@projects(ImportantEventNoted)
def important_event(p: Projection, position: int, event: ImportantEventNoted) -> None:
    """Something to congratulate on or to help with."""
    _affair(p, position, event, event.customer_no, "event", event.kind, event.by, "", None, event.note)


@projects(OpinionVoiced)
def opinion(p: Projection, position: int, event: OpinionVoiced) -> None:
    """What the customer thinks."""
    _affair(p, position, event, event.customer_no, "opinion", "", event.staff_id, "", None, event.text)


@projects(CustomerReferred)
def referred(p: Projection, position: int, event: CustomerReferred) -> None:
    """A referral waits for the relationship manager's answer; the referrer keeps the credit."""
    no = event.customer_no
    _affair(p, position, event, no, "referral", "", event.from_staff, event.to_staff, None, event.note)


@projects(ReferralAnswered)
def referral_answered(p: Projection, position: int, event: ReferralAnswered) -> None:
    """Accepted or returned."""
    _close(p, position, event, "accepted" if event.accepted else "returned", event.note)


@projects(HelpRequested)
def requested(p: Projection, position: int, event: HelpRequested) -> None:
    """An outlet waits for the department."""
    no = event.customer_no
    _affair(p, position, event, no, "request", event.kind, event.staff_id, "", event.due_on, event.note)


@projects(HelpAnswered)
def answered(p: Projection, position: int, event: HelpAnswered) -> None:
    """The department has answered."""
    _close(p, position, event, "answered", event.note)


_PRODUCT = "customer_id = ? AND product_no = ?"


@projects(ProductHeld)
def product(p: Projection, position: int, event: ProductHeld) -> None:
    """A product is known from the day it was opened, else from the day it was told."""
    cid = p.id(event.customer_no)
    start = ordinal(event.opened_on) or event.occurred_on.toordinal()
    keep_rows(p, position, event, cid, "product", _PRODUCT, (cid, event.product_no))
    p.cursor.execute("INSERT OR REPLACE INTO product VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (
        cid, event.product_no, event.product, event.amount_fen, ordinal(event.opened_on), ordinal(event.matures_on),
        start, EVER, position,
    ))  # fmt: skip
    p.touch(cid)


@projects(ProductEnded)
def product_ended(p: Projection, position: int, event: ProductEnded) -> None:
    """The product raises nothing from that day on."""
    cid = p.id(event.customer_no)
    keep_rows(p, position, event, cid, "product", _PRODUCT, (cid, event.product_no))
    p.cursor.execute(
        "UPDATE product SET end = ? WHERE customer_id = ? AND product_no = ?",
        (event.occurred_on.toordinal(), cid, event.product_no),
    )
    p.touch(cid)


@projects(DutyWaived)
def waived(p: Projection, position: int, event: DutyWaived) -> None:
    """One occurrence need not be done."""
    cid = p.id(event.customer_no)
    reason = opened(p, event, event.customer_no, event.reason)
    p.cursor.execute("INSERT OR REPLACE INTO waiver VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (
        cid, event.duty, event.occurrence, event.occurred_on.toordinal(), event.by, reason, position,
        seconds(event.recorded_at),
    ))  # fmt: skip
