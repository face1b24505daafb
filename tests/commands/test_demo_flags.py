"""What was planted in the made-up branch is found, every piece of it, and little else that is not a plain fact."""

from datetime import date
from pathlib import Path

import pytest

from guanhu.commands.demo_branch import Planted, build_demo
from guanhu.domain.red_flags.found import Flag
from guanhu.domain.scheme_flags import FLAGS
from guanhu.projections.flag_customers import flagged_customers, of_many
from guanhu.projections.policy import policy_of
from guanhu.projections.red_flags import flag_at, flags

TODAY = date(2026, 11, 24)
FACTS = {"late_writing", "passed_birthday", "passed_maturity", "ownerless", "over_capacity"}
"""Flags that tell what is so: whatever they find in the branch's own life is right too."""
NEEDS_ROOM = {"over_capacity", "bulk_waivers", "contradicted", "passed_birthday", "acted_by_others"}
"""What is planted only in branches that are large enough."""


def looked_through(folder: Path, customers: int, seed: int, today: date) -> tuple[list[Planted], list[Flag]]:
    planted: list[Planted] = []
    book = build_demo(folder / "book.db", customers=customers, seed=seed, today=today, planted=planted)
    with book.reading() as cursor:
        policy = policy_of(cursor)
        assert policy is not None
        found = flags(cursor, policy, book.calendar, first=date(today.year - 2, 1, 1), last=today)
    book.close()
    return planted, found


def is_it(planted: Planted, flag: Flag) -> bool:
    return planted.is_it(flag.id, flag.staff, flag.customer_no, flag.day)


@pytest.mark.parametrize(
    ("customers", "seed", "today"),
    [(300, 5, TODAY), (1_000, 4, TODAY), (500, 6, date(2026, 4, 20)), (300, 11, date(2026, 3, 1))],
)
def test_all_that_was_planted_is_found(tmp_path: Path, customers: int, seed: int, today: date) -> None:
    planted, found = looked_through(tmp_path, customers, seed, today)
    assert {each.flag for each in planted} >= set(FLAGS) - (NEEDS_ROOM if customers < 1_000 else set())
    assert [each for each in planted if not any(is_it(each, flag) for flag in found)] == []
    beside = [flag for flag in found if flag.id not in FACTS and not any(is_it(each, flag) for each in planted)]
    assert len(beside) <= 3  # the notice that was given to many by telephone, and what was put right later


def test_a_branch_too_small_for_it_has_nothing_planted(tmp_path: Path) -> None:
    planted, _ = looked_through(tmp_path, 3, 1, TODAY)
    assert len(planted) < 4


def test_outlets_and_members_together_have_what_the_whole_has_and_every_key_leads_back(tmp_path: Path) -> None:
    book = build_demo(tmp_path / "book.db", customers=1_000, seed=8, today=TODAY)
    first = date(2026, 9, 1)
    with book.reading() as cursor:
        policy = policy_of(cursor)
        assert policy is not None

        def keys(**more: str) -> set[str]:
            return {flag.key for flag in flags(cursor, policy, book.calendar, first=first, last=TODAY, **more)}

        whole = flags(cursor, policy, book.calendar, first=first, last=TODAY)
        assert set().union(*(keys(outlet=code) for code in ("01", "02", "03"))) == {flag.key for flag in whole}
        members = {flag.staff for flag in whole if flag.staff}
        assert set().union(*(keys(staff=each) for each in members)) == {flag.key for flag in whole if flag.staff}
        assert all(flag_at(cursor, policy, book.calendar, flag.key) == flag for flag in whole)
        for flag in filter(of_many, whole):
            behind = flagged_customers(cursor, policy, book.calendar, flag)
            assert len(behind) == flag.measured["customers"]
            assert {flag.staff in each.owners for each in behind} == {flag.id == "over_capacity"}
    book.close()
