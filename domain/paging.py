"""Parts of long lists (DESIGN 7): a limit of 0 means all."""

from typing import TypeVar

T = TypeVar("T")


def paged(rows: list[T], limit: int, offset: int = 0) -> list[T]:
    """At most `limit` rows from `offset` on, all of them with a limit of 0."""
    return rows[offset : offset + limit] if limit else rows[offset:]
