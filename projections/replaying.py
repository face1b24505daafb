"""How it came about: the events of a customer, a member of staff or an outlet, step by step, each with what it changed.

The events are taken one after the other into a private read model, by the way that the live one takes (`replay_model`),
and the customers are looked at before and after (`replay_state`). What came together in one transaction, and holds
for one date, settles together. The day on which customers are looked at is the furthest to which the events have come;
where it moves on, a step of its own tells what opened, fell due or was missed by the passing of days alone.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from sqlite3 import Cursor

import msgspec

from guanhu.domain.branch_time import branch_time
from guanhu.domain.calendar import Calendar
from guanhu.domain.events import TOPIC_OF, Event
from guanhu.domain.staff import AffairsHandedOver, SchemeAdopted
from guanhu.domain.statement import BalancesReported, DayOpened
from guanhu.projections.history import Decode
from guanhu.projections.inspection_sight import WITHHELD, Sight, hidden_looks, withheld
from guanhu.projections.projection import ASKED_AT_ONCE, Opener, chunks, marks
from guanhu.projections.replay_choice import Asked, choice
from guanhu.projections.replay_model import Model
from guanhu.projections.replay_scope import Scope, Stored, places
from guanhu.projections.replay_state import Change, Picture, Stand, changes, in_order, stand, undone
from guanhu.projections.replay_step import Placed, Step, day_step, named, sort_out, step_of, with_moves
from guanhu.projections.replay_watch import Watch, hidden_among

READ_AT_ONCE = 100


class Replay:
    """A replay that goes forward, and its `model` with it.

    `total`: how many events there are to tell; steps of days stand between them.
    """

    def __init__(
        self, cursor: Cursor, stored: Stored, decode: Decode, opener: Opener, calendar: Calendar, scope: Scope,
        asked: Asked, *, sight: Sight | None = None,
    ) -> None:  # fmt: skip
        """Finds the events. NotFound("unknown_customer", "unknown_staff", "unknown_outlet").

        `sight`: who looks; None sees everything of running inspections.
        """
        self.scope = scope
        self._sight = sight
        self._stored, self._decode, self._opener, self.asked = stored, decode, opener, asked
        found = places(cursor, stored, decode, scope)
        self.customers = found.customers
        self._wanted = frozenset(found.customers.values())
        self._ids = {no: cid for cid, no in found.customers.items()}
        if unseen := hidden_looks(cursor, sight):
            found = found.without(unseen)
        self.positions = found.folded
        self._choice = choice(cursor, stored, decode, found, asked)
        self.total = self._choice.total
        self._at = self._choice.start
        self._silent = self._at
        self.model = Model(opener, calendar, found.customers)
        hidden = hidden_among(cursor, list(found.customers))
        self._hidden_numbers = frozenset(found.customers[cid] for cid in hidden)
        self._watch = Watch(self.model.cursor, calendar, hidden)
        self._day: date | None = None
        self._waiting: dict[int, Picture] = {}
        self._read: list[tuple[int, Event]] = []
        self.finished = False

    def close(self) -> None:
        """Forget the model."""
        self.model.close()

    # ------------------------------------------------------------ which events
    def _events(self, cursor: Cursor, positions: Sequence[int]) -> Iterator[tuple[int, Event]]:
        for part in chunks(positions, READ_AT_ONCE):
            for position, _, _, topic, state in self._stored.read(cursor, part):
                yield position, self._decode(topic, state)

    def _fold(self, cursor: Cursor) -> None:
        """Take in what comes before the first step, in silence."""
        before = self.positions[: self._silent]
        self._silent = 0
        if not before:
            return

        def seen() -> Iterator[tuple[int, Event]]:
            for position, event in self._events(cursor, before):
                self._day = self._day_of(event)
                yield position, event

        self.model.fold(seen())
        if self._day is not None:
            owed = self._watch.duties(list(self.customers), self._day, self._day)
            self._waiting = {cid: undone(found) for cid, found in owed.items()}

    def _together(self, cursor: Cursor) -> list[tuple[int, Event]]:
        """The next events that came together; empty at the end."""
        found: list[tuple[int, Event]] = []
        while True:
            if not self._read:
                part = self.positions[self._at : min(self._at + READ_AT_ONCE, self._choice.end)]
                self._at += len(part)
                self._read = list(self._events(cursor, part))
            if not self._read or (found and _apart(found[0][1], self._read[0][1])):
                return found
            found.append(self._read.pop(0))

    def _day_of(self, event: Event) -> date | None:
        """The day come to with an event; what is recorded before its date has not come yet."""
        if not (isinstance(event, DayOpened) or named(event, self._wanted)) or event.occurred_on == date.min:
            return self._day
        day = min(event.occurred_on, branch_time(event.recorded_at).date())
        return day if self._day is None else max(self._day, day)

    # ------------------------------------------------------------ steps
    def steps(self, cursor: Cursor, count: int = 0) -> list[Step]:
        """The next steps, of at least `count` events (0: all that are left); `finished` at the end of all."""
        self.model.reading(cursor)
        if self._silent:
            self._fold(cursor)
        found: list[Step] = []
        events = 0
        while not self.finished and (not count or events < count):
            together = self._together(cursor)
            if not together:
                self.finished = True
                if self._choice.days_after and self._day is not None:
                    found += self._go_on(cursor, self.asked.end)
                break
            new = self._take(cursor, together)
            events += sum(step.position is not None for step in new)
            found += new
        return found

    def _take(self, cursor: Cursor, together: Sequence[tuple[int, Event]]) -> list[Step]:
        """The steps of events that came together, the days that went by before them first."""
        day = self._day
        for _, event in together:
            day = max(filter(None, (day, self._day_of(event))), default=None)
        found = self._go_on(cursor, day) if day is not None else []
        placed = [Placed(position, event, self._names(event)) for position, event in together]
        ids = self._affected(placed)
        before = self._watch.look(ids, self._day)
        self.model.apply(together)
        touched = self.model.settle(together[-1][0]) & self.customers.keys()
        self._watch.touched(touched | set(ids))
        ids = list(dict.fromkeys((*ids, *touched)))
        after = self._watch.look(ids, self._day)
        if self._day is not None:
            self._waiting.update((cid, undone(after.get(cid, {}))) for cid in ids)
        if not any(each.position in self._choice.shown for each in placed):
            return found
        differing = [change for cid in ids for change in self._differing(cid, before, after)]
        differing = in_order(with_moves(placed, differing), [self.customers[cid] for cid in ids])
        return [*found, *self._told(cursor, placed, differing, after)]

    def _differing(self, cid: int, before: dict[int, Picture], after: dict[int, Picture]) -> list[Change]:
        return changes(self.customers[cid], before.get(cid, {}), after.get(cid, {}))

    def _told(
        self, cursor: Cursor, placed: Sequence[Placed], found: Sequence[Change], after: dict[int, Picture]
    ) -> Iterator[Step]:
        self._name_others(cursor, found)
        for each, own in zip(placed, sort_out(placed, found), strict=True):
            if each.position in self._choice.shown:
                about = dict.fromkeys((*each.customers, *(change.customer_no for change in own)))
                who = [cid for no in about if (cid := self._ids[no]) in after] or list(self.customers)[:1]
                stands = self._stands(cursor, who if each.customers or own or self.scope.customer_no else (), after)
                step = step_of(each, self._opening(cursor, each), self._hidden_numbers, own, stands)
                if step.code == "unchanged" and stands:
                    step = msgspec.structs.replace(step, details={"fen": stands[0].aum_fen})
                if (instead := withheld(cursor, each.event, self._sight)) is not None:
                    step = msgspec.structs.replace(step, code=WITHHELD, details=instead)
                yield step

    def _go_on(self, cursor: Cursor, day: date) -> list[Step]:
        """Let the days go by up to one; the step that tells what that changed, where it did."""
        since, self._day = self._day, day if self._day is None else max(self._day, day)
        if since is None or since >= day:
            return []
        self._watch.day_passed()
        ids = list(self.customers)
        now = self._watch.duties(ids, day, since + timedelta(days=1))
        earlier, later = self._watch.moved_by_days(since, day)
        found = []
        for cid in ids:
            before = self._waiting.get(cid, {}) | earlier.get(cid, {})
            found += changes(self.customers[cid], before, now.get(cid, {}) | later.get(cid, {}))
        self._waiting = {cid: undone(picture) for cid, picture in now.items()}
        if not found or not self.asked.days:
            return []
        found.sort(key=_when)
        who = list(dict.fromkeys(self._ids[change.customer_no] for change in found))
        return [day_step(since, day, found, self._stands(cursor, who, self._watch.look(who, self._day)))]

    # ------------------------------------------------------------ whom events are about
    def _affected(self, placed: Sequence[Placed]) -> list[int]:
        """The customers whom events can change, those first that they name."""
        found = [self._ids[no] for each in placed for no in each.customers]
        for each in placed:
            if isinstance(each.event, SchemeAdopted):
                found += self.customers
            elif isinstance(each.event, AffairsHandedOver):
                rows = self.model.cursor.execute(
                    "SELECT customer_id FROM affair WHERE closed IS NULL AND (staff = ? OR other = ?)",
                    (each.event.staff_id, each.event.staff_id),
                )
                found += [cid for (cid,) in rows.fetchall()]
        return list(dict.fromkeys(found))

    def _names(self, event: Event) -> tuple[str, ...]:
        """Whom of the scope an event names; of a statement found by its bitmap the one customer."""
        found = named(event, self._wanted)
        if not found and isinstance(event, BalancesReported) and self.scope.customer_no:
            return (self.scope.customer_no,)
        return found

    # ------------------------------------------------------------ what the book says beside it
    def _stands(self, cursor: Cursor, ids: Sequence[int], after: dict[int, Picture]) -> list[Stand]:
        rows = []
        for part in chunks(list(ids), ASKED_AT_ONCE):
            shown = "CASE WHEN restricted THEN '' ELSE name END"
            rows += cursor.execute(f"SELECT id, {shown} FROM customer WHERE id IN ({marks(part)})", part).fetchall()
        names = dict(rows)
        return [stand(self.customers[cid], names.get(cid, ""), after.get(cid, {})) for cid in ids]

    def _name_others(self, cursor: Cursor, found: Sequence[Change]) -> None:
        """Other customers by their numbers."""
        for change in found:
            if "other_id" in change.detail:
                other = (change.detail.pop("other_id"),)
                row = cursor.execute("SELECT no FROM customer WHERE id = ?", other).fetchone()
                change.detail["other_no"] = row[0] if row else ""

    def _opening(self, cursor: Cursor, placed: Placed) -> Callable[[bytes], bytes]:
        """How an event's sealed parts are opened; nothing is shown of restricted and erased customers."""
        own = getattr(placed.event, "customer_no", "") or next(iter(placed.customers), "")

        def opened(sealed: bytes) -> bytes:
            if own in self._hidden_numbers:
                return b""
            return self._opener.unseal_many(cursor, [(own, sealed)], TOPIC_OF[type(placed.event)])[0] or b""

        return opened


def _apart(first: Event, other: Event) -> bool:
    """Whether two events did not come together: other transactions, or other dates of one file."""
    return (first.command, first.recorded_at, first.occurred_on) != (
        other.command, other.recorded_at, other.occurred_on,
    )  # fmt: skip


def _when(change: Change) -> tuple[date, str]:
    """On which day a change by the passing of days was."""
    if change.what != "duty":
        return date.min, change.customer_no
    day = change.detail["opens"] if change.after == "open" else change.detail["due"]
    return day or date.min, change.customer_no
