"""What a reading command is about when it looks back: of a past moment only that much need be made.

One place for all of them. A command that is not named here - figures, lists, whatever counts or compares customers -
is about the whole book.
"""

from collections.abc import Callable, Mapping
from datetime import date
from sqlite3 import Cursor
from typing import TYPE_CHECKING, Any

import msgspec

from guanhu.projections.moment_scope import About

if TYPE_CHECKING:
    from guanhu.store.book import Book


class Looked(msgspec.Struct, frozen=True):
    """A command, and the present as it is now: what it was given, by whom, the day that it asks about."""

    given: Mapping[str, Any]
    staff: str
    day: date
    cursor: Cursor
    book: "Book"


def about(command: str, looked: Looked) -> About | None:
    """What a command is about; None for the whole book."""
    found = _ABOUT.get(command)
    return found(looked) if found else None


def _customer(looked: Looked) -> About | None:
    number = looked.given.get("customer_no")
    return About(customers=(number,)) if number else None


def _entry(looked: Looked) -> About | None:
    """The customer whom an entry of the log names."""
    from guanhu.store.codec import decode

    rows = looked.book.recorder.read(looked.cursor, [looked.given["position"]])
    number = getattr(decode(rows[0][3], rows[0][4]), "customer_no", "") if rows else ""
    return About(customers=(number,) if number else ())


def _duties(looked: Looked) -> About | None:
    """Whose queue it is, or which outlet's."""
    if looked.given["every"]:
        return None
    if outlet := looked.given["outlet"]:
        from guanhu.projections.naming import outlets_named

        code, by_name = _meant(outlets_named(looked.cursor, outlet), outlet)
        return About(outlet=code, by_name=by_name)
    staff, by_name = _staff(looked)
    return About(queue_of=staff, by_name=by_name) if staff else None


def _log(looked: Looked) -> About | None:
    """Whose log it is, and of which days."""
    if looked.given["every"] or looked.given["outlet"]:
        return None
    staff, by_name = _staff(looked)
    last = looked.given["last"] or looked.day
    first = looked.given["first"] or last.replace(day=1)
    return About(log_of=staff, first=first, last=last, by_name=by_name) if staff else None


def _staff(looked: Looked) -> tuple[str, bool]:
    """The member of staff who is asked for, else who asks; whether one was meant by what is no id."""
    from guanhu.projections.naming import staff_named

    word = looked.given["staff"]
    return _meant(staff_named(looked.cursor, word), word) if word else (looked.staff, False)


def _meant(found: tuple[str, ...], word: str) -> tuple[str, bool]:
    """Of a word that means nothing, or several, the command itself says so; it is about nobody."""
    return (found[0] if len(found) == 1 else word), found != (word,)


def _frame(looked: Looked) -> About | None:
    """Of no customers at all."""
    return About()


_ABOUT: dict[str, Callable[[Looked], About | None]] = {
    "customer show": _customer,
    "customer profile": _customer,
    "customer history": _customer,
    "tier history": _customer,
    "tier why": _customer,
    "duty why": _customer,
    "audit since": _customer,
    "entry show": _entry,
    "duty list": _duties,
    "log": _log,
    "scheme list": _frame,
    "scheme show": _frame,
}
