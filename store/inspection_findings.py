"""The findings of an inspection: raised, withdrawn, answered by the outlet, the answer accepted or sent back.

A finding on one customer is sealed with that customer's key, and so is all that is said to it. One that rests on
several customers or on none is plain, so it should name them by number.
"""

from collections.abc import Sequence
from datetime import date

import msgspec

from guanhu.domain.errors import NotFound, check_among
from guanhu.domain.events import stamped
from guanhu.domain.inspection import (
    CLASSES,
    FINDING_KINDS,
    AnswerJudged,
    FindingAnswered,
    FindingRaised,
    FindingWithdrawn,
    Scope,
    check_answering,
    check_awaits_answer,
    check_awaits_judgement,
    check_unsettled,
)
from guanhu.projections.posts import posts_held, posts_on
from guanhu.store.book import Book, Receipt
from guanhu.store.checks import check_later, check_open_outlet, check_staff, free_text, needed_reason, needed_text
from guanhu.store.inspected_entries import customer_of
from guanhu.store.inspecting import check_may_inspect, check_open
from guanhu.store.registering import check_customer
from guanhu.store.writer import Writer


# ---------------------------------------------------------------- raised, withdrawn
def raise_finding(
    book: Book, number: str, grade: str, kind: str, text: str, due_on: date, on: date, *,
    entries: Sequence[int] = (), customers: Sequence[str] = (), staff: str = "", outlet: str = "", by: str = "",
    command: str = "",
) -> Receipt:  # fmt: skip
    """Raise a finding, to be mended by `due_on`; the entries and customers it rests on, whom it concerns.

    Without a named outlet it is the outlet of the staff concerned, else of the scope, else of the only customer.
    NotFound("unknown_inspection", "unknown_entry", "unknown_customer", "unknown_staff", "unknown_outlet");
    Refused("unknown_class", "unknown_finding_kind", "text_missing", "before_the_act", and those of `check_inspector`).
    """

    def act(w: Writer) -> None:
        scope = check_open(w, number, on)
        check_may_inspect(w, scope, on)
        check_among(grade, CLASSES, "unknown_class")
        check_among(kind, FINDING_KINDS, "unknown_finding_kind")
        said = needed_text(text)
        check_later(due_on, on, "due_on")
        if staff:
            check_staff(w, staff, on)
        rests_on = [customer_of(w, position) for position in entries]
        for no in customers:
            check_customer(w, no, personal=False)
        numbers = tuple(dict.fromkeys([*rests_on, *customers]))
        owner = numbers[0] if len(numbers) == 1 and not _erased(w, numbers[0]) else ""
        where = check_open_outlet(w, outlet, on) if outlet else _outlet(w, scope, staff, numbers, on)
        row = w.cursor.execute("SELECT max(n) FROM inspection_finding WHERE inspection = ?", (number,)).fetchone()
        event = FindingRaised(
            *stamped(w.stamp(on)), number, (row[0] or 0) + 1, grade, kind, owner,
            _kept(w, owner, said, "inspection_finding"), tuple(dict.fromkeys(entries)), numbers, where, staff, due_on,
        )  # fmt: skip
        w.append(f"inspection:{number}", event)

    return book.once(command, act, by=by)


def finding_at(book: Book, position: int) -> int:
    """The number that the finding raised at a position got; NotFound("unknown_entry")."""
    with book.reading() as cursor:
        row = cursor.execute("SELECT n FROM inspection_finding WHERE position = ?", (position,)).fetchone()
    if row is None:
        raise NotFound("unknown_entry", position=position)
    found: int = row[0]
    return found


def withdraw_finding(
    book: Book, number: str, finding: int, reason: str, on: date, *, by: str = "", command: str = ""
) -> Receipt:
    """Say that a finding does not stand, and why. NotFound("unknown_finding"); Refused("reason_missing",
    "finding_settled")."""

    def act(w: Writer) -> None:
        found = _of_inspector(w, number, finding, on)
        check_unsettled(finding, found.state)
        why = _kept(w, found.customer_no, needed_reason(reason), "inspection_withdrawn")
        event = FindingWithdrawn(*stamped(w.stamp(on)), number, finding, found.customer_no, why)
        w.append(f"inspection:{number}", event)

    return book.once(command, act, by=by)


# ---------------------------------------------------------------- answered, judged
def answer_finding(
    book: Book, number: str, finding: int, text: str, on: date, *, done: str = "", by: str = "", command: str = ""
) -> Receipt:
    """The outlet's answer, and what was done. It is for the outlet's manager or the member of staff concerned.

    NotFound("unknown_inspection", "unknown_finding"); Refused("not_to_answer", "text_missing", "finding_settled",
    "finding_answered", "inspection_over").
    """

    def act(w: Writer) -> None:
        check_open(w, number, on)
        found = _finding(w, number, finding)
        check_answering(w.by, posts_held(w.cursor, w.by, on.toordinal()), finding, found.staff, found.outlet)
        check_awaits_answer(finding, found.state)
        no = found.customer_no
        event = FindingAnswered(
            *stamped(w.stamp(on)), number, finding, no, _kept(w, no, needed_text(text), "inspection_answer"),
            _kept(w, no, free_text(done), "inspection_answer"),
        )  # fmt: skip
        w.append(f"inspection:{number}", event)

    return book.once(command, act, by=by)


def accept_answer(
    book: Book, number: str, finding: int, on: date, *, note: str = "", by: str = "", command: str = ""
) -> Receipt:
    """Accept an answer, which settles the finding. Refused("finding_settled", "finding_unanswered")."""

    def act(w: Writer) -> None:
        _judge(w, number, finding, on, True, free_text(note))

    return book.once(command, act, by=by)


def send_back(
    book: Book, number: str, finding: int, reason: str, on: date, *, by: str = "", command: str = ""
) -> Receipt:
    """Send an answer back, and say why. Refused("reason_missing", "finding_settled", "finding_unanswered")."""

    def act(w: Writer) -> None:
        _judge(w, number, finding, on, False, needed_reason(reason))

    return book.once(command, act, by=by)


def _judge(w: Writer, number: str, finding: int, on: date, accepted: bool, note: str) -> None:
    found = _of_inspector(w, number, finding, on)
    check_awaits_judgement(finding, found.state)
    no = found.customer_no
    kept = _kept(w, no, note, "inspection_judged")
    w.append(f"inspection:{number}", AnswerJudged(*stamped(w.stamp(on)), number, finding, no, accepted, kept))


# ---------------------------------------------------------------- what they share
class _Finding(msgspec.Struct, frozen=True):
    """A finding as it stands; `customer_no` is whose key seals what is said to it, "" where nobody's does."""

    state: str
    customer_no: str
    staff: str
    outlet: str


def _of_inspector(w: Writer, number: str, finding: int, on: date) -> _Finding:
    scope = check_open(w, number, on)
    check_may_inspect(w, scope, on)
    return _finding(w, number, finding)


def _finding(w: Writer, number: str, finding: int) -> _Finding:
    row = w.cursor.execute(
        "SELECT state, coalesce(CASE WHEN NOT erased THEN no END, ''), staff, inspection_finding.outlet"
        " FROM inspection_finding LEFT JOIN customer ON id = customer_id WHERE inspection = ? AND n = ?",
        (number, finding),
    ).fetchone()
    if row is None:
        raise NotFound("unknown_finding", inspection=number, finding=finding)
    return _Finding(*row)


def _kept(w: Writer, customer_no: str, text: str, topic: str) -> bytes:
    """A text as the event keeps it: sealed where it is of one customer."""
    return w.seal(customer_no, text, topic) if customer_no else text.encode()


def _erased(w: Writer, customer_no: str) -> bool:
    row = w.cursor.execute("SELECT erased FROM customer WHERE no = ?", (customer_no,)).fetchone()
    return bool(row[0])


def _outlet(w: Writer, scope: Scope, staff: str, customers: Sequence[str], on: date) -> str:
    posted = posts_on(w.cursor, on.toordinal()).outlets.get(staff, "") if staff else ""
    if posted or scope.outlet or not customers:
        return posted or scope.outlet
    where = {
        w.cursor.execute("SELECT outlet FROM customer WHERE no = ?", (no,)).fetchone()[0] for no in customers
    }
    return where.pop() if len(where) == 1 else ""
