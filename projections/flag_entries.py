"""What red flags are looked for in: the acts of some days, with the evidence about them, read once for all rules."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from sqlite3 import Cursor
from typing import Any

import msgspec

from guanhu.domain.branch_time import day_recorded
from guanhu.domain.calendar import Calendar
from guanhu.domain.red_flags.found import Entry, Proof
from guanhu.domain.red_flags.writing import Inspection
from guanhu.domain.scheme import Policy, Scheme
from guanhu.projections.projection import ASKED_AT_ONCE, chunks, marks

DUE_BEFORE = 62
"""Days before the period on which what is missed in it can have been due at most, and a little more."""
LOOK_BACK = 31
"""Days before the period whose acts are read too: they may have been written in it."""


class Scope(msgspec.Struct, frozen=True):
    """What is looked through: days (ordinals, both included), and whose work; `staff` None: everybody's.

    `outlet`: whose customers, "" for all. `one`: a single member of staff was asked for.
    """

    cursor: Cursor
    policy: Policy
    calendar: Calendar
    scheme: Scheme
    first: int
    last: int
    staff: frozenset[str] | None
    outlet: str
    one: str = ""

    def holds(self, staff_id: str) -> bool:
        """Whether somebody's work is asked for."""
        return self.staff is None or staff_id in self.staff


def scope_of(
    cursor: Cursor, policy: Policy, calendar: Calendar, first: date, last: date, staff: str, outlet: str
) -> Scope:
    """The scope of a question; the rules are those of the scheme in force on the last day."""
    days = first.toordinal(), last.toordinal()
    people = None
    if staff:
        people = frozenset((staff,))
    elif outlet:
        people = staff_of(cursor, outlet, days[0] - DUE_BEFORE, days[1])
    return Scope(cursor, policy, calendar, policy.on(last), *days, people, outlet, staff)


def staff_of(cursor: Cursor, outlet: str, first: int, last: int) -> frozenset[str]:
    """Who held a post at an outlet on any day from `first` to `last`."""
    rows = cursor.execute(
        "SELECT DISTINCT staff FROM post WHERE outlet = ? AND start <= ? AND end > ?", (outlet, last, first)
    )
    return frozenset(row[0] for row in rows)


_COLUMNS = (
    "position, customer_id, day, kind, channel, outcome, staff, companions, duration, recorded, imported, {note}, began"
)


def entries_of(scope: Scope, *, notes: bool, ahead: int = 0) -> list[Entry]:
    """The acts of the scope, from `LOOK_BACK` days before it to `ahead` days after; those of nobody with the outlet's.

    `notes`: with their texts, which only one rule needs.
    """
    columns = _COLUMNS.format(note="note" if notes else "''")
    days = (scope.first - LOOK_BACK, scope.last + ahead)
    head = f"SELECT {columns} FROM act WHERE day BETWEEN ? AND ? AND kind <> 'withdrawn'"
    if scope.staff is None:
        return [_entry(row) for row in scope.cursor.execute(head, days)]
    found = []
    for part in chunks(sorted(scope.staff), ASKED_AT_ONCE):
        question = f"{head} AND staff IN ({marks(part)})"
        found += [_entry(row) for row in scope.cursor.execute(question, (*days, *part))]
    if not scope.one:
        nobody = f"{head} AND staff = '' AND customer_id IN (SELECT id FROM customer WHERE outlet = ?)"
        found += [_entry(row) for row in scope.cursor.execute(nobody, (*days, scope.outlet))]
    for row in scope.cursor.execute(f"{head} AND companions <> ''", days):
        entry = _entry(row)
        if entry.staff not in scope.staff and not scope.staff.isdisjoint(entry.companions):
            found.append(entry)
    return found


def _entry(row: Any) -> Entry:
    position, cid, day, kind, channel, outcome, staff, along, seconds, recorded, imported, note, began = row
    companions = tuple(along.split()) if along else ()
    return Entry(
        position, cid, day, kind, channel, outcome, staff, companions, seconds, recorded, day_recorded(recorded),
        bool(imported), note, began,
    )  # fmt: skip


def proofs_of(cursor: Cursor) -> dict[int, list[Proof]]:
    """The evidence that can be compared with what an entry says, by the entry: inspectors attach it one by one."""
    found: dict[int, list[Proof]] = defaultdict(list)
    rows = cursor.execute(
        "SELECT position, entry, seconds, reached FROM evidence WHERE seconds IS NOT NULL OR reached IS NOT NULL"
    )
    for position, entry, seconds, reached in rows:
        found[entry].append(Proof(position, entry, seconds, None if reached is None else bool(reached)))
    return found


def inspections_of(scope: Scope) -> list[Inspection]:
    """The inspections opened in the scope's days, with whom they are about."""
    found = []
    rows = scope.cursor.execute(
        "SELECT day, outlet, staff FROM inspection WHERE day BETWEEN ? AND ? ORDER BY position",
        (scope.first, scope.last),
    ).fetchall()
    for day, outlet, staff in rows:
        people = frozenset((staff,)) if staff else staff_of(scope.cursor, outlet, day, day) if outlet else None
        found.append(Inspection(day, people))
    return found


def within(entries: Collection[Entry], scope: Scope) -> Sequence[Entry]:
    """Those of the acts that are dated in the scope itself."""
    return [entry for entry in entries if scope.first <= entry.day <= scope.last]
