"""A duty of a scheme said in sentences: for whom, by whom, when, and what discharges it.

All of it is read from the scheme's data, so that a bank's own scheme reads as well as the default one.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from guanhu.domain.scheme import By, Clause, Due, Duty, Scheme
from guanhu.language import N_, _, current, terms
from guanhu.tui.names import listed
from guanhu.tui.scheme_words import all_of, amount, one_of, role_words, tier_words

PERIODS: Mapping[str, str] = {
    "week": N_("week"),
    "month": N_("calendar month"),
    "quarter": N_("calendar quarter"),
    "half_year": N_("half-year"),
    "year": N_("year"),
}
DISCHARGES: Mapping[str, str] = {
    "reached": N_("a contact that reached the customer"),
    "visit": N_("a visit"),
    "joint_visit": N_("a visit by all who owe it together"),
    "department_visit": N_("a visit together with the department"),
    "sent": N_("a message"),
    "referral": N_("a referral"),
    "facts": N_("the facts that are wanted"),
    "score": N_("the score of a full profile"),
    "answer": N_("an answer"),
}


def said(scheme: Scheme, duty: Duty) -> list[tuple[str, list[str]]]:
    """The parts of a duty with their titles."""
    return [
        (_("For whom"), list(for_whom(scheme, duty))),
        (_("By whom"), list(by_whom(scheme, duty))),
        (_("When"), list(when(scheme, duty))),
        (_("Done by"), list(done_by(scheme, duty))),
    ]


# ---------------------------------------------------------------- for whom
def for_whom(scheme: Scheme, duty: Duty) -> Iterator[str]:
    """The customers whom the duty is about."""
    if duty.trigger in ("staff_day", "outlet_day"):
        yield _("Each member of staff who holds the post.") if duty.trigger == "staff_day" else _("Each outlet.")
        return
    clauses = [words for clause in duty.who if (words := clause_words(scheme, clause))]
    yield _("; or ").join(clauses) if clauses else _("Every customer.")
    for clause in duty.unless:
        yield _("Not for: {whom}.", whom=clause_words(scheme, clause))
    if duty.once_contacted:
        yield _("Only customers who were contacted at least once.")
    if duty.silent:
        yield _("Not for customers who are marked do-not-disturb, deceased or closed.")


def clause_words(scheme: Scheme, clause: Clause) -> str:
    """The customers of one clause: all that it says holds together."""
    parts = []
    if clause.tiers:
        parts.append(_("tier {tiers}", tiers=tier_words(scheme, clause.tiers)))
    if clause.tiered:
        parts.append(_("any tier"))
    if clause.aum_from is not None and clause.aum_to is not None:
        parts.append(_("AUM from {low} to under {high}", low=amount(clause.aum_from), high=amount(clause.aum_to)))
    elif clause.aum_from is not None:
        parts.append(_("AUM from {amount}", amount=amount(clause.aum_from)))
    elif clause.aum_to is not None:
        parts.append(_("AUM under {amount}", amount=amount(clause.aum_to)))
    if clause.mark:
        parts.append(_("marked as {mark}", mark=terms.mark(clause.mark)))
    if clause.near_percent:
        parts.append(_("within {percent} % below the next tier's floor", percent=clause.near_percent))
    if clause.below_floor:
        parts.append(_("below the floor of the tier still held"))
    return listed(parts)


# ---------------------------------------------------------------- by whom
def by_whom(scheme: Scheme, duty: Duty) -> Iterator[str]:
    """Who owes it, a line for each kind of customer; the first that fits counts."""
    if duty.trigger == "promise":
        yield _("who made the promise")
        return
    for n, by in enumerate(duty.by):
        people = _people(scheme, by)
        whom = clause_words(scheme, by) or (_("all others") if n else "")
        line = _("{whom}: {people}", whom=whom, people=people) if whom else people
        extra = list(_special(by))
        yield _("{line} ({more})", line=line, more=_("; ").join(extra)) if extra else line


def _people(scheme: Scheme, by: By) -> str:
    roles = role_words(scheme, by.roles)
    if by.owner:
        return _("the owner ({roles})", roles=one_of(roles)) if roles else _("the owner")
    if by.together:
        return _("{roles} together", roles=all_of(roles))
    if by.owned:
        return _("{roles}, each for the customers they own", roles=one_of(roles))
    return one_of(roles)


def _special(by: By) -> Iterator[str]:
    """What differs for the customers of this clause."""
    if by.period:
        yield _("once every {period}", period=_(PERIODS[by.period]))
    if by.due:
        yield due_words(by.due)
    if by.discharge:
        yield _("done by {acts}", acts=_acts(by.discharge))


# ---------------------------------------------------------------- when
def due_words(due: Due) -> str:
    """By when, counted from what raises the duty."""
    if due.working_days == 1:
        return _("by the next working day")
    if due.working_days:
        return _("within {days} working days", days=due.working_days)
    if due.days:
        return _("within {days} days", days=due.days)
    return _("on the same day")


def when(scheme: Scheme, duty: Duty) -> Iterator[str]:
    """What raises it, and by when it is due."""
    yield from _RAISED[duty.trigger](scheme, duty)
    if duty.also_events:
        events = listed(terms.important_event(kind) for kind in duty.also_events)
        yield _("Also on these events: {events}; {due}.", events=events, due=due_words(duty.event_due))
    if duty.bulk_due:
        yield _("Handed over in bulk: {due}.", due=due_words(duty.bulk_due))
    if duty.write_up_days:
        yield _("It may be written up for {days} days.", days=duty.write_up_days)


def _period(_scheme: Scheme, duty: Duty) -> Iterator[str]:
    period = _(PERIODS[duty.period or "month"])
    if duty.times > 1:
        yield _("{times} times every {period}, due on its last day.", times=duty.times, period=period)
    else:
        yield _("Once every {period}, due on its last day.", period=period)
    if duty.soft_day:
        yield _("The target is day {day} of the month.", day=duty.soft_day)
    if duty.first_until_day:
        yield _("Who comes in after day {day} begins with the next period.", day=duty.first_until_day)


def _change(scheme: Scheme, duty: Duty) -> Iterator[str]:
    change = duty.change
    if change is None:
        return
    yield _("A change between two reported balances, either of them from {amount}.", amount=amount(change.either_from))
    least = listed(
        _("{tier}: {amount}", tier=tier_words(scheme, [tier]), amount=amount(yuan))
        for tier, yuan in change.thresholds.items()
    )
    yield _("It counts from: {amounts}.", amounts=least)
    yield _("An outflow: {due}.", due=due_words(change.outflow))
    yield _("An inflow: {due}.", due=due_words(change.inflow))


def _before(words: str, duty: Duty) -> Iterator[str]:
    if duty.opens_days_before:
        yield _("{what}: open from {days} days before, due on the day.", what=words, days=duty.opens_days_before)
    else:
        yield _("{what}: due on the day.", what=words)
    if not duty.late_days:
        yield _("It is never late: what was not done on the day is missed.")


def _festival(scheme: Scheme, duty: Duty) -> Iterator[str]:
    own: dict[str, str] = {festival.id: festival.names.to(current()) for festival in scheme.festivals}
    yield from _before(listed(own.get(id_, terms.festival(id_)) for id_ in duty.festivals), duty)


def _request(_scheme: Scheme, duty: Duty) -> Iterator[str]:
    kinds = listed(terms.request(kind) for kind in duty.kinds)
    if duty.due == Due():
        yield _("On request ({kinds}), by the date asked for.", kinds=kinds)
    else:
        yield _("On request ({kinds}): {due}.", kinds=kinds, due=due_words(duty.due))


def _after(words: str) -> Callable[[Scheme, Duty], Iterator[str]]:
    def lines(_scheme: Scheme, duty: Duty) -> Iterator[str]:
        if duty.due == Due() and all(by.due for by in duty.by):
            yield _("{what}.", what=_(words))
        else:
            yield _("{what}: {due}.", what=_(words), due=due_words(duty.due))

    return lines


def _plain(words: str) -> Callable[[Scheme, Duty], Iterator[str]]:
    return lambda _scheme, _duty: iter([_(words)])


_RAISED: Mapping[str, Callable[[Scheme, Duty], Iterator[str]]] = {
    "period": _period,
    "while": _plain(N_("As long as it holds; there is no due date.")),
    "entering": _after(N_("On entering this group")),
    "balance_change": _change,
    "maturity": lambda _scheme, duty: _before(_("A product matures"), duty),
    "event": _after(N_("An important event")),
    "birthday": lambda _scheme, duty: _before(_("Birthday, by the calendar that the customer keeps"), duty),
    "festival": _festival,
    "assignment": _after(N_("A new assignment")),
    "demotion": _after(N_("Going down a tier")),
    "promise": _plain(N_("A promise to the customer, by its date.")),
    "referral": _after(N_("A referral")),
    "request": _request,
    "staff_day": _plain(N_("Every working day.")),
    "outlet_day": _plain(N_("Every working day.")),
}


# ---------------------------------------------------------------- done by
def done_by(scheme: Scheme, duty: Duty) -> Iterator[str]:
    """What discharges it."""
    if duty.trigger == "staff_day":
        yield _("Going through the day's list.")
        return
    if duty.trigger == "outlet_day":
        yield _("A note on the outlet's work of the day.")
        return
    yield _(_ANSWERS[duty.trigger]) if duty.trigger in _ANSWERS else _acts(duty.discharge)
    if duty.facts:
        yield _("Wanted: {facts}.", facts=listed(terms.fact(fact) for fact in duty.facts))
    if "score" in duty.discharge:
        yield _("Wanted: {score} of 100.", score=scheme.profile.full_score)


_ANSWERS: Mapping[str, str] = {
    "promise": N_("saying that it was kept, or telling the customer why it can't be"),
    "referral": N_("accepting it or returning it"),
}
"""What an answer is, where the trigger says it better."""


def _acts(kinds: Sequence[str]) -> str:
    return one_of(map(discharge_words, kinds))


def discharge_words(kind: str) -> str:
    """One kind of act that discharges duties."""
    return _(DISCHARGES[kind]) if kind in DISCHARGES else kind
