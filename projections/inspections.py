"""Inspections as they stand: which there are, how far each has come, and what was found and answered."""

from collections.abc import Sequence
from datetime import date
from sqlite3 import Cursor

import msgspec

from guanhu.domain.errors import NotFound
from guanhu.domain.inspection import SETTLED, FindingState, Scope, State, state_of
from guanhu.domain.paging import paged
from guanhu.projections.inspection_sight import Sight


class InspectionLine(msgspec.Struct, frozen=True):
    """An inspection in a list. `sampled`, `filled`: items, and worksheets of them.

    `wrong`: verdicts that say doubtful or untrue, `cannot_tell`: those that can't tell; both None where who looks may
    not see the worksheets yet.

    `findings`: those not withdrawn; `unsettled`, `overdue`: of these. Overdue is what is due before the day asked about
    and waits for the outlet's answer.
    """

    inspection: str
    title: str
    state: State
    scope: Scope
    opened_on: date
    by: str
    sampled: int
    filled: int
    wrong: int | None
    cannot_tell: int | None
    findings: int
    unsettled: int
    overdue: int
    closed_on: date | None


class Answer(msgspec.Struct, frozen=True):
    """What the outlet said to a finding, and what was done; `accepted` None while nobody has judged it."""

    position: int
    text: str
    done: str
    on: date
    by: str
    accepted: bool | None
    judged_on: date | None
    judged_by: str
    note: str


class Finding(msgspec.Struct, frozen=True):
    """A finding; `reason`: why it was withdrawn. Texts of restricted and erased customers are ""."""

    n: int
    position: int
    grade: str
    kind: str
    state: FindingState
    text: str
    entries: tuple[int, ...]
    customers: tuple[str, ...]
    outlet: str
    staff: str
    due: date
    overdue: bool
    on: date
    by: str
    reason: str
    answers: tuple[Answer, ...]


def inspections(
    cursor: Cursor, day: date, *, states: Sequence[str] = (), limit: int = 0, offset: int = 0,
    sight: Sight | None = None,
) -> tuple[int, list[InspectionLine]]:  # fmt: skip
    """How many inspections there are in these states (() is all), and those of the page, the newest first.

    `sight`: who looks; None sees everything.
    """
    rows = cursor.execute("SELECT id FROM inspection ORDER BY position DESC").fetchall()
    lines = [line_seen(inspection_line(cursor, number, day), sight) for (number,) in rows]
    found = [line for line in lines if not states or line.state in states]
    return len(found), paged(found, limit, offset)


def inspection_line(cursor: Cursor, number: str, day: date) -> InspectionLine:
    """One inspection; NotFound("unknown_inspection")."""
    row = cursor.execute(
        "SELECT title, subject, outlet, staff, first, last, kinds, day, by, closed FROM inspection WHERE id = ?",
        (number,),
    ).fetchone()
    if row is None:
        raise NotFound("unknown_inspection", inspection=number)
    title, subject, outlet, staff, first, last, kinds, opened, by, closed = row
    sampled, filled, wrong, cannot_tell = cursor.execute(
        "SELECT count(*), sum(filled > 0), sum(verdict IN ('doubtful', 'false')), sum(verdict = 'cannot_tell')"
        " FROM inspection_item WHERE inspection = ?",
        (number,),
    ).fetchone()
    states = cursor.execute("SELECT state, due FROM inspection_finding WHERE inspection = ?", (number,)).fetchall()
    unsettled = sum(state not in SETTLED for state, _ in states)
    to_judge = sum(state == "answered" for state, _ in states)
    overdue = sum(is_overdue(state, due, day) for state, due in states)
    scope = Scope(subject, outlet, staff, date.fromordinal(first), date.fromordinal(last), tuple(kinds.split()))
    state = state_of(
        closed=closed is not None, sheets_left=sampled - filled, answers_left=unsettled - to_judge,
        judgements_left=to_judge,
    )  # fmt: skip
    standing = sum(state != "withdrawn" for state, _ in states)
    return InspectionLine(
        number, title, state, scope, date.fromordinal(opened), by, sampled, filled, wrong, cannot_tell,
        standing, unsettled, overdue, date.fromordinal(closed) if closed is not None else None,
    )  # fmt: skip


def line_seen(line: InspectionLine, sight: Sight | None) -> InspectionLine:
    """The line as who looks may see it."""
    if sight is None or sight.sample(line.inspection):
        return line
    return msgspec.structs.replace(line, wrong=None, cannot_tell=None)


def is_overdue(state: str, due: int, day: date) -> bool:
    """Whether a finding's day is past and the outlet owes the answer."""
    return state in ("raised", "sent_back") and due < day.toordinal()


def findings(cursor: Cursor, number: str, day: date) -> list[Finding]:
    """The findings of an inspection in the order in which they were raised."""
    answers = _answers(cursor, number)
    rows = cursor.execute(
        "SELECT n, inspection_finding.position, grade, kind, state, text, entries, customers,"
        " inspection_finding.outlet, staff, due, day, by, withdrawn, coalesce(restricted, 0) FROM inspection_finding"
        " LEFT JOIN customer ON id = customer_id WHERE inspection = ? ORDER BY n",
        (number,),
    )
    return [
        Finding(
            n, position, grade, kind, state, _shown(text, hidden), tuple(map(int, entries.split())),
            tuple(customers.split()), outlet, staff, date.fromordinal(due), is_overdue(state, due, day),
            date.fromordinal(on), by, _shown(reason, hidden), tuple(answers.get(n, ())),
        )
        for (n, position, grade, kind, state, text, entries, customers, outlet, staff, due, on, by, reason, hidden)
        in rows.fetchall()
    ]  # fmt: skip


def _answers(cursor: Cursor, number: str) -> dict[int, list[Answer]]:
    rows = cursor.execute(
        "SELECT finding, inspection_answer.position, text, done, day, by, accepted, judged_on, judged_by, note,"
        " coalesce(restricted, 0) FROM inspection_answer LEFT JOIN customer ON id = customer_id WHERE inspection = ?"
        " ORDER BY inspection_answer.position",
        (number,),
    )
    found: dict[int, list[Answer]] = {}
    for finding, position, text, done, on, by, accepted, judged_on, judged_by, note, hidden in rows:
        found.setdefault(finding, []).append(
            Answer(
                position, _shown(text, hidden), _shown(done, hidden), date.fromordinal(on), by,
                None if accepted is None else bool(accepted),
                date.fromordinal(judged_on) if judged_on is not None else None, judged_by, _shown(note, hidden),
            )
        )  # fmt: skip
    return found


def _shown(text: str, hidden: bool) -> str:
    return "" if hidden else text
