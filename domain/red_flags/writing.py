"""When entries were written: too late, or all at once at a month's end or before an inspection.

Entries that came in files are left out: the book knows when they were imported, not when they were written.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

import msgspec

from guanhu.domain.calendar import Calendar
from guanhu.domain.dates import last_of_month
from guanhu.domain.red_flags.found import Entry, Found
from guanhu.domain.scheme_flags import Burst, LateWriting

BEFORE_INSPECTION = 30
"""Days before an inspection of whose entries a burst is a share: about a month, like the other burst's."""


def late_writing(entries: Iterable[Entry], rule: LateWriting) -> Iterator[Found]:
    """Entries written down more than `rule.days` days after the act."""
    for entry in entries:
        days = entry.recorded_day - entry.day
        if days > rule.days and entry.staff and not entry.imported:
            yield Found(
                entry.staff, entry.customer, entry.day, str(entry.position), {"days": days}, (entry.position,)
            )  # fmt: skip


def month_end_burst(
    entries: Iterable[Entry], rule: Burst, calendar: Calendar, months: Sequence[date]
) -> Iterator[Found]:
    """Members whose talks of a month were for the most part written in its last working days.

    `months`: the first days of the months to judge, which are over.
    """
    spans = {}
    for first in months:
        last = last_of_month(first)
        spans[first.toordinal()] = (last.toordinal(), _last_working_days(last, rule.working_days, calendar))
    held: dict[tuple[str, int], list[Entry]] = defaultdict(list)
    for entry in _own_talks(entries):
        start = date.fromordinal(entry.day).replace(day=1).toordinal()
        if start in spans:
            held[entry.staff, start].append(entry)
    for (staff, start), own in held.items():
        end, since = spans[start]
        yield from _burst(staff, own, end, (since, end), rule, "month")


class Inspection(msgspec.Struct, frozen=True, gc=False):
    """An inspection that was opened: on which day (an ordinal), and whom it is about; None: everybody."""

    day: int
    staff: frozenset[str] | None


def inspection_burst(entries: Iterable[Entry], rule: Burst, inspections: Iterable[Inspection]) -> Iterator[Found]:
    """The same in the days before an inspection was opened, of the entries of the month before it."""
    own = list(_own_talks(entries))
    for opened in inspections:
        day = opened.day
        held: dict[str, list[Entry]] = defaultdict(list)
        for entry in own:
            if day - BEFORE_INSPECTION <= entry.day < day and (opened.staff is None or entry.staff in opened.staff):
                held[entry.staff].append(entry)
        for staff, its in held.items():
            yield from _burst(staff, its, day, (day - rule.inspection_days, day - 1), rule, "inspection")


def _own_talks(entries: Iterable[Entry]) -> Iterator[Entry]:
    return (entry for entry in entries if entry.staff and entry.talk and not entry.imported)


def _last_working_days(last: date, count: int, calendar: Calendar) -> int:
    """The first of a month's last working days, as an ordinal; its first day where it has fewer, of none the next."""
    day = last + timedelta(days=1)
    while count and (day > last or day.day > 1):
        day -= timedelta(days=1)
        count -= calendar.is_working_day(day)
    return day.toordinal()


def _burst(
    staff: str, own: list[Entry], day: int, span: tuple[int, int], rule: Burst, which: str
) -> Iterator[Found]:
    first, last = span
    late = [entry for entry in own if first <= entry.recorded_day <= last]
    if len(own) < rule.entries or len(late) * 100 < rule.percent * len(own):
        return
    measured = {"entries": len(late), "of": len(own), "percent": len(late) * 100 // len(own)}
    yield Found(
        staff, None, day, f"{which}:{staff}", measured, tuple(entry.position for entry in late), {"which": which}
    )  # fmt: skip
