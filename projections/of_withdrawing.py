"""Acts taken back, as the read model keeps them: what an act made goes, what it replaced stands again."""

from collections.abc import Callable
from typing import Any

import msgspec

from guanhu.domain.balances import pack, steps
from guanhu.domain.withdrawing import ActWithdrawn, SeatsWithdrawn
from guanhu.projections.account import Account
from guanhu.projections.former import PERSON, put_back, take
from guanhu.projections.of_people import forget_search, write_person
from guanhu.projections.projection import Projection, marks, projects, trace


@projects(ActWithdrawn)
def withdrawn(p: Projection, position: int, event: ActWithdrawn) -> None:
    """The state before the act stands again; that it was taken back is known by its position."""
    cid = p.id(event.customer_no)
    p.flush()
    _UNDO[event.what](p, cid, event)
    for source, row in take(p, event.ref):
        if source == PERSON:
            _put_back_person(p, cid, row)
            continue
        if source == "mark":  # it stands there still, as ended
            p.cursor.execute("DELETE FROM mark WHERE customer_id = ? AND position = ?", (cid, row[-1]))
        put_back(p, source, row)
    taken_back(p, event.ref, position)
    if event.what != "registered":
        p.touch(cid)


def taken_back(p: Projection, ref: int, position: int) -> None:
    """Note that what was entered at `ref` was taken back by the event at a position."""
    p.cursor.execute("INSERT OR REPLACE INTO withdrawn VALUES (?, ?)", (ref, position))


# ---------------------------------------------------------------- what each kind of act made
Undo = Callable[[Projection, int, ActWithdrawn], None]


def _affair(p: Projection, cid: int, event: ActWithdrawn) -> None:
    p.cursor.execute("DELETE FROM affair WHERE position = ?", (event.ref,))


def _closing(p: Projection, cid: int, event: ActWithdrawn) -> None:
    p.cursor.execute(
        "UPDATE affair SET closed = NULL, closed_by = NULL, how = '', closer = '', closed_text = '',"
        " closed_recorded = NULL WHERE customer_id = ? AND closed_by = ?",
        (cid, event.ref),
    )


def _promise(p: Projection, cid: int, event: ActWithdrawn) -> None:
    for _source, (position, due, text) in take(p, event.ref):
        p.cursor.execute("UPDATE affair SET due = ?, text = ? WHERE position = ?", (due, text, position))


def _row_of(table: str) -> Undo:
    """For an act that made one row, which keeps its position."""

    def undo(p: Projection, cid: int, event: ActWithdrawn) -> None:
        p.cursor.execute(f"DELETE FROM {table} WHERE customer_id = ? AND position = ?", (cid, event.ref))

    return undo


def _link(p: Projection, cid: int, event: ActWithdrawn) -> None:
    """A link is seen from both ends, and so is its going."""
    rows = p.cursor.execute(
        "SELECT other_id, relation FROM link WHERE customer_id = ? AND position = ?", (cid, event.ref)
    ).fetchall()
    ends = [pair for other, relation in rows for pair in ((cid, other, relation), (other, cid, relation))]
    p.cursor.executemany("DELETE FROM link WHERE customer_id = ? AND other_id = ? AND relation = ?", ends)


def _nothing(p: Projection, cid: int, event: ActWithdrawn) -> None:
    """All that the act did was to replace what is kept."""


def _put_back_person(p: Projection, cid: int, row: list[Any]) -> None:
    name, personal, outlet = row
    known = {fact: (value, since) for fact, (value, since) in msgspec.msgpack.decode(personal).items()}
    write_person(p, cid, name, known)
    p.cursor.execute("UPDATE customer SET outlet = ? WHERE id = ?", (outlet, cid))


def _money(p: Projection, cid: int, event: ActWithdrawn) -> None:
    """The balance is carried as if nothing had been keyed in, and the tier that this brought at once goes with it."""
    p.load((cid,))
    account = p.accounts[cid]
    p.spill.whole(account)
    entries = account.entries
    day = next(entry[0] for entry in entries if entry[3] == event.ref)
    if not p.folding:
        p.changing(account, day, late=True)
        p.dirty.add(cid)
    if event.moves:
        _take_out_moves(p, account, event.moves)
    kept = [entry for entry in entries if entry[3] != event.ref]
    account.series = pack(kept)
    account.aum_day, account.aum = steps(kept)[-1] if kept else (None, None)


def _take_out_moves(p: Projection, account: Account, positions: tuple[int, ...]) -> None:
    cid, listed = account.customer_id, marks(positions)
    where = f"customer_id = ? AND position IN ({listed})"
    gone = p.cursor.execute(f"SELECT day, tier FROM tier_move WHERE {where}", (cid, *positions)).fetchall()
    p.cursor.execute(f"DELETE FROM tier_move WHERE {where}", (cid, *positions))
    if not p.folding:
        p.unmoved[cid] = gone
    last = p.cursor.execute(
        "SELECT tier, day FROM tier_move WHERE customer_id = ? AND position > 0 ORDER BY day DESC, n DESC LIMIT 1",
        (cid,),
    ).fetchone()
    account.tier, account.tier_since = (last[0] or None, last[1]) if last else (None, None)
    trace(p, [(cid, position) for position in positions])


def _registration(p: Projection, cid: int, event: ActWithdrawn) -> None:
    """Nothing else stands of the customer (store/withdrawing.py): the number is free again, and so is the id."""
    forget_search(p, cid)
    p.forget(event.customer_no)
    p.cursor.execute("DELETE FROM customer WHERE id = ?", (cid,))
    for table in ("account", "trace", "former", "obligation", "care"):
        p.cursor.execute(f"DELETE FROM {table} WHERE customer_id = ?", (cid,))


_UNDO: dict[str, Undo] = {
    "promise": _affair,
    "important_event": _affair,
    "opinion": _affair,
    "referred": _affair,
    "requested": _affair,
    "promise_corrected": _promise,
    "promise_kept": _closing,
    "promise_excused": _closing,
    "referral_answered": _closing,
    "request_answered": _closing,
    "waived": _row_of("waiver"),
    "marked": _row_of("mark"),
    "unmarked": _nothing,
    "tagged": _row_of("tag"),
    "linked": _link,
    "product": _row_of("product"),
    "evidence": _row_of("evidence"),
    "product_ended": _nothing,
    "profile": _nothing,
    "deposit": _money,
    "withdrawal": _money,
    "registered": _registration,
}


# ---------------------------------------------------------------- seats
@projects(SeatsWithdrawn)
def seats_withdrawn(p: Projection, position: int, event: SeatsWithdrawn) -> None:
    """Seats that were held on no day go, and those put back go on as if they had never ended."""
    ids = p.ids(event.customer_nos)
    for no in event.customer_nos:
        _join_seats(p, ids[no], event.ref)
        p.touch(ids[no])
    trace(p, [(ids[no], position) for no in event.customer_nos])
    for _source, (column, affair, giver) in take(p, event.ref):
        p.cursor.execute(f"UPDATE affair SET {column} = ? WHERE position = ? AND closed IS NULL", (giver, affair))
        for (cid,) in p.cursor.execute("SELECT customer_id FROM affair WHERE position = ?", (affair,)).fetchall():
            p.touch(cid)
    taken_back(p, event.ref, position)


def _join_seats(p: Projection, cid: int, since: int) -> None:
    """Join what the seats given at `since` and after had cut; the events that go from the rows are still traced."""
    rows = p.cursor.execute(
        "SELECT rowid, seat, staff, role, start, end, position FROM care WHERE customer_id = ? AND seat <> 'gap'"
        " ORDER BY start, position",
        (cid,),
    ).fetchall()
    gone = []
    for row, *what, start, end, position in rows:
        if position < since:
            continue
        former = next((r[0] for r in rows if list(r[1:4]) == what and r[5] == start and r[6] < since), None)
        if start == end or former is not None:
            gone.append((row, position))
        if start != end and former is not None:
            p.cursor.execute("UPDATE care SET end = ? WHERE rowid = ?", (end, former))
    p.cursor.executemany("DELETE FROM care WHERE rowid = ?", [(row,) for row, _ in gone])
    trace(p, [(cid, position) for _, position in gone])
