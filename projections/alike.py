"""Customers who are owed the same: duties are derived once for all whom the same things decide.

The same statements bring thousands of customers into the same zones of the AUM on the same days. With their tiers,
marks, seats, what is known of them and the first day on which they were reached, that is all that most duties hang on.
Whoever has products or affairs, or a change of funds that is followed up, is derived alone; so is who acted on a day on
which an act can do what is owed to them (`Shape.done_by`).
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from sqlite3 import Cursor
from typing import Any

import msgspec

from guanhu.domain.applies import cut_points
from guanhu.domain.calendar import Calendar
from guanhu.domain.duties import BIRTHDAY, ONE, Obligation, obligations
from guanhu.domain.facts import EVER, Facts
from guanhu.domain.money import YUAN
from guanhu.domain.scheme import Policy
from guanhu.domain.unmoved import unmoved
from guanhu.projections.facts_of import known_since, load_facts
from guanhu.projections.gaps import Gap, gaps_of
from guanhu.projections.projection import ASKED_AT_ONCE, chunks

MOST_KEPT = 20_000
"""Shapes remembered at a time."""


class Person(msgspec.Struct, frozen=True, gc=False):
    """A customer as the tables have it: `tiers` (day, tier id or ""), `acts` (day, whether it reached them) by day.

    `days` and `fens`: the balance from each day on; `reported`: those in fen that the bank reported. `seats` are rows
    (staff, role, seat, start, end, bulk) without gaps, `marks` rows (mark, start, end). `more`: there are products or
    affairs.
    """

    id: int
    outlet: str
    birthday: str
    lunar_birthday: str
    personal: bytes
    days: Sequence[int]
    fens: Sequence[int]
    reported: Sequence[int]
    tiers: Sequence[tuple[int, str]]
    marks: Sequence[tuple[Any, ...]]
    seats: Sequence[tuple[Any, ...]]
    acts: Sequence[tuple[int, int]]
    more: bool


class Shape(msgspec.Struct, frozen=True, gc=False):
    """What is owed to all who are alike.

    `rows`: the columns of `obligation` from `n` to `basis`, and whether the row is of a birthday. `done_by`: days
    [first, last] on which acts can do what is owed. `names_staff`: whose seats these are matters, not only which.
    """

    rows: tuple[tuple[tuple[Any, ...], bool], ...]
    gaps: tuple[Gap, ...]
    done_by: tuple[tuple[int, int], ...]
    names_staff: bool

    def is_of(self, person: Person) -> bool:
        """Whether no act of this customer can have done any of it."""
        return not self.done_by or not any(
            first <= day <= last for day, _ in person.acts for first, last in self.done_by
        )


class _Named(msgspec.Struct, frozen=True, gc=False):
    """A key with the members of staff, where it matters whose the seats are."""

    key: object
    staff: tuple[str, ...]


class Alike:
    """The shapes under one policy, remembered from one range of customers to the next."""

    def __init__(self, policy: Policy, calendar: Calendar) -> None:
        self.policy, self.calendar = policy, calendar
        schemes = [scheme for _, scheme in policy.adopted]
        self._profile = schemes[-1].profile
        self._cuts = sorted({cut for scheme in schemes for cut in cut_points(scheme)})
        self._changing = [scheme for scheme in schemes if any(duty.change for duty in scheme.duties)]
        changes = [duty.change for scheme in schemes for duty in scheme.duties if duty.change]
        self._still_below = min((change.either_from * YUAN for change in changes), default=1 << 63)
        self._least = min((yuan for change in changes for yuan in change.thresholds.values()), default=0) * YUAN
        self._known: dict[object, Shape] = {}

    @classmethod
    def under(cls, policy: Policy, calendar: Calendar) -> "Alike":
        """What is remembered of a policy, for as long as its newest scheme is."""
        memo = policy.adopted[-1][1].memo
        found: Alike | None = memo.get(cls)
        if found is None or found.policy is not policy or found.calendar is not calendar:
            found = memo[cls] = cls(policy, calendar)
        return found

    def owed(self, cursor: Cursor, people: Sequence[Person]) -> dict[int, Shape]:
        """The shape of each of these customers by id; what is new is derived from the facts in the tables."""
        if len(self._known) > MOST_KEPT:
            self._known.clear()
        found: dict[int, Shape] = {}
        left = [(person, self._key(person)) for person in people]
        while left:
            waiting: list[tuple[Person, object]] = []
            alone: list[int] = []
            new: dict[int, object] = {}
            asked: set[object] = set()
            for person, key in left:
                shape = self._known.get(key) if key is not None else None
                if key is None:
                    alone.append(person.id)
                elif shape is None:
                    waiting.append((person, key))
                    if key not in asked:
                        asked.add(key)
                        new[person.id] = key
                elif not shape.is_of(person):
                    waiting.append((person, None))
                elif shape.names_staff:
                    waiting.append((person, _Named(key, tuple([seat[0] for seat in person.seats]))))
                else:
                    found[person.id] = shape
            for cid, _, facts in self.facts(cursor, alone):
                found[cid] = self.shape(facts)
            for cid, _, facts in self.facts(cursor, list(new)):
                self._learn(new[cid], facts)
            left = waiting
        return found

    # ------------------------------------------------------------ what decides
    def _key(self, person: Person) -> object:
        """What the duties depend on, but for acts that do some of them and for whose seats they are; None: on more."""
        if person.more:
            return None
        reported = person.reported
        if len(reported) > 1 and max(reported) >= self._still_below and self._flows(reported):
            return None
        since = next((day for day, reached in person.acts if reached), EVER) if person.acts else EVER
        return (
            self._zones(person.days, person.fens), tuple(person.tiers), since,
            tuple(known_since(person.personal).items()), bool(person.birthday), bool(person.lunar_birthday),
            tuple(person.marks), tuple([seat[1:] for seat in person.seats]),
        )  # fmt: skip

    def _zones(self, days: Sequence[int], fens: Sequence[int]) -> tuple[tuple[int, int], ...]:
        """(day, zone of the AUM between the amounts that clauses name) wherever it changed."""
        if not days:
            return ()
        cuts = self._cuts
        first = bisect_right(cuts, min(fens))
        if first == bisect_right(cuts, max(fens)):
            return ((days[0], first),)
        result: list[tuple[int, int]] = []
        last = -1
        for day, fen in zip(days, fens, strict=True):
            zone = bisect_right(cuts, fen)
            if zone != last:
                result.append((day, zone))
                last = zone
        return tuple(result)

    def _flows(self, reported: Sequence[int]) -> bool:
        """Whether any change between two reports may be followed up: the duty then hangs on the very amounts."""
        large = [pair for pair in pairwise(reported) if abs(pair[1] - pair[0]) >= self._least]
        return any(not unmoved(scheme, *pair, []) for scheme in self._changing for pair in large)

    # ------------------------------------------------------------ what follows
    def facts(self, cursor: Cursor, ids: Sequence[int]) -> list[tuple[int, str, Facts]]:
        """(id, outlet, facts) of customers as the policy sees them; erased ones have none."""
        return [each for part in chunks(ids, ASKED_AT_ONCE) for each in load_facts(cursor, part, self._profile)]

    def shape(self, facts: Facts) -> Shape:
        """What is owed to one customer, whoever may be alike."""
        owed = obligations(facts, self.policy, self.calendar)
        triggers = {self.policy.on_ordinal(ob.start).duty[ob.duty].trigger for ob in owed}
        return Shape(
            tuple([(_columns(n, ob), ob.kind == BIRTHDAY) for n, ob in enumerate(owed)]),
            tuple(gaps_of(owed, facts.seats, self.policy)),
            tuple({(ob.opens, ob.ends) for ob in owed if self._by_acts(ob)}),
            not triggers.isdisjoint(("assignment", "demotion")),
        )

    def _learn(self, key: object, facts: Facts) -> None:
        """Keep the shape of a key, made from the facts of the first customer who has it.

        Of acts only the first that reached the customer counts, since festivals are kept from then on: whoever acted
        when an act can do what is owed is not of this shape.
        """
        by = self.policy.adopted[0][1].duties[0].by[0]
        first = next((act for act in facts.acts if act.discharges(("reached", "visit"), by)), None)
        shape = self.shape(msgspec.structs.replace(facts, acts=[first] if first else []))
        if isinstance(key, _Named):
            shape = msgspec.structs.replace(shape, names_staff=False)
        self._known[key] = shape

    def _by_acts(self, ob: Obligation) -> bool:
        """Whether an act can do this, and not only keep an occurrence of what comes back."""
        duty = self.policy.on_ordinal(ob.start).duty[ob.duty]
        return ob.kind == ONE and duty.trigger != "while" and "score" not in duty.discharge


def _columns(n: int, ob: Obligation) -> tuple[Any, ...]:
    return (
        n, ob.duty, ob.kind, ob.key, ob.start, ob.end, ob.since, ob.by, ob.opens, ob.due, ob.ends, ob.done_on,
        ob.done_by, ob.staff_id, msgspec.msgpack.encode(ob.basis) if ob.basis else b"",
    )  # fmt: skip
