"""Which rows of `obligation` can make an occurrence of the states asked for: wider than exact, never narrower."""

from datetime import date
from typing import TYPE_CHECKING, Any

from guanhu.domain.duties import BIRTHDAY, FESTIVAL, ONE
from guanhu.projections.day import Day

if TYPE_CHECKING:
    from guanhu.projections.queue import Asked

LOOK_BACK = 62
"""Days before the date from which a recurring duty can still be overdue, and a little more."""
LATE = 31
"""Days around the date in which a birthday or festival can matter to what is undone or upcoming."""


def conditions(at: Day, asked: "Asked") -> tuple[str, dict[str, Any]]:
    """What rows can make an occurrence of the states asked for on the day: wider than exact, never narrower."""
    values: dict[str, Any] = {"day": at.ordinal}
    parts = ["o.start <= :day"]
    if asked.duties:
        values |= {f"d{n}": duty for n, duty in enumerate(asked.duties)}
        parts.append(f"o.duty IN ({', '.join(f':d{n}' for n in range(len(asked.duties)))})")
    if set(asked.statuses) == {"overdue"}:
        # A period that ends undone is missed at once; only what has a date of its own can be overdue.
        parts.append(f"(o.kind = '{ONE}' AND o.due < :day OR o.kind IN ('{BIRTHDAY}', '{FESTIVAL}'))")
    if not asked.history:
        values["back"] = at.ordinal - LOOK_BACK
        parts.append(f"o.end > CASE o.kind WHEN '{ONE}' THEN :day ELSE :back END")
        ahead = LATE if "upcoming" in asked.statuses else 0
        one = f"o.kind <> '{ONE}' OR ((o.done_on IS NULL OR o.done_on > :day) AND o.ends >= :day"
        parts.append(f"({one}{'' if ahead else ' AND o.opens <= :day'}))")
        parts.append(_recurring(at, at.ordinal - LATE, ahead))
    elif asked.since is not None:
        parts += _settled_since(at, asked.since.toordinal(), values, waived="waived" in asked.statuses)
    return " AND ".join(parts), values


def _settled_since(at: Day, since: int, values: dict[str, Any], *, waived: bool) -> list[str]:
    """Leave out what was done or missed before; with `waived` less of it, for a waiver can come later."""
    late = max((duty.late_days for _, scheme in at.policy.adopted for duty in scheme.duties), default=0)
    values |= {"since": since, "back": since - 1 - late}
    parts = ["o.end > :back"]
    if not waived:
        parts.append(f"(o.kind <> '{ONE}' OR o.done_on >= :since OR o.done_on IS NULL AND o.ends >= :since - 1)")
        parts.append(_recurring(at, min(at.ordinal - LATE, since - 1 - late), LATE))
    return parts


def _recurring(at: Day, first: int, ahead: int) -> str:
    """Birthdays and festivals only where one is near the days from `first` to the day."""
    before = max((duty.opens_days_before for duty in at.scheme.duties), default=0)
    last = at.ordinal + before + 1 + ahead
    near = {date.fromordinal(n) for n in range(first, last)}
    days = {d.month * 100 + d.day for d in near}
    if 228 in days:
        days.add(229)
    listed = ", ".join(str(d) for d in sorted(days))
    years = {d.year for d in near}
    festive = any(first <= d.toordinal() < last for y in years for _, d in at.calendar.festivals(y))
    kinds = f"o.kind <> '{BIRTHDAY}' OR o.md = 0 OR o.md IN ({listed})"
    return f"({kinds})" if festive else f"({kinds}) AND o.kind <> '{FESTIVAL}'"
