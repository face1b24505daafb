"""Balances in: statements of many rows, and the single deposits and withdrawals of the counter."""

import zlib
from collections.abc import Sequence
from datetime import date

import msgspec

from guanhu.domain.balances import STATED, carried
from guanhu.domain.errors import NotFound, Refused
from guanhu.domain.events import stamped
from guanhu.domain.statement import COLUMN_ROWS, BalancesReported, Deposited, Withdrawn
from guanhu.intake.records import BalanceRow
from guanhu.projections.account import Account
from guanhu.projections.of_money import next_report
from guanhu.projections.projection import Standing
from guanhu.store.book import Book, Receipt
from guanhu.store.checks import check_past
from guanhu.store.rating import advance, rate
from guanhu.store.writer import Writer

ONE_BIT = ord("1")
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
    known = p.standings([row[1] for row in rows])
    if not any(row[1] in known for row in rows):
        counts.refused = [(row[0], "customer_no", "unknown_customer") for row in rows]
        return counts
    on = date.fromordinal(day)
    counts.tier_changes += advance(w, on)
    changed, unchanged = _sorted_out(w, rows, known, counts)
    counts.accepted = len(rows) - len(counts.refused)
    counts.unchanged = len(unchanged)
    counts.changed = counts.accepted - counts.unchanged
    late = day < began
    counts.late = counts.accepted if late else 0
    newest = [no for no in changed if _is_newest(w, known[no][1], known[no][3], day)]
    _store(w, feed, on, changed, unchanged, late)
    accounts = p.load([known[no][1] for no in changed])
    counts.tier_changes += rate(w, [(no, accounts[known[no][1]], known[no][3] is None) for no in newest])
    return counts


def _sorted_out(
    w: Writer, rows: Sequence[BalanceRow], known: dict[str, Standing], counts: Counts
) -> tuple[dict[str, int], list[int]]:
    """The new balances by customer number, and the ids of those reported as the book has them already."""
    changed: dict[str, int] = {}
    unchanged: list[int] = []
    day = rows[0][3]
    later = [at[1] for at in known.values() if at[3] is not None and at[3] > day]
    accounts = w.projection.load(later) if later else {}
    for row, no, fen, _ in rows:
        at = known.get(no)
        if at is None:
            counts.refused.append((row, "customer_no", "unknown_customer"))
            continue
        _, cid, aum, last_day, stated = at
        if no in changed or not stated or last_day is None:
            changed[no] = fen
        elif aum == fen if last_day <= day else _says_nothing(accounts[cid], day, fen):
            unchanged.append(cid)
        else:
            changed[no] = fen
    return changed, unchanged


def _says_nothing(account: Account, day: int, fen: int) -> bool:
    """Whether a late report of this balance is what the book carries on its day already."""
    if any(entry[1] != STATED for entry in account.entries):
        return False
    return carried(account.steps, day) == fen


def _is_newest(w: Writer, customer_id: int, last_day: int | None, day: int) -> bool:
    """Whether a balance of that day will be the customer's newest; reports that found it unchanged count too."""
    if last_day is not None and day < last_day:
        return False
    p = w.projection
    return day >= p.last_report or next_report(p, customer_id, day, None) is None


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
    digits = bytearray(b"0") * (max(ids) - first + 1)
    for cid in ids:
        digits[first - cid - 1] = ONE_BIT  # from the end: the lowest id is the lowest bit
    bits = int(digits, 2).to_bytes((len(digits) + 7) // 8, "little")
    return first, zlib.compress(bits, 1)


def deposit(book: Book, customer_no: str, fen: int, on: date, *, by: str = "", command: str = "") -> Receipt:
    """Money paid in (`fen` > 0) or out (< 0), keyed in at the counter.

    NotFound("unknown_customer"); Refused("not_positive", "amount_too_large", "future_act").
    """

    def act(w: Writer) -> None:
        if customer_no not in w.projection.ids((customer_no,)):
            raise NotFound("unknown_customer", customer_no=customer_no)
        if not 0 < abs(fen) <= LARGEST_FEN:
            raise Refused("not_positive" if not fen else "amount_too_large", value=str(fen))
        check_past(w, on)
        account = w.projection.load((w.projection.id(customer_no),))[w.projection.id(customer_no)]
        first, newest = not account.series, _is_newest(w, account.customer_id, account.aum_day, on.toordinal())
        cls = Deposited if fen > 0 else Withdrawn
        w.append(f"customer:{customer_no}", cls(*stamped(w.stamp(on)), customer_no, abs(fen)))
        if newest and on.toordinal() <= w.book_day:
            rate(w, [(customer_no, account, first)])

    return book.once(command, act, by=by)
