"""A private read model in memory, into which a replay takes its events in the way that the live one does.

Only rows of the replay's customers are in it. They have the ids that the book gave them, so that bitmaps mean the
same, and rows can be compared with the live ones.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import count
from sqlite3 import Connection, Cursor
from typing import TypeVar

import msgspec

from guanhu.domain.calendar import Calendar
from guanhu.domain.customer import CustomerErased, CustomersRegistered
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
    given: Mapping[str, int]

    def new_ids(self, customer_nos: Sequence[str]) -> dict[str, int]:
        """As Projection, those that the book gave."""
        return {no: self.given[no] for no in customer_nos}

    def ids(self, customer_nos: Iterable[str]) -> dict[str, int]:
        """As Projection, from the book."""
        unknown = [no for no in dict.fromkeys(customer_nos) if no not in self._ids]
        self._ids.update((no, self.given[no]) for no in unknown if no in self.given)
        wanted = [no for no in unknown if no not in self.given]
        for part in chunks(wanted, ASKED_AT_ONCE):
            self._ids.update(
                self.through.cursor.execute(f"SELECT no, id FROM customer WHERE no IN ({marks(part)})", part).fetchall()
            )
        return self._ids


class Model:
    """The tables, and what takes events into them. `cursor` of every method: the book's, as it is read now."""

    def __init__(
        self, opener: Opener, calendar: Calendar, customers: Mapping[int, str], *,
        others: Mapping[str, int] | None = None, connection: Connection | None = None,
    ) -> None:  # fmt: skip
        """`others`: the ids of customers whom the book does not know any more, but events name.

        `connection`: where the tables are made in place of memory; it is closed with the model.
        """
        self._connection = connection or sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self.cursor = self._connection.cursor()
        for statement in create():
            self.cursor.execute(statement)
        for name, target in INDEXES.items():
            self.cursor.execute(f"CREATE INDEX ix_{name} ON {target}")
        self.cursor.execute("BEGIN")
        # Whoever remembers what it read of a book knows it by these numbers: no two models may seem one.
        write_numbers(self.cursor, [("recorded", -next(_models)), ("head", 0)])
        self.calendar = calendar
        self._wanted = self._own = frozenset(customers.values())
        self._ids = {**(others or {}), **{no: cid for cid, no in customers.items()}}
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
        p.through, p.given = self._through, self._ids
        return p

    # ------------------------------------------------------------ events
    def narrow(self, customers: Mapping[int, str]) -> None:
        """Of events in columns take the rows of these alone: others come into the tables by another way."""
        self._wanted = frozenset(customers.values())

    def fold(
        self, events: Iterable[tuple[int, Event]], last: Callable[[Projection], None] | None = None, *,
        derived: bool = True,
    ) -> None:  # fmt: skip
        """Take in all that came before, deriving what follows once: a rebuild in little. Only into an empty model.

        `last` puts in what needs no events, before anything is derived. `derived`: else accounts and duties are left
        out, where nobody will ask for them.
        """
        p = self._projection(folding=True)
        for position, event in events:
            self._apply(p, position, event)
        if last is not None:
            last(p)
        p.flush()
        p.policy = policy_of(self.cursor)
        if p.policy is not None and derived:
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
        if isinstance(event, CustomerErased) and event.customer_no not in self._own:
            self._erase_links(p, position, event.customer_no)
            p.last = position
            return
        p.apply(position, narrowed(event, self._wanted))
        if isinstance(event, SchemeAdopted) and not p.folding:
            p.policy = policy_of(self.cursor)
            rederive(p)

    def _erase_links(self, p: _Projection, position: int, customer_no: str) -> None:
        """All that is held of others is who is related to them; a number that nobody had is related to none."""
        row = p.through.cursor.execute("SELECT position FROM customer WHERE no = ?", (customer_no,)).fetchone()
        cid = p.ids((customer_no,)).get(customer_no)
        if cid is not None and row != (position,):
            self.cursor.execute("DELETE FROM link WHERE other_id = ?", (cid,))

    def settle(self, position: int) -> set[int]:
        """Derive what follows; the ids of the customers whom it touched."""
        p = self.projection
        touched = {*p.dirty, *p.touched, *p.logged, *p.before}
        settle(p)
        write_numbers(self.cursor, [("head", position)])
        return touched
