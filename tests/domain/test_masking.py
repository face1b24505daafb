"""What is covered unless somebody asks for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanhu.domain.masking import COVERED, masked


@pytest.mark.parametrize(
    ("fact", "value", "shown"),
    [
        ("identity_no", "110101199003071234", "110***********1234"),
        ("card_no", "6222021001112223334", "622************3334"),
        ("card_no", "1234567", "*******"),
        ("identity_no", "", ""),
        ("phone", "13800138000", "13800138000"),
    ],
)
def test_a_number_is_covered_but_for_its_ends(fact: str, value: str, shown: str) -> None:
    assert masked(fact, value) == shown


@given(st.sampled_from(sorted(COVERED)), st.text("0123456789X", min_size=8, max_size=20))
def test_what_is_covered_keeps_its_length_and_hides_the_rest(fact: str, value: str) -> None:
    shown = masked(fact, value)
    assert len(shown) == len(value)
    assert shown[3:-4] == "*" * (len(value) - 7)
