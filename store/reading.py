"""Connections for those who only ask: plain ones, without the library of events, which takes longer to load than a
question takes to answer.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from guanhu.store.errors import translated

KEPT = 4
"""Connections that stay open for the next question: each holds what it read of the file in memory."""


class Readers:
    """The connections of one book on which questions are asked, from any thread; each on a snapshot of its own."""

    def __init__(self, connect: Callable[[], sqlite3.Connection], begin: Callable[[sqlite3.Cursor], object]) -> None:
        """Opens the first connection by `connect`, and raises what that raises.

        `begin` asks the first question of each block, with which the snapshot is taken.
        """
        self._connect = connect
        self._begin = begin
        self._lock = threading.Lock()
        self._closed = False
        self._most = KEPT
        self._watching: sqlite3.Connection | None = None
        self._idle = [connect()]

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Cursor]:
        """One snapshot: whatever others write meanwhile, every question of the block sees the same state."""
        with translated(), self._lent() as connection:
            cursor = connection.cursor()
            cursor.execute("BEGIN")
            try:
                self._begin(cursor)
                yield cursor
            finally:
                if connection.in_transaction:
                    connection.rollback()
                cursor.close()

    def data_version(self) -> int:
        """A number that changes whenever anybody, here or in another process, has committed to the book."""
        with translated(), self._lock:
            if self._watching is None:
                self._check_open()
                self._watching = self._connect()  # kept: the number compares with itself
            found: int = self._watching.execute("PRAGMA data_version").fetchone()[0]
            return found

    def rest(self) -> None:
        """From here on no connection is kept for the next question: nobody is expected to ask, though somebody may."""
        self._most = 0
        self._close_idle()

    def close(self) -> None:
        """Closes what is idle; a connection that is lent closes when its question ends."""
        self._closed = True
        self._close_idle()

    def _close_idle(self) -> None:
        with self._lock:
            for connection in (*self._idle, self._watching):
                if connection is not None:
                    connection.close()
            self._idle.clear()
            self._watching = None

    @contextmanager
    def _lent(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._check_open()
            connection = self._idle.pop() if self._idle else None
        if connection is None:
            connection = self._connect()
        try:
            yield connection
        finally:
            with self._lock:
                kept = not self._closed and len(self._idle) < self._most
                if kept:
                    self._idle.append(connection)  # the last one is lent next: it remembers most
            if not kept:
                connection.close()

    def _check_open(self) -> None:
        if self._closed:
            raise sqlite3.ProgrammingError("the book is closed")
