"""One transaction's worth of events on its way into the read model.

`Projection.apply` hands each event to the function that knows it (modules `of_*.py`); `settle` then
derives what follows: next moves, duties, totals. Accounts are kept in memory until then, so that a
statement of thousands of rows touches each row once.
"""

from collections.abc import Callable, Iterable, Sequence
from sqlite3 import Cursor
from typing import Any, Protocol, TypeVar

import msgspec

from guanhu.domain.balances import Entry, last_entry, steps, unpack
from guanhu.domain.balances import Step as BalanceStep
from guanhu.domain.calendar import Calendar
from guanhu.domain.events import Event
from guanhu.domain.scheme import Policy

ASKED_AT_ONCE = 900


class Opener(Protocol):
    """Opens sealed personal data; None where the customer is erased."""

    def unseal_many(
        self, cursor: Cursor, items: Sequence[tuple[str, bytes]], context: str
    ) -> list[bytes | None]:
        """One blob an item, in order."""


class Account(msgspec.Struct, gc=False):
    """A customer's row of the account table while it is being changed."""

    customer_id: int
    aum: int | None = None
    aum_day: int | None = None
    tier: str | None = None
    tier_since: int | None = None
    next_move: int | None = None
    series: bytes = b""

    @property
    def entries(self) -> list[Entry]:
        """The balances as entries."""
        return unpack(self.series)

    @property
    def steps(self) -> list[BalanceStep]:
        """The balances as carried."""
        return steps(unpack(self.series))

    @property
    def last_day(self) -> int:
        """The day of the newest entry, 0 where there is none."""
        last = last_entry(self.series)
        return last[0] if last else 0


class Before(msgspec.Struct, gc=False):
    """An account as it was before this transaction, and the earliest day on which it differs."""

    series: bytes
    aum: int | None
    tier: str | None
    tier_since: int | None
    next_move: int | None
    day: int
    late: bool


Handler = Callable[["Projection", int, Any], None]
HANDLERS: dict[type[Event], Handler] = {}
H = TypeVar("H", bound=Handler)


def projects(*classes: type[Event]) -> Callable[[H], H]:
    """Register the function that takes these events into the read model."""

    def register(handler: H) -> H:
        for cls in classes:
            HANDLERS[cls] = handler
        return handler

    return register


class Projection:
    """The read model being changed by one transaction's events."""

    def __init__(self, cursor: Cursor, opener: Opener, policy: Policy | None, calendar: Calendar) -> None:
        self.cursor = cursor
        self.opener = opener
        self.policy = policy
        self.calendar = calendar
        self.accounts: dict[int, Account] = {}
        self.before: dict[int, Before] = {}
        self.dirty: set[int] = set()
        self.touched: set[int] = set()
        self.book_day: int = read_book(cursor, "day")
        self.start: int = cursor.execute("SELECT coalesce(max(position), 0) FROM tier_move").fetchone()[0]
        self._ids: dict[str, int] = {}
        self._command = ""

    def apply(self, position: int, event: Event) -> None:
        """Take one event in; raises KeyError for an event that nothing projects (a fault of the program)."""
        if event.command != self._command and event.command:
            self._command = event.command
            self.cursor.execute("INSERT OR IGNORE INTO command VALUES (?, ?, ?)", (event.command, position, position))
        HANDLERS[type(event)](self, position, event)

    def commanded(self, command: str, last: int) -> None:
        """Note the last position of a command."""
        self.cursor.execute("UPDATE command SET last = max(last, ?) WHERE id = ?", (last, command))

    # ------------------------------------------------------------ customers and their accounts
    def ids(self, customer_nos: Iterable[str]) -> dict[str, int]:
        """The ids of those customers that the book knows."""
        wanted = [no for no in dict.fromkeys(customer_nos) if no not in self._ids]
        for part in chunks(wanted, ASKED_AT_ONCE):
            self._ids.update(
                self.cursor.execute(f"SELECT no, id FROM customer WHERE no IN ({marks(part)})", part).fetchall()
            )
        return self._ids

    def id(self, customer_no: str) -> int:
        """The id of a customer that an event names."""
        return self.ids((customer_no,))[customer_no]

    def touch(self, customer_id: int) -> None:
        """Say that something other than balances changed, on which duties can depend."""
        self.dirty.add(customer_id)
        self.touched.add(customer_id)

    def new_ids(self, ids: dict[str, int]) -> None:
        """Customers that this transaction registered."""
        self._ids.update(ids)

    def load(self, ids: Iterable[int]) -> dict[int, Account]:
        """The accounts of these customers, read once a transaction; a customer without one gets an empty one."""
        wanted = [cid for cid in dict.fromkeys(ids) if cid not in self.accounts]
        for part in chunks(wanted, ASKED_AT_ONCE):
            for row in self.cursor.execute(
                "SELECT customer_id, aum, aum_day, tier, tier_since, next_move, series FROM account"
                f" WHERE customer_id IN ({marks(part)})",
                part,
            ):
                self.accounts[row[0]] = Account(*row)
        for cid in wanted:
            if cid not in self.accounts:
                self.accounts[cid] = Account(cid)
        return self.accounts

    def changing(self, account: Account, day: int, late: bool = False) -> None:
        """Say that an account changes from `day` on, before it does."""
        known = self.before.get(account.customer_id)
        if known is None:
            self.before[account.customer_id] = Before(
                account.series, account.aum, account.tier, account.tier_since, account.next_move, day, late
            )
        elif day < known.day or late:
            known.day, known.late = min(day, known.day), late or known.late


def marks(part: Sequence[object]) -> str:
    """Question marks for an IN list."""
    return ",".join("?" * len(part))


def chunks(items: Sequence[Any], size: int) -> Iterable[list[Any]]:
    """The items in lists of at most `size`."""
    for start in range(0, len(items), size):
        yield list(items[start : start + size])


def read_book(cursor: Cursor, name: str) -> int:
    """A number that the book keeps of itself; 0 where it has none (its day: none yet)."""
    row = cursor.execute("SELECT value FROM book WHERE name = ?", (name,)).fetchone()
    return row[0] if row else 0


def write_book(cursor: Cursor, name: str, value: int) -> None:
    """Keep such a number."""
    cursor.execute("INSERT INTO book VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", (name, value))
