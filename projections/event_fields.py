"""One stored event laid open for one customer: every field, of columns only the customer's own row."""

from datetime import date, datetime
from typing import Any

import msgspec

from guanhu.domain.events import Event

Value = str | int | bool | date | datetime | tuple[Any, ...] | None
BITMAP = "unchanged"
"""The one field of bytes that is no secret: which customers were reported with the balance already known."""
_STAMP = frozenset(Event.__struct_fields__)


class EventField(msgspec.Struct, frozen=True):
    """A field of an event. `sealed`: bytes that only the customer's key opens; of all bytes `value` is how many.

    `of`: how many customers the column has of which this is one row; 0 for a field that is no column.
    """

    name: str
    value: Value
    sealed: bool = False
    of: int = 0


def event_fields(event: Event, customer_no: str) -> list[EventField]:
    """The fields beyond the stamp, in the order they are stored."""
    numbers: tuple[str, ...] = getattr(event, "customer_nos", ())
    row = numbers.index(customer_no) if customer_no in numbers else None
    return [_field(name, getattr(event, name), numbers, row) for name in event.__struct_fields__ if name not in _STAMP]


def _field(name: str, value: Any, numbers: tuple[str, ...], row: int | None) -> EventField:
    count = 0
    if numbers and isinstance(value, tuple) and len(value) == len(numbers):
        count, value = len(numbers), None if row is None else value[row]
    if isinstance(value, bytes):
        return EventField(name, len(value), sealed=name != BITMAP, of=count)
    return EventField(name, value, of=count)
