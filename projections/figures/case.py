"""What a figure is made of: cases, each with what it adds to the numerator and to the denominator.

A figure is a function from an `Inquiry` to its cases. The share of a person, an outlet, a tier or a month is the sum
over the cases that are theirs, and a figure opens to those cases: there is no second way to count.
"""

from collections import defaultdict
from datetime import date
from functools import cached_property
from sqlite3 import Cursor
from typing import Any

import msgspec

from guanhu.domain.calendar import Calendar
from guanhu.domain.scheme import Policy
from guanhu.projections.figures.people import State, state_on
from guanhu.projections.figures.places import Scope, place
from guanhu.projections.outlet_tiers import Mover, movers_between


class Case(msgspec.Struct, frozen=True, gc=False):
    """A customer, an occurrence of a duty, an entry or a sum of money that a figure counts.

    `part` and `whole` are what it adds to numerator and denominator: 1 and 0 where it is counted, else fen or points.
    `staff` are all for whom it counts, nobody where it is empty. `tier` "" is untiered. Of what decided it, where there
    is such a thing: the day `on` (an ordinal), the `positions` of the events, the `subject` (a duty, a kind of entry)
    with its `key` (the occurrence), the tier it went `to`, the AUM or score that `was` and `is_now`; `then` is another
    day of it: when it was due, when it matured, when it was written down.
    """

    customer_id: int
    part: int
    whole: int
    staff: tuple[str, ...]
    outlet: str
    tier: str
    on: int = 0
    positions: tuple[int, ...] = ()
    subject: str = ""
    key: str = ""
    then: int = 0
    to: str = ""
    was: int | None = None
    is_now: int | None = None

    def among(self, scope: Scope) -> bool:
        """Whether it is one of those asked about."""
        if scope.staff is not None and (scope.staff not in self.staff if scope.staff else self.staff):
            return False
        if scope.outlet is not None and scope.outlet != self.outlet:
            return False
        return scope.tier is None or scope.tier == self.tier


class Inquiry(msgspec.Struct, frozen=True, dict=True):
    """A period asked about, on one snapshot of the book; days are ordinals.

    `first` is its first day, `until` its last or the day asked about (`asked`), whichever is earlier. What several
    figures need is read once.
    """

    cursor: Cursor
    policy: Policy
    calendar: Calendar
    first: int
    until: int
    asked: int
    scope: Scope

    @cached_property
    def start(self) -> State:
        """Tiered customers at the end of the day before the period, of a member of staff those owned then."""
        return state_on(self.cursor, self.policy, self.calendar, max(self.first - 1, 1), self.scope)

    @cached_property
    def end(self) -> State:
        """Tiered customers at the end of the period."""
        return state_on(self.cursor, self.policy, self.calendar, self.until, self.scope)

    @cached_property
    def memo(self) -> dict[Any, Any]:
        """A place for what figures of one family count in one go."""
        return {}

    @cached_property
    def movers(self) -> dict[int, Mover]:
        """Who was in a tier at the start and is in another at the end, as the outlet's screen shows it."""
        days = date.fromordinal(max(self.first - 1, 1)), date.fromordinal(self.until)
        ids = [cid for cid in self.moves if cid in self.start.people]
        found = movers_between(self.cursor, self.policy, self.calendar, ids, *days)
        return {each.customer_id: each for each in found if each.from_tier != each.to_tier}

    @cached_property
    def moves(self) -> dict[int, list[tuple[int, str, int]]]:
        """The moves of the period by customer, in order: day, tier, position of the event (0: none has decided it)."""
        found: dict[int, list[tuple[int, str, int]]] = defaultdict(list)
        where, values = place(self.scope, max(self.first - 1, 1), self.until)
        source = f"{where} CROSS JOIN tier_move ON customer_id = c.id" if where else "tier_move"
        for cid, day, tier, position in self.cursor.execute(
            f"SELECT customer_id, day, tier, position FROM {source} WHERE day >= :first AND day <= :until"
            " ORDER BY day, n",
            {**values, "first": max(self.first, 1), "until": self.until},
        ):
            found[cid].append((day, tier, position))
        return found

    def rows(self, columns: str, source: str, condition: str = "1", **values: Any) -> list[Any]:
        """Rows of a table, named by the alias that follows it, of customers who can be in scope at some time.

        Of a member of staff those ever owned from the start of the period to its end.
        """
        where, named = place(self.scope, max(self.first - 1, 1), self.until)
        alias = source.rsplit(maxsplit=1)[-1]
        question = (
            f"SELECT {columns} FROM {where} CROSS JOIN {source} ON {alias}.customer_id = c.id WHERE {condition}"
            if where
            else f"SELECT {columns} FROM {source} WHERE {condition}"
        )
        return self.cursor.execute(question, {**named, "first": self.first, "until": self.until, **values}).fetchall()
