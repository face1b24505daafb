"""The customers of a replay as they stand in its model on the day come to: what the steps compare."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from sqlite3 import Cursor

from guanhu.domain.calendar import Calendar
from guanhu.projections.policy import policy_of
from guanhu.projections.projection import ASKED_AT_ONCE, chunks, marks
from guanhu.projections.replay_state import Picture, duties, pictures

FEW, LOOK_BACK = 50, timedelta(days=100)
"""In what names more than `FEW` customers, of duties that are over only those of the last `LOOK_BACK` are compared."""


class Watch:
    """Pictures of customers by id; those taken last are remembered until somebody touches them."""

    def __init__(self, model: Cursor, calendar: Calendar, hidden: frozenset[int]) -> None:
        """`hidden`: whose personal data are not told."""
        self._model, self._calendar, self._hidden = model, calendar, hidden
        self._known: dict[int, Picture] = {}

    def touched(self, ids: Iterable[int]) -> None:
        """Something of these customers changed."""
        for cid in ids:
            self._known.pop(cid, None)

    def day_passed(self) -> None:
        """Another day: nothing that was seen is sure to stand."""
        self._known.clear()

    def look(self, ids: Sequence[int], day: date | None) -> dict[int, Picture]:
        """All of these customers whom the model knows, on a day; None: before any day, without duties."""
        missing = [cid for cid in ids if cid not in self._known]
        if missing:
            if len(self._known) > ASKED_AT_ONCE:
                self._known.clear()
                missing = list(ids)
            found = pictures(self._model, missing, day.toordinal() if day else 0, self._hidden)
            if day is not None:
                since = day - LOOK_BACK if len(ids) > FEW else None
                for cid, owed in self.duties(missing, day, since).items():
                    found[cid].update(owed)
            self._known.update(found)
        return {cid: self._known[cid] for cid in ids if cid in self._known}

    def duties(self, ids: Sequence[int], day: date, since: date | None) -> dict[int, Picture]:
        """Their duties alone; `since`: of those that are over only the ones of this day or later."""
        policy = policy_of(self._model)
        return duties(self._model, policy, self._calendar, day, ids, since) if policy else {}

    def moved_by_days(self, since: date, day: date) -> tuple[dict[int, Picture], dict[int, Picture]]:
        """Then and now, without duties: customers for whom a seat or mark began or ended after one day, up to another.

        Nobody acted on those days; so only the passing of time can have moved them.
        """
        span = {"since": since.toordinal(), "day": day.toordinal()}
        spans = "(start > :since AND start <= :day OR end > :since AND end <= :day)"
        question = (
            f"SELECT customer_id FROM care WHERE seat <> 'gap' AND {spans}"
            f" UNION SELECT customer_id FROM mark WHERE {spans}"
        )
        moved = [cid for (cid,) in self._model.execute(question, span).fetchall()]
        return (
            pictures(self._model, moved, since.toordinal(), self._hidden),
            pictures(self._model, moved, day.toordinal(), self._hidden),
        )


def hidden_among(cursor: Cursor, ids: Sequence[int]) -> frozenset[int]:
    """Customers who are restricted or erased."""
    found: set[int] = set()
    for part in chunks(ids, ASKED_AT_ONCE):
        question = f"SELECT id FROM customer WHERE id IN ({marks(part)}) AND (restricted = 1 OR erased = 1)"
        found.update(cid for (cid,) in cursor.execute(question, part))
    return frozenset(found)
