"""`guanhu inspect show ID ITEM`: one item of a sample, whole: what stood at the cut-off, and what was found of it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from guanhu.commands.frame import Question
from guanhu.commands.inspection_tables import finding_lines
from guanhu.commands.output import document, facts, heading, say, tell_witness
from guanhu.domain.branch_time import branch_time
from guanhu.domain.errors import NotFound
from guanhu.domain.money import format_yuan
from guanhu.language import _, terms
from guanhu.language.flag_words import flag_name
from guanhu.language.inspection_words import named
from guanhu.language.log_words import kind_text
from guanhu.tui.flag_words import evidence_line
from guanhu.tui.names import day_text, listed

if TYPE_CHECKING:
    from guanhu.projections.entry_then import EntryThen
    from guanhu.projections.inspection_view import CustomerThen, Inspection, Item

Fact = tuple[str, str]


def tell_item(q: Question, found: "Inspection", key: str, *, as_json: bool) -> None:
    """Tell one item, by its own number or by that of its worksheet; NotFound("not_in_sample").

    A sampled entry or customer of that number goes before the worksheet.
    """
    item = found.item(key) or next((each for each in found.items if str(each.n) == key), None)
    if item is None:
        raise NotFound("not_in_sample", item=key, inspection=found.line.inspection)
    if as_json:
        tell_witness("json", [{"customer_no": item.customer_no}])
        content: dict[str, Any] = {**q.asked, "inspection": found.line.inspection, "item": item}
        document(content)
        return
    say(f"{item.name} {item.customer_no}".strip())
    facts([
        (_("tier"), q.names.tier(item.tier)),
        (_("outlet"), q.names.outlet(item.outlet)),
        *(entry_facts(q, item.entry) if item.entry is not None else ()),
        *(_of_customer(q, item, item.customer) if item.customer is not None else ()),
        (_("red flags"), listed(map(flag_name, item.flags))),
    ])  # fmt: skip
    if item.evidence:
        heading(_("Outside evidence"))
        for piece in item.evidence:
            say(_("entry {position}", position=piece.entry) + "  " + evidence_line(piece, q.names))
    heading(_("Worksheet"))
    facts(list(_of_sheet(q, item)))
    mine = [finding for finding in found.findings if finding.n in item.findings]
    if mine:
        heading(_("Findings"))
        for finding in mine:
            for line in finding_lines(q, finding):
                say(line)


def entry_facts(q: Question, entry: "EntryThen") -> Iterator[Fact]:
    """An entry in titles and values."""
    yield _("entry"), f"{entry.position:,}"
    yield _("date"), entry.on.isoformat()
    yield _("what"), kind_text(entry, q.names)
    yield _("outcome"), terms.outcome_or_closing(entry.outcome, entry.kind)
    yield _("by"), q.names.staff_list([entry.staff, *entry.companions])
    yield _("began"), f"{entry.began_at:%H:%M}" if entry.began_at else ""
    yield _("duration"), seconds_words(entry.duration_seconds)
    yield _("note"), entry.note
    yield _("next step"), day_text(entry.next_on) if entry.next_on else ""
    late = _("{days} days late", days=entry.days_late) if entry.days_late else ""
    by_file = _("by a file") if entry.imported else ""
    written = f"{branch_time(entry.recorded_at):%Y-%m-%d %H:%M:%S}" if entry.recorded_at else ""
    yield _("written"), listed([written, q.names.staff(entry.by), by_file, late])
    yield _("as corrected by entry"), f"{entry.corrected:,}" if entry.corrected is not None else ""
    since = listed(f"{position:,}" for position in entry.changed)
    yield (_("withdrawn since") if entry.withdrawn else _("corrected since")), since


def _of_customer(q: Question, item: "Item", then: "CustomerThen") -> Iterator[Fact]:
    yield _("owner"), q.names.staff(item.staff) or _("nobody")
    yield _("AUM, yuan"), format_yuan(then.aum_fen) if then.aum_fen is not None else ""
    yield _("entries in the days"), listed(f"{position:,}" for position in then.positions)
    yield _("last entry"), day_text(then.last_on) if then.last_on else ""
    yield _("corrected since"), listed(f"{position:,}" for position in then.changed)


def _of_sheet(q: Question, item: "Item") -> Iterator[Fact]:
    yield _("verdict"), named("verdict", item.verdict) or _("no worksheet")
    yield _("checked by"), listed(named("check", check) for check in item.checks)
    yield _("remark"), item.remark
    yield _("filled in"), listed([q.names.staff(item.filled_by), day_text(item.filled_on) if item.filled_on else ""])
    for sheet in item.earlier:
        checks = [named("check", check) for check in sheet.checks]
        said = [named("verdict", sheet.verdict), *checks, sheet.remark, q.names.staff(sheet.by), day_text(sheet.on)]
        yield _("was before"), listed([*said, _("entry {position}", position=f"{sheet.position:,}")])


def seconds_words(seconds: int | None) -> str:
    """How long a call took; "" where nobody says."""
    return "" if seconds is None else _("{value} seconds", value=f"{seconds:,}")
