"""The meeting sheet as a page that a browser prints: one A4 sheet for the morning and the evening.

Words come from the caller, who knows the reader's language: a mapping of label to text, where `staff.<id>`,
`tier.<id>`, `role.<id>` and `duty.<id>` are the book's names and all others the sheet's (language/meeting_words.py).
An id without a text is shown as it is. What a browser would obey is escaped, what a printer would is replaced.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from html import escape

import msgspec

from guanhu.domain.money import format_wan
from guanhu.domain.text import visible
from guanhu.projections.assignment import Waiting
from guanhu.projections.meeting import Meeting, Part
from guanhu.projections.paper import Words, beginning
from guanhu.projections.queue import DutyItem

MOST_LINES = 12
"""Lines of a list on the sheet; how many more there are is said."""


class Heading(msgspec.Struct, frozen=True):
    """What stands above: the outlet's name, the day in words."""

    outlet: str
    day: str


_STYLE = """
body { font: 13px/1.45 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; margin: 1.5em; color: #222 }
h1 { font-size: 1.5em; margin: 0 } h2 { font-size: 1.1em; margin: 1.1em 0 .3em; color: #1f3a5f }
p { margin: 0 0 .4em; color: #595959 } p.signed { margin-top: 1.6em; text-align: right; color: #222 }
table { border-collapse: collapse; width: 100% }
th, td { border: 1px solid #bfbfbf; padding: .2em .5em; text-align: left; vertical-align: top }
th { background: #d9e2f3 } td.n, th.n { text-align: right; white-space: nowrap }
tr.total td { font-weight: bold; border-top: 2px solid #777 } .away { color: #8a5a00 }
.both { display: grid; grid-template-columns: 1fr 1fr; gap: 0 2em }
@media print { body { margin: 0; font-size: 10px } tr { break-inside: avoid }
  @page { size: A4 portrait; margin: 12mm } }
"""


def page(meeting: Meeting, heading: Heading, labels: Mapping[str, str], language: str) -> Iterator[str]:
    """The page in pieces; `language`: zh or en."""
    sheet = _Sheet(meeting, labels)
    yield beginning(f"{sheet.word('title')} {heading.outlet} {meeting.day.isoformat()}", _STYLE, language)
    yield f"<h1>{escape(visible(heading.outlet))}</h1>\n"
    yield f"<p>{escape(sheet.word('title'))} {escape(visible(heading.day))}</p>\n"
    yield from sheet.morning()
    yield from sheet.others()
    yield from sheet.evening()
    yield f'<p class="signed">{escape(sheet.word("signed"))} ____________</p>\n</body>\n</html>\n'


class _Sheet:
    """The parts of one sheet."""

    def __init__(self, meeting: Meeting, labels: Mapping[str, str]) -> None:
        self.meeting = meeting
        self.word = Words(labels)

    def _staff(self, staff_id: str) -> str:
        return self.word.id("staff", staff_id)

    # ------------------------------------------------------------ the morning
    def morning(self) -> Iterator[str]:
        """Who does what."""
        yield f"<h2>{escape(self.word('morning'))}</h2>\n"
        head = ["staff", "post", "#overdue", "#due_today", "#due_week", "first", "steps"]
        rows = [
            [*self._who(part), *map(str, _pressing(part)), self._first(part), self._steps(part)]
            for part in self.meeting.parts
        ]
        whole = [self.word("total"), "", *map(str, _pressing(self.meeting.whole)), "", ""]
        yield from self._table(head, rows, whole)
        if self.meeting.unowed:
            yield f"<p>{escape(self.word('unowed', count=self.meeting.unowed))}</p>\n"

    def _who(self, part: Part) -> list[str]:
        name = self._staff(part.staff_id)
        if part.load.away:
            name += f" ({self.word('leave')}, {self.word('stand_in')} {self._staff(part.load.away)})"
        return [name, self.word.ids("role", tuple(part.load.roles))]

    def _first(self, part: Part) -> str:
        return "；".join(self._duty(item) for item in part.first)

    def _duty(self, item: DutyItem) -> str:
        whom = visible(item.name or item.customer_no or "") if item.customer_no else ""
        return " ".join(each for each in (whom, self.word.id("duty", item.duty), _month_day(item.due)) if each)

    def _steps(self, part: Part) -> str:
        return "、".join(visible(step.name or step.customer_no) for step in part.steps)

    # ------------------------------------------------------------ what concerns all
    def others(self) -> Iterator[str]:
        """Who waits, who is away, who rose or fell."""
        yield '<div class="both">\n<div>\n'
        waiting = self.meeting.waiting
        yield f"<h2>{escape(self.word('waiting'))} {len(waiting)}</h2>\n"
        head = ["number", "name", "tier", "#aum", "missing", "since"]
        yield from self._listed(head, [self._waits(each) for each in waiting], "nobody_waits")
        yield "</div>\n<div>\n"
        leave = self.meeting.leave
        yield f"<h2>{escape(self.word('leave'))} {len(leave)}</h2>\n"
        away = [
            [*map(self._staff, (each.staff, each.stand_in)), *map(_month_day, (each.first, each.last))]
            for each in leave
        ]
        yield from self._listed(["staff", "stand_in", "from", "to"], away, "nobody_away")
        moves = [mover for mover in self.meeting.moves.movers if not mover.came]
        since = self.word("moves", day=_month_day(self.meeting.before))
        yield f"<h2>{escape(since)} {len(moves)}</h2>\n"
        rows = [
            [visible(each.customer_no), visible(each.name), *map(self.word.tier, (each.from_tier, each.to_tier)),
             _wan(each.to_fen)]
            for each in moves
        ]  # fmt: skip
        yield from self._listed(["number", "name", "before", "tier", "#aum"], rows, "no_moves")
        yield "</div>\n</div>\n"

    def _waits(self, each: Waiting) -> list[str]:
        missing = [self.word.id("role", role) for role in each.missing]
        if each.no_system_owner:
            missing.append(self.word("system"))
        return [
            visible(each.customer_no), visible(each.name), self.word.id("tier", each.tier), _wan(each.aum_fen),
            "、".join(missing), _month_day(each.since),
        ]  # fmt: skip

    # ------------------------------------------------------------ the evening
    def evening(self) -> Iterator[str]:
        """What was done, and what is left."""
        yield f"<h2>{escape(self.word('evening'))}</h2>\n"
        head = ["staff", "#entries", "#contacts", "#reached", "#visits", "#done_today", "#left", "#missed"]
        rows = [[self._staff(part.staff_id), *map(str, _done(part))] for part in self.meeting.parts]
        yield from self._table(head, rows, [self.word("total"), *map(str, _done(self.meeting.whole))])

    # ------------------------------------------------------------ tables
    def _listed(self, head: Sequence[str], rows: Sequence[Sequence[str]], none: str) -> Iterator[str]:
        if not rows:
            yield f"<p>{escape(self.word(none))}</p>\n"
            return
        yield from self._table(head, rows[:MOST_LINES])
        if len(rows) > MOST_LINES:
            yield f"<p>{escape(self.word('more', count=len(rows) - MOST_LINES))}</p>\n"

    def _table(self, head: Sequence[str], rows: Iterable[Sequence[str]], foot: Sequence[str] = ()) -> Iterator[str]:
        """`#` before a title: its column holds numbers."""
        classes = [' class="n"' if title.startswith("#") else "" for title in head]
        names = [self.word(title.removeprefix("#")) for title in head]
        yield "<table>\n<thead><tr>"
        yield "".join(f"<th{cls}>{escape(name)}</th>" for cls, name in zip(classes, names, strict=True))
        yield "</tr></thead>\n<tbody>\n"
        for row in rows:
            yield f"<tr>{_cells(classes, row)}</tr>\n"
        if foot:
            yield f'<tr class="total">{_cells(classes, foot)}</tr>\n'
        yield "</tbody>\n</table>\n"


def _cells(classes: Sequence[str], row: Sequence[str]) -> str:
    return "".join(f"<td{cls}>{escape(cell)}</td>" for cls, cell in zip(classes, row, strict=True))


def _pressing(part: Part) -> tuple[int, int, int]:
    return part.load.overdue, part.load.due_today, part.load.due_week


def _done(part: Part) -> tuple[int, ...]:
    return part.entries, part.contacts, part.reached, part.visits, part.done_today, part.pressing, part.load.missed


def _month_day(day: date | None) -> str:
    return f"{day:%m-%d}" if day else ""


def _wan(fen: int | None) -> str:
    return "" if fen is None else format_wan(fen, 1)
