"""A step of a replay: one event and what it changed, or the days between two events and what passed in them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from guanhu.domain.events import TOPIC_OF, Event
from guanhu.domain.statement import TiersChanged
from guanhu.domain.withdrawing import ActWithdrawn
from guanhu.projections.history import corrected_by
from guanhu.projections.history_words import Opened, told
from guanhu.projections.replay_state import Change, Stand

DAY = "day"
"""The topic of a step that is no event: days went by. It shares its name with the event that opens a day."""

_PERSONAL = ("tag", "other_no")
"""Details that tell of the person though they were not sealed (projections/history.py)."""

_CAUSES = {
    "customer": ("registered", "restricted", "erased"), "outlet": ("registered", "profile"),
    "fact": ("registered", "profile", "erased"), "balance": ("balances", "deposit", "withdrawal", "withdrawn"),
    "tier": ("tiers", "withdrawn"),
    "owner": ("assigned", "released"), "system_owner": ("assigned", "released"), "mark": ("marked", "unmarked"),
}  # fmt: skip
"""Of events that came together, which are behind a change; of other changes it is the last that names the customer."""


class Step(msgspec.Struct, frozen=True):
    """One step. `position` and `recorded_at` are None where days went by; `occurred_on` is then the day come to.

    `code` and `details`: what a sentence is made of (projections/history_words.py); of an event that names several of
    the scope's customers `code` is "many". `customers`: whom of the scope the event names. `after`: how the customers
    whom the step is about stand after it, `MOST_STANDS` at most. `corrects`: the position of the entry that the
    event corrects or takes back.
    """

    position: int | None
    recorded_at: datetime | None
    occurred_on: date
    by: str
    topic: str
    code: str
    details: dict[str, Any]
    customers: tuple[str, ...]
    changes: tuple[Change, ...]
    after: tuple[Stand, ...]
    corrects: int | None = None


MOST_STANDS = 50


class Placed(msgspec.Struct, frozen=True):
    """An event with its position, and the scope's customers whom it names."""

    position: int
    event: Event
    customers: tuple[str, ...]


def named(event: Event, wanted: frozenset[str]) -> tuple[str, ...]:
    """The customers of a scope whom an event names."""
    numbers = (*getattr(event, "customer_nos", ()), getattr(event, "customer_no", ""), getattr(event, "other_no", ""))
    return tuple(dict.fromkeys(no for no in numbers if no in wanted))


def sort_out(placed: Sequence[Placed], found: Sequence[Change]) -> list[list[Change]]:
    """The changes of events that came together, by the event that is behind each."""
    sorted_out: list[list[Change]] = [[] for _ in placed]
    for change in found:
        causes = _CAUSES.get(change.what, ())
        naming = [n for n, each in enumerate(placed) if change.customer_no in each.customers]
        likely = [n for n in naming if TOPIC_OF[type(placed[n].event)] in causes and _of_seat(placed[n].event, change)]
        at = (likely or naming or [len(placed) - 1])[-1]
        sorted_out[at].append(change)
    return sorted_out


def _of_seat(event: Event, change: Change) -> bool:
    """Whether an event about a seat is about the one that changed."""
    return getattr(event, "seat", None) in (None, "system" if change.what == "system_owner" else change.what)


def with_moves(placed: Sequence[Placed], found: Sequence[Change]) -> list[Change]:
    """What pictures differ in, with every move between tiers in place of the difference that all make together."""
    decided = _moves(placed)
    others = [change for change in found if change.what != "tier"]
    return [*others, *_moves_back(placed, found, decided), *decided]


def _moves(placed: Sequence[Placed]) -> list[Change]:
    """The moves that events decided, each of which is a change of its own."""
    found = []
    for each in placed:
        event = each.event
        if not isinstance(event, TiersChanged):
            continue
        wanted = frozenset(each.customers)
        columns = (event.customer_nos, event.from_tiers, event.to_tiers, event.bases, event.rules)
        for no, before, after, basis, rule in zip(*columns, strict=True):
            if no in wanted:
                detail = {"on": event.occurred_on, "rule": rule, "basis_fen": basis}
                found.append(Change("tier", no, before or None, after or None, detail))
    return found


def _moves_back(placed: Sequence[Placed], found: Sequence[Change], decided: Sequence[Change]) -> list[Change]:
    """The moves that went with acts taken back; `decided` are those that came then."""
    onward = {change.customer_no: change.before for change in reversed(decided)}
    days = {
        each.event.customer_no: each.event.occurred_on
        for each in placed
        if isinstance(each.event, ActWithdrawn) and each.event.moves
    }
    told = []
    for change in found:
        if change.what == "tier" and change.customer_no in days:
            after = onward.get(change.customer_no, change.after)
            if after != change.before:
                detail = {"on": days[change.customer_no]}
                told.append(msgspec.structs.replace(change, after=after, detail=detail))
    return told


def step_of(
    placed: Placed, opened: Opened, hidden: frozenset[str], changes: Sequence[Change], after: Sequence[Stand]
) -> Step:
    """The step of one event. `opened` opens what it sealed of its one customer."""
    event = placed.event
    code, details = _said(placed, opened)
    if placed.customers and placed.customers[0] in hidden:
        details.update((name, "") for name in _PERSONAL if name in details)
    return Step(
        placed.position, event.recorded_at, event.occurred_on, event.by, TOPIC_OF[type(event)], code, details,
        placed.customers, tuple(changes), tuple(after[:MOST_STANDS]), corrected_by(event),
    )  # fmt: skip


def _said(placed: Placed, opened: Opened) -> tuple[str, dict[str, Any]]:
    event = placed.event
    if len(placed.customers) > 1 and hasattr(event, "customer_nos"):
        return "many", {"customers": len(placed.customers)}
    if placed.customers:
        found = told(event, placed.customers[0], opened)
        if found is not None:
            return found
    own = {name: getattr(event, name) for name in _FRAME if isinstance(getattr(event, name, None), str | int | date)}
    return TOPIC_OF[type(event)], own


_FRAME = ("staff_id", "to_staff", "stand_in", "to", "role", "outlet", "name", "scheme", "version", "note")
"""Fields of events of the book's frame that a sentence is made of; none of them is sealed."""


def day_step(since: date, day: date, changes: Sequence[Change], after: Sequence[Stand]) -> Step:
    """The step of the days after one, up to another."""
    numbers = tuple(dict.fromkeys(change.customer_no for change in changes))
    return Step(
        None, None, day, "", DAY, DAY, {"since": since}, numbers, tuple(changes), tuple(after[:MOST_STANDS])
    )  # fmt: skip
