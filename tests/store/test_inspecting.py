"""An inspection from its opening to its closing: who may do what, what stands in the book, what can be repeated."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest

from guanhu.domain.checkpoint import parse
from guanhu.domain.errors import NotFound, Refused
from guanhu.domain.inspection import Scope
from guanhu.domain.sampling import seed_of
from guanhu.store.acts import correct_entry, log_contact
from guanhu.store.assigning import assign
from guanhu.store.book import Book
from guanhu.store.inspecting import close_inspection, fill_worksheet, open_inspection
from guanhu.store.inspection_findings import (
    accept_answer,
    answer_finding,
    finding_at,
    raise_finding,
    send_back,
    withdraw_finding,
)
from guanhu.store.posts import enrol, give_role
from guanhu.store.proving import Kept, verify_against
from guanhu.store.rebuilding import check
from guanhu.store.registering import erase
from guanhu.tests.books import day
from guanhu.tests.store.inspected import (
    CUSTOMERS,
    DEPARTMENT,
    INSPECTOR,
    MANAGER,
    RM,
    RM2,
    SCOPE,
    TODAY,
    a_branch,
    all_filled,
    opened,
    seen,
)

SECRET = "客户说十月根本没有接到过电话"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    found = a_branch(tmp_path)
    yield found
    found.close()


def raised(book: Book, number: str, *, due: date = TODAY, **rests_on: object) -> int:
    receipt = raise_finding(
        book, number, "serious", "false_record", SECRET, due, TODAY, by=INSPECTOR, **rests_on  # type: ignore[arg-type]
    )
    return finding_at(book, receipt.positions[0])


def refused(act: object, *arguments: object, **named: object) -> str:
    with pytest.raises(Refused) as error:
        act(*arguments, **named)  # type: ignore[operator]
    return error.value.code


def stored(book: Book) -> bytes:
    with book.recorder.reading() as cursor:
        return b"".join(row[0] for row in cursor.execute("SELECT state FROM stored_events").fetchall())


# ---------------------------------------------------------------- the opening
def test_the_cut_off_is_the_last_entry_with_a_checkpoint_that_the_book_proves(book: Book) -> None:
    with book.reading() as cursor:
        head = book.recorder.head(cursor)
    found = seen(book, opened(book))
    made = parse(found.checkpoint).checkpoint
    assert (found.cutoff, made.size, made.root) == (head, head, found.root)
    assert (found.seed, found.seed_chosen) == (seed_of(found.root), False)
    verdict = verify_against(book, [Kept("kept", found.checkpoint)])
    assert verdict.good
    assert verdict.proven == head


def test_the_sample_is_of_the_scope_and_of_all_its_strata(book: Book) -> None:
    found = seen(book, opened(book, size=12))
    assert (len(found.items), found.population) == (12, 38)
    assert sum(stratum.size for stratum in found.strata) == 38
    assert all(stratum.taken for stratum in found.strata)
    only = seen(book, opened(book, msgspec.structs.replace(SCOPE, staff_id=RM, kinds=("contact", "promise"))))
    assert {item.entry.kind for item in only.items if item.entry} == {"contact", "promise"}
    assert {item.staff for item in only.items} == {RM}


def test_numbers_run_within_the_year(book: Book) -> None:
    assert [opened(book), opened(book)] == ["JC-2026-001", "JC-2026-002"]


def test_a_command_given_again_opens_nothing(book: Book) -> None:
    one = open_inspection(book, "检查", SCOPE, 5, TODAY, by=INSPECTOR, command="c1")
    again = open_inspection(book, "检查", SCOPE, 5, TODAY, by=INSPECTOR, command="c1")
    assert (again.positions, again.repeated) == (one.positions, True)
    assert opened(book) == "JC-2026-002"


@pytest.mark.parametrize("step", ["walk", "_look"])
def test_what_others_write_while_an_inspection_is_opened_is_in_its_cut_off(
    book: Book, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    from guanhu.store import inspecting

    done = getattr(inspecting, step)

    def others_write_then(*arguments: object) -> object:
        found = done(*arguments)
        log_contact(book, "C05", "phone", "reached_other", TODAY, staff=RM, by=RM)
        return found

    monkeypatch.setattr(inspecting, step, others_write_then)
    found = seen(book, opened(book))
    assert found.population == 39
    assert verify_against(book, [Kept("kept", found.checkpoint)]).proven == found.cutoff


@pytest.mark.parametrize(
    ("scope", "size", "code"),
    [
        (SCOPE, 0, "bad_sample_size"),
        (SCOPE, 2_001, "bad_sample_size"),
        (msgspec.structs.replace(SCOPE, first=TODAY, last=TODAY - timedelta(days=1)), 5, "inspection_backwards"),
        (msgspec.structs.replace(SCOPE, last=TODAY + timedelta(days=1)), 5, "future_act"),
        (msgspec.structs.replace(SCOPE, kinds=("tea",)), 5, "unknown_entry_kind"),
        (msgspec.structs.replace(SCOPE, subject="customers", kinds=("visit",)), 5, "kinds_of_customers"),
        (msgspec.structs.replace(SCOPE, subject="tea"), 5, "unknown_subject"),
        (msgspec.structs.replace(SCOPE, outlet="09"), 5, "unknown_outlet"),
        (msgspec.structs.replace(SCOPE, last=SCOPE.first), 5, "nothing_to_inspect"),
    ],
)
def test_what_can_not_be_inspected_is_refused(book: Book, scope: Scope, size: int, code: str) -> None:
    assert refused(open_inspection, book, "检查", scope, size, TODAY, by=INSPECTOR) == code


# ---------------------------------------------------------------- who may
def test_only_inspectors_and_the_department_inspect(book: Book) -> None:
    for staff in (RM, MANAGER):
        assert refused(open_inspection, book, "检查", SCOPE, 5, TODAY, by=staff) == "not_inspector"
    assert open_inspection(book, "检查", SCOPE, 5, TODAY, by=DEPARTMENT).positions


def test_who_maintains_does_not_inspect(book: Book) -> None:
    enrol(book, "X", "两头", date.min, roles=("inspector",), by=MANAGER)
    of_self = msgspec.structs.replace(SCOPE, outlet="", staff_id="X")
    assert refused(open_inspection, book, "检查", of_self, 5, TODAY, by="X") == "inspects_self"
    number = opened(book)
    give_role(book, "X", "relationship_manager", "01", TODAY, by=MANAGER)
    assert refused(open_inspection, book, "检查", SCOPE, 5, TODAY, by="X") == "inspects_own_outlet"
    key = seen(book, number).items[0].key
    assert refused(fill_worksheet, book, number, key, "ok", TODAY, by="X") == "inspects_own_outlet"


def test_who_looked_after_a_customer_of_the_days_does_not_inspect(book: Book) -> None:
    give_role(book, DEPARTMENT, "relationship_manager", "01", day("2026-10-01"), by=MANAGER)
    assign(book, "C10", DEPARTMENT, day("2026-10-01"), by=MANAGER)
    elsewhere = msgspec.structs.replace(SCOPE, outlet="", staff_id=RM)
    assert refused(open_inspection, book, "检查", SCOPE, 5, TODAY, by=DEPARTMENT) == "inspects_own_outlet"
    from guanhu.store.posts import take_role

    take_role(book, DEPARTMENT, "relationship_manager", "01", TODAY, by=MANAGER)
    assert refused(open_inspection, book, "检查", SCOPE, 5, TODAY, by=DEPARTMENT) == "inspects_own"
    assert open_inspection(book, "检查", elsewhere, 5, TODAY, by=DEPARTMENT).positions


def test_an_entry_is_not_judged_by_who_had_a_part_in_it(book: Book) -> None:
    log_contact(book, "C03", "phone", "reached_other", TODAY, staff=DEPARTMENT, by=DEPARTMENT)
    number = opened(book, msgspec.structs.replace(SCOPE, first=TODAY), 5)
    (item,) = [item for item in seen(book, number).items if item.staff == DEPARTMENT]
    assert refused(fill_worksheet, book, number, item.key, "ok", TODAY, by=DEPARTMENT) == "own_entry"
    assert fill_worksheet(book, number, item.key, "ok", TODAY, by=INSPECTOR).positions


def test_the_outlets_manager_or_whom_it_concerns_answers(book: Book) -> None:
    number = opened(book)
    n = raised(book, number, staff=RM)
    for staff in (INSPECTOR, RM2, DEPARTMENT):
        assert refused(answer_finding, book, number, n, "已核实", TODAY, by=staff) == "not_to_answer"
    answer_finding(book, number, n, "已核实", TODAY, by=RM)
    other = raised(book, number)
    answer_finding(book, number, other, "已核实", TODAY, by=MANAGER)
    assert [each.state for each in seen(book, number).findings] == ["answered", "answered"]


# ---------------------------------------------------------------- the course of it
def test_an_inspection_goes_from_open_to_closed(book: Book) -> None:
    number = opened(book)
    n = raised(book, number, due=TODAY)
    assert seen(book, number).line.state == "open"
    all_filled(book, number)
    assert seen(book, number).line.state == "answering"
    assert refused(accept_answer, book, number, n, TODAY, by=INSPECTOR) == "finding_unanswered"
    answer_finding(book, number, n, "系补录", TODAY, done="已提醒", by=MANAGER)
    assert seen(book, number).line.state == "judging"
    assert refused(answer_finding, book, number, n, "又", TODAY, by=MANAGER) == "finding_answered"
    send_back(book, number, n, "请附凭证", TODAY, by=INSPECTOR)
    assert seen(book, number).line.state == "answering"
    answer_finding(book, number, n, "凭证已附", TODAY, by=MANAGER)
    accept_answer(book, number, n, TODAY, by=INSPECTOR)
    assert refused(withdraw_finding, book, number, n, "误", TODAY, by=INSPECTOR) == "finding_settled"
    assert seen(book, number).line.state == "ready"
    close_inspection(book, number, "基本真实", TODAY, by=INSPECTOR)
    found = seen(book, number)
    assert (found.line.state, found.conclusion, found.unfinished) == ("closed", "基本真实", "")
    assert [(each.text, each.done, each.accepted, each.note) for each in found.findings[0].answers] == [
        ("系补录", "已提醒", False, "请附凭证"), ("凭证已附", "", True, ""),
    ]  # fmt: skip
    assert refused(raised, book, number) == "inspection_over"
    assert refused(fill_worksheet, book, number, found.items[0].key, "ok", TODAY, by=INSPECTOR) == "inspection_over"


def test_closing_with_something_left_needs_a_reason(book: Book) -> None:
    number = opened(book)
    assert refused(close_inspection, book, number, "结论", TODAY, by=INSPECTOR) == "worksheets_left"
    all_filled(book, number)
    raised(book, number)
    withdrawn = raised(book, number)
    withdraw_finding(book, number, withdrawn, "重复", TODAY, by=INSPECTOR)
    with pytest.raises(Refused) as error:
        close_inspection(book, number, "结论", TODAY, by=INSPECTOR)
    assert (error.value.code, error.value.details) == ("findings_left", {"findings": 1})
    close_inspection(book, number, "结论", TODAY, unfinished="网点装修", by=INSPECTOR)
    assert seen(book, number).unfinished == "网点装修"


def test_a_worksheet_filled_anew_replaces_the_earlier_and_what_is_wrong_needs_a_remark(book: Book) -> None:
    number = opened(book)
    key = seen(book, number).items[0].key
    assert refused(fill_worksheet, book, number, key, "false", TODAY, by=INSPECTOR) == "remark_missing"
    assert refused(fill_worksheet, book, number, key, "well", TODAY, by=INSPECTOR) == "unknown_verdict"
    assert refused(fill_worksheet, book, number, "9999", "ok", TODAY, by=INSPECTOR) == "not_in_sample"
    fill_worksheet(book, number, key, "false", TODAY, checks=("call_record", "called_back"), remark="无", by=INSPECTOR)
    fill_worksheet(book, number, key, "doubtful", TODAY, remark=SECRET, by=INSPECTOR)
    item = seen(book, number).items[0]
    assert (item.verdict, item.checks, item.remark) == ("doubtful", (), SECRET)
    assert seen(book, number).line.filled == 1


def test_a_finding_rests_on_what_is_in_the_book(book: Book) -> None:
    number = opened(book)
    with pytest.raises(NotFound):
        raised(book, number, entries=(1,))
    with pytest.raises(NotFound):
        raised(book, number, customers=("X",))
    assert refused(raised, book, number, due=TODAY - timedelta(days=1)) == "before_the_act"
    key = seen(book, number).items[0].key
    n = raised(book, number, entries=(int(key),))
    item = seen(book, number).item(key)
    assert item is not None
    assert item.findings == (n,)


def test_an_answer_that_is_due_shows_as_overdue(book: Book) -> None:
    number = opened(book)
    n = raised(book, number, due=TODAY)
    assert not seen(book, number).findings[0].overdue
    assert seen(book, number, TODAY + timedelta(days=1)).findings[0].overdue
    answer_finding(book, number, n, "已改", TODAY, by=MANAGER)
    assert seen(book, number, TODAY + timedelta(days=1)).line.overdue == 0


# ---------------------------------------------------------------- texts, and the book after all
def test_texts_of_one_customer_are_sealed_and_go_with_the_customer(book: Book) -> None:
    number = opened(book)
    item = seen(book, number).items[0]
    fill_worksheet(book, number, item.key, "false", TODAY, remark=SECRET, by=INSPECTOR)
    n = raised(book, number, entries=(int(item.key),))
    answer_finding(book, number, n, SECRET, TODAY, done=SECRET, by=MANAGER)
    send_back(book, number, n, SECRET, TODAY, by=INSPECTOR)
    assert SECRET.encode() not in stored(book)
    assert seen(book, number).findings[0].text == SECRET
    erase(book, item.customer_no, "本人要求", TODAY, by=MANAGER)
    found = seen(book, number)
    assert found.items[0].remark == ""
    assert (found.findings[0].text, found.findings[0].answers[0].text) == ("", "")
    fill_worksheet(book, number, item.key, "cannot_tell", TODAY, by=INSPECTOR)
    answer_finding(book, number, n, "已无法核实", TODAY, by=MANAGER)
    assert check(book) == []


def test_a_finding_on_several_customers_is_plain(book: Book) -> None:
    number = opened(book)
    n = raised(book, number, customers=CUSTOMERS[:2])
    assert SECRET.encode() in stored(book)
    erase(book, CUSTOMERS[0], "本人要求", TODAY, by=MANAGER)
    assert seen(book, number).findings[n - 1].text == SECRET
    assert check(book) == []


def test_the_read_model_made_anew_is_the_same_after_all(book: Book) -> None:
    number = opened(book)
    opened(book, Scope("customers", "", "", SCOPE.first, TODAY), 6)
    all_filled(book, number, "doubtful", SECRET)
    settled, gone, sent = (raised(book, number, staff=RM) for _ in range(3))
    withdraw_finding(book, number, gone, "重复", TODAY, by=INSPECTOR)
    for n in (settled, sent):
        answer_finding(book, number, n, "已改", TODAY, by=RM)
    accept_answer(book, number, settled, TODAY, note="属实", by=INSPECTOR)
    send_back(book, number, sent, "不清楚", TODAY, by=INSPECTOR)
    acts = (item.key for item in seen(book, number).items if item.entry and item.entry.kind in ("contact", "visit"))
    correct_entry(book, int(next(acts)), reason="手误", withdrawn=True, by=RM)
    close_inspection(book, number, "结论", TODAY, unfinished="待整改", by=INSPECTOR)
    assert check(book) == []
