"""Customers found by what one types: a number, a name, pinyin or its initials, a phone, an identity number."""

from datetime import date
from sqlite3 import Cursor

import msgspec

from guanhu.domain.calendar import Calendar
from guanhu.domain.paging import paged
from guanhu.domain.scheme import Policy
from guanhu.projections.day import open_day
from guanhu.projections.search_keys import prefixes
from guanhu.projections.searching import LAST_CHARACTER, with_prefix

MOST_FOUND = 2_000


class Found(msgspec.Struct, frozen=True):
    """One customer that a search found."""

    customer_no: str
    name: str
    tier: str | None
    aum_fen: int | None
    outlet: str
    owner: str | None


def find(
    cursor: Cursor, policy: Policy, calendar: Calendar, day: date, text: str, *, limit: int = 20, offset: int = 0
) -> tuple[int, list[Found]]:
    """Customers by number, name, pinyin or its initials, phone (whole or its tail of four or more), identity number.

    Restricted ones by their number alone: to be found by what is not to be used would be a use of it.
    """
    ids = _matching(cursor, text)
    at = open_day(cursor, policy, calendar, day)
    page = paged(ids, limit, offset)
    figures, care = at.figures(page), at.care(page)
    outlets = {cid: cursor.execute("SELECT outlet FROM customer WHERE id = ?", (cid,)).fetchone()[0] for cid in page}
    return len(ids), [
        Found(*figures[cid], outlets[cid], care[cid].owners[0][0] if care[cid].owners else None) for cid in page
    ]


def _matching(cursor: Cursor, text: str) -> list[int]:
    """Ids of matching customers: the exact number first, then by prefix of number and keys, then inside names."""
    wanted = text.strip()
    if not wanted:
        return []
    found: dict[int, None] = {}
    for (cid,) in cursor.execute(
        "SELECT id FROM customer WHERE no >= ? AND no < ? ORDER BY no LIMIT ?",
        (wanted, wanted + LAST_CHARACTER, MOST_FOUND),
    ):
        found[cid] = None
    keys = prefixes(wanted)
    hidden = restricted_ids(cursor) if keys else frozenset()
    for prefix in keys:
        for cid in with_prefix(cursor, prefix, MOST_FOUND):
            if cid not in hidden:
                found.setdefault(cid)
        if len(found) >= MOST_FOUND:
            break
    if not found:
        for (cid,) in cursor.execute(
            "SELECT id FROM customer WHERE NOT restricted AND instr(name, ?) > 0 OR instr(no, ?) > 0 LIMIT ?",
            (wanted, wanted, MOST_FOUND),
        ):
            found[cid] = None
    return list(found)


def restricted_ids(cursor: Cursor) -> frozenset[int]:
    """The customers whose personal data must not be used (限制处理), by an index that holds them alone.

    Their search keys stay in the table, since the restriction can be lifted. In a look back they are those restricted
    then and those restricted now; its tables say the first, those of the book attached to it the second.
    """
    attached = {name for _n, name, _file in cursor.execute("PRAGMA database_list")}
    sources = [name for name in ("main", "book") if name in attached]
    asked = " UNION ".join(f"SELECT no FROM {name}.customer WHERE restricted = 1" for name in sources)
    # The cross join keeps the order: the few numbers first, each then looked up.
    found = cursor.execute(f"SELECT id FROM ({asked}) few CROSS JOIN customer ON customer.no = few.no")
    return frozenset(cid for (cid,) in found)
