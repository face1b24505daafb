"""Gaps in care: days on which no seat of a customer is sure to owe what is owed, so that it may fall to somebody else.

They are kept as rows of `care`, by which a queue finds its candidates. Wider than needed is harmless: who owes is
decided when the queue is read (domain/responsibility.py).
"""

from collections.abc import Iterator, Sequence

from guanhu.domain.duties import Obligation
from guanhu.domain.facts import EVER, Seat
from guanhu.domain.scheme import By, Duty, Policy, Scheme

DEPARTMENT = "@department"

Gap = tuple[bool, int, int]
"""(whether it is the department's, else the outlet manager's; days from, to)."""


def gaps_of(owed: Sequence[Obligation], seats: Sequence[Seat], policy: Policy) -> list[Gap]:
    """Where a duty may fall to the outlet manager or the department.

    What ended is asked for later too, so days after an obligation count.
    """
    manager: list[tuple[int, int]] = []
    department: list[tuple[int, int]] = []
    for ob in owed:
        scheme = policy.on_ordinal(ob.start)
        by = scheme.duty[ob.duty].by[ob.by]
        if _of_department(by, scheme):
            department.append((ob.start, EVER))
        if ob.staff_id or (by.owned and not by.together):
            continue
        sure = [] if by.together else [(s.start, s.end) for s in seats if _sure(s, by, scheme)]
        manager += [(max(start, ob.start), end) for start, end in _free(sure) if end > ob.start]
    return [
        *((False, start, end) for start, end in _merged(manager)),
        *((True, start, end) for start, end in _merged(department)),
    ]


def _of_department(by: By, scheme: Scheme) -> bool:
    """Whether a clause names a post that owns no customers."""
    return any(not scheme.role[role].owns for role in by.roles)


def names_department(duty: Duty, scheme: Scheme) -> bool:
    """Whether a duty can fall to the department: only of these are there rows of `care` in its name."""
    return any(_of_department(by, scheme) for by in duty.by)


def _sure(seat: Seat, by: By, scheme: Scheme) -> bool:
    """Whether whoever has the seat owes what is owed under the clause, whatever other posts they hold."""
    if seat.seat == "owner":
        return by.owner or seat.role in by.roles
    return not by.owner and scheme.system_owner_role in by.roles


def _free(taken: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The days in none of the spans."""
    free = 0
    for start, end in _merged(taken):
        if start > free:
            yield free, start
        free = max(free, end)
    if free < EVER:
        yield free, EVER


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans joined where they meet."""
    result: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        else:
            result.append((start, end))
    return result
