"""Customers into the book: registered singly or by file, their profile recorded, marked, tagged, linked, erased."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import msgspec

from guanhu.domain.customer import (
    MARKS,
    RELATIONS,
    CustomerErased,
    CustomerMarked,
    CustomerRestricted,
    CustomersLinked,
    CustomersRegistered,
    CustomerTagged,
    CustomerUnmarked,
    PersonalData,
    ProfileRecorded,
)
from guanhu.domain.dates import parse_day
from guanhu.domain.errors import NotFound, Refused, check_among
from guanhu.domain.events import stamped
from guanhu.domain.facts import EVER
from guanhu.domain.statement import COLUMN_ROWS
from guanhu.domain.text import clean
from guanhu.store.book import Book, Receipt
from guanhu.store.checks import check_past
from guanhu.store.moment_files import moments_wiped
from guanhu.store.writer import Writer

New = tuple[str, str, PersonalData]
"""(customer_no, outlet, personal data)."""

_encode = msgspec.msgpack.Encoder().encode
LONGEST_FACT = 500
NO_FACTS = frozenset({"customer_no", "name", "outlet", "owner", "balance_yuan", "balance_date"})
"""Columns of a file of customers that are no facts of the profile."""


def register_many(w: Writer, stream: str, customers: Sequence[New], on: date) -> None:
    """Register customers whom the book does not know yet, in columns."""
    plain = [(no, _encode(data)) for no, _, data in customers]
    sealed = w.book.keyring.seal_many(w.cursor, plain, "registered")
    for blob, (_, data) in zip(sealed, plain, strict=True):
        w.projection.sealed(blob, data)
    head = stamped(w.stamp(on))
    numbers, outlets = tuple(no for no, _, _ in customers), tuple(outlet for _, outlet, _ in customers)
    w.append(
        stream,
        *(
            CustomersRegistered(
                *head,
                numbers[start : start + COLUMN_ROWS],
                outlets[start : start + COLUMN_ROWS],
                tuple(sealed[start : start + COLUMN_ROWS]),
            )
            for start in range(0, len(customers), COLUMN_ROWS)
        ),
    )


def default_outlet(w: Writer) -> str:
    """The outlet of customers for whom none is named: the first opened."""
    row = w.cursor.execute("SELECT code FROM outlet ORDER BY position LIMIT 1").fetchone()
    return row[0] if row else ""


def check_outlet(w: Writer, outlet: str) -> str:
    """The outlet, or the first one for ""; NotFound("unknown_outlet")."""
    if not outlet:
        return default_outlet(w)
    if w.cursor.execute("SELECT 1 FROM outlet WHERE code = ?", (outlet,)).fetchone() is None:
        raise NotFound("unknown_outlet", outlet=outlet)
    return outlet


def check_customer(w: Writer, customer_no: str, *, personal: bool = True) -> int:
    """The customer's id; NotFound("unknown_customer"), Refused("customer_erased") where personal data would come in."""
    row = w.cursor.execute("SELECT id, erased FROM customer WHERE no = ?", (customer_no,)).fetchone()
    if row is None:
        raise NotFound("unknown_customer", customer_no=customer_no)
    if row[1] and personal:
        raise Refused("customer_erased", customer_no=customer_no)
    cid: int = row[0]
    w.projection.knows({customer_no: cid})
    return cid


def check_facts(facts: Mapping[str, str]) -> dict[str, str]:
    """The facts of a profile by their ids, checked as those of a file are: a bank's own names for one are known.

    "" takes a fact back. Refused with the code of the check and the value; Refused("not_a_fact") for what is no part
    of a profile (number, name, outlet, owner, balance); Refused("fact_twice", fact).
    """
    checked: dict[str, str] = {}
    for word, value in facts.items():
        fact = fact_meant(word)
        if fact in checked:
            raise Refused("fact_twice", fact=fact)
        checked[fact] = _check_fact(fact, clean(value))
    return checked


def fact_meant(word: str) -> str:
    """The id of a fact that is named as files name it (身份证号码); a fact that no file knows keeps its name."""
    from guanhu.intake.columns import column_named

    name = clean(word)
    fact = column_named("customers", name) or name
    if not fact or fact in NO_FACTS:
        raise Refused("not_a_fact", value=name)
    return fact


def _check_fact(fact: str, value: str) -> str:
    from guanhu.intake import checks

    if len(value) > LONGEST_FACT:
        raise Refused("text_too_long", longest=LONGEST_FACT)
    known: Mapping[str, Callable[[str], str]] = {
        "sex": checks.sex,
        "birthday": lambda text: parse_day(text).isoformat(),
        "lunar_birthday": checks.lunar_birthday,
        "phone": checks.phone,
        "identity_no": checks.identity_no,
        "card_no": checks.card_no,
    }
    check = known.get(fact)
    if not value or check is None:
        return value
    try:
        return check(value)
    except Refused as error:
        raise Refused(error.code, value=value[:80]) from None


def register(
    book: Book, customer_no: str, name: str, facts: Mapping[str, str], outlet: str, on: date, *,
    by: str = "", command: str = "",
) -> Receipt:  # fmt: skip
    """Register one customer. Refused("customer_known", "bad_customer_no"), NotFound("unknown_outlet")."""

    def act(w: Writer) -> None:
        check_past(w, on)
        no = clean(customer_no)
        if not no or len(no) > 64 or " " in no:
            raise Refused("bad_customer_no", value=customer_no[:80])
        if no in w.projection.ids((no,)):
            raise Refused("customer_known", customer_no=no)
        data = PersonalData(clean(name), {k: v for k, v in check_facts(facts).items() if v})
        register_many(w, f"customer:{no}", [(no, check_outlet(w, outlet), data)], on)

    return book.once(command, act, by=by)


def record_profile(
    book: Book, customer_no: str, name: str, facts: Mapping[str, str], outlet: str, on: date, *,
    by: str = "", command: str = "",
) -> Receipt:  # fmt: skip
    """Record facts learned of a customer ("" takes one back). Refused("nothing_to_record")."""

    def act(w: Writer) -> None:
        check_customer(w, customer_no)
        check_past(w, on)
        known = check_facts(facts)
        if not known and not name and not outlet:
            raise Refused("nothing_to_record")
        data = PersonalData(clean(name), known)
        sealed = w.book.keyring.seal(w.cursor, customer_no, _encode(data), "profile")
        moved = check_outlet(w, outlet) if outlet else None
        w.append(f"customer:{customer_no}", ProfileRecorded(*stamped(w.stamp(on)), customer_no, sealed, moved))

    return book.once(command, act, by=by)


def mark(
    book: Book, customer_no: str, mark_id: str, reason: str, on: date, *, on_off: bool = True,
    by: str = "", command: str = "",
) -> Receipt:  # fmt: skip
    """Set a mark, or take it off (`on_off` false).

    Refused("unknown_mark", "reason_missing", "mark_set", "mark_not_set").
    """

    def act(w: Writer) -> None:
        cid = check_customer(w, customer_no)
        check_past(w, on)
        check_among(mark_id, MARKS, "unknown_mark")
        if not clean(reason):
            raise Refused("reason_missing")
        is_set = w.cursor.execute(
            "SELECT 1 FROM mark WHERE customer_id = ? AND mark = ? AND end = ?", (cid, mark_id, EVER)
        ).fetchone()
        if bool(is_set) == on_off:
            raise Refused("mark_set" if on_off else "mark_not_set", mark=mark_id)
        cls, topic = (CustomerMarked, "marked") if on_off else (CustomerUnmarked, "unmarked")
        sealed = w.seal(customer_no, clean(reason), topic)
        w.append(f"customer:{customer_no}", cls(*stamped(w.stamp(on)), customer_no, mark_id, sealed))

    return book.once(command, act, by=by)


def tag(book: Book, customer_no: str, text: str, on: date, *, add: bool, by: str = "", command: str = "") -> Receipt:
    """Put a tag on a customer, or take it off. Refused("bad_tag")."""

    def act(w: Writer) -> None:
        check_customer(w, customer_no)
        check_past(w, on)
        name = clean(text)
        if not name or len(name) > 40:
            raise Refused("bad_tag", value=text[:80])
        sealed = w.seal(customer_no, name, "tagged")
        w.append(f"customer:{customer_no}", CustomerTagged(*stamped(w.stamp(on)), customer_no, sealed, add))

    return book.once(command, act, by=by)


def link(
    book: Book, customer_no: str, other_no: str, relation: str, on: date, *, add: bool, by: str = "", command: str = ""
) -> Receipt:
    """Link two customers, or unlink them. Refused("unknown_relation", "linked_to_self")."""

    def act(w: Writer) -> None:
        check_customer(w, customer_no)
        check_past(w, on)
        check_customer(w, other_no)
        check_among(relation, RELATIONS, "unknown_relation")
        if customer_no == other_no:
            raise Refused("linked_to_self", customer_no=customer_no)
        event = CustomersLinked(*stamped(w.stamp(on)), customer_no, other_no, relation, add)
        w.append(f"customer:{customer_no}", event)

    return book.once(command, act, by=by)


def restrict(
    book: Book, customer_no: str, reason: str, on: date, *, add: bool, by: str = "", command: str = ""
) -> Receipt:
    """Keep the personal data but use and show them no more, or again. Refused("reason_missing")."""

    def act(w: Writer) -> None:
        check_customer(w, customer_no)
        check_past(w, on)
        if not clean(reason):
            raise Refused("reason_missing")
        sealed = w.seal(customer_no, clean(reason), "restricted")
        event = CustomerRestricted(*stamped(w.stamp(on)), customer_no, sealed, add)
        w.append(f"customer:{customer_no}", event)

    return book.once(command, act, by=by)


def _check_to_erase(w: Writer, customer_no: str) -> None:
    if customer_no not in w.projection.ids((customer_no,)):
        opens = w.book.keyring.opens(w.cursor, customer_no)
        if opens:
            return
        if opens is False:
            raise Refused("customer_erased", customer_no=customer_no)
    check_customer(w, customer_no)


def erase(book: Book, customer_no: str, reason: str, on: date, *, by: str = "", command: str = "") -> Receipt:
    """Destroy the customer's key and every personal row; balances stay under the number.

    Also of a registration that was taken back: what it sealed is still in the log. The number is then given to nobody.
    Refused("reason_missing", "customer_erased"), NotFound("unknown_customer").
    """

    def act(w: Writer) -> None:
        _check_to_erase(w, customer_no)
        check_past(w, on)
        if not clean(reason):
            raise Refused("reason_missing")
        event = CustomerErased(*stamped(w.stamp(on)), customer_no, clean(reason))
        w.append(f"customer:{customer_no}", event)
        w.settle()
        w.book.keyring.erase(w.cursor, customer_no)

    with moments_wiped(book.path):
        receipt = book.once(command, act, by=by)
    book.recorder.truncate_wal()
    return receipt
