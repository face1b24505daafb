"""The search keys as they are stored: in segments of customers, so that a page written once is seldom written again.

One large index would have nearly each of its pages written anew for every batch of a file: keys come in no order.
A segment holds the keys of the customers whose ids share their upper bits; a search asks all segments at once.
"""

from collections.abc import Iterable
from operator import itemgetter
from sqlite3 import Cursor

SEGMENT_BITS = 16
LAST_CHARACTER = "\U0010ffff"
MOST_AT_ONCE = 100
"""Segments asked by one question; SQLite allows 500 parts."""


def write_keys(cursor: Cursor, rows: list[tuple[str, int]]) -> None:
    """Write (key, customer id); sorted here, so that each page is met once."""
    rows.sort(key=itemgetter(0))
    rows.sort(key=_segment)
    cursor.executemany(
        "INSERT OR IGNORE INTO search VALUES (?, ?, ?)", [(cid >> SEGMENT_BITS, key, cid) for key, cid in rows]
    )


def forget_keys(cursor: Cursor, customer_id: int, keys: Iterable[str]) -> None:
    """Take keys of a customer out."""
    cursor.executemany(
        "DELETE FROM search WHERE segment = ? AND key = ? AND customer_id = ?",
        [(customer_id >> SEGMENT_BITS, key, customer_id) for key in keys],
    )


def with_prefix(cursor: Cursor, prefix: str, most: int) -> list[int]:
    """Ids of the customers who have a key that begins so, in the order of the keys; at most so many."""
    last: int | None = cursor.execute("SELECT max(segment) FROM search").fetchone()[0]
    found: list[tuple[str, int]] = []
    segments = range((last or 0) + 1)
    for start in range(0, len(segments), MOST_AT_ONCE):
        part = segments[start : start + MOST_AT_ONCE]
        question = " UNION ALL ".join(
            f"SELECT key, customer_id FROM search WHERE segment = {n} AND key >= :from AND key < :to" for n in part
        )
        values = {"from": prefix, "to": prefix + LAST_CHARACTER, "most": most}
        found += cursor.execute(f"{question} ORDER BY 1, 2 LIMIT :most", values).fetchall()
    if len(segments) > MOST_AT_ONCE:
        found.sort()
    return [cid for _, cid in found[:most]]


def _segment(row: tuple[str, int]) -> int:
    return row[1] >> SEGMENT_BITS
