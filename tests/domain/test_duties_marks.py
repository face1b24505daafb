"""Marks that silence a customer, and schemes that follow one another (SCHEMES.md 1; DESIGN 6)."""

import msgspec
import pytest

from guanhu.domain.scheme import Duty, Scheme
from guanhu.tests.domain.given import Customer, a_customer, day, personal

BUSY = (
    a_customer(4_000_000, since="2025-06-05")
    .balance("2026-03-02", 2_500_000)
    .born("1980-03-10")
    .contacted("2025-07-01")
    .given_to("rm", "2026-03-02")
    .holds("P1", "2026-01-05", "2026-03-10")
    .event("wedding", "2026-03-04")
    .requested("joint_visit", "2026-03-02", due="2026-03-20")
    .requested("support", "2026-03-05")
    .promised("2026-03-02", due="2026-03-20")
    .referred("2026-03-04")
)
QUIET = {"profile", "support", "promise", "referral"}
LOUD = {
    "monthly_contact", "fund_change", "maturity", "important_event", "birthday_visit", "first_contact",
    "joint_visit", "below_floor", "festival_greeting", "festival_department",
}  # fmt: skip


def test_a_busy_customer_is_owed_all_of_it() -> None:
    assert BUSY.undone("2026-03-05") == QUIET | LOUD


@pytest.mark.parametrize("mark", ["do_not_disturb", "deceased", "closed"])
def test_a_silent_mark_ends_every_duty_that_would_contact_and_only_those(mark: str) -> None:
    silent = BUSY.marked(mark, "2026-03-05", "2026-03-09")
    assert silent.undone("2026-03-04") >= LOUD
    assert [silent.undone(f"2026-03-0{n}") & LOUD for n in range(5, 9)] == [set()] * 4
    assert silent.undone("2026-03-05") == QUIET
    assert silent.undone("2026-03-09") >= LOUD


def test_greetings_are_silenced_too() -> None:
    known = a_customer(60_000).born("1980-06-18").contacted("2026-01-10")
    assert known.undone("2026-06-18") >= {"birthday_greeting", "festival_greeting"}
    assert known.marked("deceased", "2026-02-01").undone("2026-06-18") == {"profile"}
    near = a_customer(45_000).marked("closed", "2026-02-01")
    assert near.statuses("near_tier", "2026-01-31", "2026-02-01") == ["open", None]


def test_an_overdue_greeting_comes_back_after_the_silence_and_one_due_in_it_does_not() -> None:
    known = a_customer(60_000).contacted("2026-01-10")
    overdue = known.marked("do_not_disturb", "2026-06-21", "2026-06-25")
    days = ("2026-06-20", "2026-06-21", "2026-06-25")
    assert overdue.statuses("festival_greeting", *days) == ["overdue", None, "overdue"]
    assert overdue.status("festival_greeting", "2026-08-01", "2026-dragon_boat") == "missed"
    due = known.marked("do_not_disturb", "2026-06-18", "2026-06-20")
    assert due.statuses("festival_greeting", "2026-06-17", "2026-06-18", "2026-06-20") == ["open", None, None]
    assert due.status("festival_greeting", "2026-08-01", "2026-dragon_boat") is None


def test_a_mark_set_on_the_day_that_a_tier_was_left_silences_the_greeting_that_is_overdue() -> None:
    fallen = a_customer(4_000_000).balance("2026-02-01", 500)
    assert fallen.status("festival_department", "2026-03-01") == "overdue"
    assert fallen.marked("closed", "2026-03-01").status("festival_department", "2026-03-01") is None


def test_a_month_that_ended_in_silence_is_not_missed() -> None:
    silent = a_customer(300_000).marked("do_not_disturb", "2026-02-20", "2026-03-05")
    assert silent.statuses("monthly_contact", "2026-02-19", "2026-02-20", "2026-03-05") == ["open", None, "open"]
    assert silent.status("monthly_contact", "2026-04-01", "2026-02") is None
    assert silent.status("monthly_contact", "2026-04-01", "2026-03") == "missed"


def test_two_marks_that_overlap_silence_until_both_are_off() -> None:
    once = a_customer(300_000).marked("do_not_disturb", "2026-02-05", "2026-02-15")
    twice = once.marked("closed", "2026-02-10", "2026-02-20")
    assert twice.statuses("monthly_contact", "2026-02-04", "2026-02-05", "2026-02-16", "2026-02-20") == [
        "open", None, None, "open",
    ]  # fmt: skip


def test_a_prospect_mark_silences_nothing() -> None:
    assert a_customer(300_000).marked("prospect", "2026-01-10").status("monthly_contact", "2026-02-10") == "open"


# ---------------------------------------------------------------- one scheme after another
def _changed(duty_id: str, **changes: object) -> Scheme:
    """The default scheme with one duty that differs."""
    scheme = personal()
    duties = tuple(msgspec.structs.replace(duty, **changes) if duty.id == duty_id else duty for duty in scheme.duties)
    return msgspec.structs.replace(scheme, version=2, duties=duties)


def _without(duty_id: str) -> Scheme:
    scheme = personal()
    return msgspec.structs.replace(scheme, duties=tuple(duty for duty in scheme.duties if duty.id != duty_id))


def _under(customer: Customer, scheme: Scheme) -> Customer:
    return customer.under(("0001-01-01", personal()), ("2026-03-01", scheme))


def test_a_later_scheme_governs_from_its_date() -> None:
    monthly = _changed("monthly_contact", who=(personal().duty["near_tier"].who[0],))
    customer = _under(a_customer(300_000), monthly)
    assert customer.statuses("monthly_contact", "2026-02-28", "2026-03-01") == ["open", None]
    assert customer.status("monthly_contact", "2026-03-05", "2026-02") == "missed"


def test_what_was_missed_before_the_silence_is_told_once() -> None:
    outflow = a_customer(300_000).balance("2026-02-05", 150_000).marked("closed", "2026-03-20", "2026-04-20")
    assert outflow.status("fund_change", "2026-03-19") == "missed"
    assert outflow.status("fund_change", "2026-05-01") is None
    assert outflow.status("fund_change", "2026-05-01", "2026-02-05") == "missed"
    # Its last day is 8 March: silent from the next day on, it was not missed before the silence but in it.
    just = a_customer(300_000).balance("2026-02-05", 150_000).marked("closed", "2026-03-09", "2026-04-20")
    assert just.statuses("fund_change", "2026-03-08", "2026-03-09", "2026-05-01") == ["overdue", None, "missed"]


def test_what_was_done_is_told_of_the_clause_that_it_was_done_under() -> None:
    learned = a_customer(60_000).known("2026-01-10", "birthday", "address", "phone").balance("2026-02-05", 150_000)
    assert [learned.the("profile", on).by for on in ("2026-01-20", "2026-03-01")] == [0, 0]


def test_a_new_scheme_does_not_begin_a_duty_anew() -> None:
    customer = _under(a_customer(60_000), _changed("profile"))
    assert customer.dates("profile", "2026-03-05") == ("2026-01-05", None)
    middle = _under(a_customer(300_000), _changed("monthly_contact"))
    assert middle.dates("monthly_contact", "2026-03-05") == ("2026-03-01", "2026-03-31")


def test_a_duty_that_a_later_scheme_drops_is_still_told_of_its_time() -> None:
    customer = _under(a_customer(60_000).born("1980-02-20"), _without("birthday_greeting"))
    assert customer.status("birthday_greeting", "2026-04-01", "2026-02-20") == "missed"
    assert customer.told("birthday_greeting", "2027-02-20") == []


def test_a_scheme_can_ask_that_an_act_be_written_up_in_time() -> None:
    event = a_customer(300_000).event("business", "2026-03-05")  # due on the 10th
    strict = _under(event, _changed("important_event", write_up_days=2))
    assert strict.contacted("2026-03-09", recorded="2026-03-12").status("important_event", "2026-03-12") == "done"
    assert strict.contacted("2026-03-09", recorded="2026-03-13").status("important_event", "2026-03-13") == "overdue"


def test_what_was_raised_under_one_scheme_is_one_thing_under_the_next() -> None:
    customer = _under(a_customer(300_000).event("business", "2026-02-26"), _changed("important_event"))
    assert customer.statuses("important_event", "2026-02-28", "2026-03-02", "2026-03-03") == ["open", "open", "overdue"]


def test_what_was_silent_over_a_change_of_scheme_does_not_come_back_under_the_old_one() -> None:
    dropped = _without("important_event")
    customer = _under(a_customer(300_000).event("business", "2026-02-05"), dropped)
    assert customer.status("important_event", "2026-03-02") == "overdue"
    silent = customer.marked("do_not_disturb", "2026-02-20", "2026-03-02")
    assert silent.status("important_event", "2026-03-02") is None


def test_an_obligation_knows_a_clause_of_the_scheme_on_its_first_day() -> None:
    def clause(duty: Duty, by: int) -> bool:
        return 0 <= by < len(duty.by)

    customer = _under(BUSY, _without("important_event")).marked("closed", "2026-02-20", "2026-03-05")
    rules = customer.rules
    assert all(clause(rules.on_ordinal(ob.start).duty[ob.duty], ob.by) for ob in customer.obligations())
    assert day("2026-03-01") in {ob.start for ob in customer.obligations()}
