"""Duties on dates that come back: birthdays and festivals (SCHEMES.md 1; DESIGN 6)."""

import pytest

from guanhu.tests.domain.given import (
    LOW,
    MANAGER,
    POSTS,
    RM,
    SUPERVISOR,
    Customer,
    a_customer,
    cared_for,
    iso,
    personal,
)

BASIC = a_customer(60_000, since="2019-01-05").born("1980-03-10")
RICH = a_customer(1_500_000, since="2019-01-05").born("1980-03-10")
WEALTH = a_customer(4_000_000, since="2019-01-05").born("1980-03-10")


# ---------------------------------------------------------------- who is greeted and who is visited
@pytest.mark.parametrize(
    ("yuan", "duty"),
    [
        (999, None),
        (1_000, "birthday_greeting"),
        (999_999.99, "birthday_greeting"),
        (1_000_000, "birthday_visit"),
        (2_999_999.99, "birthday_visit"),
        (3_000_000, "birthday_visit"),
    ],
)
def test_a_birthday_is_greeted_below_a_million_and_visited_above(yuan: float, duty: str | None) -> None:
    undone = a_customer(yuan, "2026-01-05").born("1980-03-10").undone("2026-03-10")
    assert undone & {"birthday_greeting", "birthday_visit"} == ({duty} if duty else set())


def test_a_fallen_wealth_customer_is_still_visited_and_a_fallen_affluent_one_greeted() -> None:
    assert WEALTH.balance("2026-03-01", 5_000).status("birthday_visit", "2026-03-10") == "open"
    fallen = RICH.balance("2026-03-01", 5_000)
    assert fallen.status("birthday_visit", "2026-03-10") is None
    assert fallen.status("birthday_greeting", "2026-03-10") == "open"


def test_a_birthday_that_nobody_knows_is_not_owed() -> None:
    assert a_customer(60_000).status("birthday_greeting", "2026-03-10") is None


def test_a_birthday_learned_after_the_day_is_owed_next_year() -> None:
    learned = a_customer(60_000).born("1980-03-10", known="2026-03-11")
    assert learned.status("birthday_greeting", "2026-03-11", "2026-03-10") is None
    assert learned.statuses("birthday_greeting", "2027-03-10", "2027-03-11", key="2027-03-10") == ["open", "missed"]


# ---------------------------------------------------------------- birthday_greeting
def test_a_greeting_opens_3_days_before_and_is_never_late() -> None:
    assert BASIC.dates("birthday_greeting", "2026-03-08") == ("2026-03-07", "2026-03-10")
    assert BASIC.statuses("birthday_greeting", "2026-03-06", "2026-03-07", "2026-03-10", "2026-03-11") == [
        "upcoming", "open", "open", None,
    ]  # fmt: skip
    assert BASIC.status("birthday_greeting", "2026-03-11", "2026-03-10") == "missed"


def test_a_greeting_is_told_30_days_before_it_opens() -> None:
    assert BASIC.statuses("birthday_greeting", "2026-02-04", "2026-02-05") == [None, "upcoming"]


@pytest.mark.parametrize("on", ["2026-03-07", "2026-03-10"])
def test_a_message_a_contact_or_a_visit_greets(on: str) -> None:
    for greeted in (BASIC.sent_a_message(on), BASIC.contacted(on), BASIC.visited(on, "low_counter_teller")):
        assert greeted.status("birthday_greeting", "2026-03-10") == "done"


def test_what_came_before_or_after_the_days_is_no_greeting() -> None:
    wrong = BASIC.sent_a_message("2026-03-06").sent_a_message("2026-03-11").contacted("2026-03-10", "no_answer")
    assert wrong.status("birthday_greeting", "2026-03-20", "2026-03-10") == "missed"


def test_a_greeting_may_be_written_up_for_3_days() -> None:
    assert BASIC.sent_a_message("2026-03-10", recorded="2026-03-13").status(
        "birthday_greeting", "2026-03-13", "2026-03-10"
    ) == "done"  # fmt: skip
    assert BASIC.sent_a_message("2026-03-10", recorded="2026-03-14").status(
        "birthday_greeting", "2026-03-14", "2026-03-10"
    ) == "missed"  # fmt: skip


def test_a_greeting_is_owed_by_the_owner() -> None:
    assert BASIC.owers("birthday_greeting", "2026-03-10", cared_for(LOW), POSTS) == ("low",)
    assert BASIC.owers("birthday_greeting", "2026-03-10", cared_for(), POSTS) == ("manager",)


def test_a_past_birthday_is_judged_by_the_tier_of_the_day() -> None:
    rose = BASIC.balance("2026-03-11", 1_500_000)
    assert rose.status("birthday_greeting", "2026-04-01", "2026-03-10") == "missed"
    assert rose.status("birthday_visit", "2026-04-01", "2026-03-10") is None
    late = a_customer(60_000, "2026-03-11").born("1980-03-10")
    assert late.status("birthday_greeting", "2026-04-01", "2026-03-10") is None


# ---------------------------------------------------------------- which day it is
def _birthdays(customer: Customer, *years: int) -> list[str]:
    told = customer.told("birthday_greeting", f"{max(years)}-12-31", history=True)
    return [one.key for one in told if int(one.key[:4]) in years]


def test_29_february_is_kept_on_the_28th_in_common_years() -> None:
    leapling = a_customer(60_000, "2019-01-05").born("1980-02-29")
    assert _birthdays(leapling, 2023, 2024, 2025) == ["2023-02-28", "2024-02-29", "2025-02-28"]


def test_a_lunar_birthday_moves_with_the_moon() -> None:
    autumn = a_customer(60_000, "2019-01-05").born_by_the_moon("08-15")
    assert _birthdays(autumn, 2024, 2025, 2026) == ["2024-09-17", "2025-10-06", "2026-09-25"]
    days = ("2026-09-21", "2026-09-22", "2026-09-25")
    assert autumn.statuses("birthday_greeting", *days) == ["upcoming", "open", "open"]


def test_the_lunar_birthday_is_the_one_that_is_kept() -> None:
    both = a_customer(60_000, "2019-01-05").born("1980-03-10").born_by_the_moon("08-15")
    assert _birthdays(both, 2026) == ["2026-09-25"]


def test_the_30th_of_a_short_month_is_its_29th() -> None:
    # New Year's eve: the last month has 30 days before 2024-02-10, and 29 before 2025-01-29 and 2026-02-17.
    eve = a_customer(60_000, "2019-01-05").born_by_the_moon("12-30")
    assert _birthdays(eve, 2024, 2025, 2026) == ["2024-02-09", "2025-01-28", "2026-02-16"]


def test_a_leap_month_birthday_is_kept_in_the_plain_month_of_other_years() -> None:
    # 2025 has a leap sixth month, 2026 has none.
    leap = a_customer(60_000, "2019-01-05").born_by_the_moon("L06-01")
    assert _birthdays(leap, 2025, 2026) == ["2025-07-25", "2026-07-14"]


def test_a_lunar_birthday_at_the_years_end_can_come_twice_in_a_common_year() -> None:
    late = a_customer(60_000, "2019-01-05").born_by_the_moon("12-01")
    # The last months of 2018 and of 2019 both begin in 2019; the one of 2020 begins in 2021.
    assert _birthdays(late, 2019, 2020, 2021) == ["2019-01-06", "2019-12-26", "2021-01-13"]


# ---------------------------------------------------------------- birthday_visit
def test_a_visit_opens_7_days_before_and_can_be_late() -> None:
    assert RICH.dates("birthday_visit", "2026-03-08") == ("2026-03-03", "2026-03-10")
    assert RICH.statuses(
        "birthday_visit", "2026-03-02", "2026-03-03", "2026-03-10", "2026-03-11", "2026-04-09", "2026-04-10",
        key="2026-03-10",
    ) == ["upcoming", "open", "open", "overdue", "overdue", "missed"]  # fmt: skip


def test_the_relationship_manager_and_the_supervisor_must_come_together() -> None:
    alone = RICH.visited("2026-03-09", "relationship_manager").visited("2026-03-10", "rm_supervisor")
    assert alone.contacted("2026-03-10").status("birthday_visit", "2026-03-10") == "open"
    together = RICH.visited("2026-03-09", "relationship_manager", "rm_supervisor", "lobby_manager")
    assert together.status("birthday_visit", "2026-03-10") == "done"


def test_a_visit_that_met_nobody_congratulated_nobody() -> None:
    unmet = RICH.visited("2026-03-09", "relationship_manager", "rm_supervisor", outcome="no_answer")
    assert unmet.status("birthday_visit", "2026-03-10") == "open"


def test_the_outlet_manager_stands_in_the_relationship_managers_place_for_wealth() -> None:
    wrong = WEALTH.visited("2026-03-09", "relationship_manager", "rm_supervisor")
    assert wrong.status("birthday_visit", "2026-03-10") == "open"
    right = WEALTH.visited("2026-03-09", "outlet_manager", "rm_supervisor")
    assert right.status("birthday_visit", "2026-03-10") == "done"


def test_a_visit_done_stays_done_when_the_customer_becomes_wealth() -> None:
    risen = RICH.visited("2026-03-05", "relationship_manager", "rm_supervisor").balance("2026-03-07", 4_000_000)
    assert risen.statuses("birthday_visit", "2026-03-06", "2026-03-07", "2026-03-10") == ["done", "done", "done"]


def test_a_visit_is_owed_by_both() -> None:
    assert RICH.owers("birthday_visit", "2026-03-10", cared_for(RM, SUPERVISOR), POSTS) == ("rm", "supervisor")
    assert RICH.owers("birthday_visit", "2026-03-10", cared_for(SUPERVISOR), POSTS) == ("system", "supervisor")
    assert RICH.owers("birthday_visit", "2026-03-10", cared_for(RM), POSTS) == ("rm", "manager")
    assert WEALTH.owers("birthday_visit", "2026-03-10", cared_for(MANAGER, SUPERVISOR), POSTS) == (
        "manager", "supervisor",
    )  # fmt: skip
    assert WEALTH.owers("birthday_visit", "2026-03-10", cared_for(RM), POSTS) == ("manager",)


@pytest.mark.parametrize(
    ("kind", "visited"),
    [("wedding", True), ("birth", True), ("retirement", True), ("illness", False), ("other", False)],
)
def test_happy_events_are_congratulated_by_a_visit_too(kind: str, visited: bool) -> None:
    happy = a_customer(1_500_000).event(kind, "2026-03-05")
    assert (happy.status("birthday_visit", "2026-03-05") == "open") is visited
    if visited:
        assert happy.dates("birthday_visit", "2026-03-05") == ("2026-03-05", "2026-03-10")
        done = happy.visited("2026-03-06", "relationship_manager", "rm_supervisor")
        assert done.status("birthday_visit", "2026-03-06") == "done"
    assert a_customer(60_000).event(kind, "2026-03-05").status("birthday_visit", "2026-03-05") is None


# ---------------------------------------------------------------- festivals
def test_festivals_are_greeted_where_the_customer_was_reached_before() -> None:
    assert BASIC.status("festival_greeting", "2026-09-25") is None
    assert BASIC.sent_a_message("2026-01-10").contacted("2026-01-11", "no_answer").status(
        "festival_greeting", "2026-09-25"
    ) is None  # fmt: skip
    assert BASIC.contacted("2026-01-10").the("festival_greeting", "2026-09-24", "2026-mid_autumn").status == "open"
    assert BASIC.visited("2026-01-10", "x").the("festival_greeting", "2026-09-24", "2026-mid_autumn").status == "open"


def test_a_festival_before_the_first_contact_is_not_owed() -> None:
    later = BASIC.contacted("2026-06-20")
    assert [one.key for one in later.told("festival_greeting", "2026-12-01", history=True)] == [
        "2026-mid_autumn", "2026-national_day", "2027-new_year",
    ]  # fmt: skip


def test_a_festival_opens_3_days_before_and_is_due_on_the_day() -> None:
    known = BASIC.contacted("2026-01-10")
    one = known.the("festival_greeting", "2026-09-23", "2026-mid_autumn")
    assert (iso(one.opens), iso(one.due)) == ("2026-09-22", "2026-09-25")
    assert known.statuses(
        "festival_greeting", "2026-09-21", "2026-09-22", "2026-09-26", "2026-10-25", "2026-10-26", key="2026-mid_autumn"
    ) == ["upcoming", "open", "overdue", "overdue", "missed"]


def test_a_message_greets_on_a_festival() -> None:
    greeted = BASIC.contacted("2026-01-10").sent_a_message("2026-09-24")
    assert greeted.status("festival_greeting", "2026-09-25", "2026-mid_autumn") == "done"
    early = BASIC.contacted("2026-01-10").sent_a_message("2026-09-21")
    assert early.status("festival_greeting", "2026-09-25", "2026-mid_autumn") == "open"


def test_the_five_festivals_of_a_year() -> None:
    told = BASIC.contacted("2024-12-01").told("festival_greeting", "2025-12-31", history=True)
    assert [(one.key, iso(one.due)) for one in told if one.key.startswith("2025")] == [
        ("2025-dragon_boat", "2025-05-31"),
        ("2025-mid_autumn", "2025-10-06"),
        ("2025-national_day", "2025-10-01"),
        ("2025-new_year", "2025-01-01"),
        ("2025-spring_festival", "2025-01-29"),
    ]


def test_mid_autumn_and_national_day_on_one_day_are_one() -> None:
    told = BASIC.contacted("2019-02-01").told("festival_greeting", "2020-10-01")
    assert [(one.key, one.status) for one in told if iso(one.due) == "2020-10-01"] == [("2020-mid_autumn", "open")]


def test_festivals_are_greeted_only_by_owners_who_hold_the_post() -> None:
    known = BASIC.contacted("2026-01-10")
    by = personal().duty["festival_greeting"].by[known.told("festival_greeting", "2026-09-25")[0].by]
    assert by.owned
    on = "2026-06-19"  # Dragon Boat
    assert known.owers("festival_greeting", on, cared_for(RM), POSTS) == ("rm",)
    assert known.owers("festival_greeting", on, cared_for(MANAGER, SUPERVISOR), POSTS) == ("manager",)
    assert known.owers("festival_greeting", on, cared_for(LOW), POSTS) is None
    assert known.owers("festival_greeting", on, cared_for(), POSTS) is None


def test_the_department_greets_wealth_in_the_branchs_name_contacted_or_not() -> None:
    assert WEALTH.dates("festival_department", "2026-06-17") == ("2026-06-16", "2026-06-19")
    assert WEALTH.owers("festival_department", "2026-06-19", cared_for(MANAGER, SUPERVISOR), POSTS) == ("department",)
    assert WEALTH.sent_a_message("2026-06-19").status("festival_department", "2026-06-19") == "done"
    assert RICH.status("festival_department", "2026-06-19") is None


def test_untiered_customers_are_not_greeted() -> None:
    untiered = a_customer(900).contacted("2026-01-10")
    assert untiered.told("festival_greeting", "2026-06-19") == []
