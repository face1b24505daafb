"""The questions asked of figures: a table of them, what stands behind one, how one went over time.

Days are dates; `as_of` is the day asked about, and nothing that became so after it counts. Which cases a figure has is
said in `registry.py`; here they are added up.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from sqlite3 import Cursor
from typing import Literal

import msgspec

from guanhu.domain.calendar import Calendar
from guanhu.domain.dates import last_of_month, next_month
from guanhu.domain.errors import NotFound
from guanhu.domain.figures import FIGURES, per_mille, percent
from guanhu.domain.scheme import Policy, Scheme
from guanhu.projections.figures.case import Case, Inquiry
from guanhu.projections.figures.places import Scope
from guanhu.projections.figures.registry import cases
from guanhu.projections.projection import ASKED_AT_ONCE, chunks, marks, read_book

By = Literal["", "staff", "outlet", "tier", "month"]
Side = Literal["numerator", "denominator", "missing"]
BYS: tuple[By, ...] = ("", "staff", "outlet", "tier", "month")
SIDES: tuple[Side, ...] = ("numerator", "denominator", "missing")


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
    whole = _inquiry(cursor, policy, calendar, first, until, asked, scope)
    if by == "month":
        months = _months(first, until)
        parts = {
            f"{start:%Y-%m}": _inquiry(cursor, policy, calendar, start, end, asked, scope) for start, end in months
        }
        rows = [
            Row(name, _sum(cases(name, whole)), {key: _sum(cases(name, each)) for key, each in parts.items()})
            for name in names
        ]
        keys = tuple(parts)
    else:
        rows = [_row(name, whole, by) for name in names]
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
    inquiry = _inquiry(cursor, policy, calendar, first, until, asked, Scope(staff, outlet, tier))
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
        inquiry = _inquiry(cursor, policy, calendar, first, min(last, asked), asked, scope)
        found.append(_sum(cases(known(figure), inquiry)))
    return found


# ---------------------------------------------------------------- adding up
def known(figure: str) -> str:
    """The id, or NotFound("unknown_figure")."""
    if figure not in FIGURES:
        raise NotFound("unknown_figure", value=figure, allowed=", ".join(FIGURES))
    return figure


def _inquiry(
    cursor: Cursor, policy: Policy, calendar: Calendar, first: date, until: date, asked: date, scope: Scope
) -> Inquiry:
    return Inquiry(cursor, policy, calendar, first.toordinal(), until.toordinal(), asked.toordinal(), scope)


def _sum(found: Iterable[Case]) -> Share:
    part = whole = 0
    for case in found:
        part += case.part
        whole += case.whole
    return Share(part, whole)


def _row(figure: str, inquiry: Inquiry, by: By) -> Row:
    part = whole = 0
    parts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for case in cases(figure, inquiry):
        part += case.part
        whole += case.whole
        for key in _keys(case, by, inquiry.scope):
            share = parts[key]
            share[0] += case.part
            share[1] += case.whole
    return Row(figure, Share(part, whole), {key: Share(*share) for key, share in parts.items()})


def _keys(case: Case, by: By, scope: Scope) -> tuple[str, ...]:
    """Whose part a case is in; of one member of staff's figures only in theirs."""
    if by == "staff":
        return (scope.staff,) if scope.staff is not None else case.staff or ("",)
    if by == "outlet":
        return (case.outlet,)
    return (case.tier,) if by == "tier" else ()


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
