"""Outlets (网点): opened, renamed, closed, and looked at every day by the department (SCHEMES.md 1, supervision)."""

from datetime import date

from guanhu.domain.errors import Refused
from guanhu.domain.events import stamped
from guanhu.domain.staff import OutletClosed, OutletOpened, OutletSupervised
from guanhu.projections.posts import roles_on
from guanhu.store.book import Book, Receipt
from guanhu.store.checks import check_id, check_name, check_open_outlet, check_past, check_staff, free_text
from guanhu.store.posts import done_once_a_day
from guanhu.store.writer import Writer


def found_outlet(w: Writer, code: str, name: str, on: date) -> None:
    """Open an outlet inside a transaction. Refused("bad_outlet_code", "outlet_known", "name_missing")."""
    code = check_id(code, "bad_outlet_code")
    if w.cursor.execute("SELECT 1 FROM outlet WHERE code = ?", (code,)).fetchone():
        raise Refused("outlet_known", outlet=code)
    w.append(f"outlet:{code}", OutletOpened(*stamped(w.stamp(on)), code, _name(name)))


def _name(text: str) -> str:
    name = check_name(text)
    if not name:
        raise Refused("name_missing")
    return name


def open_outlet(book: Book, code: str, name: str, on: date, *, by: str = "", command: str = "") -> Receipt:
    """Open an outlet. Refused("bad_outlet_code", "outlet_known", "name_missing", "future_act")."""

    def act(w: Writer) -> None:
        check_past(w, on)
        found_outlet(w, code, name, on)

    return book.once(command, act, by=by)


def rename_outlet(book: Book, code: str, name: str, on: date, *, by: str = "", command: str = "") -> Receipt:
    """Give an outlet another name. NotFound("unknown_outlet"), Refused("outlet_closed", "name_missing")."""

    def act(w: Writer) -> None:
        check_past(w, on)
        outlet = check_open_outlet(w, code, on)
        w.append(f"outlet:{outlet}", OutletOpened(*stamped(w.stamp(on)), outlet, _name(name)))

    return book.once(command, act, by=by)


def close_outlet(book: Book, code: str, on: date, *, by: str = "", command: str = "") -> Receipt:
    """Close an outlet, `on` being the first day without. Refused("outlet_in_use") while anybody is there."""

    def act(w: Writer) -> None:
        check_past(w, on)
        outlet = check_open_outlet(w, code, on)
        customers = w.cursor.execute("SELECT count(*) FROM customer WHERE outlet = ?", (outlet,)).fetchone()[0]
        staff = w.cursor.execute(
            "SELECT count(DISTINCT staff) FROM post WHERE outlet = ? AND end > ?", (outlet, on.toordinal())
        ).fetchone()[0]
        if customers or staff:
            raise Refused("outlet_in_use", outlet=outlet, customers=customers, staff=staff)
        w.append(f"outlet:{outlet}", OutletClosed(*stamped(w.stamp(on)), outlet))

    return book.once(command, act, by=by)


def supervise_outlet(
    book: Book, code: str, staff_id: str, note: str, on: date, *, by: str = "", command: str = ""
) -> Receipt:
    """The department has looked at an outlet's maintenance of a working day (SCHEMES.md 1, supervision).

    Refused("post_not_held") for those whom the scheme does not ask to, ("future_act", "not_working_day",
    "day_reviewed").
    """

    def act(w: Writer) -> None:
        check_staff(w, staff_id, on)
        outlet = check_open_outlet(w, code, on)
        duties = [duty for duty in w.policy.on(on).duties if duty.trigger == "outlet_day"]
        asked = [role for duty in duties for by in duty.by for role in by.roles]
        if not roles_on(w.cursor, staff_id, on.toordinal()) & set(asked):
            raise Refused("post_not_held", staff_id=staff_id, role=", ".join(asked))
        event = OutletSupervised(*stamped(w.stamp(on)), outlet, staff_id, free_text(note))
        done_once_a_day(w, "supervision", outlet, f"outlet:{outlet}", event)

    return book.once(command, act, by=by)
