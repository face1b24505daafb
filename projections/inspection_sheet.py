"""An inspection's report as an Excel workbook: summary, sample with worksheets, groups, findings, what it stands on.

Names, notes and remarks are always text, never formulas; what a screen would obey is replaced (DESIGN 8).
"""

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import IO, Any

from guanhu.domain.branch_time import branch_time
from guanhu.domain.inspection import VERDICTS
from guanhu.domain.text import visible
from guanhu.projections.inspection_cells import LONG, cells, columns
from guanhu.projections.inspection_report import Group, Report
from guanhu.projections.inspection_view import Inspection
from guanhu.projections.inspections import Answer
from guanhu.projections.paper import Cell, Words, width

WIDEST, NARROWEST, LONG_WIDTH = 40, 6, 44
ROOM = 2
"""Characters of air beside a text or number."""


def write_workbook(
    target: IO[bytes], found: Inspection, figures: Report, scope: str, day: str, labels: Mapping[str, str]
) -> None:
    """The report as a workbook of five sheets, ready to print; `scope`: what is inspected, in words."""
    from xlsxwriter import Workbook

    words = Words(labels)
    book = Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheets = _Sheets(book)
    title = f"{words('report')} {found.line.inspection} {found.line.title}"
    sheets.add(words("sheet.summary"), title, (), list(_summary(found, figures, scope, day, words)))
    names = columns(found)
    sheets.add(
        words("sheet.items"), title, [words(f"column.{name}") for name in names],
        [cells(item, names, words) for item in found.items],
        long=[n for n, name in enumerate(names) if name in LONG],
    )  # fmt: skip
    sheets.add(words("sheet.strata"), title, *_groups(found, figures, words))
    sheets.add(words("sheet.findings"), title, *_findings(found, words), long=(3, 7, 10, 13, 17))
    sheets.add(words("sheet.basis"), title, (), list(_basis(found, words)))
    book.close()


def _summary(found: Inspection, figures: Report, scope: str, day: str, words: Words) -> Iterator[list[Cell]]:
    line = found.line
    yield [words("state"), words.id("state", line.state)]
    yield [words("scope"), scope]
    yield [words("opened"), branch_time(found.opened_at).replace(tzinfo=None, second=0, microsecond=0)]
    yield [words("column.filled_by"), words.id("staff", line.by)]
    yield [words("sampled"), line.sampled]
    yield [words("population"), found.population]
    yield [words("worksheets"), line.filled]
    for id_, count in figures.whole.items():
        yield [words.id("verdict", id_) or words("no_sheet"), count]
    if figures.estimate is not None:
        parts, whole = figures.estimate
        yield [words("estimate"), words("of_about", parts=parts, whole=whole)]
    yield [words("changed_since"), figures.changed]
    for grade, count in figures.grades.items():
        yield [f"{words('findings')}: {words.id('class', grade)}", count]
    yield [words("settled"), figures.settled]
    if line.closed_on:
        yield [words("closed"), line.closed_on]
        yield [words("conclusion"), visible(found.conclusion, multiline=True)]
        yield [words("unfinished"), visible(found.unfinished, multiline=True)]
    yield [words("printed", day=day), None]


def _groups(found: Inspection, figures: Report, words: Words) -> tuple[list[str], list[list[Cell]]]:
    """Verdicts by tier and by staff, then the strata that the sample was drawn from."""
    head = [words("group"), words("population"), words("sampled"), *(words.id("verdict", id_) for id_ in VERDICTS)]
    rows = [
        *(_group(group, words.tier(group.id)) for group in figures.by_tier),
        [],
        *(_group(group, words.id("staff", group.id) or words("nobody")) for group in figures.by_staff),
        [],
    ]
    for each in found.strata:
        name = f"{words.tier(each.tier)} / {words.id('staff', each.staff_id) or words('nobody')}"
        rows.append([name, each.size, each.taken])
    return head, rows


def _group(group: Group, name: str) -> list[Cell]:
    return [name, group.population, group.sampled, *(group.verdicts[id_] for id_ in VERDICTS)]


def _findings(found: Inspection, words: Words) -> tuple[list[str], list[list[Cell]]]:
    """The findings, a row for each answer with its judgement: one that was sent back, why, and the one after it."""
    head = [
        "column.n", "class", "kind", "finding", "rests_on", "concerns", "due", "withdrawn_reason", "state", "raised_on",
        "answer", "answered_by_whom", "answered_on", "measures", "judgement", "judged_by", "judged_on", "judged_note",
    ]  # fmt: skip
    rows: list[list[Cell]] = []
    for each in found.findings:
        rests_on = "、".join([*map(str, each.entries), *each.customers])
        whom = " ".join(part for part in (words.id("outlet", each.outlet), words.id("staff", each.staff)) if part)
        own: list[Cell] = [
            each.n, words.id("class", each.grade), words.id("finding_kind", each.kind),
            visible(each.text, multiline=True), rests_on, whom, each.due, visible(each.reason, multiline=True),
            words.id("finding_state", each.state), each.on,
        ]  # fmt: skip
        rows += [[*own, *_answer(answer, words)] for answer in each.answers] or [own]
    return [words(name) for name in head], rows


def _answer(answer: Answer, words: Words) -> list[Cell]:
    """An answer with what the inspector said to it, as far as it was judged."""
    judged = "" if answer.accepted is None else words("judged_accepted" if answer.accepted else "judged_sent_back")
    return [
        visible(answer.text, multiline=True), words.id("staff", answer.by), answer.on,
        visible(answer.done, multiline=True), judged, words.id("staff", answer.judged_by), answer.judged_on,
        visible(answer.note, multiline=True),
    ]  # fmt: skip


def _basis(found: Inspection, words: Words) -> Iterator[list[Cell]]:
    yield [words("cutoff"), words("cutoff_at", position=f"{found.cutoff:,}")]
    yield [words("root"), b64encode(found.root).decode()]
    yield [words("seed"), words("seed_chosen" if found.seed_chosen else "seed_root", seed=visible(found.seed))]
    yield [words("digest"), b64encode(found.digest).decode()]
    yield [words("checkpoint"), visible(found.checkpoint, multiline=True)]
    for name in ("method", "repeat", "covers", "not_covers"):
        text = words(name, number=found.line.inspection, size=f"{found.cutoff:,}")
        yield [words(f"{name}_title"), text.replace("`", "")]


class _Sheets:
    """The sheets of one workbook, all of one look."""

    def __init__(self, book: Any) -> None:
        self._book = book
        line = {"border": 1, "border_color": "#BFBFBF", "valign": "top"}
        self._title = book.add_format({"bold": True, "font_size": 14})
        self._head = book.add_format({**line, "bold": True, "bg_color": "#D9E2F3", "text_wrap": True})
        self._text = book.add_format(line)
        self._wrapped = book.add_format({**line, "text_wrap": True})
        self._day = book.add_format({**line, "num_format": "yyyy-mm-dd", "align": "left"})
        self._moment = book.add_format({**line, "num_format": "yyyy-mm-dd hh:mm", "align": "left"})

    def add(
        self, name: str, title: str, head: Sequence[str], rows: Sequence[Sequence[Cell]], *, long: Sequence[int] = ()
    ) -> None:
        """A sheet with its title, perhaps a header, and rows; without a header the second column holds texts."""
        sheet = self._book.add_worksheet(visible(name)[:31])
        sheet.write_string(0, 0, visible(title), self._title)
        first = 3 if head else 2
        for n, text in enumerate(head):
            sheet.write_string(2, n, text, self._head)
        wide = tuple(long) if head else (1,)
        for row, values in enumerate(rows, first):
            for n, cell in enumerate(values):
                self._write(sheet, row, n, cell, wrap=n in wide)
        for n, want in enumerate(_widths(head, rows, wide, 90 if not head else LONG_WIDTH)):
            sheet.set_column(n, n, want)
        if head:
            sheet.freeze_panes(3, 0)
            sheet.repeat_rows(2)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer("&P / &N")

    def _write(self, sheet: Any, row: int, n: int, cell: Cell, *, wrap: bool) -> None:
        if cell is None or cell == "":
            sheet.write_blank(row, n, None, self._text)
        elif isinstance(cell, datetime):
            sheet.write_datetime(row, n, cell, self._moment)
        elif isinstance(cell, date):
            sheet.write_datetime(row, n, cell, self._day)
        elif isinstance(cell, int):
            sheet.write_number(row, n, cell, self._text)
        else:
            sheet.write_string(row, n, cell, self._wrapped if wrap else self._text)


def _widths(head: Sequence[str], rows: Sequence[Sequence[Cell]], wide: Sequence[int], most: int) -> list[int]:
    """Widths by what stands in the columns."""
    widest = [width(text) + ROOM for text in head]
    for row in rows:
        widest += [0] * (len(row) - len(widest))
        for n, cell in enumerate(row):
            widest[n] = max(widest[n], width(cell) + (ROOM if isinstance(cell, str | int) else 0))
    return [min(max(want, NARROWEST), most if n in wide else WIDEST) for n, want in enumerate(widest)]
