"""What a list of customers can be narrowed by: the tiers of the day, who looks after customers, outlets, tags."""

from datetime import date
from sqlite3 import Cursor

import msgspec

from guanhu.domain.scheme import Scheme
from guanhu.projections.browsing import Browse
from guanhu.projections.posts import posts_on

MOST_TAGS = 200
"""Tags to choose from: those that begin the alphabet, where a book has more."""


class Choices(msgspec.Struct, frozen=True):
    """Ids: `tiers` from high to low, "" the untiered last; `staff` with customers, those of the asker's outlet first.

    `outlet` is the asker's own, "" where they have none. `floors` are those of the tiers in fen, from low to high.
    `tags` are all that any customer bears, in the order of the alphabet.
    """

    tiers: tuple[str, ...]
    staff: tuple[str, ...]
    outlets: tuple[str, ...]
    outlet: str = ""
    floors: tuple[int, ...] = ()
    tags: tuple[str, ...] = ()


def usual(cursor: Cursor, day: date, staff: str) -> Browse:
    """Whom a member of staff looks at first: their own customers, else their outlet's, else all."""
    on = day.toordinal()
    owns = cursor.execute(
        "SELECT 1 FROM care WHERE staff = ? AND start <= ? AND end > ? AND seat <> 'gap' LIMIT 1", (staff, on, on)
    ).fetchone()
    if owns:
        return Browse(owner=staff)
    return Browse(outlet=posts_on(cursor, on).outlets.get(staff, ""))


def choices(cursor: Cursor, scheme: Scheme, day: date, staff: str) -> Choices:
    """What there is to choose from on a day under the scheme in force then."""
    on = day.toordinal()
    outlets = posts_on(cursor, on).outlets
    here = outlets.get(staff, "")
    owning = [
        each
        for (each,) in cursor.execute("SELECT id FROM staff WHERE left > ? ORDER BY id", (on,)).fetchall()
        if cursor.execute(
            "SELECT 1 FROM care WHERE staff = ? AND end > ? AND start <= ? AND seat <> 'gap' LIMIT 1", (each, on, on)
        ).fetchone()
    ]
    owning.sort(key=lambda each: (each != staff, outlets.get(each, "") != here, each))
    codes = [row[0] for row in cursor.execute("SELECT code FROM outlet WHERE closed > ? ORDER BY code", (on,))]
    tiers = (*(tier.id for tier in reversed(scheme.tiers)), "")
    return Choices(tiers, tuple(owning), tuple(codes), here, tuple(scheme.floors), _tags(cursor))


def _tags(cursor: Cursor) -> tuple[str, ...]:
    """Each tag once: the index is leapt along, for a million customers bear few different ones."""
    found: list[str] = []
    last = ""
    while len(found) < MOST_TAGS:
        (tag,) = cursor.execute("SELECT min(tag) FROM tag WHERE tag > ?", (last,)).fetchone()
        if tag is None:
            break
        found.append(tag)
        last = tag
    return tuple(found)
