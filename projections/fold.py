"""The whole read model from all events: accounts are folded in memory and written once, duties derived at the end."""

from collections.abc import Iterable, Iterator
from sqlite3 import Cursor

from guanhu.domain.scheme import Policy
from guanhu.projections.account import Account
from guanhu.projections.derive import derive
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


def finish_fold(p: Projection, policy: Policy) -> Iterator[int]:
    """Derive and write what follows from all events that a folding projection took in; yields customers done."""
    p.flush()
    p.forget_numbers()
    totals: Totals = {}
    moved = _decided_moves(p.cursor)
    cid_moves = next(moved, None)
    done = 0
    for part in chunks(sorted(p.accounts), WRITTEN_AT_ONCE):
        provisional: list[tuple[object, ...]] = []
        accounts = [p.accounts.pop(cid) for cid in part]
        p.spill.all_whole(accounts)
        for account in accounts:
            while cid_moves is not None and cid_moves[0] < account.customer_id:
                cid_moves = next(moved, None)
            decided = cid_moves[1] if cid_moves is not None and cid_moves[0] == account.customer_id else []
            provisional += _finish(p, account, decided, totals, policy)
        write_accounts(p, accounts)
        p.cursor.executemany("INSERT INTO tier_move VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", provisional)
        done += len(part)
        yield done
    write_totals(p, ((day, tier, n, fen) for (day, tier), (n, fen) in totals.items() if n or fen))
    ids = [row[0] for row in p.cursor.execute("SELECT id FROM customer ORDER BY id")]
    for part in chunks(ids, WRITTEN_AT_ONCE):
        derive(p, part, policy, fresh=True)
        done += len(part)
        yield done


def _finish(
    p: Projection, account: Account, decided: Moves, totals: Totals, policy: Policy
) -> Iterable[tuple[object, ...]]:
    balances = account.steps
    account.aum = balances[-1][1] if balances else None
    coming = moves_to_come(account, balances, p.book_day, policy)
    account.next_move = coming[0].day.toordinal() if coming else None
    if not coming and (not decided or (len(decided) == 1 and balances and decided[0][0] == balances[0][0])):
        add_plain(totals, balances, decided[0][1] if decided else "")
        return ()
    moves = decided + [(move.day.toordinal(), move.to_tier or "") for move in coming]
    add_tail(totals, balances, moves, 0, 1)
    return [provisional_row(account.customer_id, n, move, policy) for n, move in enumerate(coming)]


def _decided_moves(cursor: Cursor) -> Iterator[tuple[int, Moves]]:
    """The decided moves of each customer who has any, in order of id; read in parts, so that others can be written."""
    last = 0
    while True:
        rows = cursor.execute(
            "SELECT customer_id, day, tier FROM tier_move WHERE position > 0 AND customer_id > ?"
            " AND customer_id <= ? ORDER BY customer_id, day, n",
            (last, last + WRITTEN_AT_ONCE),
        ).fetchall()
        held: dict[int, Moves] = {}
        for cid, day, tier in rows:
            held.setdefault(cid, []).append((day, tier))
        yield from held.items()
        last += WRITTEN_AT_ONCE
        highest = cursor.execute("SELECT max(id) FROM customer").fetchone()[0]
        if highest is None or last > highest:
            return
