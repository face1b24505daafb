"""What a step of a replay says: what it changed, by what was so then."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from guanhu.domain.errors import NotFound
from guanhu.projections.handover import plan_handover
from guanhu.projections.replay_scope import Scope
from guanhu.projections.replay_step import Step
from guanhu.store.acts import log_contact
from guanhu.store.affairs import make_promise
from guanhu.store.applying import apply_handover
from guanhu.store.assigning import assign, release
from guanhu.store.registering import erase, link, record_profile, restrict, tag
from guanhu.store.schemes import adopt_scheme
from guanhu.store.statements import deposit
from guanhu.store.withdrawing import withdraw
from guanhu.tests.books import opened
from guanhu.tests.projections.replays import begun, differences, replayed
from guanhu.tests.store.branch import RM, RM2, Branch, contacted, day
from guanhu.tests.store.small_branch import scheme_text

EVERYBODY = Scope(outlet="01")


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Branch]:
    found = Branch(tmp_path)
    yield found
    found.book.close()


@pytest.fixture
def year(tmp_path: Path) -> Iterator[Branch]:
    """The branch at the beginning of its year."""
    found = Branch(tmp_path, "2026-01-05")
    yield found
    found.book.close()


def lived(branch: Branch) -> Branch:
    """C1 from the first balance to a demotion: in care, called once, promised something, and then neglected."""
    branch.customer("C1", 250_000)
    branch.goes_on_to("2026-01-06")
    assign(branch.book, "C1", RM, branch.today)
    branch.goes_on_to("2026-01-08")
    contacted(branch, "2026-01-08")
    make_promise(branch.book, "C1", "送资料", day("2026-01-12"), branch.today, staff=RM)
    branch.goes_on_to("2026-03-20")
    branch.balance("C1", 150_000, "2026-03-20")
    branch.goes_on_to("2026-05-02")
    opened(branch.book, "2026-05-02")
    return branch


def said(steps: list[Step], what: str) -> list[tuple[str, object, object]]:
    """The changes of a kind: by which event, from what to what."""
    return [(step.topic, each.before, each.after) for step in steps for each in step.changes if each.what == what]


def duties(steps: list[Step], duty: str) -> list[tuple[str, str, object, object]]:
    """The changes of a duty: by which event, which occurrence, from what to what."""
    return [
        (step.topic, each.detail["occurrence"], each.before, each.after)
        for step in steps
        for each in step.changes
        if each.what == "duty" and each.detail["duty"] == duty
    ]


def test_steps_say_how_tier_owner_and_balance_came_about(year: Branch) -> None:
    steps = replayed(lived(year).book, Scope("C1"), until=day("2026-05-02"))
    assert said(steps, "balance") == [("balances", None, 25_000_000), ("balances", 25_000_000, 15_000_000)]
    assert said(steps, "tier") == [("tiers", None, "middle"), ("tiers", "middle", "basic")]
    assert said(steps, "owner") == [("assigned", None, (RM,))]
    assert said(steps, "system_owner") == [("assigned", None, (RM,))]
    owner = next(step for step in steps if any(change.what == "owner" for change in step.changes))
    assert owner.details["seat"] == "owner"
    assert [stand.tier for stand in steps[-1].after] == ["basic"]


def test_steps_say_which_duties_they_opened_and_settled_and_days_do_too(year: Branch) -> None:
    steps = replayed(lived(year).book, Scope("C1"), until=day("2026-05-02"))
    monthly = duties(steps, "monthly_contact")
    assert monthly[:2] == [("tiers", "2026-01", None, "open"), ("contact", "2026-01", "open", "done")]
    assert ("day", "2026-02", None, "missed") in monthly  # opened and over between two events
    assert duties(steps, "promise") == [
        ("promise", str(_promise(steps)), None, "open"), ("day", str(_promise(steps)), "open", "missed"),
    ]  # fmt: skip
    days_ = [step for step in steps if step.position is None]
    assert all(step.topic == "day" and step.recorded_at is None and step.changes for step in days_)
    assert all(first.details["since"] < first.occurred_on for first in days_)


def _promise(steps: list[Step]) -> int:
    return next(step.position for step in steps if step.topic == "promise" and step.position)


def test_what_is_written_late_makes_good_what_was_missed(year: Branch) -> None:
    lived(year)
    contacted(year, "2026-02-10")
    last = replayed(year.book, Scope("C1"), until=day("2026-05-02"))[-1]
    assert (last.topic, last.occurred_on) == ("contact", day("2026-02-10"))
    assert ("contact", "2026-02", "missed", "done") in duties([last], "monthly_contact")


def test_two_moves_of_one_command_are_both_told(year: Branch) -> None:
    year.customer("C1", 600_000)
    year.goes_on_to("2026-01-20")
    year.balance("C1", 250_000, "2026-01-20")
    year.goes_on_to("2026-02-20")
    year.balance("C1", 100_000, "2026-02-20")
    year.goes_on_to("2026-05-02")
    opened(year.book, "2026-05-02")
    steps = replayed(year.book, Scope("C1"), until=day("2026-05-02"))
    assert said(steps, "tier") == [
        ("tiers", None, "affluent"), ("tiers", "affluent", "middle"), ("tiers", "middle", "basic"),
    ]  # fmt: skip


def test_the_tier_goes_back_with_the_deposit_that_had_brought_it(branch: Branch) -> None:
    branch.customer("C1", 250_000)
    opened(branch.book, branch.today.isoformat())
    paid_in = deposit(branch.book, "C1", 500_000_000, branch.today).positions
    withdraw(branch.book, list(paid_in), "slip")
    steps = replayed(branch.book, Scope("C1"), until=branch.today)
    assert said(steps, "tier") == [
        ("tiers", None, "middle"), ("tiers", "middle", "wealth"), ("withdrawn", "wealth", "middle"),
    ]  # fmt: skip
    assert [stand.tier for stand in steps[-1].after] == ["middle"]


def test_a_page_and_a_kind_tell_less_and_count_the_same(year: Branch) -> None:
    book = lived(year).book
    everything = replayed(book, Scope("C1"), until=day("2026-05-02"))
    page = replayed(book, Scope("C1"), until=day("2026-05-02"), offset=3, limit=2)
    events = [step for step in everything if step.position]
    assert [step for step in page if step.position] == events[3:5]
    with book.reading() as cursor:
        replay = begun(book, cursor, Scope("C1"), topics=("tiers",))
        assert replay.total == 2
        assert [step.topic for step in replay.steps(cursor)] == ["tiers", "tiers"]
    only_days = replayed(book, Scope("C1"), until=day("2026-05-02"), topics=("day",))
    assert only_days == [step for step in everything if step.position is None]


def test_dates_are_those_on_which_was_written(year: Branch) -> None:
    lived(year)
    contacted(year, "2026-02-10")
    steps = replayed(year.book, Scope("C1"), first=day("2026-05-02"), until=day("2026-05-02"))
    assert [step.topic for step in steps if step.position] == ["tiers", "contact"]
    before = replayed(year.book, Scope("C1"), last=day("2026-01-06"), until=day("2026-05-02"))
    assert before[-1].topic == "assigned"


def test_a_handover_and_a_new_scheme_are_steps_of_whom_they_change(year: Branch) -> None:
    year.customer("C1", 450_000)
    year.customer("C2", 700_000)
    assign(year.book, "C1", RM, year.today)
    make_promise(year.book, "C1", "送资料", day("2026-01-12"), year.today, staff=RM)
    with year.book.reading() as cursor:
        plan = plan_handover(cursor, RM, RM2, year.today)
    apply_handover(year.book, plan)
    adopt_scheme(year.book, scheme_text(2, affluent=400_000), day("2026-01-06"))
    steps = replayed(year.book, Scope("C1"), until=day("2026-01-06"))
    handed = next(step for step in steps if step.topic == "handed_over")
    assert [(each.what, each.detail["staff"]) for each in handed.changes if each.what == "affair"] == [("affair", RM2)]
    assert steps[-1].topic in ("scheme", "day")
    assert replayed(year.book, Scope("C2"), topics=("handed_over",)) == []
    assert differences(year.book, EVERYBODY) == {}


def test_a_member_of_staffs_replay_is_of_all_whom_they_ever_had(branch: Branch) -> None:
    branch.customer("C1", 250_000)
    branch.customer("C2", 250_000)
    branch.customer("C3", 250_000)
    assign(branch.book, "C1", RM, day("2026-06-01"))
    release(branch.book, "C1", RM, day("2026-06-10"))
    log_contact(branch.book, "C2", "phone", "replied", day("2026-06-10"), staff=RM)
    with branch.book.reading() as cursor:
        assert set(begun(branch.book, cursor, Scope(staff=RM)).customers.values()) == {"C1", "C2"}
    assert {change.customer_no for step in replayed(branch.book, Scope(staff=RM)) for change in step.changes} == {
        "C1", "C2",
    }  # fmt: skip


def test_of_restricted_and_erased_customers_nothing_personal_is_told(branch: Branch) -> None:
    for no, hide in (("C1", True), ("C2", False)):
        branch.customer(no, 250_000, name="张伟", phone="13800138000")
        record_profile(branch.book, no, "", {"hobbies": "钓鱼"}, "", day("2026-06-10"))
        log_contact(branch.book, no, "phone", "replied", day("2026-06-10"), staff=RM, note="住院了")
        tag(branch.book, no, "房贷客户", day("2026-06-10"), add=True)
        if hide:
            restrict(branch.book, no, "投诉", day("2026-06-10"), add=True)
        else:
            erase(branch.book, no, "客户要求", day("2026-06-10"))
        told = repr(replayed(branch.book, Scope(no)))
        assert not [word for word in ("张伟", "13800138000", "钓鱼", "住院了", "房贷客户", "投诉") if word in told]


def test_facts_are_told_without_their_values(branch: Branch) -> None:
    branch.customer("C1", phone="13800138000")
    record_profile(branch.book, "C1", "", {"phone": "13900139000", "hobbies": "钓鱼"}, "", day("2026-06-10"))
    last = replayed(branch.book, Scope("C1"))[-1]
    assert {(each.detail["fact"], each.before, each.after) for each in last.changes} == {
        ("phone", "set", "changed"), ("hobbies", None, "set"),
    }  # fmt: skip
    assert "139" not in repr(last.changes)


def test_who_is_not_known_has_no_replay(branch: Branch) -> None:
    for scope, code in (
        (Scope("C9"), "unknown_customer"), (Scope(staff="X"), "unknown_staff"), (Scope(outlet="99"), "unknown_outlet"),
    ):  # fmt: skip
        with pytest.raises(NotFound, match=code):
            replayed(branch.book, scope)


def test_an_erasure_of_others_leaves_the_relations_of_the_rest(branch: Branch) -> None:
    for no in ("C1", "C2", "C3"):
        branch.customer(no)
    link(branch.book, "C1", "C2", "family", day("2026-06-10"), add=True)
    erase(branch.book, "C3", "客户要求", day("2026-06-10"))
    assert differences(branch.book, Scope("C1")) == {}
