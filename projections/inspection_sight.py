"""What of the inspections somebody may see: while one runs, its sample is for those who inspect (domain/inspection.py).

Asked of the present, whatever moment is looked at: who looks back is who she is now.
"""

from collections.abc import Iterable
from sqlite3 import Cursor
from typing import Any

import msgspec

from guanhu.domain.errors import Refused
from guanhu.domain.events import Event
from guanhu.domain.inspection import INSPECTING, sees_finding, sees_sample
from guanhu.projections.posts import posts_held
from guanhu.projections.projection import marks

WITHHELD = "inspection_withheld"
"""The code of an event of a history that is told without what it says (projections/history_words.py)."""


class Sight(msgspec.Struct, frozen=True):
    """Who looks ("" for nobody), with (role, outlet) of the posts held; `over`: the inspections that are over.

    `running`: the number of the first inspection that runs, and the position at which it was opened. `inspecting`: who
    may have looked at its sample since.
    """

    staff_id: str
    posts: tuple[tuple[str, str], ...]
    over: frozenset[str]
    running: tuple[str, int] | None = None
    inspecting: frozenset[str] = frozenset()

    def sample(self, number: str) -> bool:
        """Whether sample, worksheets and report of an inspection are shown."""
        return sees_sample(self.posts, closed=number in self.over)

    def finding(self, number: str, staff: str, outlet: str) -> bool:
        """Whether a finding is shown that concerns a member of staff and an outlet."""
        return sees_finding(self.staff_id, self.posts, staff, outlet, closed=number in self.over)


def sight_of(cursor: Cursor, staff_id: str, day: int) -> Sight:
    """What a member of staff may see by the posts of a day (an ordinal)."""
    over = frozenset(row[0] for row in cursor.execute("SELECT id FROM inspection WHERE closed IS NOT NULL"))
    first = cursor.execute(
        "SELECT id, position, day FROM inspection WHERE closed IS NULL ORDER BY position LIMIT 1"
    ).fetchone()
    posts = tuple(posts_held(cursor, staff_id, day))
    if first is None:
        return Sight(staff_id, posts, over)
    roles = sorted(INSPECTING)
    people = cursor.execute(f"SELECT staff FROM post WHERE role IN ({marks(roles)}) AND end > ?", (*roles, first[2]))
    return Sight(staff_id, posts, over, first[:2], frozenset(row[0] for row in people))


def looks_kept_back(sight: Sight | None) -> tuple[int, list[str]] | None:
    """Whose looks, recorded after which position, are not to be seen; None where all are.

    While an inspection runs, what those who inspect open tells what was drawn. One's own looks are always shown.
    """
    if sight is None or sight.running is None or sees_sample(sight.posts, closed=False):
        return None
    people = sorted(sight.inspecting - {sight.staff_id})
    return (sight.running[1], people) if people else None


def hidden_looks(cursor: Cursor, sight: Sight | None) -> frozenset[int]:
    """The positions of the looks that are not to be seen."""
    if (kept := looks_kept_back(sight)) is None:
        return frozenset()
    since, people = kept
    rows = cursor.execute(f"SELECT position FROM look WHERE position > ? AND by IN ({marks(people)})", (since, *people))
    return frozenset(row[0] for row in rows)


def check_to_be_taken(cursor: Cursor, events: Iterable[tuple[int, Event]], sight: Sight) -> None:
    """Refused("inspection_running") where an event of a running inspection, or of who looks into it, is not to be seen.

    An entry that leaves the book with its proof leaves it whole, so it can't be told without what it says.
    """
    hidden = hidden_looks(cursor, sight)
    for position, event in events:
        if (instead := withheld(cursor, event, sight)) is not None:
            raise Refused("inspection_running", **instead)
        if position in hidden and sight.running is not None:
            raise Refused("inspection_running", inspection=sight.running[0])


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
