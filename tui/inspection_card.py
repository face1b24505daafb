"""Beside the lists of an inspection: the whole of an item as it stood at the cut-off, of a finding, of a line."""

from collections.abc import Iterator

from textual.content import Content

from guanhu.domain.branch_time import branch_time
from guanhu.domain.inspection import SETTLED
from guanhu.domain.text import visible
from guanhu.language import _
from guanhu.language.flag_words import flag_name
from guanhu.language.inspection_words import named
from guanhu.language.log_words import kind_text
from guanhu.language.terms import outcome_or_closing
from guanhu.projections.entry_then import EntryThen
from guanhu.projections.inspection_view import Item
from guanhu.projections.inspections import Answer, Finding, InspectionLine
from guanhu.tui.cells import wan, weekday
from guanhu.tui.flag_words import evidence_line
from guanhu.tui.inspection_export import scope_text
from guanhu.tui.inspection_rows import VERDICT_STYLES, concerns
from guanhu.tui.names import Names, day_text, listed

SHOWN = 8
"""Entries of a sampled customer that are named by their numbers."""


# ---------------------------------------------------------------- an inspection
def line_lines(line: InspectionLine, names: Names) -> Iterator[Content]:
    """An inspection in the list: what it is of, how far it is."""
    yield Content.assemble((visible(line.inspection), "bold"), f"  {visible(line.title)}")
    yield titled(_("State"), named("state", line.state))
    yield titled(_("Scope"), scope_text(line.scope, names))
    yield titled(_("Started"), listed([day_text(line.opened_on), names.staff(line.by)]))
    checked = _("{filled} of {sampled}", filled=line.filled, sampled=line.sampled)
    wrong = _("not in order {count}", count=line.wrong) if line.wrong else ""
    yield titled(_("Checked"), listed([checked, wrong]))
    overdue = _("overdue {count}", count=line.overdue) if line.overdue else ""
    told = _("{count}, not settled {open}", count=line.findings, open=line.unsettled)
    yield titled(_("Findings"), listed([told, overdue]))
    if line.closed_on is not None:
        yield titled(_("Closed"), day_text(line.closed_on))


# ---------------------------------------------------------------- an item
def item_lines(item: Item, names: Names) -> Iterator[Content]:
    """A sampled item: what stood at the cut-off, what came since, what the inspector found."""
    yield Content.assemble(
        (visible(item.name or item.customer_no), "bold"), f"  {visible(item.customer_no)}  ",
        (visible(listed([names.tier(item.tier), names.outlet(item.outlet)])), "$muted"),
    )  # fmt: skip
    if item.entry is not None:
        yield from _entry_lines(item.entry, names)
    elif item.customer is not None:
        then = item.customer
        yield titled(_("Owner"), names.staff(item.staff) or _("nobody"))
        yield titled(_("AUM, wan"), wan(then.aum_fen))
        last = _("last {day}", day=day_text(then.last_on)) if then.last_on else ""
        yield titled(_("Entries in the days"), listed([str(len(then.positions)), last]))
        if then.positions:
            more = ".." if len(then.positions) > SHOWN else ""
            yield titled(_("Entry"), listed([*map(str, then.positions[-SHOWN:]), more]))
        if then.changed:
            yield _warned(_("Corrected since"), listed(map(str, then.changed)))
    if item.flags:
        yield _warned(_("Red flags"), listed(map(flag_name, item.flags)))
    for piece in item.evidence:
        yield _warned(_("Evidence"), evidence_line(piece, names))
    yield Content("")
    yield from _sheet_lines(item, names)


def _entry_lines(entry: EntryThen, names: Names) -> Iterator[Content]:
    yield Content.assemble((visible(kind_text(entry, names)), "bold"), f"  {entry.on:%Y-%m-%d} {weekday(entry.on)}")
    if entry.outcome:
        yield titled(_("Outcome"), outcome_or_closing(entry.outcome, entry.kind))
    if entry.note:
        yield titled(_("Note"), entry.note)
    if entry.began_at is not None:
        yield titled(_("Began"), f"{entry.began_at:%H:%M}")
    if entry.duration_seconds is not None:
        yield titled(_("Lasted"), _("{value} seconds", value=f"{entry.duration_seconds:,}"))
    yield titled(_("By"), listed([names.staff(entry.staff), names.staff_list(entry.companions)]))
    if entry.next_on:
        yield titled(_("Next step"), day_text(entry.next_on))
    yield titled(_("Happened"), f"{entry.on:%Y-%m-%d}")
    written = f"{branch_time(entry.recorded_at):%Y-%m-%d %H:%M}" if entry.recorded_at else ""
    writer = "" if entry.by in ("", entry.staff) else names.staff(entry.by)
    late = _("{days} days late", days=entry.days_late) if entry.days_late else ""
    if late:
        yield _warned(_("Written"), listed([written, writer, late]))
    else:
        yield titled(_("Written"), listed([written, writer]))
    if entry.corrected is not None:
        yield titled(_("As corrected by entry"), str(entry.corrected))
    if entry.changed:
        since = _("withdrawn since") if entry.withdrawn else _("Corrected since")
        yield _warned(since, listed(map(str, entry.changed)))
    yield titled(_("Entry"), str(entry.position))


def _sheet_lines(item: Item, names: Names) -> Iterator[Content]:
    if item.verdict is None:
        yield Content.styled(_("No worksheet yet: Enter fills it in."), "$muted")
    else:
        colour = {"good": "$good", "soon": "$soon", "late": "$late", "muted": "$muted"}[VERDICT_STYLES[item.verdict]]
        who = listed([names.staff(item.filled_by), day_text(item.filled_on)])
        yield Content.assemble(
            (f"{_('Verdict')}  ", "$muted"), (named("verdict", item.verdict), f"bold {colour}"), f"  {visible(who)}"
        )  # fmt: skip
        if item.checks:
            yield titled(_("Checked by"), listed(named("check", check) for check in item.checks))
        if item.remark:
            yield titled(_("Remark"), item.remark)
    for sheet in item.earlier:
        said = [named("verdict", sheet.verdict), names.staff(sheet.by), day_text(sheet.on), sheet.remark]
        yield _warned(_("Filled in anew; before"), listed(said))
    if item.findings:
        yield _warned(_("Finding"), listed(map(str, item.findings)))


# ---------------------------------------------------------------- a finding
def finding_lines(finding: Finding, names: Names) -> Iterator[Content]:
    """A finding with all that was said to it."""
    what = listed([named("class", finding.grade), named("finding_kind", finding.kind)])
    state = named("finding_state", finding.state)
    overdue = f" ({_('overdue')})" if finding.overdue else ""
    colour = "$late" if finding.overdue else "$muted" if finding.state in SETTLED else "$soon"
    yield Content.assemble((f"{finding.n}. {visible(what)}", "bold"), (f"  {state}{overdue}", colour))
    yield titled(_("Concerns"), concerns(finding, names))
    yield Content(visible(finding.text, multiline=True))
    if finding.reason:
        yield _warned(_("Withdrawn"), finding.reason)
    for answer in finding.answers:
        yield from _answer_lines(answer, names)
    yield Content("")
    yield titled(_("To be mended by"), day_text(finding.due))
    if finding.entries:
        yield titled(_("Rests on entries"), listed(map(str, finding.entries)))
    if finding.customers:
        yield titled(_("Customers"), listed(finding.customers))
    yield titled(_("Raised"), listed([names.staff(finding.by), day_text(finding.on)]))


def _answer_lines(answer: Answer, names: Names) -> Iterator[Content]:
    who = listed([names.staff(answer.by), day_text(answer.on)])
    yield Content.assemble((_("Answer"), "bold"), (f"  {visible(who)}", "$muted"))
    yield Content(visible(answer.text, multiline=True))
    if answer.done:
        yield titled(_("What was done"), answer.done)
    if answer.accepted is None:
        yield Content.styled(_("Not judged yet."), "$soon")
        return
    who = listed([names.staff(answer.judged_by), day_text(answer.judged_on)])
    words, colour = (_("Accepted"), "$good") if answer.accepted else (_("Sent back"), "$late")
    yield Content.assemble((words, f"bold {colour}"), (f"  {visible(who)}", "$muted"))
    if answer.note:
        yield Content(visible(answer.note, multiline=True))


# ---------------------------------------------------------------- lines
def titled(title: str, text: str) -> Content:
    """A line with its title before it."""
    return Content.assemble((f"{title}  ", "$muted"), visible(text, multiline=True))


def _warned(title: str, text: str) -> Content:
    return Content.assemble((f"{title}  ", "$soon"), visible(text, multiline=True))
