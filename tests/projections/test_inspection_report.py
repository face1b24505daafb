"""The report of an inspection: figures that add up, a page that needs nothing beside it, a workbook that opens."""

import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest
from python_calamine import CalamineWorkbook

from guanhu.domain.inspection import Scope
from guanhu.language import choose
from guanhu.language.inspection_report_words import report_labels
from guanhu.projections.inspection_page import page
from guanhu.projections.inspection_report import Report, report
from guanhu.projections.inspection_sheet import write_workbook
from guanhu.projections.inspection_view import Inspection
from guanhu.store.acts import correct_entry
from guanhu.store.book import Book
from guanhu.store.inspecting import fill_worksheet
from guanhu.store.inspection_findings import (
    accept_answer,
    answer_finding,
    raise_finding,
    send_back,
    withdraw_finding,
)
from guanhu.tests.store.inspected import INSPECTOR, MANAGER, RM, SCOPE, TODAY, a_branch, all_filled, opened, seen

TIERS = {"": 0, "mass": 1, "basic": 2, "middle": 3}
NASTY = "<script>alert(1)</script> =1+1"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    found = a_branch(tmp_path)
    yield found
    found.close()


def inspected(book: Book) -> tuple[Inspection, Report]:
    """Two thirds true, one untrue, one doubtful, the last without a worksheet; one finding accepted, one withdrawn."""
    number = opened(book)
    items = seen(book, number).items
    for n, item in enumerate(items[:-1]):
        verdict = {0: "false", 1: "doubtful"}.get(n, "ok")
        remark = NASTY if verdict != "ok" else ""
        fill_worksheet(book, number, item.key, verdict, TODAY, checks=("called_back",), remark=remark, by=INSPECTOR)
    for _ in range(2):
        raise_finding(
            book, number, "grave", "false_record", NASTY, TODAY, TODAY, entries=(int(items[0].key),), staff=RM,
            by=INSPECTOR,
        )  # fmt: skip
    answer_finding(book, number, 1, "已核实" + NASTY, TODAY, done="已整改", by=MANAGER)
    accept_answer(book, number, 1, TODAY, by=INSPECTOR)
    withdraw_finding(book, number, 2, "重复", TODAY, by=INSPECTOR)
    correct_entry(book, int(next(item.key for item in items if item.entry and item.entry.kind == "contact")),
                  reason="手误", withdrawn=True, by=RM)  # fmt: skip
    found = seen(book, number)
    return found, report(found, lambda tier: TIERS.get(tier, 9))


def as_page(found: Inspection, figures: Report, language: str) -> str:
    choose(language)
    labels = report_labels({"staff.RM1": "王<b>丽", "tier.middle": "20-50万"})
    return "".join(page(found, figures, "全行", TODAY.isoformat(), labels, language))


# ---------------------------------------------------------------- figures
def test_the_figures_add_up(book: Book) -> None:
    found, figures = inspected(book)
    assert figures.whole == {"ok": 9, "doubtful": 1, "false": 1, "cannot_tell": 0, "": 1}
    for groups in (figures.by_tier, figures.by_staff):
        assert sum(group.sampled for group in groups) == 12
        assert sum(group.population for group in groups) == found.population
        assert sum(group.verdicts["false"] for group in groups) == 1
    assert [group.id for group in figures.by_tier] == sorted((g.id for g in figures.by_tier), key=lambda t: TIERS[t])
    assert sum(figures.late) == figures.late_known == 12
    assert (figures.grades["grave"], figures.settled, figures.changed) == (1, 1, 1)


def test_what_the_sample_says_of_the_whole_weighs_each_stratum_by_its_size(book: Book) -> None:
    number = opened(book, size=10)
    assert report(seen(book, number), len).estimate is None
    all_filled(book, number)
    assert report(seen(book, number), len).estimate == (0, 38)
    strata = {(each.tier, each.staff_id): each for each in seen(book, number).strata}
    item = max(seen(book, number).items, key=lambda item: strata[item.tier or "", item.staff].size)
    fill_worksheet(book, number, item.key, "false", TODAY, remark="无", by=INSPECTOR)
    stratum = strata[item.tier or "", item.staff]
    assert report(seen(book, number), len).estimate == (round(stratum.size / stratum.taken), 38)
    alone = next(each for each in seen(book, number).items if strata[each.tier or "", each.staff].taken == 1)
    fill_worksheet(book, number, alone.key, "cannot_tell", TODAY, remark="无话单", by=INSPECTOR)
    line, told = seen(book, number).line, report(seen(book, number), len).estimate
    assert (line.wrong, line.cannot_tell) == (1, 1)
    assert told == (round(stratum.size / stratum.taken), 38 - strata[alone.tier or "", alone.staff].size)


def test_the_workbook_tells_who_answered_and_why_an_answer_was_sent_back(book: Book) -> None:
    number = opened(book)
    item = seen(book, number).items[0]
    raise_finding(book, number, "minor", "poor_record", "过简", TODAY, TODAY, entries=(int(item.key),), by=INSPECTOR)
    answer_finding(book, number, 1, "已补", TODAY, by=MANAGER)
    send_back(book, number, 1, "请附凭证", TODAY, by=INSPECTOR)
    answer_finding(book, number, 1, "凭证已附", TODAY, done="已归档", by=MANAGER)
    found = seen(book, number)
    choose("en")
    target = io.BytesIO()
    write_workbook(target, found, report(found, len), "全行", TODAY.isoformat(), report_labels({}))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(target.getvalue())).get_sheet_by_name("findings").to_python()
    head = [str(title) for title in rows[2]]
    first, second = (dict(zip(head, row, strict=True)) for row in rows[3:])
    assert (first["answer"], first["answered by"], first["answered on"]) == ("已补", MANAGER, TODAY)
    assert (first["judgement"], first["judged by"], first["reason or note"]) == (
        "answer sent back", INSPECTOR, "请附凭证",
    )  # fmt: skip
    assert (second["answer"], second["what was done"], second["judgement"]) == ("凭证已附", "已归档", "")


# ---------------------------------------------------------------- the page
class Reader(HTMLParser):
    """Tags and text, to see that every tag is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""
        self.names: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        if tag not in ("meta", "rect", "circle"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("rect", "circle"):
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_needs_nothing_beside_it_and_obeys_nobody(book: Book, language: str) -> None:
    found, figures = inspected(book)
    text = as_page(found, figures, language)
    read = Reader(text)
    assert read.open == []
    assert not read.names & {"script", "link", "img", "iframe", "b"}
    assert not re.search(r"(src|href)=|@import|url\((?!#)", text)
    assert NASTY in read.text
    assert "王<b>丽" in read.text


def test_the_page_says_what_it_stands_on_and_how_to_repeat_it(book: Book) -> None:
    found, figures = inspected(book)
    read = Reader(as_page(found, figures, "zh"))
    assert found.checkpoint in read.text
    for said in (found.seed, f"guanhu inspect redraw {found.line.inspection}", "证明不涵盖什么", "不实 1", "后来撤销"):
        assert said in read.text
    assert read.names >= {"svg", "pattern", "pre"}


def test_a_sample_of_customers_has_its_own_columns(book: Book) -> None:
    number = opened(book, Scope("customers", "", "", SCOPE.first, TODAY), 6)
    found = seen(book, number)
    text = Reader(as_page(found, report(found, lambda tier: TIERS.get(tier, 9)), "zh")).text
    assert "客户按截止点时的情况列示" in text
    assert "记录补录情况" not in text


# ---------------------------------------------------------------- the workbook
@pytest.mark.parametrize(("language", "sheets"), [
    ("zh", ["概要", "样本", "分组", "问题", "依据"]), ("en", ["summary", "sample", "groups", "findings", "basis"]),
])  # fmt: skip
def test_the_workbook_has_all_parts_and_no_formula(book: Book, language: str, sheets: list[str]) -> None:
    found, figures = inspected(book)
    choose(language)
    target = io.BytesIO()
    write_workbook(target, found, figures, "全行", TODAY.isoformat(), report_labels({}))
    read = CalamineWorkbook.from_filelike(io.BytesIO(target.getvalue()))
    assert read.sheet_names == sheets
    rows = {name: read.get_sheet_by_name(name).to_python() for name in sheets}
    sample = rows[sheets[1]]
    assert len(sample) == 3 + 12
    assert {row[1] for row in sample[3:]} == {float(item.key) for item in found.items}
    assert any(NASTY in row for row in sample)
    assert any(NASTY in str(row) for row in rows[sheets[3]])
    assert any(found.checkpoint.strip() in str(cell) for row in rows[sheets[4]] for cell in row)


def test_labels_are_complete(book: Book) -> None:
    """A label without a text would show as its id."""
    found, figures = inspected(book)
    choose("zh")
    labels = report_labels({})
    bare = msgspec.structs.replace(found, items=(), findings=())
    for text in ("".join(page(found, figures, "", "", labels, "zh")),
                 "".join(page(bare, report(bare, len), "", "", labels, "zh"))):  # fmt: skip
        shown = re.sub(r"<style>.*</style>", "", text, flags=re.DOTALL)
        assert not re.findall(r">(?:column|sheet|verdict|finding_kind|finding_state|class|check|state)\.[a-z_]+", shown)
        assert not re.findall(r"\{[a-z]+\}", shown)


def test_imported_entries_are_not_counted_as_written_the_same_day(book: Book) -> None:
    number = opened(book)
    found = seen(book, number)
    items = [
        msgspec.structs.replace(item, entry=msgspec.structs.replace(item.entry, imported=True, days_late=0))
        if item.entry is not None and n < 5 else item
        for n, item in enumerate(found.items)
    ]  # fmt: skip
    figures = report(msgspec.structs.replace(found, items=tuple(items)), lambda tier: TIERS[tier])
    assert (figures.imported, figures.late_known, sum(figures.late)) == (5, 7, 7)
    assert "Entries that came by files: 5, not counted" in as_page(found, figures, "en")


def test_a_worksheet_filled_in_anew_says_what_it_was_before(book: Book) -> None:
    number = opened(book)
    key = seen(book, number).items[0].key
    for verdict in ("cannot_tell", "doubtful", "ok"):
        fill_worksheet(book, number, key, verdict, TODAY, remark="再核实", by=INSPECTOR)
    found = seen(book, number)
    item = found.item(key)
    assert item is not None
    assert [(each.verdict, each.by) for each in item.earlier] == [
        ("cannot_tell", INSPECTOR), ("doubtful", INSPECTOR),
    ]  # fmt: skip
    figures = report(found, lambda tier: TIERS[tier])
    assert figures.refilled == 1
    assert "filled in anew; before: can&#x27;t be told、doubtful" in as_page(found, figures, "en")


def test_a_page_stays_narrow_columns_hold_several_facts_and_no_text_is_squeezed(book: Book) -> None:
    found, figures = inspected(book)
    html = as_page(found, figures, "en")
    heads = [re.findall("<th[^>]*>([^<]*)</th>", head) for head in re.findall("(?s)<thead>.*?</thead>", html)]
    assert max(map(len, heads)) <= 10
    assert ["name", "number", "tier"] in [title.split("\n") for title in heads[-1]]
    entry = next(item for item in found.items if item.entry)
    assert re.search(rf"{re.escape(entry.customer_no)}\n[^<]*</td>", html)
    rows = html[html.index(">verdict\n") :]
    cells = re.findall('<td(?: class="([a-z_]*)")?>([^<]*)</td>', rows[: rows.index("</table>")])
    assert all(cls for cls, _text in cells)  # each has its least width, or stays on its lines
