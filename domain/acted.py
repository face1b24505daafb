"""Whether an act that was just logged can change what is owed at all: the quick answer for nearly every contact.

Duties that come back (monthly, birthdays, festivals) look at the acts when they are read. What was raised once is
changed only by an act of a kind that discharges it, dated while it could be done, before whatever did it so far
(obligation.py, first_act). One thing more follows from acts: festivals are kept with customers reached before.
"""

from guanhu.domain.applies import NO_BALANCE, NO_MARKS, applicable, cut_points
from guanhu.domain.facts import Act
from guanhu.domain.obligation import kinds_of
from guanhu.domain.scheme import Discharge, Duty, Scheme

REACHES: tuple[Discharge, ...] = ("reached", "visit")

Raised = tuple[str, int, int, int | None]
"""(duty, first day, last day on which it can be done, day on which it was), of one thing raised."""


def _discharges(act: Act, duty: Duty) -> bool:
    """Whether the act is of a kind that discharges the duty under any of its clauses."""
    return any(act.discharges(kinds_of(duty, by), by) for by in duty.by)


def moves(act: Act, raised: Raised, scheme: Scheme) -> bool:
    """Whether the act may be what does one thing that was raised; yes where that is not sure."""
    duty, opens, ends, done_on = raised
    return opens <= act.day <= ends and (done_on is None or act.day < done_on) and _discharges(act, scheme.duty[duty])


def may_matter(act: Act, scheme: Scheme) -> bool:
    """Whether the act discharges any duty, or makes the customer one who was reached."""
    asks = any(duty.once_contacted for duty in scheme.duties)
    return (asks and reaches(act, scheme)) or any(_discharges(act, duty) for duty in scheme.duties)


def greets_untiered(scheme: Scheme) -> bool:
    """Whether a duty that begins with the first act that reached the customer can apply to one without a tier."""
    found: bool | None = scheme.memo.get("greets_untiered")
    if found is None:
        zones = range(NO_BALANCE, len(cut_points(scheme)) + 1)
        applied = {duty for zone in zones for duty in applicable(scheme, (zone, None, NO_MARKS))}
        found = any(duty.once_contacted and duty.id in applied for duty in scheme.duties)
        scheme.memo["greets_untiered"] = found
    return found


def reaches(act: Act, scheme: Scheme) -> bool:
    """Whether the act reached the customer (DESIGN 6)."""
    return act.discharges(REACHES, scheme.duties[0].by[0])
