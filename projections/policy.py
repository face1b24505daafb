"""The schemes adopted, read back from the book."""

from datetime import date
from functools import lru_cache
from sqlite3 import Cursor

from guanhu.domain.adopted import adopted_scheme
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
