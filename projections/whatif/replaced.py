"""Balances that came late or were replaced: the few customers whose series does not tell in which order they came."""

import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from sqlite3 import Cursor

from guanhu.domain.balances import MOVED, STATED, Entry, carried, insert, steps
from guanhu.domain.statement import BalancesReported, Deposited, Withdrawn
from guanhu.projections.whatif.courses import Decode, Stored

KEPT = 64
"""Bitmaps and statements held open at a time."""


class Replaced:
    """What the events still know of such customers, read when it is wanted."""

    def __init__(self, cursor: Cursor, stored: Stored, decode: Decode) -> None:
        self._cursor = cursor
        self._stored = stored
        self._decode = decode
        self._statement = lru_cache(maxsize=KEPT)(self._fens)
        self._bits = lru_cache(maxsize=KEPT)(self._open)
        self._reports: list[tuple[int, int, int]] | None = None

    def entries(self, customer_id: int, entries: Sequence[Entry], positions: Iterable[int]) -> list[Entry]:
        """The entries of a series and those at these positions that were replaced, in order of position."""
        no: str = self._cursor.execute("SELECT no FROM customer WHERE id = ?", (customer_id,)).fetchone()[0]
        kept = {entry[3]: entry for entry in entries}
        found: list[Entry] = []
        known: list[Entry] = []
        for position in sorted({*kept, *positions}):
            entry = kept.get(position) or self._entry(no, position, known)
            found.append(entry)
            known = insert(known, entry)
        return found

    def _entry(self, no: str, position: int, known: Sequence[Entry]) -> Entry:
        """A replaced entry; a report that had found the balance unchanged stood for what was carried on its day."""
        day, kind, fens = self._statement(position)
        fen = fens.get(no)
        return day, kind, carried(steps(known), day) or 0 if fen is None else fen, position

    def unchanged_after(self, customer_id: int, day: int, position: int) -> bool:
        """Whether a report of a later day had found the customer's balance unchanged before a position."""
        if self._reports is None:
            question = "SELECT day, position, first_id FROM report ORDER BY day, position"
            self._reports = self._cursor.execute(question).fetchall()
        for on, at, first_id in self._reports:
            if on > day and at < position and first_id <= customer_id:
                bits, bit = self._bits(at), customer_id - first_id
                if bit < len(bits) * 8 and bits[bit >> 3] & (1 << (bit & 7)):
                    return True
        return False

    def _open(self, position: int) -> bytes:
        row = self._cursor.execute("SELECT bits FROM report WHERE position = ?", (position,)).fetchone()
        return zlib.decompress(row[0])

    def _fens(self, position: int) -> tuple[int, int, dict[str, int]]:
        """Day, kind and balances of an event."""
        ((_, _, _, topic, state),) = self._stored.read(self._cursor, [position])
        event = self._decode(topic, state)
        day = event.occurred_on.toordinal()
        if isinstance(event, BalancesReported):
            return day, STATED, dict(zip(event.customer_nos, event.fens, strict=True))
        assert isinstance(event, Deposited | Withdrawn)
        return day, MOVED, {event.customer_no: event.fen if isinstance(event, Deposited) else -event.fen}
