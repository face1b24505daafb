"""Events to stored bytes and back: a short topic and msgpack (DESIGN 3)."""

from typing import Any

import msgspec

# Every module with events is imported here, so that each topic is known wherever events are read.
from guanhu.domain import affairs, contact, customer, evidence, inspection, looking, staff, statement, withdrawing
from guanhu.domain.events import TOPIC_OF, TOPICS, Event
from guanhu.store.errors import BookDamaged

MODULES = (affairs, contact, customer, evidence, inspection, looking, staff, statement, withdrawing)

_encode = msgspec.msgpack.Encoder().encode
_DECODERS: dict[str, msgspec.msgpack.Decoder[Any]] = {
    topic: msgspec.msgpack.Decoder(cls) for topic, cls in TOPICS.items()
}


def encode(event: Event) -> tuple[str, bytes]:
    """The topic and bytes of an event."""
    return TOPIC_OF[type(event)], _encode(event)


def decode(topic: str, state: bytes) -> Event:
    """The event of a topic and bytes; BookDamaged("unknown_event") for what this version can't read."""
    try:
        event: Event = _DECODERS[topic].decode(state)
    except (KeyError, msgspec.DecodeError) as error:
        raise BookDamaged("unknown_event", topic=topic) from error
    return event
