"""Replays for tests: gone through to the end, and their rows beside those of the live read model."""

from array import array
from collections import Counter
from collections.abc import Sequence
from datetime import date
from sqlite3 import Cursor
from typing import Any

from guanhu.projections.replay_choice import Asked
from guanhu.projections.replay_scope import Scope
from guanhu.projections.replay_step import Step
from guanhu.projections.replaying import Replay
from guanhu.projections.tables import TABLES
from guanhu.store.book import Book
from guanhu.store.codec import decode
from guanhu.store.replay_source import ReplaySource

UNTIL = date(2026, 11, 24)
OF_CUSTOMERS = tuple(name for name, columns in TABLES.items() if "customer_id INTEGER" in columns)
FRAME = ("staff", "post", "leave", "outlet", "scheme")
"""Tables that a replay holds whole."""


def begun(book: Book, cursor: Cursor, scope: Scope, **asked: Any) -> Replay:
    """A replay that stands at its beginning."""
    source = ReplaySource(book.recorder)
    return Replay(cursor, source, decode, book.keyring, book.calendar, scope, Asked(**{"until": UNTIL, **asked}))


def replayed(book: Book, scope: Scope, **asked: Any) -> list[Step]:
    """All steps of a replay."""
    with book.reading() as cursor:
        replay = begun(book, cursor, scope, **asked)
        try:
            return replay.steps(cursor)
        finally:
            replay.close()


def differences(
    book: Book, scope: Scope, *, without: int = 0, **asked: Any
) -> dict[str, tuple[Counter[Any], Counter[Any]]]:
    """Tables in which a replay that went to its end differs from the live read model: rows too few, rows too many.

    `without`: the position of an event that is left out.
    """
    found = {}
    with book.reading() as cursor:
        replay = begun(book, cursor, scope, **asked)
        replay.positions = array("q", (position for position in replay.positions if position != without))
        replay.steps(cursor)
        ids = list(replay.customers)
        for table in ("customer", *OF_CUSTOMERS, *FRAME):
            live, own = (Counter(_rows(each, table, ids)) for each in (cursor, replay.model.cursor))
            if live != own:
                found[table] = (live - own, own - live)
        replay.close()
    return found


def _rows(cursor: Cursor, table: str, ids: Sequence[int]) -> list[Any]:
    """The rows of these customers; of a frame's table all. The order within a rating is not kept in a narrowed one."""
    columns = [row[1] for row in cursor.execute(f"PRAGMA table_info({table})") if (table, row[1]) != ("tier_move", "n")]
    key = "id" if table == "customer" else "customer_id"
    where = "" if table in FRAME else f" WHERE {key} IN ({', '.join(map(str, ids))})"
    return cursor.execute(f"SELECT {', '.join(columns)} FROM {table}{where}").fetchall()
