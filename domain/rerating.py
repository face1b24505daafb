"""Rating once more (试算): the tiers that a customer's balances give under another policy, decided as they came in.

A decision sees only what was recorded by then, and is made on the book's day of that moment (DESIGN 6). So the book's
course is gone through again: its days and its schemes, each at the position at which it was recorded, and between
them the customer's balances. The rules are those of `tiering.py`, and only what was not decided before is decided.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cached_property

import msgspec

from guanhu.domain.balances import Entry, Step, insert, steps
from guanhu.domain.scheme import Policy, Scheme
from guanhu.domain.tiering import Move, Standing, day_move, next_moves

NEVER = 1 << 62
"""After every position."""

Reported = Callable[[int, int], bool]
"""(day, position): whether before the position a report of a later day had found the balance unchanged."""


class Adopted(msgspec.Struct, frozen=True):
    """A scheme that governs from a day (ordinal) on, adopted at a position; 0: from the beginning."""

    position: int
    since: int
    scheme: Scheme


class Course(msgspec.Struct, frozen=True, dict=True):
    """How a book came to its day: (position, day) of each move of it, and the schemes; decided anew from `first` on.

    `before`: the policy for the days before `first` that nothing had decided yet, where it is another.
    """

    days: tuple[tuple[int, int], ...]
    adopted: tuple[Adopted, ...]
    first: int
    before: Policy | None = None

    @cached_property
    def begin(self) -> int:
        """The position of the first move of the book's day to `first` or beyond: decisions before it stand."""
        return next((position for position, day in self.days if day >= self.first), NEVER)

    @cached_property
    def _positions(self) -> list[int]:
        return [position for position, _ in self.days]

    @cached_property
    def _policies(self) -> list[tuple[int, Policy]]:
        """The policy from each position on; of two schemes from one day the later adopted counts."""
        in_force: dict[int, Scheme] = {}
        found: list[tuple[int, Policy]] = []
        for each in sorted(self.adopted, key=lambda each: each.position):
            in_force[each.since] = each.scheme
            dated = tuple((date.fromordinal(since), in_force[since]) for since in sorted(in_force))
            found.append((each.position, Policy(dated)))
        return found

    @property
    def policy(self) -> Policy:
        """All schemes."""
        return self._policies[-1][1]

    def policy_at(self, position: int) -> Policy:
        """The schemes adopted before a position."""
        at = bisect_left(self._policies, position, key=lambda each: each[0])
        return self._policies[max(at - 1, 0)][1]

    def day_at(self, position: int) -> int:
        """The book's day before a position; 0 for none."""
        at = bisect_left(self._positions, position)
        return self.days[at - 1][1] if at else 0

    @cached_property
    def turns(self) -> dict[int, Adopted]:
        """The schemes that were adopted after `begin`, by position: which days are looked at depends on all of them."""
        return {each.position: each for each in self.adopted if each.position > self.begin}


def stands(tier: str | None, since: int | None, balances: Sequence[Step], book_day: int) -> Standing:
    """The tier held as far as decided; who was never moved is held since the first balance."""
    if since is None and balances and balances[0][0] <= book_day:
        since = balances[0][0]
    return Standing(tier, date.fromordinal(since) if since is not None else None)


class _Again:
    """One customer on the way through the course."""

    def __init__(self, known: list[Entry], tier: str | None, since: int | None, decided: int) -> None:
        self.known = known
        self.balances = steps(known)
        self.tier, self.since = tier, since
        self.decided = decided
        self.moves: list[Move] = []

    def decide(self, policy: Policy, day: int) -> None:
        """What the days up to this one bring without a further balance."""
        if day <= self.decided:
            return
        after = date.fromordinal(self.decided) if self.decided else None
        standing = stands(self.tier, self.since, self.balances, self.decided)
        for move in next_moves(self.balances, standing, after, policy):
            if move.day.toordinal() > day:
                break
            self._take(move)
        self.decided = day

    def take_in(self, entry: Entry, *, rated: bool, scheme: Scheme) -> None:
        """A balance comes; it rates at once where it is the newest."""
        first = not self.known
        self.known = insert(self.known, entry)
        self.balances = steps(self.known)
        if rated:
            self.rate(Standing(None, None) if first else self._standing, scheme)

    def rate(self, standing: Standing, scheme: Scheme) -> None:
        """Decide on the book's day once more."""
        move = day_move(self.balances, standing, date.fromordinal(self.decided), scheme)
        if move is not None:
            self._take(move)

    @property
    def _standing(self) -> Standing:
        return stands(self.tier, self.since, self.balances, self.decided)

    def adopt(self, scheme: Scheme) -> None:
        """A scheme governs from the book's own day on: whoever was ever moved is rated under it."""
        if self.since is not None:
            self.rate(self._standing, scheme)

    def _take(self, move: Move) -> None:
        self.moves.append(move)
        self.tier, self.since = move.to_tier, move.day.toordinal()


def rerate(
    course: Course, entries: Sequence[Entry], tier: str | None, since: int | None, last: int,
    reported: Reported | None = None,
) -> list[Move]:  # fmt: skip
    """The moves of a customer from the course's `begin` on, up to the day `last` (an ordinal).

    `entries`: all that was ever recorded, in order of position, also what a later record replaced. `tier` and `since`
    (None: never moved) are what was decided before `begin`.
    """
    before = [entry for entry in entries if entry[3] < course.begin]
    known: list[Entry] = []
    for entry in before:
        known = insert(known, entry)
    again = _Again(known, tier, since, course.day_at(course.begin))
    if course.before is not None:
        again.decide(course.before, min(course.first - 1, last))
    for position, arrived in _arrivals(course, entries[len(before) :]):
        day = course.day_at(position)
        policy = course.policy_at(position)
        again.decide(policy, min(day, last))
        if day > last:
            return again.moves
        if arrived is None:
            if course.turns[position].since == day:
                again.adopt(course.turns[position].scheme)
            continue
        newest = not again.balances or arrived[0] >= again.balances[-1][0]
        if newest and reported is not None and reported(arrived[0], position):
            newest = False
        rated = newest and 0 < day >= arrived[0]
        again.take_in(arrived, rated=rated, scheme=policy.on_ordinal(day or 1))
    again.decide(course.policy, last)
    return again.moves


def _arrivals(course: Course, entries: Sequence[Entry]) -> Iterator[tuple[int, Entry | None]]:
    """Balances and schemes (None) in the order of their positions."""
    if not course.turns:
        yield from ((entry[3], entry) for entry in entries)
        return
    both: list[tuple[int, Entry | None]] = [(entry[3], entry) for entry in entries]
    both += [(position, None) for position in course.turns]
    yield from sorted(both, key=lambda each: each[0])
