"""Why a duty is owed, or is not: the rule, the scheme's version, the facts and acts behind each occurrence."""

from datetime import date
from sqlite3 import Cursor

import msgspec

from guanhu.domain.applies import applicable, segments, silent_days
from guanhu.domain.calendar import Calendar
from guanhu.domain.duties import kinds_of
from guanhu.domain.errors import NotFound
from guanhu.domain.occurrences import STATUSES
from guanhu.domain.scheme import Policy
from guanhu.projections.by_number import customer_id
from guanhu.projections.customer_log import ActLine, acts_of
from guanhu.projections.day import open_day
from guanhu.projections.facts_of import load_facts
from guanhu.projections.queue import Asked, DutyItem, duty_list


class DutyWhy(msgspec.Struct, frozen=True):
    """A duty of one customer on a date, explained.

    `applies`: whether a clause of the duty fits the customer on the date; `silent`: a mark forbids to
    contact. `discharge`: what would do it. `working_days_published`: whether China's working days of
    that year are known, by which due dates count.
    """

    customer_no: str
    on: date
    duty: str
    tier: str | None
    aum_fen: int | None
    marks: list[str]
    applies: bool
    silent: bool
    trigger: str
    discharge: tuple[str, ...]
    items: list[DutyItem]
    acts: list[ActLine]
    waived: list[tuple[str, date, str, str]]
    scheme: str
    version: int
    provisional: bool
    working_days_published: bool


def duty_why(cursor: Cursor, policy: Policy, calendar: Calendar, day: date, customer_no: str, duty_id: str) -> DutyWhy:
    """Explain a duty of a customer on a date; NotFound("unknown_customer", "unknown_duty")."""
    cid = customer_id(cursor, customer_no)
    at = open_day(cursor, policy, calendar, day)
    duty = at.scheme.duty.get(duty_id)
    if duty is None:
        raise NotFound("unknown_duty", value=duty_id, allowed=", ".join(at.scheme.duty))
    items = duty_list(
        cursor, policy, calendar, day, Asked(customer_no=customer_no, duties=(duty_id,), statuses=STATUSES)
    ).items
    loaded = load_facts(cursor, [cid], at.scheme.profile)
    by, silent, marked = -1, False, []
    if loaded:
        facts = loaded[0][2]
        marked = [mark for mark, start, end in facts.marks if start <= at.ordinal < end]
        silent = duty.silent and any(start <= at.ordinal < end for start, end in silent_days(facts))
        current = next(s for s in segments(facts, policy) if s.start <= at.ordinal < s.end)
        by = applicable(current.scheme, current.key).get(duty_id, -1)
    discharged = {item.done_by for item in items if item.done_by}
    (hidden,) = cursor.execute("SELECT restricted FROM customer WHERE id = ?", (cid,)).fetchone()
    acts = [act for act in acts_of(cursor, cid, at.ordinal, hidden=bool(hidden)) if act.position in discharged]
    _, _, tier, aum = at.figures([cid])[cid]
    return DutyWhy(
        customer_no, day, duty_id, tier, aum, marked, by >= 0, silent, duty.trigger,
        kinds_of(duty, duty.by[max(by, 0)]), items, acts,
        _waived(cursor, cid, duty_id, hidden=bool(hidden)),
        at.scheme.id, at.scheme.version, at.provisional, calendar.published(day.year),
    )  # fmt: skip


def _waived(cursor: Cursor, cid: int, duty_id: str, *, hidden: bool) -> list[tuple[str, date, str, str]]:
    rows = cursor.execute(
        "SELECT occurrence, day, by, reason FROM waiver WHERE customer_id = ? AND duty = ? ORDER BY day", (cid, duty_id)
    )
    return [(occurrence, date.fromordinal(on), by, "" if hidden else reason) for occurrence, on, by, reason in rows]
