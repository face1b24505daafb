"""What raises each duty: the calendar, what is so of the customer, or an event (SCHEMES.md 1, duties).

A trigger takes one duty of one customer (`Case`) and gives its obligations. Which trigger a duty has, and
with what numbers, the scheme says.
"""

from collections.abc import Callable
from datetime import date
from itertools import pairwise

from guanhu.domain.applies import Span
from guanhu.domain.facts import EVER, Affair, Facts
from guanhu.domain.money import YUAN
from guanhu.domain.obligation import BIRTHDAY, FESTIVAL, ONE, Case, Obligation, Raised, first_act, stand

Trigger = Callable[[Case], list[Obligation]]


# ---------------------------------------------------------------- by the calendar
def _period(case: Case) -> list[Obligation]:
    """One rule for each span; its `since` starts anew where the clause brings another period."""
    result: list[Obligation] = []
    before: Span | None = None
    kind, since = "", 0
    for span in case.spans:
        own = case.duty.by[span.by].period or case.duty.period or "month"
        if before is None or before.end != span.start:
            kind, since = own, span.since
        elif own != kind:
            kind, since = own, span.start
        result.append(Obligation(case.duty.id, kind, "", span.start, span.end, since, span.by))
        before = span
    return result


def _birthday(case: Case) -> list[Obligation]:
    """The customer's birthday each year, from when it is known, and the happy events that the duty names."""
    facts, duty = case.facts, case.duty
    result: list[Obligation] = []
    if facts.birthday or facts.lunar_birthday:
        known = facts.known.get("lunar_birthday" if facts.lunar_birthday else "birthday", 1)
        result = _each_year(case, BIRTHDAY, known)
    for affair in facts.affairs:
        if affair.kind == "event" and affair.subject in duty.also_events:
            due = case.due_day(affair.day, duty.event_due)
            result += stand(case, _raised_by(affair, due), by_acts=True)
    return result


def _festival(case: Case) -> list[Obligation]:
    """Festivals, where asked only for customers who were reached before (SCHEMES.md 1, festival_greeting)."""
    since = 1
    if case.duty.once_contacted:
        reached = (act.day for act in case.facts.acts if act.discharges(("reached", "visit"), case.duty.by[0]))
        since = next(reached, EVER)
    return _each_year(case, FESTIVAL, since)


def _each_year(case: Case, kind: str, since: int) -> list[Obligation]:
    return [
        Obligation(case.duty.id, kind, "", max(s.start, since), s.end, s.since, s.by)
        for s in case.spans
        if s.end > since
    ]


# ---------------------------------------------------------------- by what is so
def _while(case: Case) -> list[Obligation]:
    """Owed as long as the clause applies, until the facts are known; no due date."""
    days = [case.facts.known.get(fact, EVER) for fact in case.duty.facts]
    done = max(days) if max(days) < EVER else None
    return [
        Obligation(case.duty.id, ONE, "once", s.start, s.end, s.since, s.by, s.since, done_on=done)
        for s in case.spans
        if done is None or done > s.since
    ]


def _entering(case: Case) -> list[Obligation]:
    """Raised on the day that the clause begins to apply, and standing only while it does."""
    duty, facts = case.duty, case.facts
    result: list[Obligation] = []
    since, due = 0, 0
    done_on: int | None = None
    done_by: int | None = None
    for s in case.spans:
        if s.since != since:
            since = s.since
            due = case.due_day(since, duty.by[s.by].due or duty.due)
            if "score" in duty.discharge:
                full = s.scheme.profile.full_score
                done_on = next((day for day, score in facts.scores if score >= full), None)
            else:
                done_on, done_by = first_act(case, duty.by[s.by], since, due, due + duty.late_days)
        if "score" in duty.discharge and done_on is not None and done_on <= since:
            continue
        key = date.fromordinal(since).isoformat()
        ends = due + duty.late_days
        result.append(Obligation(duty.id, ONE, key, s.start, s.end, since, s.by, since, due, ends, done_on, done_by))
    return result


# ---------------------------------------------------------------- by events
def _balance_change(case: Case) -> list[Obligation]:
    """A change between two reported balances; a later one while one is open joins it (DESIGN 6, fund_change)."""
    change = case.duty.change
    if change is None:
        return []
    result: list[Obligation] = []
    floor = change.either_from * YUAN
    reported = case.facts.reported
    for (_, before), (day, after) in pairwise(reported):
        larger = max(before, after)
        if larger < floor:
            continue
        threshold = change.thresholds.get(case.policy.on_ordinal(day).tier_of(larger) or "")
        if threshold is None or abs(after - before) < threshold * YUAN:
            continue
        last = result[-1] if result else None
        if last and last.due is not None and day <= last.due and (last.done_on is None or last.done_on > day):
            continue
        due = case.due_day(day, change.outflow if after < before else change.inflow)
        key = date.fromordinal(day).isoformat()
        result += stand(case, Raised(key, day, day, due, basis=(before, after)), by_acts=True)
    return result


def _maturity(case: Case) -> list[Obligation]:
    """A product held that matures; one that ended before owes nothing, one that ran its course does."""
    result: list[Obligation] = []
    for product in case.facts.products:
        if product.matures is None:
            continue
        opens = product.matures - case.duty.opens_days_before
        visible = min(max(product.start, 1), opens)
        end = product.end if product.end < product.matures else EVER
        basis = (product.product, product.amount_fen)
        raised = Raised(product.product_no, visible, opens, product.matures, end, basis=basis)
        result += stand(case, raised, by_acts=True)
    return result


def _event(case: Case) -> list[Obligation]:
    """Important events, of the kinds that the duty names or of any."""
    result: list[Obligation] = []
    for affair in case.facts.affairs:
        if affair.kind == "event" and (not case.duty.kinds or affair.subject in case.duty.kinds):
            due = case.due_day(affair.day, case.duty.due)
            result += stand(case, _raised_by(affair, due), by_acts=True)
    return result


def _assignment(case: Case) -> list[Obligation]:
    """A customer newly given to a member of staff; more time when many were handed over at once."""
    result: list[Obligation] = []
    seen: set[str] = set()
    for seat in case.facts.seats:
        key = f"{date.fromordinal(seat.start).isoformat()}:{seat.staff_id}"
        if seat.seat != "owner" or key in seen:
            continue
        seen.add(key)
        bulk = case.duty.bulk_due if seat.bulk else None
        due = case.due_day(seat.start, bulk) if bulk else None
        raised = Raised(
            key, seat.start, seat.start, due, seat.end, staff_id=seat.staff_id, basis=(seat.staff_id,),
            due_after=None if bulk else case.duty.due,
        )  # fmt: skip
        result += stand(case, raised, by_acts=True)
    return result


def _demotion(case: Case) -> list[Obligation]:
    """A customer who went down a tier; the owner of the day before tries once more."""
    facts = case.facts
    # A fall and a rise on one day, the first of a month, are told as what they come to.
    result: list[Obligation] = []
    for (_, before), (day, after) in pairwise(dict(facts.tiers).items()):
        rank = case.policy.on_ordinal(day).rank
        if rank.get(after, 0) >= rank.get(before, 0):
            continue
        former = next((s.staff_id for s in facts.seats if s.seat == "owner" and s.start < day <= s.end), "")
        due = case.due_day(day, case.duty.due)
        key = date.fromordinal(day).isoformat()
        raised = Raised(key, day, day, due, staff_id=former, basis=(before or "", after or ""))
        result += stand(case, raised, by_acts=True)
    return result


def _affairs(kind: str, *, by_acts: bool) -> Trigger:
    """Promises, referrals and requests: each raised by one event and closed by another."""

    def trigger(case: Case) -> list[Obligation]:
        result: list[Obligation] = []
        for affair in case.facts.affairs:
            if affair.kind != kind or (case.duty.kinds and affair.subject not in case.duty.kinds):
                continue
            due = affair.due if affair.due is not None else case.due_day(affair.day, case.duty.due)
            # Who asks the department for help is not who owes it; who promised or was referred to is.
            owes = "" if kind == "request" else affair.staff_id
            result += stand(case, _raised_by(affair, due, owes), by_acts=by_acts)
        return result

    return trigger


def _raised_by(affair: Affair, due: int, staff_id: str = "") -> Raised:
    basis = (affair.subject,)
    return Raised(
        str(affair.ref), affair.day, affair.day, due, done_on=affair.closed, staff_id=staff_id, basis=basis
    )  # fmt: skip


TRIGGERS: dict[str, Trigger] = {
    "period": _period,
    "while": _while,
    "entering": _entering,
    "balance_change": _balance_change,
    "maturity": _maturity,
    "event": _event,
    "birthday": _birthday,
    "festival": _festival,
    "assignment": _assignment,
    "demotion": _demotion,
    "promise": _affairs("promise", by_acts=False),
    "referral": _affairs("referral", by_acts=False),
    "request": _affairs("request", by_acts=True),
}
"""By the scheme's word. Duties of staff and outlets are owed to no customer, and have none."""


_OF_STAFF = frozenset({"staff_day", "outlet_day"})
_BY_AFFAIRS = frozenset({"event", "promise", "referral", "request"})


def idle(facts: Facts) -> frozenset[str]:
    """The triggers that nothing of this customer can pull, so that their duties need not be looked at."""
    found = _OF_STAFF
    if not facts.affairs:
        found |= _BY_AFFAIRS if facts.birthday or facts.lunar_birthday else _BY_AFFAIRS | {"birthday"}
    if not facts.products:
        found |= {"maturity"}
    if not facts.seats:
        found |= {"assignment"}
    if len(facts.tiers) < 2:
        found |= {"demotion"}
    if len(facts.reported) < 2:
        found |= {"balance_change"}
    return found
