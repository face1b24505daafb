"""Balances set aside while all events are folded: the series of a million customers need not be in memory at once.

A folding projection appends to each account's series. When these have grown large they are written to a table of the
shadow file, a part at a time and in order, and the accounts go on with empty ones. A series is put together again
where an entry does not come at its end, and once for all when everything is taken in.
"""

from collections.abc import Iterable, Sequence
from sqlite3 import Cursor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guanhu.projections.account import Account

TABLE = (
    "CREATE TABLE spilled (part INTEGER NOT NULL, customer_id INTEGER NOT NULL, series BLOB NOT NULL,"
    " PRIMARY KEY (part, customer_id)) WITHOUT ROWID"
)
MOST_ENTRIES = 4_000_000
"""Entries held in memory: 21 bytes each, and as much again for a million short series."""


class Spill:
    """What is set aside of one fold."""

    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor
        self.parts = 0
        self.held = 0

    def grown(self, entries: int, accounts: "Iterable[Account]") -> None:
        """Say that so many entries were added; sets everything aside where that is too many."""
        self.held += entries
        if self.held < MOST_ENTRIES:
            return
        if not self.parts:
            self.cursor.execute(TABLE)
        self.parts += 1
        full = [account for account in accounts if account.series]
        self.cursor.executemany(
            "INSERT INTO spilled VALUES (?, ?, ?)", ((self.parts, each.customer_id, each.series) for each in full)
        )
        for account in full:
            account.series = b""
        self.held = 0

    def whole(self, account: "Account") -> None:
        """Bring back what was set aside of one account: something is to be put in its middle."""
        if not self.parts:
            return
        parts = ", ".join(map(str, range(1, self.parts + 1)))  # named one by one: each is a seek, a range would be read
        which = f"part IN ({parts}) AND customer_id = ?"
        found = self.cursor.execute(
            f"SELECT series FROM spilled WHERE {which} ORDER BY part", (account.customer_id,)
        ).fetchall()
        if found:
            self.cursor.execute(f"DELETE FROM spilled WHERE {which}", (account.customer_id,))
            account.series = b"".join([*(series for (series,) in found), account.series])

    def all_whole(self, accounts: "Sequence[Account]") -> None:
        """The same of many, in order of id, when nothing more is to come: what is set aside stays there."""
        found: dict[int, list[bytes]] = {}
        for part in range(1, self.parts + 1):
            for cid, series in self.cursor.execute(
                "SELECT customer_id, series FROM spilled WHERE part = ? AND customer_id BETWEEN ? AND ?",
                (part, accounts[0].customer_id, accounts[-1].customer_id),
            ):
                found.setdefault(cid, []).append(series)
        for account in accounts if found else ():
            account.series = b"".join([*found.get(account.customer_id, ()), account.series])
