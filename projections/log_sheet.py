"""The log as a sheet to be handed in: an Excel workbook, or a page that a browser prints.

Both hold the same columns in the same order. Words come from the caller, who knows the reader's language: a
mapping of label to text, where a column is `column.<id>` and a value `<word>.<id>`, such as `channel.phone`,
`tier.middle`, `staff.S1`. A value without a text is shown as its id. Names and notes are always text, never
formulas; what a screen or a printer would obey is replaced (DESIGN 8).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from html import escape
from typing import IO

import msgspec

from guanhu.domain.branch_time import branch_time
from guanhu.domain.errors import Refused
from guanhu.domain.text import visible
from guanhu.projections.log import LogEntry
from guanhu.projections.paper import Cell, Words, about, beginning, came_of, shown, width

COLUMNS = (
    "date", "customer_no", "name", "tier", "kind", "channel", "outcome", "began", "minutes", "staff", "companions",
    "note", "next", "written", "late", "corrected",
)  # fmt: skip

MOST_ROWS = 1_048_570
"""What a sheet of Excel holds below its title and header."""

WIDEST, NARROWEST, NOTE_WIDTH = 40, 6, 50


class Heading(msgspec.Struct, frozen=True):
    """What stands above the log: whose it is, and of which days."""

    title: str
    period: str


def cells(entry: LogEntry, labels: Mapping[str, str]) -> list[Cell]:
    """One entry as the cells of COLUMNS; times are China's, without a zone, as sheets want them."""
    words = Words(labels)
    word = words.id
    return [
        entry.on,
        visible(entry.customer_no),
        visible(entry.name),
        word("tier", entry.tier),
        " ".join(filter(None, (word("kind", entry.kind), about(entry.kind, entry.subject, entry.occurrence, words)))),
        word("channel", entry.channel),
        came_of(entry.kind, entry.outcome, words),
        f"{entry.began_at:%H:%M}" if entry.began_at else "",
        None if entry.duration_seconds is None else -(-entry.duration_seconds // 60),
        word("staff", entry.staff),
        words.ids("staff", entry.companions),
        visible(entry.note, multiline=True),
        entry.next_on,
        branch_time(entry.recorded_at).replace(tzinfo=None, second=0, microsecond=0),
        labels.get("late", "") if entry.late else "",
        _mending(entry, labels),
    ]


def _mending(entry: LogEntry, labels: Mapping[str, str]) -> str:
    if entry.withdrawn:
        return labels.get("withdrawn", "")
    return labels.get("corrected", "") if entry.corrected else ""


# ---------------------------------------------------------------- Excel
def write_workbook(target: IO[bytes], entries: Sequence[LogEntry], heading: Heading, labels: Mapping[str, str]) -> None:
    """The log as one sheet, ready to print; Refused("too_many_rows")."""
    from xlsxwriter import Workbook

    if len(entries) > MOST_ROWS:
        raise Refused("too_many_rows", rows=len(entries), most=MOST_ROWS)
    # In constant memory a row is written out when the next one begins: a million rows fit.
    book = Workbook(target, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(visible(labels.get("sheet", "log"))[:31])
    line = {"border": 1, "border_color": "#BFBFBF", "valign": "top"}
    text, wrapped = book.add_format(line), book.add_format({**line, "text_wrap": True})
    day = book.add_format({**line, "num_format": "yyyy-mm-dd", "align": "left"})
    moment = book.add_format({**line, "num_format": "yyyy-mm-dd hh:mm", "align": "left"})
    head = book.add_format({**line, "bold": True, "bg_color": "#D9E2F3", "valign": "vcenter", "text_wrap": True})
    last = len(COLUMNS) - 1
    for n, wide in enumerate(_widths(entries, labels)):
        sheet.set_column(n, n, wide)
    sheet.write_string(0, 0, visible(heading.title), book.add_format({"bold": True, "font_size": 16}))
    sheet.write_string(1, 0, visible(heading.period), book.add_format({"font_color": "#595959"}))
    for n, name in enumerate(_names(labels)):
        sheet.write_string(2, n, name, head)
    for row, entry in enumerate(entries, 3):
        for n, cell in enumerate(cells(entry, labels)):
            if cell is None or cell == "":
                sheet.write_blank(row, n, None, text)
            elif isinstance(cell, datetime):
                sheet.write_datetime(row, n, cell, moment)
            elif isinstance(cell, date):
                sheet.write_datetime(row, n, cell, day)
            elif isinstance(cell, int):
                sheet.write_number(row, n, cell, text)
            else:
                sheet.write_string(row, n, cell, wrapped if COLUMNS[n] == "note" else text)
    sheet.freeze_panes(3, 3)
    sheet.autofilter(2, 0, max(2, len(entries) + 2), last)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&P / &N")
    book.close()


def _names(labels: Mapping[str, str]) -> list[str]:
    return [visible(labels.get(f"column.{name}", name)) for name in COLUMNS]


def _widths(entries: Sequence[LogEntry], labels: Mapping[str, str]) -> list[int]:
    """Widths by what stands in the columns."""
    widest = [width(name) + 3 for name in _names(labels)]  # the filter's arrow takes its room
    for entry in entries:
        for n, cell in enumerate(cells(entry, labels)):
            widest[n] = max(widest[n], width(cell) + isinstance(cell, str))
    limits = [NOTE_WIDTH if name == "note" else WIDEST for name in COLUMNS]
    return [min(max(want, NARROWEST), limit) for want, limit in zip(widest, limits, strict=True)]


# ---------------------------------------------------------------- a page
_STYLE = """
body { font: 14px/1.5 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; margin: 1.5em; color: #222 }
h1 { font-size: 1.4em; margin: 0 } p { color: #595959; margin: 0 0 1em }
table { border-collapse: collapse; width: 100% }
th, td { border: 1px solid #bfbfbf; padding: .25em .5em; text-align: left; vertical-align: top }
th { background: #d9e2f3; position: sticky; top: 0 } td { white-space: nowrap }
td.note { white-space: pre-wrap; min-width: 16em } td.minutes { text-align: right }
tr.withdrawn td { text-decoration: line-through; color: #888 }
@media print { body { margin: 0; font-size: 10px } th { position: static } tr { break-inside: avoid }
  td { white-space: normal } @page { size: A4 landscape; margin: 10mm } }
"""


def page(entries: Sequence[LogEntry], heading: Heading, labels: Mapping[str, str], language: str) -> Iterator[str]:
    """The log as an HTML page that needs nothing beside it, in pieces; `language`: zh or en."""
    title, period = escape(visible(heading.title)), escape(visible(heading.period))
    yield beginning(heading.title, _STYLE, language)
    yield f"<h1>{title}</h1>\n<p>{period}</p>\n<table>\n<thead><tr>"
    yield "".join(f"<th>{escape(name)}</th>" for name in _names(labels))
    yield "</tr></thead>\n<tbody>\n"
    for entry in entries:
        row = "".join(
            f'<td class="{name}">{escape(shown(cell))}</td>'
            for name, cell in zip(COLUMNS, cells(entry, labels), strict=True)
        )
        yield f'<tr class="withdrawn">{row}</tr>\n' if entry.withdrawn else f"<tr>{row}</tr>\n"
    yield "</tbody>\n</table>\n</body>\n</html>\n"
