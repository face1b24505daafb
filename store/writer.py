"""One writing transaction of a book: events stamped, stored, and taken into the read model as they come.

The recorded time is taken under the write lock and never runs backwards (DESIGN 3).
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from sqlite3 import Cursor
from typing import TYPE_CHECKING
from uuid import UUID

from eventsourcing.persistence import StoredEvent

from guanhu.domain.errors import Refused
from guanhu.domain.events import Event, Stamp
from guanhu.domain.maintaining import check_maintains, is_maintenance
from guanhu.domain.scheme import Policy
from guanhu.projections import handlers
from guanhu.projections.policy import policy_of
from guanhu.projections.posts import roles_on
from guanhu.projections.projection import Projection, write_numbers
from guanhu.projections.settle import settle
from guanhu.store.codec import encode

if TYPE_CHECKING:
    from guanhu.store.book import Book

MICROSECOND = 1_000_000
HANDLERS = handlers.MODULES


class Writer:
    """Inside one transaction: `append` events, ask the read model by `cursor`; nothing is there before the commit."""

    def __init__(self, book: "Book", cursor: Cursor, by: str, command: str, now: datetime) -> None:
        self.book = book
        self.cursor = cursor
        self.by = by
        self.command = command
        self.projection = Projection(cursor, book.keyring, _policy(book, cursor), book.calendar)
        moment = max(int(now.timestamp() * MICROSECOND), self.projection.recorded)
        self.recorded_at = datetime.fromtimestamp(moment / MICROSECOND, UTC)
        self._recorded = moment
        self.positions: list[int] = []
        self._maintains = False

    @property
    def policy(self) -> Policy:
        """The policy of the book."""
        policy = self.projection.policy
        if policy is None:
            raise Refused("no_scheme")
        return policy

    @property
    def book_day(self) -> int:
        """The book's day as an ordinal, 0 where it has none yet."""
        return self.projection.book_day

    def stamp(self, on: date) -> Stamp:
        """The head of an event of this transaction that holds for `on`."""
        return Stamp(self.by, self.recorded_at, on, self.command)

    def append(self, stream: str, *events: Event) -> list[int]:
        """Store events of one stream and take them into the read model; their positions."""
        return self.append_each([(stream, event) for event in events])

    def append_each(self, events: Sequence[tuple[str, Event]]) -> list[int]:
        """Store events of many streams in order; their positions."""
        self._maintains = self._maintains or any(is_maintenance(event) for _, event in events)
        versions = self._versions({stream for stream, _ in events})
        stored = []
        for stream, event in events:
            versions[stream] += 1
            topic, state = encode(event)
            stored.append(StoredEvent(_stream_id(stream), versions[stream], topic, state))
        positions = self.book.recorder.append(self.cursor, stored)
        for position, (_, event) in zip(positions, events, strict=True):
            self.projection.apply(position, event)
        self.projection.flush()
        self.positions += positions
        return positions

    def _versions(self, streams: set[str]) -> dict[str, int]:
        if len(streams) < 4:
            return {stream: self.book.recorder.version(self.cursor, stream) for stream in streams}
        found = dict.fromkeys(streams, 0)
        ordered = sorted(streams)
        for start in range(0, len(ordered), 900):
            part = ordered[start : start + 900]
            found.update(
                self.cursor.execute(
                    "SELECT originator_id, max(originator_version) FROM stored_events WHERE originator_id IN"
                    f" ({','.join('?' * len(part))}) GROUP BY originator_id",
                    part,
                ).fetchall()
            )
        return found

    def seal(self, customer_no: str, text: str, topic: str) -> bytes:
        """Free text sealed with the customer's key for an event of that topic; b"" for none."""
        if not text:
            return b""
        return self.book.keyring.seal(self.cursor, customer_no, text.encode(), topic)

    def check_apart(self) -> None:
        """Refused("inspector_maintains") where what was appended is maintenance, and who acts only inspects.

        Of what was appended since it was last asked: several acts may share a transaction.
        """
        maintains, self._maintains = self._maintains, False
        if maintains and self.by:
            check_maintains(self.by, roles_on(self.cursor, self.by, self.book.today.toordinal()))

    def settle(self) -> None:
        """Derive what follows so far; needed before asking for what this transaction changed."""
        settle(self.projection)

    def adopt(self) -> None:
        """Go on under the policy as it stands now."""
        self.projection.policy = policy_of(self.cursor)

    def finish(self) -> None:
        """What every transaction leaves: derived rows, the recorded time, the command's last position."""
        self.settle()
        if self.positions:
            last = self.positions[-1]
            write_numbers(self.cursor, [("recorded", self._recorded), ("head", last)])
            self.projection.commanded(self.command, last)


def _policy(book: "Book", cursor: Cursor) -> Policy | None:
    """The policy as it stands when a transaction begins: remembered, for reading it is a tenth of logging a contact.

    What is committed stays, so the position of the newest scheme says which policy it is.
    """
    newest: int | None = cursor.execute("SELECT max(position) FROM scheme").fetchone()[0]
    if newest not in book.policies:
        book.policies[newest] = policy_of(cursor)
    return book.policies[newest]


def _stream_id(stream: str) -> UUID:
    """The library's type for stream names is UUID | str; ours are names."""
    return stream  # type: ignore[return-value]
