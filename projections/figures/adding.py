"""Figures added up: the cases of a figure are met one by one, and only sums are kept.

The cases of a whole book are gone through a range of customers at a time, for a figure first reads how its customers
stand on the days in question: a million of them would be a gigabyte.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from sqlite3 import Cursor
from typing import Literal

import msgspec

from guanhu.domain.calendar import Calendar
from guanhu.domain.figures import per_mille, percent
from guanhu.domain.scheme import Policy
from guanhu.projections.figures.case import Case, Inquiry
from guanhu.projections.figures.places import Scope
from guanhu.projections.figures.registry import BY_DAY, cases

By = Literal["", "staff", "outlet", "tier", "month"]
AT_ONCE = 20_000
"""Customers of a whole book that are gone through at a time."""


class Share(msgspec.Struct, frozen=True):
    """A figure of somebody in some time: whole numbers in the figure's unit (fen where it is money)."""

    numerator: int = 0
    denominator: int = 0

    @property
    def per_mille(self) -> int | None:
        """In thousandths; None out of nothing."""
        return per_mille(self.numerator, self.denominator)

    @property
    def percent(self) -> str:
        """For people, to one decimal; "" out of nothing."""
        return percent(self.numerator, self.denominator)


class Sum:
    """A share being added up, and those of its parts by key."""

    def __init__(self) -> None:
        self._whole = [0, 0]
        self._parts: dict[str, list[int]] = {}

    def add(self, found: Iterator[Case], by: By, scope: Scope) -> None:
        """Add cases, each to the parts that it is in by staff, outlet or tier."""
        whole, parts = self._whole, self._parts
        for case in found:
            whole[0] += case.part
            whole[1] += case.whole
            for key in _keys(case, by, scope):
                share = parts.get(key)
                if share is None:
                    share = parts[key] = [0, 0]
                share[0] += case.part
                share[1] += case.whole

    @property
    def whole(self) -> Share:
        """The sum of all."""
        return Share(*self._whole)

    @property
    def parts(self) -> dict[str, Share]:
        """The sums of the parts."""
        return {key: Share(*share) for key, share in self._parts.items()}


class Period(msgspec.Struct, frozen=True):
    """Days looked at, from the first to the last or the day asked about, whichever is earlier; and that day."""

    first: date
    until: date
    asked: date


def summed(
    cursor: Cursor, policy: Policy, calendar: Calendar, period: Period, scope: Scope, names: Sequence[str], by: By = ""
) -> dict[str, Sum]:
    """The figures of a period by their ids, added up."""
    found = {name: Sum() for name in names}
    days = period.first.toordinal(), period.until.toordinal(), period.asked.toordinal()
    for part in parts_of(cursor, scope):
        inquiry = Inquiry(cursor, policy, calendar, *days, part)
        for name in names:
            if name not in BY_DAY:
                found[name].add(cases(name, inquiry), by, scope)
    for name in BY_DAY.intersection(names):
        found[name].add(cases(name, Inquiry(cursor, policy, calendar, *days, scope)), by, scope)
    return found


def parts_of(cursor: Cursor, scope: Scope) -> list[Scope]:
    """Scopes that together are this one, and no customer in two of them."""
    if scope.staff or scope.outlet is not None:
        return [scope]
    last: int = cursor.execute("SELECT coalesce(max(id), 0) FROM customer").fetchone()[0]
    if last <= AT_ONCE:
        return [scope]
    starts = range(1, last + 1, AT_ONCE)
    return [Scope(scope.staff, None, scope.tier, (first, first + AT_ONCE - 1)) for first in starts]


def _keys(case: Case, by: By, scope: Scope) -> tuple[str, ...]:
    """Whose part a case is in; of one member of staff's figures only in theirs."""
    if by == "staff":
        return (scope.staff,) if scope.staff is not None else case.staff or ("",)
    if by == "outlet":
        return (case.outlet,)
    return (case.tier,) if by == "tier" else ()
