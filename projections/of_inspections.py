"""Inspections as the read model keeps them: their scope and sample, worksheets, findings and what was answered."""

from guanhu.domain.events import TOPIC_OF, Event
from guanhu.domain.inspection import (
    AnswerJudged,
    FindingAnswered,
    FindingRaised,
    FindingWithdrawn,
    InspectionClosed,
    InspectionOpened,
    WorksheetFilled,
)
from guanhu.projections.of_work import seconds
from guanhu.projections.projection import Projection, projects, trace


def told(p: Projection, event: Event, customer_no: str, text: bytes) -> str:
    """A text of an inspection: opened with the customer's key where it is of one customer, else as it stands."""
    if not text or not customer_no:
        return text.decode()
    (plain,) = p.opened([(customer_no, text)], TOPIC_OF[type(event)])
    return plain.decode() if plain is not None else ""


def _customer(p: Projection, customer_no: str, position: int) -> int:
    """The id of the customer whom a text is of, 0 for none; their history tells of the event."""
    if not customer_no:
        return 0
    cid = p.id(customer_no)
    trace(p, [(cid, position)])
    return cid


@projects(InspectionOpened)
def opened(p: Projection, position: int, event: InspectionOpened) -> None:
    """The scope, the strata and the sample."""
    scope = event.scope
    p.cursor.execute(
        f"INSERT INTO inspection VALUES ({'?, ' * 19}NULL, '', '', '')",
        (
            event.inspection, event.title, scope.subject, scope.outlet, scope.staff_id, scope.first.toordinal(),
            scope.last.toordinal(), " ".join(scope.kinds), event.position, event.root, event.checkpoint, event.seed,
            event.size, sum(stratum.size for stratum in event.strata), event.digest, event.occurred_on.toordinal(),
            event.by, seconds(event.recorded_at), position,
        ),
    )  # fmt: skip
    p.cursor.executemany(
        "INSERT INTO inspection_stratum VALUES (?, ?, ?, ?, ?)",
        [(event.inspection, each.tier, each.staff_id, each.size, each.taken) for each in event.strata],
    )
    ids = p.ids(unit.customer_no for unit in event.items)
    p.cursor.executemany(
        "INSERT INTO inspection_item VALUES (?, ?, ?, ?, ?, ?, ?, '', '', '', NULL, '', 0)",
        [
            (event.inspection, n, unit.key, ids[unit.customer_no], unit.tier, unit.staff_id, unit.aum_fen)
            for n, unit in enumerate(event.items, 1)
        ],
    )
    trace(p, [(cid, position) for cid in {ids[unit.customer_no] for unit in event.items}])


@projects(WorksheetFilled)
def filled(p: Projection, position: int, event: WorksheetFilled) -> None:
    """The worksheet that was filled in last counts."""
    cid = _customer(p, event.customer_no, position)
    checks, remark = " ".join(event.checks), told(p, event, event.customer_no, event.remark)
    day = event.occurred_on.toordinal()
    p.cursor.execute(
        "INSERT INTO inspection_sheet VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (position, event.inspection, event.item, cid, event.verdict, checks, remark, day, event.by),
    )
    p.cursor.execute(
        "UPDATE inspection_item SET verdict = ?, checks = ?, remark = ?, filled_on = ?, filled_by = ?, filled = ?"
        " WHERE inspection = ? AND key = ?",
        (event.verdict, checks, remark, day, event.by, position, event.inspection, event.item),
    )


@projects(FindingRaised)
def raised(p: Projection, position: int, event: FindingRaised) -> None:
    """A finding waits for its answer; it is told in the history of each customer it rests on."""
    cid = _customer(p, event.customer_no, position)
    trace(p, [(p.id(each), position) for each in event.customers])
    p.cursor.execute(
        "INSERT INTO inspection_finding VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'raised', '', ?)",
        (
            event.inspection, event.finding, event.grade, event.kind, cid,
            told(p, event, event.customer_no, event.text), " ".join(map(str, event.entries)),
            " ".join(event.customers), event.outlet, event.staff_id, event.due_on.toordinal(),
            event.occurred_on.toordinal(), event.by, position,
        ),
    )  # fmt: skip


def _stands(p: Projection, event: FindingWithdrawn | FindingAnswered | AnswerJudged, state: str) -> None:
    p.cursor.execute(
        "UPDATE inspection_finding SET state = ? WHERE inspection = ? AND n = ?",
        (state, event.inspection, event.finding),
    )


@projects(FindingWithdrawn)
def withdrawn(p: Projection, position: int, event: FindingWithdrawn) -> None:
    """The finding does not stand."""
    _customer(p, event.customer_no, position)
    _stands(p, event, "withdrawn")
    p.cursor.execute(
        "UPDATE inspection_finding SET withdrawn = ? WHERE inspection = ? AND n = ?",
        (told(p, event, event.customer_no, event.reason), event.inspection, event.finding),
    )


@projects(FindingAnswered)
def answered(p: Projection, position: int, event: FindingAnswered) -> None:
    """The outlet's answer waits to be judged."""
    cid = _customer(p, event.customer_no, position)
    _stands(p, event, "answered")
    p.cursor.execute(
        "INSERT INTO inspection_answer VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, '', '')",
        (
            position, event.inspection, event.finding, cid, told(p, event, event.customer_no, event.text),
            told(p, event, event.customer_no, event.done), event.occurred_on.toordinal(), event.by,
        ),
    )  # fmt: skip


@projects(AnswerJudged)
def judged(p: Projection, position: int, event: AnswerJudged) -> None:
    """The last answer is accepted or sent back."""
    _customer(p, event.customer_no, position)
    _stands(p, event, "accepted" if event.accepted else "sent_back")
    p.cursor.execute(
        "UPDATE inspection_answer SET accepted = ?, judged_on = ?, judged_by = ?, note = ? WHERE position ="
        " (SELECT max(position) FROM inspection_answer WHERE inspection = ? AND finding = ?)",
        (
            event.accepted, event.occurred_on.toordinal(), event.by, told(p, event, event.customer_no, event.note),
            event.inspection, event.finding,
        ),
    )  # fmt: skip


@projects(InspectionClosed)
def closed(p: Projection, position: int, event: InspectionClosed) -> None:
    """The inspection is over."""
    p.cursor.execute(
        "UPDATE inspection SET closed = ?, closed_by = ?, conclusion = ?, unfinished = ? WHERE id = ?",
        (event.occurred_on.toordinal(), event.by, event.conclusion, event.unfinished, event.inspection),
    )
