"""Whether somebody waits for an answer still: a question under way looks now and then, and ends where nobody does."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from sqlite3 import Connection
from threading import Event

STEPS = 20_000
"""SQLite's instructions between two looks whether the answer is wanted: less than a millisecond."""

_over: ContextVar[Event | None] = ContextVar("over", default=None)


class GivenUp(Exception):
    """Nobody waits for the answer any more."""


@contextmanager
def waited_for(over: Event) -> Iterator[None]:
    """What is asked within, in this thread, is given up when `over` is set."""
    token = _over.set(over)
    try:
        yield
    finally:
        _over.reset(token)


@contextmanager
def giving_way(connection: Connection) -> Iterator[None]:
    """What is asked on a connection ends with an error once nobody waits for the question that asks it."""
    over = _over.get()
    if over is None:
        yield
        return
    if over.is_set():
        raise GivenUp
    connection.set_progress_handler(over.is_set, STEPS)
    try:
        yield
    finally:
        connection.set_progress_handler(None, STEPS)
