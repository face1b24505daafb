"""Instances of duties on a date: what is open today, overdue, done, missed, waived or still to come.

An obligation of kind "one" is its own occurrence. A recurring one makes an occurrence for each
period, birthday or festival. A past period is judged on its last day; a birthday, like every dated
duty, on its due day (DESIGN 6).
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

import msgspec

from guanhu.domain.calendar import Calendar
from guanhu.domain.dates import period_bounds, period_key
from guanhu.domain.duties import BIRTHDAY, FESTIVAL, ONE, Obligation, kinds_of
from guanhu.domain.facts import EVER, Act
from guanhu.domain.lunar import FIRST_YEAR, lunar_birthdays_in, solar_birthday_in
from guanhu.domain.scheme import Duty, Policy

STATUSES = ("upcoming", "open", "overdue", "done", "missed", "waived")
UNDONE = frozenset({"open", "overdue"})
UPCOMING_DAYS = 30
"""How far ahead a recurring date (birthday, festival) is told as upcoming."""


class Occurrence(msgspec.Struct, frozen=True, gc=False):
    """One instance of a duty as it is on a date; days are ordinals."""

    duty: str
    key: str
    by: int
    opens: int
    due: int | None
    status: str
    done_on: int | None = None
    done_by: int | None = None
    soft: int | None = None
    staff_id: str = ""
    basis: tuple[int | str, ...] = ()
    acts_needed: int = 1
    acts_done: int = 0


class View(msgspec.Struct, frozen=True):
    """The date on which occurrences are looked at, and what is needed to judge them.

    `history`: whether periods and dates that are over are told too (for `done` and `missed`), those that were
    settled on `since` (an ordinal) or later.
    """

    day: int
    policy: Policy
    calendar: Calendar
    history: bool = False
    since: int = 0


class Person(msgspec.Struct, frozen=True, gc=False):
    """What a recurring duty needs to know of the customer: birthdays, and acts in order of day."""

    birthday: str
    lunar_birthday: str
    acts: Sequence[Act]
    waived: dict[tuple[str, str], int]


def occurrences(obligation: Obligation, person: Person, view: View) -> list[Occurrence]:
    """The occurrences of an obligation as they are on the view's day."""
    if obligation.kind == ONE:
        return _one(obligation, person, view)
    if obligation.kind == BIRTHDAY:
        return list(_dated(obligation, person, view, _birthdays(person)))
    if obligation.kind == FESTIVAL:
        return list(_dated(obligation, person, view, _festivals(view)))
    return list(_periods(obligation, person, view))


def status_on(
    day: int, opens: int, due: int | None, ends: int, done_on: int | None, waived_on: int | None = None
) -> str:
    """The state of an occurrence on a day (DESIGN 6)."""
    if done_on is not None and done_on <= day:
        return "done"
    if waived_on is not None and waived_on <= day:
        return "waived"
    if day < opens:
        return "upcoming"
    if due is None or day <= due:
        return "open"
    return "overdue" if day <= ends else "missed"


def told(occurrence: Occurrence, ob: Obligation, person: Person, view: View) -> bool:
    """Whether an occurrence is told on the view: undone, or settled since the day from which it is asked."""
    settled = settled_on(occurrence, ob, person, view) if view.since else None
    return settled is None or settled >= view.since


def settled_on(occurrence: Occurrence, ob: Obligation, person: Person, view: View) -> int | None:
    """The day on which an occurrence was done or waived, or from which it was missed; None while it is undone."""
    if occurrence.status == "done":
        return occurrence.done_on
    if occurrence.status == "waived":
        return person.waived[occurrence.duty, occurrence.key]
    if occurrence.status != "missed" or occurrence.due is None:
        return None
    if ob.kind == ONE:
        return ob.ends + 1
    late = view.policy.on_ordinal(ob.start).duty[ob.duty].late_days if ob.kind in (BIRTHDAY, FESTIVAL) else 0
    return occurrence.due + late + 1


def owed_on(occurrence: Occurrence, ob: Obligation, person: Person, view: View) -> int:
    """The day by whose seats an occurrence is owed: its last day once it is missed, else the view's (DESIGN 6)."""
    missed = settled_on(occurrence, ob, person, view) if occurrence.status == "missed" else None
    return view.day if missed is None else missed - 1


def _one(ob: Obligation, person: Person, view: View) -> list[Occurrence]:
    day = view.day
    over = ob.end <= day
    if day < ob.start or (over and not view.history):
        return []
    judged = min(day, ob.end - 1)
    waived = person.waived.get((ob.duty, ob.key)) if person.waived else None
    status = status_on(judged, ob.opens, ob.due, ob.ends, ob.done_on, waived)
    if over and status not in ("done", "missed"):
        return []
    # What is done later is not yet known on the view's day.
    done = (ob.done_on, ob.done_by, 1) if status == "done" else (None, None, 0)
    return [
        Occurrence(
            ob.duty, ob.key, ob.by, ob.opens, ob.due, status, done[0], done[1],
            staff_id=ob.staff_id, basis=ob.basis, acts_done=done[2],
        )
    ]  # fmt: skip


def _counts(act: Act, duty: Duty, ob: Obligation) -> bool:
    """Whether an act discharges the duty under the obligation's clause.

    Before its first day another clause may have stood, and what was done under that stays done.
    """
    own = duty.by[ob.by]
    if act.discharges(kinds_of(duty, own), own):
        return True
    return act.day < ob.start and any(
        by.period == own.period and act.discharges(kinds_of(duty, by), by) for by in duty.by
    )


def _done(
    duty: Duty, ob: Obligation, acts: Sequence[Act], first: int, last: int, due: int | None = None
) -> tuple[int | None, int | None, int]:
    """Day and position of the act that completes the duty between two days, and how many acts count."""
    latest = due + duty.write_up_days if duty.write_up_days and due is not None else EVER
    count = 0
    for act in acts:
        if act.day > last:
            break
        if act.day < first or act.recorded_day > latest or not _counts(act, duty, ob):
            continue
        count += 1
        if count == duty.times:
            return act.day, act.position, count
    return None, None, count


def _periods(ob: Obligation, person: Person, view: View) -> Iterator[Occurrence]:
    day = date.fromordinal(view.day)
    first, last = period_bounds(ob.kind, day)  # type: ignore[arg-type]
    if ob.start <= view.day < ob.end:
        current = _period(ob, person, view, first, last)
        if current:
            yield current
        else:
            following = period_bounds(ob.kind, last + timedelta(days=1))  # type: ignore[arg-type]
            coming = _period(ob, person, view, *following)
            if coming:
                yield coming
    while view.history and first.toordinal() > max(ob.start, view.since - 1, 1):
        first, last = period_bounds(ob.kind, first - timedelta(days=1))  # type: ignore[arg-type]
        if ob.start <= last.toordinal() < ob.end:
            past = _period(ob, person, view, first, last)
            if past:
                yield past


def _period(ob: Obligation, person: Person, view: View, first: date, last: date) -> Occurrence | None:
    """The occurrence of one period, or None where the tier was reached too late in it."""
    start, end = first.toordinal(), last.toordinal()
    scheme = view.policy.on_ordinal(min(view.day, end))
    duty = scheme.duty.get(ob.duty)
    if duty is None:
        return None
    late_start = date.fromordinal(ob.since) if ob.since > start else None
    if late_start and duty.first_until_day and late_start.day > duty.first_until_day:
        return None
    key = period_key(ob.kind, first)  # type: ignore[arg-type]
    opens = max(start, ob.since)
    done_on, done_by, count = _done(duty, ob, person.acts, start, min(end, view.day))
    waived = person.waived.get((ob.duty, key)) if person.waived else None
    status = status_on(view.day, opens, end, end, done_on, waived)
    soft = min(start + duty.soft_day - 1, end) if duty.soft_day else None
    return Occurrence(
        ob.duty, key, ob.by, opens, end, status, done_on, done_by, soft, ob.staff_id, ob.basis, duty.times, count
    )


def _dated(
    ob: Obligation, person: Person, view: View, days_of: Callable[[int, Duty], list[tuple[str, int]]]
) -> Iterator[Occurrence]:
    """Occurrences on dates that come back each year."""
    today = date.fromordinal(view.day)
    duty = view.policy.on_ordinal(ob.start).duty[ob.duty]
    first_year = today.year - 1
    if view.history:
        earliest = max(date.fromordinal(ob.start).year, date.fromordinal(max(view.since, 1)).year - 1)
        first_year = min(max(FIRST_YEAR, earliest), first_year)
    for year in range(first_year, today.year + 2):
        for key, due in days_of(year, duty):
            occurrence = _dated_one(ob, person, view, duty, key, due)
            if occurrence:
                yield occurrence


def _dated_one(ob: Obligation, person: Person, view: View, duty: Duty, key: str, due: int) -> Occurrence | None:
    opens = due - duty.opens_days_before
    judged = min(view.day, due)
    if opens - UPCOMING_DAYS > view.day or not ob.start <= judged < ob.end:
        return None
    ends = due + duty.late_days
    if ends < view.day and not view.history:
        return None
    done_on, done_by, count = _done(duty, ob, person.acts, opens, min(ends, view.day), due)
    waived = person.waived.get((ob.duty, key)) if person.waived else None
    status = status_on(view.day, opens, due, ends, done_on, waived)
    if _silent(ob, judged) or (_silent(ob, view.day) and status in UNDONE):
        return None
    return Occurrence(ob.duty, key, ob.by, opens, due, status, done_on, done_by, None, acts_done=count)


def _silent(ob: Obligation, day: int) -> bool:
    """Whether the customer is not to be contacted on a day."""
    bounds = ob.basis
    return any(int(first) <= day < int(end) for first, end in zip(bounds[::2], bounds[1::2], strict=True))


def _birthdays(person: Person) -> Callable[[int, Duty], list[tuple[str, int]]]:
    def days(year: int, duty: Duty) -> list[tuple[str, int]]:
        if person.lunar_birthday:
            found = lunar_birthdays_in(year, person.lunar_birthday)
        elif person.birthday:
            found = [solar_birthday_in(year, date.fromisoformat(person.birthday))]
        else:
            found = []
        return [(day.isoformat(), day.toordinal()) for day in found]

    return days


def _festivals(view: View) -> Callable[[int, Duty], list[tuple[str, int]]]:
    def days(year: int, duty: Duty) -> list[tuple[str, int]]:
        found = view.calendar.festivals(year)
        return [(f"{year}-{name}", day.toordinal()) for name, day in found if name in duty.festivals]

    return days
