"""The customers of a scope as they were registered at a past moment, by the ids that they had then.

Ids follow the order of registration. Whose registration was taken back is gone from the present's rows, and the id may
have gone to another since.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from sqlite3 import Cursor

import msgspec

from guanhu.domain.events import Event
from guanhu.projections.projection import ASKED_AT_ONCE, chunks, marks

Topics = Callable[[Cursor, Sequence[int]], list[tuple[int, str]]]
"""(position, topic) of the events at these positions."""
Events = Callable[[Iterable[int]], Iterator[tuple[int, Event]]]
"""The events at these positions, with them."""


class People(msgspec.Struct, frozen=True):
    """Ids and numbers as they were (id -> number).

    `gone`: the ids of all whose registration was taken back at any time, `refs` the positions of these registrations.
    """

    customers: dict[int, str]
    gone: dict[str, int]
    refs: tuple[int, ...]


def people_then(
    cursor: Cursor, position: int, topics: Topics, events: Events, numbers: set[str], ids: set[int]
) -> People:
    """Those of these numbers, and of these ids of the present, who were registered up to a position."""
    refs, gone, existing = _gone(cursor, position, topics, events)
    wanted = sorted(numbers - existing.keys())
    found: dict[int, str] = {existing[no]: no for no in numbers & existing.keys()}
    for part in chunks(wanted, ASKED_AT_ONCE):
        found.update(_registered(cursor, position, f"no IN ({marks(part)})", part))
    for part in chunks(sorted(ids), ASKED_AT_ONCE):
        found.update(_registered(cursor, position, f"id IN ({marks(part)})", part))
    return People(found, gone, refs)


def named(event: Event) -> tuple[str, ...]:
    """The customers whom an event names."""
    no: str = getattr(event, "customer_no", "")
    numbers: tuple[str, ...] = getattr(event, "customer_nos", ())
    return (no,) if no else numbers


def _registered(cursor: Cursor, position: int, which: str, values: Sequence[object]) -> dict[int, str]:
    question = f"SELECT id, no FROM customer WHERE position <= ? AND {which}"
    return dict(cursor.execute(question, (position, *values)).fetchall())


def _gone(
    cursor: Cursor, position: int, topics: Topics, events: Events
) -> tuple[tuple[int, ...], dict[str, int], dict[str, int]]:
    """Registrations that were ever taken back, the ids they gave, and those of customers there at the moment.

    A customer's id was the next after the highest of all who were there.
    """
    pairs = dict(cursor.execute("SELECT ref, position FROM withdrawn").fetchall())
    registered = [ref for ref, topic in topics(cursor, sorted(pairs)) if topic == "registered"]
    ids: dict[int, int] = {}
    gone: dict[str, int] = {}
    existing: dict[str, int] = {}
    for ref, event in events(registered):
        (no,) = named(event)
        there = [cid for other, cid in ids.items() if pairs[other] > ref]
        ids[ref] = 1 + max(_highest_before(cursor, ref), *there, 0)
        gone[no] = ids[ref]
        if ref <= position < pairs[ref]:
            existing[no] = ids[ref]
    return tuple(registered), gone, existing


def _highest_before(cursor: Cursor, position: int) -> int:
    """The highest id among those who are still there of the customers registered before a position."""
    low, high = 0, cursor.execute("SELECT coalesce(max(id), 0) FROM customer").fetchone()[0]
    while low < high:
        middle = (low + high + 1) // 2
        row = cursor.execute(
            "SELECT id, position FROM customer WHERE id <= ? ORDER BY id DESC LIMIT 1", (middle,)
        ).fetchone()
        if row is None or row[1] < position:
            low = middle
        else:
            high = row[0] - 1
    return low
