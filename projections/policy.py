"""The schemes adopted, read back from the book."""

from datetime import date
from functools import lru_cache
from sqlite3 import Cursor

import msgspec

from guanhu.domain.adopted import adopted_scheme
from guanhu.domain.errors import NotFound
from guanhu.domain.scheme import Policy, Scheme


@lru_cache(maxsize=16)
def _scheme(text: str) -> Scheme:
    return adopted_scheme(text)


@lru_cache(maxsize=4)
def _policy(adopted: tuple[tuple[int, str], ...]) -> Policy:
    return Policy(tuple((date.fromordinal(start), _scheme(text)) for start, text in adopted))


def policy_of(cursor: Cursor) -> Policy | None:
    """The policy of a book, None before its first scheme; of two schemes from one date the later counts."""
    rows = cursor.execute("SELECT start, text FROM scheme ORDER BY start, position").fetchall()
    by_day = dict(rows)
    return _policy(tuple(sorted(by_day.items()))) if by_day else None


class AdoptedText(msgspec.Struct, frozen=True):
    """A scheme as it was adopted: its version, from when it governs, the whole text."""

    version: int
    since: date
    text: str


def scheme_text(cursor: Cursor, scheme: str, version: int | None, day: date) -> AdoptedText:
    """The text that governs last up to a day, of one version or (None) of any; NotFound("unknown_scheme")."""
    row = cursor.execute(
        "SELECT version, start, text FROM scheme WHERE id = ? AND start <= ? AND (? IS NULL OR version = ?)"
        " ORDER BY start DESC, position DESC LIMIT 1",
        (scheme, day.toordinal(), version, version),
    ).fetchone()
    if row is None:
        raise NotFound("unknown_scheme", scheme=scheme)
    return AdoptedText(row[0], date.fromordinal(row[1]), row[2])
