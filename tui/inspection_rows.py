"""Inspections in lists: which there are, the sampled items of one, its findings; columns and rows."""

from collections.abc import Iterator, Sequence

from guanhu.domain.inspection import SETTLED
from guanhu.language import N_, _
from guanhu.language.flag_words import flag_name
from guanhu.language.inspection_words import (
    FINDING_KINDS,
    SHORT_FINDING_KINDS,
    SHORT_FINDING_STATES,
    SHORT_STATES,
    named,
)
from guanhu.language.log_words import kind_text
from guanhu.projections.inspection_view import Item
from guanhu.projections.inspections import Finding, InspectionLine
from guanhu.tui.cells import day_month, wan
from guanhu.tui.names import Names, capital, first_of, listed
from guanhu.tui.widgets.columns import Cell, Column
from guanhu.tui.widgets.pages import Row

STATE_STYLES = {"open": "", "answering": "soon", "judging": "soon", "ready": "good", "closed": "muted"}
VERDICT_STYLES = {"ok": "good", "doubtful": "soon", "false": "late", "cannot_tell": "muted"}
GRADES = ("grave", "serious", "minor")
"""Findings stand in this order, the gravest first."""
AWAITS = {
    "raised": N_("For the outlet to answer"), "sent_back": N_("Sent back, to be answered anew"),
    "answered": N_("For the inspector to judge"), "accepted": N_("Accepted"), "withdrawn": N_("Withdrawn"),
}  # fmt: skip
"""Answers stand by what is awaited, in this order."""


# ---------------------------------------------------------------- inspections
def inspection_columns(names: Names, *, judged: bool) -> list[Column]:
    """The columns of an `InspectionLine`; `judged`: who looks may see what the worksheets say."""

    def findings(line: InspectionLine) -> Cell:
        words = f"{line.unsettled}/{line.findings}" if line.findings else ""
        return words, "late" if line.overdue else "soon" if line.unsettled else "muted"

    columns = [
        Column("inspection", _("No."), lambda line: (line.inspection, "strong"), 11),
        Column("title", _("Title"), lambda line: line.title, 10, 0, 10),
        Column("state", _("State"), lambda line: (named("state", line.state), STATE_STYLES[line.state]), 14, 22, 4,
               short=lambda line, _width: _(SHORT_STATES.get(line.state, "")) or named("state", line.state)),
        Column("where", _("Scope"), lambda line: where_words(line, names), 8, 22, 4),
        Column("days", _("Days inspected"), days_words, 14, 23, 1, priority=2),
        Column("subject", _("Sampled from"), lambda line: named("subject", line.scope.subject), 8, 26, 1, priority=4),
        Column("filled", _("Checked"), lambda line: f"{line.filled}/{line.sampled}", 7, align="right"),
        Column("wrong", _("Not true"), lambda line: (str(line.wrong or ""), "late"), 8, 0, 0, "right", 3),
        Column("findings", _("Pending"), findings, 7, 0, 0, "right"),
        Column("by", _("Inspector"), lambda line: names.staff(line.by), 9, 12, 1, priority=3),
        Column("opened", _("Started"), lambda line: line.opened_on.isoformat(), 10, priority=3),
    ]  # fmt: skip
    return columns if judged else [column for column in columns if column.id != "wrong"]


def where_words(line: InspectionLine, names: Names) -> str:
    """Which outlet and whose work is inspected."""
    scope = line.scope
    return listed([names.outlet(scope.outlet), names.staff(scope.staff_id)]) or _("the whole branch")


def days_words(line: InspectionLine) -> str:
    """From when to when, in few cells."""
    first, last = line.scope.first, line.scope.last
    return f"{day_month(first, line.opened_on)} - {day_month(last, line.opened_on)}"


# ---------------------------------------------------------------- the sample
def item_columns(names: Names, *, entries: bool) -> list[Column]:
    """The columns of an `Item`: those of entries, or those of customers."""
    of_item = [
        Column("n", "#", lambda item: (str(item.n), "muted"), 3, align="right"),
        Column("name", _("Customer"), lambda item: (item.name or item.customer_no, "strong"), 8, 14, 2),
        Column("tier", _("Tier"), lambda item: (names.tier(item.tier), "muted"), 9, 14, 1, priority=3),
    ]
    of_entry = [
        Column("on", _("Date"), lambda item: f"{item.entry.on:%m-%d}" if item.entry else "", 5),
        Column("what", _("Act"), lambda item: kind_text(item.entry, names) if item.entry else "", 10, 24, 4),
        Column("staff", _("By"), lambda item: names.staff(item.entry.staff if item.entry else item.staff), 6, 12, 2),
    ]
    of_customer = [
        Column("staff", _("Owner"), lambda item: names.staff(item.staff) or _("nobody"), 6, 12, 2),
        Column("aum", _("AUM, wan"), lambda item: wan(item.customer.aum_fen), 8, align="right", priority=2),
        Column("entries", _("Entries"), lambda item: str(len(item.customer.positions)), 7, align="right"),
        Column("last", _("Last"), lambda item: f"{item.customer.last_on:%m-%d}" if item.customer.last_on else "", 5),
    ]
    of_sheet = [
        Column("noticed", _("Noticed"), lambda item: (noticed(item), "soon"), 15, 30, 5, priority=1,
               short=lambda item, width: first_of(_noticed(item), width)),
        Column("verdict", _("Verdict"), verdict_cell, 8, 14, 2),
        Column("remark", _("Remark"), lambda item: " ".join(item.remark.split()), 8, 0, 6, priority=2),
        Column("findings", _("Finding"), lambda item: (listed(map(str, item.findings)), "late"), 4, priority=3),
    ]  # fmt: skip
    return [*of_item, *(of_entry if entries else of_customer), *of_sheet]


def verdict_cell(item: Item) -> Cell:
    """The verdict, or that there is no worksheet yet."""
    if item.verdict is None:
        return _("unchecked"), "muted"
    return named("verdict", item.verdict), VERDICT_STYLES[item.verdict]


def noticed(item: Item) -> str:
    """What is to be noticed of an item: written late, changed since the cut-off, red flags, evidence."""
    return listed(_noticed(item))


def _noticed(item: Item) -> list[str]:
    entry = item.entry
    late = _("{days} days late", days=entry.days_late) if entry is not None and entry.days_late else ""
    changed = ""
    if entry is not None and entry.withdrawn:
        changed = _("withdrawn since")
    elif item.changed:
        changed = _("corrected since")
    evidence = _("evidence {count}", count=len(item.evidence)) if item.evidence else ""
    flags = [flag_name(flag) for flag in item.flags if not (late and flag == "late_writing")]  # the days say it
    return [words for words in (changed, evidence, late, *flags) if words]


def item_rows(items: Sequence[Item]) -> list[Row]:
    """The items in the order in which they were drawn: by tier and member of staff."""
    return [Row(item.key, item) for item in items]


# ---------------------------------------------------------------- findings
def finding_columns(names: Names) -> list[Column]:
    """The columns of a `Finding`."""
    return [
        Column("n", "#", lambda finding: (str(finding.n), "muted"), 3, align="right"),
        Column("kind", _("Kind"), lambda finding: (named("finding_kind", finding.kind), "strong"), 17, 24, 3,
               short=lambda finding, _width: _(SHORT_FINDING_KINDS.get(finding.kind, FINDING_KINDS[finding.kind]))),
        Column("class", _("Class"), lambda finding: named("class", finding.grade), 4, 8, 1),
        Column("staff", _("Concerns"), lambda finding: concerns(finding, names), 16, 24, 2),
        Column("due", _("Due"), lambda finding: (f"{finding.due:%m-%d}", "late" if finding.overdue else ""), 5),
        Column("state", _("State"), state_cell, 14, 22, 2, short=state_short),
        Column("text", _("Finding"), lambda finding: " ".join(finding.text.split()), 12, 0, 8, priority=1),
    ]  # fmt: skip


def concerns(finding: Finding, names: Names) -> str:
    """Whom a finding is about."""
    return listed([names.staff(finding.staff), names.outlet(finding.outlet)])


def state_cell(finding: Finding) -> Cell:
    """Where a finding stands."""
    if finding.overdue:
        return f"{named('finding_state', finding.state)} ({_('overdue')})", "late"
    return named("finding_state", finding.state), "muted" if finding.state in SETTLED else "soon"


def state_short(finding: Finding, _width: int) -> str:
    """The same for a narrow list: that it is overdue says enough."""
    if finding.overdue:
        return _("overdue")
    return _(SHORT_FINDING_STATES.get(finding.state, "")) or named("finding_state", finding.state)


def finding_rows(findings: Sequence[Finding]) -> Iterator[Row]:
    """The findings, the gravest first, under a heading for each class."""
    for grade in GRADES:
        own = [finding for finding in findings if finding.grade == grade]
        if own:
            yield Row(f"class {grade}", heading=f"{capital(named('class', grade))} {len(own)}")
            yield from (Row(str(finding.n), finding) for finding in own)


def answer_rows(findings: Sequence[Finding]) -> Iterator[Row]:
    """The findings by what is awaited next, what the outlet owes first; the soonest due first."""
    for state, words in AWAITS.items():
        own = sorted((each for each in findings if each.state == state), key=lambda each: (each.due, each.n))
        if own:
            yield Row(f"state {state}", heading=f"{_(words)} {len(own)}")
            yield from (Row(str(finding.n), finding) for finding in own)
