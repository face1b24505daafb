"""The duties of customers, derived from their facts and kept as rows, so that a queue is one indexed read."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from guanhu.domain.applies import Segment, applicable, segments
from guanhu.domain.calendar import Calendar
from guanhu.domain.duties import BIRTHDAY, Obligation, obligations
from guanhu.domain.facts import EVER, Facts, Seat
from guanhu.domain.money import YUAN
from guanhu.domain.scheme import By, Duty, Policy, Scheme
from guanhu.projections.facts_of import load_facts
from guanhu.projections.projection import Projection, chunks, marks

DEPARTMENT = "@department"
PLACEHOLDERS = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"


def derive(p: Projection, ids: Sequence[int], policy: Policy, *, fresh: bool = False) -> None:
    """Make the duty rows of these customers anew; `fresh`: they have none yet."""
    profile = policy.adopted[-1][1].profile
    for part in chunks(sorted(ids), 900):
        rows: list[Row] = []
        gaps: list[Row] = []
        for cid, outlet, facts in load_facts(p.cursor, part, profile):
            owed = _owed(facts, policy, p.calendar)
            rows += [_row(cid, n, ob, facts) for n, ob in enumerate(owed)]
            if owed:
                gaps += _gaps(cid, outlet, facts, owed, policy)
        if fresh:
            _write(p, rows, gaps)
        else:
            _write_changed(p, part, rows, gaps)


Row = tuple[object, ...]


def _write(p: Projection, rows: Sequence[Row], gaps: Sequence[Row]) -> None:
    p.cursor.executemany(f"INSERT INTO obligation VALUES ({PLACEHOLDERS})", rows)
    p.cursor.executemany("INSERT INTO care VALUES (?, 'gap', ?, '', ?, ?, 0, 0)", gaps)


def _write_changed(p: Projection, part: Sequence[int], rows: list[Row], gaps: list[Row]) -> None:
    """Write the rows of those for whom they differ: a contact seldom changes what is owed, and a page costs a write."""
    known = p.cursor.execute(f"SELECT * FROM obligation WHERE customer_id IN ({marks(part)})", part).fetchall()
    known_gaps = p.cursor.execute(
        f"SELECT customer_id, staff, start, end FROM care WHERE customer_id IN ({marks(part)}) AND seat = 'gap'", part
    ).fetchall()
    moved = [(cid,) for cid in _differing(known, rows)]
    moved_gaps = [(cid,) for cid in _differing(known_gaps, gaps)]
    p.cursor.executemany("DELETE FROM obligation WHERE customer_id = ?", moved)
    p.cursor.executemany("DELETE FROM care WHERE customer_id = ? AND seat = 'gap'", moved_gaps)
    if moved or moved_gaps:
        ids, gap_ids = set(moved), set(moved_gaps)
        _write(p, [row for row in rows if row[:1] in ids], [gap for gap in gaps if gap[:1] in gap_ids])


def _differing(before: list[Row], after: list[Row]) -> list[object]:
    """The customers whose rows are not the same."""
    if before == after:  # nearly always, and in the same order
        return []
    return list({row[0] for row in (Counter(before) - Counter(after)) + (Counter(after) - Counter(before))})


def _owed(facts: Facts, policy: Policy, calendar: Calendar) -> list[Obligation]:
    """The duties of a customer; of most, who have nothing but balances and a reached contact, remembered by pattern.

    The same statements bring thousands of customers into the same zones on the same days, and so the same duties.
    """
    if len(policy.adopted) > 1 or facts.marks or facts.products or facts.affairs or facts.seats or len(facts.tiers) > 1:
        return obligations(facts, policy, calendar)
    scheme = policy.adopted[0][1]
    shared: _Shared | None = scheme.memo.get(_Shared)
    if shared is None:
        shared = scheme.memo[_Shared] = _Shared(scheme)
    key = shared.key(facts, segments(facts, policy))
    if key is None:
        return obligations(facts, policy, calendar)
    found = shared.found.get(key)
    if found is None:
        if len(shared.found) > MOST_SHARED:
            shared.found.clear()
        found = shared.found[key] = obligations(facts, policy, calendar)
    return found


MOST_SHARED = 10_000


class _Shared:
    """Duties by everything they depend on, where that is little enough to be shared by customers."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.found: dict[object, list[Obligation]] = {}
        floors = [duty.change.either_from * YUAN for duty in scheme.duties if duty.change]
        self.still_below = min(floors, default=1 << 63)
        """Balances below this raise no duty by their changes."""
        self.by_acts = frozenset(
            duty.id for duty in scheme.duties if duty.trigger == "entering" and "score" not in duty.discharge
        )
        """Duties that acts of any day can discharge; all others look only at the first that reached the customer."""
        self.by: By = scheme.duties[0].by[0]

    def key(self, facts: Facts, cut: list[Segment]) -> object | None:
        """What the duties depend on; None where that is more than can be shared."""
        if len(facts.reported) > 1 and max(fen for _, fen in facts.reported) >= self.still_below:
            return None
        since = EVER
        if facts.acts:
            keys = {segment.key for segment in cut}
            if any(self.by_acts.intersection(applicable(self.scheme, key)) for key in keys):
                return None
            reached = (act.day for act in facts.acts if act.discharges(("reached", "visit"), self.by))
            since = next(reached, EVER)
        born = (bool(facts.birthday), bool(facts.lunar_birthday))
        return (born, since, tuple(facts.known.items()), tuple([(segment.start, segment.key) for segment in cut]))


def _row(cid: int, n: int, ob: Obligation, facts: Facts) -> tuple[object, ...]:
    md = 0
    if ob.kind == BIRTHDAY and not facts.lunar_birthday:
        born = date.fromisoformat(facts.birthday)
        md = born.month * 100 + born.day
    return (
        cid, n, ob.duty, ob.kind, ob.key, ob.start, ob.end, ob.since, ob.by, ob.opens, ob.due, ob.ends,
        ob.done_on, ob.done_by, ob.staff_id, msgspec.msgpack.encode(ob.basis) if ob.basis else b"", md,
    )  # fmt: skip


def _gaps(cid: int, outlet: str, facts: Facts, owed: list[Obligation], policy: Policy) -> Iterator[tuple[object, ...]]:
    """Where a duty may fall to the outlet manager or the department: days on which no seat is sure to owe it.

    Wider than needed is harmless: who owes is decided when the queue is read (domain/responsibility.py). What ended
    is asked for later too, so days after an obligation count.
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
        sure = [] if by.together else [(s.start, s.end) for s in facts.seats if _sure(s, by, scheme)]
        manager += [(max(start, ob.start), end) for start, end in _free(sure) if end > ob.start]
    for start, end in _merged(manager):
        yield cid, f"@{outlet}", start, end
    for start, end in _merged(department):
        yield cid, DEPARTMENT, start, end


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
