"""When a visit was, as people write it."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanhu.domain.errors import Refused
from guanhu.domain.visit_times import times_of, times_text


@pytest.mark.parametrize(
    ("text", "began", "minutes"),
    [
        ("", None, None), ("14:30", time(14, 30), None), ("9：05", time(9, 5), None),
        ("14:30 40", time(14, 30), 40), ("14:30 40分钟", time(14, 30), 40), ("14:30-15:10", time(14, 30), 40),
        ("9:00至11:30", time(9), 150), ("40 min", None, 40), ("40分钟", None, 40),
    ],
)  # fmt: skip
def test_times_as_people_write_them(text: str, began: time | None, minutes: int | None) -> None:
    assert times_of(text) == (began, None if minutes is None else minutes * 60)


@pytest.mark.parametrize("text", ["25:00", "14:60", "14", "40", "14:30-14:30", "14:30-9:00", "afternoon", "1４:30"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="not_times"):
        times_of(text)


@given(st.times(), st.integers(0, 9999))
def test_a_beginning_and_minutes_are_read_back(at: time, minutes: int) -> None:
    assert times_of(f"{at:%H:%M} {minutes}") == (at.replace(second=0, microsecond=0, fold=0), minutes * 60)


@given(st.none() | st.times(), st.none() | st.integers(1, 24 * 60))
def test_what_is_said_to_be_typed_is_read_back(at: time | None, minutes: int | None) -> None:
    began = at and at.replace(second=0, microsecond=0, fold=0)
    seconds = None if minutes is None else minutes * 60
    assert times_of(times_text(began, seconds, "" if minutes is None else f"{minutes} 分钟")) == (began, seconds)
