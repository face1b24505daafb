"""Which duties an act does: of one that is not written yet, as the rules would judge it; of one that is, as they did.

What is foreseen is no estimate: the customer's facts are taken with the act among them, the duties are derived anew,
and the difference is told. So it is always what saving will do.
"""

from collections.abc import Iterable
from datetime import date
from sqlite3 import Cursor

import msgspec

from guanhu.domain.calendar import Calendar
from guanhu.domain.duties import obligations
from guanhu.domain.facts import Act, Facts
from guanhu.domain.occurrences import Occurrence, Person, View, occurrences
from guanhu.domain.scheme import Policy
from guanhu.projections.by_number import customer_id, customer_ids
from guanhu.projections.facts_of import load_facts
from guanhu.projections.posts import roles_on
from guanhu.projections.queue import Asked, DutyItem, duty_list

UNSETTLED = ("upcoming", "open", "overdue")
NOT_YET = 1 << 62
"""The position of an act that is not written: after all that are."""


class Draft(msgspec.Struct, frozen=True):
    """An act that is not written yet: kind contact or visit, its outcome, its day, and who takes part."""

    kind: str
    outcome: str
    on: date
    staff: tuple[str, ...]


class Foreseen(msgspec.Struct, frozen=True):
    """What an act would do: the duties it discharges, and those it brings on that want further acts."""

    discharged: tuple[DutyItem, ...]
    brought_on: tuple[DutyItem, ...]


def foresee(cursor: Cursor, policy: Policy, calendar: Calendar, day: date, customer_no: str, draft: Draft) -> Foreseen:
    """What an act would do for a customer, looked at on `day`; NotFound("unknown_customer")."""
    loaded = load_facts(cursor, [customer_id(cursor, customer_no)], policy.adopted[-1][1].profile)
    if not loaded:
        return Foreseen((), ())  # erased: nothing is owed
    facts = loaded[0][2]
    # An act of an earlier day can do what was missed since.
    late = draft.on < day
    statuses = (*UNSETTLED, "missed") if late else UNSETTLED
    view = View(day.toordinal(), policy, calendar, late)
    before, after = _told(facts, view), _told(_with(facts, _act(cursor, draft, day)), view)
    discharged, brought_on = [], []
    for item in duty_list(cursor, policy, calendar, day, Asked(customer_no=customer_no, statuses=statuses)).items:
        key = (item.duty, item.occurrence)
        now = after.get(key)
        if now and now.done_by == NOT_YET:
            discharged.append(item)
        elif now and now.acts_done > (before[key].acts_done if key in before else 0):
            brought_on.append(item)
    return Foreseen(tuple(discharged), tuple(brought_on))


def _act(cursor: Cursor, draft: Draft, day: date) -> Act:
    on = draft.on.toordinal()
    roles = frozenset(role for each in draft.staff if each for role in roles_on(cursor, each, on))
    return Act(on, draft.kind, draft.outcome, roles, NOT_YET, max(on, day.toordinal()))


def _with(facts: Facts, act: Act) -> Facts:
    acts = sorted([*facts.acts, act], key=lambda each: (each.day, each.position))
    return msgspec.structs.replace(facts, acts=acts)


def _told(facts: Facts, view: View) -> dict[tuple[str, str], Occurrence]:
    """The occurrences of a customer's duties in a view by duty and key."""
    person = Person(facts.birthday, facts.lunar_birthday, facts.acts, {})
    found: dict[tuple[str, str], Occurrence] = {}
    for obligation in obligations(facts, view.policy, view.calendar):
        for occurrence in occurrences(obligation, person, view):
            found.setdefault((occurrence.duty, occurrence.key), occurrence)
    return found


def discharged_by(
    cursor: Cursor, policy: Policy, calendar: Calendar, day: date, customer_nos: Iterable[str], positions: Iterable[int]
) -> list[DutyItem]:
    """The duties to these customers that the entries at these positions discharged, as of a day."""
    wanted, ids = frozenset(positions), tuple(customer_ids(cursor, customer_nos).values())
    if not ids:
        return []
    done = duty_list(cursor, policy, calendar, day, Asked(customers=ids, statuses=("done",))).items
    return [item for item in done if item.done_by in wanted]
