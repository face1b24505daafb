"""What a reading command is about when it looks back: of a past moment only that much need be made.

One place for all of them. A command that is not named here - whatever counts or compares the customers of the whole
book - is about the whole book, and so is one that names neither a member of staff nor an outlet where it could.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from sqlite3 import Cursor
from typing import TYPE_CHECKING, Any

import msgspec

from guanhu.domain.dates import first_of_month
from guanhu.projections.moment_about import About

if TYPE_CHECKING:
    from guanhu.store.book import Book


class Looked(msgspec.Struct, frozen=True):
    """A command, and the present as it is now: what it was given, by whom, the day and the moment it asks about.

    `position`: of the last event that was recorded by `known_at`.
    """

    given: Mapping[str, Any]
    staff: str
    day: date
    cursor: Cursor
    book: "Book"
    position: int
    known_at: datetime


def about(command: str, looked: Looked) -> About | None:
    """What a command is about; None for the whole book."""
    found = _ABOUT.get(command)
    return found(looked) if found else None


def _customer(looked: Looked) -> About | None:
    number = looked.given.get("customer_no")
    return About(customers=(number,)) if number else None


def _found(looked: Looked) -> About | None:
    """Whom the text can find."""
    return About(text=looked.given["text"])


def _entry(looked: Looked) -> About | None:
    """The customer whom an entry of the log names."""
    from guanhu.store.codec import decode

    rows = looked.book.recorder.read(looked.cursor, [looked.given["position"]])
    number = getattr(decode(rows[0][3], rows[0][4]), "customer_no", "") if rows else ""
    return About(customers=(number,) if number else ())


# ---------------------------------------------------------------- a person's and an outlet's
def _duties(looked: Looked) -> About | None:
    """Whose queue it is, or which outlet's."""
    if looked.given["every"]:
        return None
    if looked.given["outlet"]:
        return _outlet(looked)
    staff, by_name = _staff(looked)
    return About(queue_of=staff, by_name=by_name) if staff else None


def _log(looked: Looked) -> About | None:
    """Whose log it is, and of which days; the log of an outlet is that of its customers."""
    if looked.given["every"]:
        return None
    if looked.given["outlet"]:
        return _outlet(looked, duties=False)
    staff, by_name = _staff(looked)
    last = looked.given["last"] or looked.day
    first = looked.given["first"] or last.replace(day=1)
    return About(log_of=staff, first=first, last=last, duties=False, by_name=by_name) if staff else None


def _queue(looked: Looked) -> About | None:
    """The customers who wait at an outlet."""
    return _outlet(looked) if looked.given["outlet"] else None


def _meeting(looked: Looked) -> About | None:
    """The outlet that is named, else that of who asks, by the posts as they were known."""
    from contextlib import closing

    from guanhu.projections.staff_view import outlet_of
    from guanhu.store.moments_scoped import scoped_at

    if looked.given["outlet"]:
        return _outlet(looked)
    frame = scoped_at(looked.book, looked.position, looked.known_at, About())
    if frame is None:
        return None
    with closing(frame), frame.reading() as cursor:
        outlet = outlet_of(cursor, looked.staff, looked.day)
    return About(outlets=(outlet,) if outlet else ())


def _figures(looked: Looked) -> About | None:
    """Figures of a person go by whom they looked after, what they owed and what they wrote."""
    if looked.given["staff"]:
        return _work(looked)
    return _outlet(looked) if looked.given["outlet"] else None


def _flags(looked: Looked) -> About | None:
    """Flags of an outlet are those of its staff too, for whomever they worked in the days that are looked through."""
    end = looked.given["last"] or looked.day
    first = looked.given["first"] or first_of_month(first_of_month(end) - timedelta(days=1))
    if looked.given["staff"]:
        found = _work(looked)
    elif looked.given["outlet"]:
        found = _outlet(looked, staff_too=True)
    else:
        return None
    return _looked_through(found, first)


def _replay(looked: Looked) -> About | None:
    """Whose events are gone through, with all whom an erasure takes a relation from."""
    if number := looked.given["customer"]:
        return About(customers=(number,))
    if looked.given["staff"]:
        return msgspec.structs.replace(_work(looked), linked=True)
    return _outlet(looked, staff_too=True, linked=True) if looked.given["outlet"] else None


def _since(looked: Looked) -> About | None:
    """One customer, those whom a member of staff looked after, or an outlet's."""
    if looked.given["staff"]:
        staff, by_name = _staff(looked)
        return About(queue_of=staff, linked=True, by_name=by_name)
    return _outlet(looked, linked=True) if looked.given["outlet"] else _customer(looked)


def _members(looked: Looked) -> About | None:
    """The staff of an outlet, with how many customers each has."""
    if not looked.given["outlet"]:
        return None
    found = _outlet(looked, staff_too=True, duties=False)
    return msgspec.structs.replace(found, first=looked.day, last=looked.day)


def _looked_through(found: About, first: date) -> About:
    """The same with entries of the log only since so long before a period as its red flags look at them."""
    from guanhu.projections.flag_entries import LOOK_BACK

    return msgspec.structs.replace(found, first=date.fromordinal(max(first.toordinal() - LOOK_BACK, 1)))


def _work(looked: Looked) -> About:
    """All that the member of staff who is named ever worked on."""
    staff, by_name = _staff(looked)
    return About(queue_of=staff, log_of=staff, by_name=by_name)


def _outlet(looked: Looked, *, staff_too: bool = False, linked: bool = False, duties: bool = True) -> About:
    """The outlet that is named."""
    from guanhu.projections.naming import outlets_named

    word = looked.given["outlet"]
    code, by_name = _meant(outlets_named(looked.cursor, word), word)
    return About(outlets=(code,), staff_too=staff_too, linked=linked, duties=duties, by_name=by_name)


def _staff(looked: Looked) -> tuple[str, bool]:
    """The member of staff who is asked for, else who asks; whether one was meant by what is no id."""
    from guanhu.projections.naming import staff_named

    word = looked.given["staff"]
    return _meant(staff_named(looked.cursor, word), word) if word else (looked.staff, False)


def _meant(found: tuple[str, ...], word: str) -> tuple[str, bool]:
    """Of a word that means nothing, or several, the command itself says so; it is about nobody."""
    return (found[0] if len(found) == 1 else word), found != (word,)


# ---------------------------------------------------------------- inspections, and what is of no customers
def _inspection(looked: Looked) -> About | None:
    """The customers of a sample; who may see it sees the red flags of the inspection's scope too."""
    from guanhu.domain.errors import NotFound
    from guanhu.projections.inspections import inspection_line
    from guanhu.tui.inspection_seen import sight_in

    number = looked.given["number"]
    if not sight_in(looked.book, looked.staff).sample(number):
        return About(inspection=number, duties=False)
    try:
        scope = inspection_line(looked.cursor, number, looked.day).scope
    except NotFound:  # the command itself says so
        return About()
    if scope.staff_id:
        found = About(queue_of=scope.staff_id, log_of=scope.staff_id, inspection=number)
    elif scope.outlet:
        found = About(outlets=(scope.outlet,), staff_too=True, inspection=number)
    else:
        return None
    return _looked_through(found, scope.first)


def _looks(looked: Looked) -> About | None:
    """Looks are of no customers, but for those that named one."""
    number = looked.given["customer"]
    return About(customers=(number,) if number else (), duties=False)


def _frame(looked: Looked) -> About | None:
    """Of no customers at all."""
    return About()


_ABOUT: dict[str, Callable[[Looked], About | None]] = {
    "customer find": _found,
    "customer show": _customer,
    "customer profile": _customer,
    "customer history": _customer,
    "tier history": _customer,
    "tier why": _customer,
    "duty why": _customer,
    "audit since": _since,
    "audit replay": _replay,
    "entry show": _entry,
    "duty list": _duties,
    "log": _log,
    "assign queue": _queue,
    "outlet meeting": _meeting,
    "figures": _figures,
    "figures behind": _figures,
    "audit flags": _flags,
    "staff list": _members,
    "inspect list": _frame,
    "inspect show": _inspection,
    "inspect report": _inspection,
    "audit looks": _looks,
    "scheme list": _frame,
    "scheme show": _frame,
}
