"""What of the inspections somebody may see: while one runs, its sample is for those who inspect (domain/inspection.py).

Asked of the present, whatever moment is looked at: who looks back is who she is now.
"""

from sqlite3 import Cursor
from typing import Any

import msgspec

from guanhu.domain.events import Event
from guanhu.domain.inspection import sees_finding, sees_sample

WITHHELD = "inspection_withheld"
"""The code of an event of a history that is told without what it says (projections/history_words.py)."""


class Sight(msgspec.Struct, frozen=True):
    """Who looks ("" for nobody), with (role, outlet) of the posts held; `over`: the inspections that are over."""

    staff_id: str
    posts: tuple[tuple[str, str], ...]
    over: frozenset[str]

    def sample(self, number: str) -> bool:
        """Whether sample, worksheets and report of an inspection are shown."""
        return sees_sample(self.posts, closed=number in self.over)

    def finding(self, number: str, staff: str, outlet: str) -> bool:
        """Whether a finding is shown that concerns a member of staff and an outlet."""
        return sees_finding(self.staff_id, self.posts, staff, outlet, closed=number in self.over)


def sight_of(cursor: Cursor, staff_id: str, day: int) -> Sight:
    """What a member of staff may see by the posts of a day (an ordinal)."""
    posts = cursor.execute(
        "SELECT role, outlet FROM post WHERE staff = ? AND start <= ? AND end > ?", (staff_id, day, day)
    ).fetchall()
    over = frozenset(row[0] for row in cursor.execute("SELECT id FROM inspection WHERE closed IS NOT NULL"))
    return Sight(staff_id, tuple(posts), over)


def withheld(cursor: Cursor, event: Event, sight: Sight | None) -> dict[str, Any] | None:
    """What is told in place of an event of an inspection that is not to be seen; None where it is told as it is.

    `sight` None sees everything.
    """
    number: str = getattr(event, "inspection", "")
    if not number or sight is None or sight.sample(number):
        return None
    if finding := getattr(event, "finding", None):
        row = cursor.execute(
            "SELECT staff, outlet FROM inspection_finding WHERE inspection = ? AND n = ?", (number, finding)
        ).fetchone()
        if row is not None and sight.finding(number, *row):
            return None
    return {"inspection": number}
