"""What made-up customers keep with the bank: month by month, drifting in their tier's band or moving between tiers."""

from collections.abc import Sequence
from random import Random

import msgspec

from guanhu.domain.money import YUAN

SHARES = (0.50, 0.37, 0.09, 0.028, 0.011, 0.001)
"""The part of all customers in each step, from untiered to wealth, as a branch has them."""

_MOVES = (0.12, 0.4, 0.62, 0.9, 0.94, 0.97)
"""How often a month changes the balance, by step."""
_RISEN = (0.0, 0.1, 0.16, 0.2, 0.2, 0.2)
_DEMOTED = 0.05
_FALLEN = 0.025


class Path(msgspec.Struct):
    """Fen at the end of each month; None while the customer is not known."""

    balances: list[int | None]


def head_counts(customers: int) -> list[int]:
    """How many customers are in each step: whole numbers of the shares, every tier with one where there are enough."""
    counts = [int(share * customers) for share in SHARES]
    for step in range(len(counts) - 1, 0, -1):
        if not counts[step] and customers >= 20:
            counts[step] = 1
    counts[0] = customers - sum(counts[1:])
    return counts


def steps_of(rng: Random, customers: int) -> list[int]:
    """The step of each customer, in no order."""
    steps = [step for step, count in enumerate(head_counts(customers)) for _ in range(count)]
    rng.shuffle(steps)
    return steps


class Bands:
    """The bands of a scheme in fen, the lowest from 0, the highest to five times its floor."""

    def __init__(self, floors: Sequence[int]) -> None:
        self.edges = [0, *floors, floors[-1] * 5]

    def floor(self, step: int) -> int:
        """The least balance of a step."""
        return self.edges[step]

    def ceiling(self, step: int) -> int:
        """The floor of the step above."""
        return self.edges[step + 1]

    def draw(self, rng: Random, step: int) -> int:
        """A balance in the band: small ones are more common than large ones."""
        low, high = max(self.floor(step), YUAN), self.ceiling(step)
        if step == 0 and rng.random() < 0.3:
            return rng.randrange(0, 20 * YUAN)
        return self.keep(step, int(low * (high / low) ** (rng.random() ** 1.3)))

    def keep(self, step: int, fen: int) -> int:
        """A balance inside the band: one that would leave it turns back at the edge, so that few stand at the edge."""
        low, high = self.floor(step) * 101 // 100, self.ceiling(step) * 99 // 100
        turned = 2 * high - fen if fen > high else 2 * low - fen if fen < low else fen
        return min(max(turned, low), high)


def make_path(rng: Random, bands: Bands, step: int, joined: int, months: int, *, demoted_now: bool = False) -> Path:
    """The balances of one customer, who holds `step` in the end; told backward from there.

    `demoted_now`: fell two months ago, and so loses the tier above on the first of this month.
    """
    path = Path([None] * months)
    chance = rng.random()
    top = len(bands.edges) - 2
    held = bands.draw(rng, step)
    change, before = months, step
    if demoted_now or (0 < step < top and chance < _DEMOTED and joined + 3 < months):
        change = months - 2 if demoted_now else rng.randrange(joined + 2, months - 1)
        before = step + 1
        held = min(held, bands.keep(step, bands.ceiling(step) * rng.randrange(6_000, 9_800) // 10_000))
    elif step and chance < _DEMOTED + _RISEN[step] and joined + 4 < months:
        change, before = rng.randrange(joined + 2, months), step - 1
    value = held
    for month in range(months - 1, joined - 1, -1):
        if month == change - 1 and before != step:
            value = _before(rng, bands, before, step)
        at = step if month >= change else before
        path.balances[month] = value
        if rng.random() < _MOVES[at]:
            value = bands.keep(at, _cents(rng, value - value * round(rng.gauss(6, 90)) // 1000))
    if not demoted_now and step and before == step and rng.random() < _FALLEN and joined < months - 1:
        path.balances[-1] = _cents(rng, bands.floor(step) * rng.randrange(6_200, 9_700) // 10_000)
    return path


def _before(rng: Random, bands: Bands, before: int, step: int) -> int:
    """The last balance in the band that was left: upward from near its ceiling, downward from just above its floor."""
    if before < step:
        return bands.keep(before, _cents(rng, bands.ceiling(before) * rng.randrange(7_000, 9_800) // 10_000))
    return bands.keep(before, _cents(rng, bands.floor(before) * rng.randrange(10_300, 13_500) // 10_000))


def _cents(rng: Random, fen: int) -> int:
    """Balances seldom are round."""
    return fen // YUAN * YUAN + rng.randrange(YUAN)
