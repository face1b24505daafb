"""Red flags asked of a real book: who answers for a customer, how the book stands, scopes, keys, evidence."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from guanhu.domain.errors import NotFound
from guanhu.domain.red_flags.found import Flag
from guanhu.domain.scheme_file import default_scheme_text
from guanhu.projections.policy import policy_of
from guanhu.projections.red_flags import by_flag, by_staff, flag_at, flags
from guanhu.store.acts import correct_entry, log_contact, log_visit
from guanhu.store.affairs import make_promise, refer
from guanhu.store.assigning import assign, release
from guanhu.store.evidence import attach_evidence
from guanhu.store.outlets import open_outlet
from guanhu.store.posts import arrange_leave, enrol
from guanhu.store.schemes import adopt_scheme
from guanhu.tests.store.branch import DEPARTMENT, MANAGER, RM, RM2, SUPERVISOR, TELLER, Branch, day

JUNE = "2026-06-10"


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Branch]:
    """RM owns C1 of the middle tier since January; it is the 15th of June."""
    found = Branch(tmp_path)
    found.customer("C1", 250_000)
    assign(found.book, "C1", RM, day("2026-01-05"), by=MANAGER)
    yield found
    found.book.close()


def asked(
    branch: Branch, *ids: str, first: str = "2026-06-01", last: str = "2026-06-15", **more: str
) -> list[Flag]:
    with branch.book.reading() as cursor:
        policy = policy_of(cursor)
        assert policy is not None
        return flags(cursor, policy, branch.book.calendar, first=day(first), last=day(last), ids=ids, **more)


def call(branch: Branch, no: str = "C1", on: str = JUNE, staff: str = RM, **more: object) -> int:
    options: dict[str, object] = {"duration": 120, "by": staff} | more
    return log_contact(branch.book, no, "phone", "reached_other", day(on), **options).positions[0]  # type: ignore[arg-type]


def found_positions(found: Sequence[Flag]) -> list[tuple[int, ...]]:
    return [flag.positions for flag in found]


# ---------------------------------------------------------------- who answers for a customer
@pytest.mark.parametrize(("staff", "flagged"), [(RM, 0), (MANAGER, 0), (SUPERVISOR, 0), (DEPARTMENT, 0), (TELLER, 1)])
def test_owners_managers_supervisors_and_the_department_answer(branch: Branch, staff: str, flagged: int) -> None:
    call(branch, staff=staff)
    assert len(asked(branch, "not_responsible")) == flagged


def test_a_stand_in_answers_while_the_owner_is_away(branch: Branch) -> None:
    arrange_leave(branch.book, RM, RM2, day("2026-06-08"), day("2026-06-12"), by=MANAGER)
    call(branch, staff=RM2)
    after = call(branch, staff=RM2, on="2026-06-15")
    assert found_positions(asked(branch, "not_responsible")) == [(after,)]


def test_who_made_a_promise_or_was_sent_a_referral_answers(branch: Branch) -> None:
    make_promise(branch.book, "C1", "送利率表", day("2026-06-20"), day("2026-06-09"), by=TELLER)
    refer(branch.book, "C1", RM2, day("2026-06-09"), by=TELLER)
    call(branch, staff=TELLER)
    call(branch, staff=RM2)
    assert asked(branch, "not_responsible") == []


def test_who_goes_along_with_the_owner_needs_no_seat(branch: Branch) -> None:
    log_visit(branch.book, "C1", [RM], "reached_other", day(JUNE), by=TELLER)
    alone = log_visit(branch.book, "C1", [], "reached_other", day(JUNE), by=TELLER).positions[0]
    assert found_positions(asked(branch, "not_responsible")) == [(alone,)]


def test_a_withdrawn_entry_is_no_flag(branch: Branch) -> None:
    position = call(branch, staff=TELLER)
    correct_entry(branch.book, position, withdrawn=True, reason="wrong customer", by=TELLER)
    assert asked(branch, "not_responsible") == []


# ---------------------------------------------------------------- days off, birthdays, evidence
def test_a_visit_before_a_birthday_is_no_act_on_a_day_off(branch: Branch) -> None:
    branch.customer("C2", 1_200_000, birthday="1970-06-15")
    sunday = day("2026-06-14")
    log_visit(branch.book, "C2", [], "reached_other", sunday, by=RM)
    told = log_visit(branch.book, "C1", [], "reached_other", sunday, by=RM).positions[0]
    assert found_positions(asked(branch, "day_off")) == [(told,)]


def test_evidence_contradicts_an_entry_and_shortens_a_call(branch: Branch) -> None:
    position = call(branch, duration=300)
    receipt = attach_evidence(branch.book, position, "call_record", day(JUNE), seconds=8, reached=False, by=DEPARTMENT)
    evidence = receipt.positions[0]
    contradicted, short = asked(branch, "contradicted", "short_call")
    assert (contradicted.id, short.id) == ("contradicted", "short_call")
    assert contradicted.positions == short.positions == (position, evidence)
    assert contradicted.measured == {"reached": 0, "seconds": 8, "claimed_seconds": 300}


# ---------------------------------------------------------------- how the book stands
def test_a_customer_is_without_owner_from_the_day_the_last_one_went(branch: Branch) -> None:
    release(branch.book, "C1", RM, day("2026-06-04"), by=MANAGER)
    assert asked(branch, "ownerless", last="2026-06-14") == []
    (flag,) = asked(branch, "ownerless", last="2026-06-15")
    assert (flag.customer_no, flag.measured, flag.details) == ("C1", {"days": 11}, {"tier": "middle"})
    assert asked(branch, "ownerless", last="2026-06-15", staff=RM) == []


def test_a_birthday_that_went_by_is_told_with_its_owner(branch: Branch) -> None:
    branch.customer("C2", 60_000, birthday="1990-06-09")
    assign(branch.book, "C2", TELLER, day("2026-01-06"), by=MANAGER)
    (flag,) = asked(branch, "passed_birthday")
    assert (flag.staff, flag.customer_no, flag.details["due"]) == (TELLER, "C2", "2026-06-09")
    log_contact(branch.book, "C2", "message", "sent", day("2026-06-09"), by=TELLER)
    assert len(asked(branch, "passed_birthday")) == 1  # written up too late: three days at most


def test_what_others_did_for_an_owner_is_told_with_the_acts(branch: Branch) -> None:
    positions = []
    for n in range(10):
        branch.customer(f"D{n}", 250_000)
        assign(branch.book, f"D{n}", RM, day("2026-01-06"), by=MANAGER)
        staff = RM if n == 9 else TELLER
        positions.append(
            log_contact(branch.book, f"D{n}", "counter", "reached_other", day("2026-05-11"), by=staff).positions[0]
        )
        log_contact(branch.book, f"D{n}", "counter", "reached_other", day("2026-05-12"), by=RM)
    (flag,) = asked(branch, "acted_by_others", first="2026-05-01", last="2026-05-31")
    assert (flag.staff, flag.positions) == (RM, tuple(positions[:9]))
    assert flag.measured == {"acts": 9, "of": 10, "percent": 90}
    assert asked(branch, "acted_by_others", first="2026-05-01", last="2026-05-30") == []  # the month is not over


# ---------------------------------------------------------------- scopes, keys, schemes
def test_only_the_days_and_the_people_asked_for(branch: Branch) -> None:
    late = call(branch, on="2026-05-20")
    assert asked(branch, "late_writing") == []
    for more in ({}, {"staff": RM}, {"outlet": "01"}):
        assert found_positions(asked(branch, "late_writing", first="2026-05-01", **more)) == [(late,)]
    assert asked(branch, "late_writing", first="2026-05-01", staff=TELLER) == []
    open_outlet(branch.book, "02", "二支行", day("2026-01-01"), by=MANAGER)
    enrol(branch.book, "OTHER", "other", date.min, roles=("relationship_manager",), outlet="02")
    assert asked(branch, "late_writing", first="2026-05-01", outlet="02") == []


def test_every_flag_is_found_again_by_its_key(branch: Branch) -> None:
    call(branch, on="2026-05-20", staff=TELLER)
    release(branch.book, "C1", RM, day("2026-06-01"), by=MANAGER)
    found = asked(branch, first="2026-05-01")
    assert {flag.id for flag in found} >= {"late_writing", "not_responsible", "ownerless"}
    with branch.book.reading() as cursor:
        policy = policy_of(cursor)
        assert policy is not None
        for flag in found:
            assert flag_at(cursor, policy, branch.book.calendar, flag.key) == flag
        with pytest.raises(NotFound):
            flag_at(cursor, policy, branch.book.calendar, found[0].key + "x")


def test_tallies_add_up(branch: Branch) -> None:
    call(branch, on="2026-05-20", staff=TELLER)
    found = asked(branch, first="2026-05-01")
    assert sum(tally.flags for tally in by_flag(found)) == len(found) == sum(tally.flags for tally in by_staff(found))
    assert sum(tally.weight for tally in by_staff(found)) == sum(flag.weight for flag in found)


def test_a_scheme_decides_which_flags_there_are_and_from_where(branch: Branch) -> None:
    call(branch, on="2026-06-09", staff=TELLER)
    text = default_scheme_text()
    text = text[: text.index("[flags.")].replace("version = 1", "version = 2")
    adopt_scheme(branch.book, text + "[flags.late_writing]\nweight = 7\ndays = 5\n", day("2026-06-15"), by=MANAGER)
    assert [flag.id for flag in asked(branch, last="2026-06-14")] == ["not_responsible"]
    (flag,) = asked(branch)
    assert (flag.id, flag.weight, flag.threshold, flag.measured) == ("late_writing", 7, {"days": 5}, {"days": 6})


def test_a_month_by_month_look_finds_what_a_look_at_all_finds(branch: Branch) -> None:
    for n in range(6):
        branch.customer(f"E{n}", 60_000)
        note = "介绍我行新发行的三年期大额存单额度,客户表示考虑"
        call(branch, f"E{n}", on="2026-05-29", staff=TELLER, note=note)
    call(branch, on="2026-04-20", staff=TELLER)
    whole = {flag.key for flag in asked(branch, first="2026-04-01") if flag.id not in ("ownerless", "over_capacity")}
    parts: set[str] = set()
    first = day("2026-04-01")
    while first <= day("2026-06-15"):
        last = min((first + timedelta(days=32)).replace(day=1) - timedelta(days=1), day("2026-06-15"))
        parts |= {flag.key for flag in asked(branch, first=first.isoformat(), last=last.isoformat())}
        first = last + timedelta(days=1)
    assert whole == {key for key in parts if not key.startswith(("ownerless", "over_capacity"))}
    assert any(key.startswith("copied_notes") for key in whole)
