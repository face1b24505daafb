"""Beside the lists of an inspection: the whole of an item as it stood at the cut-off, of a finding, of a line."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content

from guanhu.domain.branch_time import branch_time
from guanhu.domain.inspection import SETTLED
from guanhu.domain.text import visible
from guanhu.language import _
from guanhu.language.flag_words import flag_name
from guanhu.language.inspection_words import named
from guanhu.language.log_words import kind_text
from guanhu.projections.entry_then import EntryThen
from guanhu.projections.inspection_view import Item
from guanhu.projections.inspections import Answer, Finding, InspectionLine
from guanhu.tui.cells import fit, wan, weekday
from guanhu.tui.flag_words import evidence_line
from guanhu.tui.inspection_about import shown_outcome
from guanhu.tui.inspection_export import scope_text
from guanhu.tui.inspection_rows import VERDICT_STYLES, concerns
from guanhu.tui.names import Names, day_text, listed
from guanhu.tui.titled import aligned, titled
from guanhu.tui.widgets.breaking import HANG

SHOWN = 8
"""Entries of a sampled customer that are named by their numbers."""


class Fact(NamedTuple):
    """A title with its text; `warns`: it deserves a second look. `colour` is that of the text."""

    title: str
    text: str
    warns: bool = False
    colour: str = ""


def laid(lines: Sequence[Content | Fact]) -> Iterator[Content]:
    """The lines of a card: the texts of all its facts stand one under the other, whatever stands between them."""
    widest = max((cell_len(line.title) for line in lines if isinstance(line, Fact)), default=0)
    for line in lines:
        if isinstance(line, Content):
            yield line
        else:
            title = (f"{fit(line.title, widest)}  ", "$soon" if line.warns else "$muted")
            yield Content.assemble(title, HANG, (visible(line.text, multiline=True), line.colour))


# ---------------------------------------------------------------- an inspection
def line_lines(line: InspectionLine, names: Names) -> Iterator[Content]:
    """An inspection in the list: what it is of, how far it is."""
    yield Content.assemble((visible(line.inspection), "bold"), f"  {visible(line.title)}")
    yield from aligned(line_facts(line, names, day_text(line.opened_on)))
    if line.closed_on is not None:
        yield titled(_("Closed"), day_text(line.closed_on))


def line_facts(line: InspectionLine, names: Names, started: str) -> list[tuple[str, str]]:
    """Titles and what is said under them; `started`: the day or the moment of the opening, in words."""
    wrong = _("{count} (doubtful or untrue)", count=line.wrong) if line.wrong else ""
    overdue = _("overdue {count}", count=line.overdue) if line.overdue else ""
    told = _("{count}, pending {open}", count=line.findings, open=line.unsettled)
    facts = [
        (_("State"), named("state", line.state)),
        (_("Scope"), scope_text(line.scope, names)),
        (_("Started"), listed([started, names.staff(line.by)])),
        (_("Checked"), _("{filled} of {sampled}", filled=line.filled, sampled=line.sampled)),
        (_("Not true"), wrong),
        (_("Can't be told"), str(line.cannot_tell or "")),
        (_("Findings"), listed([told, overdue])),
    ]
    return [(title, text) for title, text in facts if text]


# ---------------------------------------------------------------- an item
def item_lines(item: Item, names: Names) -> Iterator[Content]:
    """A sampled item: what stood at the cut-off, what came since, what the inspector found."""
    return laid([*_item_parts(item, names), Content(""), *_sheet_parts(item, names)])


def _item_parts(item: Item, names: Names) -> Iterator[Content | Fact]:
    yield Content.assemble(
        (visible(item.name or item.customer_no), "bold"), f"  {visible(item.customer_no)}  ",
        (visible(names.outlet(item.outlet)), "$muted"),
    )  # fmt: skip
    if item.entry is not None:
        yield from _entry_parts(item.entry, names)
    elif item.customer is not None:
        then = item.customer
        yield Fact(_("Owner"), names.staff(item.staff) or _("nobody"))
        yield Fact(_("AUM, wan"), wan(then.aum_fen))
        last = _("last {day}", day=day_text(then.last_on)) if then.last_on else ""
        yield Fact(_("Entries in the days"), listed([str(len(then.positions)), last]))
        if then.positions:
            more = ".." if len(then.positions) > SHOWN else ""
            yield Fact(_("Entry"), listed([*map(str, then.positions[-SHOWN:]), more]))
        if then.changed:
            yield Fact(_("Corrected since"), listed(map(str, then.changed)), warns=True)
    if item.flags:
        yield Fact(_("Red flags"), listed(map(flag_name, item.flags)), warns=True)
    for piece in item.evidence:
        yield Fact(_("Evidence"), evidence_line(piece, names), warns=True)
    yield Fact(_("Drawn from"), listed([names.tier(item.tier), names.staff(item.staff) or _("nobody")]))


def _entry_parts(entry: EntryThen, names: Names) -> Iterator[Content | Fact]:
    yield Content.assemble((visible(kind_text(entry, names)), "bold"), f"  {entry.on:%Y-%m-%d} {weekday(entry.on)}")
    if entry.outcome:
        yield Fact(_("Outcome"), shown_outcome(entry))
    if entry.note:
        yield Fact(_("Note"), entry.note)
    if entry.began_at is not None:
        yield Fact(_("Began"), f"{entry.began_at:%H:%M}")
    if entry.duration_seconds is not None:
        yield Fact(_("Lasted"), _("{value} seconds", value=f"{entry.duration_seconds:,}"))
    yield Fact(_("By"), listed([names.staff(entry.staff), names.staff_list(entry.companions)]))
    if entry.next_on:
        yield Fact(_("Next step"), day_text(entry.next_on))
    written = f"{branch_time(entry.recorded_at):%Y-%m-%d %H:%M}" if entry.recorded_at else ""
    writer = "" if entry.by in ("", entry.staff) else names.staff(entry.by)
    late = _("{days} days late", days=entry.days_late) if entry.days_late else ""
    yield Fact(_("Written"), listed([written, writer, late]), warns=bool(late))
    if entry.corrected is not None:
        yield Fact(_("As corrected by entry"), str(entry.corrected))
    if entry.changed:
        since = _("withdrawn since") if entry.withdrawn else _("Corrected since")
        yield Fact(since, listed(map(str, entry.changed)), warns=True)
    yield Fact(_("Entry"), str(entry.position))


def _sheet_parts(item: Item, names: Names) -> Iterator[Content | Fact]:
    if item.verdict is None:
        yield Content.styled(_("No worksheet yet: Enter fills it in."), "$muted")
    else:
        colour = _COLOURS[VERDICT_STYLES[item.verdict]]
        yield Fact(_("Verdict"), named("verdict", item.verdict), colour=f"bold {colour}")
        if item.checks:
            yield Fact(_("Checked by"), listed(named("check", check) for check in item.checks))
        if item.remark:
            yield Fact(_("Remark"), item.remark)
        yield Fact(_("Filled in"), listed([names.staff(item.filled_by), day_text(item.filled_on)]))
    for sheet in item.earlier:
        said = [named("verdict", sheet.verdict), names.staff(sheet.by), day_text(sheet.on), sheet.remark]
        yield Fact(_("Verdict before"), listed(said), warns=True)
    if item.findings:
        yield Fact(_("Finding"), listed(map(str, item.findings)), warns=True)


_COLOURS = {"good": "$good", "soon": "$soon", "late": "$late", "muted": "$muted"}


# ---------------------------------------------------------------- a finding
def finding_lines(finding: Finding, names: Names) -> Iterator[Content]:
    """A finding with all that was said to it."""
    return laid(list(_finding_parts(finding, names)))


def _finding_parts(finding: Finding, names: Names) -> Iterator[Content | Fact]:
    what = listed([named("class", finding.grade), named("finding_kind", finding.kind)])
    state = named("finding_state", finding.state)
    overdue = f" ({_('overdue')})" if finding.overdue else ""
    colour = "$late" if finding.overdue else "$muted" if finding.state in SETTLED else "$soon"
    yield Content.assemble((f"{finding.n}. {visible(what)}", "bold"), (f"  {state}{overdue}", colour))
    yield Fact(_("Concerns"), concerns(finding, names))
    yield Fact(_("Finding"), finding.text)
    if finding.reason:
        yield Fact(_("Withdrawn"), finding.reason, warns=True)
    for answer in finding.answers:
        yield Content("")
        yield from _answer_parts(answer, names)
    yield Content("")
    yield Fact(_("To be mended by"), day_text(finding.due))
    if finding.entries:
        yield Fact(_("Rests on entries"), listed(map(str, finding.entries)))
    if finding.customers:
        yield Fact(_("Customers"), listed(finding.customers))
    yield Fact(_("Raised"), listed([names.staff(finding.by), day_text(finding.on)]))


def _answer_parts(answer: Answer, names: Names) -> Iterator[Fact]:
    yield Fact(_("Answer"), answer.text)
    if answer.done:
        yield Fact(_("What was done"), answer.done)
    yield Fact(_("Answered"), listed([names.staff(answer.by), day_text(answer.on)]))
    if answer.accepted is None:
        yield Fact(_("Judgement"), _("Not judged yet."), colour="$soon")
        return
    words, colour = (_("Accepted"), "$good") if answer.accepted else (_("Sent back"), "$late")
    yield Fact(_("Judgement"), words, colour=f"bold {colour}")
    if answer.note:
        yield Fact(_("Reason or note"), answer.note)
    yield Fact(_("Judged"), listed([names.staff(answer.judged_by), day_text(answer.judged_on)]))
