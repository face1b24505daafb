"""The questions asked of figures: a table of them, what stands behind one, how one went over time.

Days are dates; `as_of` is the day asked about, and nothing that became so after it counts. Which cases a figure has is
said in `registry.py`; `adding.py` adds them up.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from sqlite3 import Cursor
from typing import Literal

import msgspec

from guanhu.domain.calendar import Calendar
from guanhu.domain.dates import last_of_month, next_month
from guanhu.domain.errors import NotFound
from guanhu.domain.figures import FIGURES
from guanhu.domain.scheme import Policy, Scheme
from guanhu.projections.figures.adding import By, Period, Share, summed
from guanhu.projections.figures.case import Case, Inquiry
from guanhu.projections.figures.places import Scope
from guanhu.projections.figures.registry import cases
from guanhu.projections.projection import ASKED_AT_ONCE, chunks, marks, read_book

__all__ = ["BYS", "SIDES", "By", "Line", "Row", "Side", "Table", "behind", "figures", "known", "trend"]

Side = Literal["numerator", "denominator", "missing"]
BYS: tuple[By, ...] = ("", "staff", "outlet", "tier", "month")
SIDES: tuple[Side, ...] = ("numerator", "denominator", "missing")


class Row(msgspec.Struct, frozen=True):
    """One figure: of all in scope, and of each part by its key; a part without cases is left out."""

    figure: str
    whole: Share
    parts: dict[str, Share]


class Table(msgspec.Struct, frozen=True):
    """Figures of a period. `keys` are those of all parts in order: staff ids, codes, tiers ("": untiered), months.

    `until` is the day by which the period is judged; `provisional`: the book's day has not come to it.
    """

    first: date
    last: date
    until: date
    by: By
    keys: tuple[str, ...]
    rows: tuple[Row, ...]
    provisional: bool


class Line(msgspec.Struct, frozen=True):
    """A case behind a figure, with the customer's number and name."""

    customer_no: str
    name: str
    case: Case


def figures(
    cursor: Cursor, policy: Policy, calendar: Calendar, *, first: date, last: date, by: By = "",
    staff: str | None = None, outlet: str | None = None, tier: str | None = None, as_of: date | None = None,
    ids: Sequence[str] = (),
) -> Table:  # fmt: skip
    """The figures (`ids`, else all) of a period, whole and `by` something; of a member of staff, an outlet, a tier.

    NotFound("unknown_figure").
    """
    scope = Scope(staff, outlet, tier)
    names = [known(name) for name in ids or FIGURES]
    asked = as_of or last
    until = min(last, asked)
    sums = summed(cursor, policy, calendar, Period(first, until, asked), scope, names, by)
    if by == "month":
        months = {
            f"{start:%Y-%m}": summed(cursor, policy, calendar, Period(start, end, asked), scope, names)
            for start, end in _months(first, until)
        }
        rows = [
            Row(name, sums[name].whole, {key: each[name].whole for key, each in months.items()}) for name in names
        ]
        keys = tuple(months)
    else:
        rows = [Row(name, sums[name].whole, sums[name].parts) for name in names]
        found = {key for row in rows for key in row.parts}
        keys = tuple(_ordered(found, by, policy.on(until)))
    return Table(first, last, until, by, keys, tuple(rows), until.toordinal() > read_book(cursor, "day"))


def behind(
    cursor: Cursor, policy: Policy, calendar: Calendar, figure: str, *, first: date, last: date,
    side: Side = "denominator", staff: str | None = None, outlet: str | None = None, tier: str | None = None,
    as_of: date | None = None,
) -> list[Line]:  # fmt: skip
    """What a figure counts, out of which, or what it misses; the highest tier first, then by number and day.

    Of a sum of money or points the numerator is all of which something counts, `missing` all that are not whole.
    """
    asked = as_of or last
    until = min(last, asked)
    days = first.toordinal(), until.toordinal(), asked.toordinal()
    inquiry = Inquiry(cursor, policy, calendar, *days, Scope(staff, outlet, tier))
    found = [case for case in cases(known(figure), inquiry) if _on_side(case, side)]
    people = _people(cursor, found)
    rank = policy.on(until).rank
    lines = [Line(*people[case.customer_id], case) for case in found]
    return sorted(
        lines, key=lambda line: (-rank.get(line.case.tier or None, 0), line.customer_no, line.case.then, line.case.on)
    )


def trend(
    cursor: Cursor, policy: Policy, calendar: Calendar, figure: str, periods: Iterable[tuple[date, date]], *,
    staff: str | None = None, outlet: str | None = None, tier: str | None = None, as_of: date | None = None,
) -> list[Share]:  # fmt: skip
    """A figure in each of some periods, in their order; one that begins after `as_of` has nothing."""
    scope = Scope(staff, outlet, tier)
    found = []
    for first, last in periods:
        asked = as_of or last
        if first > asked:
            found.append(Share())
            continue
        period = Period(first, min(last, asked), asked)
        found.append(summed(cursor, policy, calendar, period, scope, [known(figure)])[figure].whole)
    return found


# ---------------------------------------------------------------- adding up
def known(figure: str) -> str:
    """The id, or NotFound("unknown_figure")."""
    if figure not in FIGURES:
        raise NotFound("unknown_figure", value=figure, allowed=", ".join(FIGURES))
    return figure


def _ordered(keys: set[str], by: By, scheme: Scheme) -> list[str]:
    """Tiers from high to low, others by their ids; nobody and the untiered last."""
    if by == "tier":
        return sorted(keys, key=lambda tier: (-scheme.rank.get(tier or None, 0), tier))
    return sorted(keys, key=lambda key: (not key, key))


def _months(first: date, until: date) -> Iterator[tuple[date, date]]:
    """The months of a period, those at its ends in part."""
    while first <= until:
        yield first, min(last_of_month(first), until)
        first = next_month(first)


def _on_side(case: Case, side: Side) -> bool:
    if side == "missing":
        return case.part < case.whole
    return side == "denominator" or case.part > 0


def _people(cursor: Cursor, found: Sequence[Case]) -> dict[int, tuple[str, str]]:
    """Numbers and names of the customers; the name only of those that are not restricted."""
    people: dict[int, tuple[str, str]] = {}
    for part in chunks(list({case.customer_id for case in found}), ASKED_AT_ONCE):
        name = "CASE WHEN restricted THEN '' ELSE name END"
        question = f"SELECT id, no, {name} FROM customer WHERE id IN ({marks(part)})"
        people.update({cid: (no, name) for cid, no, name in cursor.execute(question, part)})
    return people
