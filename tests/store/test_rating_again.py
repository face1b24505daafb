"""Money taken back gives the tier that it had kept from being reached, and none that nothing had given."""

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guanhu.store.rating import open_day
from guanhu.store.rebuilding import check
from guanhu.store.statements import deposit
from guanhu.store.withdrawing import withdraw
from guanhu.tests.store.branch import Branch, day
from guanhu.tests.store.taken_back import small, state


@pytest.fixture
def branch(tmp_path: Path) -> Branch:
    """Its first customer has 260,000, the book's day is the tenth."""
    found = small(tmp_path)
    opened(found, "2026-06-10")
    return found


def opened(branch: Branch, on: str) -> None:
    with branch.book.writing() as w:
        open_day(w, day(on))


def paid(branch: Branch, yuan: int, on: str) -> int:
    return deposit(branch.book, "C1", yuan * 100, day(on)).positions[0]


def tier(branch: Branch) -> str:
    with branch.book.reading() as cursor:
        question = "SELECT tier FROM account JOIN customer ON id = customer_id WHERE no = 'C1'"
        found: str = cursor.execute(question).fetchone()[0]
    assert check(branch.book) == []
    return found


def test_what_came_late_waits_for_its_months_end_though_a_slip_was_taken_back(branch: Branch) -> None:
    paid(branch, -1_000, "2026-06-09")
    paid(branch, 300_000, "2026-06-05")
    assert tier(branch) == "middle"
    before = state(branch)
    withdraw(branch.book, paid(branch, -500, "2026-06-09"), "录错")
    assert tier(branch) == "middle"
    assert state(branch) == before


def test_what_was_paid_in_after_it_is_rated_without_it(branch: Branch) -> None:
    out = paid(branch, -100_000, "2026-06-08")
    paid(branch, 300_000, "2026-06-09")
    assert tier(branch) == "middle"
    withdraw(branch.book, out, "录错")
    assert tier(branch) == "affluent"


def test_what_came_late_after_it_is_not(branch: Branch) -> None:
    paid(branch, -1_000, "2026-06-09")
    out = paid(branch, -100_000, "2026-06-09")
    paid(branch, 300_000, "2026-06-05")
    withdraw(branch.book, out, "录错")
    assert tier(branch) == "middle"


def test_what_the_day_came_to_since_is_rated_without_it(branch: Branch) -> None:
    paid(branch, 300_000, "2026-06-13")
    out = paid(branch, -100_000, "2026-06-12")
    opened(branch, "2026-06-14")
    assert tier(branch) == "middle"
    withdraw(branch.book, out, "录错")
    assert tier(branch) == "affluent"


steps = st.lists(
    st.tuples(st.sampled_from(["pay", "pay", "pay", "slip", "slip", "open"]), st.integers(2, 15),
              st.sampled_from([-300_000, -60_000, -1_000, 1_000, 60_000, 260_000, 500_000])),
    min_size=2, max_size=10,
)  # fmt: skip


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps)
def test_what_is_keyed_in_and_taken_back_at_once_leaves_all_as_it_was(history: list[tuple[str, int, int]]) -> None:
    with TemporaryDirectory() as folder:
        branch = small(Path(folder))
        at = date(2026, 6, 3)
        opened(branch, at.isoformat())
        for kind, n, yuan in history:
            on = date(2026, 6, n).isoformat()
            if kind == "open":
                at = min(at + timedelta(days=n % 4), branch.today)
                opened(branch, at.isoformat())
            elif kind == "pay":
                paid(branch, yuan, on)
            else:
                before: dict[str, Any] = state(branch)
                withdraw(branch.book, paid(branch, yuan, on), "录错")
                assert state(branch) == before
        assert check(branch.book) == []
        branch.book.close()
