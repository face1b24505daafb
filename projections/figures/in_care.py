"""Figures of the end of a period: coverage, reach, and the profiles that are complete."""

from collections.abc import Iterator
from typing import Any

import msgspec

from guanhu.domain.balances import carried, steps, unpack
from guanhu.domain.customer import SILENT_MARKS
from guanhu.domain.figure_rules import owed_a_profile
from guanhu.domain.responsibility import missing_roles
from guanhu.domain.scheme import Profile
from guanhu.projections.assignment import TIER
from guanhu.projections.facts_of import known_since, scores
from guanhu.projections.figures.case import Case, Inquiry
from guanhu.projections.figures.places import place
from guanhu.projections.reached import REACHED_ACT


def coverage(inquiry: Inquiry) -> Iterator[Case]:
    """Whose owners hold the roles of the tier, as the assignment queue asks for them (SCHEMES.md 1, assignment)."""
    end = inquiry.end
    judged: dict[tuple[str, tuple[tuple[str, str], ...]], tuple[str, ...]] = {}
    for cid, held in end.people.items():
        if held.erased or "closed" in end.marked(cid):
            continue
        owners = end.owners.get(cid, ())
        seats = tuple([(each.staff, each.role) for each in owners])
        missing = judged.get((held.tier, seats))
        if missing is None:
            missing = judged[held.tier, seats] = missing_roles(end.scheme.tier(held.tier), seats, end.roles_of)
        positions = tuple(each.position for each in owners)
        yield Case(cid, int(not missing), 1, end.staff(cid), held.outlet, held.tier, 0, positions, is_now=held.aum)


def reach(inquiry: Inquiry) -> Iterator[Case]:
    """Who of those in care was reached by somebody."""
    end = inquiry.end
    latest: dict[int, tuple[int, int]] = {}
    condition = f"a.day BETWEEN :first AND :until AND {REACHED_ACT}"
    for cid, day, position in inquiry.rows("a.customer_id, a.day, a.position", "act a", condition):
        latest[cid] = max(latest.get(cid, (0, 0)), (day, position))
    for cid, held in end.people.items():
        staff = end.staff(cid)
        if not staff or held.erased or not SILENT_MARKS.isdisjoint(end.marked(cid)):
            continue
        day, position = latest.get(cid, (0, 0))
        positions = (position,) if position else ()
        yield Case(cid, int(day > 0), 1, staff, held.outlet, held.tier, day, positions, is_now=held.aum)


def profile_completeness(inquiry: Inquiry) -> Iterator[Case]:
    """The points that profiles have of those they can have."""
    most = sum(inquiry.policy.on_ordinal(inquiry.until).profile.weights.values())
    for each in _profiles(inquiry):
        yield msgspec.structs.replace(each, part=each.is_now or 0, whole=most)


def profile_complete(inquiry: Inquiry) -> Iterator[Case]:
    """Who has the score of a full file (SCHEMES.md 1, profile_full)."""
    return iter(_profiles(inquiry))


def _profiles(inquiry: Inquiry) -> list[Case]:
    """All whose profile is asked for; `is_now` is the score, `part` whether it is that of a full file."""
    found: list[Case] | None = inquiry.memo.get(_profiles)
    if found is None:
        found = inquiry.memo[_profiles] = list(_scored(inquiry))
    return found


def _scored(inquiry: Inquiry) -> Iterator[Case]:
    end, day = inquiry.end, inquiry.until
    scheme = end.scheme
    known_scores: dict[tuple[tuple[str, int], ...], int] = {}
    where, values = place(inquiry.scope, day, day)
    source = f"{where} CROSS JOIN customer ON customer.id = c.id" if where else "customer"
    rows = inquiry.cursor.execute(
        f"SELECT customer.id, outlet, position, personal, {TIER}, aum, CASE WHEN aum_day > :day THEN series END"
        f" FROM {source} LEFT JOIN account ON account.customer_id = customer.id WHERE NOT erased",
        {**values, "day": day},
    )
    for cid, outlet, position, personal, tier, aum, series in rows:
        if series is not None:
            aum = carried(steps(unpack(series)), day)
        if not owed_a_profile(scheme, tier or None, aum, end.marked(cid)):
            continue
        score = _score(personal, scheme.profile, day, known_scores)
        full = score >= scheme.profile.full_score
        yield Case(cid, int(full), 1, end.staff(cid), outlet, tier or "", 0, (position,), is_now=score)


def _score(personal: bytes, profile: Profile, day: int, found: dict[Any, int]) -> int:
    """The score on a day, remembered for all who have the same facts since the same days."""
    known = known_since(personal)
    pattern = tuple(known.items())
    score = found.get(pattern)
    if score is None:
        reached = [total for since, total in scores(known, profile) if since <= day]
        score = found[pattern] = reached[-1] if reached else 0
    return score
