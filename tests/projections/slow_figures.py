"""The figures counted the slow way: each definition of `guanhu.domain.figures` gone through for every customer.

They stand on the decoded events (`slow_branch.py`) and on the pure rules of the domain.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from guanhu.domain.balances import steps
from guanhu.domain.contact import reached
from guanhu.domain.duties import obligations
from guanhu.domain.figure_rules import Matured, lost, moved, near, owed_a_profile, retained, valued
from guanhu.domain.occurrences import Person, View, occurrences, owed_on
from guanhu.domain.responsibility import missing_roles, owed_by
from guanhu.domain.scheme import By, Scheme
from guanhu.tests.projections.slow_branch import Branch
from guanhu.tests.projections.slow_rows import Customer

Counted = tuple[tuple[str, ...], str, str, int, int]
"""(staff, outlet, tier, part, whole)."""
Found = Iterator[tuple[str, Counted]]


def count(branch: Branch, first: date, last: date, as_of: date) -> dict[str, list[Counted]]:
    """All figures of a period, case by case."""
    start, until, asked = first.toordinal() - 1, min(last, as_of).toordinal(), as_of.toordinal()
    found: dict[str, list[Counted]] = defaultdict(list)
    for person in branch.customers.values():
        for figure, case in (
            *_in_care(branch, person, until), *_between(branch, person, start, until),
            *_matured(person, start, until, asked), *_due(branch, person, start, until),
            *_met(branch, person, start, until), *_written(person, start, until),
        ):  # fmt: skip
            found[figure].append(case)
    return found


def _who(owners: list[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(staff for staff, _role in owners))


def _in_care(branch: Branch, person: Customer, until: int) -> Found:
    scheme, tier, aum = branch.policy.on_ordinal(until), person.tier(until), person.aum(until)
    owners, marks = person.owners(until), person.marked(until)
    head = (_who(owners), person.outlet, tier)
    if person.erased:
        return
    if tier and aum is not None and "closed" not in marks:
        missing = missing_roles(scheme.tier(tier), owners, lambda staff: branch.roles_of(staff, until))
        yield "coverage", (*head, int(not missing), 1)
    if owed_a_profile(scheme, tier or None, aum, marks):
        score = person.score(scheme.profile.weights, until)
        yield "profile_completeness", (*head, score, sum(scheme.profile.weights.values()))
        yield "profile_complete", (*head, int(score >= scheme.profile.full_score), 1)


def _met(branch: Branch, person: Customer, start: int, until: int) -> Found:
    tier, who = person.tier(until), _who(person.owners(until))
    if tier and who and not person.erased and not person.marked(until) & {"closed", "deceased", "do_not_disturb"}:
        met = any(reached(x.kind, x.outcome) and start < x.day <= until for x in person.acts.values())
        yield "reach", (who, person.outlet, tier, int(met), 1)


def _between(branch: Branch, person: Customer, start: int, until: int) -> Found:
    tier, aum = person.tier(start), person.aum(start)
    if not tier or aum is None:
        return
    head = (_who(person.owners(start)), person.outlet, tier)
    before, after = branch.policy.on_ordinal(start), branch.policy.on_ordinal(until)
    way = moved(after, tier, person.tier(until) or None)
    yield "up_rate", (*head, int(way > 0), 1)
    yield "down_rate", (*head, int(way < 0), 1)
    if near(before, tier, aum):
        reached_tiers = [(day, to) for day, to in person.tiers if start < day <= until]
        rose = any(moved(branch.policy.on_ordinal(day), tier, to) > 0 for day, to in reached_tiers)
        yield "near_conversion", (*head, int(rose), 1)
    if valued(before, tier):
        yield "attrition", (*head, int(lost(after, aum, person.aum(until) or 0)), 1)


def _matured(person: Customer, start: int, until: int, asked: int) -> Found:
    matured = [
        Matured(held.matures, held.fen, held.position)
        for held in person.products.values()
        if held.matures is not None and start < held.matures <= until and held.start <= held.matures <= held.end
    ]
    for kept in retained(matured, steps(person.entries), asked):
        day = kept.first - 1
        head = (_who(person.owners(day)), person.outlet, person.tier(day))
        yield "maturity_retention", (*head, kept.kept, kept.matured)


def _due(branch: Branch, person: Customer, start: int, until: int) -> Found:
    if person.erased:
        return
    facts = branch.facts(person)
    view = View(until, branch.policy, branch.calendar, True)
    acts = [act for act in facts.acts if act.day <= until]
    looked = Person(facts.birthday, facts.lunar_birthday, acts, person.waived)
    seen: set[tuple[str, str]] = set()
    for obligation in obligations(facts, branch.policy, branch.calendar):
        scheme = branch.policy.on_ordinal(obligation.start)
        for each in occurrences(obligation, looked, view):
            if each.status not in ("open", "overdue", "done", "missed") or (each.duty, each.key) in seen:
                continue
            seen.add((each.duty, each.key))
            by = scheme.duty[each.duty].by[each.by]
            owed = _owed(branch, person, scheme, by, owed_on(each, obligation, looked, view))
            who = (each.staff_id,) if each.staff_id else owed
            if who is not None and each.due is not None and start < each.due <= until:
                done = each.done_on is not None and each.done_on <= each.due
                yield "on_time", (who, person.outlet, person.tier(until), int(done), 1)


def _owed(branch: Branch, person: Customer, scheme: Scheme, by: By, day: int) -> tuple[str, ...] | None:
    return owed_by(by, branch.care(person, day), scheme, lambda staff: branch.roles_of(staff, day))


def _written(person: Customer, start: int, until: int) -> Found:
    entries = [x for x in person.acts.values() if x.kind != "withdrawn" and not x.imported]
    for each in (*entries, *person.log):
        if start < each.day <= until:
            who = tuple(staff for staff in each.staff if staff)
            yield "late_writing", (who, person.outlet, person.tier(each.day), int(each.recorded > each.day), 1)
