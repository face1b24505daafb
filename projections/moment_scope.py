"""Whom a question about a past moment can concern: those whose rows a scoped moment holds (store/moments_scoped.py).

Wider than needed is harmless, for the question itself still chooses; narrower would leave something out of the answer.
So people are found by every row that ever led to them: the present's rows, which outlive what ended since, and the
events since the moment that took rows away.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from sqlite3 import Cursor
from typing import Protocol

import msgspec

from guanhu.domain.customer import CustomersLinked, ProfileRecorded
from guanhu.domain.events import Event
from guanhu.domain.staff import AffairsHandedOver
from guanhu.domain.withdrawing import SeatsWithdrawn
from guanhu.projections.former import PERSON
from guanhu.projections.history import Decode
from guanhu.projections.moment_about import About
from guanhu.projections.moment_people import named, people_then
from guanhu.projections.projection import ASKED_AT_ONCE, chunks, marks
from guanhu.projections.replay_scope import Stored
from guanhu.projections.search_keys import prefixes
from guanhu.projections.searching import LAST_CHARACTER, with_prefix


class StoredByTopic(Stored, Protocol):
    """Where the events are, which are looked for by their topics too."""

    def since(self, cursor: Cursor, streams: Sequence[str], position: int) -> list[tuple[int, str, str]]:
        """(position, stream, topic) of the events of these streams after a position."""

    def between(self, cursor: Cursor, topic: str, first: int, last: int) -> list[int]:
        """The positions of a topic's events from one position to another."""


class Concerned(msgspec.Struct, frozen=True):
    """The customers (id -> number) as they were registered at the moment.

    `gone`: the ids of all whose registration was taken back at any time, `refs` the positions of these registrations.
    `moved`: whether affairs of customers whom no event names have changed hands since. `unlinked`: ids of customers
    whose links went with an erasure since.
    """

    customers: dict[int, str]
    gone: dict[str, int]
    refs: tuple[int, ...]
    moved: bool
    unlinked: frozenset[int]


LARGEST = 60_000
SHARE = 3
"""A scope of more customers, or of more than one in so many of the book's, is none: the whole moment serves more."""
ALWAYS_FEW = 500
MANY = 2_000
"""So many found by a search may not be all of them (projections/finding.py)."""


Frame = Sequence[tuple[int, str, str]]
"""(position, stream, topic) of all events that are of no customers."""


def concerned(
    cursor: Cursor, stored: StoredByTopic, decode: Decode, about: About, position: int, frame: Frame
) -> Concerned | None:
    """Whom a question can concern that is asked of the book after the event at a position.

    None where that is most of the book, or where an id was found by a name that was given since.
    """
    if about.by_name and any(topic in _NAMING and at > position for at, _, topic in frame):
        return None
    return _Search(cursor, stored, decode, position, frame).answer(about)


_NAMING = ("enrolled", "outlet_opened")
"""Events that give names, and new ones."""


class _Search:
    """The tables, read at the present, and the events since the moment."""

    def __init__(self, cursor: Cursor, stored: StoredByTopic, decode: Decode, position: int, frame: Frame) -> None:
        self.cursor, self.stored, self.decode, self.position = cursor, stored, decode, position
        self.withdrawing = list(self._events(self._ids("SELECT position FROM withdrawn WHERE position > ?", position)))
        handovers = [at for at, _, topic in frame if topic == "handed_over"]
        self.handed = [(at, event) for at, event in self._events(handovers) if isinstance(event, AffairsHandedOver)]

    def answer(self, about: About) -> Concerned | None:
        """As `concerned`."""
        numbers = {*self._linked(about.customers)} if about.customers else set()
        found = self._worked_on(about)
        if found is None:
            return None
        ids = found | self._at_outlets(about)
        if about.text:
            searched = self._searched(about.text.strip())
            if searched is None:
                return None
            ids |= searched
        if about.inspection:
            ids |= self._inspected(about.inspection)
        if ids or about.queue_of or about.log_of or about.outlets or about.inspection or about.text:
            numbers |= {no for _, event in self.withdrawing for no in named(event)}
        (total,) = self.cursor.execute("SELECT coalesce(max(id), 0) FROM customer").fetchone()
        if len(ids) > max(ALWAYS_FEW, min(LARGEST, total // SHARE)):
            return None
        if about.linked:
            numbers |= self._linked([*numbers, *self._numbers(ids)])
        return self._then(numbers, ids)

    def _worked_on(self, about: About) -> set[int] | None:
        """The customers of a person's queue and log; None for the department's, whose queue is the whole book's."""
        found: set[int] = set()
        if about.queue_of:
            people = [about.queue_of, *self._names("SELECT staff FROM leave WHERE stand_in = ?", about.queue_of)]
            if self._holds(people, "department"):
                return None
            found |= self._in_care(people)
            for outlet in self._holds(people, "outlet_manager"):
                found |= self._of_outlet(outlet)
        if about.log_of:
            found |= self._logged([about.log_of], about.first, about.last)
        return found

    def _at_outlets(self, about: About) -> set[int]:
        """The customers of outlets, and perhaps of all who ever held a post there."""
        found: set[int] = set()
        for outlet in about.outlets:
            found |= self._of_outlet(outlet)
            if about.staff_too:
                people = self._names("SELECT DISTINCT staff FROM post WHERE outlet = ?", outlet)
                found |= self._in_care(people) | self._logged(people, about.first, about.last)
        return found

    # ------------------------------------------------------------ asking
    def _ids(self, question: str, *values: object) -> list[int]:
        return [found for (found,) in self.cursor.execute(question, values).fetchall()]

    def _names(self, question: str, *values: object) -> list[str]:
        return [found for (found,) in self.cursor.execute(question, values).fetchall()]

    def _events(self, positions: Iterable[int]) -> Iterator[tuple[int, Event]]:
        for row in self.stored.read(self.cursor, sorted(positions)):
            yield row[0], self.decode(row[3], row[4])

    # ------------------------------------------------------------ who comes into question
    def _holds(self, people: Sequence[str], role: str) -> list[str]:
        """The outlets at which any of these ever held a post; posts end, but stay."""
        where = f"role = ? AND staff IN ({marks(people)})"
        return self._names(f"SELECT DISTINCT outlet FROM post WHERE {where}", role, *people)

    def _in_care(self, people: Sequence[str]) -> set[int]:
        """Who ever had one of these in a seat, or an affair that can have been with one of them."""
        found = set(
            self._ids(f"SELECT DISTINCT customer_id FROM care WHERE staff IN ({marks(people)})", *people)
        )
        holders = sorted(self._holders(people))
        for column in ("staff", "opener", "other"):
            question = f"SELECT DISTINCT customer_id FROM affair WHERE {column} IN ({marks(holders)})"
            found.update(self._ids(question, *holders))
        return found

    def _holders(self, people: Sequence[str]) -> set[str]:
        """These, and all with whom handovers joined them: an affair of one can have been another's."""
        found = set(people)
        size = 0
        while len(found) > size:
            size = len(found)
            for _, event in self.handed:
                if event.staff_id in found or event.to_staff in found:
                    found |= {event.staff_id, event.to_staff}
        return found

    def _of_outlet(self, outlet: str) -> set[int]:
        """The customers of an outlet, and those who have moved since."""
        found = set(self._ids("SELECT id FROM customer WHERE outlet = ?", outlet))
        kept = "SELECT DISTINCT customer_id FROM former WHERE position > ? AND source = ?"
        found.update(self._ids(kept, self.position, PERSON))
        for _, event in self._events(self._profiles_by_file()):
            if isinstance(event, ProfileRecorded) and event.outlet is not None:
                found.update(self._ids("SELECT id FROM customer WHERE no = ?", event.customer_no))
        return found

    def _searched(self, text: str) -> set[int] | None:
        """Whom a search finds by the present's keys, and whose keys have changed since; None where these are many."""
        parts = [
            self._ids("SELECT id FROM customer WHERE no >= ? AND no < ? LIMIT ?", text, text + LAST_CHARACTER, MANY),
            self._ids("SELECT id FROM customer WHERE instr(name, ?) > 0 OR instr(no, ?) > 0 LIMIT ?", text, text, MANY),
            *(with_prefix(self.cursor, prefix, MANY) for prefix in prefixes(text)),
        ]
        by_file = sorted(self._profiles_by_file())
        if len(by_file) > LARGEST or any(len(part) == MANY for part in parts):
            return None
        kept = "SELECT DISTINCT customer_id FROM former WHERE position > ? AND source = ?"
        found = {cid for part in parts for cid in part} | {*self._ids(kept, self.position, PERSON)}
        numbers = sorted({row[1].removeprefix("customer:") for row in self.stored.read(self.cursor, by_file)})
        for part in chunks(numbers, ASKED_AT_ONCE):
            found.update(self._ids(f"SELECT id FROM customer WHERE no IN ({marks(part)})", *part))
        return found

    def _profiles_by_file(self) -> set[int]:
        """Profiles that files of customers brought since; nothing is kept of what they changed."""
        spans = self.cursor.execute(
            "SELECT DISTINCT first, command.last FROM import_run JOIN command"
            " ON command.id >= 'import:' || run AND command.id < 'import:' || run || ';'"
            " WHERE kind = 'customers' AND command.last > ?",
            (self.position,),
        ).fetchall()
        return {
            at
            for first, last in spans
            for at in self.stored.between(self.cursor, "profile", max(first, self.position + 1), last)
        }

    def _logged(self, people: Sequence[str], first: date | None, last: date | None) -> set[int]:
        """The customers of some people's entries of some days, and those whose entries were corrected since."""
        days = ((first or date.min).toordinal(), (last or date.max).toordinal())
        theirs = f"IN ({marks(people)})"
        found: set[int] = set()
        for question, *values in (
            (f"FROM act WHERE staff {theirs} AND day BETWEEN ? AND ?", *people, *days),
            ("FROM act WHERE corrected > ?", self.position),
            (f"FROM affair WHERE opener {theirs} AND day BETWEEN ? AND ?", *people, *days),
            (f"FROM affair WHERE closer {theirs} AND closed BETWEEN ? AND ?", *people, *days),
            (f"FROM waiver WHERE by {theirs} AND day BETWEEN ? AND ?", *people, *days),
            ("FROM waiver WHERE position > ?", self.position),  # one may stand in the place of another
        ):
            found.update(self._ids(f"SELECT DISTINCT customer_id {question}", *values))
        along = "SELECT customer_id, companions FROM act WHERE companions <> '' AND day BETWEEN ? AND ?"
        found.update(cid for cid, came in self.cursor.execute(along, days) if not set(people).isdisjoint(came.split()))
        return found

    def _inspected(self, inspection: str) -> set[int]:
        """Whom an inspection's sample and findings are about: what may be shown of them is asked of their rows."""
        tables = ("inspection_item", "inspection_sheet", "inspection_finding", "inspection_answer")
        found = (self._ids(f"SELECT customer_id FROM {name} WHERE inspection = ?", inspection) for name in tables)
        return {cid for ids in found for cid in ids if cid}

    def _numbers(self, ids: set[int]) -> Iterator[str]:
        for part in chunks(sorted(ids), ASKED_AT_ONCE):
            yield from self._names(f"SELECT no FROM customer WHERE id IN ({marks(part)})", *part)

    def _linked(self, numbers: Sequence[str]) -> set[str]:
        """These customers, and all with whom any was ever linked: a page names them."""
        found = set(numbers)
        for _, event in self._events(self._links(numbers)):
            if isinstance(event, CustomersLinked):
                found |= {event.customer_no, event.other_no}
        return found

    def _links(self, numbers: Sequence[str]) -> set[int]:
        """The events that link any of these."""
        found = {
            at for at, _, topic in self.stored.since(self.cursor, [f"customer:{no}" for no in numbers], 0)
            if topic == "linked"
        }  # fmt: skip
        for part in chunks(list(numbers), ASKED_AT_ONCE):
            question = f"SELECT trace.position FROM trace JOIN customer ON id = customer_id WHERE no IN ({marks(part)})"
            topics = self.stored.topics(self.cursor, sorted(self._ids(question, *part)))
            found.update(at for at, topic in topics if topic == "linked")
        return found

    # ------------------------------------------------------------ as they were at the moment
    def _then(self, numbers: set[str], ids: set[int]) -> Concerned:
        found = people_then(self.cursor, self.position, self.stored.topics, self._events, numbers, ids)
        moved = any(at > self.position for at, _ in self.handed) or any(
            isinstance(event, SeatsWithdrawn) for _, event in self.withdrawing
        )
        return Concerned(found.customers, found.gone, found.refs, moved, self._unlinked())

    def _unlinked(self) -> frozenset[int]:
        """Those whose links have gone with the erasure of the other since."""
        erased = self._names("SELECT no FROM customer WHERE erased = 1")
        streams = [f"customer:{no}" for no in erased]
        since = {stream for _, stream, topic in self.stored.since(self.cursor, streams, self.position)
                 if topic == "erased"}  # fmt: skip
        recent = [no for no in erased if f"customer:{no}" in since]
        numbers = self._linked(recent) if recent else set()
        found: set[int] = set()
        for part in chunks(sorted(numbers), ASKED_AT_ONCE):
            found.update(self._ids(f"SELECT id FROM customer WHERE no IN ({marks(part)})", *part))
        return frozenset(found)
