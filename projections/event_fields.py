"""One stored event laid open for one customer: every field, of columns only the customer's own row."""

from base64 import b64encode
from datetime import date, datetime
from typing import Any

import msgspec

from guanhu.domain.events import Event

Value = str | int | bool | date | datetime | tuple[Any, ...] | None
BITMAP = "unchanged"
"""The one field of bytes that is no secret: which customers were reported with the balance already known."""
_HASHES = frozenset({"root", "digest"})
"""Bytes that are no secret either, and are written as checkpoints write them."""
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
    names = [name for name in event.__struct_fields__ if name not in _STAMP]
    if getattr(event, "customer_no", customer_no) != customer_no:  # its texts are of several customers, or of none
        names = [name for name in names if not isinstance(getattr(event, name), bytes)]
    values = ((name, getattr(event, name)) for name in names)
    return [
        _part(name, value, customer_no) if _has_parts(value) else _field(name, value, numbers, row)
        for name, value in values
    ]


def _has_parts(value: Any) -> bool:
    return isinstance(value, msgspec.Struct) or (isinstance(value, tuple) and any(map(_has_parts, value)))


def _part(name: str, value: Any, customer_no: str) -> EventField:
    """A field made of smaller records: each as words in a line, of those about customers only the customer's own."""
    if isinstance(value, msgspec.Struct):
        return EventField(name, _line(value))
    own = [each for each in value if getattr(each, "customer_no", customer_no) == customer_no]
    return EventField(name, tuple(map(_line, own)), of=len(value) if len(own) < len(value) else 0)


def _line(record: msgspec.Struct) -> str:
    values = [value for value in msgspec.structs.astuple(record) if value not in ("", None, ())]
    return " ".join(" ".join(map(str, value)) if isinstance(value, tuple) else str(value) for value in values)


def _field(name: str, value: Any, numbers: tuple[str, ...], row: int | None) -> EventField:
    count = 0
    if numbers and isinstance(value, tuple) and len(value) == len(numbers):
        count, value = len(numbers), None if row is None else value[row]
    if name in _HASHES:
        return EventField(name, b64encode(value).decode())
    if isinstance(value, bytes):
        return EventField(name, len(value), sealed=name != BITMAP, of=count)
    return EventField(name, value, of=count)
