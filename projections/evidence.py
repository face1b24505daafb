"""The outside evidence attached to entries of the log."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from sqlite3 import Cursor

import msgspec

from guanhu.projections.projection import ASKED_AT_ONCE, chunks, marks


class Evidence(msgspec.Struct, frozen=True):
    """One piece of evidence: about which entry, of which day, what it says; None where it does not say."""

    position: int
    entry: int
    on: date
    kind: str
    seconds: int | None
    reached: bool | None
    text: str
    sha256: str
    by: str
    recorded_at: datetime


def evidence_for(cursor: Cursor, entries: Iterable[int]) -> list[Evidence]:
    """The evidence about the entries at these positions, in the order it came; no text of restricted customers."""
    found = []
    for part in chunks(list(dict.fromkeys(entries)), ASKED_AT_ONCE):
        rows = cursor.execute(
            "SELECT evidence.position, entry, day, kind, seconds, reached, CASE WHEN restricted THEN '' ELSE text END,"
            " sha256, by, recorded FROM evidence JOIN customer ON id = customer_id"
            f" WHERE entry IN ({marks(part)})",
            part,
        )
        found += [_evidence(*row) for row in rows]
    return sorted(found, key=lambda each: each.position)


def _evidence(
    position: int, entry: int, day: int, kind: str, seconds: int | None, reached: int | None, text: str, sha256: str,
    by: str, recorded: int,
) -> Evidence:  # fmt: skip
    said = None if reached is None else bool(reached)
    moment = datetime.fromtimestamp(recorded, UTC)
    return Evidence(position, entry, date.fromordinal(day), kind, seconds, said, text, sha256, by, moment)
