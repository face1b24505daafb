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
        values["back"] = at.ordinal - max(LOOK_BACK, _late(at) + 1)
        parts.append(f"o.end > CASE o.kind WHEN '{ONE}' THEN :day ELSE :back END")
        ahead = LATE if "upcoming" in asked.statuses else 0
        one = f"o.kind <> '{ONE}' OR ((o.done_on IS NULL OR o.done_on > :day) AND o.ends >= :day"
        parts.append(f"({one}{'' if ahead else ' AND o.opens <= :day'}))")
        parts.append(_birthdays_near(at, ahead, values))
        parts.append(_festival_near(at, at.ordinal - _late(at) - 1, at.ordinal + _before(at) + ahead))
    elif asked.due is not None:
        parts += _due_between(at, asked.due[0].toordinal(), asked.due[1].toordinal(), values)
    elif asked.since is not None:
        parts += _settled_since(at, asked.since.toordinal(), values, waived="waived" in asked.statuses)
    return " AND ".join(parts), values


def _settled_since(at: Day, since: int, values: dict[str, Any], *, waived: bool) -> list[str]:
    """Leave out what was done or missed before; with `waived` less of it, for a waiver can come later."""
    late = _late(at)
    values |= {"since": since, "back": since - 1 - late}
    parts = ["o.end > :back"]
    if not waived:
        parts.append(f"(o.kind <> '{ONE}' OR o.done_on >= :since OR o.done_on IS NULL AND o.ends >= :since - 1)")
        parts.append(_recurring(at, min(at.ordinal - LATE, since - 1 - late), LATE))
    return parts


def _due_between(at: Day, first: int, last: int, values: dict[str, Any]) -> list[str]:
    """Leave out what was due before or after these days; what comes back stood on one of them."""
    values |= {"due_first": first, "due_last": last}
    birthdays = f"o.kind <> '{BIRTHDAY}' OR o.md = 0 OR o.md IN ({_month_days(first, last)})"
    return [
        f"CASE o.kind WHEN '{ONE}' THEN o.due BETWEEN :due_first AND :due_last ELSE o.end > :due_first END",
        f"({birthdays})",
        _festival_near(at, first, last),
    ]


def _recurring(at: Day, first: int, ahead: int) -> str:
    """Birthdays and festivals only where one is near the days from `first` to the day."""
    last = at.ordinal + _before(at) + ahead
    birthdays = f"o.kind <> '{BIRTHDAY}' OR o.md = 0 OR o.md IN ({_month_days(first, last)})"
    return f"({birthdays}) AND {_festival_near(at, first, last)}"


def _late(at: Day) -> int:
    """How many days after it is due a thing can still be done at most."""
    return max((duty.late_days for _, scheme in at.policy.adopted for duty in scheme.duties), default=0)


def _before(at: Day) -> int:
    """How many days before it is due a thing can open at most."""
    return max((duty.opens_days_before for duty in at.scheme.duties), default=0)


def _birthdays_near(at: Day, ahead: int, values: dict[str, Any]) -> str:
    """Birthdays whose duty can be undone on the day: each duty has its own days before and after.

    A teller has a thousand customers with a greeting that is never late, and few with a visit that is.
    """
    windows: dict[str, tuple[int, int]] = {}
    for duty in (duty for _, scheme in at.policy.adopted for duty in scheme.duties if duty.trigger == BIRTHDAY):
        late, before = windows.get(duty.id, (0, 0))
        windows[duty.id] = max(late, duty.late_days), max(before, duty.opens_days_before)
    parts = [f"o.kind <> '{BIRTHDAY}'", "o.md = 0"]
    for n, (duty_id, (late, before)) in enumerate(windows.items()):
        values[f"b{n}"] = duty_id
        parts.append(f"(o.duty = :b{n} AND o.md IN ({_month_days(at.ordinal - late, at.ordinal + before + ahead)}))")
    return f"({' OR '.join(parts)})"


def _month_days(first: int, last: int) -> str:
    """Month and day (month * 100 + day) of the dates between two ordinals, both among them, as a list in SQL."""
    days = {d.month * 100 + d.day for d in map(date.fromordinal, range(max(first, 1), last + 1))}
    if 228 in days:
        days.add(229)
    return ", ".join(str(d) for d in sorted(days))


def _festival_near(at: Day, first: int, last: int) -> str:
    """Festivals only where one lies between two ordinals, both among them."""
    years = {date.fromordinal(n).year for n in range(max(first, 1), last + 1)}
    if any(first <= d.toordinal() <= last for year in years for _, d in at.calendar.festivals(year)):
        return "1"
    return f"o.kind <> '{FESTIVAL}'"
