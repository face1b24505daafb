"""Customers who wait to be assigned (待分配客户), and the seats that they have on a day.

A customer waits who is in a tier and whose owners lack the tier's roles, or who has no system owner (SCHEMES.md 1,
responsibility and assignment). The closed and the erased do not wait.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from sqlite3 import Cursor
from typing import Any

import msgspec

from guanhu.domain.assignment import Owner
from guanhu.domain.balances import carried, steps, unpack
from guanhu.domain.responsibility import missing_roles
from guanhu.domain.scheme import Scheme, Tier
from guanhu.projections.policy import policy_of
from guanhu.projections.posts import posts_on
from guanhu.projections.projection import ASKED_AT_ONCE, chunks, marks

PAGE = 20_000

# The tier on the day :day and since when: the account's own, where nothing moved it since.
_AS_NOW = "(tier_since <= :day AND (next_move IS NULL OR next_move > :day))"
_MOVED = "FROM tier_move WHERE customer_id = account.customer_id AND day <= :day ORDER BY day DESC, n DESC LIMIT 1"
TIER = f"CASE WHEN {_AS_NOW} THEN coalesce(tier, '') ELSE (SELECT tier {_MOVED}) END"
SINCE = f"CASE WHEN {_AS_NOW} THEN tier_since ELSE (SELECT day {_MOVED}) END"
_SEAT = "SELECT 1 FROM care WHERE care.customer_id = found.id AND start <= :day AND end > :day"


class Seats(msgspec.Struct, frozen=True, gc=False):
    """Who looks after a customer on a day: owners in the order they came, and the system owner."""

    owners: tuple[Owner, ...] = ()
    system_owner: str | None = None


class Waiting(msgspec.Struct, frozen=True, gc=False):
    """A customer in the assignment queue; `missing` are roles of the tier that no owner holds (fen; one is enough
    where the tier is not joint)."""

    customer_no: str
    name: str
    outlet: str
    tier: str
    aum_fen: int
    seats: Seats
    missing: tuple[str, ...]
    since: date

    @property
    def no_system_owner(self) -> bool:
        """Whether nobody keeps the system's record."""
        return self.seats.system_owner is None


def assignment_queue(cursor: Cursor, outlet: str | None, day: date) -> list[Waiting]:
    """All who wait, of one outlet or of all: highest tier first, then the largest AUM, then by number."""
    policy = policy_of(cursor)
    if policy is None:
        return []
    rank = policy.on(day).rank
    return sorted(waiting(cursor, outlet, day), key=lambda w: (-rank[w.tier], -w.aum_fen, w.customer_no))


def waiting(cursor: Cursor, outlet: str | None, day: date) -> Iterator[Waiting]:
    """The same in no order that matters, held in memory a page at a time."""
    policy = policy_of(cursor)
    if policy is None:
        return
    scheme = policy.on(day)
    roles_of = posts_on(cursor, day.toordinal()).roles_of
    question = _candidates(scheme, outlet)
    last = 0
    while True:
        values = {"day": day.toordinal(), "outlet": outlet, "after": last, "page": PAGE}
        rows = cursor.execute(question, values).fetchall()
        for part in chunks(rows, ASKED_AT_ONCE):
            yield from _judged(cursor, part, scheme, day.toordinal(), roles_of)
        if len(rows) < PAGE:
            return
        last = rows[-1][0]


def _candidates(scheme: Scheme, outlet: str | None) -> str:
    """The question for those whose seats alone do not fill the tier's roles; their owners' other posts still may."""
    filled = " ".join(f"WHEN '{tier.id}' THEN {_filled(tier)}" for tier in scheme.tiers)
    return f"""
        WITH found AS (
            SELECT id, no, CASE WHEN restricted THEN '' ELSE name END AS name, outlet, {TIER} AS tier, {SINCE} AS since,
                aum, CASE WHEN aum_day > :day THEN series END AS series
            FROM customer JOIN account ON customer_id = id
            WHERE id > :after AND NOT erased {"AND outlet = :outlet" if outlet is not None else ""})
        SELECT id, no, name, outlet, tier, since, aum, series FROM found
        WHERE (tier <> '' AND NOT EXISTS ({_SEAT} AND seat = 'system') OR NOT CASE tier {filled} ELSE 1 END)
            AND NOT EXISTS (
                SELECT 1 FROM mark WHERE customer_id = found.id AND mark = 'closed' AND start <= :day AND end > :day)
        ORDER BY id LIMIT :page"""


def _filled(tier: Tier) -> str:
    """Whether the seats fill the roles of a tier: each of them where it is joint, else one."""
    # Ids of a scheme are words of letters, digits and _, and so safe to be written into a question.
    wanted = [(role,) for role in tier.roles] if tier.joint else [tier.roles]
    held = ("', '".join(roles) for roles in wanted)
    return " AND ".join(f"EXISTS ({_SEAT} AND seat = 'owner' AND role IN ('{roles}'))" for roles in held)


def _judged(
    cursor: Cursor, part: Sequence[Any], scheme: Scheme, day: int, roles_of: Callable[[str], frozenset[str]]
) -> Iterator[Waiting]:
    care = _care(cursor, [row[0] for row in part], day)
    for cid, no, name, outlet, tier_id, since, aum, series in part:
        tier = scheme.tier(tier_id)
        seats = _seats(care[cid], day)
        missing = missing_roles(tier, seats.owners, roles_of)
        if not tier or (not missing and seats.system_owner is not None):
            continue
        if series is not None:
            aum = carried(steps(unpack(series)), day) or 0
        since = _since(tier, missing, seats, care[cid], since)
        yield Waiting(no, name, outlet, tier_id, aum, seats, missing, date.fromordinal(since))


def _since(tier: Tier, missing: Sequence[str], seats: Seats, care: Sequence[Any], entered: int) -> int:
    """Since when something is missing: the tier was entered, or the last who held the seat went."""
    gaps = []
    if missing:
        # One of the roles is enough in a tier that is not joint: it is missing since the last of them went.
        ends = [_gone(care, "owner", role) for role in missing]
        gaps.append(min(ends) if tier.joint else max(ends))
    if seats.system_owner is None:
        gaps.append(_gone(care, "system", None))
    return max(entered, min(gaps))


def _gone(care: Sequence[Any], seat: str, role: str | None) -> int:
    """The day after the last on which somebody had such a seat, 0 where nobody ever did."""
    return max((end for held, _, had, _, end in care if held == seat and role in (None, had)), default=0)


def _care(cursor: Cursor, part: Sequence[int], day: int) -> dict[int, list[Any]]:
    """(seat, staff, role, start, end) of seats that began by that day, in the order they came."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in cursor.execute(
        f"SELECT customer_id, seat, staff, role, start, end FROM care WHERE customer_id IN ({marks(part)})"
        " AND seat <> 'gap' AND start <= ? ORDER BY start, position",
        (*part, day),
    ):
        found[row[0]].append(row[1:])
    return found


def _seats(care: Sequence[Any], day: int) -> Seats:
    owners = tuple((staff, role) for seat, staff, role, _, end in care if seat == "owner" and end > day)
    system = [staff for seat, staff, _, _, end in care if seat == "system" and end > day]
    return Seats(owners, system[-1] if system else None)


def seats_on(cursor: Cursor, ids: Sequence[int], day: int) -> dict[int, Seats]:
    """The seats of these customers on a day."""
    found: dict[int, Seats] = {}
    for part in chunks(ids, ASKED_AT_ONCE):
        care = _care(cursor, part, day)
        found.update({cid: _seats(care[cid], day) for cid in part})
    return found


def tiers_on(cursor: Cursor, ids: Sequence[int], day: int) -> dict[int, str | None]:
    """The tier of each of these customers on a day; None for the untiered and those without a balance by then."""
    found: dict[int, str | None] = dict.fromkeys(ids)
    for part in chunks(ids, ASKED_AT_ONCE):
        names = [f":c{n}" for n in range(len(part))]
        rows = cursor.execute(
            f"SELECT customer_id, {TIER} FROM account WHERE customer_id IN ({','.join(names)})",
            {"day": day, **{f"c{n}": cid for n, cid in enumerate(part)}},
        )
        found.update({cid: tier or None for cid, tier in rows})
    return found
