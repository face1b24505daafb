"""The history of one customer as a story: months, and in each what was done, what came of it, and what was missed.

It is told by what is known now: an entry as it was corrected, none that was taken back, a duty as it ended.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from sqlite3 import Cursor
from typing import Any

import msgspec

from guanhu.domain.branch_time import branch_time
from guanhu.domain.calendar import Calendar
from guanhu.domain.scheme import Policy
from guanhu.projections.customers import CustomerPage, page
from guanhu.projections.history import Decode, HistoryItem, Stored, customer_history
from guanhu.projections.inspection_sight import Sight
from guanhu.projections.projection import Opener
from guanhu.projections.queue import UNDONE, Asked, DutyItem, duty_list
from guanhu.projections.replay_gone import taken_back

BALANCES = frozenset({"balance", "unchanged"})
"""Told by the month, not one by one."""

SILENT = BALANCES | {"entry_corrected", "entry_withdrawn", "withdrawn", "seats_withdrawn", "looked", "evidence"}
"""Codes of events that are no part of what happened to the customer."""


class Beat(msgspec.Struct, frozen=True):
    """Something that happened. `code` and `details` as in the history, the entry as it was corrected.

    `settled`: the duties that it discharged. `about`: what it closes (of a kept promise, the promise).
    """

    on: date
    position: int
    by: str
    code: str
    details: dict[str, Any]
    settled: tuple[DutyItem, ...]
    about: HistoryItem | None


class Chapter(msgspec.Struct, frozen=True):
    """A month. `balances`: the AUM in fen before it and at its end, where a report came. `missed`: due in it."""

    month: date
    beats: tuple[Beat, ...]
    balances: tuple[int | None, int] | None
    missed: tuple[DutyItem, ...]


class Story(msgspec.Struct, frozen=True):
    """All chapters, oldest first, and how the customer stands on the day."""

    day: date
    chapters: tuple[Chapter, ...]
    page: CustomerPage


def story(
    cursor: Cursor, policy: Policy, calendar: Calendar, stored: Stored, decode: Decode, opener: Opener, day: date,
    customer_no: str, *, sight: Sight | None = None,
) -> Story:  # fmt: skip
    """The story of a customer up to a day, as who looks may see it. NotFound("unknown_customer")."""
    _total, items = customer_history(cursor, stored, decode, opener, customer_no, sight=sight)
    gone = taken_back(items, _moves_that_stand(cursor, customer_no))
    items = [item for item in items if item.occurred_on <= day]
    statuses = ("done", "missed", *UNDONE)
    owed = duty_list(cursor, policy, calendar, day, Asked(customer_no=customer_no, statuses=statuses)).items
    beats: dict[date, list[Beat]] = defaultdict(list)
    for beat in _beats(items, owed, gone):
        beats[beat.on.replace(day=1)].append(beat)
    missed: dict[date, list[DutyItem]] = defaultdict(list)
    for item in owed:
        if item.status == "missed" and item.due is not None:
            missed[item.due.replace(day=1)].append(item)
    balances = _balances(items)
    months = sorted({*beats, *missed, *balances})
    chapters = [
        Chapter(month, tuple(beats.get(month, ())), balances.get(month), tuple(missed.get(month, ())))
        for month in months
    ]
    return Story(day, tuple(chapters), page(cursor, policy, calendar, day, customer_no))


def _on(item: HistoryItem) -> date:
    """When it was; what holds on every date is told when it was written down."""
    return item.occurred_on if item.occurred_on != date.min else branch_time(item.recorded_at).date()


def _moves_that_stand(cursor: Cursor, customer_no: str) -> frozenset[int]:
    """The events of the moves between tiers that were not taken back with what had brought them."""
    question = "SELECT tier_move.position FROM tier_move JOIN customer ON id = customer_id WHERE no = ?"
    return frozenset(position for (position,) in cursor.execute(question, (customer_no,)))


def _beats(items: Sequence[HistoryItem], owed: Iterable[DutyItem], gone: frozenset[int]) -> list[Beat]:
    """What happened, by date, as it was corrected; `gone` was taken back."""
    known = {item.position: item for item in items}
    corrected = {item.details["position"]: item for item in items if item.code == "entry_corrected"}
    products = {item.details["product_no"]: item.details["product"] for item in items if item.code == "product"}
    settled: dict[int, list[DutyItem]] = defaultdict(list)
    for duty in owed:
        if duty.status == "done" and duty.done_by is not None:
            settled[duty.done_by].append(duty)
    found = []
    for item in items:
        if item.code in SILENT or item.position in gone:
            continue
        right = corrected.get(item.position)
        details = {**item.details, **_right(right)} if right else item.details
        if item.code == "product_ended":
            details = {**details, "product": products.get(details["product_no"], "")}
        about = known.get(details["ref"]) if "ref" in details else None
        found.append(Beat(
            _on(right or item), item.position, item.by, item.code, details, tuple(settled.get(item.position, ())),
            about,
        ))  # fmt: skip
    return sorted(found, key=lambda beat: (beat.on, beat.position))


def _right(item: HistoryItem) -> dict[str, Any]:
    """What the correction of an entry puts in its place."""
    return {name: item.details[name] for name in ("channel", "outcome", "companions", "next_on", "text")}


def _balances(items: Sequence[HistoryItem]) -> dict[date, tuple[int | None, int]]:
    """By month with a report, the AUM before it and the last of it, as the bank reported them."""
    reported = sorted(
        (item.occurred_on, item.position, item.details["fen"])
        for item in items
        if item.code in BALANCES and item.details.get("fen") is not None
    )
    found: dict[date, tuple[int | None, int]] = {}
    before: int | None = None
    for on, _position, fen in reported:
        month = on.replace(day=1)
        found[month] = (found[month][0] if month in found else before, fen)
        before = fen
    return found
