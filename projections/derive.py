"""The duties of customers, derived from their facts and kept as rows, so that a queue is one indexed read."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from sqlite3 import Cursor

from guanhu.domain.scheme import Policy
from guanhu.projections.alike import Alike, Shape
from guanhu.projections.alike_people import Held, people
from guanhu.projections.gaps import DEPARTMENT
from guanhu.projections.projection import ASKED_AT_ONCE, Projection, chunks, marks

FEW = 20
"""Customers of whom it does not pay to look for others who are alike: an act's."""
PLACEHOLDERS = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"


def derive(p: Projection, ids: Sequence[int], policy: Policy) -> None:
    """Make the duty rows of these customers anew."""
    alike = Alike.under(policy, p.calendar)
    for part in chunks(sorted(ids), ASKED_AT_ONCE):
        made = _Made()
        if len(part) < FEW:
            for cid, outlet, facts in alike.facts(p.cursor, part):
                made.add(cid, outlet, facts.birthday, facts.lunar_birthday, alike.shape(facts))
        else:
            made.add_all(p.cursor, alike, part)
        _write_changed(p, part, made.rows, made.gaps)


def derive_first(p: Projection, ids: Sequence[int], policy: Policy, held: Mapping[int, Held]) -> None:
    """Make the duty rows of customers (ids ascending) who have none yet, and whose accounts were written just now."""
    made = _Made()
    made.add_all(p.cursor, Alike.under(policy, p.calendar), ids, held)
    _write(p, made.rows, made.gaps)


Row = tuple[object, ...]


class _Made:
    """Rows of duties and of gaps under way."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.gaps: list[Row] = []

    def add_all(
        self, cursor: Cursor, alike: Alike, ids: Sequence[int], held: Mapping[int, Held] | None = None
    ) -> None:
        """The rows of many customers, whose ids ascend."""
        found = people(cursor, ids, held)
        owed = alike.owed(cursor, found)
        for person in found:
            self.add(person.id, person.outlet, person.birthday, person.lunar_birthday, owed[person.id])

    def add(self, cid: int, outlet: str, birthday: str, lunar_birthday: str, shape: Shape) -> None:
        """The rows of one customer."""
        md = 0
        if birthday and not lunar_birthday:
            born = date.fromisoformat(birthday)
            md = born.month * 100 + born.day
        for columns, of_birthday in shape.rows:
            self.rows.append((cid, *columns, md if of_birthday else 0))
        for of_department, start, end in shape.gaps:
            self.gaps.append((cid, DEPARTMENT if of_department else f"@{outlet}", start, end))


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
