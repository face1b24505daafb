"""The red flags of an inspection's scope, by the entries and customers that they name (projections/red_flags.py)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from sqlite3 import Cursor

import msgspec

from guanhu.domain.calendar import Calendar
from guanhu.domain.inspection import Scope
from guanhu.domain.scheme import Policy


class Flagged(msgspec.Struct, frozen=True):
    """Ids of flags by the position of an entry that they rest on, and by the number of the customer they are about."""

    entries: Mapping[int, tuple[str, ...]] = {}
    customers: Mapping[str, tuple[str, ...]] = {}

    def of(self, customer_no: str, positions: Iterable[int]) -> tuple[str, ...]:
        """The flags of a customer and of these entries, each once."""
        found = [*self.customers.get(customer_no, ()), *(id_ for at in positions for id_ in self.entries.get(at, ()))]
        return tuple(dict.fromkeys(found))


NO_FLAGS = Flagged()


def flagged(cursor: Cursor, policy: Policy, calendar: Calendar, scope: Scope) -> Flagged:
    """What the scheme in force on the scope's last day finds in it."""
    from guanhu.projections.red_flags import flags

    entries: dict[int, dict[str, None]] = defaultdict(dict)
    customers: dict[str, dict[str, None]] = defaultdict(dict)
    for flag in flags(
        cursor, policy, calendar, first=scope.first, last=scope.last, staff=scope.staff_id, outlet=scope.outlet
    ):
        for position in flag.positions:
            entries[position][flag.id] = None
        if flag.customer_no:
            customers[flag.customer_no][flag.id] = None
    return Flagged({at: tuple(ids) for at, ids in entries.items()}, {no: tuple(ids) for no, ids in customers.items()})
