"""What follows from a transaction's events: the next moves of tier, the totals by tier, the duties.

Run once at the end of the transaction, over the customers it touched.
"""

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date
from operator import itemgetter

from guanhu.domain.applies import cut_points
from guanhu.domain.balances import KIND_FROM_END, STATED, Step, carried, steps, unpack
from guanhu.domain.rerating import stands
from guanhu.domain.scheme import Policy
from guanhu.domain.tiering import Move, Standing, next_moves
from guanhu.domain.unmoved import unmoved
from guanhu.projections.account import Account, Before
from guanhu.projections.acted import moved_by_acts
from guanhu.projections.derive import derive
from guanhu.projections.projection import Projection, chunks, marks

Moves = list[tuple[int, str]]
"""(day, tier id or "") in order."""

Totals = dict[tuple[int, str], list[int]]
"""(day, tier) -> [customers, fen]: how the figures of a tier change on that day."""


def held(account: Account, balances: list[Step], book_day: int) -> Standing:
    """The tier an account holds as far as decided."""
    return stands(account.tier, account.tier_since, balances, book_day)


def settle(p: Projection) -> None:
    """Derive and write all that follows; afterwards the projection can take further events."""
    policy = p.policy
    if policy is None:
        _reset(p)
        return
    if p.before:
        _settle_accounts(p, policy)
    due = _whose_duties_move(p, policy)
    _reset(p)
    if due:
        derive(p, due, policy)


def _settle_accounts(p: Projection, policy: Policy) -> None:
    """The next moves, the totals and the rows of the accounts that changed."""
    totals: Totals = {}
    provisional = []
    less_plain = _count_plain(p, totals, policy)
    stale = _old_moves(p, less_plain)
    for cid, before in less_plain.items():
        account = p.accounts[cid]
        balances = account.steps
        moves = moves_to_come(account, balances, p.book_day, policy)
        account.next_move = moves[0].day.toordinal() if moves else None
        coming = [(move.day.toordinal(), move.to_tier or "") for move in moves]
        provisional += [provisional_row(cid, n, move, policy) for n, move in enumerate(moves)]
        _count(totals, before, account, balances, coming, stale.get(cid))
    gone = [(cid,) for cid, before in less_plain.items() if before.next_move is not None]
    p.cursor.executemany("DELETE FROM tier_move WHERE customer_id = ? AND position = 0", gone)
    p.cursor.executemany("INSERT INTO tier_move VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", provisional)
    _write(p, totals)


def _reset(p: Projection) -> None:
    p.before.clear()
    p.dirty.clear()
    p.touched.clear()
    p.logged.clear()
    p.unmoved.clear()
    p.accounts.clear()
    p.start = p.last


def moves_to_come(account: Account, balances: list[Step], book_day: int, policy: Policy) -> list[Move]:
    """The moves that nothing has decided yet."""
    decided = date.fromordinal(book_day) if book_day else None
    return next_moves(balances, held(account, balances, book_day), decided, policy)


def provisional_row(cid: int, n: int, move: Move, policy: Policy) -> tuple[object, ...]:
    """A move to come as a row of history that no event has decided."""
    scheme = policy.on(move.day)
    return (
        cid, move.day.toordinal(), n, move.to_tier or "", move.from_tier or "", move.basis, move.rule,
        scheme.id, scheme.version, 0,
    )  # fmt: skip


def _count_plain(p: Projection, totals: Totals, policy: Policy) -> dict[int, Before]:
    """Count the accounts of the common case, and give back the others.

    The common case: one new day at the end, a tier that agrees with its balance, nothing to come before or after.
    Neither the series nor the history of tiers needs to be looked at (a statement has a million such rows).
    """
    bounds = policy.adopted[0][1].bounds if len(policy.adopted) == 1 else {}
    others: dict[int, Before] = {}
    for cid, before in p.before.items():
        account = p.accounts[cid]
        day, aum, since = before.day, account.aum, before.tier_since
        bound = bounds.get(account.tier)
        if (
            bound is None
            or before.late
            or before.next_move is not None
            or account.aum_day != day
            or aum is None
            or day > p.book_day
            or (before.aum_day is not None and before.aum_day >= day)
            or (since is not None and since >= day)
            or (account.tier_since != since and account.tier_since != day)
            or not bound[0] <= aum < bound[1]
        ):
            others[cid] = before
            continue
        tier = account.tier or ""
        if before.aum is None:
            _add(totals, day, tier, 1, aum)
        elif before.tier == account.tier:
            _add(totals, day, tier, 0, aum - before.aum)
        else:
            _add(totals, day, before.tier or "", -1, -before.aum)
            _add(totals, day, tier, 1, aum)
    return others


def _old_moves(p: Projection, accounts: dict[int, Before]) -> dict[int, tuple[Moves, Moves]]:
    """Moves as they were before this transaction and as decided now, for accounts whose last day had moves.

    The common account has neither a move to come nor one on the days that change: its tier is known.
    """
    wanted = [
        cid
        for cid, before in accounts.items()
        if before.next_move is not None
        or before.late
        or (before.tier_since is not None and before.tier_since >= before.day)
        or p.accounts[cid].tier_since != before.tier_since
    ]  # fmt: skip
    result: dict[int, tuple[Moves, Moves]] = {cid: ([], []) for cid in wanted}
    for part in chunks(wanted, 900):
        rows = p.cursor.execute(
            f"SELECT customer_id, day, tier, position FROM tier_move WHERE customer_id IN ({marks(part)})"
            " ORDER BY customer_id, day, n",
            part,
        )
        for cid, day, tier, position in rows:
            old, new = result[cid]
            if position <= p.start:
                old.append((day, tier))
            if position:
                new.append((day, tier))
    for cid, gone in p.unmoved.items():
        result[cid][0].extend(gone)  # the newest that were decided, but not after what was still to come
        result[cid][0].sort(key=itemgetter(0))
    return result


def _count(
    totals: Totals,
    before: Before,
    account: Account,
    balances: list[Step],
    coming: Moves,
    moves: tuple[Moves, Moves] | None,
) -> None:
    """Take out what the account added to the totals from its first changed day on, and put in what it adds now."""
    old, new = moves if moves is not None else ([(0, before.tier or "")], [(0, account.tier or "")])
    add_tail(totals, steps(unpack(before.series)), old, before.day, -1)
    add_tail(totals, balances, new + coming, before.day, 1)


def add_tail(totals: Totals, balances: list[Step], moves: Moves, day: int, sign: int) -> None:
    """Add (or take, `sign` -1) a customer's part in the totals from `day` on."""
    aum = carried(balances, day - 1)
    tier = ""
    at = bisect_left(moves, (day, ""))
    if at:
        tier = moves[at - 1][1]
    n = bisect_left(balances, (day, -(1 << 62)))
    days = {d for d, _ in balances[n:]} | {d for d, _ in moves[at:]}
    for current in sorted(days):
        after, tier_after = aum, tier
        while n < len(balances) and balances[n][0] <= current:
            after = balances[n][1]
            n += 1
        while at < len(moves) and moves[at][0] <= current:
            tier_after = moves[at][1]
            at += 1
        if aum is not None:
            _add(totals, current, tier, -sign, -sign * aum)
        if after is not None:
            _add(totals, current, tier_after, sign, sign * after)
        aum, tier = after, tier_after


def add_plain(totals: Totals, balances: list[Step], tier: str, customers: int) -> None:
    """Count customers who were in one tier from the first balance on; `balances` are the sums of theirs."""
    before = 0
    for day, fen in balances:
        total = totals.get((day, tier))
        if total is None:
            totals[(day, tier)] = [customers, fen - before]
        else:
            total[0] += customers
            total[1] += fen - before
        before, customers = fen, 0


def _add(totals: Totals, day: int, tier: str, customers: int, fen: int) -> None:
    total = totals.get((day, tier))
    if total is None:
        totals[(day, tier)] = [customers, fen]
    else:
        total[0] += customers
        total[1] += fen


def _write(p: Projection, totals: Totals) -> None:
    write_accounts(p, [p.accounts[cid] for cid in p.before])
    write_totals(p, ((day, tier, n, fen) for (day, tier), (n, fen) in totals.items() if n or fen))


def write_accounts(p: Projection, accounts: Iterable[Account]) -> None:
    """Write accounts as they are now."""
    p.cursor.executemany(
        "INSERT INTO account VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET aum = excluded.aum,"
        " aum_day = excluded.aum_day, tier = excluded.tier, tier_since = excluded.tier_since,"
        " next_move = excluded.next_move, series = excluded.series",
        [(a.customer_id, a.aum, a.aum_day, a.tier, a.tier_since, a.next_move, a.series) for a in accounts],
    )


def write_totals(p: Projection, rows: Iterable[tuple[int, str, int, int]]) -> None:
    """Add to the totals by tier and day; a day on which nothing changes in the end keeps no row."""
    rows = list(rows)
    p.cursor.executemany(
        "INSERT INTO tier_day VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
        " customers = customers + excluded.customers, aum = aum + excluded.aum",
        rows,
    )
    p.cursor.executemany(
        "DELETE FROM tier_day WHERE day = ? AND tier = ? AND customers = 0 AND aum = 0", [row[:2] for row in rows]
    )


def _whose_duties_move(p: Projection, policy: Policy) -> list[int]:
    """The touched customers whose duties can differ: a new balance in the same zone changes none, nor most acts."""
    by_acts = set(moved_by_acts(p, policy)) if p.logged else set()
    if len(policy.adopted) > 1:
        return list(p.dirty.union(by_acts))
    scheme = policy.adopted[0][1]
    due = list(by_acts)
    for cid in p.dirty - by_acts:
        before = p.before.get(cid)
        if before is None or cid in p.touched:
            due.append(cid)
            continue
        account = p.accounts[cid]
        if (
            before.late
            or before.next_move is not None
            or account.next_move is not None
            or before.tier != account.tier
            or (before.series and before.series[KIND_FROM_END] != STATED)  # the bank had reported another balance
            or not unmoved(scheme, before.aum, account.aum, cut_points(scheme))
        ):
            due.append(cid)
    return due
