"""A plan that shares those who wait out among the staff of their outlet, to be looked at before it is applied.

Of the holders of a role whoever has the fewest customers for the post's capacity comes first; nobody gets more than
the capacity, and who can't be placed stays in the queue. System owners are shared out alike, without a limit: every
tiered customer has one (SCHEMES.md 1, responsibility and assignment; capacities).
"""

from collections import Counter
from datetime import date
from random import Random
from sqlite3 import Cursor

import msgspec

from guanhu.domain.assignment import Owner, replaced_by
from guanhu.domain.balancing import Pool
from guanhu.domain.scheme import Scheme
from guanhu.projections.assignment import Seats, Waiting, assignment_queue
from guanhu.projections.policy import policy_of
from guanhu.projections.posts import posts_on


class NewSeat(msgspec.Struct, frozen=True, gc=False):
    """A seat to be taken, and whose seats end with it."""

    staff_id: str
    role: str
    seat: str
    replaces: tuple[str, ...] = ()


class Placement(msgspec.Struct, frozen=True, gc=False):
    """A customer's new seats, and those they had when it was planned."""

    customer_no: str
    tier: str
    seats: Seats
    taken: tuple[NewSeat, ...]


class Share(msgspec.Struct, frozen=True):
    """What the plan does to one holder of a role: customers before and after (capacity 0: not counted)."""

    staff_id: str
    role: str
    seat: str
    capacity: int
    before: int
    after: int


class Plan(msgspec.Struct, frozen=True):
    """A plan for a day; `left` customers still miss somebody, `unfilled` says of which roles or seats how many."""

    day: date
    seed: int
    waiting: int
    placements: tuple[Placement, ...]
    left: int
    unfilled: dict[str, int]
    shares: tuple[Share, ...]


def plan_auto(cursor: Cursor, outlet: str | None, seed: int, day: date) -> Plan:
    """The plan for one outlet, or for all, each with its own staff; the same for the same seed and book."""
    policy = policy_of(cursor)
    queue = assignment_queue(cursor, outlet, day)
    if policy is None or not queue:
        return Plan(day, seed, 0, (), 0, {}, ())
    by_outlet: dict[str, list[Waiting]] = {}
    for each in queue:
        by_outlet.setdefault(each.outlet, []).append(each)
    planner = _Planner(cursor, policy.on(day), day.toordinal(), Random(seed))
    for code in sorted(by_outlet):
        planner.open(code)
        for each in by_outlet[code]:
            planner.place(each)
        planner.close()
    unfilled = dict(sorted(planner.unfilled.items()))
    return Plan(
        day, seed, len(queue), tuple(planner.placements), planner.left, unfilled, tuple(planner.shares)
    )  # fmt: skip


class _Planner:
    """Places one customer after another, outlet by outlet."""

    def __init__(self, cursor: Cursor, scheme: Scheme, day: int, random: Random) -> None:
        self.cursor, self.scheme, self.day, self.random = cursor, scheme, day, random
        self.roles_of = posts_on(cursor, day).roles_of
        self.loads: dict[tuple[str, str], Counter[str]] = {}
        self.pools: dict[str, Pool] = {}
        self.system = Pool(0, {}, random)
        self.before: list[tuple[str, str, str, int]] = []
        self.placements: list[Placement] = []
        self.unfilled: Counter[str] = Counter()
        self.left = 0
        self.shares: list[Share] = []

    def open(self, outlet: str) -> None:
        """Make the pools of an outlet's posts."""
        holders: dict[str, set[str]] = {role: set() for role in self.scheme.role}
        for staff, role in self.cursor.execute(
            "SELECT staff, role FROM post JOIN staff ON staff.id = staff WHERE outlet = ? AND post.start <= ?"
            " AND end > ? AND left > ?",
            (outlet, self.day, self.day, self.day),
        ).fetchall():
            if role in holders:
                holders[role].add(staff)
        self.pools = {
            role.id: self._pool(role.id, "owner", role.capacity, holders[role.id])
            for role in self.scheme.roles
            if role.owns
        }
        lead = self.scheme.system_owner_role
        self.system = self._pool(lead, "system", 0, holders[lead])

    def _pool(self, role: str, seat: str, capacity: int, staff: set[str]) -> Pool:
        return Pool(capacity, {each: self._loads(each, seat)[role] for each in staff}, self.random)

    def _loads(self, staff: str, seat: str) -> Counter[str]:
        """How many customers somebody has in each role, at whatever outlet."""
        if (staff, seat) not in self.loads:
            self.loads[staff, seat] = Counter(
                dict(
                    self.cursor.execute(
                        "SELECT role, count(*) FROM care WHERE staff = ? AND end > ? AND start <= ? AND seat = ?"
                        " GROUP BY role",
                        (staff, self.day, self.day, seat),
                    ).fetchall()
                )
            )
        return self.loads[staff, seat]

    def close(self) -> None:
        """Note what the outlet's staff have now; they may have posts at another outlet too."""
        pools = [("owner", role, pool) for role, pool in self.pools.items()]
        for seat, role, pool in [*pools, ("system", self.scheme.system_owner_role, self.system)]:
            for staff, after in sorted(pool.loads.items()):
                before = self._loads(staff, seat)[role]
                self.shares.append(Share(staff, role, seat, pool.capacity, before, after))
                self.loads[staff, seat][role] = after

    def place(self, customer: Waiting) -> None:
        """Plan the seats of one customer as far as somebody has room."""
        tier = self.scheme.tier(customer.tier)
        if tier is None:
            return
        owners = list(customer.seats.owners)
        taken: list[NewSeat] = []
        lacking: list[str] = []
        each_of = [(role,) for role in customer.missing]
        wanted = each_of if tier.joint or not customer.missing else [customer.missing]
        for roles in wanted:
            chosen = frozenset(seat.staff_id for seat in taken)
            newcomer = self._pick(roles, chosen)
            if newcomer:
                replaced = replaced_by(tier, owners, newcomer, self.roles_of)
                self._seat(owners, newcomer, replaced)
                taken.append(NewSeat(*newcomer, "owner", replaced))
            elif not any(role in self.roles_of(staff) for role in roles for staff in chosen):
                lacking += roles
        if customer.seats.system_owner is None:
            keeper = self._keeper(owners)
            if keeper:
                taken.append(NewSeat(keeper, self.scheme.system_owner_role, "system"))
            else:
                lacking.append("system")
        self.unfilled.update(lacking)
        self.left += bool(lacking)
        if taken:
            self.placements.append(Placement(customer.customer_no, customer.tier, customer.seats, tuple(taken)))

    def _pick(self, roles: tuple[str, ...], avoid: frozenset[str]) -> Owner | None:
        """The least loaded holder of any of the roles."""
        best: tuple[int, str, str] | None = None
        for role in roles:
            found = self.pools[role].least(avoid) if role in self.pools else None
            if found and (best is None or found[0] < best[0]):
                best = (*found, role)
        return best[1:] if best else None

    def _seat(self, owners: list[Owner], newcomer: Owner, replaced: tuple[str, ...]) -> None:
        for staff, role in [owner for owner in owners if owner[0] in replaced]:
            owners.remove((staff, role))
            if role in self.pools:
                self.pools[role].add(staff, -1)
        owners.append(newcomer)
        self.pools[newcomer[1]].add(newcomer[0], 1)

    def _keeper(self, owners: list[Owner]) -> str:
        """The owner who can keep the system's record too, else whoever keeps the fewest; "" where nobody can."""
        found = next((staff for staff, _ in reversed(owners) if staff in self.system.loads), "")
        if not found:
            least = self.system.least()
            found = least[1] if least else ""
        self.system.add(found, 1)
        return found
