"""Whose duties move when acts are logged: of most customers none do, and nothing needs to be derived."""

from collections.abc import Sequence
from sqlite3 import Cursor

from guanhu.domain.acted import Raised, greets_untiered, may_matter, moves, reaches
from guanhu.domain.duties import ONE
from guanhu.domain.facts import Act
from guanhu.domain.scheme import Policy, Scheme
from guanhu.projections.facts_of import act_of
from guanhu.projections.projection import ActRow, Projection, chunks, marks
from guanhu.projections.reached import REACHED_ACT


def moved_by_acts(p: Projection, policy: Policy) -> list[int]:
    """Of the customers for whom this transaction logged acts, those whose rows of duties can differ now.

    Wider than exact, never narrower: under several schemes, and for customers with marks, it is all of them.
    """
    if len(policy.adopted) > 1:
        return list(p.logged)
    scheme = policy.adopted[0][1]
    logged = {cid: [_act(row) for row in rows] for cid, rows in p.logged.items()}
    telling = {cid: [act for act in acts if may_matter(act, scheme)] for cid, acts in logged.items()}
    found: list[int] = []
    for part in chunks([cid for cid, acts in telling.items() if acts], 900):
        raised = _raised(p.cursor, part)
        moved = {cid for cid in part if any(_does(act, raised.get(cid, []), scheme) for act in telling[cid])}
        others = {cid: telling[cid] for cid in part if cid not in moved}
        found += [*moved, *_first_reached(p, others, scheme)]
    return found


def _act(row: ActRow) -> Act:
    position, _, day, kind, _, outcome, _, _, roles, _, _, _, recorded, _, imported, _ = row
    return act_of((day, kind, outcome, roles, position, recorded, imported))


def _does(act: Act, raised: list[Raised], scheme: Scheme) -> bool:
    return any(each is MARKED or moves(act, each, scheme) for each in raised)


def _first_reached(p: Projection, logged: dict[int, list[Act]], scheme: Scheme) -> list[int]:
    """Those whom no earlier act had reached by then, so that festivals may be kept with them from now on."""
    days = {cid: [act.day for act in acts if reaches(act, scheme)] for cid, acts in logged.items()}
    reached = [cid for cid, found in days.items() if found]
    before = _reached_before(p.cursor, reached, p.start)
    first = [cid for cid in reached if cid not in before or min(days[cid]) < before[cid]]
    if not first or greets_untiered(scheme):
        return first
    question = f"SELECT DISTINCT customer_id FROM tier_move WHERE customer_id IN ({marks(first)})"
    return [cid for (cid,) in p.cursor.execute(question, first).fetchall()]


MARKED: Raised = ("", 0, 0, None)
"""Stands for a mark among what was raised: silent days can hide a row on which others depend."""


def _raised(cursor: Cursor, part: Sequence[int]) -> dict[int, list[Raised]]:
    """What was raised once for each of these customers."""
    found: dict[int, list[Raised]] = {}
    listed = marks(part)
    for cid, duty, *days in cursor.execute(
        f"SELECT customer_id, duty, opens, ends, done_on FROM obligation WHERE customer_id IN ({listed})"
        f" AND kind = '{ONE}' UNION ALL SELECT customer_id, '', 0, 0, 0 FROM mark WHERE customer_id IN ({listed})",
        [*part, *part],
    ):
        found.setdefault(cid, []).append((duty, *days) if duty else MARKED)
    return found


def _reached_before(cursor: Cursor, part: Sequence[int], last: int) -> dict[int, int]:
    """The first day on which each of these customers had been reached, by acts up to a position."""
    return dict(
        cursor.execute(
            f"SELECT customer_id, min(day) FROM act WHERE customer_id IN ({marks(part)}) AND position <= ?"
            f" AND {REACHED_ACT} GROUP BY customer_id",
            [*part, last],
        ).fetchall()
    )
