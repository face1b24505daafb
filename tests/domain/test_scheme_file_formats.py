"""Other schemes than the default one are files alone: corporate classes and a membership (SCHEMES.md 2 and 4)."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

import msgspec
import pytest

from guanhu.domain.balances import Step
from guanhu.domain.calendar import Calendar
from guanhu.domain.duties import obligations
from guanhu.domain.facts import Act, Affair, Facts
from guanhu.domain.money import YUAN
from guanhu.domain.occurrences import Occurrence, Person, View, occurrences
from guanhu.domain.responsibility import Care, missing_roles, owed_by
from guanhu.domain.scheme import Policy, Scheme
from guanhu.domain.scheme_file import read_scheme
from guanhu.domain.tiering import Standing, next_moves
from guanhu.tests.domain.given import tier_on

SCHEMES = Path(__file__).parent / "schemes"
NOBODY = Facts(
    customer_no="C1", steps=[], reported=[], tiers=[], marks=[], birthday="", lunar_birthday="",
    known={}, scores=[], acts=[], seats=[], products=[], affairs=[],
)  # fmt: skip


@cache
def scheme(name: str) -> Scheme:
    return read_scheme((SCHEMES / f"{name}.toml").read_text("utf-8"))


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def customer(name: str, *balances: tuple[str, int]) -> Facts:
    """A customer with the tiers that these balances (yuan) give under the scheme."""
    steps: list[Step] = [(day(on), yuan * YUAN) for on, yuan in balances]
    moves = next_moves(steps, Standing(None, None), None, Policy(((date.min, scheme(name)),)))
    tiers = [(move.day.toordinal(), move.to_tier) for move in moves]
    return msgspec.structs.replace(NOBODY, steps=steps, reported=steps, tiers=tiers)


def visits(*made: tuple[str, str]) -> list[Act]:
    """Visits as (day, roles that took part)."""
    return [
        Act(day(on), "visit", "reached_other", frozenset(roles.split()), position, day(on))
        for position, (on, roles) in enumerate(sorted(made), 1)
    ]


def owed(name: str, facts: Facts, on: str) -> dict[str, Occurrence]:
    """What is owed on a day, by duty."""
    policy, calendar = Policy(((date.min, scheme(name)),)), Calendar()
    person = Person(facts.birthday, facts.lunar_birthday, facts.acts, {})
    view = View(day(on), policy, calendar)
    found = [each for one in obligations(facts, policy, calendar) for each in occurrences(one, person, view)]
    return {each.duty: each for each in found}


@pytest.mark.parametrize(
    ("yuan", "tier", "duties"),
    [
        (0, None, ""),
        (1, "class_3", "relationship_manager outlet_leader"),
        (49_999_999, "class_3", "relationship_manager outlet_leader"),
        (50_000_000, "class_2", "branch_leader head_of_corporate relationship_manager outlet_leader"),
        (200_000_000, "class_1", "branch_leader head_of_corporate relationship_manager"),
    ],
)
def test_a_corporate_class_owes_the_visits_of_its_offices(yuan: int, tier: str | None, duties: str) -> None:
    facts = customer("corporate", ("2026-03-01", yuan))
    assert tier_on(facts, "2026-03-10") == tier
    assert set(owed("corporate", facts, "2026-03-10")) == {f"visit_{office}" for office in duties.split()}


def test_three_visits_of_the_relationship_manager_leave_the_presidents_one_open() -> None:
    made = visits(*((f"2026-03-{n:02}", "relationship_manager") for n in (3, 12, 20)))
    facts = msgspec.structs.replace(customer("corporate", ("2026-03-01", 200_000_000)), acts=made)
    state = owed("corporate", facts, "2026-03-25")
    assert {duty: (each.status, each.acts_done, each.acts_needed) for duty, each in state.items()} == {
        "visit_relationship_manager": ("done", 3, 3),
        "visit_branch_leader": ("open", 0, 1),
        "visit_head_of_corporate": ("open", 0, 2),
    }


def test_a_visit_made_together_counts_for_each_office_and_two_are_not_three() -> None:
    together = "branch_leader head_of_corporate relationship_manager"
    made = visits(("2026-03-03", together), ("2026-03-12", "relationship_manager head_of_corporate"))
    facts = msgspec.structs.replace(customer("corporate", ("2026-03-01", 200_000_000)), acts=made)
    state = owed("corporate", facts, "2026-03-25")
    assert {duty: each.status for duty, each in state.items()} == {
        "visit_relationship_manager": "open",
        "visit_branch_leader": "done",
        "visit_head_of_corporate": "done",
    }


def test_a_corporate_customer_is_classed_on_the_months_average() -> None:
    facts = customer("corporate", ("2026-01-01", 40_000_000), ("2026-01-31", 900_000_000), ("2026-02-01", 40_000_000))
    assert [tier for _, tier in facts.tiers] == ["class_3", "class_2", "class_3"]


@pytest.mark.parametrize(
    ("bought", "level"),
    [(1, "regular"), (1_999, "regular"), (2_000, "advanced"), (4_000, "vip"), (7_000, "vip"), (8_000, "supreme")],
)
def test_a_membership_is_entered_with_what_was_bought(bought: int, level: str) -> None:
    assert tier_on(customer("membership", ("2026-03-01", bought)), "2026-03-01") == level


def test_a_membership_is_lost_after_a_year_below() -> None:
    facts = customer("membership", ("2025-03-10", 5_000), ("2026-01-01", 2_500))
    assert facts.tiers == [(day("2025-03-10"), "vip"), (day("2027-01-01"), "advanced")]


def test_a_sale_is_followed_up_within_a_week() -> None:
    facts = customer("membership", ("2026-03-01", 500), ("2026-03-10", 900))
    sale = owed("membership", facts, "2026-03-12")["after_sale"]
    assert (sale.status, sale.due) == ("open", day("2026-03-17"))


def test_roles_that_act_together_must_both_be_there() -> None:
    facts = customer("membership", ("2026-03-02", 9_000))
    for made, status in (
        (visits(("2026-03-03", "adviser"), ("2026-03-04", "store_manager")), "open"),
        (visits(("2026-03-04", "adviser store_manager")), "done"),
    ):
        welcome = owed("membership", msgspec.structs.replace(facts, acts=made), "2026-03-05")["welcome"]
        assert (welcome.status, welcome.due) == (status, day("2026-03-09"))


def test_roles_that_act_together_all_owe_the_duty_and_a_joint_tier_wants_each() -> None:
    owners: Sequence[tuple[str, str]] = (("S1", "adviser"), ("S2", "store_manager"))
    by = scheme("membership").duty["welcome"].by[0]

    def none_more(_: str) -> frozenset[str]:
        return frozenset()

    assert owed_by(by, Care(tuple(owners), None, None), scheme("membership"), none_more) == ("S1", "S2")
    assert missing_roles(scheme("membership").tier("supreme"), owners[:1], none_more) == ("store_manager",)


def test_a_date_an_event_a_season_a_festival_and_a_file_raise_duties() -> None:
    facts = msgspec.structs.replace(
        customer("membership", ("2026-01-05", 9_000)),
        birthday="1980-03-01",
        known={"birthday": day("2026-01-05"), "sizes": day("2026-01-05")},
        affairs=[
            Affair("event", "birth", 7, day("2026-02-10"), "S1", None, None),
            Affair("event", "study", 8, day("2026-02-10"), "S1", None, None),
        ],
    )
    state = owed("membership", facts, "2026-02-12")
    assert {duty: (each.key, each.status) for duty, each in state.items() if duty != "welcome"} == {
        "birthday": ("2026-03-01", "open"),
        "season": ("2026-Q1", "open"),
        "festival": ("2026-spring_festival", "upcoming"),
        "joyful_event": ("7", "open"),
        "file": ("once", "open"),
    }
    complete = msgspec.structs.replace(facts, known={**facts.known, "taste": day("2026-02-11")})
    assert owed("membership", complete, "2026-02-12")["file"].status == "done"
