"""Who sees what of an inspection: while it runs its sample is for those who inspect, afterwards for everybody."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from guanhu.projections.history import customer_history
from guanhu.projections.inspection_sight import WITHHELD
from guanhu.projections.inspection_view import Inspection, inspection
from guanhu.projections.inspections import inspections
from guanhu.projections.replay_choice import Asked
from guanhu.projections.replay_scope import Scope
from guanhu.projections.replaying import Replay
from guanhu.store.book import Book
from guanhu.store.codec import decode
from guanhu.store.inspecting import close_inspection, fill_worksheet
from guanhu.store.inspection_findings import raise_finding
from guanhu.store.replay_source import ReplaySource
from guanhu.tests.books import day
from guanhu.tests.store.inspected import DEPARTMENT, INSPECTOR, MANAGER, RM, RM2, TODAY, a_branch, opened, seen
from guanhu.tui.inspection_seen import sight_in


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    branch = a_branch(tmp_path)
    yield branch
    branch.close()


def as_seen(book: Book, staff: str, number: str) -> Inspection:
    sight = sight_in(book, staff)
    with book.reading() as cursor:
        return inspection(cursor, book.recorder, decode, book.keyring, number, TODAY, sight=sight)


def told(book: Book, staff: str, customer_no: str) -> list[tuple[str, dict[str, Any]]]:
    sight = sight_in(book, staff)
    with book.reading() as cursor:
        _, items = customer_history(cursor, book.recorder, decode, book.keyring, customer_no, sight=sight)
    return [(item.code, item.details) for item in items if item.event.startswith("inspection_")]


def test_the_sample_is_for_those_who_inspect_until_the_inspection_is_closed(book: Book) -> None:
    number = opened(book)
    fill_worksheet(book, number, seen(book, number).items[0].key, "false", TODAY, remark="没打过", by=INSPECTOR)
    for staff in (INSPECTOR, DEPARTMENT):
        assert len(as_seen(book, staff, number).items) == 12
    for staff in (MANAGER, RM, ""):
        found = as_seen(book, staff, number)
        assert (found.withheld, found.items, found.strata, found.seed) == (True, (), (), "")
        line = found.line
        assert (line.title, line.sampled, line.filled, line.wrong) == ("四季度检查", 12, 1, None)
        with book.reading() as cursor:
            (line,) = inspections(cursor, TODAY, sight=sight_in(book, staff))[1]
        assert line.wrong is None
    close_inspection(book, number, "可", TODAY, unfinished="抽查到此", by=INSPECTOR)
    assert as_seen(book, RM, number) == seen(book, number)


def test_a_finding_is_seen_by_those_whom_it_is_addressed_to(book: Book) -> None:
    number = opened(book)
    for staff in (RM, RM2):
        due = day("2026-11-30")
        raise_finding(book, number, "minor", "late_record", "补录", due, TODAY, staff=staff, by=INSPECTOR)
    assert [each.staff for each in as_seen(book, RM, number).findings] == [RM]
    assert [each.staff for each in as_seen(book, MANAGER, number).findings] == [RM, RM2]
    assert as_seen(book, "", number).findings == ()


def test_a_customers_history_tells_others_that_there_is_an_inspection_and_no_more(book: Book) -> None:
    number = opened(book)
    item = seen(book, number).items[0]
    fill_worksheet(book, number, item.key, "false", TODAY, remark="没打过", by=INSPECTOR)
    assert told(book, RM, item.customer_no) == [(WITHHELD, {"inspection": number})] * 2
    assert [code for code, _ in told(book, INSPECTOR, item.customer_no)] == ["inspection_sampled", "inspection_sheet"]
    close_inspection(book, number, "可", TODAY, unfinished="抽查到此", by=INSPECTOR)
    assert told(book, RM, item.customer_no)[1][1]["text"] == "没打过"


def test_a_replay_tells_no_more_than_the_history(book: Book) -> None:
    number = opened(book)
    item = seen(book, number).items[0]
    fill_worksheet(book, number, item.key, "false", TODAY, remark="没打过", by=INSPECTOR)
    codes = {}
    for staff in (RM, INSPECTOR):
        with book.reading() as cursor:
            source, scope = ReplaySource(book.recorder), Scope(customer_no=item.customer_no)
            run = Replay(
                cursor, source, decode, book.keyring, book.calendar, scope, Asked(TODAY), sight=sight_in(book, staff)
            )
            codes[staff] = [step.code for step in run.steps(cursor) if step.topic == "inspection_sheet"]
            run.close()
    assert codes == {RM: [WITHHELD], INSPECTOR: ["inspection_sheet"]}
