"""Late writing (补录): the entries of the log that were written down on a later day than they happened (log.py)."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from guanhu.domain.branch_time import day_recorded
from guanhu.projections.figures.case import Case, Inquiry
from guanhu.projections.log import Asked, LogEntry, each_entry
from guanhu.projections.projection import ASKED_AT_ONCE, chunks, marks


def late_writing(inquiry: Inquiry) -> Iterator[Case]:
    """The entries as the log shows them. Where an imported one was written down, nobody knows: it is left out."""
    scope = inquiry.scope
    days = date.fromordinal(inquiry.first), date.fromordinal(inquiry.until)
    entries = each_entry(inquiry.cursor, Asked(scope.staff or None, scope.outlet, *days))
    written = (entry for entry in entries if not entry.imported)
    while part := list(islice(written, ASKED_AT_ONCE)):
        yield from _of(inquiry, part)


def _of(inquiry: Inquiry, entries: list[LogEntry]) -> Iterator[Case]:
    known = _customers(inquiry, entries)
    for entry in entries:
        cid, outlet = known[entry.customer_no]
        staff = tuple(dict.fromkeys(each for each in (entry.staff, *entry.companions) if each))
        yield Case(
            cid, int(entry.late), 1, staff, outlet, entry.tier or "", entry.on.toordinal(), (entry.position,),
            entry.kind, then=day_recorded(int(entry.recorded_at.timestamp())),
        )  # fmt: skip


def _customers(inquiry: Inquiry, entries: list[LogEntry]) -> dict[str, tuple[int, str]]:
    """Id and outlet of the customers of these entries, by number."""
    found: dict[str, tuple[int, str]] = {}
    for part in chunks(list({entry.customer_no for entry in entries}), ASKED_AT_ONCE):
        rows = inquiry.cursor.execute(f"SELECT no, id, outlet FROM customer WHERE no IN ({marks(part)})", part)
        found.update({no: (cid, outlet) for no, cid, outlet in rows})
    return found
