"""Whose it is to say who looks after whom: the outlet's manager's, and the department's (SCHEMES.md 1, assignment).

It is told, and refused to nobody: who acts is what a command says of itself, and a branch may leave it to others.
"""

from datetime import date
from sqlite3 import Cursor

from guanhu.projections.posts import posts_on


def assigners_beside(cursor: Cursor, staff_id: str, outlet: str | None, day: date) -> tuple[str, ...]:
    """Those whose it is at an outlet (None: at all), where it is not this member of staff's; else ().

    A stand-in may what they may whom they stand in for. () too where nobody holds such a post.
    """
    on = day.toordinal()
    posts = posts_on(cursor, on)
    rows = cursor.execute(
        "SELECT DISTINCT post.staff FROM post JOIN staff ON staff.id = post.staff WHERE post.role = 'outlet_manager'"
        " AND outlet = ? AND post.start <= ? AND min(post.end, left) > ?",
        (outlet, on, on),
    )
    theirs = tuple(dict.fromkeys([*(staff for (staff,) in rows), *posts.department]))
    return () if {staff_id, *posts.stood_in_for(staff_id)} & set(theirs) else theirs
