"""How one customer was rated and would have been: the moves of both sides, worked out once for all who are alike."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from sqlite3 import Cursor

import msgspec

from guanhu.domain.applies import cut_points
from guanhu.domain.balances import Entry, Step, steps, unpack
from guanhu.domain.rerating import Course, rerate
from guanhu.domain.tiering import Move
from guanhu.projections.whatif.courses import Decode, Sides, Stored
from guanhu.projections.whatif.people import Person
from guanhu.projections.whatif.replaced import Replaced

Moved = tuple[int, str, str, bool]
"""(day, tier, the one before, whether it was the first balance); "" is untiered."""


class Rated(msgspec.Struct, frozen=True, gc=False):
    """A customer's balances and moves; `zones`: (day, zone of the AUM) wherever it changed.

    `stood`: the moves that both sides share, decided before the stretch; `moves` what came after them, by side.
    """

    entries: list[Entry]
    balances: list[Step]
    zones: tuple[tuple[int, int], ...]
    stood: tuple[tuple[int, str], ...]
    moves: tuple[tuple[Moved, ...], tuple[Moved, ...]]

    def tiers(self, side: int) -> tuple[tuple[int, str], ...]:
        """(day, tier) of all moves of a side."""
        return (*self.stood, *((day, tier) for day, tier, _, _ in self.moves[side]))


class Rating:
    """Rates customers on the other side's course, and reads what was decided on the book's own."""

    def __init__(self, cursor: Cursor, stored: Stored, decode: Decode, sides: Sides) -> None:
        self._course: Course = sides.other
        self._begin = sides.actual.begin
        self._decided = sides.actual.day_at(self._begin)
        self._last = sides.asked.last.toordinal()
        schemes = [scheme for policy in sides.policies for _, scheme in policy.adopted]
        self._cuts = sorted({cut for scheme in schemes for cut in (*scheme.floors, *cut_points(scheme))})
        self._by_zone = all(scheme.rating.measure == "balance" for scheme in schemes)
        self._days = [day for _, day in sides.other.days]
        self._positions = [position for position, _ in sides.other.days]
        self._replaced = Replaced(cursor, stored, decode)
        self.known: dict[object, tuple[Moved, ...]] = {}

    def rated(self, person: Person) -> Rated:
        """A customer's moves on both sides."""
        entries = unpack(person.series)
        days, kinds, fens, positions = zip(*entries, strict=True) if entries else ((), (), (), ())
        reports = not any(kinds) and len(set(days)) == len(days)
        # A report of each day is what is carried from that day on.
        balances = list(zip(days, fens, strict=True)) if reports else steps(entries)
        zones, arrivals = self._zones(entries, balances)
        stood: list[tuple[int, str]] = []
        actual: list[Moved] = []
        for day, tier, before, rule, position in person.moves:
            # What the move of the day to the stretch's first brought stands before it, and is decided anew.
            if 0 < position < self._begin and day <= self._decided:
                stood.append((day, tier))
            else:
                actual.append((day, tier, before, rule == "first_balance"))
        in_order = reports and not person.replaced and positions == tuple(sorted(positions))
        if in_order and self._on_the_day(arrivals if self._by_zone else entries):
            key = (zones if self._by_zone else person.series, stood[-1] if stood else None, self._epochs(arrivals))
            other = self.known.get(key)
            if other is None:
                other = self.known[key] = self._moves(entries, stood)
        else:
            other = self._alone(person, entries, stood)
        return Rated(entries, balances, zones, tuple(stood), (tuple(actual), other))

    def _zones(
        self, entries: Sequence[Entry], balances: Sequence[Step]
    ) -> tuple[tuple[tuple[int, int], ...], list[Entry]]:
        """Where the zone of the AUM changed, and the entries that changed it."""
        cuts = self._cuts
        if len(entries) != len(balances):
            return tuple([(day, bisect_right(cuts, fen)) for day, fen in balances]), list(entries)
        found = [bisect_right(cuts, fen) for _, fen in balances]
        if found and min(found) == max(found):
            return ((balances[0][0], found[0]),), [entries[0]]
        changed = [n for n, zone in enumerate(found) if not n or zone != found[n - 1]]
        return tuple([(balances[n][0], found[n]) for n in changed]), [entries[n] for n in changed]

    def _on_the_day(self, arrivals: Sequence[Entry]) -> bool:
        """Whether balances that came within the stretch came on their own days."""
        for day, _, _, position in arrivals:
            if position >= self._begin and self._days[bisect_left(self._positions, position) - 1] != day:
                return False
        return True

    def _epochs(self, arrivals: Sequence[Entry]) -> object:
        """Which arrivals lie before and after schemes that were adopted meanwhile."""
        marks = sorted(self._course.turns)
        return tuple([bisect_left(marks, entry[3]) for entry in arrivals]) if marks else ()

    def _moves(self, entries: Sequence[Entry], stood: Sequence[tuple[int, str]]) -> tuple[Moved, ...]:
        tier, since = (stood[-1][1] or None, stood[-1][0]) if stood else (None, None)
        return _told(rerate(self._course, entries, tier, since, self._last))

    def _alone(self, person: Person, entries: Sequence[Entry], stood: Sequence[tuple[int, str]]) -> tuple[Moved, ...]:
        """The same for whose balances came late, were keyed in or replaced: each as it was recorded."""
        recorded = self._replaced.entries(person.id, entries, person.replaced)
        tier, since = (stood[-1][1] or None, stood[-1][0]) if stood else (None, None)

        def reported(day: int, position: int) -> bool:
            return self._replaced.unchanged_after(person.id, day, position)

        return _told(rerate(self._course, recorded, tier, since, self._last, reported))


def _told(moves: Sequence[Move]) -> tuple[Moved, ...]:
    return tuple(
        (move.day.toordinal(), move.to_tier or "", move.from_tier or "", move.rule == "first_balance") for move in moves
    )
