"""The events of a seat that somebody takes; who is replaced: tests/projections/test_assignment.py."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from guanhu.domain.assignment import seat_taken
from guanhu.domain.staff import CustomersAssigned, CustomersReleased

HEAD = ("M1", datetime(2026, 11, 24, tzinfo=UTC), date(2026, 11, 24), "c1")


@given(former=st.lists(st.sampled_from(["R1", "R2", "R3", "R4"]), unique=True))
def test_each_seat_that_ends_is_told_once_and_the_newcomers_last(former: list[str]) -> None:
    *ended, taken = seat_taken(HEAD, "C1", "R9", "relationship_manager", "owner", former)
    assert isinstance(taken, CustomersAssigned)
    assert (taken.customer_nos, taken.staff_id, taken.role, taken.seat) == (
        ("C1",), "R9", "relationship_manager", "owner",
    )  # fmt: skip
    released = [event.staff_id for event in ended if isinstance(event, CustomersReleased)]
    assert len(released) == len(ended)
    assert [*filter(None, taken.replaces), *released] == former
