"""Duties raised by the money: fund_change, maturity, below_floor, downgrade_rescue (SCHEMES.md 1; DESIGN 6)."""

import pytest

from guanhu.tests.domain.given import LOW, POSTS, RM, SUPERVISOR, a_customer, cared_for

MIDDLE = a_customer(300_000, since="2026-01-05")


# ---------------------------------------------------------------- fund_change
@pytest.mark.parametrize(
    ("before", "after", "raised"),
    [
        (100_000, 150_000, True), (99_999, 150_000, True), (100_001, 150_000, False), (150_000, 100_000, True),
        (99_999.99, 49_000, False), (100_000, 50_000, True), (149_999, 99_999.99, False),
        (100_000, 200_000, True), (100_001, 200_000, False), (300_000, 200_000, True), (300_000, 200_001, False),
        (499_999, 399_999, True), (500_000, 300_001, False), (500_000, 300_000, True),
        (2_999_999, 2_799_999, True), (3_000_000, 2_500_001, False), (3_000_000, 2_500_000, True),
        (0, 100_000, True), (100_000, -1, True), (500_000, 500_000, False),
    ],
)  # fmt: skip
def test_fund_change_counts_by_the_tier_of_the_larger_balance(before: float, after: float, raised: bool) -> None:
    customer = a_customer(before, "2026-01-05").balance("2026-03-03", after)
    assert (customer.status("fund_change", "2026-03-03") == "open") is raised


def test_the_first_balance_is_no_change() -> None:
    assert a_customer(900_000, "2026-01-05").status("fund_change", "2026-01-05") is None


def test_an_outflow_is_followed_up_by_the_next_working_day() -> None:
    outflow = MIDDLE.balance("2026-03-05", 150_000)
    assert outflow.dates("fund_change", "2026-03-05") == ("2026-03-05", "2026-03-06")
    friday = MIDDLE.balance("2026-03-06", 150_000)
    assert friday.dates("fund_change", "2026-03-06") == ("2026-03-06", "2026-03-09")


def test_an_inflow_is_followed_up_in_three_working_days() -> None:
    assert MIDDLE.balance("2026-03-05", 450_000).dates("fund_change", "2026-03-05") == ("2026-03-05", "2026-03-10")


def test_fund_changes_over_the_national_day_week_heed_shifted_weekends() -> None:
    # 2026: 1 to 7 October are free; Saturday 10 October is worked.
    assert MIDDLE.balance("2026-09-30", 150_000).dates("fund_change", "2026-09-30") == ("2026-09-30", "2026-10-08")
    assert MIDDLE.balance("2026-10-03", 150_000).dates("fund_change", "2026-10-03") == ("2026-10-03", "2026-10-08")
    assert MIDDLE.balance("2026-10-09", 150_000).dates("fund_change", "2026-10-09") == ("2026-10-09", "2026-10-10")
    assert MIDDLE.balance("2026-09-30", 450_000).dates("fund_change", "2026-09-30") == ("2026-09-30", "2026-10-10")


def test_fund_change_is_overdue_for_30_days_then_missed() -> None:
    outflow = MIDDLE.balance("2026-03-05", 150_000)
    assert outflow.statuses("fund_change", "2026-03-04", "2026-03-06", "2026-03-07", "2026-04-05", "2026-04-06") == [
        None, "open", "overdue", "overdue", "missed",
    ]  # fmt: skip


def test_fund_change_is_discharged_from_the_balances_date_on() -> None:
    outflow = MIDDLE.balance("2026-03-05", 150_000)
    assert outflow.contacted("2026-03-04").status("fund_change", "2026-03-06") == "open"
    assert outflow.contacted("2026-03-05").status("fund_change", "2026-03-06") == "done"
    assert outflow.visited("2026-03-20", "x").statuses("fund_change", "2026-03-19", "2026-03-20") == ["overdue", "done"]
    assert outflow.sent_a_message("2026-03-05").status("fund_change", "2026-03-06") == "open"
    assert outflow.contacted("2026-04-06").status("fund_change", "2026-04-06") == "missed"


def test_a_later_change_joins_one_that_is_open() -> None:
    twice = MIDDLE.balance("2026-03-05", 450_000).balance("2026-03-06", 300_000)
    assert [one.key for one in twice.told("fund_change", "2026-03-06")] == ["2026-03-05"]
    assert twice.dates("fund_change", "2026-03-06") == ("2026-03-05", "2026-03-10")


def test_a_change_after_the_first_is_done_is_another() -> None:
    twice = MIDDLE.balance("2026-03-05", 450_000).contacted("2026-03-06").balance("2026-03-09", 300_000)
    assert twice.status("fund_change", "2026-03-09", "2026-03-05") == "done"
    assert twice.status("fund_change", "2026-03-09", "2026-03-09") == "open"


def test_a_change_on_the_day_that_the_first_was_done_is_another() -> None:
    twice = MIDDLE.balance("2026-03-05", 450_000).contacted("2026-03-06").balance("2026-03-06", 300_000)
    assert [(one.key, one.status) for one in twice.told("fund_change", "2026-03-06")] == [
        ("2026-03-05", "done"), ("2026-03-06", "done"),
    ]  # fmt: skip


def test_a_contact_made_later_does_not_part_two_changes_that_joined() -> None:
    twice = MIDDLE.balance("2026-03-05", 450_000).balance("2026-03-06", 300_000).contacted("2026-03-09")
    assert twice.statuses("fund_change", "2026-03-06", "2026-03-09") == ["open", "done"]


def test_a_change_after_the_first_is_past_due_is_another() -> None:
    monthly = MIDDLE.balance("2026-02-28", 150_000).balance("2026-03-31", 20_000)
    assert monthly.status("fund_change", "2026-03-31", "2026-02-28") == "overdue"
    assert monthly.status("fund_change", "2026-03-31", "2026-03-31") == "open"


def test_fund_change_tells_both_balances() -> None:
    assert MIDDLE.balance("2026-03-05", 150_000).the("fund_change", "2026-03-05").basis == (30_000_000, 15_000_000)


def test_fund_change_stands_when_the_customer_leaves_the_tiers() -> None:
    gone = MIDDLE.balance("2026-03-27", 0).fell_to(None, "2026-04-01")
    assert gone.statuses("fund_change", "2026-03-30", "2026-04-02") == ["open", "overdue"]


def test_fund_change_falls_to_the_relationship_manager() -> None:
    outflow = MIDDLE.balance("2026-03-05", 150_000)
    assert outflow.owers("fund_change", "2026-03-05", cared_for(SUPERVISOR, RM), POSTS) == ("rm",)
    assert outflow.owers("fund_change", "2026-03-05", cared_for(LOW), POSTS) == ("system",)
    assert outflow.owers("fund_change", "2026-03-05", cared_for(LOW, system=None), POSTS) == ("manager",)


# ---------------------------------------------------------------- maturity
@pytest.mark.parametrize(("yuan", "owed"), [(999, False), (1_000, True), (50_000, True), (3_000_000, True)])
def test_maturity_is_owed_to_tiered_customers(yuan: float, owed: bool) -> None:
    holder = a_customer(yuan).holds("P1", "2026-01-05", "2026-03-20")
    assert (holder.status("maturity", "2026-03-20") == "open") is owed


def test_maturity_opens_7_days_before_and_is_due_on_the_day() -> None:
    holder = MIDDLE.holds("P1", "2026-01-10", "2026-03-20")
    assert holder.dates("maturity", "2026-03-15") == ("2026-03-13", "2026-03-20")
    assert holder.statuses(
        "maturity", "2026-01-09", "2026-01-10", "2026-03-12", "2026-03-13", "2026-03-20", "2026-03-21",
        "2026-04-19", "2026-04-20",
    ) == [None, "upcoming", "upcoming", "open", "open", "overdue", "overdue", "missed"]  # fmt: skip


def test_maturity_is_discharged_from_the_day_it_opens() -> None:
    holder = MIDDLE.holds("P1", "2026-01-10", "2026-03-20")
    assert holder.contacted("2026-03-12").status("maturity", "2026-03-14") == "open"
    assert holder.contacted("2026-03-13").status("maturity", "2026-03-14") == "done"
    assert holder.visited("2026-03-25", "x").status("maturity", "2026-03-25") == "done"


@pytest.mark.parametrize(("yuan", "status"), [(49_999.99, "done"), (50_000, "open"), (200_000, "open")])
def test_a_message_discharges_maturity_below_50_000_only(yuan: float, status: str) -> None:
    holder = a_customer(yuan).holds("P1", "2026-01-10", "2026-03-20").sent_a_message("2026-03-14")
    assert holder.status("maturity", "2026-03-15") == status


def test_what_a_message_did_stays_done_when_the_tier_rises() -> None:
    holder = a_customer(20_000).holds("P1", "2026-01-10", "2026-03-20").sent_a_message("2026-03-14")
    assert holder.balance("2026-03-16", 300_000).statuses("maturity", "2026-03-15", "2026-03-16") == ["done", "done"]


def test_a_message_does_not_count_where_the_tier_of_its_day_did_not_take_it() -> None:
    holder = a_customer(60_000).holds("P1", "2026-01-10", "2026-03-20").sent_a_message("2026-03-14")
    fallen = holder.balance("2026-03-16", 20_000)
    assert fallen.statuses("maturity", "2026-03-15", "2026-03-16") == ["open", "open"]
    assert fallen.sent_a_message("2026-03-17").status("maturity", "2026-03-17") == "done"


def test_a_product_that_ended_early_is_followed_up_no_more() -> None:
    sold = MIDDLE.holds("P1", "2026-01-10", "2026-03-20", until="2026-03-15")
    assert sold.statuses("maturity", "2026-03-14", "2026-03-15") == ["open", None]


def test_a_product_that_ran_its_course_still_is() -> None:
    ended = MIDDLE.holds("P1", "2026-01-10", "2026-03-20", until="2026-03-20")
    assert ended.statuses("maturity", "2026-03-20", "2026-03-23") == ["open", "overdue"]


def test_a_product_without_an_end_raises_nothing() -> None:
    assert MIDDLE.holds("P1", "2026-01-10", None).status("maturity", "2026-03-20") is None


def test_two_products_are_two_duties() -> None:
    holder = MIDDLE.holds("P1", "2026-01-10", "2026-03-20").holds("P2", "2026-01-10", "2026-03-20")
    assert [one.key for one in holder.told("maturity", "2026-03-15")] == ["P1", "P2"]


def test_maturity_falls_to_the_relationship_manager_from_middle_on_else_to_the_owner() -> None:
    middle = MIDDLE.holds("P1", "2026-01-10", "2026-03-20")
    assert middle.owers("maturity", "2026-03-15", cared_for(SUPERVISOR), POSTS) == ("system",)
    basic = a_customer(60_000).holds("P1", "2026-01-10", "2026-03-20")
    assert basic.owers("maturity", "2026-03-15", cared_for(LOW), POSTS) == ("low",)


# ---------------------------------------------------------------- below_floor
def test_below_floor_is_raised_when_the_balance_falls_below_the_tier_still_held() -> None:
    assert MIDDLE.balance("2026-03-05", 200_000).status("below_floor", "2026-03-05") is None
    fallen = MIDDLE.balance("2026-03-05", 199_999.99)
    assert fallen.dates("below_floor", "2026-03-05") == ("2026-03-05", "2026-03-12")
    assert fallen.statuses("below_floor", "2026-03-04", "2026-03-12", "2026-03-13", "2026-04-11", "2026-04-12") == [
        None, "open", "overdue", "overdue", "missed",
    ]  # fmt: skip


def test_below_floor_counts_working_days_over_holidays() -> None:
    # Spring Festival 2026 is free from 15 to 23 February; the Saturdays 14 and 28 are worked.
    assert MIDDLE.balance("2026-02-13", 9_000).dates("below_floor", "2026-02-13") == ("2026-02-13", "2026-02-27")


def test_below_floor_ends_when_the_balance_is_back() -> None:
    back = MIDDLE.balance("2026-03-05", 150_000).balance("2026-03-10", 200_000)
    assert back.statuses("below_floor", "2026-03-09", "2026-03-10") == ["open", None]
    again = back.balance("2026-03-16", 100_000)
    assert again.dates("below_floor", "2026-03-16") == ("2026-03-16", "2026-03-23")


def test_below_floor_ends_with_the_tier() -> None:
    fallen = MIDDLE.balance("2026-03-31", 150_000).fell_to("basic", "2026-04-01")
    assert fallen.statuses("below_floor", "2026-03-31", "2026-04-01") == ["open", None]


def test_below_floor_is_discharged_by_reaching_the_customer() -> None:
    fallen = MIDDLE.balance("2026-03-05", 150_000)
    assert fallen.contacted("2026-03-04").status("below_floor", "2026-03-05") == "open"
    assert fallen.contacted("2026-03-05").status("below_floor", "2026-03-05") == "done"
    assert fallen.sent_a_message("2026-03-05").status("below_floor", "2026-03-05") == "open"


def test_below_floor_is_owed_by_the_owner() -> None:
    fallen = a_customer(60_000).balance("2026-03-05", 40_000)
    assert fallen.owers("below_floor", "2026-03-05", cared_for(LOW), POSTS) == ("low",)


# ---------------------------------------------------------------- downgrade_rescue
FALLEN = MIDDLE.given_to("rm", "2026-01-05").balance("2026-02-20", 60_000).fell_to("basic", "2026-04-01")


def test_downgrade_rescue_is_due_in_5_working_days() -> None:
    # 6 April 2026 is a day off (清明).
    assert FALLEN.dates("downgrade_rescue", "2026-04-01") == ("2026-04-01", "2026-04-09")
    days = ("2026-03-31", "2026-04-09", "2026-04-10", "2026-05-09", "2026-05-10")
    assert FALLEN.statuses("downgrade_rescue", *days) == [None, "open", "overdue", "overdue", "missed"]


def test_downgrade_rescue_falls_to_the_owner_of_the_day_before() -> None:
    assert FALLEN.the("downgrade_rescue", "2026-04-01").staff_id == "rm"
    handed = MIDDLE.given_to("rm", "2026-01-05", until="2026-04-01").given_to("low", "2026-04-01")
    moved = handed.balance("2026-02-20", 60_000).fell_to("basic", "2026-04-01")
    assert moved.the("downgrade_rescue", "2026-04-01").staff_id == "rm"


def test_downgrade_rescue_without_a_former_owner_falls_to_who_owns() -> None:
    alone = MIDDLE.balance("2026-02-20", 60_000).fell_to("basic", "2026-04-01")
    assert alone.the("downgrade_rescue", "2026-04-01").staff_id == ""
    assert alone.owers("downgrade_rescue", "2026-04-01", cared_for(), POSTS) == ("manager",)


def test_downgrade_rescue_is_discharged_by_reaching_the_customer() -> None:
    assert FALLEN.contacted("2026-03-31").status("downgrade_rescue", "2026-04-02") == "open"
    assert FALLEN.contacted("2026-04-01").status("downgrade_rescue", "2026-04-02") == "done"
    assert FALLEN.sent_a_message("2026-04-01").status("downgrade_rescue", "2026-04-02") == "open"


def test_who_rises_or_leaves_the_tiers_is_not_to_be_rescued() -> None:
    assert MIDDLE.balance("2026-03-05", 600_000).status("downgrade_rescue", "2026-03-05") is None
    gone = MIDDLE.balance("2026-02-20", 10).fell_to(None, "2026-04-01")
    assert gone.status("downgrade_rescue", "2026-04-01") is None


def test_a_fall_and_a_rise_on_one_day_are_told_as_what_they_come_to() -> None:
    level = MIDDLE.balance("2026-02-20", 60_000).fell_to("basic", "2026-04-01").balance("2026-04-01", 210_000)
    assert level.status("downgrade_rescue", "2026-04-01") is None
