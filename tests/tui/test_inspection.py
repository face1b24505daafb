"""Inspections in the interface: from the opening over worksheets, findings and answers to the report, by keys alone."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from guanhu.projections.looks import Wanted, looks
from guanhu.store.book import Book
from guanhu.store.inspection_findings import raise_finding
from guanhu.tests.store.inspected import CUSTOMERS, INSPECTOR, MANAGER, RM, TODAY, a_branch, all_filled, opened, seen
from guanhu.tests.tui.desks import settled
from guanhu.tests.tui.inspecting import at_inspections, fill, front, press, said, save, sheet, text, write
from guanhu.tui.screens.inspection import InspectionScreen
from guanhu.tui.widgets.form_screen import FormScreen
from guanhu.tui.widgets.long_list import LongList

FIRST = "JC-2026-001"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    found = a_branch(tmp_path)
    yield found
    found.close()


# ---------------------------------------------------------------- the opening
def test_the_form_says_what_it_would_freeze_before_it_is_saved(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "J")
        await fill(pilot, title="四季度检查", first="2026-10-01", last="2026-11-24", size="12")
        foreseen = text(pilot)
        await press(pilot, "ctrl+s")
        await settled(pilot, 0.2)
        found = seen(book, FIRST)
        assert sheet(pilot).number == FIRST
        for part in (f"entry {found.cutoff:,}", f"Seed: {found.seed}", f"12 of {found.population}"):
            assert part in foreseen
        largest = max(found.strata, key=lambda each: each.taken)
        assert re.search(rf"员工{largest.staff_id} +{largest.taken} +{largest.size}\b", foreseen)

    at_inspections(book, INSPECTOR, tmp_path, steps)


def test_who_may_not_inspect_reads_why_and_nothing_is_opened(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "J")
        await save(pilot, title="自查")
        assert "Inspections are for inspectors" in text(pilot)
        assert isinstance(front(pilot), FormScreen)

    at_inspections(book, RM, tmp_path, steps)
    with book.reading() as cursor:
        assert cursor.execute("SELECT count(*) FROM inspection").fetchone() == (0,)


# ---------------------------------------------------------------- the whole of it
def test_an_inspection_goes_from_opening_to_report(book: Book, tmp_path: Path) -> None:
    async def inspect(pilot: Pilot[Any]) -> None:
        await press(pilot, "J")
        await save(pilot, title="四季度检查", first="2026-10-01", last="2026-11-24", size="3")
        await press(pilot, "enter", "1", "ctrl+s")  # in order: the next one waits
        await press(pilot, "enter", "3")
        await write(pilot, "12")
        await press(pilot, "enter")
        await write(pilot, "客户说没有接到过电话")
        await press(pilot, "enter", "exclamation_mark")
        await save(pilot, grade="grave", text="电话记录不实")
        await press(pilot, "n", "enter", "1", "ctrl+s")

    async def answer(pilot: Pilot[Any]) -> None:
        await press(pilot, "enter", "enter")  # what is owed stands in front
        await save(pilot, text="已向客户核实", done="已更正")

    async def send_back(pilot: Pilot[Any]) -> None:
        await press(pilot, "enter", "l", "l", "enter")
        await save(pilot, how="send_back", note="请补充录音")

    async def finish(pilot: Pilot[Any]) -> None:
        await press(pilot, "enter", "l", "l", "enter", "1", "ctrl+s", "equals_sign")
        await settled(pilot, 0.1)
        await save(pilot, conclusion="总体良好")
        assert "inspection over  checked" in text(pilot)
        for key, name in (("e", "report.xlsx"), ("H", "report.html")):
            await press(pilot, key)
            await write(pilot, str(tmp_path / name))
            await press(pilot, "enter")
            await settled(pilot, 0.1)

    at_inspections(book, INSPECTOR, tmp_path, inspect)
    found = seen(book, FIRST)
    assert sorted(item.verdict or "" for item in found.items) == ["false", "ok", "ok"]
    untrue = next(item for item in found.items if item.verdict == "false")
    assert untrue.checks == ("called_back", "call_record")
    (finding,) = found.findings
    assert (finding.entries, finding.grade, finding.kind) == ((int(untrue.key),), "grave", "false_record")
    assert untrue.entry is not None
    assert finding.staff == untrue.entry.staff
    for staff, steps in ((MANAGER, answer), (INSPECTOR, send_back), (MANAGER, answer), (INSPECTOR, finish)):
        at_inspections(book, staff, tmp_path, steps)
    found = seen(book, FIRST)
    assert [each.accepted for each in found.findings[0].answers] == [False, True]
    assert (found.line.state, found.conclusion) == ("closed", "总体良好")
    assert "电话记录不实" in (tmp_path / "report.html").read_text("utf-8")
    assert (tmp_path / "report.xlsx").read_bytes().startswith(b"PK")
    with book.reading() as cursor:
        total, taken = looks(cursor, Wanted(INSPECTOR, kinds=("export",)))
    assert total == 2
    assert {each.form for each in taken} == {"xlsx", "html"}
    assert all(each.scope == {"inspection": FIRST} for each in taken)


# ---------------------------------------------------------------- findings and the end
def test_a_finding_rests_on_all_items_that_are_selected(book: Book, tmp_path: Path) -> None:
    number = opened(book)
    keys: list[int] = []

    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "enter")
        sample = pilot.app.screen.query_one("#sample", LongList)
        keys.extend(int(row.item.key) for row in (sample.row_at(0), sample.row_at(1)) if row)
        await press(pilot, "space", "space", "exclamation_mark")
        await save(pilot, grade="minor", kind="poor_record", text="记录过于简单")
        assert not pilot.app.screen.query_one("#sample", LongList).marks

    at_inspections(book, INSPECTOR, tmp_path, steps)
    assert sorted(seen(book, number).findings[0].entries) == sorted(keys) != []


def test_only_the_outlet_answers_and_a_finding_can_be_withdrawn(book: Book, tmp_path: Path) -> None:
    number = opened(book)
    raise_finding(book, number, "minor", "profile", "档案不全", TODAY, TODAY, customers=CUSTOMERS[:1], by=INSPECTOR)

    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "enter", "l", "Q")
        assert any("to answer, not for" in each for each in said(pilot))
        await press(pilot, "x")
        await save(pilot, reason="查证后档案齐全")
        assert "withdrawn" in text(pilot)
        pilot.app.clear_notifications()
        await press(pilot, "Q")
        assert said(pilot) == ["This finding is settled."]

    at_inspections(book, INSPECTOR, tmp_path, steps)
    assert seen(book, number).findings[0].state == "withdrawn"


def test_the_bar_offers_what_whoever_looks_can_do_on_the_tab_in_front(book: Book, tmp_path: Path) -> None:
    number = opened(book)
    for text_of_it in ("档案不全", "地址有误"):
        raise_finding(
            book, number, "minor", "profile", text_of_it, TODAY, TODAY, customers=CUSTOMERS[:1], by=INSPECTOR
        )

    def offered(pilot: Pilot[Any]) -> set[str]:
        bar = text(pilot).splitlines()[-1]
        return {words for words in ("B Worksheet", "! Raise", "Q Answer", "= Close", "l Next tab") if words in bar}

    async def inspector(pilot: Pilot[Any]) -> None:
        await press(pilot, "enter")
        assert offered(pilot) == {"B Worksheet", "! Raise", "= Close", "l Next tab"}
        await press(pilot, "l")
        assert offered(pilot) == {"! Raise", "Q Answer", "= Close", "l Next tab"}
        await press(pilot, "x")
        await save(pilot, reason="查证后档案齐全")
        assert offered(pilot) == {"! Raise", "= Close", "l Next tab"}

    async def outlet(pilot: Pilot[Any]) -> None:
        await press(pilot, "enter")
        assert offered(pilot) == {"Q Answer", "l Next tab"}

    async def closed(pilot: Pilot[Any]) -> None:
        await press(pilot, "enter", "equals_sign")
        await settled(pilot, 0.15)
        await save(pilot, conclusion="中止", unfinished="网点撤并")
        assert offered(pilot) == {"l Next tab"}

    for staff, steps in ((INSPECTOR, inspector), (MANAGER, outlet), (INSPECTOR, closed)):
        at_inspections(book, staff, tmp_path, steps)


def test_closing_with_worksheets_left_asks_why(book: Book, tmp_path: Path) -> None:
    number = opened(book, size=2)

    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "enter", "equals_sign")
        await settled(pilot, 0.15)
        assert "Worksheets left: 2" in text(pilot)
        await save(pilot, conclusion="中止")
        assert isinstance(front(pilot), FormScreen)
        assert "Not ready to save: Left undone, because" in text(pilot)
        await save(pilot, unfinished="网点撤并")

    at_inspections(book, INSPECTOR, tmp_path, steps)
    assert seen(book, number).unfinished == "网点撤并"


def test_the_list_says_how_far_each_inspection_is_and_who_else_writes_is_seen(book: Book, tmp_path: Path) -> None:
    number = opened(book, size=2)

    async def steps(pilot: Pilot[Any]) -> None:
        assert isinstance(front(pilot), InspectionScreen)
        assert "0/2" in text(pilot)
        all_filled(book, number)
        pilot.app.changed()  # type: ignore[attr-defined]
        await settled(pilot, 0.1)
        assert "2/2" in text(pilot)
        assert "ready to be closed" in text(pilot)

    at_inspections(book, INSPECTOR, tmp_path, steps)
