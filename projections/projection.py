"""One transaction's worth of events on its way into the read model.

`Projection.apply` hands each event to the function that knows it (modules `of_*.py`); `settle` then
derives what follows: next moves, duties, totals. Accounts are kept in memory until then, so that a
statement of thousands of rows touches each row once.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import filterfalse, islice
from operator import gt
from sqlite3 import Cursor
from typing import Any, Protocol, TypeVar

from guanhu.domain.balances import KIND_FROM_END, STATED, last_entry
from guanhu.domain.calendar import Calendar
from guanhu.domain.events import Event
from guanhu.domain.scheme import Policy
from guanhu.projections.account import Account, Before
from guanhu.projections.posts import roles_on
from guanhu.projections.searching import write_keys
from guanhu.projections.spilling import Spill

ASKED_AT_ONCE = 900
MADE_UP = "~"
"""How the id of a command begins that nobody named: no one can repeat it, so it is not looked for again."""
WAITING = 200_000
"""Rows that wait to be written together at most."""


class Opener(Protocol):
    """Opens sealed personal data; None where the customer is erased."""

    def unseal_many(self, cursor: Cursor, items: Sequence[tuple[str, bytes]], context: str) -> list[bytes | None]:
        """One blob an item, in order."""


Standing = tuple[str, int, int | None, int | None, bool | int]
"""(number, id, AUM, day of the newest entry, whether that one was reported), None where there is no balance."""

_STANDING = (
    f"SELECT no, id, aum, aum_day, substr(series, {KIND_FROM_END}, 1) = x'00' FROM customer"
    " LEFT JOIN account ON customer_id = id"
)


ActRow = tuple[int, int, int, str, str, str, str, str, str, str, int | None, int | None, int, str, bool, int | None]
"""A row of the log in the order of its columns, but for the correction that it can have later."""

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

    def __init__(
        self, cursor: Cursor, opener: Opener, policy: Policy | None, calendar: Calendar, *, folding: bool = False
    ) -> None:
        """`folding`: all events are taken in from the first, and what follows is derived once at the end."""
        self.cursor = cursor
        self.opener = opener
        self.policy = policy
        self.calendar = calendar
        self.folding = folding
        self.accounts: dict[int, Account] = {}
        self.spill = Spill(cursor)
        self.before: dict[int, Before] = {}
        self.dirty: set[int] = set()
        self.touched: set[int] = set()
        self.logged: dict[int, list[ActRow]] = {}
        self.unmoved: dict[int, list[tuple[int, str]]] = {}
        """By customer, the decided moves of tier that this transaction took out: (day, tier)."""
        kept = dict(cursor.execute("SELECT name, value FROM book").fetchall())
        self.book_day: int = kept.get("day", 0)
        self.last: int = kept.get("head", 0)
        self.recorded: int = kept.get("recorded", 0)
        self.start: int = self.last
        self._last_report: int | None = None
        self._ids: dict[str, int] = {}
        self._command = ""
        self._roles: dict[tuple[str, int], frozenset[str]] = {}
        self._sealed: dict[bytes, bytes] = {}
        self._keys: list[tuple[str, int]] = []
        self._acts: list[ActRow] = []

    def apply(self, position: int, event: Event) -> None:
        """Take one event in; raises KeyError for an event that nothing projects (a fault of the program)."""
        if event.command != self._command and event.command and not event.command.startswith(MADE_UP):
            self._command = event.command
            self.cursor.execute("INSERT OR IGNORE INTO command VALUES (?, ?, ?)", (event.command, position, position))
        self.last = position
        HANDLERS[type(event)](self, position, event)

    def commanded(self, command: str, last: int) -> None:
        """Note the last position of a command that somebody named."""
        if command.startswith(MADE_UP):
            return
        self.cursor.execute("UPDATE command SET last = max(last, ?) WHERE id = ?", (last, command))

    # ------------------------------------------------------------ rows that wait to be written together
    def found_by(self, rows: Iterable[tuple[str, int]]) -> None:
        """Search keys of customers; written by `flush`."""
        self._keys += rows
        if len(self._keys) > WAITING:
            self.flush()

    def acted(self, row: ActRow) -> None:
        """A row of the log; written by `flush`. The duties that it can change are derived by `settle`."""
        self._acts.append(row)
        if not self.folding:
            self.logged.setdefault(row[1], []).append(row)
        if len(self._acts) > WAITING // 10:
            self.flush()

    def flush(self) -> None:
        """Write what waits: before anything asks for it, and when events of one command are all taken in."""
        if self._keys:
            write_keys(self.cursor, self._keys)
            self._keys.clear()
        if self._acts:
            self.cursor.executemany(f"INSERT INTO act VALUES ({'?, ' * 16}0)", self._acts)
            self._acts.clear()

    # ------------------------------------------------------------ reports
    @property
    def last_report(self) -> int:
        """The day of the newest report that found balances unchanged; asked for only when balances come."""
        if self._last_report is None:
            self._last_report = self.cursor.execute("SELECT coalesce(max(day), 0) FROM report").fetchone()[0]
        return self._last_report or 0

    @last_report.setter
    def last_report(self, day: int) -> None:
        self._last_report = day

    # ------------------------------------------------------------ posts
    def roles_of(self, staff_id: str, day: int) -> frozenset[str]:
        """The roles a member of staff holds on a day, as far as events are taken in."""
        roles = self._roles.get((staff_id, day))
        if roles is None:
            roles = self._roles[staff_id, day] = roles_on(self.cursor, staff_id, day)
        return roles

    def posts_moved(self) -> None:
        """Say that posts changed."""
        self._roles.clear()

    # ------------------------------------------------------------ sealed data
    def sealed(self, blob: bytes, plain: bytes) -> None:
        """Say what is in a blob that this transaction has sealed, so that it need not be opened again."""
        self._sealed[blob] = plain

    def opened(self, items: Sequence[tuple[str, bytes]], context: str) -> list[bytes | None]:
        """What is in blobs (customer_no, blob), in order; None for the erased."""
        if self._sealed and all(blob in self._sealed for _, blob in items):
            return [self._sealed.pop(blob) for _, blob in items]
        return self.opener.unseal_many(self.cursor, items, context)

    # ------------------------------------------------------------ customers and their accounts
    def ids(self, customer_nos: Iterable[str]) -> dict[str, int]:
        """The ids of those customers that the book knows."""
        wanted = list(dict.fromkeys(filterfalse(self._ids.__contains__, customer_nos)))
        for part in chunks(wanted, ASKED_AT_ONCE):
            self._ids.update(
                self.cursor.execute(f"SELECT no, id FROM customer WHERE no IN ({marks(part)})", part).fetchall()
            )
        return self._ids

    def new_ids(self, customer_nos: Sequence[str]) -> dict[str, int]:
        """The ids of customers who are registered now: they follow the order of registration."""
        last = self.cursor.execute("SELECT coalesce(max(id), 0) FROM customer").fetchone()[0]
        return {no: cid for cid, no in enumerate(customer_nos, last + 1)}

    def id(self, customer_no: str) -> int:
        """The id of a customer that an event names."""
        found = self._ids.get(customer_no)
        return found if found is not None else self.ids((customer_no,))[customer_no]

    def touch(self, customer_id: int) -> None:
        """Say that something other than balances changed, on which duties can depend."""
        if self.folding:
            return
        self.dirty.add(customer_id)
        self.touched.add(customer_id)

    def knows(self, ids: dict[str, int]) -> None:
        """Customers whose ids were looked up already, or that this transaction registered."""
        self._ids.update(ids)

    def forget(self, customer_no: str) -> None:
        """A registration was taken back: nobody has that number."""
        self._ids.pop(customer_no, None)

    def forget_numbers(self) -> None:
        """All events are taken in: none will name a customer any more."""
        self._ids.clear()

    def load(self, ids: Iterable[int]) -> dict[int, Account]:
        """The accounts of these customers, read once a transaction; a customer without one gets an empty one."""
        wanted = list(dict.fromkeys(filterfalse(self.accounts.__contains__, ids)))
        for part in chunks(wanted, ASKED_AT_ONCE) if not self.folding else ():
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

    def standings(self, customer_nos: Sequence[str]) -> dict[str, Standing]:
        """How the balances of those customers stand that the book knows; nothing is kept for later."""
        rows = self._between(customer_nos)
        if rows is None:
            rows = []
            for part in chunks(customer_nos, ASKED_AT_ONCE):
                rows += self.cursor.execute(f"{_STANDING} WHERE no IN ({marks(part)})", part).fetchall()
        found: dict[str, Standing] = {row[0]: row for row in rows}
        if self.accounts:  # what this transaction changed is not written yet
            for no, at in found.items():
                account = self.accounts.get(at[1])
                if account is not None:
                    last = last_entry(account.series)
                    found[no] = (no, at[1], account.aum, account.aum_day, last is not None and last[1] == STATED)
        return found

    def _between(self, customer_nos: Sequence[str]) -> list[Any] | None:
        """All standings from the first number to the last, where the numbers ascend and few others lie between.

        A full feed is such a list, and reading a range costs half of looking each number up.
        """
        if len(customer_nos) < ASKED_AT_ONCE or any(map(gt, customer_nos, islice(customer_nos, 1, None))):
            return None
        most = len(customer_nos) * 5 // 4
        question = f"{_STANDING} WHERE no BETWEEN ? AND ? LIMIT ?"
        rows = self.cursor.execute(question, (customer_nos[0], customer_nos[-1], most)).fetchall()
        return rows if len(rows) < most else None

    def changing(self, account: Account, day: int, late: bool = False) -> None:
        """Say that an account changes from `day` on, before it does."""
        known = self.before.get(account.customer_id)
        if known is None:
            self.before[account.customer_id] = Before(
                account.series, account.aum, account.tier, account.tier_since, account.next_move, day, late,
                account.aum_day,
            )  # fmt: skip
        elif day < known.day or late:
            known.day, known.late = min(day, known.day), late or known.late


def trace(p: Projection, rows: Iterable[tuple[int, int]]) -> None:
    """Note (customer id, position) of events that no other row would lead a customer's history to."""
    p.cursor.executemany("INSERT OR IGNORE INTO trace VALUES (?, ?)", rows)


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
    write_numbers(cursor, [(name, value)])


def write_numbers(cursor: Cursor, numbers: Sequence[tuple[str, int]]) -> None:
    """Keep several such numbers."""
    cursor.executemany("INSERT INTO book VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", numbers)
