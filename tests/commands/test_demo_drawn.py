"""What the made-up branch is drawn from: head counts, balances, people and addresses."""

from collections import Counter
from datetime import date
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from guanhu.commands.demo_branch import money, names, places
from guanhu.commands.demo_branch.build import month_ends
from guanhu.commands.demo_branch.people import make_customers
from guanhu.domain.scheme import Policy
from guanhu.domain.scheme_file import default_scheme_text, read_scheme
from guanhu.domain.tiering import Standing, next_moves

TODAY = date(2026, 11, 24)
SCHEME = read_scheme(default_scheme_text())
BANDS = money.Bands(SCHEME.floors)


@given(st.integers(0, 100_000))
def test_head_counts_add_up(customers: int) -> None:
    counts = money.head_counts(customers)
    assert sum(counts) == customers
    assert min(counts) >= 0
    assert customers < 20 or min(counts) >= 1


@settings(max_examples=200)
@given(st.integers(0, 10**6), st.integers(0, 5), st.integers(0, 22), st.booleans())
def test_balances_lead_to_the_tier_that_was_meant(seed: int, step: int, joined: int, falling: bool) -> None:
    demoted = falling and 1 <= step <= 4 and joined == 0
    path = money.make_path(Random(seed), BANDS, step, joined, 24, demoted_now=demoted)
    assert [fen is None for fen in path.balances] == [month < joined for month in range(24)]
    ends = month_ends(TODAY)
    steps = [(day.toordinal(), fen) for day, fen in zip(ends, path.balances, strict=True) if fen is not None]
    to_come = next_moves(steps, Standing(None, None), None, Policy(((date.min, SCHEME),)))
    moves = [move for move in to_come if move.day <= TODAY]
    assert SCHEME.rank[moves[-1].to_tier if moves else None] == step
    if demoted:
        assert moves[-1].day == TODAY.replace(day=1)


@given(st.integers(0, 10**6))
def test_customers_are_all_different_and_grown_up(seed: int) -> None:
    found = make_customers(Random(seed), [0, 1, 2, 3, 4, 5] * 3, 24, TODAY)
    assert len({customer.no for customer in found}) == len(found)
    assert all(18 <= customer.age(TODAY) <= 90 for customer in found)
    assert [customer.joined for customer in found] == sorted(customer.joined for customer in found)
    assert not any(customer.facts.keys() & customer.untold.keys() for customer in found)


def test_surnames_come_as_often_as_they_do() -> None:
    rng = Random(1)
    found = Counter(names.surname(rng) for _ in range(20_000))
    assert {"王", "李", "张"} == {name for name, _ in found.most_common(3)}
    assert any(len(name) == 2 for name in found)


def test_addresses_are_of_the_outlets_own_district() -> None:
    rng = Random(1)
    assert all("滨河区" in places.address(rng, "02") for _ in range(20))
