"""Who owes a duty, and who is missing beside a customer (SCHEMES.md 1, responsibility; DESIGN 6)."""

import pytest

from guanhu.domain.responsibility import Care, missing_roles, owed_by, roles_shown
from guanhu.domain.scheme import By
from guanhu.tests.domain.given import LOW, MANAGER, POSTS, RM, SUPERVISOR, TELLER, cared_for, personal

ANY = By(roles=("outlet_manager", "relationship_manager"))
BOTH = By(roles=("rm_supervisor", "relationship_manager"), together=True)
OWNER = By(owner=True)


def _posts(staff: str) -> frozenset[str]:
    return POSTS.get(staff, frozenset())


def _owed(by: By, care: Care) -> tuple[str, ...] | None:
    return owed_by(by, care, personal(), _posts)


def test_any_owner_who_holds_one_of_the_roles_owes_it_the_lead_first() -> None:
    assert _owed(ANY, cared_for(RM, SUPERVISOR, MANAGER)) == ("rm", "manager")


def test_a_post_held_beside_the_seat_counts() -> None:
    assert _owed(ANY, cared_for(("rm", "lobby_manager"))) == ("rm",)


def test_without_such_an_owner_one_person_owes_it() -> None:
    assert _owed(ANY, cared_for(LOW)) == ("system",)
    assert _owed(By(roles=("relationship_manager", "department")), cared_for(LOW)) == ("system",)


def test_the_system_owner_owes_only_what_asks_for_that_post() -> None:
    assert _owed(By(roles=("rm_supervisor",)), cared_for(LOW)) == ("manager",)


def test_together_means_one_for_each_role_and_nobody_twice() -> None:
    assert _owed(BOTH, cared_for(RM, SUPERVISOR)) == ("supervisor", "rm")
    assert _owed(BOTH, cared_for(system=None)) == ("manager",)
    assert _owed(BOTH, cared_for(system=None, manager=None)) == ()


def test_what_the_owner_owes_falls_to_all_owners_whatever_their_posts() -> None:
    assert _owed(OWNER, cared_for(TELLER, LOW)) == ("teller", "low")
    assert _owed(OWNER, cared_for()) == ("manager",)


def test_what_is_owed_only_by_owners_of_a_post_is_else_not_owed() -> None:
    assert _owed(By(roles=("relationship_manager",), owned=True), cared_for(LOW)) is None


@pytest.mark.parametrize(
    ("tier", "owners", "missing"),
    [
        ("mass", (), ("high_counter_teller",)),
        ("mass", (TELLER,), ()),
        ("basic", (TELLER,), ("low_counter_teller", "vip_counter_teller")),
        ("basic", (LOW,), ()),
        ("affluent", (RM,), ("rm_supervisor",)),
        ("affluent", (RM, SUPERVISOR), ()),
        ("wealth", (RM, SUPERVISOR), ("outlet_manager",)),
        (None, (), ()),
    ],
)
def test_a_joint_tier_wants_each_of_its_roles_another_one_of_them(
    tier: str | None, owners: tuple[tuple[str, str], ...], missing: tuple[str, ...]
) -> None:
    assert missing_roles(personal().tier(tier), owners, _posts) == missing


def test_a_duty_of_the_owner_shows_the_roles_of_the_tier() -> None:
    assert roles_shown(OWNER, personal().tier("basic")) == ("low_counter_teller", "vip_counter_teller")
    assert roles_shown(ANY, personal().tier("basic")) == ANY.roles
    assert roles_shown(OWNER, None) == ()
