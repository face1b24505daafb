"""Who would take over: those who would newly lack an owner, shared out among their outlets' staff, and what that fills.

Shared out as `guanhu assign auto` would (SCHEMES.md 1, assignment; capacities): whoever has the fewest customers for
the post's capacity comes first. Unlike there nobody is left waiting for want of room, so that the want shows as
customers beyond capacity.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from random import Random
from sqlite3 import Cursor

import msgspec

from guanhu.domain.assignment import Owner, replaced_by
from guanhu.domain.balancing import MILLION, Pool
from guanhu.domain.scheme import Scheme
from guanhu.projections.posts import posts_on
from guanhu.projections.whatif.tally import Newcomer


class Shared(msgspec.Struct, frozen=True):
    """Customers by member of staff that they would get and give up; by role those for whom nobody holds the post."""

    takes: Counter[str]
    gives: Counter[str]
    nobody: Counter[str]


def share_out(cursor: Cursor, scheme: Scheme, day: int, newcomers: Iterable[Newcomer]) -> Shared:
    """Share the newcomers out on a day (ordinal): highest tier first, then the largest AUM."""
    shared = Shared(Counter(), Counter(), Counter())
    rank = scheme.rank
    ordered = sorted(newcomers, key=lambda each: (each.outlet, -rank[each.tier], -each.aum_fen, each.id))
    desk: _Desk | None = None
    for newcomer in ordered:
        if desk is None or desk.outlet != newcomer.outlet:
            desk = _Desk(cursor, scheme, newcomer.outlet, day)
        desk.place(newcomer, shared)
    return shared


class _Desk:
    """The posts of one outlet with their customers."""

    def __init__(self, cursor: Cursor, scheme: Scheme, outlet: str, day: int) -> None:
        self.outlet = outlet
        self._scheme = scheme
        self._roles_of = posts_on(cursor, day).roles_of
        holders = cursor.execute(
            "SELECT DISTINCT role, staff FROM post JOIN staff ON staff.id = staff WHERE outlet = ? AND post.start <= ?"
            " AND end > ? AND left > ?",
            (outlet, day, day, day),
        ).fetchall()
        counts = {
            (staff, role): count
            for staff, role, count in cursor.execute(
                "SELECT staff, role, count(*) FROM care WHERE staff IN (SELECT staff FROM post WHERE outlet = ?)"
                " AND end > ? AND start <= ? AND seat = 'owner' GROUP BY staff, role",
                (outlet, day, day),
            )
        }
        self._pools = {
            role.id: Pool(
                role.capacity,
                {staff: counts.get((staff, role.id), 0) for held, staff in holders if held == role.id},
                Random(0),
            )
            for role in scheme.roles
            if role.owns
        }

    def place(self, newcomer: Newcomer, shared: Shared) -> None:
        """Give a customer to whoever comes next in each role that is wanted."""
        tier = self._scheme.tier(newcomer.tier)
        if tier is None:
            return
        owners = list(newcomer.owners)
        taken: list[str] = []
        for roles in [(role,) for role in newcomer.missing] if tier.joint else [newcomer.missing]:
            found = self._next(roles, frozenset(taken))
            if found is None:
                shared.nobody.update(roles[:1])
                continue
            for staff, role in self._leave(owners, replaced_by(tier, owners, found, self._roles_of)):
                shared.gives[staff] += 1
                if role in self._pools:
                    self._pools[role].add(staff, -1)
            owners.append(found)
            taken.append(found[0])
            shared.takes[found[0]] += 1
            self._pools[found[1]].add(found[0], 1)

    def _leave(self, owners: list[Owner], gone: Sequence[str]) -> list[Owner]:
        """The owners whose seats end, taken off the list."""
        leaving = [owner for owner in owners if owner[0] in gone]
        for owner in leaving:
            owners.remove(owner)
        return leaving

    def _next(self, roles: Sequence[str], avoid: frozenset[str]) -> Owner | None:
        """The least loaded holder of any of the roles who has room, else the least loaded of all."""
        with_room = [(*found, role) for role in roles if (found := self._pool(role).least(avoid))]
        full = [
            (load * MILLION // self._pool(role).capacity if self._pool(role).capacity else 0, staff, role)
            for role in roles
            for staff, load in self._pool(role).loads.items()
            if staff not in avoid
        ]
        best = min(with_room or full, default=None)
        return (best[1], best[2]) if best else None

    def _pool(self, role: str) -> Pool:
        return self._pools.get(role) or Pool(0, {}, Random(0))
