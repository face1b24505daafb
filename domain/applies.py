"""For which customers a duty stands, and when: the clauses of a scheme over a customer's days.

A customer's life is cut into segments in which nothing that a clause looks at changes: tier, zone of
the AUM (between the cut points that any clause names), marks, scheme. What applies is decided once
for each combination and remembered.
"""

from bisect import bisect_right

import msgspec

from guanhu.domain.customer import SILENT_MARKS
from guanhu.domain.facts import EVER, Facts
from guanhu.domain.money import YUAN
from guanhu.domain.scheme import Clause, Duty, Policy, Scheme

NO_BALANCE = -1
NO_MARKS: frozenset[str] = frozenset()

Key = tuple[int, str | None, frozenset[str]]


class Span(msgspec.Struct, frozen=True, gc=False):
    """Days [start, end) on which a duty applies under its clause `by`; `since` when that began without a break."""

    start: int
    end: int
    by: int
    since: int
    scheme: Scheme


class Segment(msgspec.Struct, frozen=True, gc=False):
    """Days [start, end) in which no clause can change its answer."""

    start: int
    end: int
    scheme: Scheme
    key: Key


def cut_points(scheme: Scheme) -> list[int]:
    """Every amount (fen) at which some clause of the scheme changes its answer, ascending."""
    cached: list[int] | None = scheme.memo.get("cuts")
    if cached is None:
        amounts = set(scheme.floors)
        for duty in scheme.duties:
            for clause in (*duty.who, *duty.unless, *duty.by):
                amounts.update(bound * YUAN for bound in (clause.aum_from, clause.aum_to) if bound is not None)
                if clause.near_percent:
                    amounts.update(near_floor(floor, clause.near_percent) for floor in scheme.floors)
        cached = scheme.memo["cuts"] = sorted(amounts)
    return cached


def near_floor(floor: int, percent: int) -> int:
    """The least AUM in fen that is within `percent` percent below `floor`."""
    return -(-floor * (100 - percent) // 100)


def fits(clause: Clause, scheme: Scheme, tier: str | None, aum: int | None, marks: frozenset[str]) -> bool:
    """Whether a customer of that tier, AUM (fen; None: no balance) and marks is one of the clause."""
    if clause.tiers and tier not in clause.tiers:
        return False
    if (clause.tiered or clause.near_percent or clause.below_floor) and tier is None:
        return False
    if clause.mark and clause.mark not in marks:
        return False
    needs_aum = clause.aum_from is not None or clause.aum_to is not None or clause.near_percent or clause.below_floor
    if not needs_aum:
        return True
    if aum is None:
        return False
    if clause.aum_from is not None and aum < clause.aum_from * YUAN:
        return False
    if clause.aum_to is not None and aum >= clause.aum_to * YUAN:
        return False
    step = scheme.rank.get(tier, 0)
    # Step 0 here is a tier of another scheme, which has no floor in this one.
    if clause.below_floor and (step == 0 or aum >= scheme.floors[step - 1]):
        return False
    if clause.near_percent:
        above = scheme.floors[step] if step < len(scheme.floors) else None
        return above is not None and near_floor(above, clause.near_percent) <= aum < above
    return True


def by_index(duty: Duty, scheme: Scheme, tier: str | None, aum: int | None, marks: frozenset[str]) -> int:
    """The first clause of `duty.by` that fits such a customer, or -1 where the duty does not apply."""
    if duty.who and not any(fits(clause, scheme, tier, aum, marks) for clause in duty.who):
        return -1
    if any(fits(clause, scheme, tier, aum, marks) for clause in duty.unless):
        return -1
    for n, clause in enumerate(duty.by):
        if fits(clause, scheme, tier, aum, marks):
            return n
    return -1


def applicable(scheme: Scheme, key: Key, idle: frozenset[str] = frozenset()) -> dict[str, int]:
    """Which duties apply in a segment: duty id -> index of its `by` clause; those of `idle` triggers are left out."""
    answer: dict[str, int] | None = scheme.memo.get((key, idle))
    if answer is None:
        zone, tier, marks = key
        cuts = cut_points(scheme)
        # Any amount of the zone answers for all of it, for every clause changes only at a cut.
        aum = None if zone == NO_BALANCE else cuts[zone - 1] if zone else cuts[0] - 1
        answer = {}
        for duty in scheme.duties:
            by = -1 if duty.trigger in idle else by_index(duty, scheme, tier, aum, marks)
            if by >= 0:
                answer[duty.id] = by
        scheme.memo[key, idle] = answer
    return answer


def segments(facts: Facts, policy: Policy) -> list[Segment]:
    """The customer's days from the first to the last that a date can hold, cut where a clause might change."""
    if not facts.marks and len(policy.adopted) == 1:
        return _plain_segments(facts, policy.adopted[0][1])
    steps, tiers = facts.steps, facts.tiers
    days = {1, *[day for day, _ in tiers], *[day for day, _ in steps]}
    for _, start, end in facts.marks:
        days.update((start, end))
    days.update(since.toordinal() for since, _ in policy.adopted[1:])
    scheme = policy.adopted[0][1]
    cuts = cut_points(scheme)
    found: list[tuple[int, Scheme, Key]] = []
    step_at = tier_at = 0
    aum: int | None = None
    tier: str | None = None
    marks = NO_MARKS
    for day in sorted(days):
        if day >= EVER:
            break
        if len(policy.adopted) > 1:
            scheme = policy.on_ordinal(day)
            cuts = cut_points(scheme)
        while step_at < len(steps) and steps[step_at][0] <= day:
            aum = steps[step_at][1]
            step_at += 1
        while tier_at < len(tiers) and tiers[tier_at][0] <= day:
            tier = tiers[tier_at][1]
            tier_at += 1
        if facts.marks:
            marks = frozenset(mark for mark, start, end in facts.marks if start <= day < end)
        key = (NO_BALANCE if aum is None else bisect_right(cuts, aum), tier, marks)
        if not found or found[-1][2] != key or found[-1][1] is not scheme:
            found.append((day, scheme, key))
    ends = [*(day for day, _, _ in found[1:]), EVER]
    return [Segment(day, end, scheme, key) for (day, scheme, key), end in zip(found, ends, strict=True)]


def _plain_segments(facts: Facts, scheme: Scheme) -> list[Segment]:
    """The same for most customers: no mark, one scheme."""
    steps, tiers, cuts = facts.steps, facts.tiers, cut_points(scheme)
    last_step, last_tier = len(steps), len(tiers)
    step_at = tier_at = 0
    zone = NO_BALANCE
    tier: str | None = None
    start = 1
    key: Key = (zone, tier, NO_MARKS)
    found: list[Segment] = []
    while step_at < last_step or tier_at < last_tier:
        day = steps[step_at][0] if step_at < last_step else EVER
        if tier_at < last_tier and tiers[tier_at][0] < day:
            day = tiers[tier_at][0]
        if day >= EVER:
            break
        if step_at < last_step and steps[step_at][0] == day:
            zone = bisect_right(cuts, steps[step_at][1])
            step_at += 1
        while tier_at < last_tier and tiers[tier_at][0] == day:
            tier = tiers[tier_at][1]
            tier_at += 1
        if zone != key[0] or tier != key[1]:
            if day > start:
                found.append(Segment(start, day, scheme, key))
            start, key = max(day, 1), (zone, tier, NO_MARKS)
    found.append(Segment(start, EVER, scheme, key))
    return found


def spans(cut: list[Segment], idle: frozenset[str] = frozenset()) -> dict[str, list[Span]]:
    """For each duty that ever applies and whose trigger is not `idle`: the spans of days on which it does, in order."""
    result: dict[str, list[Span]] = {}
    for segment in cut:
        start, end, scheme = segment.start, segment.end, segment.scheme
        for duty_id, by in applicable(scheme, segment.key, idle).items():
            held = result.get(duty_id)
            if held is None:
                result[duty_id] = [Span(start, end, by, start, scheme)]
                continue
            last = held[-1]
            if last.end != start:
                held.append(Span(start, end, by, start, scheme))
            elif last.by == by and last.scheme is scheme:
                held[-1] = Span(last.start, end, by, last.since, scheme)
            else:
                held.append(Span(start, end, by, last.since, scheme))
    return result


def silent_days(facts: Facts) -> list[tuple[int, int]]:
    """Days [start, end) on which no duty may contact the customer (deceased, closed, do-not-disturb)."""
    return [(start, end) for mark, start, end in facts.marks if mark in SILENT_MARKS]
