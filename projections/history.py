"""A customer's history: every event that touches the customer, oldest first, with what it said when it was written.

Nothing is left out for having been corrected since: lists show the corrected entry, history shows both
(DESIGN 3). Events with thousands of customers are found by the positions that the read model's rows keep, and
of each only this customer's row is told.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from sqlite3 import Cursor
from typing import Any, Protocol

import msgspec

from guanhu.domain.affairs import PromiseCorrected
from guanhu.domain.balances import carried, steps, unpack
from guanhu.domain.contact import EntryCorrected
from guanhu.domain.errors import NotFound
from guanhu.domain.events import TOPIC_OF, Event
from guanhu.domain.paging import paged
from guanhu.domain.withdrawing import ActWithdrawn, SeatsWithdrawn
from guanhu.projections.history_words import Opened, told
from guanhu.projections.inspection_sight import WITHHELD, Sight, hidden_looks, withheld
from guanhu.projections.of_money import in_bits
from guanhu.projections.projection import Opener

StoredRow = tuple[int, str, int, str, bytes]
"""(position, stream, version, topic, state)."""

Decode = Callable[[str, bytes], Event]


class Stored(Protocol):
    """Where the events are."""

    def read(self, cursor: Cursor, positions: Sequence[int]) -> list[StoredRow]:
        """The events at these positions, in that order."""

    def of_stream(self, cursor: Cursor, stream: str) -> list[StoredRow]:
        """All events of one stream."""


class HistoryItem(msgspec.Struct, frozen=True):
    """One event of a customer's history (DESIGN 7, `customer history --json`).

    `event`: its topic. `code` and `details` are what a sentence is made of (projections/history_words.py).
    `corrects`: the position of the entry that this one corrects or takes back.
    """

    position: int
    recorded_at: datetime
    occurred_on: date
    by: str
    event: str
    code: str
    details: dict[str, Any]
    corrects: int | None


def customer_history(
    cursor: Cursor, stored: Stored, decode: Decode, opener: Opener, customer_no: str, *, limit: int = 0,
    offset: int = 0, sight: Sight | None = None, after: int = 0,
) -> tuple[int, list[HistoryItem]]:  # fmt: skip
    """How many events there are, and those of the page (`limit` 0: all). NotFound("unknown_customer").

    `after`: only those after this position. `sight`: who looks; of a running inspection others are told that there is
    one (None sees everything).
    """
    row = cursor.execute(
        "SELECT id, position, restricted, erased, series FROM customer LEFT JOIN account ON customer_id = id"
        " WHERE no = ?",
        (customer_no,),
    ).fetchone()
    if row is None:
        raise NotFound("unknown_customer", customer_no=customer_no)
    cid, registered, restricted, erased, series = row
    hidden = bool(restricted or erased)
    entries = unpack(series or b"")
    unchanged = _unchanged(cursor, cid)
    found = {registered, *unchanged, *(position for _, _, _, position in entries), *_rows(cursor, cid)}
    found.update(position for position, *_ in stored.of_stream(cursor, f"customer:{customer_no}"))
    positions = sorted(at for at in found - hidden_looks(cursor, sight) if at > after)
    wanted = paged(positions, limit, offset)
    items = []
    for position, _, _, topic, state in stored.read(cursor, wanted):
        event = decode(topic, state)
        story = told(event, customer_no, _opening(cursor, opener, customer_no, event, hidden=hidden))
        if story is None:
            continue
        code, details = story
        if (instead := withheld(cursor, event, sight)) is not None:
            code, details = WITHHELD, instead
        if hidden:
            details.update((name, "") for name in _PERSONAL if name in details)
        if code == "unchanged":
            details = {"fen": carried(steps(entries), event.occurred_on.toordinal())}
        corrects = corrected_by(event)
        items.append(
            HistoryItem(
                position, event.recorded_at, event.occurred_on, event.by, topic, code, details, corrects
            )
        )  # fmt: skip
    return len(positions), items


def corrected_by(event: Event) -> int | None:
    """The position of the entry that an event corrects or takes back; None for any other event."""
    if isinstance(event, EntryCorrected):
        return event.corrects
    return event.ref if isinstance(event, ActWithdrawn | SeatsWithdrawn | PromiseCorrected) else None


def _opening(cursor: Cursor, opener: Opener, customer_no: str, event: Event, *, hidden: bool) -> Opened:
    """How this event's sealed parts are opened; nothing is shown of restricted and erased customers."""

    def opened(sealed: bytes) -> bytes:
        if hidden:
            return b""
        return opener.unseal_many(cursor, [(customer_no, sealed)], TOPIC_OF[type(event)])[0] or b""

    return opened


# ---------------------------------------------------------------- where events of many customers name this one
_POSITIONS = (
    "SELECT position FROM tier_move WHERE customer_id = ? AND position > 0",
    "SELECT position FROM care WHERE customer_id = ? AND seat <> 'gap'",
    "SELECT position FROM trace WHERE customer_id = ?",
)
"""What may not stand in the customer's own stream: decided tiers, seats given in bulk, and what only a trace names."""

_PERSONAL = ("tag", "other_no")
"""Details that tell of the person though they were not sealed."""


def _rows(cursor: Cursor, cid: int) -> Iterable[int]:
    for question in _POSITIONS:
        for (position,) in cursor.execute(question, (cid,)):
            yield position


def _unchanged(cursor: Cursor, cid: int) -> list[int]:
    """The statements that reported the balance already known."""
    rows = cursor.execute("SELECT position, first_id, bits FROM report WHERE first_id <= ?", (cid,))
    return [position for position, first_id, bits in rows if in_bits(bits, cid - first_id)]
