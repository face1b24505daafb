"""Entries of the log on a screen: their columns, the heading of each day, and the whole of one beside the list."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from textual.content import Content

from guanhu.domain.branch_time import branch_time
from guanhu.domain.contact import REACHED
from guanhu.domain.text import visible
from guanhu.language import _
from guanhu.language.log_words import KINDS, kind_short, kind_text
from guanhu.projections.evidence import Evidence
from guanhu.projections.log import LogEntry
from guanhu.tui.cells import day_month, weekday
from guanhu.tui.flag_words import evidence_line
from guanhu.tui.names import Names, outcome_shown
from guanhu.tui.signs import Signs
from guanhu.tui.titled import aligned
from guanhu.tui.widgets.columns import Cell, Column
from guanhu.tui.widgets.pages import Row

UNTICKED = "  "
"""Where the tick of who was reached would stand: words and their head begin below one another."""


def log_columns(
    names: Names, signs: Signs, *, many: bool, by_staff: bool = False, whole_beside: bool = False
) -> list[Column]:
    """The columns of a `LogEntry`.

    `many`: the list holds entries of several members of staff, `by_staff` under a heading for each. `whole_beside`:
    the entry under the cursor stands beside the list, so that its tier and companions leave their room to the note.
    """
    columns = [
        Column("name", _("Customer"), _customer, 8, 14, 2),
        Column("what", _("Act"), lambda entry: kind_text(entry, names), 12, 40, 6,
               short=lambda entry, _width: kind_short(entry)),
        Column("outcome", f"{UNTICKED}{_('Outcome')}", lambda entry: _outcome(entry, signs), 13, 22, 8),
        Column("note", _("Note"), lambda entry: " ".join(entry.note.split()), 16, 0, 20),
        Column("next", _("Next step"), lambda entry: day_month(entry.next_on, entry.on), 9),
        Column("tier", _("Tier then"), lambda entry: (names.tier(entry.tier) if entry.tier else "", "muted"), 10, 14,
               priority=4),
        Column("with", _("With"), lambda entry: names.staff_list(entry.companions), 6, 16, 1, priority=3),
        Column("remark", _("Remark"), lambda entry: (remarks(entry), "soon"), 8, 16, 4, priority=2),
    ]  # fmt: skip
    if whole_beside:
        columns = [column for column in columns if column.id not in ("tier", "with")]
    if by_staff:
        columns.insert(0, Column("date", _("Date"), lambda entry: f"{entry.on:%m-%d}", 5))
    elif many:
        columns.insert(0, Column("staff", _("By"), lambda entry: names.staff(entry.staff), 6, 12, 1))
    return columns


def _customer(entry: LogEntry) -> Cell:
    return (entry.name, "strong") if entry.name else (entry.customer_no, "")


def _outcome(entry: LogEntry, signs: Signs) -> Cell:
    words = outcome_words(entry)
    if entry.kind == "contact" and entry.outcome in REACHED:
        return (f"{signs.done} {words}", "good")
    return f"{UNTICKED}{words}" if words else ""


def outcome_words(entry: LogEntry) -> str:
    """What came of an act; of what was taken up, how it was closed."""
    closed = f"{entry.kind}_{entry.outcome}"
    if closed in KINDS:
        return _(KINDS[closed])
    return outcome_shown(entry.outcome, entry.kind) if entry.outcome else ""


def remarks(entry: LogEntry) -> str:
    """What is to be noticed: written late, corrected, taken from a file."""
    told = [
        _("withdrawn") if entry.withdrawn else _("corrected") if entry.corrected else "",
        _("written late") if entry.late else "",
        _("imported") if entry.imported else "",
    ]
    return _(", ").join(each for each in told if each)


# ---------------------------------------------------------------- days and figures
def day_rows(entries: Sequence[LogEntry]) -> Iterator[Row]:
    """The entries with a heading for each day, the newest day first, in a day in the order of writing."""
    by_day: dict[date, list[LogEntry]] = {}
    for entry in entries:
        by_day.setdefault(entry.on, []).append(entry)
    for day in sorted(by_day, reverse=True):
        head = f"{day:%Y-%m-%d} {weekday(day)}  {figures(by_day[day])}"
        yield Row(f"day {day}", heading=head)
        yield from (Row(row_id(entry), entry) for entry in by_day[day])


def staff_rows(entries: Sequence[LogEntry], names: Names) -> Iterator[Row]:
    """The entries with a heading for each member of staff, who wrote most first; of each the newest first."""
    by_staff: dict[str, list[LogEntry]] = {}
    for entry in entries:
        by_staff.setdefault(entry.staff, []).append(entry)
    for staff, own in sorted(by_staff.items(), key=lambda each: (-len(each[1]), each[0])):
        yield Row(f"staff {staff}", heading=f"{names.staff(staff) or _('without a name')}  {figures(own)}")
        yield from (Row(row_id(entry), entry) for entry in reversed(own))


def row_id(entry: LogEntry) -> str:
    """An entry and what it closes have different ids, though one event can be both."""
    return f"{entry.position} {entry.kind}"


def figures(entries: Sequence[LogEntry]) -> str:
    """How many entries, and of what."""
    kinds = Counter(entry.kind for entry in entries)
    reached = sum(entry.kind == "contact" and entry.outcome in REACHED for entry in entries)
    told = [_("entries: {count}", count=len(entries))]
    for kind, count in kinds.most_common():
        words = f"{_(KINDS[kind]) if kind in KINDS else kind} {count}"
        told.append(_("{contacts} (reached {count})", contacts=words, count=reached) if kind == "contact" else words)
    return "  ".join(told)


# ---------------------------------------------------------------- one entry
def entry_lines(entry: LogEntry, names: Names, evidence: Sequence[Evidence] = ()) -> Iterator[Content]:
    """All that an entry says, a line each, and what outside evidence says of it."""
    who = entry.name or entry.customer_no
    yield Content.assemble((visible(who), "bold"), "  ", (visible(entry.customer_no if entry.name else ""), "$muted"))
    yield Content.assemble((visible(kind_text(entry, names)), "bold"), f"  {entry.on:%Y-%m-%d} {weekday(entry.on)}")
    yield from aligned([(title, text) for title, text in _told(entry, names) if text])
    for each in evidence:
        yield Content.assemble((_("Evidence") + "  ", "$soon"), visible(evidence_line(each, names)))


def _told(entry: LogEntry, names: Names) -> Iterator[tuple[str, str]]:
    yield _("Outcome"), outcome_words(entry)
    yield _("Note"), entry.note
    seconds = entry.duration_seconds
    yield _("Began"), f"{entry.began_at:%H:%M}" if entry.began_at else ""
    yield _("Lasted"), "" if seconds is None else _("{minutes} min", minutes=-(-seconds // 60))
    yield _("By"), names.staff(entry.staff)
    yield _("With"), names.staff_list(entry.companions)
    yield _("Tier then"), names.tier(entry.tier) if entry.tier else ""
    yield _("Next step"), entry.next_on.isoformat() if entry.next_on else ""
    written = f"{branch_time(entry.recorded_at):%Y-%m-%d %H:%M}"
    writer = "" if entry.by in ("", entry.staff) else names.staff(entry.by)
    yield _("Written"), " ".join(part for part in (written, writer) if part)
    yield _("Remark"), remarks(entry)
    yield _("Corrected by entry"), str(entry.corrected) if entry.corrected else ""
    yield _("Closes entry"), str(entry.closes) if entry.closes else ""
    yield _("Entry"), str(entry.position)
