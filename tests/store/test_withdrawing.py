"""Every act is taken back by one event: the state before it stands again."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from guanhu.domain.errors import NotFound, Refused
from guanhu.store.rebuilding import check
from guanhu.store.withdrawing import withdraw
from guanhu.tests.store.branch import Branch, refusal
from guanhu.tests.store.taken_back import ACTS, WITHDRAWN_ROWS, small, state

FIRST_OTHERS = {"kept", "excused", "returned", "accepted", "answered"}
"""Acts that close the newest of what is open, whatever it is."""


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Branch]:
    found = small(tmp_path)
    yield found
    found.book.close()


@pytest.mark.parametrize("name", ACTS)
def test_an_act_taken_back_leaves_the_state_before_it(branch: Branch, name: str) -> None:
    before_it, act = ACTS[name]
    before_it(branch)
    before = state(branch)
    position = act(branch)
    assert state(branch) != before
    withdraw(branch.book, position, "录错")
    after = state(branch)
    if name in WITHDRAWN_ROWS:
        assert [row for row in after.pop("act") if row[3] != "withdrawn"] == before.pop("act")
    assert {table: after[table] for table in after if after[table] != before[table]} == {}
    assert check(branch.book) == []
    with refusal("entry_withdrawn") if name not in ("registration",) else refusal("unknown_customer", NotFound):
        withdraw(branch.book, position, "再来")


@pytest.mark.parametrize("seed", range(6))
def test_acts_in_any_order_taken_back_from_the_last_leave_the_state_before_them(branch: Branch, seed: int) -> None:
    chance = Random(seed)
    before = state(branch)
    done: list[int] = []
    for name in chance.choices([name for name in ACTS if name not in FIRST_OTHERS], k=14):
        with suppress(Refused):  # a mark that is set, a referral that waits: what a rule forbids is not done
            done.append(ACTS[name][1](branch))
    assert len(done) > 4
    assert check(branch.book) == []
    for position in reversed(done):
        withdraw(branch.book, position, "录错")
    after = state(branch)
    assert [row for row in after.pop("act") if row[3] != "withdrawn"] == before.pop("act")
    assert {table: after[table] for table in after if after[table] != before[table]} == {}
    assert check(branch.book) == []
