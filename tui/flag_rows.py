"""Red flags on a screen: their columns, the heading of each flag, and the whole of one beside the list."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec
from textual.content import Content

from guanhu.domain.branch_time import branch_time
from guanhu.domain.red_flags.found import Flag
from guanhu.domain.text import visible
from guanhu.language import _
from guanhu.language.flag_words import false_alarm, flag_name, rule_words
from guanhu.language.log_words import kind_text, visit_times
from guanhu.projections.evidence import Evidence
from guanhu.projections.log import LogEntry
from guanhu.tui.flag_words import evidence_line, found_words
from guanhu.tui.log_rows import outcome_words
from guanhu.tui.names import Names, capital
from guanhu.tui.titled import aligned
from guanhu.tui.widgets.breaking import HANG
from guanhu.tui.widgets.columns import Cell, Column
from guanhu.tui.widgets.pages import Row

SHOWN = 8
"""Entries told beside the list; the others are behind the flag."""


class Opened(msgspec.Struct, frozen=True):
    """A flag with the entries behind it and the evidence about them."""

    flag: Flag
    entries: Sequence[LogEntry]
    evidence: Sequence[Evidence]


def flag_columns(names: Names, customers: Mapping[str, str]) -> list[Column]:
    """The columns of a `Flag`; `customers`: their names by number."""

    def customer(flag: Flag) -> Cell:
        no = flag.customer_no or ""
        return customers.get(no) or no

    return [
        Column("day", _("Date"), lambda flag: f"{flag.day:%m-%d}", 5),
        Column("staff", _("By"), lambda flag: (names.staff(flag.staff) if flag.staff else "", "strong"), 8, 12, 1),
        Column("customer", _("Customer"), customer, 8, 12, 1),
        Column("found", _("Found"), lambda flag: found_words(flag, names), 20, 0, 12),
        Column("weight", _("Weight"), lambda flag: str(flag.weight), 6, align="right", priority=2),
    ]


def flag_rows(flags: Sequence[Flag]) -> Iterator[Row]:
    """The flags under a heading for each kind, the kind that weighs most first."""
    kinds: dict[str, list[Flag]] = {}
    for flag in flags:
        kinds.setdefault(flag.id, []).append(flag)
    for id_, own in kinds.items():
        weight = _("weight {weight}", weight=sum(flag.weight for flag in own))
        yield Row(f"kind {id_}", heading=f"{capital(flag_name(id_))} {len(own)}  {weight}")
        yield from (Row(flag.key, flag) for flag in own)


def flag_lines(opened: Opened, names: Names) -> Iterator[Content]:
    """All that there is to say of a flag, a line each: what honest reason looks the same is never left out."""
    flag = opened.flag
    yield Content.assemble((capital(flag_name(flag.id)), "bold"), f"  {flag.day:%Y-%m-%d}")
    facts = [
        (_("Rule"), rule_words(flag.id, flag.threshold)),
        (_("Found"), found_words(flag, names)),
        (_("False alarm?"), false_alarm(flag.id)),
    ]
    yield from aligned([(title, text) for title, text in facts if text])
    for entry in opened.entries[:SHOWN]:
        yield Content("")
        yield from _entry_lines(entry, [each for each in opened.evidence if each.entry == entry.position], names)
    if len(opened.entries) > SHOWN:
        yield Content("")
        yield Content.styled(_("and {count} more; w shows them all", count=len(opened.entries) - SHOWN), "$muted")


def _entry_lines(entry: LogEntry, evidence: Sequence[Evidence], names: Names) -> Iterator[Content]:
    who = entry.name or entry.customer_no
    yield Content.assemble((visible(who), "bold"), f"  {visible(kind_text(entry, names))}  {entry.on:%m-%d}")
    seconds = entry.duration_seconds
    took = "" if seconds is None else _("{value} seconds", value=f"{seconds:,}")
    if entry.began_at is not None:
        took = visit_times(entry.began_at, seconds)
    written = _("written {time}", time=f"{branch_time(entry.recorded_at):%m-%d %H:%M:%S}")
    parts = (names.staff(entry.staff), outcome_words(entry), took, written)
    yield Content.styled(visible("  ".join(part for part in parts if part)), "$muted")
    if entry.note:
        yield Content(visible(" ".join(entry.note.split())))
    for each in evidence:
        yield Content.assemble((_("Evidence") + "  ", "$soon"), f"{HANG}{visible(evidence_line(each, names))}")
