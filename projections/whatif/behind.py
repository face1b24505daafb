"""The customers behind a figure of a what-if, by name."""

from collections.abc import Iterable
from sqlite3 import Cursor

import msgspec

from guanhu.domain.calendar import Calendar
from guanhu.domain.scheme import Policy
from guanhu.projections.assignment import seats_on
from guanhu.projections.day import open_day
from guanhu.projections.whatif.answer import WhatIf


class Elsewhere(msgspec.Struct, frozen=True):
    """A customer on the last day: the tier here and there (None: untiered), the owners, and what they would lack."""

    customer_no: str
    name: str
    tier: str | None
    other_tier: str | None
    aum_fen: int | None
    owners: tuple[str, ...]
    missing: tuple[str, ...]
    customer_id: int


def behind(
    cursor: Cursor, policy: Policy, calendar: Calendar, answer: WhatIf, ids: Iterable[int] | None = None
) -> list[Elsewhere]:
    """These customers, or all who would be in another tier; largest AUM first, then by number.

    `policy` is the book's own, on whose tiers the answer stands.
    """
    there = {cid: other for (_, other), cell in answer.tally.cells.items() for cid in cell}
    lacks = {each.id: each.missing for each in answer.tally.newcomers}
    wanted = list(there if ids is None else ids)
    figures = open_day(cursor, policy, calendar, answer.last).figures(wanted)
    seats = seats_on(cursor, wanted, answer.last.toordinal())
    found = []
    for cid in wanted:
        no, name, tier, aum = figures[cid]
        owners = tuple(staff for staff, _ in seats[cid].owners)
        found.append(Elsewhere(no, name, tier, there.get(cid, tier), aum, owners, lacks.get(cid, ()), cid))
    return sorted(found, key=lambda each: (-(each.aum_fen or 0), each.customer_no))
