"""Whose events a replay is about, and where in the book these stand.

A replay folds few of the book's events: those of the customers in question, found by the positions that the read
model's rows keep, and those that everything else stands on (posts, outlets, schemes, the book's day). Events of
thousands of customers are narrowed to the rows in question before they are applied (`replay_model.py`).
"""

import re
import zlib
from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from sqlite3 import Cursor
from typing import Protocol

import msgspec

from guanhu.domain.balances import unpack
from guanhu.domain.errors import NotFound
from guanhu.domain.staff import AffairsHandedOver
from guanhu.projections.history import Decode, StoredRow
from guanhu.projections.posts import check_known
from guanhu.projections.projection import ASKED_AT_ONCE, chunks, marks
from guanhu.projections.tables import TABLES

OF_CUSTOMERS = ("assignment:", "customer:", "import:", "looking:", "rating:", "registration:", "statement:")
"""How the streams begin whose events concern only the customers that they name; all others are the book's frame."""

IN_PASSING = frozenset({"reviewed", "supervised"})
"""Events of the frame on which nothing stands: there is one for every working day of every member of staff."""

POSITIONED = tuple(
    name
    for name, columns in TABLES.items()
    if "customer_id INTEGER" in columns and re.search(r"\bposition INTEGER", columns)
)
"""Tables whose rows know a customer and the position of the event that made them."""


class Stored(Protocol):
    """Where the events are."""

    def read(self, cursor: Cursor, positions: Sequence[int]) -> list[StoredRow]:
        """The events at these positions, in that order."""

    def topics(self, cursor: Cursor, positions: Sequence[int]) -> list[tuple[int, str]]:
        """(position, topic) of the events at these positions, in order of position."""

    def of_streams(self, cursor: Cursor, streams: Sequence[str]) -> list[tuple[int, str]]:
        """(position, topic) of all events of these streams, in any order."""

    def outside(self, cursor: Cursor, prefixes: Sequence[str]) -> list[tuple[int, str, str]]:
        """(position, stream, topic) of all events whose streams begin with none of these, in any order."""


class Scope(msgspec.Struct, frozen=True):
    """Whose history is replayed: a customer's, a member of staff's, or an outlet's. Exactly one is named."""

    customer_no: str = ""
    staff: str = ""
    outlet: str = ""


class Places(msgspec.Struct, frozen=True):
    """The customers of a scope (id -> number), all positions that are folded, and those of them that are told.

    `topics`: of the positions that are told.
    """

    customers: dict[int, str]
    folded: "array[int]"
    told: "array[int]"
    topics: Sequence[str]

    def without(self, unseen: Collection[int]) -> "Places":
        """The same, but for what is not to be told to who looks."""
        kept = [pair for pair in zip(self.told, self.topics, strict=True) if pair[0] not in unseen]
        told = type(self.told)("q", [position for position, _ in kept])
        return Places(self.customers, self.folded, told, [topic for _, topic in kept])


def places(cursor: Cursor, stored: Stored, decode: Decode, scope: Scope) -> Places:
    """Where a scope's events stand. NotFound("unknown_customer", "unknown_staff", "unknown_outlet")."""
    customers = customers_of(cursor, scope)
    own = dict(stored.topics(cursor, sorted(naming(cursor, customers))))
    numbers = [f"customer:{no}" for no in customers.values()]
    own.update(stored.of_streams(cursor, numbers))
    frame = [each for each in stored.outside(cursor, OF_CUSTOMERS) if scope.staff or each[2] not in IN_PASSING]
    whose = f"staff:{scope.staff}" if scope.staff else f"outlet:{scope.outlet}"
    told = own | {position: topic for position, stream, topic in frame if stream == whose}
    if own:
        begins = min(own)
        told |= {position: topic for position, _, topic in frame if topic == "scheme" and position > begins}
        told |= _handovers(cursor, stored, decode, customers, [p for p, _, topic in frame if topic == "handed_over"])
    frame_of_it = (position for position, _, topic in frame if topic not in IN_PASSING or position in told)
    folded = sorted({*own, *frame_of_it, *_erasures(cursor, stored)})
    positions = sorted(told)
    return Places(customers, array("q", folded), array("q", positions), [told[position] for position in positions])


def _erasures(cursor: Cursor, stored: Stored) -> Iterator[int]:
    """Of everybody: who is erased is no relation of anybody any more."""
    erased = [f"customer:{no}" for (no,) in cursor.execute("SELECT no FROM customer WHERE erased = 1")]
    yield from (position for position, topic in stored.of_streams(cursor, erased) if topic == "erased")


def _handovers(
    cursor: Cursor, stored: Stored, decode: Decode, customers: dict[int, str], positions: Sequence[int]
) -> dict[int, str]:
    """Of the handovers of open affairs, those that can have moved one of the customers'."""
    holders: set[str] = set()
    for part in chunks(list(customers), ASKED_AT_ONCE):
        rows = cursor.execute(f"SELECT opener, staff, other FROM affair WHERE customer_id IN ({marks(part)})", part)
        holders.update(*rows)
    found: dict[int, str] = {}
    for position, _, _, topic, state in stored.read(cursor, sorted(positions)):
        event = decode(topic, state)
        if isinstance(event, AffairsHandedOver) and event.staff_id in holders:
            holders.add(event.to_staff)
            found[position] = topic
    return found


def customers_of(cursor: Cursor, scope: Scope) -> dict[int, str]:
    """The customers of a scope, number by id; of staff and outlets all whom they ever looked after."""
    if scope.customer_no:
        row = cursor.execute("SELECT id, no FROM customer WHERE no = ?", (scope.customer_no,)).fetchone()
        if row is None:
            raise NotFound("unknown_customer", customer_no=scope.customer_no)
        return {row[0]: row[1]}
    check_known(cursor, staff=scope.staff, outlet=scope.outlet)
    found, values = (_OF_STAFF, {"staff": scope.staff}) if scope.staff else (_OF_OUTLET, {"outlet": scope.outlet})
    question = f"SELECT id, no FROM customer WHERE id IN ({found}) ORDER BY id"
    return dict(cursor.execute(question, values).fetchall())


_OF_STAFF = (
    "SELECT customer_id FROM care WHERE staff = :staff"
    " UNION SELECT customer_id FROM act WHERE staff = :staff"
    " UNION SELECT customer_id FROM act WHERE companions <> ''"
    " AND instr(' ' || companions || ' ', ' ' || :staff || ' ') > 0"
    " UNION SELECT customer_id FROM affair WHERE opener = :staff"
    " UNION SELECT customer_id FROM affair WHERE staff = :staff"
    " UNION SELECT customer_id FROM affair WHERE closed IS NOT NULL AND closer = :staff"
    " UNION SELECT customer_id FROM affair WHERE other = :staff"
)
_OF_OUTLET = (
    "SELECT id FROM customer WHERE outlet = :outlet"
    " UNION SELECT customer_id FROM care JOIN post ON post.staff = care.staff AND post.outlet = :outlet"
    " WHERE care.start < post.end AND care.end > post.start"
    " UNION SELECT customer_id FROM act JOIN post ON post.staff = act.staff AND post.outlet = :outlet"
    " WHERE act.day >= post.start AND act.day < post.end"
)


def naming(cursor: Cursor, customers: Mapping[int, str]) -> set[int]:
    """The positions of events that name any of the customers beside their own streams."""
    found: set[int] = set()
    for part in chunks(list(customers), ASKED_AT_ONCE):
        listed = marks(part)
        found.update(p for (p,) in cursor.execute(f"SELECT position FROM customer WHERE id IN ({listed})", part))
        for (series,) in cursor.execute(f"SELECT series FROM account WHERE customer_id IN ({listed})", part):
            found.update(position for _, _, _, position in unpack(series))
        for table in POSITIONED:
            found.update(
                p for (p,) in cursor.execute(f"SELECT position FROM {table} WHERE customer_id IN ({listed})", part)
            )
    found.update(_unchanged(cursor, sorted(customers)))
    found.discard(0)  # rows that nothing but the rules has made
    return found


def _unchanged(cursor: Cursor, ids: Sequence[int]) -> Iterator[int]:
    """The statements that reported the balance already known of any of these."""
    if not ids:
        return
    rows = cursor.execute("SELECT position, first_id, bits FROM report WHERE first_id <= ?", (ids[-1],))
    for position, first, packed in rows:
        bits = zlib.decompress(packed)
        last = first + len(bits) * 8
        if any(first <= cid < last and bits[(cid - first) >> 3] & (1 << ((cid - first) & 7)) for cid in ids):
            yield position
