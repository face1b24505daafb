"""The log "My customers" (我的客户): all acts of a member of staff, of an outlet, or of the branch, by date.

Every post fills in the same form: who did what for whom, when it happened, when it was written down, what came
of it, what comes next (SCHEMES.md 1, the log and its inspection). Contacts, visits, what is taken up for a
customer and what closes it, and waivers are entries alike; they stand as corrected, and say so.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from sqlite3 import Cursor
from typing import Any

import msgspec

from guanhu.domain.branch_time import day_recorded
from guanhu.domain.contact import time_of
from guanhu.projections.log_sources import questions
from guanhu.projections.projection import chunks, marks

READ_AT_ONCE = 500
"""Entries that are read together."""


class Asked(msgspec.Struct, frozen=True):
    """Which entries: of a member of staff (companions included), of an outlet's customers, between two days.

    `withdrawn`: also the entries that a correction took out.
    """

    staff: str | None = None
    outlet: str | None = None
    first: date | None = None
    last: date | None = None
    withdrawn: bool = False


class LogEntry(msgspec.Struct, frozen=True):
    """One entry of the log, in the form that all posts share.

    `kind`: contact, visit, promise, promise_kept, promise_excused, referral, referral_accepted,
    referral_returned, event, opinion, request, request_answered, waiver. `subject`: what an event or request is
    about, whom a referral goes to, the duty of a waiver with its `occurrence`. `outcome`: of an act; of what was
    taken up, how it was closed. `next_on`: the next step, or when a promise or request is due. `late`: written
    down on a later day than it happened. `began_at`: when a visit began, by China's clocks. `corrected`:
    position of the last correction. `closes`: for an entry that closes something, the position of what it closes.
    """

    position: int
    on: date
    customer_no: str
    name: str
    tier: str | None
    kind: str
    subject: str
    occurrence: str
    channel: str
    outcome: str
    began_at: time | None
    duration_seconds: int | None
    staff: str
    companions: tuple[str, ...]
    note: str
    next_on: date | None
    recorded_at: datetime
    late: bool
    by: str
    imported: bool
    corrected: int | None
    withdrawn: bool
    closes: int | None


def log_entries(cursor: Cursor, asked: Asked, *, limit: int = 0, offset: int = 0) -> tuple[int, list[LogEntry]]:
    """How many entries there are, and those of the page (`limit` 0: all), by date, then by position."""
    union, values = _union(asked)
    total: int = cursor.execute(f"SELECT count(*) FROM ({union})", values).fetchone()[0]
    keys = cursor.execute(f"{union} ORDER BY 2, 1 LIMIT ? OFFSET ?", [*values, limit or -1, offset]).fetchall()
    return total, _entries(cursor, keys)


def entries_at(cursor: Cursor, positions: Sequence[int]) -> list[LogEntry]:
    """The acts, withdrawn ones too, and waivers that stand at positions, oldest first; what is neither is left out."""
    keys: list[tuple[int, int, str]] = []
    for part in chunks(positions, 500):
        for source in ("act", "waiver"):
            question = f"SELECT position, day, '{source}' FROM {source} WHERE position IN ({marks(part)})"
            keys += cursor.execute(question, part).fetchall()
    return _entries(cursor, sorted(keys))


def each_entry(cursor: Cursor, asked: Asked) -> Iterator[LogEntry]:
    """All entries, by date, then by position, few of them in memory at once: those of years are millions."""
    union, values = _union(asked)
    for part in chunks(cursor.execute(f"{union} ORDER BY 2, 1", values).fetchall(), READ_AT_ONCE):
        yield from _entries(cursor, part)


def _union(asked: Asked) -> tuple[str, list[object]]:
    """The question for (position, day, source) of all of them, and its values."""
    parts = list(questions(asked.staff, asked.outlet, asked.first, asked.last, withdrawn=asked.withdrawn))
    return " UNION ALL ".join(question for question, _ in parts), [value for _, each in parts for value in each]


# ---------------------------------------------------------------- the entries of a page
_ACTS = """
    SELECT act.position, customer_id, kind, '', '', channel, outcome, began, duration, staff, companions, note,
           next_day, recorded, by, imported, corrected, day, 0
    FROM act WHERE act.position IN ({})"""
_OPENED = """
    SELECT position, customer_id, kind, CASE kind WHEN 'referral' THEN other ELSE subject END, '', '', how, NULL, NULL,
           opener, '', text, due, recorded, by, 0, 0, day, 0
    FROM affair WHERE position IN ({})"""
_CLOSED = """
    SELECT closed_by, customer_id, kind || '_' || how, CASE kind WHEN 'referral' THEN other ELSE subject END, '', '',
           '', NULL, NULL, closer, '', closed_text, NULL, closed_recorded, closer, 0, 0, closed, position
    FROM affair WHERE closed_by IN ({})"""
_WAIVED = """
    SELECT position, customer_id, 'waiver', duty, occurrence, '', '', NULL, NULL, by, '', reason, NULL,
           recorded, by, 0, 0, day, 0
    FROM waiver WHERE day BETWEEN ? AND ? AND position IN ({})"""
_QUESTIONS = {"act": _ACTS, "affair": _OPENED, "closed": _CLOSED, "waiver": _WAIVED}

_PERSON = """
    SELECT no, CASE WHEN restricted THEN '' ELSE name END, restricted,
           (SELECT tier FROM tier_move WHERE customer_id = id AND day <= ? AND tier_move.position > 0
            ORDER BY day DESC, n DESC LIMIT 1)
    FROM customer WHERE id = ?"""


def _entries(cursor: Cursor, keys: Sequence[tuple[int, int, str]]) -> list[LogEntry]:
    """The entries of (position, day, source), in that order; READ_AT_ONCE are read together."""
    found: dict[tuple[int, str], LogEntry] = {}
    for part in chunks(keys, READ_AT_ONCE):
        for source, question in _QUESTIONS.items():
            wanted = [key for key in part if key[2] == source]
            if not wanted:
                continue
            positions = [position for position, _, _ in wanted]
            # Waivers have no index by position, but one by day.
            days = [min(day for _, day, _ in wanted), max(day for _, day, _ in wanted)] if source == "waiver" else []
            for row in cursor.execute(question.format(marks(positions)), [*days, *positions]).fetchall():
                found[row[0], source] = _entry(cursor, row)
    return [found[position, source] for position, _, source in keys]


def _entry(cursor: Cursor, row: tuple[Any, ...]) -> LogEntry:
    (position, cid, kind, subject, occurrence, channel, outcome, began, duration, staff, companions, note, next_day,
     recorded, by, imported, corrected, day, closes) = row  # fmt: skip
    no, name, restricted, tier = cursor.execute(_PERSON, (day, cid)).fetchone()
    withdrawn = kind == "withdrawn"
    if withdrawn:
        kind = "contact" if channel else "visit"
    following = date.fromordinal(next_day) if next_day else None
    late = not imported and day_recorded(recorded) > day
    return LogEntry(
        position, date.fromordinal(day), no, name, tier or None, kind, subject, occurrence, channel, outcome,
        time_of(began), duration, staff, tuple(companions.split()), "" if restricted else note, following,
        datetime.fromtimestamp(recorded, UTC), late, by, bool(imported), corrected or None, withdrawn, closes or None,
    )  # fmt: skip
