"""Duties raised by what people do, from important events to referrals; and those of staff (SCHEMES.md 1)."""

import pytest

from guanhu.tests.domain.given import LOW, MANAGER, POSTS, RM, SUPERVISOR, a_customer, cared_for

BASIC = a_customer(60_000, since="2026-01-05")
MIDDLE = a_customer(300_000, since="2026-01-05")
WEALTH = a_customer(4_000_000, since="2026-01-05")


# ---------------------------------------------------------------- important_event
@pytest.mark.parametrize(("yuan", "owed"), [(None, False), (999, False), (1_000, True), (4_000_000, True)])
def test_important_events_are_followed_for_tiered_customers(yuan: float | None, owed: bool) -> None:
    assert (a_customer(yuan).event("illness", "2026-03-05").status("important_event", "2026-03-05") == "open") is owed


def test_an_important_event_is_due_in_3_working_days() -> None:
    event = MIDDLE.event("business", "2026-03-05")
    assert event.dates("important_event", "2026-03-05") == ("2026-03-05", "2026-03-10")
    assert event.statuses("important_event", "2026-03-04", "2026-03-11", "2026-04-09", "2026-04-10") == [
        None, "overdue", "overdue", "missed",
    ]  # fmt: skip


def test_an_important_event_is_discharged_by_reaching_the_customer() -> None:
    event = MIDDLE.event("business", "2026-03-05")
    assert event.contacted("2026-03-04").status("important_event", "2026-03-06") == "open"
    assert event.sent_a_message("2026-03-05").status("important_event", "2026-03-06") == "open"
    assert event.contacted("2026-03-05").status("important_event", "2026-03-06") == "done"


def test_who_is_tiered_on_the_due_day_is_owed_for_good_and_who_is_not_any_more_never_was() -> None:
    event = MIDDLE.event("business", "2026-03-27")  # due on 1 April
    before = event.balance("2026-02-20", 10).fell_to(None, "2026-04-01")
    assert before.statuses("important_event", "2026-03-31", "2026-04-01", "2026-04-02") == ["open", None, None]
    after = event.balance("2026-02-20", 10).fell_to(None, "2026-04-02")
    assert after.statuses("important_event", "2026-04-01", "2026-04-02") == ["open", "overdue"]


def test_an_important_event_falls_to_the_relationship_manager_from_middle_on_else_to_the_owner() -> None:
    event = MIDDLE.event("business", "2026-03-05")
    assert event.owers("important_event", "2026-03-05", cared_for(SUPERVISOR), POSTS) == ("system",)
    below = BASIC.event("business", "2026-03-05")
    assert below.owers("important_event", "2026-03-05", cared_for(LOW), POSTS) == ("low",)


# ---------------------------------------------------------------- first_contact
@pytest.mark.parametrize(
    ("yuan", "due"),
    [
        (1_000, "2026-03-16"),
        (199_999.99, "2026-03-16"),
        (200_000, "2026-03-16"),
        (499_999.99, "2026-03-16"),
        (500_000, "2026-03-09"),
        (3_000_000, "2026-03-09"),
    ],
)
def test_first_contact_is_due_by_tier(yuan: float, due: str) -> None:
    given = a_customer(yuan).given_to("rm", "2026-03-02")
    assert given.dates("first_contact", "2026-03-02") == ("2026-03-02", due)
    bulk = a_customer(yuan).given_to("rm", "2026-03-02", bulk=True)
    assert bulk.dates("first_contact", "2026-03-02") == ("2026-03-02", "2026-04-01")


def test_first_contact_is_not_owed_to_the_untiered() -> None:
    assert a_customer(999).given_to("rm", "2026-03-02").status("first_contact", "2026-03-02") is None


@pytest.mark.parametrize(("yuan", "status"), [(199_999.99, "done"), (200_000, "open"), (500_000, "open")])
def test_a_message_is_a_first_contact_below_middle_only(yuan: float, status: str) -> None:
    given = a_customer(yuan).given_to("rm", "2026-03-02").sent_a_message("2026-03-03")
    assert given.status("first_contact", "2026-03-04") == status


def test_first_contact_is_discharged_from_the_day_of_the_assignment() -> None:
    given = MIDDLE.given_to("rm", "2026-03-02")
    assert given.contacted("2026-03-01").status("first_contact", "2026-03-03") == "open"
    assert given.contacted("2026-03-02").status("first_contact", "2026-03-03") == "done"
    assert given.contacted("2026-04-15").status("first_contact", "2026-04-15") == "done"
    assert given.statuses("first_contact", "2026-04-15", "2026-04-16") == ["overdue", "missed"]


def test_first_contact_is_owed_by_who_was_given_the_customer() -> None:
    assert MIDDLE.given_to("rm", "2026-03-02").the("first_contact", "2026-03-02").staff_id == "rm"


def test_who_gave_the_customer_on_owes_no_first_contact() -> None:
    handed = MIDDLE.given_to("rm", "2026-03-02", until="2026-03-05").given_to("low", "2026-03-05")
    assert [one.staff_id for one in handed.told("first_contact", "2026-03-04")] == ["rm"]
    assert [one.staff_id for one in handed.told("first_contact", "2026-03-05")] == ["low"]


def test_a_rise_in_tier_leaves_the_day_that_first_contact_is_due() -> None:
    risen = BASIC.given_to("rm", "2026-03-02").balance("2026-03-11", 900_000)
    assert risen.dates("first_contact", "2026-03-12") == ("2026-03-02", "2026-03-16")
    assert risen.sent_a_message("2026-03-03").statuses("first_contact", "2026-03-10", "2026-03-12") == ["done", "done"]
    assert risen.sent_a_message("2026-03-12").status("first_contact", "2026-03-12") == "open"


def test_a_customer_tiered_soon_after_the_assignment_is_owed_a_first_contact() -> None:
    soon = a_customer(500).given_to("rm", "2026-03-02").balance("2026-03-06", 300_000)
    assert soon.statuses("first_contact", "2026-03-05", "2026-03-06") == [None, "open"]
    late = a_customer(500).given_to("rm", "2026-03-02").balance("2026-06-01", 300_000)
    assert late.status("first_contact", "2026-06-01") is None


# ---------------------------------------------------------------- requests
def test_a_joint_visit_is_owed_on_request_by_its_date() -> None:
    asked = WEALTH.requested("joint_visit", "2026-03-02", due="2026-03-20")
    assert WEALTH.status("joint_visit", "2026-03-05") is None
    assert asked.dates("joint_visit", "2026-03-05") == ("2026-03-02", "2026-03-20")
    assert asked.statuses("joint_visit", "2026-03-20", "2026-03-21") == ["open", "overdue"]


def test_a_joint_visit_may_be_asked_for_any_customer() -> None:
    assert BASIC.requested("joint_visit", "2026-03-02", due="2026-03-20").status("joint_visit", "2026-03-05") == "open"


def test_a_joint_visit_needs_the_department_and_the_outlet() -> None:
    asked = WEALTH.requested("joint_visit", "2026-03-02", due="2026-03-20")
    assert asked.visited("2026-03-05", "department").status("joint_visit", "2026-03-05") == "open"
    assert asked.visited("2026-03-05", "department", "inspector").status("joint_visit", "2026-03-05") == "open"
    assert asked.visited("2026-03-05", "outlet_manager", "rm_supervisor").status("joint_visit", "2026-03-05") == "open"
    both = asked.visited("2026-03-05", "department", "relationship_manager")
    assert both.status("joint_visit", "2026-03-05") == "done"
    assert asked.contacted("2026-03-05").status("joint_visit", "2026-03-05") == "open"


def test_a_joint_visit_is_owed_by_department_and_outlet_manager() -> None:
    asked = WEALTH.requested("joint_visit", "2026-03-02", due="2026-03-20")
    assert asked.owers("joint_visit", "2026-03-05", cared_for(MANAGER, SUPERVISOR), POSTS) == ("department", "manager")
    assert asked.owers("joint_visit", "2026-03-05", cared_for(RM), POSTS) == ("department", "manager")


def test_support_is_answered_in_3_working_days() -> None:
    asked = BASIC.requested("support", "2026-03-05")
    assert asked.dates("support", "2026-03-05") == ("2026-03-05", "2026-03-10")
    contacted = asked.contacted("2026-03-06").visited("2026-03-06", "department", "x")
    assert contacted.status("support", "2026-03-06") == "open"
    answered = BASIC.requested("support", "2026-03-05", answered="2026-03-12")
    assert answered.statuses("support", "2026-03-10", "2026-03-11", "2026-03-12") == ["open", "overdue", "done"]
    assert asked.status("joint_visit", "2026-03-05") is None


def test_support_is_owed_by_the_department() -> None:
    asked = BASIC.requested("support", "2026-03-05")
    assert asked.owers("support", "2026-03-05", cared_for(LOW), POSTS) == ("department",)
    assert asked.the("support", "2026-03-05").staff_id == ""


# ---------------------------------------------------------------- promise
@pytest.mark.parametrize("yuan", [None, 10, 60_000])
def test_a_promise_to_anyone_is_due_on_its_date(yuan: float | None) -> None:
    promised = a_customer(yuan).promised("2026-03-02", due="2026-03-20", by="lobby")
    assert promised.dates("promise", "2026-03-05") == ("2026-03-02", "2026-03-20")
    assert promised.statuses("promise", "2026-03-20", "2026-03-21", "2026-04-20") == ["open", "overdue", "missed"]
    assert promised.the("promise", "2026-03-05").staff_id == "lobby"


def test_a_promise_is_done_when_kept_or_excused_and_not_by_a_contact() -> None:
    open_one = BASIC.promised("2026-03-02", due="2026-03-20").contacted("2026-03-05")
    assert open_one.status("promise", "2026-03-05") == "open"
    kept = BASIC.promised("2026-03-02", due="2026-03-20", kept="2026-03-19")
    assert kept.statuses("promise", "2026-03-18", "2026-03-19", "2026-03-25") == ["open", "done", "done"]
    assert kept.the("promise", "2026-03-18").done_on is None


# ---------------------------------------------------------------- referral
def test_a_referral_is_answered_in_3_working_days_by_whom_it_went_to() -> None:
    referred = BASIC.referred("2026-03-05", to="rm")
    assert referred.dates("referral", "2026-03-05") == ("2026-03-05", "2026-03-10")
    assert referred.the("referral", "2026-03-05").staff_id == "rm"
    assert referred.contacted("2026-03-06").status("referral", "2026-03-06") == "open"
    assert BASIC.referred("2026-03-05", answered="2026-03-09").statuses("referral", "2026-03-06", "2026-03-09") == [
        "open", "done",
    ]  # fmt: skip


# ---------------------------------------------------------------- waived
def test_a_single_duty_can_be_waived_and_then_is_undone_no_more() -> None:
    event = MIDDLE.event("business", "2026-03-05").waived("important_event", "1", "2026-03-06")
    assert event.statuses("important_event", "2026-03-05", "2026-03-06", "2026-06-01") == ["open", "waived", "waived"]
    done = event.contacted("2026-03-09")
    assert done.status("important_event", "2026-03-09") == "done"


# ---------------------------------------------------------------- duties of staff and outlets
def test_daily_duties_are_owed_to_no_customer() -> None:
    owed = {ob.duty for ob in WEALTH.given_to("rm", "2026-03-02").obligations()}
    assert owed.isdisjoint({"daily_review", "supervision"})
