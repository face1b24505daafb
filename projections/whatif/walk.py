"""The customers gone through, in ranges of ids: what was decided, what would have been, what is owed on both sides.

Most customers share with thousands of others all that decides what is owed to them: on which days their balance came
into which zone, their tiers, what is known of them. What follows from it is worked out once.
"""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from sqlite3 import Cursor

import msgspec

from guanhu.domain.balances import STATED, carried
from guanhu.domain.calendar import Calendar
from guanhu.domain.money import YUAN
from guanhu.domain.unmoved import unmoved
from guanhu.projections.facts_of import known_since, load_facts, scores
from guanhu.projections.projection import ASKED_AT_ONCE, chunks
from guanhu.projections.whatif.courses import Decode, Sides, Stored
from guanhu.projections.whatif.owing import Owing, festival_days
from guanhu.projections.whatif.people import Person, people
from guanhu.projections.whatif.rated import Moved, Rated, Rating
from guanhu.projections.whatif.seating import Judged, Seating
from guanhu.projections.whatif.tally import ACTUAL, OTHER, Newcomer, Side, Tally

AT_ONCE = 5_000
"""Customers held in memory at a time."""
MOST_KEPT = 100_000
"""Patterns remembered at a time."""


class _Case(msgspec.Struct, gc=False):
    """A customer under way; `keys`: all that decides their duties, by side, None for the erased."""

    person: Person
    rated: Rated
    seats: int
    keys: tuple[object, object] | None


class _Sums(msgspec.Struct):
    """A tally with what is not expanded yet: by side (pattern, what is not owed) and (seats, slot)."""

    tally: Tally
    patterns: tuple[Counter[tuple[int, int]], Counter[tuple[int, int]]]
    slots: tuple[Counter[tuple[int, int]], Counter[tuple[int, int]]]


class Walk:
    """One snapshot of the book, and what is remembered from range to range."""

    def __init__(self, cursor: Cursor, stored: Stored, decode: Decode, calendar: Calendar, sides: Sides) -> None:
        self._cursor, self._sides, self._calendar = cursor, sides, calendar
        asked, policies = sides.asked, sides.policies
        self._first, self._last = asked.first.toordinal(), asked.last.toordinal()
        known = {id(scheme): scheme for policy in policies for _, scheme in policy.adopted}
        self._changing = [scheme for scheme in known.values() if any(duty.change for duty in scheme.duties)]
        changes = [duty.change for scheme in self._changing for duty in scheme.duties if duty.change]
        self._still_below = min((change.either_from * YUAN for change in changes), default=1 << 63)
        thresholds = (amount for change in changes for amount in change.thresholds.values())
        self._least_change = min(thresholds, default=0) * YUAN
        self._festivals = festival_days(policies, calendar, asked.first, asked.last)
        self._rating = Rating(cursor, stored, decode, sides)
        self._seating = Seating(cursor, policies, calendar, asked.last)
        self._judged: dict[tuple[int, tuple[str | None, str | None]], Judged] = {}
        self._start_over()

    def _start_over(self) -> None:
        """Nothing is remembered of patterns."""
        asked = self._sides.asked
        self._owing = [Owing(each, self._calendar, asked.first, asked.last) for each in self._sides.policies]
        self._patterns: tuple[dict[object, int], dict[object, int]] = ({}, {})
        self._rating.known.clear()

    def take(self, after: int, until: int) -> Tally:
        """The tally of the customers with ids from `after` (left out) to `until`."""
        sums = _Sums(Tally(), (Counter(), Counter()), (Counter(), Counter()))
        scheme = self._sides.policies[ACTUAL].adopted[0][1]
        for start in range(after, until, AT_ONCE):
            end = min(start + AT_ONCE, until)
            cases = [self._case(each) for each in people(self._cursor, self._sides.asked, start, end, scheme)]
            self._learn(cases)
            for case in cases:
                self._add(sums, case)
            if max(len(self._rating.known), *(len(known) for known in self._patterns)) > MOST_KEPT:
                self._expand(sums)
                self._start_over()
        self._expand(sums)
        return sums.tally

    # ------------------------------------------------------------ what decides
    def _case(self, person: Person) -> _Case:
        rated = self._rating.rated(person)
        seats = self._seating.number(person.id, person.outlet, person.care)
        if person.erased:
            return _Case(person, rated, seats, None)
        tiers = rated.tiers(ACTUAL), rated.tiers(OTHER)
        # Who went down is called by the owner of then; else only seats that were given on a day raise anything.
        still = len(tiers[0]) < 2 and len(tiers[1]) < 2
        given = [row for row in person.care if row[3] > 1] if still else person.care
        base = (
            rated.zones,
            person.id if self._flows(rated) else 0,
            bisect_left(self._festivals, person.touched),
            tuple(known_since(person.personal).items()),
            bool(person.birthday), bool(person.lunar_birthday),
            tuple(person.marks), person.raised, tuple(given),
        )  # fmt: skip
        return _Case(person, rated, seats, ((base, tiers[0]), (base, tiers[1])))

    def _flows(self, rated: Rated) -> bool:
        """Whether any change between two reports is large enough to be followed up: such a customer is like no other.

        What is owed then hangs on the very amounts, and on each act (DESIGN 6, fund_change).
        """
        reported = [fen for _, kind, fen, _ in rated.entries if kind == STATED]
        if len(reported) < 2 or max(reported) < self._still_below:
            return False
        large = [pair for pair in pairwise(reported) if abs(pair[1] - pair[0]) >= self._least_change]
        return any(not unmoved(scheme, *pair, []) for scheme in self._changing for pair in large)

    def _learn(self, cases: Sequence[_Case]) -> None:
        """Work out the patterns that are new, each from the facts of the first customer who has it."""
        new: dict[int, list[tuple[int, object, Rated]]] = {}
        seen: set[tuple[int, object]] = set()
        for case in cases:
            for side, key in enumerate(case.keys or ()):
                if key not in self._patterns[side] and (side, key) not in seen:
                    seen.add((side, key))
                    new.setdefault(case.person.id, []).append((side, key, case.rated))
        profiles = [policy.adopted[-1][1].profile for policy in self._sides.policies]
        for part in chunks(list(new), ASKED_AT_ONCE):
            for cid, _outlet, facts in load_facts(self._cursor, part, profiles[ACTUAL]):
                for side, key, rated in new[cid]:
                    own = msgspec.structs.replace(
                        facts,
                        tiers=[(day, tier or None) for day, tier in rated.tiers(side)],
                        scores=facts.scores if side == ACTUAL else scores(facts.known, profiles[side]),
                    )
                    self._patterns[side][key] = self._owing[side].pattern(own)

    # ------------------------------------------------------------ adding up
    def _add(self, sums: _Sums, case: _Case) -> None:
        person, rated, tally = case.person, case.rated, sums.tally
        tiers = _tier_on(rated, ACTUAL), _tier_on(rated, OTHER)
        aum = _balance(rated, self._last)
        for side, each in enumerate(tally.sides):
            if aum is not None:
                each.customers[tiers[side]] += 1
                each.money[tiers[side]] += aum
            if rated.moves[side]:
                self._count_moves(each, side, rated.moves[side])
            if case.keys is not None:
                owing = self._owing[side]
                pattern = self._patterns[side][case.keys[side]]
                self._count_owed(sums, side, pattern, case.seats)
                if rule := owing.patterns[pattern].births:
                    births = owing.birthdays(rule, person.birthday, person.lunar_birthday)
                    self._count_owed(sums, side, births, case.seats)
        if tiers[ACTUAL] != tiers[OTHER]:
            tally.cells.setdefault(tiers, array("q")).append(person.id)
        self._wait(tally, case, tiers, aum or 0)

    def _count_moves(self, side: Side, at: int, moves: Sequence[Moved]) -> None:
        """Moves within the stretch; a first balance brings a customer in and moves nobody."""
        for day, tier, before, first in moves:
            if first or day < self._first:
                continue
            rank = self._sides.policies[at].on_ordinal(day).rank
            when = date.fromordinal(day)
            side.moved[when.year * 12 + when.month - 1, rank.get(tier or None, 0) > rank.get(before or None, 0)] += 1
            side.flows[before or None, tier or None] += 1

    def _count_owed(self, sums: _Sums, side: int, pattern: int, seats: int) -> None:
        owed = self._owing[side].patterns[pattern].slots
        if not owed:
            return
        sums.patterns[side][pattern, self._seating.masks[side][seats]] += 1
        slots = sums.slots[side]
        for slot, count in owed:
            slots[seats, slot] += count

    def _wait(self, tally: Tally, case: _Case, tiers: tuple[str | None, str | None], aum: int) -> None:
        """Whether the customer waits to be assigned on the last day, here and there."""
        person, last = case.person, self._last
        if person.erased or any(mark == "closed" and start <= last < end for mark, start, end in person.marks):
            return
        judged = self._judged.get((case.seats, tiers))
        if judged is None:
            judged = self._judged[case.seats, tiers] = self._seating.judged(case.seats, tiers)
        for side, waits in zip(tally.sides, judged.waits, strict=True):
            side.waiting += waits
        there = tiers[OTHER]
        if judged.newly and there:
            owners = self._seating.seen[case.seats][1]
            tally.newcomers.append(Newcomer(person.id, person.outlet, there, aum, owners, judged.newly))
        elif judged.relieved:
            tally.relieved.append(person.id)
        if judged.freed:
            tally.freed.append(person.id)

    def _expand(self, sums: _Sums) -> None:
        """What the patterns owe, by duty and month, and by who owes it."""
        for side, owing in enumerate(self._owing):
            each = sums.tally.sides[side]
            calls = [owing.calls(slot) for slot in owing.slots]
            bits = [self._seating.bit(side, slot) for slot in owing.slots]
            for (pattern, mask), customers in sums.patterns[side].items():
                for slot, month, count in owing.patterns[pattern].months:
                    if not bits[slot] & mask:
                        each.owed[owing.slots[slot][1], month] += customers * count
                        if calls[slot]:
                            each.calls[month] += customers * count * calls[slot]
            for (seats, slot), count in sums.slots[side].items():
                for staff in self._seating.owes(side, seats, owing.slots[slot], owing):
                    each.loads[staff, False] += count
                    if calls[slot]:
                        each.loads[staff, True] += count * calls[slot]
            sums.patterns[side].clear()
            sums.slots[side].clear()


def _tier_on(rated: Rated, side: int) -> str | None:
    """The tier after a side's last move."""
    moves = rated.moves[side]
    if moves:
        return moves[-1][1] or None
    return rated.stood[-1][1] or None if rated.stood else None


def _balance(rated: Rated, day: int) -> int | None:
    """The balance of a day in fen."""
    if not rated.balances:
        return None
    newest = rated.balances[-1]
    return newest[1] if newest[0] <= day else carried(rated.balances, day)
