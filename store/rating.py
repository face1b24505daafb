"""Rating at work: the book's day moves on, month ends are decided, a new balance lifts a customer at once.

The rules are in `domain/tiering.py`; here they meet the accounts of the book (DESIGN 6).
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from guanhu.domain.errors import Refused
from guanhu.domain.events import stamped
from guanhu.domain.statement import COLUMN_ROWS, DayOpened, TiersChanged
from guanhu.domain.tiering import Move, Standing, day_move, next_moves
from guanhu.projections.account import Account
from guanhu.projections.settle import held
from guanhu.store.writer import Writer

Decided = list[tuple[str, Move]]


def advance(w: Writer, day: date) -> int:
    """Move the book's day forward to `day`, deciding what became due on the way; how many tiers changed.

    A day that is not after the book's day moves nothing.
    """
    to = day.toordinal()
    if to <= w.book_day:
        return 0
    w.settle()
    due = w.cursor.execute(
        "SELECT no, account.* FROM account JOIN customer ON id = customer_id WHERE next_move <= ? ORDER BY id", (to,)
    ).fetchall()
    after = date.fromordinal(w.book_day) if w.book_day else None
    decided: dict[date, Decided] = defaultdict(list)
    for no, *row in due:
        account = Account(*row)
        balances = account.steps
        for move in next_moves(balances, held(account, balances, w.book_day), after, w.policy):
            if move.day <= day:
                decided[move.day].append((no, move))
    changes = sum(_decide(w, when, decided[when]) for when in sorted(decided))
    w.append("day", DayOpened(*stamped(w.stamp(day))))
    w.settle()
    return changes


def open_day(w: Writer, day: date) -> int:
    """`day open`: Refused("day_in_future") for a day after today, ("day_over") for one before the book's day."""
    if day > w.book.today:
        raise Refused("day_in_future", day=day.isoformat())
    if day.toordinal() < w.book_day:
        raise Refused("day_over", day=day.isoformat(), book_day=date.fromordinal(w.book_day).isoformat())
    return advance(w, day)


def rate(w: Writer, accounts: Iterable[tuple[str, Account, bool]]) -> int:
    """Rate customers whose newest balance has just come, on the book's day; `first`: it is their first one."""
    if not w.book_day:
        return 0
    day = date.fromordinal(w.book_day)
    scheme = w.policy.on(day)
    quick = scheme.rating.measure == "balance" and scheme.rating.up == "at_once"
    floors, rank = scheme.floors, scheme.rank
    decided: Decided = []
    for no, account, first in accounts:
        step = rank.get(account.tier)
        aum = account.aum
        # The common case without unpacking the series: the balance does not reach the next floor.
        if quick and not first and step is not None and aum is not None and (step == len(floors) or aum < floors[step]):
            continue
        balances = account.steps
        standing = Standing(None, None) if first else held(account, balances, w.book_day)
        move = day_move(balances, standing, day, scheme)
        if move:
            decided.append((no, move))
    return _decide(w, day, decided)


def _decide(w: Writer, day: date, decided: Decided) -> int:
    """Write the moves of one day as events."""
    scheme = w.policy.on(day)
    for start in range(0, len(decided), COLUMN_ROWS):
        part = decided[start : start + COLUMN_ROWS]
        w.append(
            f"rating:{day.isoformat()}",
            TiersChanged(
                *stamped(w.stamp(day)),
                scheme.id,
                scheme.version,
                tuple(no for no, _ in part),
                tuple(move.from_tier or "" for _, move in part),
                tuple(move.to_tier or "" for _, move in part),
                tuple(move.basis for _, move in part),
                tuple(move.rule for _, move in part),
            ),
        )
    return len(decided)
