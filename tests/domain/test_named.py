"""An occurrence is found again by the key under which it is told."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanhu.domain.duties import obligations
from guanhu.domain.named import named_occurrence
from guanhu.domain.occurrences import Person, View, occurrences
from guanhu.tests.domain.given import CALENDAR, Customer, a_customer, policy

FIRST = date(2026, 1, 5)
CUSTOMERS = [
    a_customer(yuan, since=FIRST.isoformat()).born("1980-02-29").contacted("2026-01-20").given_to("S1", "2026-02-01")
    for yuan in (2_000, 45_000, 160_000, 410_000, 1_500_000, 4_000_000)
] + [a_customer(600_000, since=FIRST.isoformat()).born_by_the_moon("08-15").holds("P1", "2026-02-01", "2026-07-01")]


@settings(max_examples=60, deadline=None)
@given(customer=st.sampled_from(CUSTOMERS), days=st.integers(0, 700))
def test_whatever_is_told_on_a_day_is_found_by_its_key(customer: Customer, days: int) -> None:
    facts = customer.facts
    on = FIRST + timedelta(days=days)
    person = Person(facts.birthday, facts.lunar_birthday, facts.acts, {})
    view = View(on.toordinal(), policy(), CALENDAR)
    told = [each for ob in obligations(facts, policy(), CALENDAR) for each in occurrences(ob, person, view)]
    for occurrence in told:
        found = named_occurrence(facts, occurrence.duty, occurrence.key, on, policy(), CALENDAR)
        assert found is not None
        assert (found.duty, found.key, found.due) == (occurrence.duty, occurrence.key, occurrence.due)


@pytest.mark.parametrize("key", ["", "2026", "2026-00", "2026-W54", "2025-12", "2027-07", "２０２６-06", "once"])
def test_a_key_that_nobody_is_owed_under_is_not_found(key: str) -> None:
    facts = CUSTOMERS[3].facts
    assert named_occurrence(facts, "monthly_contact", key, date(2026, 6, 1), policy(), CALENDAR) is None
