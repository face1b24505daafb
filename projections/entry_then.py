"""An entry of the log as it stood at a position: what was written, as corrected by then; and what was corrected since.

The read model shows an entry as it stands now. An inspection is about what stood at its cut-off, so that is made of the
stored events themselves: the one at the entry's position, and those that name it, correcting it or taking it back.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from sqlite3 import Cursor

import msgspec

from guanhu.domain import affairs
from guanhu.domain.branch_time import day_recorded
from guanhu.domain.contact import ContactLogged, EntryCorrected, VisitLogged
from guanhu.domain.events import TOPIC_OF, Event
from guanhu.domain.withdrawing import ActWithdrawn
from guanhu.projections.history import Decode, Stored
from guanhu.projections.of_work import seconds
from guanhu.projections.projection import Opener


class EntryThen(msgspec.Struct, frozen=True):
    """An entry at a position, in the form of the log (projections/log.py, LogEntry).

    `days_late`: from the day it happened to the day it was written down; of an `imported` one, whose day of writing
    nobody knows, 0. `corrected`: the position of the last correction by then. `changed`, `withdrawn`: positions of
    corrections since, and whether the entry was taken back by the last of them.
    """

    position: int
    customer_no: str
    on: date
    kind: str
    subject: str = ""
    occurrence: str = ""
    channel: str = ""
    outcome: str = ""
    staff: str = ""
    companions: tuple[str, ...] = ()
    note: str = ""
    next_on: date | None = None
    began_at: time | None = None
    duration_seconds: int | None = None
    recorded_at: datetime | None = None
    by: str = ""
    days_late: int = 0
    corrected: int | None = None
    changed: tuple[int, ...] = ()
    withdrawn: bool = False
    imported: bool = False


Correcting = EntryCorrected | affairs.PromiseCorrected | ActWithdrawn
Correction = tuple[int, Correcting]
"""(position, the event that names an entry)."""


class Events:
    """The stored events, read and opened on one snapshot; of `hidden` customers (restricted, erased) no text is."""

    def __init__(
        self, cursor: Cursor, stored: Stored, decode: Decode, opener: Opener, hidden: frozenset[str] = frozenset()
    ) -> None:
        self._cursor = cursor
        self._stored = stored
        self._decode = decode
        self._opener = opener
        self._hidden = hidden

    def at(self, positions: Sequence[int]) -> list[tuple[int, Event]]:
        """The events at positions."""
        rows = self._stored.read(self._cursor, positions)
        return [(position, self._decode(topic, state)) for position, _, _, topic, state in rows]

    def corrections(self, customer_no: str) -> list[Correction]:
        """All that corrects a customer's entries or takes them back, oldest first."""
        found: list[Correction] = []
        for position, _, _, topic, state in self._stored.of_stream(self._cursor, f"customer:{customer_no}"):
            if topic in ("corrected", "promise_corrected", "withdrawn"):
                event = self._decode(topic, state)
                assert isinstance(event, Correcting)
                found.append((position, event))
        return found

    def text(self, event: Event, customer_no: str, sealed: bytes) -> str:
        """A sealed text; "" where the customer is hidden."""
        if not sealed or customer_no in self._hidden:
            return ""
        plain = self._opener.unseal_many(self._cursor, [(customer_no, sealed)], TOPIC_OF[type(event)])[0]
        return plain.decode() if plain is not None else ""


def entries_then(events: Events, positions: Sequence[int], upto: int) -> dict[int, EntryThen]:
    """The entries at these positions as they stood at the position `upto`; what is no entry of the log is left out."""
    found: dict[int, EntryThen] = {}
    corrections: dict[str, list[Correction]] = {}
    for position, event in events.at(positions):
        entry = _entry(events, position, event)
        if entry is None:
            continue
        no = entry.customer_no
        if no not in corrections:
            corrections[no] = events.corrections(no)
        entry = _corrected(events, entry, _of(corrections[no], position, upto), upto)
        imported = isinstance(event, ContactLogged) and event.imported
        late = 0 if imported else max(0, day_recorded(seconds(event.recorded_at)) - entry.on.toordinal())
        found[position] = msgspec.structs.replace(
            entry, recorded_at=event.recorded_at, by=event.by, days_late=late, imported=imported
        )
    return found


def _named(event: Correcting) -> int:
    return event.corrects if isinstance(event, EntryCorrected) else event.ref


def _of(corrections: Sequence[Correction], position: int, upto: int) -> list[Correction]:
    """What corrects an entry, without what was itself taken back by then."""
    back = {event.ref for at, event in corrections if isinstance(event, ActWithdrawn) and at <= upto}
    return [(at, event) for at, event in corrections if _named(event) == position and at not in back]


def _corrected(events: Events, entry: EntryThen, corrections: Sequence[Correction], upto: int) -> EntryThen:
    for position, event in corrections:
        taken_back = isinstance(event, ActWithdrawn) or (isinstance(event, EntryCorrected) and event.withdrawn)
        if position > upto:
            entry = msgspec.structs.replace(entry, changed=(*entry.changed, position), withdrawn=taken_back)
        if position > upto or isinstance(event, ActWithdrawn):
            continue
        if isinstance(event, affairs.PromiseCorrected):
            said = events.text(event, entry.customer_no, event.text)
            entry = msgspec.structs.replace(entry, note=said, next_on=event.due_on, corrected=position)
            continue
        entry = msgspec.structs.replace(
            entry, on=event.occurred_on, channel=event.channel, outcome=event.outcome, companions=event.companions,
            note=events.text(event, entry.customer_no, event.note), next_on=event.next_on, corrected=position,
        )  # fmt: skip
        if entry.kind == "visit":
            times = event.began_at, event.duration_seconds
            entry = msgspec.structs.replace(entry, began_at=times[0], duration_seconds=times[1])
    return entry


def _entry(events: Events, position: int, event: Event) -> EntryThen | None:
    """What an event says as an entry of the log; None for one that is none."""
    match event:
        case ContactLogged():
            return EntryThen(
                position, event.customer_no, event.occurred_on, "contact", channel=event.channel,
                outcome=event.outcome, staff=event.staff_id, note=events.text(event, event.customer_no, event.note),
                next_on=event.next_on, duration_seconds=event.duration_seconds,
            )  # fmt: skip
        case VisitLogged():
            return EntryThen(
                position, event.customer_no, event.occurred_on, "visit", outcome=event.outcome, staff=event.staff_id,
                companions=event.companions, note=events.text(event, event.customer_no, event.note),
                next_on=event.next_on, began_at=event.began_at, duration_seconds=event.duration_seconds,
            )  # fmt: skip
        case affairs.DutyWaived():
            return EntryThen(
                position, event.customer_no, event.occurred_on, "waiver", event.duty, event.occurrence, staff=event.by,
                note=events.text(event, event.customer_no, event.reason),
            )  # fmt: skip
    return _affair(events, position, event)


_KINDS: Mapping[type[Event], str] = {
    affairs.PromiseMade: "promise", affairs.PromiseKept: "promise_kept", affairs.PromiseExcused: "promise_excused",
    affairs.ImportantEventNoted: "event", affairs.OpinionVoiced: "opinion", affairs.CustomerReferred: "referral",
    affairs.HelpRequested: "request", affairs.HelpAnswered: "request_answered",
}  # fmt: skip


def _affair(events: Events, position: int, event: Event) -> EntryThen | None:
    """What was taken up for a customer, or closed, in the words of the log."""
    kind = _KINDS.get(type(event), "")
    if isinstance(event, affairs.ReferralAnswered):
        kind = "referral_accepted" if event.accepted else "referral_returned"
    if not kind:
        return None
    no: str = event.customer_no  # type: ignore[attr-defined]
    sealed: bytes = next(getattr(event, name) for name in ("text", "note", "reason") if hasattr(event, name))
    staff = getattr(event, "staff_id", "") or getattr(event, "from_staff", "") or event.by
    return EntryThen(
        position, no, event.occurred_on, kind, getattr(event, "to_staff", "") or getattr(event, "kind", ""),
        staff=staff, note=events.text(event, no, sealed), next_on=getattr(event, "due_on", None),
    )  # fmt: skip
