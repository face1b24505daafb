"""By whose seats a duty is owed: today's while it can be done, those of its last day once it is missed.

So nobody answers for what was missed before a customer came to them, and nobody is rid of it by a handover (DESIGN 6:
a past period is judged on its last day).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from guanhu.domain.responsibility import Care
from guanhu.projections.day import Day, open_day
from guanhu.projections.gaps import DEPARTMENT
from guanhu.projections.projection import marks


class OwedThen:
    """The days on which duties of one list were owed last, each opened once."""

    def __init__(self, at: Day) -> None:
        self._at = at
        self._days = {at.ordinal: at}

    def on(self, ordinal: int) -> Day:
        """The book as it was on a day."""
        if ordinal not in self._days:
            at = self._at
            self._days[ordinal] = open_day(at.cursor, at.policy, at.calendar, date.fromordinal(ordinal))
        return self._days[ordinal]

    def care(self, owed: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Care]:
        """Who looked after customers, each asked and answered as (customer, day)."""
        by_day: dict[int, dict[int, None]] = defaultdict(dict)
        for cid, day in owed:
            by_day[day][cid] = None
        return {
            (cid, day): care for day, ids in by_day.items() for cid, care in self.on(day).care(list(ids)).items()
        }


def seat_keys(at: Day, staff_id: str, *, ever: bool) -> list[str]:
    """Under which names rows of `care` can fall to a member of staff: theirs, those they stand in for, their posts'.

    `ever`: by the posts too that any of them once held.
    """
    posts = at.posts
    people = [staff_id, *posts.stood_in_for(staff_id)]
    keys = list(people)
    for person in people:
        keys += [f"@{outlet}" for outlet, manager in posts.managers.items() if manager == person]
        if person in posts.department:
            keys.append(DEPARTMENT)
    return list(dict.fromkeys([*keys, *(_posts_ever(at, people) if ever else ())]))


def _posts_ever(at: Day, people: Sequence[str]) -> list[str]:
    rows = at.cursor.execute(
        "SELECT DISTINCT role, outlet FROM post WHERE role IN ('outlet_manager', 'department')"
        f" AND staff IN ({marks(people)}) AND start <= ?",
        (*people, at.ordinal),
    )
    return [DEPARTMENT if role == "department" else f"@{outlet}" for role, outlet in rows]
