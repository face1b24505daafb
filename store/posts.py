"""Staff: enrolled, given posts, moved, away for a while, gone; and the day's list gone through (SCHEMES.md 1)."""

from collections.abc import Sequence
from datetime import date

from guanhu.domain.errors import Refused, check_among
from guanhu.domain.events import Event, stamped
from guanhu.domain.facts import EVER
from guanhu.domain.staff import DayReviewed, LeaveArranged, RoleGiven, RoleTaken, StaffEnrolled, StaffLeft
from guanhu.domain.text import clean
from guanhu.store.book import Book, Receipt
from guanhu.store.checks import check_id, check_name, check_open_outlet, check_past, check_staff, free_text
from guanhu.store.registering import check_outlet
from guanhu.store.writer import Writer


def enrol_staff(w: Writer, staff_id: str, name: str, on: date, login: str = "") -> None:
    """Enrol somebody inside a transaction; who has left may come back. Refused("bad_staff_id", "staff_known")."""
    check_id(staff_id, "bad_staff_id")
    row = w.cursor.execute("SELECT left FROM staff WHERE id = ?", (staff_id,)).fetchone()
    if row and row[0] > on.toordinal():
        raise Refused("staff_known", staff_id=staff_id)
    event = StaffEnrolled(*stamped(w.stamp(on)), staff_id, check_name(name), login)
    w.append(f"staff:{staff_id}", event)


def give_post(w: Writer, staff_id: str, role: str, outlet: str, on: date) -> None:
    """Give a post inside a transaction; `outlet` "" is the first. Refused("unknown_role", "post_held")."""
    scheme = w.policy.on(on)
    check_among(role, scheme.role, "unknown_role")
    check_staff(w, staff_id, on)
    outlet = check_open_outlet(w, check_outlet(w, outlet), on)
    held = w.cursor.execute(
        "SELECT 1 FROM post WHERE staff = ? AND role = ? AND outlet = ? AND end > ?",
        (staff_id, role, outlet, on.toordinal()),
    ).fetchone()
    if held:
        raise Refused("post_held", staff_id=staff_id, role=role, outlet=outlet)
    w.append(f"staff:{staff_id}", RoleGiven(*stamped(w.stamp(on)), staff_id, role, outlet))


def enrol(
    book: Book, staff_id: str, name: str, on: date, *, roles: Sequence[str] = (), outlet: str = "", login: str = "",
    by: str = "", command: str = "",
) -> Receipt:  # fmt: skip
    """Enrol a member of staff with their posts at one outlet ("" is the first).

    Refused("bad_staff_id", "staff_known", "unknown_role", "outlet_closed", "future_act"), NotFound("unknown_outlet").
    """

    def act(w: Writer) -> None:
        check_past(w, on)
        enrol_staff(w, clean(staff_id), name, on, login)
        for role in dict.fromkeys(roles):
            give_post(w, clean(staff_id), role, outlet, on)

    return book.once(command, act, by=by)


def give_role(
    book: Book, staff_id: str, role: str, outlet: str, on: date, *, by: str = "", command: str = ""
) -> Receipt:
    """Give a post from `on`. Refused("unknown_role", "post_held", "staff_left", "outlet_closed", "future_act")."""

    def act(w: Writer) -> None:
        check_past(w, on)
        give_post(w, staff_id, role, outlet, on)

    return book.once(command, act, by=by)


def take_role(
    book: Book, staff_id: str, role: str, outlet: str, on: date, *, by: str = "", command: str = ""
) -> Receipt:
    """End a post, `on` being the first day without; `outlet` "" is wherever it is held. Refused("post_not_held")."""

    def act(w: Writer) -> None:
        check_past(w, on)
        check_staff(w, staff_id, on)
        held = [at for held, at in _posts(w, staff_id, on) if held == role and outlet in ("", at)]
        if not held:
            raise Refused("post_not_held", staff_id=staff_id, role=role)
        head = stamped(w.stamp(on))
        w.append(f"staff:{staff_id}", *(RoleTaken(*head, staff_id, role, at) for at in held))

    return book.once(command, act, by=by)


def move(
    book: Book, staff_id: str, outlet: str, on: date, *, roles: Sequence[str] = (), by: str = "", command: str = ""
) -> Receipt:
    """Move somebody to another outlet, in the same roles or in those named.

    Who moves hands all customers over first (SCHEMES.md 1): Refused("still_owner") while customers of other outlets
    or open affairs with them are theirs; Refused("already_there").
    """

    def act(w: Writer) -> None:
        check_past(w, on)
        check_staff(w, staff_id, on)
        new = check_open_outlet(w, outlet, on)
        posts = _posts(w, staff_id, on)
        old = [post for post in posts if post[1] != new]
        if not old:
            raise Refused("already_there" if posts else "no_post", staff_id=staff_id, outlet=new)
        _check_handed_over(w, staff_id, on, " AND customer.outlet <> ?", new)
        head = stamped(w.stamp(on))
        w.append(f"staff:{staff_id}", *(RoleTaken(*head, staff_id, role, at) for role, at in old))
        for role in dict.fromkeys(roles or [role for role, _ in old]):
            if (role, new) not in posts:
                give_post(w, staff_id, role, new, on)

    return book.once(command, act, by=by)


def _posts(w: Writer, staff_id: str, on: date) -> list[tuple[str, str]]:
    """(role, outlet) of the posts without an end that are held on a day."""
    return w.cursor.execute(
        "SELECT role, outlet FROM post WHERE staff = ? AND start <= ? AND end = ? ORDER BY start, position",
        (staff_id, on.toordinal(), EVER),
    ).fetchall()


def _check_handed_over(w: Writer, staff_id: str, on: date, where: str = "", *values: str) -> None:
    customers = w.cursor.execute(
        "SELECT count(DISTINCT customer_id) FROM care JOIN customer ON customer.id = customer_id"
        f" WHERE staff = ? AND end > ? AND start < end{where}",
        (staff_id, on.toordinal(), *values),
    ).fetchone()[0]
    affairs = w.cursor.execute(
        "SELECT count(*) FROM affair JOIN customer ON customer.id = customer_id WHERE closed IS NULL AND"
        f" (staff = ? AND kind IN ('promise', 'request') OR other = ? AND kind = 'referral'){where}",
        (staff_id, staff_id, *values),
    ).fetchone()[0]
    if customers or affairs:
        raise Refused("still_owner", staff_id=staff_id, customers=customers, affairs=affairs)


def _check_no_stand_in(w: Writer, staff_id: str, on: date) -> None:
    """Refused("still_stand_in"): nobody would see the queue of who is away."""
    row = w.cursor.execute(
        "SELECT staff, last FROM leave WHERE stand_in = ? AND last >= ? ORDER BY first LIMIT 1",
        (staff_id, on.toordinal()),
    ).fetchone()
    if row:
        last = date.fromordinal(row[1]).isoformat()
        raise Refused("still_stand_in", staff_id=staff_id, other=row[0], last=last)


def depart(book: Book, staff_id: str, on: date, *, by: str = "", command: str = "") -> Receipt:
    """Somebody leaves the bank, `on` being the first day without them.

    Refused("still_owner") while customers or open affairs are theirs, Refused("still_stand_in") while they stand in
    for somebody that day or later, Refused("staff_left").
    """

    def act(w: Writer) -> None:
        check_past(w, on)
        check_staff(w, staff_id, on)
        _check_handed_over(w, staff_id, on)
        _check_no_stand_in(w, staff_id, on)
        w.append(f"staff:{staff_id}", StaffLeft(*stamped(w.stamp(on)), staff_id))

    return book.once(command, act, by=by)


def arrange_leave(
    book: Book, staff_id: str, stand_in: str, first: date, last: date, *, by: str = "", command: str = ""
) -> Receipt:
    """Days away, both included and perhaps to come, with a stand-in (代班) who sees the queue.

    Refused("leave_backwards", "stand_in_self", "leave_overlaps", "stand_in_away", "stands_in", "staff_left").
    """

    def act(w: Writer) -> None:
        if last < first:
            raise Refused("leave_backwards", first=first.isoformat(), last=last.isoformat())
        check_staff(w, staff_id, last)
        check_staff(w, stand_in, last)
        if stand_in == staff_id:
            raise Refused("stand_in_self", staff_id=staff_id)
        for column, staff, code in (
            ("staff", staff_id, "leave_overlaps"),
            ("staff", stand_in, "stand_in_away"),
            ("stand_in", staff_id, "stands_in"),
        ):
            if w.cursor.execute(
                f"SELECT 1 FROM leave WHERE {column} = ? AND first <= ? AND last >= ?",
                (staff, last.toordinal(), first.toordinal()),
            ).fetchone():
                raise Refused(code, staff_id=staff)
        w.append(f"staff:{staff_id}", LeaveArranged(*stamped(w.stamp(first)), staff_id, stand_in, last))

    return book.once(command, act, by=by)


def review_day(book: Book, staff_id: str, on: date, note: str = "", *, by: str = "", command: str = "") -> Receipt:
    """The list of a working day has been gone through (SCHEMES.md 1, daily_review).

    Refused("future_act", "not_working_day", "day_reviewed", "staff_left").
    """

    def act(w: Writer) -> None:
        check_staff(w, staff_id, on)
        event = DayReviewed(*stamped(w.stamp(on)), staff_id, free_text(note))
        done_once_a_day(w, "daily_review", staff_id, f"staff:{staff_id}", event)

    return book.once(command, act, by=by)


def done_once_a_day(w: Writer, kind: str, subject: str, stream: str, event: Event) -> None:
    """Write down what is done on each working day; Refused("future_act", "not_working_day", "day_reviewed")."""
    on = event.occurred_on
    check_past(w, on)
    if not w.book.calendar.is_working_day(on):
        raise Refused("not_working_day", day=on.isoformat())
    if w.cursor.execute(
        "SELECT 1 FROM day_done WHERE kind = ? AND subject = ? AND day = ?", (kind, subject, on.toordinal())
    ).fetchone():
        raise Refused("day_reviewed", day=on.isoformat(), subject=subject)
    w.append(stream, event)
