"""Balances, tiers and the book's day as the read model keeps them."""

import zlib
from sys import intern

from guanhu.domain.balances import MOVED, STATED, Entry, insert, pack, pack_each, pack_one, steps
from guanhu.domain.statement import COLUMN_ROWS, BalancesReported, DayOpened, Deposited, TiersChanged, Withdrawn
from guanhu.projections.account import Account
from guanhu.projections.projection import Projection, projects, trace, write_book


@projects(BalancesReported)
def balances(p: Projection, position: int, event: BalancesReported) -> None:
    """Each customer's series takes its reported balance; the bitmap is kept for the last reported date."""
    day = event.occurred_on.toordinal()
    known = p.ids(event.customer_nos)
    ids = [known[no] for no in event.customer_nos]
    accounts = p.load(ids)
    plain = day >= p.last_report
    packed = pack_each(day, STATED, event.fens, position)
    for cid, fen, entry in zip(ids, event.fens, packed, strict=True):
        account = accounts[cid]
        if plain and (account.aum_day is None or day > account.aum_day):
            if not p.folding:  # else the newest is taken from the series at the end: a million numbers less to hold
                p.changing(account, day)
                p.dirty.add(cid)
                account.aum = fen
            account.series += entry
            account.aum_day = day
        else:
            add_entry(p, account, (day, STATED, fen, position))
    if p.folding:
        p.spill.grown(len(event.fens), p.accounts.values())
    if event.unchanged:
        p.cursor.execute("INSERT INTO report VALUES (?, ?, ?, ?)", (position, day, event.first_id, event.unchanged))
        p.last_report = max(p.last_report, day)


@projects(Deposited, Withdrawn)
def moved(p: Projection, position: int, event: Deposited | Withdrawn) -> None:
    """Money keyed in at the counter changes the carried balance."""
    fen = event.fen if isinstance(event, Deposited) else -event.fen
    cid = p.id(event.customer_no)
    p.load((cid,))
    add_entry(p, p.accounts[cid], (event.occurred_on.toordinal(), MOVED, fen, position))
    if p.folding:
        p.spill.grown(1, p.accounts.values())


def add_entry(p: Projection, account: Account, entry: Entry) -> None:
    """Put one entry into an account's series, in the common case at its end."""
    day, kind, fen, position = entry
    p.spill.whole(account)
    newest = day > account.last_day
    if not p.folding:
        p.changing(account, day, late=bool(account.series) and (not newest or day < p.last_report))
        p.dirty.add(account.customer_id)
    if newest and kind == STATED and day >= p.last_report:
        account.series += pack_one(day, kind, fen, position)
        account.aum, account.aum_day = fen, day
        return
    entries = account.entries
    if day < p.last_report:
        entries = _with_next_report(p, account.customer_id, entries, day)
    before, entries = entries, insert(entries, entry)
    if len(entries) <= len(before):
        kept = {each[3] for each in entries}
        trace(p, [(account.customer_id, each[3]) for each in before if each[3] not in kept])
    account.series = pack(entries)
    last = steps(entries)[-1]
    account.aum_day, account.aum = last


def _with_next_report(p: Projection, customer_id: int, entries: list[Entry], day: int) -> list[Entry]:
    """The entries with the next report that found the balance unchanged written out.

    Such a report stands only in a bitmap, for it changed nothing; once an earlier balance changes, it
    does: it says what the balance was from its own date on.
    """
    following = next((entry[0] for entry in entries if entry[0] > day and entry[1] == STATED), None)
    report = next_report(p, customer_id, day, following)
    if report is None:
        return entries
    reported, position = report
    carried = [fen for at, fen in steps(entries) if at <= reported]
    if not carried:
        return entries
    return insert(entries, (reported, STATED, carried[-1], position))


def next_report(p: Projection, customer_id: int, after: int, before: int | None) -> tuple[int, int] | None:
    """Day and position of the first report after a day that found this customer's balance unchanged."""
    rows = p.cursor.execute(
        "SELECT day, position, first_id, bits FROM report WHERE day > ? AND day < ? AND first_id <= ?"
        " ORDER BY day, position",
        (after, before or 4_000_000, customer_id),
    )
    for day, position, first_id, bits in rows.fetchall():
        if in_bits(bits, customer_id - first_id):
            return day, position
    return None


def in_bits(bits: bytes, at: int) -> bool:
    """Whether a bit of a packed bitmap is set."""
    if at < 0:
        return False
    bits = zlib.decompress(bits)
    return 0 <= at < len(bits) * 8 and bool(bits[at >> 3] & (1 << (at & 7)))


@projects(TiersChanged)
def tiers(p: Projection, position: int, event: TiersChanged) -> None:
    """Tiers decided: the account holds the new one, the move stays as history."""
    day = event.occurred_on.toordinal()
    ids = p.ids(event.customer_nos)
    p.load([ids[no] for no in event.customer_nos])
    rows = []
    columns = (event.customer_nos, event.from_tiers, event.to_tiers, event.bases, event.rules)
    for n, (no, before, after, basis, rule) in enumerate(zip(*columns, strict=True)):
        account = p.accounts[ids[no]]
        if not p.folding:
            p.changing(account, day)
            p.dirty.add(account.customer_id)
        account.tier, account.tier_since = intern(after) or None, day
        order = position * COLUMN_ROWS + n
        rows.append(
            (account.customer_id, day, order, after, before, basis, rule, event.scheme, event.version, position)
        )
    p.cursor.executemany("INSERT INTO tier_move VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


@projects(DayOpened)
def day_opened(p: Projection, position: int, event: DayOpened) -> None:
    """The book's day moves on."""
    p.book_day = event.occurred_on.toordinal()
    write_book(p.cursor, "day", p.book_day)
