"""A private read model in memory, into which a replay takes its events in the way that the live one does.

Only rows of the replay's customers are in it. They have the ids that the book gave them, so that bitmaps mean the
same, and rows can be compared with the live ones.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import count
from sqlite3 import Cursor
from typing import TypeVar

import msgspec

from guanhu.domain.calendar import Calendar
from guanhu.domain.customer import CustomersRegistered
from guanhu.domain.events import Event
from guanhu.domain.staff import CustomersAssigned, CustomersReleased, SchemeAdopted
from guanhu.domain.statement import BalancesReported, TiersChanged
from guanhu.projections import handlers
from guanhu.projections.fold import finish_fold
from guanhu.projections.policy import policy_of
from guanhu.projections.projection import ASKED_AT_ONCE, Opener, Projection, chunks, marks, write_numbers
from guanhu.projections.rederive import rederive
from guanhu.projections.settle import settle
from guanhu.projections.tables import INDEXES, create

HANDLERS = handlers.MODULES

_COLUMNS: dict[type[Event], tuple[str, ...]] = {
    CustomersRegistered: ("customer_nos", "outlets", "sealed"),
    BalancesReported: ("customer_nos", "fens"),
    TiersChanged: ("customer_nos", "from_tiers", "to_tiers", "bases", "rules"),
    CustomersAssigned: ("customer_nos", "replaces"),
    CustomersReleased: ("customer_nos",),
}
"""The events of thousands of customers, and their columns."""

E = TypeVar("E", bound=Event)

_models = count(1)

_STAND_IN = (
    "INSERT OR IGNORE INTO customer (id, no, position, outlet, name, personal, birthday, lunar_birthday)"
    " VALUES (?, '', 0, '', '', x'', '', '')"
)
"""Holds an id for as long as the customer after it is registered."""


def narrowed(event: E, wanted: frozenset[str]) -> E:
    """An event in columns with the rows of these customers only; any other as it is."""
    columns = _COLUMNS.get(type(event))
    if columns is None:
        return event
    numbers: tuple[str, ...] = event.customer_nos  # type: ignore[attr-defined]
    rows = [n for n, no in enumerate(numbers) if no in wanted]
    if len(rows) == len(numbers):
        return event
    return msgspec.structs.replace(event, **{
        name: tuple([getattr(event, name)[n] for n in rows]) for name in columns
    })  # fmt: skip


class Through:
    """Opens sealed data by the keys of the book, whatever model it is for."""

    def __init__(self, opener: Opener, cursor: Cursor) -> None:
        self.opener = opener
        self.cursor = cursor

    def unseal_many(self, cursor: Cursor, items: Sequence[tuple[str, bytes]], context: str) -> list[bytes | None]:
        """As Opener; the keys stand in the book, not in the private model."""
        return self.opener.unseal_many(self.cursor, items, context)


class _Projection(Projection):
    """A projection whose customers have the ids of the book, those that the model does not hold too."""

    through: Through

    def ids(self, customer_nos: Iterable[str]) -> dict[str, int]:
        """As Projection, from the book."""
        wanted = [no for no in dict.fromkeys(customer_nos) if no not in self._ids]
        for part in chunks(wanted, ASKED_AT_ONCE):
            self._ids.update(
                self.through.cursor.execute(f"SELECT no, id FROM customer WHERE no IN ({marks(part)})", part).fetchall()
            )
        return self._ids


class Model:
    """The tables, and what takes events into them. `cursor` of every method: the book's, as it is read now."""

    def __init__(self, opener: Opener, calendar: Calendar, customers: dict[int, str]) -> None:
        self._connection = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self.cursor = self._connection.cursor()
        for statement in create():
            self.cursor.execute(statement)
        for name, target in INDEXES.items():
            self.cursor.execute(f"CREATE INDEX ix_{name} ON {target}")
        self.cursor.execute("BEGIN")
        # Whoever remembers what it read of a book knows it by these numbers: no two models may seem one.
        write_numbers(self.cursor, [("recorded", -next(_models)), ("head", 0)])
        self.calendar = calendar
        self._ids = {no: cid for cid, no in customers.items()}
        self._wanted = frozenset(self._ids)
        self._opener = opener
        self._through: Through | None = None
        self._p: _Projection | None = None

    def close(self) -> None:
        """Everything is forgotten."""
        self._connection.close()

    def __del__(self) -> None:
        """A thread may still be at work on it when a screen turns to another: it goes with its last user."""
        self.close()

    def reading(self, cursor: Cursor) -> None:
        """Read keys and ids by this cursor from here on."""
        if self._through is None:
            self._through = Through(self._opener, cursor)
        self._through.cursor = cursor

    @property
    def projection(self) -> _Projection:
        """What takes events in; derives what follows as the live one does."""
        if self._p is None:
            self._p = self._projection(folding=False)
        return self._p

    def _projection(self, *, folding: bool) -> _Projection:
        if self._through is None:
            raise TypeError("a book is wanted to read from")
        p = _Projection(self.cursor, self._through, policy_of(self.cursor), self.calendar, folding=folding)
        p.through = self._through
        return p

    # ------------------------------------------------------------ events
    def fold(self, events: Iterable[tuple[int, Event]]) -> None:
        """Take in all that came before, deriving what follows once: a rebuild in little. Only into an empty model."""
        p = self._projection(folding=True)
        for position, event in events:
            self._apply(p, position, event)
        p.policy = policy_of(self.cursor)
        if p.policy is not None:
            for _done in finish_fold(p, p.policy):
                pass
        write_numbers(self.cursor, [("head", p.last)])
        self._p = None

    def apply(self, events: Iterable[tuple[int, Event]]) -> None:
        """Take in what came together, without what follows."""
        for position, event in events:
            self._apply(self.projection, position, event)
        self.projection.flush()

    def _apply(self, p: _Projection, position: int, event: Event) -> None:
        event = narrowed(event, self._wanted)
        if isinstance(event, CustomersRegistered):
            self._register(p, position, event)
        else:
            p.apply(position, event)
        if isinstance(event, SchemeAdopted) and not p.folding:
            p.policy = policy_of(self.cursor)
            rederive(p)

    def _register(self, p: _Projection, position: int, event: CustomersRegistered) -> None:
        """Register each customer under the id that the book gave: the next after the highest that there is."""
        for n, no in enumerate(event.customer_nos):
            before = self._ids[no] - 1
            made = before > 0 and self.cursor.execute(_STAND_IN, (before,)).rowcount == 1
            one = msgspec.structs.replace(
                event, customer_nos=(no,), outlets=event.outlets[n : n + 1], sealed=event.sealed[n : n + 1]
            )
            p.apply(position, one)
            if made:
                self.cursor.execute("DELETE FROM customer WHERE id = ? AND no = ''", (before,))

    def settle(self, position: int) -> set[int]:
        """Derive what follows; the ids of the customers whom it touched."""
        p = self.projection
        touched = {*p.dirty, *p.touched, *p.logged, *p.before}
        settle(p)
        write_numbers(self.cursor, [("head", position)])
        return touched
