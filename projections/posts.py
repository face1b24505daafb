"""Who holds which post on a day, who stands in for whom, and where the managers are."""

from bisect import bisect_right
from sqlite3 import Cursor

import msgspec

from guanhu.domain.errors import NotFound


def roles_on(cursor: Cursor, staff_id: str, day: int) -> frozenset[str]:
    """The roles a member of staff holds on a day."""
    rows = cursor.execute(
        "SELECT DISTINCT role FROM post WHERE staff = ? AND start <= ? AND end > ?", (staff_id, day, day)
    )
    return frozenset(row[0] for row in rows)


def posts_held(cursor: Cursor, staff_id: str, day: int) -> list[tuple[str, str]]:
    """(role, outlet) of the posts a member of staff holds on a day."""
    return cursor.execute(
        "SELECT role, outlet FROM post WHERE staff = ? AND start <= ? AND end > ?", (staff_id, day, day)
    ).fetchall()


class Posts(msgspec.Struct, frozen=True):
    """All posts as they are on one day: small enough to be held whole while a list is made."""

    roles: dict[str, frozenset[str]]
    outlets: dict[str, str]
    managers: dict[str, str]
    department: tuple[str, ...]
    names: dict[str, str]
    away: dict[str, str]

    def roles_of(self, staff_id: str) -> frozenset[str]:
        """The roles of a member of staff."""
        return self.roles.get(staff_id, frozenset())

    def stood_in_for(self, staff_id: str) -> tuple[str, ...]:
        """Those for whom this member of staff stands in."""
        return tuple(sorted(away for away, stand_in in self.away.items() if stand_in == staff_id))


class Staffing(msgspec.Struct, frozen=True):
    """Everything that the posts of any day are made of; `turns`: the days on which any of it changes, in order."""

    posts: list[tuple[str, str, str, int, int]]
    names: dict[str, str]
    leaves: list[tuple[str, str, int, int]]
    turns: list[int]

    def since(self, day: int) -> int:
        """Since which day the posts are those of this one: the same number for all days on which they are the same."""
        at = bisect_right(self.turns, day)
        return self.turns[at - 1] if at else 0


def staffing(cursor: Cursor) -> Staffing:
    """Posts as (staff, role, outlet, start, end), in the order of appointment; names; days away."""
    posts = cursor.execute(
        "SELECT post.staff, role, outlet, post.start, min(post.end, left) FROM post JOIN staff ON staff.id = post.staff"
        " ORDER BY post.start, post.position"
    )
    held = posts.fetchall()
    leaves = cursor.execute("SELECT staff, stand_in, first, last FROM leave").fetchall()
    turns = {day for post in held for day in post[3:]}.union(*((first, last + 1) for _, _, first, last in leaves))
    names = dict(cursor.execute("SELECT id, name FROM staff").fetchall())
    return Staffing(held, names, leaves, sorted(turns))


def posts_on(cursor: Cursor, day: int) -> Posts:
    """The posts of a day; the manager of an outlet is the first appointed."""
    return posts_of(staffing(cursor), day)


def posts_of(known: Staffing, day: int) -> Posts:
    """The same from what was read before."""
    roles: dict[str, frozenset[str]] = {}
    outlets: dict[str, str] = {}
    managers: dict[str, str] = {}
    department: list[str] = []
    one = {role: frozenset((role,)) for role in {post[1] for post in known.posts}}
    for staff, role, outlet, start, end in known.posts:
        if not start <= day < end:
            continue
        held = roles.get(staff)
        roles[staff] = one[role] if held is None else held | one[role]
        outlets.setdefault(staff, outlet)
        if role == "outlet_manager":
            managers.setdefault(outlet, staff)
        if role == "department":
            department.append(staff)
    away = {staff: stand_in for staff, stand_in, first, last in known.leaves if first <= day <= last}
    return Posts(roles, outlets, managers, tuple(department), known.names, away)


def check_known(cursor: Cursor, *, staff: str = "", outlet: str = "") -> None:
    """NotFound("unknown_staff", "unknown_outlet") for what the book does not know; "" is not looked for.

    Without it a wrong name would be answered with an empty list, as if there were nothing to do.
    """
    if outlet and cursor.execute("SELECT 1 FROM outlet WHERE code = ?", (outlet,)).fetchone() is None:
        raise NotFound("unknown_outlet", outlet=outlet)
    if staff and cursor.execute("SELECT 1 FROM staff WHERE id = ?", (staff,)).fetchone() is None:
        raise NotFound("unknown_staff", staff_id=staff)


def customers_owned(cursor: Cursor, staff: str, day: int) -> int:
    """How many customers a member of staff owns on a day."""
    found: int = cursor.execute(
        "SELECT count(DISTINCT customer_id) FROM care WHERE staff = ? AND end > ? AND start <= ? AND seat = 'owner'",
        (staff, day, day),
    ).fetchone()[0]
    return found
