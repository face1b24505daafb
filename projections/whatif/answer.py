"""The answer to a what-if: the figures of both sides, made from the tally of all customers."""

from collections import Counter
from datetime import date
from sqlite3 import Cursor

import msgspec

from guanhu.domain.scheme import Scheme
from guanhu.projections.posts import posts_on
from guanhu.projections.whatif.courses import Sides
from guanhu.projections.whatif.sharing import Shared, share_out
from guanhu.projections.whatif.tally import ACTUAL, OTHER, Side, Tally

MONTHS_IN_4_YEARS, DAYS_IN_4_YEARS = 48, 1461


class Both(msgspec.Struct, frozen=True):
    """A figure as it was and as it would have been."""

    actual: int
    other: int

    @property
    def more(self) -> int:
        """By how much it would be more."""
        return self.other - self.actual


class TierLine(msgspec.Struct, frozen=True):
    """Customers and money (fen) of a tier on the last day (None: untiered)."""

    tier: str | None
    customers: Both
    aum_fen: Both


class Flow(msgspec.Struct, frozen=True):
    """Moves from one tier to another within the stretch; a first balance is none."""

    from_tier: str | None
    to_tier: str | None
    moves: Both


class Month(msgspec.Struct, frozen=True):
    """A month, by its first day: moves up and down, duties that opened in it, and the calls that these want."""

    month: date
    up: Both
    down: Both
    duties: Both
    calls: Both


class DutyLine(msgspec.Struct, frozen=True):
    """How often a duty was owed in the stretch."""

    duty: str
    owed: Both


class StaffLine(msgspec.Struct, frozen=True):
    """A member of staff on the last day ("": whom nobody is there to owe), with what a month of the stretch brings.

    `customers` they own and `capacity` of their posts (0: not counted); `gives` and `takes`: what the newcomers'
    assignment would bring. `duties` and `calls`: a month, by who would owe them with the seats of the last day.
    """

    staff_id: str
    roles: tuple[str, ...]
    capacity: int
    customers: int
    gives: int
    takes: int
    duties: Both
    calls: Both

    @property
    def after(self) -> int:
        """Customers once all is assigned."""
        return self.customers - self.gives + self.takes

    @property
    def over(self) -> int:
        """How many of these are beyond the capacity."""
        return max(0, self.after - self.capacity) if self.capacity else 0

    @property
    def over_now(self) -> int:
        """How many are beyond it as it is."""
        return max(0, self.customers - self.capacity) if self.capacity else 0


class Owners(msgspec.Struct, frozen=True):
    """Who waits to be assigned on the last day, and who would newly lack an owner of the right post.

    `unsuited` of these have owners whose posts do not suit the tier, `ownerless` have none. `relieved` lack one as it
    is and would not; `freed` would be in no tier, so that nobody need own them. `roles`: what is wanted, `nobody`: of
    these where no one at the outlet holds the post.
    """

    waiting: Both
    unsuited: int
    ownerless: int
    relieved: int
    freed: int
    roles: dict[str, int]
    nobody: dict[str, int]


class WhatIf(msgspec.Struct, frozen=True):
    """The whole answer; `tally` leads to the customers behind the figures."""

    first: date
    last: date
    provisional: bool
    actual: Scheme
    other: Scheme
    tiers: tuple[TierLine, ...]
    flows: tuple[Flow, ...]
    months: tuple[Month, ...]
    duties: tuple[DutyLine, ...]
    staff: tuple[StaffLine, ...]
    owners: Owners
    tally: Tally

    @property
    def elsewhere(self) -> int:
        """How many customers would be in another tier on the last day."""
        return sum(map(len, self.tally.cells.values()))

    def a_month(self, both: Both) -> Both:
        """What a figure of the whole stretch comes to in a month of average length, rounded."""
        days = (self.last - self.first).days + 1
        return Both(_a_month(both.actual, days), _a_month(both.other, days))

    @property
    def calls(self) -> Both:
        """All calls of the stretch."""
        return Both(sum(each.calls.actual for each in self.months), sum(each.calls.other for each in self.months))

    @property
    def same(self) -> bool:
        """Whether the two sides differ in nothing."""
        return self.tally.sides[ACTUAL] == self.tally.sides[OTHER] and not self.tally.cells


def answer_of(cursor: Cursor, sides: Sides, tally: Tally) -> WhatIf:
    """The figures of a tally that holds all customers asked for."""
    asked = sides.asked
    actual, other = (policy.on(asked.last) for policy in sides.policies)
    shared = share_out(cursor, other, asked.last.toordinal(), tally.newcomers)
    return WhatIf(
        asked.first, asked.last, asked.last.toordinal() > sides.book_day, actual, other,
        _tiers(tally, actual, other), _flows(tally, actual, other), _months(sides, tally),
        _duties(tally, actual, other), _staff(cursor, sides, tally, shared, other), _owners(tally, shared), tally,
    )  # fmt: skip


def _of(tally: Tally, name: str, key: object) -> Both:
    """A figure of both sides."""
    one, two = (getattr(side, name) for side in tally.sides)
    return Both(one[key], two[key])


def _order(actual: Scheme, other: Scheme) -> dict[str | None, int]:
    """Tiers of both schemes from low to high, by the floor that each has; the untiered first."""
    floors = {tier.id: tier.floor for scheme in (actual, other) for tier in scheme.tiers}
    return {None: 0, **{tier: n for n, tier in enumerate(sorted(floors, key=floors.__getitem__), 1)}}


def _tiers(tally: Tally, actual: Scheme, other: Scheme) -> tuple[TierLine, ...]:
    order = _order(actual, other)
    # Tiers of an earlier scheme, until their customers are rated anew, come last.
    held = {tier for side in tally.sides for tier in side.customers}
    ids = [*order, *sorted(tier for tier in held if tier is not None and tier not in order)]
    return tuple(TierLine(tier, _of(tally, "customers", tier), _of(tally, "money", tier)) for tier in ids)


def _flows(tally: Tally, actual: Scheme, other: Scheme) -> tuple[Flow, ...]:
    order = _order(actual, other)
    cells = {cell for side in tally.sides for cell in side.flows}
    ordered = sorted(cells, key=lambda cell: [(order.get(tier, 99), tier or "") for tier in cell])
    return tuple(Flow(*cell, _of(tally, "flows", cell)) for cell in ordered)


def _months(sides: Sides, tally: Tally) -> tuple[Month, ...]:
    first, last = (day.year * 12 + day.month - 1 for day in (sides.asked.first, sides.asked.last))
    duties: tuple[Counter[int], Counter[int]] = (Counter(), Counter())
    for side, by_month in zip(tally.sides, duties, strict=True):
        for (_, month), count in side.owed.items():
            by_month[month] += count
    return tuple(
        Month(
            date(month // 12, month % 12 + 1, 1),
            _of(tally, "moved", (month, True)), _of(tally, "moved", (month, False)),
            Both(duties[ACTUAL][month], duties[OTHER][month]), _of(tally, "calls", month),
        )
        for month in range(first, last + 1)
    )  # fmt: skip


def _duties(tally: Tally, actual: Scheme, other: Scheme) -> tuple[DutyLine, ...]:
    totals: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for side, by_duty in zip(tally.sides, totals, strict=True):
        for (duty, _), count in side.owed.items():
            by_duty[duty] += count
    ids = dict.fromkeys([*actual.duty, *other.duty, *sorted(set(totals[0]) | set(totals[1]))])
    return tuple(
        DutyLine(duty, Both(totals[ACTUAL][duty], totals[OTHER][duty]))
        for duty in ids
        if totals[ACTUAL][duty] or totals[OTHER][duty]
    )


def _staff(cursor: Cursor, sides: Sides, tally: Tally, shared: Shared, scheme: Scheme) -> tuple[StaffLine, ...]:
    """Everybody who looks after customers, owes something or would: the fullest first."""
    asked = sides.asked
    last, days = asked.last.toordinal(), (asked.last - asked.first).days + 1
    posts = posts_on(cursor, last)
    owned = dict(
        cursor.execute(
            "SELECT staff, count(DISTINCT customer_id) FROM care WHERE end > ? AND start <= ? AND seat = 'owner'"
            " GROUP BY staff",
            (last, last),
        ).fetchall()
    )
    busy = {staff for side in tally.sides for staff, _ in side.loads} | set(shared.takes) | set(shared.gives)
    if asked.outlet is not None:
        owned = {staff: count for staff, count in owned.items() if posts.outlets.get(staff) == asked.outlet}
    people = {asked.staff} if asked.staff is not None else {*owned, *busy}

    def load(side: Side, staff: str, calls: bool) -> int:
        return _a_month(side.loads[staff, calls], days)

    one, two = tally.sides
    lines = []
    for staff in people:
        held = posts.roles_of(staff)
        roles = tuple(role for role in scheme.role if role in held)
        capacity = sum(scheme.role[role].capacity for role in roles)
        lines.append(
            StaffLine(
                staff, roles, capacity, owned.get(staff, 0), shared.gives[staff], shared.takes[staff],
                Both(load(one, staff, False), load(two, staff, False)),
                Both(load(one, staff, True), load(two, staff, True)),
            )
        )  # fmt: skip
    return tuple(sorted(lines, key=lambda line: (-line.over, -line.calls.more, -line.calls.other, line.staff_id)))


def _owners(tally: Tally, shared: Shared) -> Owners:
    roles: Counter[str] = Counter()
    for newcomer in tally.newcomers:
        roles.update(newcomer.missing)
    unsuited = sum(bool(each.owners) for each in tally.newcomers)
    return Owners(
        Both(tally.sides[ACTUAL].waiting, tally.sides[OTHER].waiting),
        unsuited, len(tally.newcomers) - unsuited, len(tally.relieved), len(tally.freed),
        dict(roles.most_common()), dict(shared.nobody.most_common()),
    )  # fmt: skip


def _a_month(count: int, days: int) -> int:
    whole = days * MONTHS_IN_4_YEARS
    return (2 * count * DAYS_IN_4_YEARS + whole) // (2 * whole)
