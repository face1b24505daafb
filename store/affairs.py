"""What staff take up for a customer besides contacts: promises, referrals, events, opinions, products, waivers.

What was opened is closed once; its `ref` is the position of the event that opened it. Nothing is closed on a
day before it was opened, and nothing is dated after today (SCHEMES.md 1; 6: promises, opinions, referrals).
"""

from datetime import date

from guanhu.domain.affairs import (
    EVENT_KINDS,
    CustomerReferred,
    DutyWaived,
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
from guanhu.domain.errors import NotFound, Refused, check_among
from guanhu.domain.events import Event, stamped
from guanhu.domain.facts import EVER
from guanhu.domain.money import format_yuan
from guanhu.domain.named import named_occurrence
from guanhu.domain.text import clean
from guanhu.projections.facts_of import load_facts
from guanhu.projections.posts import roles_on
from guanhu.store.book import Book, Receipt
from guanhu.store.checks import check_later, check_past, check_staff, free_text, needed_reason, needed_text, who
from guanhu.store.referring import may_answer, taken_over
from guanhu.store.registering import check_customer
from guanhu.store.statements import LARGEST_FEN
from guanhu.store.writer import Writer


def opened_at(w: Writer, kind: str, ref: int, on: date) -> tuple[str, str]:
    """Customer and addressee of what was opened at `ref`; NotFound("unknown_affair"), Refused("already_closed")."""
    row = w.cursor.execute(
        "SELECT no, other, day, closed FROM affair JOIN customer ON id = customer_id"
        " WHERE affair.position = ? AND kind = ?",
        (ref, kind),
    ).fetchone()
    if row is None:
        raise NotFound("unknown_affair", position=ref, kind=kind)
    no, other, day, closed = row
    check_customer(w, no)
    check_past(w, on)
    if closed is not None:
        raise Refused("already_closed", position=ref, day=date.fromordinal(closed).isoformat())
    check_later(on, date.fromordinal(day), "closed_on")
    return no, other


def append(w: Writer, customer_no: str, *events: Event) -> None:
    """Write events of a customer."""
    w.append(f"customer:{customer_no}", *events)


# ---------------------------------------------------------------- promises
def make_promise(
    book: Book, customer_no: str, text: str, due_on: date, on: date, *, staff: str = "", by: str = "", command: str = ""
) -> Receipt:
    """Note a promise to the customer, to be kept by `due_on`. Refused("text_missing", "before_the_act")."""

    def act(w: Writer) -> None:
        check_customer(w, customer_no)
        check_past(w, on)
        check_later(due_on, on, "due_on")
        sealed = w.seal(customer_no, needed_text(text), "promise")
        append(w, customer_no, PromiseMade(*stamped(w.stamp(on)), customer_no, who(w, staff, on), due_on, sealed))

    return book.once(command, act, by=by)


def correct_promise(
    book: Book, ref: int, reason: str, *, text: str | None = None, due_on: date | None = None, by: str = "",
    command: str = "",
) -> Receipt:  # fmt: skip
    """Say what an open promise should have said; what is None stays.

    NotFound("unknown_affair"); Refused("already_closed", "reason_missing", "text_missing", "nothing_to_correct",
    "before_the_act").
    """

    def act(w: Writer) -> None:
        no, _ = opened_at(w, "promise", ref, book.today)
        made, old_text, old_due = w.cursor.execute(
            "SELECT day, text, due FROM affair WHERE position = ?", (ref,)
        ).fetchone()
        why, on = needed_reason(reason), date.fromordinal(made)
        said = old_text if text is None else needed_text(text)
        until = due_on or date.fromordinal(old_due)
        if (said, until.toordinal()) == (old_text, old_due):
            raise Refused("nothing_to_correct")
        check_later(until, on, "due_on")
        topic = "promise_corrected"
        append(w, no, PromiseCorrected(
            *stamped(w.stamp(on)), no, ref, until, w.seal(no, said, topic), w.seal(no, why, topic)
        ))  # fmt: skip

    return book.once(command, act, by=by)


def keep_promise(book: Book, ref: int, on: date, *, note: str = "", by: str = "", command: str = "") -> Receipt:
    """Say that a promise was kept. NotFound("unknown_affair"); Refused("already_closed")."""

    def act(w: Writer) -> None:
        no, _ = opened_at(w, "promise", ref, on)
        sealed = w.seal(no, free_text(note), "promise_kept")
        append(w, no, PromiseKept(*stamped(w.stamp(on)), no, ref, sealed))

    return book.once(command, act, by=by)


def excuse_promise(book: Book, ref: int, reason: str, on: date, *, by: str = "", command: str = "") -> Receipt:
    """Say that the customer was told why a promise can't be kept. Refused("reason_missing", "already_closed")."""

    def act(w: Writer) -> None:
        no, _ = opened_at(w, "promise", ref, on)
        sealed = w.seal(no, needed_reason(reason), "promise_excused")
        append(w, no, PromiseExcused(*stamped(w.stamp(on)), no, ref, sealed))

    return book.once(command, act, by=by)


# ---------------------------------------------------------------- referrals
def refer(
    book: Book, customer_no: str, to_staff: str, on: date, *, from_staff: str = "", note: str = "", by: str = "",
    command: str = "",
) -> Receipt:  # fmt: skip
    """Pass a customer upward (转介) to a relationship manager (SCHEMES.md 1, referral).

    Refused("post_not_held", "referred_to_self", "already_referred"): one open referral of a customer is enough, for
    two who both accept would have one customer.
    """

    def act(w: Writer) -> None:
        cid = check_customer(w, customer_no)
        check_past(w, on)
        check_staff(w, to_staff, on)
        wanted = w.policy.on(on).system_owner_role
        if wanted not in roles_on(w.cursor, to_staff, on.toordinal()):
            raise Refused("post_not_held", staff_id=to_staff, role=wanted)
        sender = who(w, from_staff, on)
        if sender == to_staff:
            raise Refused("referred_to_self", staff_id=to_staff)
        waiting = w.cursor.execute(
            "SELECT position, other FROM affair WHERE customer_id = ? AND kind = 'referral' AND closed IS NULL", (cid,)
        ).fetchone()
        if waiting:
            raise Refused("already_referred", position=waiting[0], staff_id=waiting[1])
        sealed = w.seal(customer_no, free_text(note), "referred")
        append(w, customer_no, CustomerReferred(*stamped(w.stamp(on)), customer_no, sender, to_staff, sealed))

    return book.once(command, act, by=by)


def answer_referral(
    book: Book, ref: int, accept: bool, on: date, *, note: str = "", by: str = "", command: str = ""
) -> Receipt:
    """Accept a referral, or return it. NotFound("unknown_affair"); Refused("already_closed", "not_yours").

    It is for whom it was sent to, their stand-in of that day or an outlet manager to answer; who sent it may take
    it back. Accepting gives the seats that are free and suit: see `referring.taken_over`.
    """

    def act(w: Writer) -> None:
        no, to_staff = opened_at(w, "referral", ref, on)
        if w.by and not may_answer(w.cursor, ref, w.by, to_staff, accept, on):
            raise Refused("not_yours", position=ref, staff_id=to_staff)
        sealed = w.seal(no, free_text(note), "referral_answered")
        seats = taken_over(w, no, to_staff, on) if accept else []
        append(w, no, ReferralAnswered(*stamped(w.stamp(on)), no, ref, accept, sealed), *seats)

    return book.once(command, act, by=by)


# ---------------------------------------------------------------- events and opinions
def note_event(
    book: Book, customer_no: str, kind: str, on: date, *, note: str = "", by: str = "", command: str = ""
) -> Receipt:
    """Note something important in the customer's life, on its day. Refused("unknown_event_kind")."""

    def act(w: Writer) -> None:
        check_customer(w, customer_no)
        check_past(w, on)
        check_among(kind, EVENT_KINDS, "unknown_event_kind")
        sealed = w.seal(customer_no, free_text(note), "important_event")
        append(w, customer_no, ImportantEventNoted(*stamped(w.stamp(on)), customer_no, kind, sealed))

    return book.once(command, act, by=by)


def voice_opinion(
    book: Book, customer_no: str, text: str, on: date, *, staff: str = "", by: str = "", command: str = ""
) -> Receipt:
    """Note what the customer thinks or proposes. Refused("text_missing")."""

    def act(w: Writer) -> None:
        check_customer(w, customer_no)
        check_past(w, on)
        sealed = w.seal(customer_no, needed_text(text), "opinion")
        append(w, customer_no, OpinionVoiced(*stamped(w.stamp(on)), customer_no, who(w, staff, on), sealed))

    return book.once(command, act, by=by)


# ---------------------------------------------------------------- products
def hold_product(
    book: Book, customer_no: str, product: str, amount_fen: int, on: date, *, product_no: str = "",
    opened_on: date | None = None, matures_on: date | None = None, by: str = "", command: str = "",
) -> Receipt:  # fmt: skip
    """Note a product that the customer holds; the same `product_no` again replaces what was known of it.

    Without a number, name and dates together are one, as in a file. Amount in fen.
    Refused("text_missing", "amount_too_large", "not_positive", "before_the_act").
    """

    def act(w: Writer) -> None:
        check_customer(w, customer_no, personal=False)
        check_past(w, on)
        name = needed_text(clean(product))
        if not 0 <= amount_fen <= LARGEST_FEN:
            raise Refused("not_positive" if amount_fen < 0 else "amount_too_large", value=format_yuan(amount_fen))
        if opened_on is not None:
            check_past(w, opened_on)
            check_later(matures_on, opened_on, "matures_on")
        number = clean(product_no) or "/".join((name, str(opened_on or ""), str(matures_on or "")))
        head = stamped(w.stamp(on))
        append(w, customer_no, ProductHeld(*head, customer_no, number, name, amount_fen, opened_on, matures_on))

    return book.once(command, act, by=by)


def end_product(book: Book, customer_no: str, product_no: str, on: date, *, by: str = "", command: str = "") -> Receipt:
    """Note that a product is no longer held. NotFound("unknown_product"); Refused("already_closed")."""

    def act(w: Writer) -> None:
        cid = check_customer(w, customer_no, personal=False)
        check_past(w, on)
        row = w.cursor.execute(
            "SELECT start, end, position FROM product WHERE customer_id = ? AND product_no = ?", (cid, product_no)
        ).fetchone()
        if row is None:
            raise NotFound("unknown_product", customer_no=customer_no, product_no=product_no)
        if row[1] != EVER:
            raise Refused("already_closed", position=row[2], day=date.fromordinal(row[1]).isoformat())
        check_later(on, date.fromordinal(row[0]), "closed_on")
        append(w, customer_no, ProductEnded(*stamped(w.stamp(on)), customer_no, product_no))

    return book.once(command, act, by=by)


# ---------------------------------------------------------------- waivers
def waive_duty(
    book: Book, customer_no: str, duty: str, occurrence: str, reason: str, on: date, *, by: str = "", command: str = ""
) -> Receipt:
    """Say that one occurrence of a duty need not be done, and why.

    NotFound("unknown_duty", "unknown_occurrence"); Refused("reason_missing", "already_waived", "already_done").
    """

    def act(w: Writer) -> None:
        cid = check_customer(w, customer_no)
        check_past(w, on)
        why = needed_reason(reason)
        if not any(duty in scheme.duty for _, scheme in w.policy.adopted):
            raise NotFound("unknown_duty", duty=duty)
        facts = load_facts(w.cursor, [cid], w.policy.adopted[-1][1].profile)[0][2]
        found = named_occurrence(facts, duty, occurrence, on, w.policy, w.book.calendar)
        if found is None:
            raise NotFound("unknown_occurrence", customer_no=customer_no, duty=duty, occurrence=occurrence)
        if found.done_on is not None:
            raise Refused("already_done", duty=duty, occurrence=occurrence)
        waived = w.cursor.execute(
            "SELECT 1 FROM waiver WHERE customer_id = ? AND duty = ? AND occurrence = ?", (cid, duty, occurrence)
        ).fetchone()
        if waived:
            raise Refused("already_waived", duty=duty, occurrence=occurrence)
        sealed = w.seal(customer_no, why, "waived")
        append(w, customer_no, DutyWaived(*stamped(w.stamp(on)), customer_no, duty, occurrence, sealed))

    return book.once(command, act, by=by)
