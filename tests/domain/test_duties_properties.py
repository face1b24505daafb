"""What holds of duties whatever happens to a customer: told by random lives of a few months."""

from collections.abc import Iterable
from datetime import date, timedelta
from unittest.mock import patch

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guanhu.domain import duties
from guanhu.domain.affairs import EVENT_KINDS
from guanhu.domain.balances import carried
from guanhu.domain.contact import OUTCOMES, REACHED
from guanhu.domain.customer import SILENT_MARKS
from guanhu.domain.facts import EVER, Facts
from guanhu.domain.occurrences import UNDONE, status_on
from guanhu.tests.domain.given import Customer, iso, personal

FIRST, LAST = date(2025, 12, 10), date(2026, 5, 5)
DAYS = range(FIRST.toordinal(), LAST.toordinal() + 1)
YUAN = (500, 5_000, 45_000, 60_000, 170_000, 210_000, 450_000, 700_000, 1_500_000, 2_600_000, 4_000_000)
POSTS = ("relationship_manager", "rm_supervisor", "outlet_manager", "department", "high_counter_teller")
CONTACTING = frozenset(duty.id for duty in personal().duties if duty.silent)

# The library of holidays is loaded in whichever example comes first.
patient = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
days = st.dates(FIRST, LAST).map(date.isoformat)


@st.composite
def lives(draw: st.DrawFn) -> Customer:
    """A customer to whom a few things happen."""
    customer = Customer()
    for on in sorted(draw(st.sets(days, max_size=6))):
        customer = customer.balance(on, draw(st.sampled_from(YUAN)))
    customer = _fallen(customer)
    for on, outcome in draw(st.lists(st.tuples(days, st.sampled_from(OUTCOMES)), max_size=5)):
        customer = customer.contacted(on, outcome)
    for on, posts in draw(st.lists(st.tuples(days, st.sets(st.sampled_from(POSTS), min_size=1)), max_size=3)):
        customer = customer.visited(on, *posts)
    for on in draw(st.lists(days, max_size=2)):
        customer = customer.passed_upward(on)
    if draw(st.booleans()):
        customer = customer.born(draw(st.sampled_from(["1980-02-28", "1980-03-15", "1992-02-29"])), known=draw(days))
    elif draw(st.booleans()):
        customer = customer.born_by_the_moon(draw(st.sampled_from(["12-30", "01-01", "L06-01"])), known=draw(days))
    customer = customer.known(draw(days), "address").known(draw(days), "phone")
    for on, score in zip(sorted(draw(st.sets(days, max_size=2))), (40, 60), strict=False):
        customer = customer.scored(on, score)
    for kind, (on, later) in draw(st.lists(st.tuples(st.sampled_from(AFFAIRS), _two_days()), max_size=3)):
        customer = _affair(customer, kind, on, later)
    for mark, (on, later) in draw(st.lists(st.tuples(st.sampled_from(MARKS), _two_days()), max_size=2)):
        customer = customer.marked(mark, on, later)
    starts = sorted(draw(st.sets(days, max_size=3)))
    for n, on in enumerate(starts):
        until = starts[n + 1] if n + 1 < len(starts) else None
        customer = customer.given_to(f"staff{n}", on, until, bulk=draw(st.booleans()))
    for n, matures in enumerate(draw(st.lists(days, max_size=2))):
        customer = customer.holds(f"P{n}", "2025-06-01", matures, until=draw(st.none() | days))
    return customer


AFFAIRS = (*EVENT_KINDS[:4], "promise", "promise kept", "referral", "referral answered", "joint_visit", "support")
MARKS = ("prospect", *sorted(SILENT_MARKS))


def _two_days() -> st.SearchStrategy[tuple[str, str]]:
    return st.lists(days, min_size=2, max_size=2, unique=True).map(sorted).map(lambda two: (two[0], two[1]))


def _affair(customer: Customer, kind: str, on: str, later: str) -> Customer:
    match kind.split():
        case ["promise", *kept]:
            return customer.promised(on, due=later, kept=later if kept else None)
        case ["referral", *answered]:
            return customer.referred(on, answered=later if answered else None)
        case ["joint_visit" | "support" as request]:
            return customer.requested(request, on, due=later)
    return customer.event(kind, on)


def _fallen(customer: Customer) -> Customer:
    """The customer moved down on the firsts of months, as a month's end may do."""
    scheme, tiers = personal(), dict(customer.facts.tiers)
    for month in (date(2026, n, 1).toordinal() for n in range(1, 6)):
        held = next((tiers[day] for day in sorted(tiers, reverse=True) if day <= month), None)
        value = carried(customer.facts.steps, month)
        if value is not None and scheme.step_of(value) < scheme.rank[held]:
            tiers[month] = scheme.tier_of(value)
    facts = msgspec.structs.replace(customer.facts, tiers=sorted(tiers.items()))
    return Customer(facts)


@patient
@given(lives())
def test_an_occurrence_is_told_once_a_day(customer: Customer) -> None:
    owed = customer.obligations()
    for history in (False, True):
        for on in DAYS[::3]:
            keys = [(one.duty, one.key) for one in customer.seen(owed, on, history)]
            assert len(keys) == len(set(keys)), (iso(on), keys)


@patient
@given(lives())
def test_what_is_done_stays_done(customer: Customer) -> None:
    owed = customer.obligations()
    done: set[tuple[str, str]] = set()
    for on in DAYS:
        told = customer.seen(owed, on, history=True)
        assert not done & {(one.duty, one.key) for one in told if one.status != "done"}, iso(on)
        done |= {(one.duty, one.key) for one in told if one.status == "done"}


@patient
@given(lives())
def test_no_answer_knows_of_the_future(customer: Customer) -> None:
    owed = customer.obligations()
    for on in DAYS[::7]:
        then = Customer(_as_of(customer.facts, on))
        for history in (False, True):
            assert _sorted(then.all_on(on, history)) == _sorted(customer.seen(owed, on, history)), iso(on)


def _sorted(told: Iterable[msgspec.Struct]) -> list[str]:
    return sorted(map(repr, told))


def _as_of(facts: Facts, on: int) -> Facts:
    """Only what had happened by the end of a day."""

    def past(rows: list[tuple[int, int]]) -> list[tuple[int, int]]:
        return [row for row in rows if row[0] <= on]

    def open_end(end: int) -> int:
        return end if end <= on else EVER

    known = {fact: day for fact, day in facts.known.items() if day <= on}
    change = msgspec.structs.replace
    return change(
        facts,
        steps=past(facts.steps),
        reported=past(facts.reported),
        tiers=[move for move in facts.tiers if move[0] <= on],
        marks=[(mark, start, open_end(end)) for mark, start, end in facts.marks if start <= on],
        birthday=facts.birthday if "birthday" in known else "",
        lunar_birthday=facts.lunar_birthday if "lunar_birthday" in known else "",
        known=known,
        scores=past(facts.scores),
        acts=[act for act in facts.acts if act.day <= on],
        seats=[change(seat, end=open_end(seat.end)) for seat in facts.seats if seat.start <= on],
        products=[change(product, end=open_end(product.end)) for product in facts.products],
        affairs=[
            change(one, closed=one.closed if one.closed is not None and one.closed <= on else None)
            for one in facts.affairs
            if one.day <= on
        ],
    )


@patient
@given(lives())
def test_a_silent_customer_is_not_to_be_contacted(customer: Customer) -> None:
    owed = customer.obligations()
    for mark, start, end in customer.facts.marks:
        if mark in SILENT_MARKS:
            for on in range(start, min(end, DAYS.stop)):
                assert not CONTACTING & {one.duty for one in customer.seen(owed, on) if one.status in UNDONE}, iso(on)


@patient
@given(lives())
def test_duties_that_are_not_looked_at_would_have_come_to_nothing(customer: Customer) -> None:
    with patch.object(duties, "idle", return_value=frozenset({"staff_day", "outlet_day"})):
        everything = customer.obligations()
    assert sorted(map(repr, customer.obligations())) == sorted(map(repr, everything))


# ---------------------------------------------------------------- day by day, as slowly as it is told
Told = dict[str, tuple[str, str]]


def _loud(customer: Customer, on: int) -> bool:
    return not any(mark in SILENT_MARKS and start <= on < end for mark, start, end in customer.facts.marks)


def _tier(customer: Customer, on: int) -> str | None:
    return {day: tier for day, tier in customer.facts.tiers if day <= on}.get(
        max((day for day, _ in customer.facts.tiers if day <= on), default=0)
    )


def _status(customer: Customer, on: int, first: int, last: int, opens: int, referral: bool) -> str:
    for act in customer.facts.acts:
        counts = (act.kind == "contact" and act.outcome in REACHED) or act.kind == "visit"
        if (counts or (referral and act.kind == "referral")) and first <= act.day <= on:
            return "done"
    return status_on(on, opens, last, last, None)


def _month(on: int) -> tuple[int, int]:
    first = date.fromordinal(on).replace(day=1)
    return first.toordinal(), ((first + timedelta(days=31)).replace(day=1) - timedelta(days=1)).toordinal()


def _quarter(on: int) -> tuple[int, int]:
    today = date.fromordinal(on)
    first = date(today.year, today.month - (today.month - 1) % 3, 1)
    return first.toordinal(), _month((first + timedelta(days=63)).toordinal())[1]


def _monthly_contact(customer: Customer, on: int, since: int) -> Told:
    first, last = _month(on)
    late = since > first and date.fromordinal(since).day > 20
    if late:
        first, last = _month(last + 1)
    status = _status(customer, on, first, last, max(first, since), referral=False)
    return {date.fromordinal(first).isoformat()[:7]: (status, iso(max(first, since)) or "")}


def _near_tier(customer: Customer, on: int, since: int, kind: str) -> Told:
    first, last = _month(on) if kind == "month" else _quarter(on)
    begins = date.fromordinal(first)
    key = begins.isoformat()[:7] if kind == "month" else f"{begins.year}-Q{begins.month // 3 + 1}"
    status = _status(customer, on, first, last, max(first, since), referral=kind == "quarter")
    return {key: (status, iso(max(first, since)) or "")}


def _nearness(customer: Customer, on: int) -> str:
    """The period in which the customer's nearness to the next tier counts, "" for one who is not near."""
    tier, aum = _tier(customer, on), carried(customer.facts.steps, on)
    above = {"mass": 50_000, "basic": 200_000, "middle": 500_000, "affluent": 3_000_000}.get(tier or "")
    if above is None or aum is None or not above * 80 <= aum < above * 100:
        return ""
    return "quarter" if tier in ("mass", "basic") else "month"


@patient
@given(lives())
def test_monthly_contact_and_near_tier_are_what_a_day_by_day_account_says(customer: Customer) -> None:
    owed = customer.obligations()
    since_middle = since_near = None
    nearness = ""
    for on in DAYS:
        expected: dict[str, Told] = {"monthly_contact": {}, "near_tier": {}}
        high = _tier(customer, on) in ("middle", "affluent", "wealth")
        since_middle = (since_middle or on) if high else None
        before, nearness = nearness, _nearness(customer, on)
        since_near = None if not nearness else since_near if nearness == before and since_near else on
        if since_middle and _loud(customer, on):
            expected["monthly_contact"] = _monthly_contact(customer, on, since_middle)
        if since_near and _loud(customer, on):
            expected["near_tier"] = _near_tier(customer, on, since_near, nearness)
        for duty, told in expected.items():
            found = {o.key: (o.status, iso(o.opens)) for o in customer.seen(owed, on) if o.duty == duty}
            assert found == told, (duty, iso(on))
