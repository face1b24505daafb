"""The rows of an inspection's report, of the page and of the workbook alike: sampled items with their worksheets."""

from guanhu.domain.branch_time import branch_time
from guanhu.domain.money import format_wan
from guanhu.domain.text import visible
from guanhu.projections.entry_then import EntryThen
from guanhu.projections.inspection_view import Inspection, Item
from guanhu.projections.paper import Cell, Words, about, came_of

_ENTRIES = (
    "n", "entry", "date", "customer_no", "name", "tier", "what", "outcome", "staff", "note", "written", "days_late",
)  # fmt: skip
_CUSTOMERS = ("n", "customer_no", "name", "tier", "owner", "aum", "entries", "last_entry")
_SHEET = ("changed", "flags", "evidence", "verdict", "checks", "remark", "filled_by", "findings")

_TOGETHER = (
    ("n", "entry"), ("date", "staff"), ("name", "customer_no", "tier"), ("what_came",), ("owner", "aum"),
    ("entries", "last_entry"), ("note",), ("written", "days_late"), ("changed", "flags", "evidence"),
    ("verdict", "checks", "filled_by"), ("remark",), ("findings",),
)  # fmt: skip
"""The columns of a page, in their order."""

NUMBERS = frozenset({"n", "entry", "entries", "days_late", "aum"})
"""Columns whose cells stand at the right."""
SHORT = frozenset({"date", "last_entry", "customer_no", "name", "tier", "staff", "owner", "filled_by"})
"""Columns whose cells stay on one line."""
LONG = frozenset({"note", "remark"})
"""Columns whose texts are broken into lines."""


def columns(found: Inspection) -> tuple[str, ...]:
    """The columns of the sample; what was corrected since, red flags and evidence only where there are any."""
    of_item = _ENTRIES if found.line.scope.subject == "entries" else _CUSTOMERS
    none = {
        name for name, any_ in (
            ("flags", any(item.flags for item in found.items)), ("changed", any(item.changed for item in found.items)),
            ("evidence", any(item.evidence for item in found.items)),
        ) if not any_
    }  # fmt: skip
    return (*of_item, *(name for name in _SHEET if name not in none))


def page_columns(found: Inspection) -> tuple[tuple[str, ...], ...]:
    """The same for a page, which is narrower: each of its columns holds several of these, one below the other.

    What came of an entry stands with what it was; one inspector is not named on every line.
    """
    inspectors = {item.filled_by for item in found.items if item.filled_by}
    names = {name for name in columns(found) if name != "outcome" and (name != "filled_by" or len(inspectors) > 1)}
    if "what" in names:
        names = names - {"what"} | {"what_came"}
    wanted = (tuple(name for name in together if name in names) for together in _TOGETHER)
    return tuple(together for together in wanted if together)


def cells(item: Item, names: tuple[str, ...], words: Words) -> list[Cell]:
    """One item as the cells of its columns."""
    found = _of_item(item, words) | _of_sheet(item, words)
    return [found[name] for name in names]


def _of_item(item: Item, words: Words) -> dict[str, Cell]:
    row: dict[str, Cell] = {
        "n": item.n, "customer_no": visible(item.customer_no), "name": visible(item.name),
        "tier": words.tier(item.tier),
    }  # fmt: skip
    entry, customer = item.entry, item.customer
    if customer is not None:
        aum = "" if customer.aum_fen is None else format_wan(customer.aum_fen, 2)
        row |= {"owner": words.id("staff", item.staff), "aum": aum, "entries": len(customer.positions)}
        row["last_entry"] = customer.last_on
    elif entry is not None:
        made = (entry.staff, *entry.companions)
        done, came = what(entry, words), came_of(entry.kind, entry.outcome, words)
        row |= {
            "entry": entry.position, "date": entry.on, "what": done, "outcome": came,
            "what_came": " · ".join(filter(None, (done, came))), "staff": words.ids("staff", made),
            "note": visible(entry.note, multiline=True), "days_late": entry.days_late or None,
        }  # fmt: skip
        row["written"] = entry.recorded_at and branch_time(entry.recorded_at).replace(
            tzinfo=None, second=0, microsecond=0
        )
    return row


def what(entry: EntryThen, words: Words) -> str:
    """What an entry is, and what it is about, as the log says it."""
    kind = words.id("channel", entry.channel) if entry.kind == "contact" else words.id("kind", entry.kind)
    return " ".join(filter(None, (kind, about(entry.kind, entry.subject, entry.occurrence, words))))


def _verdict(item: Item, words: Words) -> str:
    """The verdict, and what it was before where the worksheet was filled in anew."""
    verdict = words.id("verdict", item.verdict) or words("no_sheet")
    if not item.earlier:
        return verdict
    before = words.ids("verdict", tuple(sheet.verdict for sheet in item.earlier))
    return f"{verdict} {words('refilled_before', verdicts=before)}"


def _of_sheet(item: Item, words: Words) -> dict[str, Cell]:
    changed = ""
    if item.changed:
        taken_out = item.entry is not None and item.entry.withdrawn
        changed = words("withdrawn_since" if taken_out else "corrected_since")
    return {
        "changed": changed,
        "flags": words.ids("flag", item.flags),
        "evidence": words.ids("evidence", tuple(dict.fromkeys(piece.kind for piece in item.evidence))),
        "verdict": _verdict(item, words),
        "checks": words.ids("check", item.checks),
        "remark": visible(item.remark, multiline=True),
        "filled_by": words.id("staff", item.filled_by),
        "findings": "、".join(map(str, item.findings)),
    }
