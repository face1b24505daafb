"""One inspection with all that is in it: its sample as it stood at the cut-off, worksheets, findings, how far it is."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from sqlite3 import Cursor

import msgspec

from guanhu.domain.inspection import Scope
from guanhu.domain.sampling import Stratum, seed_of
from guanhu.projections.entry_then import EntryThen, Events, entries_then
from guanhu.projections.evidence import Evidence, evidence_for
from guanhu.projections.history import Decode, Stored
from guanhu.projections.inspection_flags import NO_FLAGS, Flagged
from guanhu.projections.inspection_sight import Sight
from guanhu.projections.inspections import Finding, InspectionLine, findings, inspection_line, line_seen
from guanhu.projections.projection import Opener, chunks, marks


class CustomerThen(msgspec.Struct, frozen=True):
    """A sampled customer at the cut-off: the balance (fen) on the opening's day, entries of the scope's days by then.

    `positions` of these entries, the newest last; `changed`: those of them that were corrected since.
    """

    aum_fen: int | None
    positions: tuple[int, ...]
    last_on: date | None
    changed: tuple[int, ...]


class Sheet(msgspec.Struct, frozen=True):
    """A worksheet that was filled in anew since, at its position."""

    position: int
    verdict: str
    checks: tuple[str, ...]
    remark: str
    on: date
    by: str


class Item(msgspec.Struct, frozen=True):
    """One of the sample: an entry or a customer, and its worksheet (`verdict` None while nobody has filled it in).

    `key`: the entry's position or the customer's number. `tier` and `staff` are the stratum it was drawn from.
    `filled`: the position of the worksheet's event. `flags`: ids of red flags. `findings`: those that rest on it.
    `earlier`: the worksheets that this one replaces, oldest first.
    `evidence`: what was attached to the entry, or to the customer's entries, from outside; before the cut-off or since.
    """

    n: int
    key: str
    customer_no: str
    name: str
    outlet: str
    tier: str | None
    staff: str
    entry: EntryThen | None
    customer: CustomerThen | None
    verdict: str | None
    checks: tuple[str, ...]
    remark: str
    filled_on: date | None
    filled_by: str
    filled: int | None
    flags: tuple[str, ...]
    findings: tuple[int, ...]
    evidence: tuple[Evidence, ...] = ()
    earlier: tuple[Sheet, ...] = ()

    @property
    def changed(self) -> tuple[int, ...]:
        """Positions of what was corrected since the cut-off."""
        if self.entry is not None:
            return self.entry.changed
        return self.customer.changed if self.customer is not None else ()


class Inspection(msgspec.Struct, frozen=True):
    """An inspection. `cutoff`, `root`, `checkpoint`: what it stands on; `seed_chosen`: it is not the root's head.

    `withheld`: who looks may not see the sample yet; then there are no strata and items, no seed, and only the
    findings that are theirs to answer.
    """

    line: InspectionLine
    position: int
    opened_at: datetime
    cutoff: int
    root: bytes
    checkpoint: str
    seed: str
    seed_chosen: bool
    size: int
    population: int
    digest: bytes
    strata: tuple[Stratum, ...]
    items: tuple[Item, ...]
    findings: tuple[Finding, ...]
    closed_by: str
    conclusion: str
    unfinished: str
    withheld: bool = False

    def item(self, key: str) -> Item | None:
        """The sampled item of a key."""
        return next((item for item in self.items if item.key == key), None)


def inspection(
    cursor: Cursor, stored: Stored, decode: Decode, opener: Opener, number: str, day: date, *,
    flags: Flagged = NO_FLAGS, sight: Sight | None = None, rank: Mapping[str | None, int] | None = None,
) -> Inspection:  # fmt: skip
    """One inspection as it stands; `flags`: the red flags of its scope, where they are asked for.

    `sight`: who looks; None sees everything. `rank`: the order of the tiers (Scheme.rank) in which strata and items
    then stand, from low to high; without it they stand as they were drawn.

    NotFound("unknown_inspection").
    """
    line = inspection_line(cursor, number, day)
    row = cursor.execute(
        "SELECT position, recorded, cutoff, root, checkpoint, seed, size, population, digest, closed_by, conclusion,"
        " unfinished FROM inspection WHERE id = ?",
        (number,),
    ).fetchone()
    position, recorded, cutoff, root, checkpoint, seed, size, population, digest, closed_by, conclusion, left = row
    found = findings(cursor, number, day)
    if sight is not None and not sight.sample(number):
        shown = tuple(each for each in found if sight.finding(number, each.staff, each.outlet))
        return Inspection(
            line_seen(line, sight), position, datetime.fromtimestamp(recorded, UTC), cutoff, root, checkpoint, "",
            seed != seed_of(root), size, population, digest, (), (), shown, closed_by, conclusion, left, withheld=True,
        )  # fmt: skip
    strata = cursor.execute(
        "SELECT tier, staff, size, taken FROM inspection_stratum WHERE inspection = ? ORDER BY tier, staff", (number,)
    )
    groups = [Stratum(*each) for each in strata.fetchall()]
    items = _items(cursor, stored, decode, opener, line, cutoff, found, flags)
    if rank is not None:
        groups.sort(key=lambda each: rank.get(each.tier or None, len(rank)))
        items.sort(key=lambda item: rank.get(item.tier, len(rank)))
        items = [msgspec.structs.replace(item, n=n) for n, item in enumerate(items, 1)]
    return Inspection(
        line, position, datetime.fromtimestamp(recorded, UTC), cutoff, root, checkpoint, seed, seed != seed_of(root),
        size, population, digest, tuple(groups), tuple(items), tuple(found), closed_by, conclusion, left,
    )  # fmt: skip


_ITEMS = """
    SELECT n, key, customer_id, no, CASE WHEN restricted THEN '' ELSE name END, restricted, erased, customer.outlet,
           tier, staff, aum, verdict, checks, remark, filled_on, filled_by, filled
    FROM inspection_item JOIN customer ON id = customer_id WHERE inspection = ? ORDER BY n"""


def _items(
    cursor: Cursor, stored: Stored, decode: Decode, opener: Opener, line: InspectionLine, cutoff: int,
    found: Sequence[Finding], flags: Flagged,
) -> list[Item]:  # fmt: skip
    rows = cursor.execute(_ITEMS, (line.inspection,)).fetchall()
    of_entries = line.scope.subject == "entries"
    hidden = frozenset(row[3] for row in rows if row[5] or row[6])
    entries: dict[int, EntryThen] = {}
    customers: dict[int, tuple[list[int], date | None, list[int]]] = {}
    if of_entries:
        events = Events(cursor, stored, decode, opener, hidden)
        entries = entries_then(events, [int(row[1]) for row in rows], cutoff)
    else:
        customers = _acts(cursor, [row[2] for row in rows], line.scope, cutoff)
    rests_on: dict[str, list[int]] = {}
    for finding in found:
        for key in map(str, finding.entries if of_entries else finding.customers):
            rests_on.setdefault(key, []).append(finding.n)
    named = [int(row[1]) for row in rows] if of_entries else [at for each, _, _ in customers.values() for at in each]
    evidence: dict[int, list[Evidence]] = {}
    for piece in evidence_for(cursor, named):
        evidence.setdefault(piece.entry, []).append(piece)
    earlier = _earlier(cursor, line.inspection)
    items = []
    for (n, key, cid, no, name, restricted, _, outlet, tier, staff, aum, verdict, checks, remark, filled_on, filled_by,
         filled) in rows:  # fmt: skip
        positions, last_on, changed = customers.get(cid, ([], None, []))
        own = [int(key)] if of_entries else positions
        then = None if of_entries else CustomerThen(aum, tuple(positions), last_on, tuple(changed))
        items.append(Item(
            n, key, no, name, outlet, tier or None, staff, entries.get(int(key)) if of_entries else None, then,
            verdict or None, tuple(checks.split()), "" if restricted else remark,
            date.fromordinal(filled_on) if filled_on is not None else None, filled_by, filled or None,
            flags.of("" if of_entries else no, own), tuple(rests_on.get(key, ())),
            tuple(piece for at in own for piece in evidence.get(at, ())), tuple(earlier.get(key, ())),
        ))  # fmt: skip
    return items


def _earlier(cursor: Cursor, number: str) -> dict[str, list[Sheet]]:
    """The worksheets that were filled in anew, by their items."""
    rows = cursor.execute(
        "SELECT sheet.key, sheet.position, sheet.verdict, sheet.checks,"
        " CASE WHEN restricted THEN '' ELSE sheet.remark END, sheet.day, sheet.by FROM inspection_sheet sheet"
        " JOIN inspection_item item ON item.inspection = sheet.inspection AND item.key = sheet.key"
        " JOIN customer ON id = item.customer_id"
        " WHERE sheet.inspection = ? AND sheet.position < item.filled ORDER BY sheet.position",
        (number,),
    )
    found: dict[str, list[Sheet]] = {}
    for key, position, verdict, checks, remark, day, by in rows:
        sheet = Sheet(position, verdict, tuple(checks.split()), remark, date.fromordinal(day), by)
        found.setdefault(key, []).append(sheet)
    return found


_ACTS = """
    SELECT customer_id, position, day, corrected FROM act WHERE customer_id IN ({0}) AND day BETWEEN ? AND ?
        AND position <= ? AND (kind <> 'withdrawn' OR corrected > ?)
    UNION ALL
    SELECT customer_id, position, day, 0 FROM affair WHERE customer_id IN ({0}) AND day BETWEEN ? AND ?
        AND position <= ? AND ? > 0
    ORDER BY 3, 2"""


def _acts(
    cursor: Cursor, ids: Sequence[int], scope: Scope, cutoff: int
) -> dict[int, tuple[list[int], date | None, list[int]]]:
    """Of customers: positions of the entries of the scope's days that stood at the cut-off, the last day, changes."""
    found: dict[int, tuple[list[int], date | None, list[int]]] = {}
    bounds = (scope.first.toordinal(), scope.last.toordinal(), cutoff, cutoff)
    for part in chunks(ids, 400):
        question = _ACTS.format(marks(part))
        for cid, position, day, corrected in cursor.execute(question, (*part, *bounds, *part, *bounds)):
            positions, _, changed = found.get(cid, ([], None, []))
            found[cid] = (
                [*positions, position],
                date.fromordinal(day),
                [*changed, position] if corrected > cutoff else changed,
            )
    return found
