"""Where a replay finds its events (projections/replay_scope.py, Stored): by position, by stream, and all but some."""

from collections.abc import Sequence
from sqlite3 import Cursor

from guanhu.store.recorder import BookRecorder, Row

ASKED_AT_ONCE = 900


class ReplaySource:
    """The stored events of one book, for a replay."""

    def __init__(self, recorder: BookRecorder) -> None:
        self._recorder = recorder
        self._table = recorder.events_table_name

    def read(self, cursor: Cursor, positions: Sequence[int]) -> list[Row]:
        """The events at these positions, in that order."""
        return self._recorder.read(cursor, positions)

    def topics(self, cursor: Cursor, positions: Sequence[int]) -> list[tuple[int, str]]:
        """(position, topic) of the events at these positions, in order of position."""
        return self._some(cursor, "rowid", positions, "rowid")

    def of_streams(self, cursor: Cursor, streams: Sequence[str]) -> list[tuple[int, str]]:
        """(position, topic) of all events of these streams, in any order."""
        return self._some(cursor, "originator_id", streams, "originator_id")

    def _some(self, cursor: Cursor, column: str, values: Sequence[object], order: str) -> list[tuple[int, str]]:
        found: list[tuple[int, str]] = []
        for start in range(0, len(values), ASKED_AT_ONCE):
            part = values[start : start + ASKED_AT_ONCE]
            listed = ",".join("?" * len(part))
            question = f"SELECT rowid, topic FROM {self._table} WHERE {column} IN ({listed}) ORDER BY {order}"
            found += cursor.execute(question, list(part)).fetchall()
        return found

    def since(self, cursor: Cursor, streams: Sequence[str], position: int) -> list[tuple[int, str, str]]:
        """(position, stream, topic) of the events of these streams after a position, in any order."""
        found: list[tuple[int, str, str]] = []
        for start in range(0, len(streams), ASKED_AT_ONCE):
            part = streams[start : start + ASKED_AT_ONCE]
            listed = ",".join("?" * len(part))
            question = f"SELECT rowid, originator_id, topic FROM {self._table}"
            found += cursor.execute(f"{question} WHERE originator_id IN ({listed}) AND rowid > ?", [*part, position])
        return found

    def between(self, cursor: Cursor, topic: str, first: int, last: int) -> list[int]:
        """The positions of a topic's events from one position to another."""
        question = f"SELECT rowid FROM {self._table} WHERE rowid BETWEEN ? AND ? AND topic = ?"
        return [position for (position,) in cursor.execute(question, (first, last, topic)).fetchall()]

    def outside(self, cursor: Cursor, prefixes: Sequence[str]) -> list[tuple[int, str, str]]:
        """(position, stream, topic) of all events whose streams begin with none of these, in any order.

        The streams stand in an index: only the gaps between the prefixes are read.
        """
        found: list[tuple[int, str, str]] = []
        after = ""
        for prefix in (*sorted(prefixes), ""):
            bound = "AND originator_id < ?" if prefix else ""
            found += cursor.execute(
                f"SELECT rowid, originator_id, topic FROM {self._table} WHERE originator_id >= ? {bound}",
                (after, prefix) if prefix else (after,),
            ).fetchall()
            after = prefix[:-1] + chr(ord(prefix[-1]) + 1) if prefix else ""
        return found
