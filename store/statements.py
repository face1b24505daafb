"""Balances in: statements of many rows, and the single deposits and withdrawals of the counter."""

import zlib
from collections.abc import Sequence
from datetime import date

import msgspec

from guanhu.domain.balances import STATED, carried, last_entry
from guanhu.domain.errors import NotFound, Refused
from guanhu.domain.events import stamped
from guanhu.domain.statement import COLUMN_ROWS, BalancesReported, Deposited, Withdrawn
from guanhu.intake.records import BalanceRow
from guanhu.projections.projection import Account
from guanhu.store.book import Book, Receipt
from guanhu.store.rating import advance, rate
from guanhu.store.writer import Writer

LARGEST_FEN = 10**15
"""A balance or a movement beyond this is a slip of the keyboard (DESIGN 8)."""


class Counts(msgspec.Struct):
    """What became of rows."""

    accepted: int = 0
    registered: int = 0
    changed: int = 0
    unchanged: int = 0
    tier_changes: int = 0
    late: int = 0
    refused: list[tuple[int, str, str]] = []

    def add(self, other: "Counts") -> None:
        """Add the numbers of another."""
        for field in ("accepted", "registered", "changed", "unchanged", "tier_changes", "late"):
            setattr(self, field, getattr(self, field) + getattr(other, field))
        self.refused = [*self.refused, *other.refused]


def report(w: Writer, feed: str, rows: Sequence[BalanceRow], began: int) -> Counts:
    """Take rows in, sorted by date; `began` is the book's day (ordinal) when their import began."""
    counts = Counts()
    start = 0
    for n in range(1, len(rows) + 1):
        if n == len(rows) or rows[n][3] != rows[start][3]:
            counts.add(_report_day(w, feed, rows[start:n], began))
            start = n
    return counts


def _report_day(w: Writer, feed: str, rows: Sequence[BalanceRow], began: int) -> Counts:
    """All rows of one date: the month ends before it are decided first, then its balances (DESIGN 6)."""
    p = w.projection
    day = rows[0][3]
    counts = Counts()
    ids = p.ids(row[1] for row in rows)
    known = [row for row in rows if row[1] in ids]
    if len(known) < len(rows):
        counts.refused = [(row[0], "customer_no", "unknown_customer") for row in rows if row[1] not in ids]
    if not known:
        return counts
    on = date.fromordinal(day)
    counts.tier_changes += advance(w, on)
    accounts = p.load(ids[row[1]] for row in known)
    late = day < began
    changed: dict[str, int] = {}
    unchanged: list[int] = []
    for _, no, fen, _ in known:
        account = accounts[ids[no]]
        if no in changed or not _says_nothing(account, day, fen):
            changed[no] = fen
        else:
            unchanged.append(account.customer_id)
    counts.accepted = len(known)
    counts.unchanged = len(unchanged)
    counts.changed = counts.accepted - counts.unchanged
    counts.late = counts.accepted if late else 0
    firsts = {no: (not accounts[ids[no]].series, day >= accounts[ids[no]].last_day) for no in changed}
    _store(w, feed, on, changed, unchanged, late)
    risen = ((no, accounts[ids[no]], first) for no, (first, newest) in firsts.items() if newest)
    counts.tier_changes += rate(w, risen)
    return counts


def _says_nothing(account: Account, day: int, fen: int) -> bool:
    """Whether a report of this balance on this day is what the book carries already."""
    last = last_entry(account.series)
    if last is None or last[1] != STATED:
        return False
    if last[0] <= day:
        return account.aum == fen
    entries = account.entries
    if any(entry[1] != STATED for entry in entries):
        return False
    return carried(account.steps, day) == fen


def _store(w: Writer, feed: str, on: date, changed: dict[str, int], unchanged: list[int], late: bool) -> None:
    numbers = tuple(changed)
    fens = tuple(changed.values())
    first_id, bits = _bitmap(unchanged)
    for start in range(0, max(len(numbers), 1), COLUMN_ROWS):
        end = start + COLUMN_ROWS
        event = BalancesReported(
            *stamped(w.stamp(on)), numbers[start:end], fens[start:end], late, first_id if not start else 0,
            bits if not start else b"",
        )  # fmt: skip
        w.append(f"statement:{feed}:{on.isoformat()}", event)


def _bitmap(ids: list[int]) -> tuple[int, bytes]:
    """The lowest id and a packed bitmap from it on."""
    if not ids:
        return 0, b""
    first = min(ids)
    bits = bytearray((max(ids) - first) // 8 + 1)
    for cid in ids:
        at = cid - first
        bits[at >> 3] |= 1 << (at & 7)
    return first, zlib.compress(bytes(bits), 1)


def deposit(book: Book, customer_no: str, fen: int, on: date, *, by: str = "", command: str = "") -> Receipt:
    """Money paid in (`fen` > 0) or out (< 0), keyed in at the counter.

    NotFound("unknown_customer"); Refused("not_positive", "amount_too_large", "future_act").
    """

    def act(w: Writer) -> None:
        if customer_no not in w.projection.ids((customer_no,)):
            raise NotFound("unknown_customer", customer_no=customer_no)
        if not 0 < abs(fen) <= LARGEST_FEN:
            raise Refused("not_positive" if not fen else "amount_too_large", value=str(fen))
        if on > book.today:
            raise Refused("future_act", day=on.isoformat())
        account = w.projection.load((w.projection.id(customer_no),))[w.projection.id(customer_no)]
        first, newest = not account.series, on.toordinal() >= account.last_day
        cls = Deposited if fen > 0 else Withdrawn
        w.append(f"customer:{customer_no}", cls(*stamped(w.stamp(on)), customer_no, abs(fen)))
        if newest and on.toordinal() <= w.book_day:
            rate(w, [(customer_no, account, first)])

    return book.once(command, act, by=by)
