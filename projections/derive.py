"""The duties of customers, derived from their facts and kept as rows, so that a queue is one indexed read."""

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from guanhu.domain.duties import BIRTHDAY, Obligation, obligations
from guanhu.domain.facts import EVER, Facts, Seat
from guanhu.domain.scheme import Policy
from guanhu.projections.facts_of import load_facts
from guanhu.projections.projection import Projection, chunks, marks

DEPARTMENT = "@department"
PLACEHOLDERS = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"


def derive(p: Projection, ids: Sequence[int], policy: Policy, *, fresh: bool = False) -> None:
    """Make the duty rows of these customers anew; `fresh`: they have none yet."""
    profile = policy.adopted[-1][1].profile
    for part in chunks(sorted(ids), 900):
        rows: list[tuple[object, ...]] = []
        gaps: list[tuple[object, ...]] = []
        for cid, outlet, facts in load_facts(p.cursor, part, profile):
            owed = obligations(facts, policy, p.calendar)
            rows += [_row(cid, ob, facts) for ob in owed]
            if owed:
                gaps += _gaps(cid, outlet, facts, owed, policy)
        if not fresh:
            p.cursor.execute(f"DELETE FROM obligation WHERE customer_id IN ({marks(part)})", part)
            p.cursor.execute(f"DELETE FROM care WHERE seat = 'gap' AND customer_id IN ({marks(part)})", part)
        p.cursor.executemany(f"INSERT INTO obligation VALUES ({PLACEHOLDERS})", rows)
        p.cursor.executemany("INSERT INTO care VALUES (?, 'gap', ?, '', ?, ?, 0, 0)", gaps)


def _row(cid: int, ob: Obligation, facts: Facts) -> tuple[object, ...]:
    md = 0
    if ob.kind == BIRTHDAY and not facts.lunar_birthday:
        born = date.fromisoformat(facts.birthday)
        md = born.month * 100 + born.day
    return (
        cid, ob.duty, ob.kind, ob.key, ob.start, ob.end, ob.since, ob.by, ob.opens, ob.due, ob.ends,
        ob.done_on, ob.done_by, ob.staff_id, msgspec.msgpack.encode(ob.basis) if ob.basis else b"", md,
    )  # fmt: skip


def _gaps(
    cid: int, outlet: str, facts: Facts, owed: list[Obligation], policy: Policy
) -> Iterator[tuple[object, ...]]:
    """Where a duty may fall to the outlet manager or the department: days on which no seat is sure to owe it.

    Wider than needed is harmless: who owes is decided when the queue is read (domain/responsibility.py).
    """
    manager = [*_without(facts.seats, "owner"), *_without(facts.seats, "system")]
    department: list[tuple[int, int]] = []
    for ob in owed:
        scheme = policy.on_ordinal(ob.start)
        by = scheme.duty[ob.duty].by[ob.by]
        if by.together or (by.roles and not by.owner and scheme.system_owner_role not in by.roles):
            manager.append((ob.start, ob.end))
        if any(not scheme.role[role].owns for role in by.roles):
            department.append((ob.start, ob.end))
    for start, end in _merged(manager):
        yield cid, f"@{outlet}", start, end
    for start, end in _merged(department):
        yield cid, DEPARTMENT, start, end


def _without(seats: list[Seat], seat: str) -> Iterator[tuple[int, int]]:
    """The days on which nobody has that seat."""
    free = 0
    for start, end in _merged([(s.start, s.end) for s in seats if s.seat == seat]):
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
