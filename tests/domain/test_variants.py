"""A scheme with other floors, made for a what-if."""

import pytest

from guanhu.domain.errors import Refused
from guanhu.domain.scheme import Scheme
from guanhu.domain.scheme_file import default_scheme_text, read_scheme
from guanhu.domain.variants import with_floors

WAN = 1_000_000


@pytest.fixture
def scheme() -> Scheme:
    return read_scheme(default_scheme_text())


def test_a_floor_that_is_changed_puts_balances_above_it_into_the_tier(scheme: Scheme) -> None:
    assert scheme.tier_of(16 * WAN) == "basic"
    lower = with_floors(scheme, {"middle": 15 * WAN})
    assert [lower.tier_of(fen * WAN) for fen in (14, 15, 16, 60)] == ["basic", "middle", "middle", "affluent"]
    assert lower.floors[2] == 15 * WAN
    assert lower.duties == scheme.duties


def test_the_scheme_in_force_stays_as_it_is_whatever_was_asked_of_it_before(scheme: Scheme) -> None:
    before = list(scheme.floors)
    with_floors(scheme, {"middle": 15 * WAN})
    assert scheme.floors == before


def test_the_same_floors_make_the_same_scheme(scheme: Scheme) -> None:
    assert with_floors(scheme, {"middle": 20 * WAN}) == scheme


@pytest.mark.parametrize(
    ("floors", "code"),
    [
        ({"golden": 15 * WAN}, "unknown_tier"),
        ({"middle": 0}, "not_whole_yuan"),
        ({"middle": 150}, "not_whole_yuan"),
        ({"middle": 5 * WAN}, "floors_not_ascending"),
        ({"middle": 50 * WAN}, "floors_not_ascending"),
    ],
)
def test_floors_that_make_no_scheme_are_refused(scheme: Scheme, floors: dict[str, int], code: str) -> None:
    with pytest.raises(Refused) as refused:
        with_floors(scheme, floors)
    assert refused.value.code == code
