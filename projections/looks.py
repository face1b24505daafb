"""Who looked at what: the record of exports, of what was uncovered and, where the book says so, of pages and lists."""

from datetime import UTC, date, datetime
from sqlite3 import Cursor

import msgspec

from guanhu.projections.inspection_sight import Sight, looks_kept_back
from guanhu.projections.projection import marks, read_book

LEVEL = "looking"
"""The name under which the book keeps how fine it records, as a place in domain/looking.py, LEVELS."""


class LookEntry(msgspec.Struct, frozen=True):
    """One look: domain/looking.py, Looked. `known_to`: None where the book was shown as it was then."""

    position: int
    recorded_at: datetime
    by: str
    login: str
    kind: str
    subject: str
    form: str
    as_of: date
    known_to: int | None
    scope: dict[str, str]
    rows: int


class Wanted(msgspec.Struct, frozen=True):
    """Which looks: of whom, at which customer, of which kinds, between which days on the branch's clock."""

    staff: str = ""
    customer_no: str = ""
    kinds: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None


def level_of(cursor: Cursor) -> int:
    """How fine the book records looking, as a place in LEVELS; a new book records exports."""
    return read_book(cursor, LEVEL)


def looks(
    cursor: Cursor, wanted: Wanted, *, limit: int = 0, offset: int = 0, sight: Sight | None = None
) -> tuple[int, list[LookEntry]]:
    """How many there are, and those of the page, newest first (`limit` 0: all).

    `sight`: who asks; while an inspection runs, looks of those who inspect are for them (None sees everything).
    """
    where, values = _where(wanted)
    if (kept := looks_kept_back(sight)) is not None:
        since, people = kept
        where += f" AND NOT (position > ? AND by IN ({marks(people)}))"
        values += [since, *people]
    total: int = cursor.execute(f"SELECT count(*) FROM look WHERE {where}", values).fetchone()[0]
    rows = cursor.execute(
        "SELECT position, recorded, by, login, kind, subject, form, as_of, known_to, scope, rows FROM look"
        f" WHERE {where} ORDER BY position DESC LIMIT ? OFFSET ?",
        (*values, limit or -1, offset),
    ).fetchall()
    return total, [_entry(row) for row in rows]


def _entry(row: tuple[int, int, str, str, str, str, str, int, int, str, int]) -> LookEntry:
    position, recorded, by, login, kind, subject, form, as_of, known_to, scope, lines = row
    return LookEntry(
        position, datetime.fromtimestamp(recorded, UTC), by, login, kind, subject, form,
        date.fromordinal(as_of), known_to or None, dict(msgspec.json.decode(scope)), lines,
    )  # fmt: skip


def _where(wanted: Wanted) -> tuple[str, list[object]]:
    parts, values = ["1"], list[object]()
    if wanted.staff:
        parts.append("by = ?")
        values.append(wanted.staff)
    if wanted.kinds:
        parts.append(f"kind IN ({','.join('?' * len(wanted.kinds))})")
        values += wanted.kinds
    for sign, day in ((">=", wanted.first), ("<=", wanted.last)):
        if day is not None:
            parts.append(f"day {sign} ?")
            values.append(day.toordinal())
    if wanted.customer_no:
        parts.append("position IN (SELECT trace.position FROM trace JOIN customer ON id = customer_id WHERE no = ?)")
        values.append(wanted.customer_no)
    return " AND ".join(parts), values
