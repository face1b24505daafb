"""A sample: in proportion to the strata, one of each while the size allows, the same for the same seed and root."""

import json
import subprocess
import sys
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanhu.domain.sampling import SEED_DIGITS, Unit, allocate, digest, draw, rank, seed_of

ROOT = bytes(range(32))
sizes = st.lists(st.integers(0, 60), max_size=12)
seats = st.integers(0, 200)
units = st.lists(
    st.builds(Unit, st.integers(1, 400).map(str), st.just("C1"), st.sampled_from(["", "mass", "middle"]),
              st.sampled_from(["", "S1", "S2"])),
    unique_by=lambda unit: unit.key, max_size=60,
)  # fmt: skip


def some(count: int) -> list[Unit]:
    """So many units in six strata of different sizes."""
    tiers = ("", "mass", "mass", "middle")
    return [Unit(str(n), f"C{n % 9}", tiers[n % 4], f"S{n % 3}") for n in range(1, count + 1)]


# ---------------------------------------------------------------- seats
@given(sizes, seats)
def test_all_seats_are_given_and_no_stratum_gets_more_than_it_has(sizes: list[int], seats: int) -> None:
    taken = allocate(sizes, seats)
    assert sum(taken) == min(seats, sum(sizes))
    assert all(0 <= one <= size for one, size in zip(taken, sizes, strict=True))


@given(sizes, seats)
def test_every_stratum_has_one_while_the_size_allows(sizes: list[int], seats: int) -> None:
    taken = allocate(sizes, seats)
    held = sum(size > 0 for size in sizes)
    if seats >= held:
        assert all(one for one, size in zip(taken, sizes, strict=True) if size)
    else:
        assert sorted(taken, reverse=True)[:seats] == [1] * seats
        assert min([s for s, one in zip(sizes, taken, strict=True) if one], default=0) >= max(
            [s for s, one in zip(sizes, taken, strict=True) if not one], default=0
        ) or not seats


@given(sizes, seats)
def test_a_larger_stratum_never_gets_less_and_a_larger_sample_takes_from_none(sizes: list[int], seats: int) -> None:
    taken, more = allocate(sizes, seats), allocate(sizes, seats + 1)
    assert all(one <= other for one, other in zip(taken, more, strict=True))
    ordered = sorted(zip(sizes, taken, strict=True))
    assert [one for _, one in ordered] == sorted(one for _, one in ordered)


@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=8), st.integers(1, 300))
def test_seats_follow_the_sizes(sizes: list[int], seats: int) -> None:
    """No stratum that got more than its first seat could give one to another whose quotient is larger."""
    taken = allocate(sizes, seats)
    for one, size in zip(taken, sizes, strict=True):
        for other, wider in zip(taken, sizes, strict=True):
            if one > 1 and other < wider:
                assert size * (2 * other + 1) >= wider * (2 * one - 1)


def test_seats_of_a_known_branch() -> None:
    assert allocate([10, 20, 1, 70], 10) == [1, 2, 1, 6]
    assert allocate([10, 20, 1, 70], 3) == [1, 1, 0, 1]
    assert allocate([0, 0], 5) == [0, 0]


# ---------------------------------------------------------------- the drawing
@given(units, st.integers(1, 40), st.randoms(use_true_random=False))
def test_the_order_of_the_units_makes_no_difference(found: list[Unit], size: int, random: object) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert draw(found, size, "seed", ROOT) == draw(shuffled, size, "seed", ROOT)


@given(units, st.integers(0, 40))
def test_the_sample_is_what_its_strata_say_and_grows_by_adding(found: list[Unit], size: int) -> None:
    sample = draw(found, size, "seed", ROOT)
    assert Counter((unit.tier, unit.staff_id) for unit in sample.units) == Counter(
        {(each.tier, each.staff_id): each.taken for each in sample.strata if each.taken}
    )
    assert sample.population == len(found)
    assert set(sample.units) <= set(draw(found, size + 1, "seed", ROOT).units)


def test_seed_and_root_each_decide_the_sample() -> None:
    found = some(200)
    one = draw(found, 20, "seed", ROOT)
    assert draw(found, 20, "seed", ROOT) == one
    assert set(draw(found, 20, "other", ROOT).units) != set(one.units)
    assert set(draw(found, 20, "seed", ROOT[::-1]).units) != set(one.units)
    assert draw(found, 20, "other", ROOT).digest == one.digest


def test_the_parts_of_the_hash_can_not_run_into_each_other() -> None:
    assert rank("12", "a1", ROOT) != rank("2", "a11", ROOT)
    assert seed_of(ROOT) == ROOT.hex()[:SEED_DIGITS]


@given(units.filter(bool), st.data())
def test_the_digest_tells_any_change_of_the_population(found: list[Unit], data: st.DataObject) -> None:
    n = data.draw(st.integers(0, len(found) - 1))
    whole = digest(found)
    assert digest(found[::-1]) == whole
    assert digest(found[:n] + found[n + 1 :]) != whole
    one = found[n]
    assert digest([*found[:n], Unit(one.key, one.customer_no, "affluent", one.staff_id), *found[n + 1 :]]) != whole


def test_a_key_that_comes_twice_is_a_fault() -> None:
    with pytest.raises(ValueError, match="twice"):
        draw([*some(3), *some(1)], 2, "seed", ROOT)


# ---------------------------------------------------------------- on any machine
KNOWN = [str(n) for n in (108, 40, 104, 69, 57, 42, 97, 34, 106, 41, 62, 51, 43, 83)]
PROGRAM = """
import json
from guanhu.domain.sampling import Unit, draw
tiers = ("", "mass", "mass", "middle")
units = {Unit(str(n), f"C{n % 9}", tiers[n % 4], f"S{n % 3}") for n in range(1, 121)}
sample = draw(units, 14, "3f", bytes(range(32)))
print(json.dumps([[unit.key for unit in sample.units], sample.digest.hex()]))
"""


@pytest.mark.parametrize("hashing", ["0", "1", "4242"])
def test_another_process_draws_the_same(hashing: str) -> None:
    """Sets come in another order there, and it is the very sample that was drawn when this was written."""
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM], env={"PYTHONHASHSEED": hashing}, capture_output=True, check=True, text=True
    )
    here = draw(some(120), 14, "3f", ROOT)
    assert json.loads(ran.stdout) == [[unit.key for unit in here.units], here.digest.hex()]
    assert [unit.key for unit in here.units] == KNOWN
