"""The rules that the figures speak of: near, lost, kept after maturity, owed a profile; shares without a float."""

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanhu.domain.balances import Step
from guanhu.domain.contact import reached
from guanhu.domain.figure_rules import Matured, lost, moved, near, owed_a_profile, retained, valued
from guanhu.domain.figures import FIGURES, RETENTION_DAYS, per_mille, percent
from guanhu.domain.scheme_file import default_scheme_text, read_scheme

SCHEME = read_scheme(default_scheme_text())
WAN = 1_000_000


@given(st.integers(0, 10**15), st.integers(1, 10**15))
def test_a_share_is_rounded_half_up(counted: int, of: int) -> None:
    exact = (Decimal(counted) * 1000 / Decimal(of)).quantize(Decimal(1), ROUND_HALF_UP)
    assert per_mille(counted, of) == int(exact)


def test_out_of_nothing_there_is_no_share() -> None:
    assert per_mille(0, 0) is None
    assert percent(0, 0) == ""
    assert (percent(1, 3), percent(2, 3), percent(1, 1), percent(1, 2000)) == ("33.3%", "66.7%", "100.0%", "0.1%")


def test_every_figure_says_what_it_counts_in_both_languages() -> None:
    for figure in FIGURES.values():
        for words in (figure.names, figure.counted, figure.of, figure.whose):
            assert words.en.isascii()
            assert words.zh != words.en


def test_the_documentation_has_the_same_sentences() -> None:
    told = (Path(__file__).parents[2] / "docs" / "figures.md").read_text("utf-8")
    for figure in FIGURES.values():
        assert f"| {figure.names.zh} `{figure.id}` | {figure.counted.en} | {figure.of.en} |" in told
        (line,) = (line for line in told.splitlines() if line.startswith("- ") and f"`{figure.id}`" in line)
        assert line.endswith(f": {figure.whose.en}.")


def test_near_is_within_the_schemes_share_below_the_next_floor() -> None:
    assert [near(SCHEME, "basic", aum * WAN) for aum in (15, 16, 19, 20)] == [False, True, True, False]
    assert not near(SCHEME, "wealth", 400 * WAN)  # there is no tier above
    assert not near(SCHEME, "", 900 * 100)  # who is in no tier is near none


def test_half_of_the_money_gone_or_all_but_nothing_is_lost() -> None:
    assert [lost(SCHEME, 50 * WAN, after * WAN) for after in (50, 26, 25, 1)] == [False, False, True, True]
    assert lost(SCHEME, 100_000, 99_999)  # below 1,000 yuan
    assert [valued(SCHEME, tier) for tier in ("", "basic", "middle", "wealth")] == [False, False, True, True]


def test_a_tier_above_is_a_rise_and_none_the_lowest_step() -> None:
    assert [moved(SCHEME, "basic", after) for after in ("middle", "basic", "mass", None)] == [1, 0, -1, -1]


def test_who_is_owed_a_profile_the_scheme_says() -> None:
    assert owed_a_profile(SCHEME, "basic", 6 * WAN, frozenset())
    assert not owed_a_profile(SCHEME, "mass", 2 * WAN, frozenset())
    assert owed_a_profile(SCHEME, None, None, frozenset({"prospect"}))


@pytest.mark.parametrize(
    ("kind", "outcome", "found"),
    [
        ("contact", "replied", True), ("contact", "sent", False), ("contact", "no_answer", False),
        ("visit", "sent", True), ("visit", "no_answer", False), ("withdrawn", "reached_success", False),
    ],
)  # fmt: skip
def test_reached_is_a_contact_by_its_outcome_or_a_visit_that_met(kind: str, outcome: str, found: bool) -> None:
    assert reached(kind, outcome) is found


# ---------------------------------------------------------------- money that matured
DAY = 739_000


def kept(matured: list[tuple[int, int]], steps: list[Step], asked: int = DAY + 400) -> list[tuple[int, int]]:
    found = [Matured(DAY + day, fen, n) for n, (day, fen) in enumerate(matured)]
    return [(each.kept, each.matured) for each in retained(found, [(DAY + day, fen) for day, fen in steps], asked)]


def test_what_the_balance_lost_is_lost_of_the_money_that_matured() -> None:
    assert kept([(10, 500)], [(0, 2_000), (20, 1_700)]) == [(200, 500)]
    assert kept([(10, 500)], [(0, 2_000), (20, 100)]) == [(0, 500)]
    assert kept([(10, 500)], [(0, 2_000), (20, 2_600)]) == [(500, 500)]


def test_it_is_judged_after_thirty_days_or_on_the_day_asked() -> None:
    steps = [(0, 2_000), (10 + RETENTION_DAYS, 1_700), (11 + RETENTION_DAYS, 0)]
    assert kept([(10, 500)], steps) == [(200, 500)]
    assert kept([(10, 500)], steps, DAY + 9 + RETENTION_DAYS) == [(500, 500)]


def test_one_fall_of_the_balance_counts_once_for_what_matures_together() -> None:
    steps = [(0, 2_000), (15, 1_500)]
    assert kept([(10, 500), (12, 500)], steps) == [(500, 1_000)]
    assert kept([(10, 500), (11 + RETENTION_DAYS, 500)], steps) == [(0, 500), (500, 500)]


def test_without_a_balance_before_nothing_is_said() -> None:
    assert kept([(10, 500)], [(10, 2_000)]) == []


@given(
    st.lists(st.tuples(st.integers(1, 200), st.integers(1, 1_000)), min_size=1, max_size=6),
    st.lists(st.tuples(st.integers(0, 260), st.integers(-500, 5_000)), max_size=6),
)  # fmt: skip
def test_no_more_is_kept_than_matured_and_nothing_is_lost_where_nothing_fell(
    matured: list[tuple[int, int]], later: list[tuple[int, int]]
) -> None:
    steps = [(0, 5_000), *sorted({day: fen for day, fen in later if day}.items())]
    found = kept(matured, steps)
    assert sum(whole for _part, whole in found) == sum(fen for _day, fen in matured)
    assert all(0 <= part <= whole for part, whole in found)
    assert kept(matured, [(0, 5_000)]) == [(whole, whole) for _part, whole in found]
