"""Duties that come back each period: monthly_contact and near_tier (SCHEMES.md 1; DESIGN 6)."""

import pytest

from guanhu.tests.domain.given import LOW, MANAGER, POSTS, RM, SUPERVISOR, TELLER, a_customer, cared_for, iso

MIDDLE = a_customer(200_000, since="2026-01-05")


# ---------------------------------------------------------------- monthly_contact
@pytest.mark.parametrize(
    ("yuan", "owed"),
    [(None, False), (999, False), (199_999.99, False), (200_000, True), (500_000, True), (3_000_000, True)],
)
def test_monthly_contact_is_owed_to_middle_and_up(yuan: float | None, owed: bool) -> None:
    assert (a_customer(yuan).status("monthly_contact", "2026-01-31") == "open") is owed


def test_monthly_contact_follows_the_tier_held_not_the_balance() -> None:
    fallen = MIDDLE.balance("2026-02-10", 1_000)
    assert fallen.statuses("monthly_contact", "2026-02-28", "2026-03-15") == ["open", "open"]
    assert fallen.fell_to("mass", "2026-03-01").status("monthly_contact", "2026-03-15") is None


def test_monthly_contact_opens_on_the_first_and_is_due_on_the_last() -> None:
    assert MIDDLE.dates("monthly_contact", "2026-02-15") == ("2026-02-01", "2026-02-28")
    assert a_customer(200_000, "2024-01-01").dates("monthly_contact", "2024-02-01") == ("2024-02-01", "2024-02-29")


def test_monthly_contact_has_a_soft_target_on_the_25th() -> None:
    assert iso(MIDDLE.the("monthly_contact", "2026-02-15").soft) == "2026-02-25"


def test_monthly_contact_is_known_by_its_month() -> None:
    assert MIDDLE.the("monthly_contact", "2026-02-15").key == "2026-02"


@pytest.mark.parametrize(
    ("reached_on", "key", "opens"),
    [
        ("2026-03-01", "2026-03", "2026-03-01"),
        ("2026-03-02", "2026-03", "2026-03-02"),
        ("2026-03-20", "2026-03", "2026-03-20"),
        ("2026-03-21", "2026-04", "2026-04-01"),
        ("2026-03-31", "2026-04", "2026-04-01"),
    ],
)
def test_monthly_contact_begins_next_month_after_the_20th(reached_on: str, key: str, opens: str) -> None:
    one = a_customer(200_000, reached_on).the("monthly_contact", reached_on)
    assert (one.key, iso(one.opens)) == (key, opens)
    assert one.status == ("open" if opens == reached_on else "upcoming")


def test_a_rise_within_the_tiers_of_monthly_contact_is_no_new_beginning() -> None:
    risen = MIDDLE.balance("2026-03-22", 600_000)
    assert risen.dates("monthly_contact", "2026-03-25") == ("2026-03-01", "2026-03-31")


def test_a_month_reached_too_late_is_never_missed() -> None:
    late = a_customer(200_000, "2026-03-21")
    assert late.status("monthly_contact", "2026-05-10", "2026-03") is None
    assert late.status("monthly_contact", "2026-05-10", "2026-04") == "missed"


def test_a_month_without_contact_is_missed_at_its_end() -> None:
    assert MIDDLE.statuses("monthly_contact", "2026-02-28", "2026-03-01", key="2026-02") == ["open", "missed"]


def test_a_past_month_is_judged_on_its_last_day() -> None:
    rose = a_customer(60_000, "2026-01-05").balance("2026-02-10", 250_000)
    assert rose.status("monthly_contact", "2026-03-05", "2026-01") is None
    assert rose.status("monthly_contact", "2026-03-05", "2026-02") == "missed"


@pytest.mark.parametrize("outcome", ["reached_success", "reached_declined", "reached_other", "appointment", "replied"])
def test_a_contact_that_reached_the_customer_does_the_month(outcome: str) -> None:
    told = MIDDLE.contacted("2026-02-10", outcome)
    assert told.statuses("monthly_contact", "2026-02-09", "2026-02-10", "2026-02-28") == ["open", "done", "done"]
    assert told.status("monthly_contact", "2026-03-01") == "open"


@pytest.mark.parametrize("outcome", ["sent", "no_answer", "message_left", "wrong_number", "do_not_disturb"])
def test_a_contact_that_reached_nobody_leaves_the_month_open(outcome: str) -> None:
    assert MIDDLE.contacted("2026-02-10", outcome).status("monthly_contact", "2026-02-11") == "open"


def test_a_visit_does_the_month_unless_nobody_was_met() -> None:
    assert MIDDLE.visited("2026-02-10", "lobby_manager").status("monthly_contact", "2026-02-10") == "done"
    unmet = MIDDLE.visited("2026-02-10", "relationship_manager", outcome="no_answer")
    assert unmet.status("monthly_contact", "2026-02-10") == "open"


def test_a_contact_of_the_month_counts_before_the_duty_opens() -> None:
    assert a_customer(200_000, "2026-03-15").contacted("2026-03-02").status("monthly_contact", "2026-03-15") == "done"


def test_a_contact_of_another_month_does_not_count() -> None:
    other = MIDDLE.contacted("2026-01-31").contacted("2026-03-01")
    assert other.status("monthly_contact", "2026-03-10", "2026-02") == "missed"


def test_a_referral_does_not_do_the_month() -> None:
    assert MIDDLE.passed_upward("2026-02-10").status("monthly_contact", "2026-02-11") == "open"


def test_a_month_can_be_waived() -> None:
    waived = MIDDLE.waived("monthly_contact", "2026-02", "2026-02-10")
    assert waived.statuses("monthly_contact", "2026-02-09", "2026-02-10", "2026-03-01") == ["open", "waived", "open"]
    assert waived.status("monthly_contact", "2026-03-05", "2026-02") == "waived"


def test_monthly_contact_falls_to_the_relationship_manager_who_owns() -> None:
    assert MIDDLE.owers("monthly_contact", "2026-02-02", cared_for(SUPERVISOR, RM), POSTS) == ("rm",)


def test_monthly_contact_falls_to_the_system_owner_where_no_owner_holds_the_post() -> None:
    wealth = a_customer(3_000_000)
    assert wealth.owers("monthly_contact", "2026-02-02", cared_for(MANAGER, SUPERVISOR), POSTS) == ("system",)
    assert MIDDLE.owers("monthly_contact", "2026-02-02", cared_for(("lobby", "lobby_manager")), POSTS) == ("system",)


def test_monthly_contact_falls_to_the_outlet_manager_at_last() -> None:
    assert MIDDLE.owers("monthly_contact", "2026-02-02", cared_for(TELLER, system=None), POSTS) == ("manager",)
    assert MIDDLE.owers("monthly_contact", "2026-02-02", cared_for(system=None, manager=None), POSTS) == ()


# ---------------------------------------------------------------- near_tier
@pytest.mark.parametrize(
    ("yuan", "near"),
    [
        (999, False), (39_999.99, False), (40_000, True), (49_999.99, True), (50_000, False),
        (159_999.99, False), (160_000, True), (199_999.99, True), (200_000, False),
        (399_999.99, False), (400_000, True), (499_999.99, True), (500_000, False),
        (2_399_999.99, False), (2_400_000, True), (2_999_999.99, True), (3_000_000, False), (100_000_000, False),
    ],
)  # fmt: skip
def test_near_tier_is_the_last_fifth_below_the_next_floor(yuan: float, near: bool) -> None:
    assert (a_customer(yuan).status("near_tier", "2026-01-20") == "open") is near


def test_near_tier_asks_for_the_tier_above_the_one_held() -> None:
    fallen = MIDDLE.balance("2026-02-10", 190_000)
    assert fallen.status("near_tier", "2026-02-20") is None
    assert fallen.fell_to("basic", "2026-04-01").status("near_tier", "2026-04-20") == "open"


def test_untiered_customers_are_not_near_a_tier() -> None:
    assert a_customer(900).status("near_tier", "2026-01-20") is None


def test_near_tier_is_owed_once_a_quarter_below_middle_and_once_a_month_above() -> None:
    basic = a_customer(170_000, "2025-11-05").the("near_tier", "2026-02-10")
    assert (basic.key, iso(basic.opens), iso(basic.due)) == ("2026-Q1", "2026-01-01", "2026-03-31")
    middle = a_customer(450_000, "2025-11-05").the("near_tier", "2026-02-10")
    assert (middle.key, iso(middle.opens), iso(middle.due)) == ("2026-02", "2026-02-01", "2026-02-28")


def test_near_tier_opens_when_the_customer_comes_near_however_late() -> None:
    assert a_customer(450_000, "2026-03-30").dates("near_tier", "2026-03-30") == ("2026-03-30", "2026-03-31")


def test_near_tier_ends_when_the_customer_is_no_longer_near() -> None:
    basic = a_customer(170_000, "2026-01-05").balance("2026-02-10", 120_000)
    assert basic.statuses("near_tier", "2026-02-09", "2026-02-10") == ["open", None]
    assert basic.status("near_tier", "2026-04-10", "2026-Q1") is None


def test_a_referral_discharges_near_tier_below_middle_only() -> None:
    assert a_customer(170_000).passed_upward("2026-02-10").status("near_tier", "2026-02-10") == "done"
    assert a_customer(450_000).passed_upward("2026-02-10").status("near_tier", "2026-02-10") == "open"


def test_a_referral_below_middle_does_not_count_for_the_month_of_a_higher_tier() -> None:
    risen = a_customer(170_000).passed_upward("2026-02-05").balance("2026-02-10", 450_000)
    assert risen.statuses("near_tier", "2026-02-09", "2026-02-10") == ["done", "open"]


def test_a_contact_or_visit_of_the_period_discharges_near_tier() -> None:
    near = a_customer(170_000, "2026-02-05")
    assert near.contacted("2026-01-03").status("near_tier", "2026-02-10") == "done"
    assert near.visited("2026-03-31", "low_counter_teller").status("near_tier", "2026-03-31") == "done"
    assert near.sent_a_message("2026-02-06").status("near_tier", "2026-02-10") == "open"


def test_near_tier_is_owed_by_all_owners_the_lead_first() -> None:
    affluent = a_customer(2_500_000)
    assert affluent.owers("near_tier", "2026-01-20", cared_for(RM, SUPERVISOR), POSTS) == ("rm", "supervisor")
    assert a_customer(45_000).owers("near_tier", "2026-01-20", cared_for(LOW), POSTS) == ("low",)
    assert a_customer(45_000).owers("near_tier", "2026-01-20", cared_for(), POSTS) == ("manager",)
