"""Red flags (疑点) of a period: what in the log deserves a second look, by the rules of `domain/red_flags`.

The rules and thresholds are those of the scheme in force on the period's last day. Each act is read once, whatever the
number of rules; of an outlet or a member of staff only theirs are.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from sqlite3 import Cursor
from typing import Any

import msgspec

from guanhu.domain.calendar import Calendar
from guanhu.domain.dates import last_of_month, next_month
from guanhu.domain.errors import NotFound
from guanhu.domain.red_flags import calls, density, notes, standing, whose, writing
from guanhu.domain.red_flags.found import Entry, Flag, Found, flag_of, parts_of_key
from guanhu.domain.scheme import Policy
from guanhu.domain.scheme_flags import FLAGS
from guanhu.projections import flag_standing as stands
from guanhu.projections.by_number import customer_numbers
from guanhu.projections.flag_entries import (
    Scope,
    entries_of,
    inspections_of,
    proofs_of,
    scope_of,
    within,
)
from guanhu.projections.flag_people import Others, Responsible, birthdays, on_leave
from guanhu.projections.posts import staffing

OF_THE_DAY = frozenset({"ownerless", "over_capacity"})
"""Flags of how things stand on the last day asked about, not of what was done on a day."""


class Tally(msgspec.Struct, frozen=True):
    """How many flags, and what they weigh together; `name` is the id of a flag or of a member of staff ("": nobody)."""

    name: str
    flags: int
    weight: int


def flags(
    cursor: Cursor, policy: Policy, calendar: Calendar, *, first: date, last: date, staff: str = "", outlet: str = "",
    ids: Collection[str] = (),
) -> list[Flag]:  # fmt: skip
    """The flags of the days from `first` to `last`, the heaviest first, then the newest; `ids`: only these (else all).

    Of a member of staff, or of an outlet's staff and customers. What concerns a month is told with its last day.
    """
    scope = scope_of(cursor, policy, calendar, first, last, staff, outlet)
    found: list[tuple[str, Any, Found]] = []
    for id_, rule, things in _found(scope, ids):
        found += [(id_, rule, each) for each in things if _asked_for(scope, each)]
    numbers = customer_numbers(cursor, {each.customer for _, _, each in found if each.customer is not None})
    result = [flag_of(id_, rule, each, numbers.get(each.customer or 0)) for id_, rule, each in found]
    result.sort(key=lambda flag: (-flag.weight, -flag.day.toordinal(), flag.key))
    return result


def _asked_for(scope: Scope, found: Found) -> bool:
    """Whether a finding is of the days and the people in question; what is nobody's belongs to the outlet."""
    ours = scope.holds(found.staff) if found.staff else not scope.one
    return ours and scope.first <= found.day <= scope.last


def flag_at(cursor: Cursor, policy: Policy, calendar: Calendar, key: str, *, until: date | None = None) -> Flag:
    """The flag of a key (`Flag.key`), looked for again; `until`: what came after this day was not there yet.

    NotFound("unknown_flag").
    """
    parts = parts_of_key(key)
    if parts is not None and parts[0] in FLAGS and (until is None or parts[1] <= until):
        id_, day, _ = parts
        first, last = (day, day) if id_ in OF_THE_DAY else (day.replace(day=1), last_of_month(day))
        last = min(last, until) if until else last
        for flag in flags(cursor, policy, calendar, first=first, last=last, ids=(id_,)):
            if flag.key == key:
                return flag
    raise NotFound("unknown_flag", value=key[:80])


def by_flag(found: Iterable[Flag]) -> list[Tally]:
    """How many there are of each flag, in the order of the flags."""
    tallies = _tallies(found, lambda flag: flag.id)
    return sorted(tallies, key=lambda tally: FLAGS.index(tally.name))


def by_staff(found: Iterable[Flag]) -> list[Tally]:
    """How many each member of staff has, who weighs most first."""
    return sorted(_tallies(found, lambda flag: flag.staff), key=lambda tally: (-tally.weight, tally.name))


def _tallies(found: Iterable[Flag], name: Callable[[Flag], str]) -> list[Tally]:
    counts: dict[str, list[int]] = {}
    for flag in found:
        count = counts.setdefault(name(flag), [0, 0])
        count[0] += 1
        count[1] += flag.weight
    return [Tally(each, *count) for each, count in counts.items()]


# ---------------------------------------------------------------- which rule looks where
Looked = Iterator[tuple[str, Any, Iterable[Found]]]


def _found(scope: Scope, ids: Collection[str]) -> Looked:
    """Flag, its rule and what it found, for all that the scheme looks for among those asked for."""
    rules = {
        id_: rule for id_ in FLAGS if (not ids or id_ in ids) and (rule := getattr(scope.scheme.flags, id_)) is not None
    }
    if rules.keys() - _STANDING.keys() - {"acted_by_others"}:
        copied = rules.get("copied_notes")
        everything = entries_of(scope, notes=copied is not None, ahead=copied.days if copied else 0)
        for id_, rule in rules.items():
            if id_ in _OF_ENTRIES:
                yield id_, rule, _OF_ENTRIES[id_](scope, everything, rule)
    for id_, rule in rules.items():
        if id_ in _STANDING:
            yield id_, rule, _STANDING[id_](scope, rule)
    if "acted_by_others" in rules:
        spans = [(month.toordinal(), last_of_month(month).toordinal()) for month in _months(scope)]
        others = Others(scope, spans)
        rule = rules["acted_by_others"]
        yield "acted_by_others", rule, whose.acted_by_others(others.months, rule, others.acts)


def _months(scope: Scope) -> list[date]:
    """The first days of the months that end in the scope."""
    month, months = date.fromordinal(scope.first).replace(day=1), []
    while last_of_month(month).toordinal() <= scope.last:
        months.append(month)
        month = next_month(month)
    return months


def _written_at_once(scope: Scope, entries: Sequence[Entry], rule: Any) -> Iterator[Found]:
    yield from writing.month_end_burst(entries, rule, scope.calendar, _months(scope))
    yield from writing.inspection_burst(entries, rule, inspections_of(scope))


def _too_dense(scope: Scope, entries: Sequence[Entry], rule: Any) -> Iterator[Found]:
    yield from density.too_many_visits(within(entries, scope), rule)
    yield from density.too_close_calls(entries, rule)


def _off(scope: Scope, entries: Sequence[Entry], rule: Any) -> Iterator[Found]:
    away = on_leave(staffing(scope.cursor))
    return whose.day_off(within(entries, scope), rule, scope.calendar, away, birthdays(scope))


def _not_responsible(scope: Scope, entries: Sequence[Entry], rule: Any) -> Iterator[Found]:
    own = within(entries, scope)
    return whose.not_responsible(own, Responsible(scope, rule, own))


_OF_ENTRIES: dict[str, Callable[[Scope, Sequence[Entry], Any], Iterator[Found]]] = {
    "late_writing": lambda scope, entries, rule: writing.late_writing(within(entries, scope), rule),
    "month_end_burst": _written_at_once,
    "copied_notes": lambda scope, entries, rule: notes.copied_notes(entries, rule),
    "impossible_density": _too_dense,
    "overlapping_visits": lambda scope, entries, rule: density.overlapping_visits(within(entries, scope), rule),
    "day_off": _off,
    "not_responsible": _not_responsible,
    "short_call": lambda scope, entries, rule: calls.short_calls(within(entries, scope), proofs_of(scope.cursor), rule),
    "contradicted": lambda scope, entries, rule: calls.contradicted(
        within(entries, scope), proofs_of(scope.cursor), rule
    ),
}
_STANDING: dict[str, Callable[[Scope, Any], Iterator[Found]]] = {
    "bulk_waivers": lambda scope, rule: standing.bulk_waivers(stands.waivers(scope), rule),
    "passed_birthday": lambda scope, rule: standing.passed(stands.missed(scope, "birthday")),
    "passed_maturity": lambda scope, rule: standing.passed(stands.missed(scope, "maturity")),
    "ownerless": lambda scope, rule: standing.ownerless(stands.unowned(scope, rule), scope.last, rule),
    "over_capacity": lambda scope, rule: standing.over_capacity(*stands.owned(scope), scope.last, rule),
}
