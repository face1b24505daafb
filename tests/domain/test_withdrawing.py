"""Which acts can be taken back: the newest of each thing, by whoever did them or the outlet's manager."""

from datetime import UTC, date, datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanhu.domain.affairs import CustomerReferred, PromiseKept, PromiseMade, ReferralAnswered
from guanhu.domain.customer import CustomerErased, CustomersLinked
from guanhu.domain.errors import Refused
from guanhu.domain.withdrawing import check_may, check_newest, subject

HEAD = ("A", datetime(2026, 6, 15, tzinfo=UTC), date(2026, 6, 15), "c")


def test_a_promise_and_its_keeping_are_about_one_thing() -> None:
    made = subject(PromiseMade(*HEAD, "C1", "A", date(2026, 6, 20), b""), 7)
    assert made == subject(PromiseKept(*HEAD, "C1", 7), 8)
    assert made != subject(PromiseKept(*HEAD, "C1", 6), 8)


def test_a_link_is_one_thing_from_either_end() -> None:
    one = subject(CustomersLinked(*HEAD, "C1", "C2", "family", True), 7)
    assert one == subject(CustomersLinked(*HEAD, "C2", "C1", "family", False), 8)
    assert one != subject(CustomersLinked(*HEAD, "C2", "C1", "colleague", False), 8)


def test_an_answered_referral_rests_under_the_next_one() -> None:
    answered = subject(ReferralAnswered(*HEAD, "C1", 7, True), 8)
    assert answered == subject(CustomerReferred(*HEAD, "C1", "A", "B"), 9)


def test_an_erasure_is_not_taken_back() -> None:
    assert subject(CustomerErased(*HEAD, "C1", "asked"), 7) is None


ACTS = st.lists(st.sampled_from("abc"), min_size=1, max_size=12)


@given(ACTS, st.randoms(use_true_random=False))
def test_acts_go_one_by_one_from_the_newest_of_each_thing(things: list[str], chance: Random) -> None:
    acts = list(enumerate(things, 1))
    later = [(position, (thing,)) for position, thing in acts]
    taken_back: set[int] = set()
    while len(taken_back) < len(acts):
        position, thing = chance.choice([act for act in acts if act[0] not in taken_back])
        newest = max(other for other, what in acts if what == thing and other not in taken_back)
        if position == newest:
            check_newest(position, (thing,), later, taken_back)
            taken_back.add(position)
        else:
            with pytest.raises(Refused, match="later_rests"):
                check_newest(position, (thing,), later, taken_back)


def test_a_registration_carries_all_that_stands() -> None:
    with pytest.raises(Refused, match="later_rests"):
        check_newest(1, ("registration",), [(2, None)], ())
    check_newest(1, ("registration",), [(2, ("tag", "x"))], {2})


@pytest.mark.parametrize("by", ["", "A", "B", "M"])
def test_who_may(by: str) -> None:
    check_may(7, by, {"A", "B", ""}, "M")


@pytest.mark.parametrize(("by", "manager"), [("C", "M"), ("C", None)])
def test_others_may_not(by: str, manager: str | None) -> None:
    with pytest.raises(Refused, match="not_your_act"):
        check_may(7, by, {"A", ""}, manager)
