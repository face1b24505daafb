"""Rating (定级): which tier a customer's balances give, and when a tier is lost again.

Up at once on the day of the balance (or at the month's end, as the scheme says); down when every day
of enough full calendar months stayed below the floor of the tier held, on the first of the next
month, to the tier of the highest value of those months. On the first of a month the month's end is
decided first, then that day's balance (DESIGN 6).
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import msgspec

from guanhu.domain.balances import Step, average, carried, highest
from guanhu.domain.dates import first_of_month, last_of_month, next_month
from guanhu.domain.scheme import Policy, Scheme, Tier


class Standing(msgspec.Struct, frozen=True, gc=False):
    """The tier a customer holds (None: untiered) and since when; `since` None: never rated."""

    tier: str | None
    since: date | None


class Move(msgspec.Struct, frozen=True, gc=False):
    """A change of tier: when, between which tiers, on what basis (fen), by which rule."""

    day: date
    from_tier: str | None
    to_tier: str | None
    basis: int
    rule: str


def measure(steps: Sequence[Step], day: date, scheme: Scheme) -> int | None:
    """The value that rates a customer on a day, in fen; None without a balance."""
    if scheme.rating.measure == "balance":
        return carried(steps, day.toordinal())
    return average(steps, first_of_month(day).toordinal(), day.toordinal())


def month_value(steps: Sequence[Step], first: date, scheme: Scheme) -> int | None:
    """What a full month counts as: its highest balance, or its average."""
    over = highest if scheme.rating.measure == "balance" else average
    return over(steps, first.toordinal(), last_of_month(first).toordinal())


def _months_back(first: date, count: int) -> list[date]:
    months = []
    for _ in range(count):
        first = first_of_month(first - timedelta(days=1))
        months.append(first)
    return months


def _months_below(tier: Tier, scheme: Scheme) -> int:
    """How many full months below its floor lose a tier."""
    down = tier.down_months if tier.down_months is not None else scheme.rating.down_months
    watch = tier.watch_months if tier.watch_months is not None else scheme.rating.watch_months
    return down + watch


def month_end_move(steps: Sequence[Step], held: Standing, first: date, scheme: Scheme) -> Move | None:
    """The move that the end of the month before `first` brings, if any; `first` is a first of a month."""
    if held.since is None or held.tier not in scheme.rank:
        return None  # the first balance, or the scheme that no longer knows the tier, rates on the day itself
    if scheme.rating.up == "month_end":
        risen = _rise(steps, held, first - timedelta(days=1), scheme, "up_month_end")
        if risen:
            return msgspec.structs.replace(risen, day=first)
    tier = scheme.tier(held.tier)
    if tier is None:
        return None
    values = []
    for month in _months_back(first, _months_below(tier, scheme)):
        # A month counts when it has a balance on every day and the tier was held at its end: after
        # a fall the count begins anew.
        if steps[0][0] > month.toordinal() or last_of_month(month) < held.since:
            return None
        value = month_value(steps, month, scheme)
        if value is None or value >= tier.floor:
            return None
        values.append(value)
    best = max(values)
    return Move(first, held.tier, scheme.tier_of(best), best, "down_full_month")


def _rise(steps: Sequence[Step], held: Standing, day: date, scheme: Scheme, rule: str) -> Move | None:
    value = measure(steps, day, scheme)
    if value is None or scheme.step_of(value) <= scheme.rank.get(held.tier, 0):
        return None
    return Move(day, held.tier, scheme.tier_of(value), value, rule)


def day_move(steps: Sequence[Step], held: Standing, day: date, scheme: Scheme) -> Move | None:
    """The rise that the balance of `day` brings, if any: the first balance rates at once in every scheme."""
    first_day = steps[0][0] if steps else None
    if held.tier is None and held.since is None and first_day is not None and first_day <= day.toordinal():
        return _rise(steps, held, day, scheme, "first_balance")
    if held.tier is not None and held.tier not in scheme.rank:
        value = measure(steps, day, scheme) or 0
        return Move(day, held.tier, scheme.tier_of(value), value, "scheme_change")
    return _rise(steps, held, day, scheme, "up_at_once") if scheme.rating.up == "at_once" else None


def settled(steps: Sequence[Step], held: Standing, after: date, scheme: Scheme) -> bool:
    """Whether nothing can move the customer while the newest balance is carried: the quick common case."""
    if not steps or scheme.rating.measure != "balance" or scheme.rating.up != "at_once":
        return not steps
    day, fen = steps[-1]
    return day <= after.toordinal() and held.since is not None and scheme.step_of(fen) == scheme.rank.get(held.tier, -1)


def _candidate_days(steps: Sequence[Step], after: date | None, policy: Policy) -> Iterator[date]:
    """The days after `after` on which a move can happen, in order, each once."""
    first = date.fromordinal(steps[0][0])
    start = first if after is None or after < first else after + timedelta(days=1)
    last = date.fromordinal(steps[-1][0])
    longest = max(_months_below(tier, scheme) for _, scheme in policy.adopted for tier in scheme.tiers)
    changes = policy.changes_after(start - timedelta(days=1))
    end = next_month(max([last, start, *changes]))
    # A fall may count months of the last change and so lead to a step that the balance carried since does not
    # reach; the next one, as many months later, counts none of them and is the last.
    for _ in range(2 * longest - 1):
        end = next_month(end)
    days = {date.fromordinal(day) for day, _ in steps if day >= start.toordinal()}
    days.update(changes)
    daily = any(scheme.rating.measure != "balance" for _, scheme in policy.adopted)
    if daily:
        tail = last_of_month(next_month(last))
        days.update(start + timedelta(days=n) for n in range((tail - start).days + 1))
    month = start if start.day == 1 else next_month(start)
    while month <= end:
        days.add(month)
        month = next_month(month)
    yield from sorted(days)


def next_moves(steps: Sequence[Step], held: Standing, after: date | None, policy: Policy) -> list[Move]:
    """All moves after `after` that follow if no further balance comes, in order.

    `after` is the last day decided (None: no day of the book was decided). Decided tiers never change:
    balances dated before are seen only by month ends that are still undecided.
    """
    if not steps:
        return []
    if after is not None and settled(steps, held, after, policy.on(after)) and not policy.changes_after(after):
        return []
    moves: list[Move] = []
    for day in _candidate_days(steps, after, policy):
        scheme = policy.on(day)
        if day.day == 1:
            held = _apply(month_end_move(steps, held, day, scheme), held, moves)
        held = _apply(day_move(steps, held, day, scheme), held, moves)
        if held.since is None and steps[0][0] <= day.toordinal():
            held = Standing(None, day)
    return moves


def _apply(move: Move | None, held: Standing, moves: list[Move]) -> Standing:
    if move is None:
        return held
    moves.append(move)
    return Standing(move.to_tier, move.day)
