"""The tiered customers as they are on one day: outlet, tier, AUM, who owns them, their marks."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from sqlite3 import Cursor
from typing import Any

import msgspec

from guanhu.domain.balances import carried, steps, unpack
from guanhu.domain.calendar import Calendar
from guanhu.domain.scheme import Policy, Scheme
from guanhu.projections.assignment import TIER
from guanhu.projections.day import open_day
from guanhu.projections.figures.places import Scope, place
from guanhu.projections.projection import ASKED_AT_ONCE, chunks, marks

NO_MARKS: frozenset[str] = frozenset()


class Held(msgspec.Struct, frozen=True, gc=False):
    """A customer's outlet, tier ("": untiered) and AUM in fen."""

    outlet: str
    tier: str
    aum: int
    erased: bool = False


class Owner(msgspec.Struct, frozen=True, gc=False):
    """Who owns a customer, in which role, since which event."""

    staff: str
    role: str
    position: int


class State(msgspec.Struct, frozen=True):
    """One day: the tiered customers by id, the owners of all, and the marks that hold."""

    day: int
    scheme: Scheme
    roles_of: Callable[[str], frozenset[str]]
    people: dict[int, Held]
    owners: dict[int, list[Owner]]
    marks: dict[int, frozenset[str]]

    def staff(self, customer_id: int) -> tuple[str, ...]:
        """For whom what concerns a customer counts."""
        held = self.owners.get(customer_id)
        if held is None:
            return ()
        return (held[0].staff,) if len(held) == 1 else tuple(dict.fromkeys(each.staff for each in held))

    def marked(self, customer_id: int) -> frozenset[str]:
        """The marks of a customer."""
        return self.marks.get(customer_id, NO_MARKS)


def state_on(cursor: Cursor, policy: Policy, calendar: Calendar, day: int, scope: Scope) -> State:
    """The customers in scope on a day."""
    at = open_day(cursor, policy, calendar, date.fromordinal(day))
    where, values = place(scope, day, day)
    values["day"] = day
    return State(
        day, at.scheme, at.posts.roles_of, _people(cursor, where, values, scope), _owners(cursor, where, values),
        marks_on(cursor, day),
    )  # fmt: skip


def _people(cursor: Cursor, where: str, values: dict[str, Any], scope: Scope) -> dict[int, Held]:
    source = f"{where} CROSS JOIN customer ON customer.id = c.id" if where else "customer"
    tier = " AND held = :tier" if scope.tier else ""
    rows = cursor.execute(
        f"SELECT customer.id, outlet, {TIER} AS held, aum, CASE WHEN aum_day > :day THEN series END, erased"
        f" FROM {source} CROSS JOIN account ON account.customer_id = customer.id WHERE held <> ''{tier}",
        {**values, "tier": scope.tier},
    )
    found: dict[int, Held] = {}
    for cid, outlet, tier_id, aum, series, erased in rows:
        if series is not None:
            aum = carried(steps(unpack(series)), values["day"])
        if aum is not None:
            found[cid] = Held(outlet, tier_id, aum, bool(erased))
    return found


def _owners(cursor: Cursor, where: str, values: dict[str, Any]) -> dict[int, list[Owner]]:
    source = f"{where} CROSS JOIN care ON care.customer_id = c.id" if where else "care"
    rows = cursor.execute(
        f"SELECT care.customer_id, care.staff, role, position FROM {source}"
        " WHERE seat = 'owner' AND care.start <= :day AND care.end > :day",
        values,
    )
    found: dict[int, list[Owner]] = defaultdict(list)
    for cid, staff, role, position in rows:
        found[cid].append(Owner(staff, role, position))
    for held in found.values():
        if len(held) > 1:
            held.sort(key=lambda owner: owner.position)
    return found


def marks_on(cursor: Cursor, day: int) -> dict[int, frozenset[str]]:
    """The marks that hold on a day, by customer; few have any."""
    found: dict[int, frozenset[str]] = {}
    for cid, mark in cursor.execute("SELECT customer_id, mark FROM mark WHERE start <= ? AND end > ?", (day, day)):
        found[cid] = found.get(cid, NO_MARKS) | {mark}
    return found


def aum_on(cursor: Cursor, ids: Sequence[int], day: int) -> dict[int, tuple[int, int]]:
    """AUM in fen on a day, and the position of the event that made it; who has no balance by then is left out."""
    found: dict[int, tuple[int, int]] = {}
    for part in chunks(ids, ASKED_AT_ONCE):
        rows = cursor.execute(f"SELECT customer_id, series FROM account WHERE customer_id IN ({marks(part)})", part)
        for cid, series in rows:
            entries = [entry for entry in unpack(series) if entry[0] <= day]
            if entries:
                found[cid] = (steps(entries)[-1][1], entries[-1][3])
    return found
