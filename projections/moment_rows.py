"""Rows of the past that the present still holds: of customers to whom nothing has happened since but what adds rows.

What was recorded of them since stands in rows of its own, which know their positions: without these, the rows are
those of the moment, and no event of theirs need be read. All others are folded anew (store/moments_scoped.py).
"""

from collections.abc import Iterator, Mapping, Sequence
from sqlite3 import Cursor

import msgspec

from guanhu.domain.balances import pack, steps, unpack
from guanhu.projections.account import Account
from guanhu.projections.moment_scope import Concerned, StoredByTopic
from guanhu.projections.projection import ASKED_AT_ONCE, Projection, chunks, marks
from guanhu.projections.search_keys import keys
from guanhu.projections.searching import write_keys

ADDING = frozenset({
    "contact", "visit", "promise", "important_event", "opinion", "referred", "requested", "marked", "evidence",
    "deposit", "withdrawal", "assigned",
})  # fmt: skip
"""Events of a customer that add a row, or an entry of a balance. A seat given can end another: that is looked at."""

IN_PASSING = "inspection", "looked"
"""How the topics begin that leave no more than a trace."""

COPIED = (
    "customer", "tier_move", "care", "mark", "tag", "link", "act", "affair", "trace", "product", "waiver", "evidence",
)  # fmt: skip
"""Tables of customers that know positions; accounts keep them in their series."""

_NOT_DERIVED = {"tier_move": " AND position > 0", "care": " AND seat <> 'gap'"}


def unchanged(cursor: Cursor, stored: StoredByTopic, found: Concerned, position: int) -> set[int]:
    """The customers whose rows up to a position are what they were after the event there."""
    left: set[int] = set()
    ids = {no: cid for cid, no in found.customers.items()}
    for part in chunks(sorted(found.customers.keys() - found.unlinked), ASKED_AT_ONCE):
        listed = marks(part)
        registered = cursor.execute(f"SELECT id, no FROM customer WHERE id IN ({listed}) AND position <= ?",
                                    (*part, position)).fetchall()  # fmt: skip
        plain = {cid for cid, no in registered if found.customers[cid] == no}
        streams = [f"customer:{found.customers[cid]}" for cid in plain]
        for _, stream, topic in stored.since(cursor, streams, position):
            if topic not in ADDING:
                plain.discard(ids[stream.removeprefix("customer:")])
        plain -= _traced(cursor, stored, part, position)
        plain -= {cid for (cid,) in cursor.execute(_SEAT_ENDED.format(listed), (position, *part, position))}
        if found.moved:
            held = f"SELECT customer_id FROM affair WHERE customer_id IN ({listed})"
            plain -= {cid for (cid,) in cursor.execute(held, part)}
        left |= plain
    return left - _balances_changed(cursor, stored, sorted(left), position)


_SEAT_ENDED = (
    "SELECT older.customer_id FROM care older JOIN care newer ON newer.customer_id = older.customer_id"
    " AND newer.seat = older.seat AND newer.position > ? AND newer.start = older.end"
    " WHERE older.customer_id IN ({}) AND older.position <= ? AND older.seat <> 'gap'"
)


def _traced(cursor: Cursor, stored: StoredByTopic, part: Sequence[int], position: int) -> set[int]:
    """Those of whom something was replaced, ended or linked since."""
    rows = cursor.execute(
        f"SELECT customer_id, position FROM trace WHERE customer_id IN ({marks(part)}) AND position > ?",
        (*part, position),
    ).fetchall()
    topics = dict(stored.topics(cursor, sorted({at for _, at in rows})))
    return {cid for cid, at in rows if not topics[at].startswith(IN_PASSING)}


def _balances_changed(cursor: Cursor, stored: StoredByTopic, ids: Sequence[int], position: int) -> set[int]:
    """Those of whom a balance came since for a day on which, or after which, one was known by then.

    Only where all come after all is a series that of the moment with more at its end.
    """
    (reported,) = cursor.execute("SELECT max(day) FROM report WHERE position <= ?", (position,)).fetchone()
    found, longer = set(), []
    for cid, series in _series(cursor, ids):
        entries = unpack(series)
        newest = max((day for day, _, _, at in entries if at <= position), default=0)
        since = min((day for day, _, _, at in entries if at > position), default=None)
        if since is None:
            continue
        longer.append(cid)
        if since <= max(newest, reported or 0):
            found.add(cid)
    return found | _replaced(cursor, stored, longer, position)


def _replaced(cursor: Cursor, stored: StoredByTopic, ids: Sequence[int], position: int) -> set[int]:
    """Those of whom a balance of the moment was replaced: perhaps since, by one that has come for the same day."""
    rows: list[tuple[int, int]] = []
    for part in chunks(ids, ASKED_AT_ONCE):
        question = f"SELECT customer_id, position FROM trace WHERE customer_id IN ({marks(part)}) AND position <= ?"
        rows += cursor.execute(question, (*part, position)).fetchall()
    topics = dict(stored.topics(cursor, sorted({at for _, at in rows})))
    return {cid for cid, at in rows if topics[at] in ("balances", "deposit", "withdrawal")}


def _series(cursor: Cursor, ids: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    for part in chunks(ids, ASKED_AT_ONCE):
        question = f"SELECT customer_id, series FROM account WHERE customer_id IN ({marks(part)})"
        yield from cursor.execute(question, part).fetchall()


# ---------------------------------------------------------------- into the moment
def take_rows(cursor: Cursor, p: Projection, ids: Sequence[int], position: int, *, searched: bool) -> None:
    """Put the rows of such customers into the tables of a projection that has taken in all events.

    `searched`: with the keys by which they are found.
    """
    for part in chunks(ids, ASKED_AT_ONCE):
        for table in COPIED:
            key = "id" if table == "customer" else "customer_id"
            rows = cursor.execute(
                f"SELECT * FROM {table} WHERE {key} IN ({marks(part)}) AND position <= ?{_NOT_DERIVED.get(table, '')}",
                (*part, position),
            ).fetchall()
            if rows:  # a link, or a trace of one, may be there by its other end
                p.cursor.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({marks(rows[0])})", rows)
        if searched:
            write_keys(p.cursor, list(_keys(cursor, part)))
        tiers = _tiers(cursor, part, position)
        for cid, series in _series(cursor, part):
            account = _account(cid, series, tiers, position)
            if account is not None:
                p.accounts[cid] = account


def _keys(cursor: Cursor, part: Sequence[int]) -> Iterator[tuple[str, int]]:
    rows = cursor.execute(f"SELECT id, name, personal FROM customer WHERE id IN ({marks(part)})", part)
    for cid, name, personal in rows.fetchall():
        facts = {fact: entry[0] for fact, entry in msgspec.msgpack.decode(personal).items()}
        yield from ((key, cid) for key in keys(name, facts))


def _account(cid: int, series: bytes, tiers: Mapping[int, tuple[str, int]], position: int) -> Account | None:
    entries = unpack(series)
    kept = [entry for entry in entries if entry[3] <= position]
    if not kept and entries:
        return None
    day, aum = steps(kept)[-1] if kept else (None, None)
    tier, since = tiers.get(cid, (None, None))
    return Account(cid, aum, day, tier or None, since, None, series if len(kept) == len(entries) else pack(kept))


def _tiers(cursor: Cursor, part: Sequence[int], position: int) -> dict[int, tuple[str, int]]:
    """The tier decided last of each, and since when it is held."""
    rows = cursor.execute(
        f"SELECT customer_id, tier, day FROM tier_move WHERE customer_id IN ({marks(part)}) AND position > 0"
        " AND position <= ? ORDER BY customer_id, day, n",
        (*part, position),
    )
    return {cid: (tier, day) for cid, tier, day in rows}
