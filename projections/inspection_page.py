"""An inspection's report as one page that needs nothing beside it: charts drawn in, to be read, printed and kept.

Words come from the caller (language/inspection_report_words.py). What a browser would obey is escaped, what a printer
would is replaced.
"""

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from guanhu.domain.branch_time import branch_time
from guanhu.domain.inspection import VERDICTS
from guanhu.domain.text import visible
from guanhu.projections.inspection_cells import LONG, NUMBERS, SHORT, cells, page_columns
from guanhu.projections.inspection_charts import PATTERNS, bar, swatch
from guanhu.projections.inspection_report import LATENESS, Group, Report
from guanhu.projections.inspection_view import Inspection, Item
from guanhu.projections.inspections import Answer, Finding
from guanhu.projections.paper import Words, beginning, shown

_STYLE = """
body { font: 13px/1.5 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; margin: 1.5em auto; color: #222;
  max-width: 96em; padding: 0 1em }
h1 { font-size: 1.6em; margin: 0 } h2 { font-size: 1.15em; margin: 1.4em 0 .4em; color: #1f3a5f }
h3 { font-size: 1em; margin: .8em 0 .2em } p { margin: 0 0 .4em } p.sub, .quiet { color: #595959 }
table { border-collapse: collapse; width: 100%; margin-bottom: .6em }
th, td { border: 1px solid #bfbfbf; padding: .2em .5em; text-align: left; vertical-align: top }
th { background: #d9e2f3; white-space: pre-line; word-break: keep-all }
td.n, th.n { text-align: right; white-space: pre } td.s { white-space: pre }
td.m, td.ok, td.false, td.doubtful, td.cannot_tell { white-space: pre-line; min-width: 6.2em }
td.long { white-space: pre-wrap; min-width: 10em } td.bar { width: 250px; white-space: nowrap }
table.facts { width: auto } table.facts th { background: none; border: 0; font-weight: normal; color: #595959 }
table.facts td { border: 0 } tr.total td { font-weight: bold; border-top: 2px solid #777 }
td.false { font-weight: bold } td.doubtful, td.false, td.cannot_tell { background: #faf1dc }
svg.bar { vertical-align: middle } .legend span { margin-right: 1.4em } .legend svg { vertical-align: -2px }
pre { background: #f4f4f4; border: 1px solid #d0d0d0; padding: .6em; overflow-wrap: anywhere; white-space: pre-wrap }
code { background: #f4f4f4 } .signed { margin-top: 2.5em; display: flex; gap: 5em }
@media (max-width: 68em) { body { font-size: 12px } th, td { padding: .2em .35em } td.long { min-width: 8em } }
@media print { body { margin: 0; font-size: 10px; max-width: none } tr, pre { break-inside: avoid }
  h2, h3 { break-after: avoid } @page { size: A4 landscape; margin: 11mm } }
"""


def page(
    found: Inspection, figures: Report, scope: str, day: str, labels: Mapping[str, str], language: str
) -> Iterator[str]:
    """The page in pieces; `scope`: what is inspected, in words; `day`: as of which, in words; `language`: zh or en."""
    report = _Page(found, figures, Words(labels))
    word, line = report.word, found.line
    yield beginning(f"{word('report')} {line.inspection} {line.title}", _STYLE, language)
    yield f"{PATTERNS}<h1>{_safe(line.title)}</h1>\n"
    printed = word("printed", day=day)
    yield f'<p class="sub">{_safe(word("report"))} {_safe(line.inspection)} · {_safe(printed)}</p>\n'
    yield from report.summary(scope)
    yield from report.verdicts()
    yield from report.lateness()
    yield from report.findings()
    yield from report.items()
    yield from report.basis()
    signing = (word("inspector_signs"), word("outlet_signs"))
    yield '<p class="signed">' + "".join(f"<span>{_safe(each)} ____________</span>" for each in signing)
    yield "</p>\n</body>\n</html>\n"


class _Page:
    """The parts of one report."""

    def __init__(self, found: Inspection, figures: Report, words: Words) -> None:
        self.found = found
        self.figures = figures
        self.word = words

    # ------------------------------------------------------------ what it comes to
    def summary(self, scope: str) -> Iterator[str]:
        """The inspection in a few lines."""
        word, found, line = self.word, self.found, self.found.line
        facts = [
            (word("state"), word.id("state", line.state)),
            (word("scope"), scope),
            (word("opened"), f"{branch_time(found.opened_at):%Y-%m-%d %H:%M} {word.id('staff', line.by)}"),
            (word("sample"), word("drawn", drawn=line.sampled, population=f"{found.population:,}")),
            (word("worksheets"), word("filled", filled=line.filled, sampled=line.sampled)),
            (word("verdicts"), self._counted(self.figures.whole)),
            (word("estimate"), self._estimate()),
            (word("changed_since"), str(self.figures.changed) if self.figures.changed else ""),
            (word("refilled"), str(self.figures.refilled) if self.figures.refilled else ""),
            (word("findings"), self._grades()),
            (word("closed"), f"{line.closed_on} {word.id('staff', found.closed_by)}" if line.closed_on else ""),
            (word("conclusion"), found.conclusion),
            (word("unfinished"), found.unfinished),
        ]
        yield f"<h2>{_safe(word('summary'))}</h2>\n"
        yield from self._facts(facts)

    def _counted(self, verdicts: Mapping[str, int]) -> str:
        return " · ".join(f"{self._verdict(id_)} {count}" for id_, count in verdicts.items() if count)

    def _verdict(self, id_: str) -> str:
        return self.word.id("verdict", id_) or self.word("no_sheet")

    def _estimate(self) -> str:
        if self.figures.estimate is None:
            return ""
        parts, whole = self.figures.estimate
        return self.word("of_about", parts=f"{parts:,}", whole=f"{whole:,}")

    def _grades(self) -> str:
        said = [f"{self.word.id('class', grade)} {count}" for grade, count in self.figures.grades.items() if count]
        if said:
            said.append(f"{self.word('settled')} {self.figures.settled}")
        return " · ".join(said)

    # ------------------------------------------------------------ charts
    def verdicts(self) -> Iterator[str]:
        """Verdicts by tier and by staff, a bar a line."""
        yield f'<p class="legend">{"".join(self._legend())}</p>\n'
        whole = Group("", self.figures.whole, self.found.population)
        for title, groups, name in (
            ("by_tier", self.figures.by_tier, self.word.tier),
            ("by_staff", self.figures.by_staff, lambda id_: self.word.id("staff", id_) or self.word("nobody")),
        ):
            yield f"<h2>{_safe(self.word(title))}</h2>\n"
            most = max((group.sampled for group in groups), default=0)
            rows = [self._group(group, name(group.id), most) for group in groups]
            head = ["group", "#population", "#sampled", *(f"#verdict.{id_}" for id_ in VERDICTS), "verdicts"]
            yield from self._table(head, rows, self._group(whole, self.word("all"), 0))

    def _legend(self) -> Iterator[str]:
        for id_ in (*VERDICTS, ""):
            yield f"<span>{swatch(id_)} {_safe(self._verdict(id_))}</span>"

    def _group(self, group: Group, name: str, most: int) -> list[str]:
        counts = [group.population, group.sampled, *(group.verdicts[id_] for id_ in VERDICTS)]
        drawn = bar(list(group.verdicts.items()), most, self._counted(group.verdicts)) if most else ""
        return [_td(name), *(_td(f"{count:,}", "n") for count in counts), f'<td class="bar">{drawn}</td>']

    def lateness(self) -> Iterator[str]:
        """How late entries were written down; nothing of a sample of customers."""
        if not self.figures.late_known and not self.figures.imported:
            return
        yield f"<h2>{_safe(self.word('lateness'))}</h2>\n"
        if self.figures.imported:
            yield f"<p>{_safe(self.word('imported_left_out', count=self.figures.imported))}</p>\n"
        if not self.figures.late_known:
            return
        most = max(self.figures.late)
        rows = []
        for (first, last), count in zip(LATENESS, self.figures.late, strict=True):
            name = self._days_late(first, last)
            drawn = bar([("plain", count)], most, f"{name}: {count}")
            rows.append([_td(name), _td(str(count), "n"), f'<td class="bar">{drawn}</td>'])
        yield from self._table(["days_after", "#count", ""], rows)

    def _days_late(self, first: int, last: int | None) -> str:
        if not first:
            return self.word("same_day")
        if last is None:
            return self.word("late_more", first=first)
        return str(first) if first == last else self.word("late_span", first=first, last=last)

    # ------------------------------------------------------------ findings
    def findings(self) -> Iterator[str]:
        """Each finding with what was answered."""
        yield f"<h2>{_safe(self.word('findings'))}</h2>\n"
        if not self.found.findings:
            yield f"<p>{_safe(self.word('no_findings'))}</p>\n"
            return
        head = ["#column.n", "class", "kind", "finding", "rests_on", "concerns", "due", "state", "answer"]
        yield from self._table(head, [self._finding(each) for each in self.found.findings])

    def _finding(self, each: Finding) -> list[str]:
        word = self.word
        rests_on = [
            word("entries_named", positions="、".join(map(str, each.entries))) if each.entries else "",
            word("customers_named", numbers="、".join(each.customers)) if each.customers else "",
        ]
        whom = " ".join(part for part in (word.id("outlet", each.outlet), word.id("staff", each.staff)) if part)
        state = word.id("finding_state", each.state) + (f" · {word('overdue')}" if each.overdue else "")
        said = [visible(each.text, multiline=True)]
        if each.reason:
            said.append(word("withdrawn_because", reason=visible(each.reason, multiline=True)))
        answers = "\n".join(line for answer in each.answers for line in self.answer(answer))
        return [
            _td(str(each.n), "n"), _td(word.id("class", each.grade), "s"), _td(word.id("finding_kind", each.kind), "m"),
            _td("\n".join(said), "long"), _td("\n".join(filter(None, rests_on)), "long"), _td(whom, "m"),
            _td(each.due.isoformat(), "s"), _td(state, "m"), _td(answers, "long"),
        ]  # fmt: skip

    def answer(self, answer: Answer) -> Iterator[str]:
        """An answer and its judgement, in lines."""
        who, day = self.word.id("staff", answer.by), answer.on.isoformat()
        yield self.word("answered_by", who=who, day=day, text=visible(answer.text, multiline=True))
        if answer.done:
            yield self.word("done", text=visible(answer.done, multiline=True))
        if answer.accepted is not None and answer.judged_on is not None:
            judge, on = self.word.id("staff", answer.judged_by), answer.judged_on.isoformat()
            judged = self.word("accepted" if answer.accepted else "sent_back", who=judge, day=on)
            yield f"{judged} {visible(answer.note, multiline=True)}".rstrip()

    # ------------------------------------------------------------ the sample
    def items(self) -> Iterator[str]:
        """The sampled items with their worksheets."""
        entries = self.found.line.scope.subject == "entries"
        yield f"<h2>{_safe(self.word('items'))}</h2>\n"
        yield f'<p class="quiet">{_safe(self.word("as_then" if entries else "customers_then"))}</p>\n'
        names = page_columns(self.found)
        titles = ("\n".join(self.word(f"column.{name}") for name in together) for together in names)
        signs = ("#" if together[0] in NUMBERS else "" for together in names)
        head = [sign + title for sign, title in zip(signs, titles, strict=True)]
        rows = [[self._together(item, together) for together in names] for item in self.found.items]
        yield from self._table(head, rows)

    def _together(self, item: Item, names: tuple[str, ...]) -> str:
        """What one column shows of an item, a line for each part."""
        lines = []
        for name, cell in zip(names, cells(item, names, self.word), strict=True):
            late = name == "days_late" and cell
            lines.append(self.word("late_by", days=cell) if late else shown(cell))
        return _td("\n".join(filter(None, lines)), _class(names[0], item.verdict))

    # ------------------------------------------------------------ what it stands on
    def basis(self) -> Iterator[str]:
        """The cut-off and its proof, how the sample was drawn, how to repeat it, what the proof is worth."""
        word, found = self.word, self.found
        yield f"<h2>{_safe(word('basis'))}</h2>\n"
        yield from self._facts([
            (word("cutoff"), word("cutoff_at", position=f"{found.cutoff:,}")),
            (word("root"), b64encode(found.root).decode()),
            (word("seed"), word("seed_chosen" if found.seed_chosen else "seed_root", seed=visible(found.seed))),
            (word("digest"), b64encode(found.digest).decode()),
        ])  # fmt: skip
        yield f"<h3>{_safe(word('checkpoint'))}</h3>\n<pre>{_safe(found.checkpoint, multiline=True)}</pre>\n"
        for name in ("method", "repeat", "covers", "not_covers"):
            text = word(name, number=found.line.inspection, size=f"{found.cutoff:,}")
            yield f"<h3>{_safe(word(f'{name}_title'))}</h3>\n<p>{_code(text)}</p>\n"

    # ------------------------------------------------------------ tables
    def _facts(self, facts: Sequence[tuple[str, str]]) -> Iterator[str]:
        yield '<table class="facts">\n'
        for title, value in facts:
            if value:
                yield f"<tr><th>{_safe(title)}</th>{_td(visible(value, multiline=True), 'long')}</tr>\n"
        yield "</table>\n"

    def _table(self, head: Sequence[str], rows: Sequence[Sequence[str]], foot: Sequence[str] = ()) -> Iterator[str]:
        """`#` before a title: its column holds numbers. The cells are made already."""
        yield "<table>\n<thead><tr>"
        for title in head:
            name = self.word(title.removeprefix("#")) if title else ""
            number = ' class="n"' if title.startswith("#") else ""
            yield f"<th{number}>{_safe(name, multiline=True)}</th>"
        yield "</tr></thead>\n<tbody>\n"
        for row in rows:
            yield f"<tr>{''.join(row)}</tr>\n"
        if foot:
            yield f'<tr class="total">{"".join(foot)}</tr>\n'
        yield "</tbody>\n</table>\n"


def _class(column: str, verdict: str | None) -> str:
    if column == "verdict" and verdict:
        return verdict
    return "n" if column in NUMBERS else "long" if column in LONG else "s" if column in SHORT else "m"


def _td(text: str, cls: str = "") -> str:
    return f'<td class="{cls}">{escape(text)}</td>' if cls else f"<td>{escape(text)}</td>"


def _safe(text: str, *, multiline: bool = False) -> str:
    return escape(visible(text, multiline=multiline))


def _code(text: str) -> str:
    """Text with commands between backticks."""
    parts = escape(text).split("`")
    return "".join(f"<code>{part}</code>" if n % 2 else part for n, part in enumerate(parts))
