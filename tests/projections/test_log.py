"""The log: one form for all acts, by date; late writing, companions, corrections; the sheet and the page made of it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from guanhu.domain.contact import ContactLogged
from guanhu.domain.events import stamped
from guanhu.projections.log import Asked, LogEntry, log_entries
from guanhu.projections.log_sheet import COLUMNS, Heading, page, write_workbook
from guanhu.store.acts import correct_entry, log_contact, log_visit
from guanhu.store.affairs import (
    answer_referral,
    excuse_promise,
    make_promise,
    note_event,
    refer,
    voice_opinion,
    waive_duty,
)
from guanhu.store.outlets import open_outlet
from guanhu.store.registering import erase, record_profile, restrict
from guanhu.store.requests import answer_help, request_help
from guanhu.tests.store.branch import MANAGER, RM, RM2, SUPERVISOR, TELLER, Branch, day

ON = day("2026-06-10")


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Branch]:
    found = Branch(tmp_path)
    found.customer("C1", 250_000)
    yield found
    found.book.close()


def log(branch: Branch, *, limit: int = 0, offset: int = 0, **asked: object) -> list[LogEntry]:
    with branch.book.reading() as cursor:
        total, entries = log_entries(cursor, Asked(**asked), limit=limit, offset=offset)  # type: ignore[arg-type]
    assert limit or total == len(entries) + offset
    return entries


def called(branch: Branch, on: str, staff: str = RM, no: str = "C1", note: str = "") -> int:
    return log_contact(branch.book, no, "phone", "replied", day(on), staff=staff, note=note).positions[0]


# ---------------------------------------------------------------- the form
def test_all_that_staff_do_for_a_customer_is_in_the_log_in_one_form(branch: Branch) -> None:
    book = branch.book
    log_contact(book, "C1", "wecom", "appointment", ON, staff=RM, note="周五来", next_on=day("2026-06-12"), duration=90)
    log_visit(book, "C1", [SUPERVISOR], "reached_success", ON, staff=RM)
    promise = make_promise(book, "C1", "送资料", day("2026-06-20"), ON, staff=RM).positions[0]
    excuse_promise(book, promise, "停售", day("2026-06-11"), by=RM)
    referral = refer(book, "C1", RM2, ON, from_staff=RM, note="转介").positions[0]
    answer_referral(book, referral, False, day("2026-06-12"), by=RM2, note="退回")
    note_event(book, "C1", "birth", ON, by=RM)
    voice_opinion(book, "C1", "等候太久", ON, staff=RM)
    request = request_help(book, "C1", "support", ON, staff=RM).positions[0]
    answer_help(book, request, day("2026-06-13"), by=MANAGER)
    waive_duty(book, "C1", "monthly_contact", "2026-05", "出国", ON, by=RM)
    told = [(e.kind, e.subject, e.outcome, e.staff, e.note, e.next_on and e.next_on.isoformat()) for e in log(branch)]
    assert told == [
        ("contact", "", "appointment", RM, "周五来", "2026-06-12"),
        ("visit", "", "reached_success", RM, "", None),
        ("promise", "", "excused", RM, "送资料", "2026-06-20"),
        ("referral", RM2, "returned", RM, "转介", None),
        ("event", "birth", "", RM, "", None),
        ("opinion", "", "", RM, "等候太久", None),
        ("request", "support", "answered", RM, "", None),
        ("waiver", "monthly_contact", "", RM, "出国", None),
        ("promise_excused", "", "", RM, "停售", None),
        ("referral_returned", RM2, "", RM2, "退回", None),
        ("request_answered", "support", "", MANAGER, "", None),
    ]
    assert {e.kind: e.closes for e in log(branch) if e.closes} == {
        "promise_excused": promise, "referral_returned": referral, "request_answered": request,
    }  # fmt: skip
    first = log(branch)[0]
    assert (first.customer_no, first.name, first.tier, first.duration_seconds) == ("C1", "name of C1", "middle", 90)


def test_a_persons_log_holds_what_they_did_and_what_they_took_part_in(branch: Branch) -> None:
    own = called(branch, "2026-06-01", SUPERVISOR)
    called(branch, "2026-06-02", TELLER)
    (joint,) = log_visit(branch.book, "C1", [SUPERVISOR, RM2], "reached_other", ON, staff=RM).positions
    assert [entry.position for entry in log(branch, staff=SUPERVISOR)] == [own, joint]
    assert [entry.position for entry in log(branch, staff=RM)] == [joint]
    assert log(branch, staff="SU") == []


def test_the_tier_is_that_of_the_day(branch: Branch) -> None:
    called(branch, "2025-12-31")
    called(branch, "2026-03-01")
    branch.balance("C1", 600_000, "2026-06-05")
    called(branch, "2026-06-05")
    assert [entry.tier for entry in log(branch)] == [None, "middle", "affluent"]


def test_an_outlets_log_is_that_of_its_customers(branch: Branch) -> None:
    open_outlet(branch.book, "02", "城南", day("2026-01-01"))
    branch.customer("C2")
    record_profile(branch.book, "C2", "", {}, "02", ON)
    called(branch, "2026-06-01")
    called(branch, "2026-06-02", no="C2")
    assert [entry.customer_no for entry in log(branch, outlet="02")] == ["C2"]
    assert [entry.customer_no for entry in log(branch, outlet="02", staff=RM)] == ["C2"]
    assert log(branch, outlet="02", staff=TELLER) == []


def test_who_made_a_promise_keeps_the_entry_when_it_is_handed_over(branch: Branch) -> None:
    from guanhu.domain.staff import AffairsHandedOver

    make_promise(branch.book, "C1", "送资料", day("2026-06-20"), ON, staff=RM)
    with branch.book.writing() as w:
        w.append(f"staff:{RM}", AffairsHandedOver(*stamped(w.stamp(ON)), RM, RM2))
    assert [entry.kind for entry in log(branch, staff=RM)] == ["promise"]
    assert log(branch, staff=RM2) == []


# ---------------------------------------------------------------- order, days, pages
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    days=st.lists(st.dates(date(2026, 1, 1), date(2026, 6, 15)), min_size=1, max_size=8),
    first=st.dates(date(2026, 1, 1), date(2026, 6, 15)),
    last=st.dates(date(2026, 1, 1), date(2026, 6, 15)),
    size=st.integers(1, 4),
)
def test_the_log_goes_by_date_then_position_and_pages_join(
    branch: Branch, days: list[date], first: date, last: date, size: int
) -> None:
    for on in days:
        called(branch, on.isoformat())
    everything = log(branch)
    assert everything == sorted(everything, key=lambda entry: (entry.on, entry.position))
    between = log(branch, staff=RM, first=first, last=last)
    assert between == [entry for entry in everything if first <= entry.on <= last]
    paged = [entry for at in range(0, len(everything), size) for entry in log(branch, limit=size, offset=at)]
    assert paged == everything


# ---------------------------------------------------------------- late writing, corrections, erased and restricted
def test_what_was_written_on_a_later_day_is_marked_late(branch: Branch) -> None:
    called(branch, "2026-06-14")
    called(branch, "2026-06-15")
    assert [entry.late for entry in log(branch)] == [True, False]
    assert {entry.recorded_at for entry in log(branch)} == {datetime(2026, 6, 15, 4, tzinfo=UTC)}


def test_the_day_of_writing_is_chinas(branch: Branch) -> None:
    branch.book.clock = lambda: datetime(2026, 6, 15, 17, tzinfo=UTC)  # one in the morning of the 16th
    called(branch, "2026-06-15")
    assert [entry.late for entry in log(branch)] == [True]


def test_imported_records_are_not_late(branch: Branch) -> None:
    with branch.book.writing() as w:
        contact = ContactLogged(*stamped(w.stamp(day("2025-03-01"))), "C1", "", "phone", "replied", imported=True)
        w.append("customer:C1", contact)
    (entry,) = log(branch)
    assert (entry.late, entry.imported, entry.staff) == (False, True, "")


def test_a_corrected_entry_stands_as_corrected_and_says_so(branch: Branch) -> None:
    position = called(branch, "2026-06-10", note="x")
    correction = correct_entry(branch.book, position, on=day("2026-06-09"), note="y", reason="r").positions[0]
    (entry,) = log(branch)
    assert (entry.position, entry.on, entry.note, entry.corrected) == (position, day("2026-06-09"), "y", correction)


def test_erased_and_restricted_customers_have_neither_name_nor_notes(branch: Branch) -> None:
    called(branch, "2026-06-10", note="secret")
    promise = make_promise(branch.book, "C1", "secret", day("2026-06-20"), ON, staff=RM).positions[0]
    excuse_promise(branch.book, promise, "secret", ON)
    restrict(branch.book, "C1", "complaint", ON, add=True)
    assert {(entry.name, entry.note) for entry in log(branch)} == {("", "")}
    restrict(branch.book, "C1", "settled", ON, add=False)
    assert {(entry.name, entry.note) for entry in log(branch)} == {("name of C1", "secret")}
    erase(branch.book, "C1", "asked", ON)
    assert {(entry.name, entry.note) for entry in log(branch)} == {("", "")}
    assert len(log(branch)) == 3


# ---------------------------------------------------------------- the sheet and the page
LABELS = {"column.date": "日期", "column.note": "备注", "channel.phone": "电话", "tier.middle": "20-50万",
          "staff.RM1": "王芳", "late": "补记", "sheet": "工作日志"}  # fmt: skip
HEADING = Heading("我的客户", "王芳 2026-06")


def rows(branch: Branch) -> list[list[Any]]:
    target = BytesIO()
    write_workbook(target, log(branch), HEADING, LABELS)
    target.seek(0)
    return CalamineWorkbook.from_filelike(target).get_sheet_by_index(0).to_python()


def test_the_sheet_holds_dates_as_dates_and_words_in_the_readers_language(branch: Branch) -> None:
    called(branch, "2026-06-10", note="第一行\n第二行")
    title, period, head, entry = rows(branch)
    assert (title[0], period[0], head[0], head[1]) == ("我的客户", "王芳 2026-06", "日期", "customer_no")
    cell = dict(zip(COLUMNS, entry, strict=True))
    assert (cell["date"], cell["channel"], cell["tier"], cell["staff"], cell["note"], cell["late"]) == (
        date(2026, 6, 10), "电话", "20-50万", "王芳", "第一行\n第二行", "补记",
    )  # fmt: skip
    assert cell["written"] == datetime(2026, 6, 15, 12, 0)


def test_names_and_notes_are_never_formulas(branch: Branch) -> None:
    branch.customer("C2", name='=HYPERLINK("http://x")')
    called(branch, "2026-06-10", no="C2", note="+1+1")
    called(branch, "2026-06-10", no="C2", note="http://bank.example")
    assert [(row[2], row[COLUMNS.index("note")]) for row in rows(branch)[3:]] == [
        ('=HYPERLINK("http://x")', "+1+1"), ('=HYPERLINK("http://x")', "http://bank.example"),
    ]  # fmt: skip


def test_an_empty_log_is_a_sheet_with_its_header(branch: Branch) -> None:
    assert len(rows(branch)) == 3


def test_the_page_stands_alone_and_escapes_what_people_wrote(branch: Branch) -> None:
    branch.customer("C2", name="<b>Li</b>")
    position = called(branch, "2026-06-10", no="C2", note='</td><script>alert("x")</script>')
    correct_entry(branch.book, position, withdrawn=True, reason="r")
    html = "".join(page(log(branch, withdrawn=True), Heading("<T>", "P & Q"), LABELS, "zh"))
    assert "&lt;b&gt;Li&lt;/b&gt;" in html
    assert "<script" not in html
    assert "<b>" not in html
    assert "http" not in html
    assert '<html lang="zh-CN">' in html
    assert "<title>&lt;T&gt;</title>" in html
    assert '<tr class="withdrawn">' in html
