"""The duties owed to a customer: what raises each, from when to when it stands, when it is due, what did it.

`obligations` is a pure function of (the customer's facts, policy, calendar). An obligation is either
one thing to do (`kind` "one": a matured product, a fall of the balance) or a recurring one, told as
its rule ("month", "birthday", "festival"), from which `occurrences.py` makes the occurrence of any
date. So a table of obligations answers for every date and holds no row per day (DESIGN 5).
"""

from collections.abc import Iterator

import msgspec

from guanhu.domain.applies import Span, segments, silent_days, spans
from guanhu.domain.calendar import Calendar
from guanhu.domain.facts import Facts
from guanhu.domain.obligation import BIRTHDAY, FESTIVAL, ONE, PERIODS, Case, Obligation, kinds_of
from guanhu.domain.scheme import Policy, Scheme
from guanhu.domain.triggers import TRIGGERS, idle

__all__ = ["BIRTHDAY", "FESTIVAL", "ONE", "PERIODS", "Obligation", "kinds_of", "obligations"]


def obligations(facts: Facts, policy: Policy, calendar: Calendar) -> list[Obligation]:
    """All obligations of a customer, in no particular order (SCHEMES.md 1, duties; DESIGN 6)."""
    held = spans(segments(facts, policy), idle(facts))
    if not held:
        return []
    silent = silent_days(facts)
    result: list[Obligation] = []
    for duty_id, all_spans in held.items():
        for scheme, part in _by_scheme(all_spans):
            duty = scheme.duty[duty_id]
            raised = TRIGGERS[duty.trigger](Case(facts, duty, part, policy, calendar))
            if duty.silent and silent:
                # What comes back after the adoption of another scheme is no longer this one's to ask for.
                raised = [ob for ob in _without(raised, silent) if policy.on_ordinal(ob.start) is scheme]
            result += _told_once(raised) if len(raised) > 1 else raised
    return result


def _told_once(raised: list[Obligation]) -> list[Obligation]:
    """The obligations, without the parts of a thing that come after it was done or missed: it belongs to that part."""
    result: list[Obligation] = []
    settled: dict[str, int] = {}
    for part in raised:
        if part.kind == ONE:
            at = settled.get(part.key)
            if at is not None:
                if result[at].end == part.start:
                    result[at] = msgspec.structs.replace(result[at], end=part.end)
                continue
            if (part.done_on is not None and part.done_on < part.end) or part.ends < part.end - 1:
                settled[part.key] = len(result)
        result.append(part)
    return result


def _by_scheme(held: list[Span]) -> Iterator[tuple[Scheme, list[Span]]]:
    start = 0
    for n in range(1, len(held) + 1):
        if n == len(held) or held[n].scheme is not held[start].scheme:
            yield held[start].scheme, held[start:n]
            start = n


def _without(raised: list[Obligation], silent: list[tuple[int, int]]) -> list[Obligation]:
    """The obligations with the silent days cut out."""
    parts = raised
    for first, end in silent:
        cut: list[Obligation] = []
        for part in parts:
            if part.kind in (BIRTHDAY, FESTIVAL) and part.start < end:
                # Told late, these look back to the day that they were due on: they keep it, and the silence beside it,
                # also one that came when the duty no longer stood.
                cut.append(msgspec.structs.replace(part, basis=(*part.basis, first, end)))
            elif part.end <= first or part.start >= end:
                cut.append(part)
            else:
                if part.start < first:
                    cut.append(msgspec.structs.replace(part, end=first))
                if part.end > end:
                    cut.append(msgspec.structs.replace(part, start=end))
        parts = cut
    return parts
