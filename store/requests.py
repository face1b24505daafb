"""Help that an outlet asks of the department for a customer, and its answer (SCHEMES.md 1, joint_visit, support)."""

from datetime import date

from guanhu.domain.affairs import REQUESTS, HelpAnswered, HelpRequested
from guanhu.domain.errors import Refused, check_among
from guanhu.domain.events import stamped
from guanhu.store.affairs import append, opened_at
from guanhu.store.book import Book, Receipt
from guanhu.store.checks import check_later, check_past, free_text, who
from guanhu.store.registering import check_customer
from guanhu.store.writer import Writer


def request_help(
    book: Book, customer_no: str, kind: str, on: date, *, due_on: date | None = None, note: str = "", staff: str = "",
    by: str = "", command: str = "",
) -> Receipt:  # fmt: skip
    """Ask the department for a joint visit, by its date, or for support (SCHEMES.md 1, joint_visit, support).

    Refused("unknown_request", "due_missing", "before_the_act").
    """

    def act(w: Writer) -> None:
        check_customer(w, customer_no)
        check_past(w, on)
        check_among(kind, REQUESTS, "unknown_request")
        if kind == "joint_visit" and due_on is None:
            raise Refused("due_missing")
        check_later(due_on, on, "due_on")
        sealed = w.seal(customer_no, free_text(note), "requested")
        asker = who(w, staff, on)
        append(w, customer_no, HelpRequested(*stamped(w.stamp(on)), customer_no, kind, asker, due_on, sealed))

    return book.once(command, act, by=by)


def answer_help(book: Book, ref: int, on: date, *, note: str = "", by: str = "", command: str = "") -> Receipt:
    """Say that the department answered a request. NotFound("unknown_affair"); Refused("already_closed")."""

    def act(w: Writer) -> None:
        no, _ = opened_at(w, "request", ref, on)
        sealed = w.seal(no, free_text(note), "request_answered")
        append(w, no, HelpAnswered(*stamped(w.stamp(on)), no, ref, sealed))

    return book.once(command, act, by=by)
