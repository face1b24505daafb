"""Staff and outlets on a day: who holds which posts, is away, looks after how many customers."""

from collections import Counter, defaultdict
from datetime import date
from sqlite3 import Cursor
from typing import Any

import msgspec

from guanhu.projections.policy import policy_of
from guanhu.projections.posts import posts_on


class Member(msgspec.Struct, frozen=True):
    """A member of staff on a day; `posts` are (role, outlet), `outlet` that of the first post ("" without one).

    `stand_in` is who stands in while they are away, "" while they are there; `stands_in_for` whom they stand in for.
    `capacity`: customers that the posts together can look after, 0 where no post counts them.
    """

    staff_id: str
    name: str
    login: str
    posts: tuple[tuple[str, str], ...]
    outlet: str
    left: bool
    stand_in: str
    stands_in_for: tuple[str, ...]
    customers: int
    system_customers: int
    capacity: int


class OutletRow(msgspec.Struct, frozen=True):
    """An outlet on a day; `manager` is the staff id of its manager, "" where there is none."""

    outlet: str
    name: str
    closed: bool
    manager: str
    staff: int
    customers: int


def staff_list(cursor: Cursor, day: date, outlet: str | None = None, *, left: bool = False) -> list[Member]:
    """Staff in order of id, of one outlet or all; those who left too where asked for."""
    on = day.toordinal()
    posts = _posts(cursor, on)
    away = posts_on(cursor, on)
    policy = policy_of(cursor)
    capacities = {role.id: role.capacity for role in policy.on(day).roles} if policy else {}
    people = [
        row
        for row in cursor.execute("SELECT id, name, login, left FROM staff ORDER BY id").fetchall()
        if (left or row[3] > on) and (outlet is None or any(at == outlet for _, at in posts[row[0]]))
    ]
    result = []
    for staff_id, name, login, until in people:
        held = tuple(posts[staff_id])
        owned = _counts(cursor, staff_id, on)
        result.append(
            Member(
                staff_id, name, login, held, held[0][1] if held else "", until <= on, away.away.get(staff_id, ""),
                away.stood_in_for(staff_id), owned.get("owner", 0), owned.get("system", 0),
                sum(capacities.get(role, 0) for role in {role for role, _ in held}),
            )
        )  # fmt: skip
    return result


def _posts(cursor: Cursor, on: int) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for staff, role, outlet in cursor.execute(
        "SELECT staff, role, outlet FROM post WHERE start <= ? AND end > ? ORDER BY start, position", (on, on)
    ):
        found[staff].append((role, outlet))
    return found


def _counts(cursor: Cursor, staff_id: str, on: int) -> dict[str, int]:
    """Customers by seat."""
    rows: list[Any] = cursor.execute(
        "SELECT seat, count(DISTINCT customer_id) FROM care WHERE staff = ? AND end > ? AND start <= ? GROUP BY seat",
        (staff_id, on, on),
    ).fetchall()
    return dict(rows)


def outlet_of(cursor: Cursor, staff_id: str, day: date) -> str:
    """The outlet of a member of staff on a day, else the first that is not closed; "" in a book without outlets."""
    if own := posts_on(cursor, day.toordinal()).outlets.get(staff_id, ""):
        return own
    row = cursor.execute("SELECT min(code) FROM outlet WHERE closed > ?", (day.toordinal(),)).fetchone()
    return row[0] or ""


def outlet_list(cursor: Cursor, day: date) -> list[OutletRow]:
    """All outlets in order of code, closed ones too, with their staff of the day and the customers they have now."""
    on = day.toordinal()
    customers = dict(cursor.execute("SELECT outlet, count(*) FROM customer GROUP BY outlet").fetchall())
    posts = posts_on(cursor, on)
    # Whoever has posts at two outlets is one person, counted where they were appointed first.
    staff = Counter(posts.outlets.values())
    return [
        OutletRow(code, name, closed <= on, posts.managers.get(code, ""), staff[code], customers.get(code, 0))
        for code, name, closed in cursor.execute("SELECT code, name, closed FROM outlet ORDER BY code").fetchall()
    ]
