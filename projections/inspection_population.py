"""What a sample is drawn from: the entries of the log, or the customers, that an inspection's scope takes in.

It is asked when the inspection is opened, of a book whose last entry is the cut-off; who repeats the drawing asks it of
the book as it was then. Entries are those of the log "My customers" (projections/log.py), as corrected by then,
without those withdrawn. The tier is that of the entry's day, or the customer's on the day of the opening; the member
of staff is who made the entry, or the lead of the owners.
"""

from collections.abc import Iterator
from datetime import date
from sqlite3 import Cursor
from sys import intern

from guanhu.domain.calendar import Calendar
from guanhu.domain.inspection import Scope
from guanhu.domain.sampling import Unit
from guanhu.domain.scheme import Policy
from guanhu.projections.day import open_day
from guanhu.projections.log import Asked, each_entry
from guanhu.projections.posts import check_known, posts_on


def population(
    cursor: Cursor, policy: Policy, calendar: Calendar, scope: Scope, on: date, *,
    erased_since: frozenset[str] = frozenset(),
) -> list[Unit]:  # fmt: skip
    """The units of a scope on the day of its opening; NotFound("unknown_outlet", "unknown_staff").

    `erased_since`: numbers of customers who look erased, since their keys are gone, and were not yet.
    """
    check_known(cursor, staff=scope.staff_id, outlet=scope.outlet)
    if scope.subject == "customers":
        return list(_customers(cursor, policy, calendar, scope, on, erased_since))
    return list(_entries(cursor, scope))


def _entries(cursor: Cursor, scope: Scope) -> Iterator[Unit]:
    asked = Asked(scope.staff_id or None, scope.outlet or None, scope.first, scope.last)
    for entry in each_entry(cursor, asked):
        if not scope.kinds or entry.kind in scope.kinds:
            # Of a million units the tiers and staff are few: each name is kept once.
            yield Unit(str(entry.position), entry.customer_no, intern(entry.tier or ""), intern(entry.staff))


def _customers(
    cursor: Cursor, policy: Policy, calendar: Calendar, scope: Scope, on: date, erased_since: frozenset[str]
) -> Iterator[Unit]:
    """Customers in a tier, or with an owner, who are neither closed nor erased."""
    day = open_day(cursor, policy, calendar, on)
    rows = cursor.execute(*_candidates(scope, day.ordinal)).fetchall()
    ids = [cid for cid, no, erased in rows if not erased or no in erased_since]
    figures, care = day.figures(ids), day.care(ids)
    for cid in ids:
        no, _, tier, fen = figures[cid]
        owners = [staff for staff, _ in care[cid].owners]
        if (tier or owners) and (not scope.staff_id or scope.staff_id in (*owners, care[cid].system_owner)):
            yield Unit(no, no, tier or "", owners[0] if owners else "", fen)


def _candidates(scope: Scope, day: int) -> tuple[str, list[object]]:
    """The customers of the outlet, or with the member of staff on the day: wider than exact."""
    where = ["NOT EXISTS (SELECT 1 FROM mark WHERE customer_id = id AND mark = 'closed' AND start <= ? AND end > ?)"]
    values: list[object] = [day, day]
    if scope.outlet:
        where.append("outlet = ?")
        values.append(scope.outlet)
    if scope.staff_id:
        where.append("id IN (SELECT customer_id FROM care WHERE staff = ? AND end > ? AND start <= ?)")
        values += [scope.staff_id, day, day]
    return f"SELECT id, no, erased FROM customer WHERE {' AND '.join(where)} ORDER BY id", values


def outlets_of(cursor: Cursor, scope: Scope, on: date) -> frozenset[str]:
    """The outlets that a scope lies in; none where it is the whole branch."""
    if scope.outlet:
        return frozenset({scope.outlet})
    if not scope.staff_id:
        return frozenset()
    posted = posts_on(cursor, on.toordinal()).outlets.get(scope.staff_id)
    return frozenset({posted} if posted else ())


def in_care(cursor: Cursor, scope: Scope, staff_id: str, on: date) -> int:
    """How many customers of the scope a member of staff looked after on any of its days, or since."""
    days = (scope.first.toordinal(), on.toordinal())
    question = "SELECT count(DISTINCT mine.customer_id) FROM care mine"
    where = "mine.staff = ? AND mine.end > ? AND mine.start <= ? AND mine.start < mine.end AND mine.seat <> 'gap'"
    values: list[object] = [staff_id, *days]
    if scope.outlet:
        question += " JOIN customer ON id = mine.customer_id AND outlet = ?"
        values.insert(0, scope.outlet)
    if scope.staff_id:
        where += " AND EXISTS (SELECT 1 FROM care WHERE customer_id = mine.customer_id AND staff = ? AND end > ?"
        where += " AND start <= ?)"
        values += [scope.staff_id, *days]
    found: int = cursor.execute(f"{question} WHERE {where}", values).fetchone()[0]
    return found
