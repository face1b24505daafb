"""Which acts reached the customer, and how long one can have taken (DESIGN 6)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanhu.domain.contact import LONGEST_SECONDS, OUTCOMES, check_duration, reached
from guanhu.domain.errors import Refused
from guanhu.domain.facts import Act
from guanhu.domain.scheme import By

SPOKEN = {"reached_success", "reached_declined", "reached_other", "appointment", "replied"}
MET = SPOKEN | {"sent", "do_not_disturb"}


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_contact_reaches_by_its_outcome_and_a_visit_by_meeting_somebody(outcome: str) -> None:
    assert reached("contact", outcome) is (outcome in SPOKEN)
    assert reached("visit", outcome) is (outcome in MET)
    assert not reached("referral", outcome)


@given(kind=st.sampled_from(["contact", "visit"]), outcome=st.sampled_from(OUTCOMES))
def test_what_reached_the_customer_is_what_discharges_a_duty_to_reach_them(kind: str, outcome: str) -> None:
    act = Act(1, kind, outcome, frozenset({"relationship_manager"}), 1, 1)
    assert act.discharges(("reached", "visit"), By(roles=("relationship_manager",))) is reached(kind, outcome)


@given(seconds=st.none() | st.integers(-5, LONGEST_SECONDS + 5))
def test_a_contact_takes_no_longer_than_a_day(seconds: int | None) -> None:
    if seconds is None or 0 <= seconds <= 24 * 3600:
        check_duration(seconds)
        return
    with pytest.raises(Refused, match="bad_duration"):
        check_duration(seconds)
