"""An obligation: one thing owed to a customer, or the rule by which one comes back, and the days on which it stands.

What raises obligations is in `triggers.py`; this is what all of them share. A thing that was raised stands
while a clause of its duty applies to the customer. If one applies on its due day, it stands for good: who
falls out of a tier after that is not relieved of what was not done (DESIGN 6).
"""

from datetime import date

import msgspec

from guanhu.domain.applies import Span
from guanhu.domain.calendar import Calendar
from guanhu.domain.facts import EVER, Facts
from guanhu.domain.scheme import By, Discharge, Due, Duty, Policy

ONE = "one"
BIRTHDAY = "birthday"
FESTIVAL = "festival"
PERIODS = frozenset({"week", "month", "quarter", "half_year", "year"})


class Obligation(msgspec.Struct, frozen=True, gc=False):
    """A duty as it stands on the days [start, end); all days are ordinals.

    `since`: when it began to apply without a break. `ends`: the last day on which it can still be
    done; after it, it is missed. `by`: index of the clause that says who owes it. `staff_id`: the one
    person who owes it, where the thing itself names one. `basis`: what raised it (fen, product, act);
    of birthdays and festivals the silent days, as first, end, first, end ...
    """

    duty: str
    kind: str
    key: str
    start: int
    end: int
    since: int
    by: int
    opens: int = 0
    due: int | None = None
    ends: int = EVER
    done_on: int | None = None
    done_by: int | None = None
    staff_id: str = ""
    basis: tuple[int | str, ...] = ()


class Raised(msgspec.Struct, frozen=True, gc=False):
    """One thing to do before it is known on which days its clause applies.

    `visible`: the day from which the book knows of it. `end`: the day from which it is void, whatever was due.
    `due_after`: in place of `due`, how long after `opens` it is due unless the clause says otherwise.
    """

    key: str
    visible: int
    opens: int
    due: int | None
    end: int = EVER
    done_on: int | None = None
    done_by: int | None = None
    staff_id: str = ""
    basis: tuple[int | str, ...] = ()
    due_after: Due | None = None


class Case(msgspec.Struct, frozen=True):
    """One duty of one customer under judgement: all that a trigger needs."""

    facts: Facts
    duty: Duty
    spans: list[Span]
    policy: Policy
    calendar: Calendar

    def due_day(self, day: int, due: Due) -> int:
        """The day that lies `due` after `day`."""
        if due.working_days:
            return self.calendar.add_working_days(date.fromordinal(day), due.working_days).toordinal()
        return day + due.days

    def clause_on(self, day: int, otherwise: By) -> By:
        """The clause that applies on a day, or `otherwise` where none does."""
        for span in self.spans:
            if span.start <= day < span.end:
                return self.duty.by[span.by]
        return otherwise


def kinds_of(duty: Duty, by: By) -> tuple[Discharge, ...]:
    """What discharges the duty for the customers of a clause."""
    return by.discharge or duty.discharge


def first_act(case: Case, by: By, opens: int, due: int | None, ends: int) -> tuple[int | None, int | None]:
    """Day and position of the first act that discharges the duty between `opens` and `ends`.

    An act is judged by the clause of its own day, so that what was done stays done when the tier changes;
    by `by` where none applied.
    """
    duty = case.duty
    one_clause = len(duty.by) == 1
    latest = due + duty.write_up_days if duty.write_up_days and due is not None else EVER
    for act in case.facts.acts:
        if act.day < opens:
            continue
        if act.day > ends:
            break
        clause = by if one_clause else case.clause_on(act.day, by)
        if act.recorded_day <= latest and act.discharges(kinds_of(duty, clause), clause):
            return act.day, act.position
    return None, None


def stand(case: Case, raised: Raised, *, by_acts: bool) -> list[Obligation]:
    """The days on which one raised thing stands, a part for each clause under which it does.

    The clause that applies first sets the due day: a change of tier does not move it.
    """
    duty = case.duty
    parts = [span for span in case.spans if span.end > raised.visible]
    if not parts:
        return []
    first = duty.by[parts[0].by]
    due = raised.due if raised.due_after is None else case.due_day(raised.opens, first.due or raised.due_after)
    judged = EVER if due is None else max(due, raised.visible)
    if parts[0].start > judged:
        return []
    ends = EVER if due is None else due + duty.late_days
    done_on, done_by = raised.done_on, raised.done_by
    if by_acts:
        acted_on, acted_by = first_act(case, first, raised.opens, due, ends)
        if acted_on is not None and (done_on is None or acted_on < done_on):
            done_on, done_by = acted_on, acted_by
    result: list[Obligation] = []
    for span in parts:
        start = max(span.start, raised.visible)
        end = raised.end if span.end > judged else min(span.end, raised.end)
        if start > judged or start >= end:
            break
        result.append(
            Obligation(
                duty.id, ONE, raised.key, start, end, raised.visible, span.by, raised.opens, due, ends,
                done_on, done_by, raised.staff_id, raised.basis,
            )
        )  # fmt: skip
    return result
