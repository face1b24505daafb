"""The book as it is on one date: posts, tiers, balances, seats, by which every list of that date is made."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from sqlite3 import Cursor

import msgspec

from guanhu.domain.balances import carried, steps, unpack
from guanhu.domain.calendar import Calendar
from guanhu.domain.responsibility import Care
from guanhu.domain.scheme import Policy, Scheme
from guanhu.projections.by_number import customer_outlets
from guanhu.projections.posts import Posts, Staffing, posts_of, staffing
from guanhu.projections.projection import chunks, marks, read_book

Figure = tuple[str, str, str | None, int | None]
"""(customer_no, name, tier, AUM in fen)."""


class Day(msgspec.Struct, frozen=True):
    """One date of the book; `provisional` when it is after the book's day, so that nothing was decided on it yet."""

    cursor: Cursor
    policy: Policy
    calendar: Calendar
    date: date
    ordinal: int
    scheme: Scheme
    posts: Posts
    provisional: bool

    def figures(self, ids: Sequence[int]) -> dict[int, Figure]:
        """Number, name, tier and AUM of customers on the date."""
        found: dict[int, Figure] = {}
        for part in chunks(ids, 900):
            rows = self.cursor.execute(
                "SELECT id, no, CASE WHEN restricted THEN '' ELSE name END, tier, tier_since, next_move, aum, aum_day"
                f" FROM customer LEFT JOIN account ON customer_id = id WHERE id IN ({marks(part)})",
                part,
            ).fetchall()
            moved = [r[0] for r in rows if (r[4] or 0) > self.ordinal or (r[5] is not None and r[5] <= self.ordinal)]
            earlier = [r[0] for r in rows if (r[7] or 0) > self.ordinal]
            tiers = self._tiers(moved)
            balances = self._balances(earlier)
            for cid, no, name, tier, _, _, aum, _ in rows:
                found[cid] = (no, name, tiers.get(cid, tier), balances.get(cid, aum))
        return found

    def _tiers(self, ids: Sequence[int]) -> dict[int, str | None]:
        """Tiers on the date of those whose tier then is not the one decided last."""
        found: dict[int, str | None] = dict.fromkeys(ids)
        for cid, tier in self.cursor.execute(
            f"SELECT customer_id, tier FROM tier_move WHERE customer_id IN ({marks(ids)}) AND day <= ?"
            " ORDER BY customer_id, day, n",
            (*ids, self.ordinal),
        ):
            found[cid] = tier or None
        return found

    def _balances(self, ids: Sequence[int]) -> dict[int, int | None]:
        """Balances on the date of those whose newest is later."""
        return {
            cid: carried(steps(unpack(series)), self.ordinal)
            for cid, series in self.cursor.execute(
                f"SELECT customer_id, series FROM account WHERE customer_id IN ({marks(ids)})", list(ids)
            )
        }

    def care(self, ids: Sequence[int]) -> dict[int, Care]:
        """Who looks after customers on the date; owners in the order of the tier's roles."""
        outlets = customer_outlets(self.cursor, ids)
        owners: dict[int, list[tuple[str, str]]] = defaultdict(list)
        system: dict[int, str] = {}
        for part in chunks(ids, 900):
            rows = self.cursor.execute(
                f"SELECT customer_id, seat, staff, role FROM care WHERE customer_id IN ({marks(part)})"
                " AND start <= ? AND end > ? AND seat <> 'gap' ORDER BY start, position",
                (*part, self.ordinal, self.ordinal),
            )
            for cid, seat, staff, role in rows:
                if seat == "owner":
                    owners[cid].append((staff, role))
                else:
                    system[cid] = staff
        posts = self.posts
        return {
            cid: Care(
                tuple(sorted(owners.get(cid, ()), key=lambda owner: self._order.get(owner[1], 99))),
                system.get(cid),
                posts.managers.get(outlets.get(cid, "")),
                posts.department,
            )
            for cid in ids
        }

    @property
    def _order(self) -> dict[str, int]:
        """The lead of joint owners: the relationship manager before the supervisor, as the tiers name them."""
        order: dict[str, int] | None = self.scheme.memo.get("lead")
        if order is None:
            order = {}
            for tier in self.scheme.tiers:
                for role in tier.roles:
                    order.setdefault(role, len(order))
            self.scheme.memo["lead"] = order
        return order


def open_day(cursor: Cursor, policy: Policy, calendar: Calendar, day: date) -> Day:
    """The book as it is on a date."""
    ordinal = day.toordinal()
    return Day(
        cursor, policy, calendar, day, ordinal, policy.on(day), _posts(cursor, ordinal),
        ordinal > read_book(cursor, "day"),
    )  # fmt: skip


_State = tuple[str, int, int, int]
_known: dict[_State, tuple[Staffing, dict[int, Posts]]] = {}
MOST_STATES, MOST_DAYS = 2, 60


def _posts(cursor: Cursor, day: int) -> Posts:
    """The posts of a day, remembered until anything is written: those of a thousand staff take 2 ms to make.

    Few days differ: posts are made once for all days from one change among the staff to the next.
    """
    path = cursor.execute("PRAGMA database_list").fetchone()[2]
    # What this connection has written and not committed shows only in its own count of changes.
    state = (path, read_book(cursor, "head"), read_book(cursor, "recorded"), cursor.connection.total_changes)
    found = _known.get(state)
    if found is None:
        if len(_known) >= MOST_STATES:
            _known.clear()
        found = _known[state] = (staffing(cursor), {})
    staff, days = found
    since = staff.since(day)
    posts = days.get(since)
    if posts is None:
        if len(days) >= MOST_DAYS:
            days.clear()
        posts = days[since] = posts_of(staff, day)
    return posts
