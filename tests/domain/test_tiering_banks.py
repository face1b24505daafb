"""Two banks' published rules of rating as scheme files, month by month (DESIGN 6)."""

from datetime import date
from pathlib import Path

import pytest

from guanhu.domain.balances import Step
from guanhu.domain.dates import first_of_month, next_month
from guanhu.domain.money import YUAN
from guanhu.domain.scheme import Policy
from guanhu.domain.scheme_file import read_scheme
from guanhu.domain.tiering import Standing, next_moves

SCHEMES = Path(__file__).parent / "schemes"
BANK_A, BANK_B = (
    Policy(((date.min, read_scheme((SCHEMES / f"{bank}.toml").read_text("utf-8"))),)) for bank in ("bank_a", "bank_b")
)
W = 10_000


def months(policy: Policy, balances: list[Step], count: int) -> list[str | None]:
    """The tier held on the last day of each month, the month's own end not yet decided."""
    moves = next_moves(balances, Standing(None, None), None, policy)
    first = first_of_month(date.fromordinal(balances[0][0]))
    held: list[str | None] = []
    for _ in range(count):
        first = next_month(first)
        held.append(next((move.to_tier for move in reversed(moves) if move.day < first), None))
    return held


def flat(*yuan: int) -> list[Step]:
    """One balance a month through each month, from January 2026 on."""
    return [(date(2026 + n // 12, n % 12 + 1, 1).toordinal(), amount * YUAN) for n, amount in enumerate(yuan)]


def test_bank_a_rises_when_the_month_is_rated_on_its_average() -> None:
    """January's mean is 287,096: three stars from February, and February's full 500,000 four from March."""
    balances = [(date(2026, 1, 1).toordinal(), 6 * W * YUAN), (date(2026, 1, 16).toordinal(), 50 * W * YUAN)]
    assert months(BANK_A, balances, 3) == ["two", "three", "four"]
    assert [move.basis for move in next_moves(balances, Standing(None, None), None, BANK_A)] == [
        6 * W * YUAN,
        (15 * 6 * W + 16 * 50 * W) * YUAN // 31,
        50 * W * YUAN,
    ]


@pytest.mark.parametrize(
    ("wan", "tiers"),
    [
        pytest.param([60, 3, 3, 3, 3, 3, 3, 3], "four " * 7 + "one", id="three below, three watched"),
        pytest.param([60, 3, 3, 3, 3, 3, 50, 3], "four " * 8, id="back in the last month"),
        pytest.param([60, 3, 3, 50, 3, 3, 3, 3, 3, 3, 3], "four " * 10 + "one", id="back in mid-way, counted anew"),
        pytest.param([60, 3, 3, 3, 21, 3, 3, 3], "four " * 7 + "three", id="to the six months' highest"),
        pytest.param(
            [60, 3, 3, 3, 3, 3, 21, 3, 3, 3, 3, 3, 3, 3],
            "four " * 7 + "three " * 6 + "one",
            id="and six months on, further",
        ),
        pytest.param([60, 3, 3, 3, 3, 3, 3, 50, 50], "four " * 7 + "one four", id="what comes in after the fall lifts"),
    ],
)
def test_bank_a_lowers_after_three_months_below_and_three_of_watch(wan: list[int], tiers: str) -> None:
    assert months(BANK_A, flat(*(amount * W for amount in wan)), len(wan)) == tiers.split()


def test_bank_a_counts_a_months_mean_not_its_best_day() -> None:
    """One day of 20 million in a month of 30,000 lifts the mean over the floor; one of a million does not."""
    for peak, kept in ((2_000 * W, "four"), (100 * W, "two")):
        balances = flat(60 * W, 3 * W)
        june = date(2026, 6, 10).toordinal()
        balances += [(june, peak * YUAN), (june + 1, 3 * W * YUAN)]
        assert months(BANK_A, balances, 8)[-1] == kept


def test_bank_b_rises_in_the_next_month() -> None:
    assert months(BANK_B, flat(3 * W, 25 * W, 25 * W), 3) == ["one", "one", "three"]


@pytest.mark.parametrize(
    ("wan", "tiers"),
    [
        pytest.param([6, 3, 3, 3, 3], "two two two two one", id="a lower tier in month four"),
        pytest.param([6, 3, 3, 5, 3, 3, 3, 3], "two " * 7 + "one", id="a month back counts anew"),
        pytest.param([60, 30, 3, 3, 3, 3, 3, 3], "four " * 7 + "three", id="the highest in month seven"),
        pytest.param([25, 3, 3, 3, 3, 3, 3, 3], "three " * 7 + "one", id="the second highest too"),
        pytest.param(
            [60, 6, 3, 3, 3, 3, 3, 3, 3, 3, 3], "four " * 7 + "two two two one", id="then the lower one in month four"
        ),
    ],
)
def test_bank_b_lowers_in_month_four_and_from_its_highest_tiers_in_month_seven(wan: list[int], tiers: str) -> None:
    assert months(BANK_B, flat(*(amount * W for amount in wan)), len(wan)) == tiers.split()


@pytest.mark.parametrize("policy", [BANK_A, BANK_B])
def test_a_bank_that_rates_by_the_month_still_rates_a_new_customer_at_once(policy: Policy) -> None:
    assert months(policy, [(date(2026, 1, 20).toordinal(), 25 * W * YUAN)], 2) == ["three", "three"]
