"""Rating agrees with deciding every single day by hand, however the days are cut into batches."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from guanhu.domain.balances import Step
from guanhu.domain.scheme import Policy, Rating, Scheme
from guanhu.domain.scheme_file import read_scheme
from guanhu.domain.tiering import Move, Standing, next_moves

BANK_A = read_scheme((Path(__file__).parent / "schemes" / "bank_a.toml").read_text("utf-8"))
NEVER = Standing(None, None)
Measure = Literal["balance", "month_average"]
Up = Literal["at_once", "month_end"]
TIERS = [(tier.id, tier.from_yuan * 100) for tier in BANK_A.tiers]
AMOUNTS = [-5_000, 0, 99_999, 100_000, 4_999_999, 5_000_000, 19_999_999, 20_000_000, 49_999_999, 50_000_000, 10**10]
EDGES = ["2024-01-31", "2024-02-29", "2024-03-01", "2025-02-28", "2025-12-31", "2025-06-14"]


def rated(measure: Measure, up: Up, down: int, watch: int) -> Policy:
    """A policy of bank A's tiers under another rule; the third tier keeps its own number of months."""
    tiers = list(BANK_A.tiers)
    tiers[2] = msgspec.structs.replace(tiers[2], down_months=2, watch_months=0)
    rating = Rating(measure, up, down, watch)
    return Policy(((date.min, msgspec.structs.replace(BANK_A, rating=rating, tiers=tuple(tiers))),))


policies = st.builds(
    rated,
    st.sampled_from(["balance", "month_average"]),
    st.sampled_from(["at_once", "month_end"]),
    st.integers(1, 3),
    st.integers(0, 2),
)


@st.composite
def histories(draw: Any) -> list[Step]:
    """Balances on ascending days, often at a month's edge and at a tier's."""
    day = date.fromisoformat(draw(st.sampled_from(EDGES)))
    steps = []
    for gap in [0, *draw(st.lists(st.sampled_from([1, 2, 9, 28, 30, 31, 47, 95]), max_size=7))]:
        day += timedelta(days=gap)
        steps.append((day.toordinal(), draw(st.one_of(st.sampled_from(AMOUNTS), st.integers(0, 6 * 10**7)))))
    return steps


def band(fen: int) -> int:
    return sum(1 for _, floor in TIERS if fen >= floor)


def name(step: int) -> str | None:
    return TIERS[step - 1][0] if step else None


class EveryDay:
    """The slow reference: a customer's balance written out day by day, and a decision on each of them (DESIGN 6)."""

    def __init__(self, steps: Sequence[Step], scheme: Scheme, last: date) -> None:
        self.rating, self.scheme = scheme.rating, scheme
        self.first = date.fromordinal(steps[0][0])
        given = dict(steps)
        self.balance: dict[date, int] = {}
        fen = 0
        for n in range(steps[0][0], last.toordinal() + 1):
            fen = given.get(n, fen)
            self.balance[date.fromordinal(n)] = fen
        self.moves: list[Move] = []
        self.step, self.since = 0, self.first
        for day in self.balance:
            self.decide(day)

    def days_of_month(self, last: date) -> list[int]:
        """The balances of the month of `last` up to it, of the days that have one."""
        return [self.balance[d] for d in (last.replace(day=n) for n in range(1, last.day + 1)) if d in self.balance]

    def value(self, day: date) -> int:
        month = self.days_of_month(day)
        return self.balance[day] if self.rating.measure == "balance" else sum(month) // len(month)

    def decide(self, day: date) -> None:
        if day == self.first:
            self.rise(day, self.value(day), "first_balance")
            return
        if day.day == 1:
            if self.rating.up == "month_end":
                self.rise(day, self.value(day - timedelta(days=1)), "up_month_end")
            if not (self.moves and self.moves[-1].day == day):
                self.fall(day)
        if self.rating.up == "at_once":
            self.rise(day, self.value(day), "up_at_once")

    def rise(self, day: date, value: int, rule: str) -> None:
        if band(value) > self.step:
            self.move(day, value, rule)

    def fall(self, day: date) -> None:
        if not self.step:
            return
        tier = self.scheme.tiers[self.step - 1]
        down = self.rating.down_months if tier.down_months is None else tier.down_months
        watch = self.rating.watch_months if tier.watch_months is None else tier.watch_months
        values, last = [], day
        for _ in range(down + watch):
            last = last.replace(day=1) - timedelta(days=1)
            if last.replace(day=1) < self.first or last < self.since:
                return
            month = self.days_of_month(last)
            values.append(max(month) if self.rating.measure == "balance" else sum(month) // len(month))
        if max(values) < TIERS[self.step - 1][1]:
            self.move(day, max(values), "down_full_month")

    def move(self, day: date, value: int, rule: str) -> None:
        self.moves.append(Move(day, name(self.step), name(band(value)), value, rule))
        self.step, self.since = band(value), day


def horizon(steps: Sequence[Step]) -> date:
    """A day by which nothing is left to happen: two times the most months, and some."""
    return date.fromordinal(steps[-1][0] + 31 * 12)


@settings(max_examples=150, deadline=None)
@given(histories(), policies)
def test_rating_is_what_deciding_every_day_by_hand_gives(steps: list[Step], policy: Policy) -> None:
    wanted = EveryDay(steps, policy.on(date.max), horizon(steps)).moves
    assert next_moves(steps, NEVER, None, policy) == wanted


@settings(max_examples=150, deadline=None)
@given(histories(), policies, st.lists(st.integers(0, 700), max_size=8))
def test_rating_is_the_same_whatever_the_batching(steps: list[Step], policy: Policy, cuts: list[int]) -> None:
    held, after, moves = NEVER, None, []
    for cut in [*sorted(cuts), 10_000]:
        today = date.fromordinal(steps[0][0] + cut)
        known = [step for step in steps if step[0] <= today.toordinal()]
        for move in next_moves(known, held, after, policy):
            if move.day <= today:
                moves.append(move)
                held = Standing(move.to_tier, move.day)
        held = Standing(None, date.fromordinal(steps[0][0])) if held == NEVER else held
        after = today
    assert moves == next_moves(steps, NEVER, None, policy)


@settings(max_examples=100, deadline=None)
@given(histories(), policies, st.integers(0, 400), st.integers(1, 120), st.sampled_from(AMOUNTS))
def test_after_a_months_end_nothing_below_it_moves(
    steps: list[Step], policy: Policy, decided: int, earlier: int, fen: int
) -> None:
    """A balance that comes late, dated before the day decided, changes no tier up to that day."""
    after = date.fromordinal(steps[0][0] + decided)
    known = [step for step in steps if step[0] <= after.toordinal()]
    before = [move for move in next_moves(known, NEVER, None, policy) if move.day <= after]
    held = Standing(before[-1].to_tier, before[-1].day) if before else Standing(None, date.fromordinal(steps[0][0]))
    late = sorted(dict([*known, (max(steps[0][0], after.toordinal() - earlier), fen)]).items())
    assert all(move.day > after for move in next_moves(late, held, after, policy))


@settings(max_examples=100, deadline=None)
@given(histories(), policies)
def test_moves_lead_from_one_to_the_next_and_end_in_the_tier_of_the_balance(steps: list[Step], policy: Policy) -> None:
    moves = next_moves(steps, NEVER, None, policy)
    tiers = [None, *(move.to_tier for move in moves)]
    assert [move.from_tier for move in moves] == tiers[:-1]
    days = [move.day for move in moves]
    assert days == sorted(days)
    assert tiers[-1] == name(band(steps[-1][1]))
