"""Who holds which post on a day, who stands in for whom, and where the managers are."""

from sqlite3 import Cursor

import msgspec


def roles_on(cursor: Cursor, staff_id: str, day: int) -> frozenset[str]:
    """The roles a member of staff holds on a day."""
    rows = cursor.execute(
        "SELECT DISTINCT role FROM post WHERE staff = ? AND start <= ? AND end > ?", (staff_id, day, day)
    )
    return frozenset(row[0] for row in rows)


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


def posts_on(cursor: Cursor, day: int) -> Posts:
    """The posts of a day; the manager of an outlet is the first appointed."""
    roles: dict[str, set[str]] = {}
    outlets: dict[str, str] = {}
    managers: dict[str, str] = {}
    department: list[str] = []
    rows = cursor.execute(
        "SELECT post.staff, role, outlet FROM post JOIN staff ON staff.id = post.staff"
        " WHERE post.start <= ? AND post.end > ? AND left > ? ORDER BY post.start, post.position",
        (day, day, day),
    )
    for staff, role, outlet in rows:
        roles.setdefault(staff, set()).add(role)
        outlets.setdefault(staff, outlet)
        if role == "outlet_manager":
            managers.setdefault(outlet, staff)
        if role == "department":
            department.append(staff)
    return Posts(
        {staff: frozenset(held) for staff, held in roles.items()},
        outlets,
        managers,
        tuple(department),
        dict(cursor.execute("SELECT id, name FROM staff").fetchall()),
        dict(cursor.execute("SELECT staff, stand_in FROM leave WHERE first <= ? AND last >= ?", (day, day)).fetchall()),
    )
