"""An inspection as it is shown: items as they stood at the cut-off, what was corrected since, how far it has come."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from guanhu.domain.inspection import Scope
from guanhu.projections.entry_then import EntryThen
from guanhu.projections.event_fields import event_fields
from guanhu.projections.history import customer_history
from guanhu.projections.inspection_flags import Flagged
from guanhu.projections.inspection_view import Item, inspection
from guanhu.projections.inspections import inspections
from guanhu.store.acts import correct_entry, log_contact
from guanhu.store.affairs import keep_promise, waive_duty
from guanhu.store.book import Book
from guanhu.store.codec import decode
from guanhu.store.inspecting import close_inspection, fill_worksheet
from guanhu.store.inspection_findings import raise_finding
from guanhu.store.registering import restrict
from guanhu.store.restoring import undo_correction
from guanhu.store.withdrawing import withdraw
from guanhu.tests.books import day, stated
from guanhu.tests.store.inspected import CUSTOMERS, INSPECTOR, MANAGER, RM, SCOPE, TODAY, a_branch, opened, seen


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    found = a_branch(tmp_path)
    yield found
    found.close()


def of_kind(book: Book, number: str, kind: str) -> Item:
    return next(item for item in seen(book, number).items if item.entry and item.entry.kind == kind)


def entry(item: Item) -> EntryThen:
    assert item.entry is not None
    return item.entry


# ---------------------------------------------------------------- as it stood
def test_a_correction_after_the_cut_off_is_marked_and_changes_nothing(book: Book) -> None:
    number = opened(book)
    item = of_kind(book, number, "contact")
    before = entry(item)
    assert (before.channel, before.outcome, before.changed) == ("phone", "reached_other", ())
    assert before.note.endswith("次电话")
    later = correct_entry(book, before.position, reason="手误", outcome="no_answer", note="没打通", by=RM).positions[0]
    after = entry(of_kind(book, number, "contact"))
    assert after == msgspec.structs.replace(before, changed=(later,))
    gone = correct_entry(book, before.position, reason="作废", withdrawn=True, by=RM).positions[0]
    after = entry(of_kind(book, number, "contact"))
    assert (after.changed, after.withdrawn, after.note) == ((later, gone), True, before.note)


def test_a_correction_before_the_cut_off_is_what_stood(book: Book) -> None:
    first = log_contact(book, "C03", "phone", "no_answer", TODAY, staff=RM, note="原文", by=RM).positions[0]
    fixed = correct_entry(book, first, reason="手误", outcome="reached_other", note="改后", by=RM).positions[0]
    taken_out = log_contact(book, "C03", "phone", "no_answer", TODAY, staff=RM, by=RM).positions[0]
    correct_entry(book, taken_out, reason="重复", withdrawn=True, by=RM)
    number = opened(book, msgspec.structs.replace(SCOPE, first=TODAY), 9)
    (item,) = seen(book, number).items
    then = entry(item)
    assert (then.position, then.outcome, then.note, then.corrected) == (first, "reached_other", "改后", fixed)


def test_every_kind_of_entry_is_shown_with_what_it_says(book: Book) -> None:
    promise = seen(book, opened(book, msgspec.structs.replace(SCOPE, kinds=("promise",)))).items[0]
    keep_promise(book, entry(promise).position, TODAY, note="已送达", by=RM)
    waive_duty(book, "C10", "profile", "once", "出国", TODAY, by=MANAGER)
    scope = msgspec.structs.replace(SCOPE, kinds=("promise_kept", "waiver", "visit"))
    shown = {entry(item).kind: entry(item) for item in seen(book, opened(book, scope, 20)).items}
    assert set(shown) == {"promise_kept", "waiver", "visit"}
    assert shown["promise_kept"].note == "已送达"
    assert (shown["waiver"].subject, shown["waiver"].occurrence) == ("profile", "once")
    assert shown["visit"].companions == (MANAGER,)
    assert entry(promise).next_on == day("2026-11-28")


def test_late_writing_is_counted_in_days(book: Book) -> None:
    log_contact(book, "C03", "phone", "reached_other", TODAY - timedelta(days=9), staff=RM, by=RM)
    scope = msgspec.structs.replace(SCOPE, first=TODAY - timedelta(days=9), last=TODAY - timedelta(days=9))
    assert 9 in [entry(item).days_late for item in seen(book, opened(book, scope, 9)).items]


def test_a_customer_is_shown_with_balance_and_entries_of_then(book: Book) -> None:
    number = opened(book, Scope("customers", "01", "", SCOPE.first, TODAY), 12)
    before = {item.key: item.customer for item in seen(book, number).items}
    assert len(before) == 12
    stated(book, "2026-11-23", {"C05": 990_000})
    log_contact(book, "C05", "phone", "reached_other", TODAY, staff=RM, by=RM)
    position = before["C05"].positions[0] if before["C05"] else 0
    correct_entry(book, position, reason="手误", note="改", by=RM)
    after = seen(book, number).item("C05")
    assert after is not None
    assert after.customer is not None
    assert before["C05"] is not None
    assert after.customer == msgspec.structs.replace(before["C05"], changed=(position,))
    assert after.customer.aum_fen == 150_000_00
    assert after.changed == (position,)


def test_texts_of_a_restricted_customer_are_not_shown(book: Book) -> None:
    number = opened(book)
    item = of_kind(book, number, "contact")
    fill_worksheet(book, number, item.key, "false", TODAY, remark="没打过", by=INSPECTOR)
    restrict(book, item.customer_no, "客户要求", TODAY, add=True, by=MANAGER)
    after = seen(book, number).item(item.key)
    assert after is not None
    assert (after.name, entry(after).note, after.remark, after.verdict) == ("", "", "", "false")


# ---------------------------------------------------------------- beside it
def test_red_flags_stand_with_their_items(book: Book) -> None:
    number = opened(book)
    item = seen(book, number).items[0]
    flags = Flagged({int(item.key): ("late_writing",)}, {item.customer_no: ("ownerless",)})
    with book.reading() as cursor:
        found = inspection(cursor, book.recorder, decode, book.keyring, number, TODAY, flags=flags)
    assert found.items[0].flags == ("late_writing",)
    assert flags.of(item.customer_no, [int(item.key)] * 2) == ("ownerless", "late_writing")


def test_a_customers_history_tells_of_the_inspection(book: Book) -> None:
    number = opened(book)
    item = seen(book, number).items[0]
    others = next(each.customer_no for each in seen(book, number).items if each.customer_no != item.customer_no)
    fill_worksheet(book, number, item.key, "doubtful", TODAY, remark="待核", by=INSPECTOR)
    raise_finding(
        book, number, "minor", "poor_record", "两户备注雷同", TODAY, TODAY, customers=(item.customer_no, others),
        by=INSPECTOR,
    )  # fmt: skip
    with book.reading() as cursor:
        _, told = customer_history(cursor, book.recorder, decode, book.keyring, item.customer_no)
    said = [(each.code, each.details.get("text")) for each in told if each.code.startswith("inspection")]
    assert said == [("inspection_sampled", None), ("inspection_sheet", "待核"), ("inspection_finding", "")]


# ---------------------------------------------------------------- the list
def test_the_list_tells_how_far_each_has_come(book: Book) -> None:
    older, newer = opened(book, size=5), opened(book, size=4)
    for item, verdict in zip(seen(book, older).items, ("ok", "false", "doubtful"), strict=False):
        fill_worksheet(book, older, item.key, verdict, TODAY, remark="见底稿", by=INSPECTOR)
    raise_finding(book, older, "grave", "other", "有", TODAY, TODAY, customers=CUSTOMERS[:1], by=INSPECTOR)
    close_inspection(book, newer, "结论", TODAY, unfinished="改期", by=INSPECTOR)
    with book.reading() as cursor:
        total, lines = inspections(cursor, TODAY + timedelta(days=3))
        only, left = inspections(cursor, TODAY, states=("open",))
    assert (total, [line.inspection for line in lines]) == (2, [newer, older])
    one = lines[1]
    assert (one.sampled, one.filled, one.wrong, one.findings, one.unsettled, one.overdue) == (5, 3, 2, 1, 1, 1)
    assert (one.state, lines[0].state) == ("open", "closed")
    assert (only, [line.inspection for line in left]) == (1, [older])


def test_an_event_laid_open_shows_the_customers_own_rows_and_no_other_number(book: Book) -> None:
    number = opened(book)
    found = seen(book, number)
    item = found.items[0]
    with book.reading() as cursor:
        ((_, _, _, topic, state),) = book.recorder.read(cursor, [found.position])
    fields = {field.name: field for field in event_fields(decode(topic, state), item.customer_no)}
    own = [each for each in found.items if each.customer_no == item.customer_no]
    assert (len(fields["items"].value), fields["items"].of) == (len(own), 12)  # type: ignore[arg-type]
    assert "2026-10-01" in str(fields["scope"].value)
    assert not fields["root"].sealed
    others = {each.customer_no for each in found.items} - {item.customer_no}
    assert not any(no in str(field.value) for field in fields.values() for no in others)


def test_an_entry_of_any_kind_that_was_taken_back_since_says_so_and_can_still_be_judged(book: Book) -> None:
    waiver = waive_duty(book, "C10", "profile", "once", "客户出国", TODAY, by=MANAGER).positions[0]
    number = opened(book, msgspec.structs.replace(SCOPE, kinds=("promise", "waiver")), size=3)
    promise = entry(of_kind(book, number, "promise")).position
    for position in (waiver, promise):
        gone = withdraw(book, position, "不想让人查到", by=MANAGER).receipt.positions[0]
        sampled = next(item for item in seen(book, number).items if item.key == str(position))
        assert (entry(sampled).changed, entry(sampled).withdrawn) == ((gone,), True)
        fill_worksheet(book, number, str(position), "false", TODAY, remark="事后撤回", by=INSPECTOR)
        due = TODAY + timedelta(days=10)
        raise_finding(book, number, "serious", "false_record", "事后撤回", due, TODAY, entries=[position], by=INSPECTOR)


def test_an_entry_that_was_restored_stands_again(book: Book) -> None:
    number = opened(book)
    position = entry(of_kind(book, number, "contact")).position
    gone = withdraw(book, position, "记错了", by=MANAGER).receipt.positions[0]
    undo_correction(book, gone, "没有记错", by=MANAGER)
    sampled = next(item for item in seen(book, number).items if item.key == str(position))
    assert entry(sampled).withdrawn is False
    assert len(entry(sampled).changed) == 2
