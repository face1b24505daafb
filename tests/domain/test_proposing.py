"""What is proposed first: what presses, for whom, and how much one act does."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from guanhu.domain.proposing import DOES, Candidate, Load, Owed, best_act, pressing, propose, room_of_a_day
from guanhu.domain.scheme import Discharge

TODAY = date(2026, 11, 24)


def owed(
    duty: str = "monthly_contact", days: int | None = 6, *, overdue: bool = False, missing: int = 1,
    kinds: tuple[Discharge, ...] = ("reached", "visit"),
) -> Owed:  # fmt: skip
    """A duty due in so many days."""
    return Owed(duty, overdue, None if days is None else TODAY + timedelta(days=days), kinds, missing)


def customer(no: str, *duties: Owed, step: int = 3, wan: int = 30) -> Candidate:
    """A customer to whom these are owed."""
    return Candidate(no, step, wan * 1_000_000, duties)


def test_what_is_overdue_presses_more_than_what_is_due_today_and_that_more_than_what_is_due_later() -> None:
    assert pressing(owed(days=-3, overdue=True), TODAY) == 8
    assert [pressing(owed(days=days), TODAY) for days in (0, 2, 7, 8, None)] == [6, 4, 2, 1, 1]


def test_of_equal_duties_the_richer_customer_comes_first() -> None:
    found = propose([customer("A", owed(), step=3), customer("B", owed(), step=5)], TODAY, 9)
    assert [each.customer_no for each in found] == ["B", "A"]


def test_one_call_that_does_three_duties_comes_before_a_call_that_does_one() -> None:
    three = customer("B", owed("monthly_contact"), owed("near_tier"), owed("first_contact"))
    found = propose([customer("A", owed()), three], TODAY, 9)
    assert [each.customer_no for each in found] == ["B", "A"]
    assert found[0].duties == ("monthly_contact", "near_tier", "first_contact")


def test_the_act_proposed_is_the_one_that_does_most_and_of_equals_the_one_of_less_trouble() -> None:
    greeting = owed("birthday_greeting", 1, kinds=("sent", "reached", "visit"))
    joint = owed("birthday_visit", 1, kinds=("joint_visit",))
    assert best_act(customer("A", greeting), TODAY).act == "message"  # type: ignore[union-attr]
    assert best_act(customer("A", greeting, owed()), TODAY).act == "contact"  # type: ignore[union-attr]
    assert best_act(customer("A", greeting, owed(), joint), TODAY).act == "visit"  # type: ignore[union-attr]


def test_nothing_is_proposed_for_what_no_act_discharges() -> None:
    assert best_act(customer("A", owed("profile", None, kinds=("facts",))), TODAY) is None


def test_a_duty_that_wants_more_acts_is_brought_on_but_not_discharged() -> None:
    twice = best_act(customer("A", owed("quarterly", missing=2)), TODAY)
    once = best_act(customer("A", owed("quarterly")), TODAY)
    assert twice
    assert once
    assert twice.duties == ()
    assert twice.worth * 2 == once.worth


duties = st.builds(
    Owed, st.sampled_from(["a", "b", "c"]), st.booleans(), st.none() | st.dates(date(2026, 10, 1), date(2027, 3, 1)),
    st.lists(st.sampled_from(["reached", "visit", "sent", "joint_visit", "facts", "answer"]), max_size=3).map(tuple),
    st.integers(1, 3),
)  # fmt: skip
candidates = st.builds(
    Candidate, st.text("0123456789", min_size=1, max_size=4), st.integers(0, 5), st.integers(-100, 10**12),
    st.lists(duties, max_size=4).map(tuple),
)  # fmt: skip


@given(st.lists(candidates, max_size=12, unique_by=lambda each: each.customer_no), st.integers(0, 5))
def test_the_ranking_is_the_same_whatever_the_order_in_which_customers_come(people: list[Candidate], most: int) -> None:
    found = propose(people, TODAY, most)
    assert found == propose(list(reversed(people)), TODAY, most)
    assert len(found) <= most
    assert [each.worth for each in found] == sorted((each.worth for each in found), reverse=True)


@given(candidates, duties)
def test_one_more_duty_never_makes_a_customer_worth_less(person: Candidate, more: Owed) -> None:
    before = best_act(person, TODAY)
    after = best_act(Candidate(person.customer_no, person.step, person.aum_fen, (*person.owed, more)), TODAY)
    assert (after.worth if after else 0) >= (before.worth if before else 0)


@given(candidates)
def test_an_act_discharges_only_duties_that_ask_for_it(person: Candidate) -> None:
    found = best_act(person, TODAY)
    if found:
        able = {each.duty for each in person.owed if DOES[found.act] & set(each.kinds)}
        assert set(found.duties) <= able


def test_the_room_of_a_day_is_the_share_of_the_posts_capacity_that_falls_to_one_working_day() -> None:
    assert room_of_a_day(300, 21) == 15
    assert room_of_a_day(0, 21) == 0
    assert room_of_a_day(300, 0) == 0


def test_a_day_is_over_its_room_by_what_was_done_too() -> None:
    assert Load(to_do=12, done=5, room=15).over == 2
    assert Load(to_do=3, done=5, room=15).over == 0
    assert Load(to_do=99, done=0, room=0).over == 0
