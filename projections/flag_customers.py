"""The customers behind a red flag that is about many at once: a tier without owner, an owner with too many."""

from sqlite3 import Cursor

import msgspec

from guanhu.domain.calendar import Calendar
from guanhu.domain.red_flags.found import Flag
from guanhu.domain.scheme import Policy
from guanhu.projections import flag_standing as stands
from guanhu.projections.assignment import seats_on
from guanhu.projections.by_number import customer_ids
from guanhu.projections.day import open_day
from guanhu.projections.flag_entries import scope_of


class Flagged(msgspec.Struct, frozen=True):
    """A customer on the day of a flag; `name` is "" where it is not to be shown, `aum_fen` None without a balance."""

    customer_no: str
    name: str
    tier: str | None
    aum_fen: int | None
    owners: tuple[str, ...]


def of_many(flag: Flag) -> bool:
    """Whether a flag is about customers that it doesn't name one by one."""
    return flag.id == "over_capacity" or (flag.id == "ownerless" and bool(flag.details.get("outlet")))


def customers_behind(cursor: Cursor, policy: Policy, calendar: Calendar, flag: Flag) -> list[str]:
    """The numbers of the customers of a flag that is about many at once; () of any other."""
    if not of_many(flag):
        return []
    outlet, tier = flag.details.get("outlet", ""), flag.details.get("tier", "")
    scope = scope_of(cursor, policy, calendar, flag.day, flag.day, flag.staff, outlet)
    if flag.id == "over_capacity":
        return stands.owned_by(scope, flag.staff)
    rule = scope.scheme.flags.ownerless
    return sorted(each.customer_no for each in stands.unowned(scope, rule) if each.tier == tier) if rule else []


def flagged_customers(cursor: Cursor, policy: Policy, calendar: Calendar, flag: Flag) -> list[Flagged]:
    """Those customers as they were on the flag's day, the largest first, then by number."""
    ids = list(customer_ids(cursor, customers_behind(cursor, policy, calendar, flag)).values())
    figures = open_day(cursor, policy, calendar, flag.day).figures(ids)
    seats = seats_on(cursor, ids, flag.day.toordinal())
    found = [
        Flagged(no, name, tier, aum, tuple(staff for staff, _role in seats[cid].owners))
        for cid, (no, name, tier, aum) in figures.items()
    ]
    return sorted(found, key=lambda each: (-(each.aum_fen or 0), each.customer_no))
