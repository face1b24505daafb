"""The whole read model from all events: accounts are folded in memory and written once, duties derived at the end."""

from array import array
from collections.abc import Iterator, Sequence
from operator import add
from sqlite3 import Cursor

from guanhu.domain.balances import Step
from guanhu.domain.scheme import Policy
from guanhu.projections.account import Account
from guanhu.projections.alike_people import Held, course_of
from guanhu.projections.derive import derive_first
from guanhu.projections.projection import Projection, chunks
from guanhu.projections.settle import (
    Moves,
    Totals,
    add_plain,
    add_tail,
    moves_to_come,
    provisional_row,
    write_accounts,
    write_totals,
)

WRITTEN_AT_ONCE = 5_000
MOST_PATTERNS = 10_000
"""Lists of days on which customers had balances, summed apart."""


def finish_fold(p: Projection, policy: Policy) -> Iterator[int]:
    """Derive and write what follows from all events that a folding projection took in; yields customers done."""
    p.flush()
    p.forget_numbers()
    finishing = _Finishing(p, policy)
    done = 0
    for part in _parts(p):
        accounts = [p.accounts.pop(cid) for cid in part if cid in p.accounts]
        if accounts:
            p.spill.all_whole(accounts)
        held = {account.customer_id: finishing.held(account) for account in accounts}
        write_accounts(p, accounts)
        finishing.write_provisional()
        derive_first(p, part, policy, held)
        done += len(part)
        yield done
    totals = finishing.totals()
    write_totals(p, ((day, tier, n, fen) for (day, tier), (n, fen) in totals.items() if n or fen))


def _parts(p: Projection) -> Iterator[list[int]]:
    """The ids of all customers, a part at a time and in order; then of whoever else has an account."""
    ids = array("q", (cid for (cid,) in p.cursor.execute("SELECT id FROM customer ORDER BY id")))
    for start in range(0, len(ids), WRITTEN_AT_ONCE):
        yield ids[start : start + WRITTEN_AT_ONCE].tolist()
    yield from chunks(sorted(p.accounts), WRITTEN_AT_ONCE)


class _Finishing:
    """The moves to come and the totals of accounts that all is known of, asked for in order of id."""

    def __init__(self, p: Projection, policy: Policy) -> None:
        self._p, self._policy = p, policy
        self._bounds = policy.adopted[0][1].bounds if len(policy.adopted) == 1 else {}
        self._decided = _Decided(p.cursor)
        self._provisional: list[tuple[object, ...]] = []
        self._totals: Totals = {}
        self._plain: dict[tuple[Sequence[int], str], list[int]] = {}

    def held(self, account: Account) -> Held:
        """The account's balances and all its moves; the account is told its AUM and its next move."""
        course = course_of(account.series)
        days, fens, _ = course
        decided = self._decided.of(account.customer_id)
        account.aum = fens[-1] if fens else None
        if self._stays(account, days):
            account.next_move = None
            moves = decided
        else:
            moves = decided + self._coming(account, list(zip(days, fens, strict=True)))
        if not moves or (len(moves) == 1 and days and moves[0][0] == days[0]):
            self._count_plain(days, fens, moves[0][1] if moves else "")
        else:
            add_tail(self._totals, list(zip(days, fens, strict=True)), moves, 0, 1)
        return course, moves

    def _stays(self, account: Account, days: Sequence[int]) -> bool:
        """Whether nothing is to come while the newest balance is carried: it lies within the tier that was decided."""
        bound = self._bounds.get(account.tier)
        if bound is None or account.aum is None or account.tier_since is None:
            return False
        return days[-1] <= self._p.book_day and bound[0] <= account.aum < bound[1]

    def _coming(self, account: Account, balances: list[Step]) -> Moves:
        coming = moves_to_come(account, balances, self._p.book_day, self._policy)
        account.next_move = coming[0].day.toordinal() if coming else None
        self._provisional += [
            provisional_row(account.customer_id, n, move, self._policy) for n, move in enumerate(coming)
        ]
        return [(move.day.toordinal(), move.to_tier or "") for move in coming]

    def _count_plain(self, days: Sequence[int], fens: Sequence[int], tier: str) -> None:
        """Add who was in one tier from the first balance on: the sums of all who had balances on the same days."""
        sums = self._plain.get((days, tier))
        if sums is not None:
            sums[:] = map(add, sums, (1, *fens))
            return
        if len(self._plain) >= MOST_PATTERNS:
            self.totals()
        self._plain[days, tier] = [1, *fens]

    def write_provisional(self) -> None:
        """Write the moves to come of the accounts since the last time."""
        rows = self._provisional
        self._p.cursor.executemany("INSERT INTO tier_move VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        rows.clear()

    def totals(self) -> Totals:
        """What all of them so far change in the figures of tiers, by day and tier."""
        for (days, tier), (customers, *fens) in self._plain.items():
            add_plain(self._totals, list(zip(days, fens, strict=True)), tier, customers)
        self._plain.clear()
        return self._totals


class _Decided:
    """The decided moves of customers, asked for in order of id; read in parts, so that others can be written."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self._read = range(0)
        self._held: dict[int, Moves] = {}

    def of(self, customer_id: int) -> Moves:
        """The moves of one customer, in order."""
        if customer_id not in self._read:
            self._read = range(customer_id, customer_id + WRITTEN_AT_ONCE)
            self._held = {}
            for cid, day, tier in self._cursor.execute(
                "SELECT customer_id, day, tier FROM tier_move WHERE position > 0 AND customer_id BETWEEN ? AND ?"
                " ORDER BY customer_id, day, n",
                (self._read.start, self._read.stop - 1),
            ):
                self._held.setdefault(cid, []).append((day, tier))
        return self._held.pop(customer_id, [])
