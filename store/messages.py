"""One message to many customers, logged as one act (SCHEMES.md 1, the log); who must not be written to is left out."""

from collections.abc import Sequence
from datetime import date

import msgspec

from guanhu.domain.contact import ContactLogged
from guanhu.domain.errors import Refused
from guanhu.domain.events import Event, stamped
from guanhu.store.acts import check_act, check_sent, silence, silent_on
from guanhu.store.book import Book, Receipt
from guanhu.store.checks import free_text, who
from guanhu.store.registering import check_customer
from guanhu.store.writer import Writer


class MessageReceipt(msgspec.Struct, frozen=True):
    """What a message to many did; `left_out`: (customer_no, why) of those who were not to be written to.

    Why is a mark (do_not_disturb, deceased, closed), "erased" or "restricted".
    """

    receipt: Receipt
    left_out: tuple[tuple[str, str], ...]


def log_message(
    book: Book, customer_nos: Sequence[str], channel: str, outcome: str, text: str, on: date, *, staff: str = "",
    next_on: date | None = None, by: str = "", command: str = "",
) -> MessageReceipt:  # fmt: skip
    """Log one message to many customers at once; those who must not be written to are left out and named.

    As log_contact; Refused("nobody_to_write_to") where that leaves nobody.
    """
    numbers = tuple(dict.fromkeys(customer_nos))

    def act(w: Writer) -> None:
        ids = {no: check_customer(w, no, personal=False) for no in numbers}
        check_act(w, on, outcome, next_on)
        check_sent(channel, outcome)
        note = free_text(text)
        silent = dict(silent_on(w.cursor, numbers, on))
        written = [no for no in numbers if no not in silent]
        if not written:
            raise Refused("nobody_to_write_to", customers=len(numbers))
        sealed = [b""] * len(written)
        if note:
            sealed = w.book.keyring.seal_many(w.cursor, [(no, note.encode()) for no in written], "contact")
        staff_id = who(w, staff, on)
        head = stamped(w.stamp(on))
        events: list[tuple[str, Event]] = []
        for no, blob in zip(written, sealed, strict=True):
            contact = ContactLogged(*head, no, staff_id, channel, outcome, blob, next_on)
            marks = silence(w, no, ids[no], outcome, note, on)
            events += [(f"customer:{no}", event) for event in (contact, *marks)]
        w.append_each(events)

    receipt = book.once(command, act, by=by)
    return MessageReceipt(receipt, _left_out(book, receipt, numbers, on))


def _left_out(book: Book, receipt: Receipt, numbers: tuple[str, ...], on: date) -> tuple[tuple[str, str], ...]:
    """Whom the message did not go to, by what the book holds: so a repeated command is answered as the first was."""
    with book.reading() as cursor:
        first, last = receipt.positions[0], receipt.positions[-1]
        rows = cursor.execute(
            "SELECT no FROM act JOIN customer ON id = customer_id WHERE act.position BETWEEN ? AND ?", (first, last)
        )
        written = {row[0] for row in rows}
        reasons = dict(silent_on(cursor, numbers, on))
    return tuple((no, reasons.get(no, "")) for no in numbers if no not in written)
