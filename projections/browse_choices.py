"""What a list of customers can be narrowed by: the tiers of the day, the staff who look after customers, outlets."""

from datetime import date
from sqlite3 import Cursor

import msgspec

from guanhu.projections.browsing import Browse
from guanhu.projections.posts import posts_on


class Choices(msgspec.Struct, frozen=True):
    """Ids: `tiers` from high to low, "" the untiered last; `staff` with customers, those of the asker's outlet first.

    `outlet` is the asker's own, "" where they have none.
    """

    tiers: tuple[str, ...]
    staff: tuple[str, ...]
    outlets: tuple[str, ...]
    outlet: str = ""


def usual(cursor: Cursor, day: date, staff: str) -> Browse:
    """Whom a member of staff looks at first: their own customers, else their outlet's, else all."""
    on = day.toordinal()
    owns = cursor.execute(
        "SELECT 1 FROM care WHERE staff = ? AND start <= ? AND end > ? AND seat <> 'gap' LIMIT 1", (staff, on, on)
    ).fetchone()
    if owns:
        return Browse(owner=staff)
    return Browse(outlet=posts_on(cursor, on).outlets.get(staff, ""))


def choices(cursor: Cursor, tiers: tuple[str, ...], day: date, staff: str) -> Choices:
    """What there is to choose from on a day; `tiers` as the scheme has them, from low to high."""
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
    return Choices((*reversed(tiers), ""), tuple(owning), tuple(codes), here)
