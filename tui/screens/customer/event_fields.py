"""One event laid open: what it says, who wrote it when, every field as stored, and its leaf in the book's tree."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import ClassVar

import msgspec
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from guanhu.domain.branch_time import branch_time
from guanhu.domain.money import format_yuan
from guanhu.domain.text import visible
from guanhu.language import N_, _, inspection_words, terms
from guanhu.projections.event_fields import BITMAP, EventField, event_fields
from guanhu.projections.history import HistoryItem
from guanhu.projections.inspection_sight import WITHHELD
from guanhu.store.book import Book
from guanhu.store.codec import decode
from guanhu.store.tree import leaf_hash
from guanhu.tui.ground import Ground
from guanhu.tui.keys import bindings
from guanhu.tui.names import Names, outcome_shown
from guanhu.tui.widgets.columns import Column
from guanhu.tui.widgets.long_list import LongList
from guanhu.tui.widgets.pages import ListSource, Row

TEXTS = ("text", "reason", "name", "tag")
"""What was sealed and may be shown opened (projections/history_words.py)."""


Line = tuple[str, str]
"""A name and a value."""


class Laid(msgspec.Struct, frozen=True):
    """An event's title and its lines; apart from them how it is stored, which proofs are made of."""

    title: str
    lines: tuple[Line, ...]
    stored: tuple[Line, ...]


def lay_open(book: Book, ground: Ground, customer_no: str, item: HistoryItem, words: str) -> Laid:
    """A question: an event of a customer's history with all its fields."""
    ((position, stream, version, topic, state),) = book.recorder.read(ground.cursor, [item.position])
    event = decode(topic, state)
    fields = [] if item.code == WITHHELD else event_fields(event, customer_no)
    plain = [field for field in fields if not _bytes(field)]
    lines = (
        (_("What"), words),
        (_("Of the day"), _("undated") if item.occurred_on == date.min else item.occurred_on.isoformat()),
        (_("Written"), f"{branch_time(item.recorded_at):%Y-%m-%d %H:%M:%S}"),
        (_("By"), f"{ground.names.staff(item.by)} {item.by}".strip()),
        *_opened(item),
        *(_line(field, ground.names) for field in plain),
    )
    stored = (
        *(_line(field, ground.names) for field in fields if _bytes(field)),
        (_("Id of the act"), event.command),
        (_("Stored in"), _("{stream}, number {number}", stream=stream, number=version)),
        (_("Stored as"), _("{topic}, {count} bytes", topic=topic, count=len(state))),
        (_("Hash for the proof"), leaf_hash(position, stream, version, topic, state).hex()),
    )
    title = terms.topic(item.event) + "  " + _("entry {position}", position=position)
    return Laid(title, tuple(map(_shown, lines)), tuple(map(_shown, stored)))


def _shown(line: Line) -> Line:
    return line[0], visible(line[1])


def _bytes(field: EventField) -> bool:
    """Whether a field says nothing by itself: what is sealed, which stands opened among the lines, and the bitmap."""
    return field.sealed or field.name in (BITMAP, "first_id")


def _opened(item: HistoryItem) -> Iterator[tuple[str, str]]:
    for name in TEXTS:
        if value := item.details.get(name):
            yield _(_NAMES.get(name, name)), str(value)
    for fact in item.details.get("facts", ()):
        yield _("Fact"), terms.fact(fact)


def _line(field: EventField, names: Names) -> tuple[str, str]:
    name = _(_NAMES.get(field.name, field.name))
    value = field.value
    if field.sealed:
        words = _("sealed, {count} bytes", count=value)
    elif field.of and value is None:
        return name, _("not among the {count} that changed", count=f"{field.of:,}")
    elif field.name == BITMAP:
        words = _("bitmap, {count} bytes", count=value)
    elif value is None or value == () or value == "":
        words = "-"
    elif field.name in _FEN and isinstance(value, int):
        words = _("{amount} yuan", amount=format_yuan(value))
    elif isinstance(value, bool):
        words = _("yes") if value else _("no")
    elif isinstance(value, tuple):
        words = _(", ").join(_in_words(field.name, str(each), names) for each in value)
    else:
        words = _in_words(field.name, str(value), names)
    return name, _("{value}   (one of {count})", value=words, count=f"{field.of:,}") if field.of > 1 else words


def _in_words(field: str, value: str, names: Names) -> str:
    """A value that is an id by its name; of staff and outlets the id stands beside it."""
    if not value:
        return "-"
    if field in _TERMS:
        return _TERMS[field](value)
    if field in ("staff_id", "from_staff", "to_staff", "companions", "replaces"):
        return f"{names.staff(value)} {value}" if names.is_staff(value) else value
    if field in ("outlet", "outlets"):
        return f"{names.outlet_name(value)} {value}".lstrip()
    if field in ("from_tiers", "to_tiers"):
        return names.tier(value)
    named = {"role": names.role, "duty": names.duty, "occurrence": names.occurrence}.get(field)
    return named(value) if named else value


_TERMS: Mapping[str, Callable[[str], str]] = {
    "channel": terms.channel, "outcome": outcome_shown, "mark": terms.mark, "relation": terms.relation,
    "seat": terms.seat, "rules": terms.tier_rule,
    **{field: partial(inspection_words.named, word) for field, word in (
        ("verdict", "verdict"), ("checks", "check"), ("grade", "class"),
    )},
}  # fmt: skip
_FEN = ("fen", "fens", "bases", "amount_fen")
_NAMES = {
    "customer_no": N_("Customer"), "customer_nos": N_("Customer"), "other_no": N_("Other customer"),
    "fen": N_("Amount"), "fens": N_("Amount"), "amount_fen": N_("Amount"), "bases": N_("Decided by"),
    "from_tiers": N_("Former tier"), "to_tiers": N_("New tier"), "rules": N_("Rule"), "scheme": N_("Scheme"),
    "version": N_("Version"), "late": N_("Reported late"), "unchanged": N_("Reported unchanged"),
    "staff_id": N_("Staff"), "from_staff": N_("Referred by"), "to_staff": N_("To"), "role": N_("Role"),
    "seat": N_("Seat"), "replaces": N_("In place of"), "channel": N_("Channel"), "outcome": N_("Outcome"),
    "next_on": N_("Next step"), "companions": N_("Companions"), "note": N_("Note"),
    "text": N_("Text"), "reason": N_("Reason"),
    "imported": N_("Imported"), "corrects": N_("Corrects"), "withdrawn": N_("Withdrawn"), "due_on": N_("Due"),
    "ref": N_("Belongs to entry"), "kind": N_("Kind"), "duty": N_("Duty"), "occurrence": N_("Which"),
    "product": N_("Product"), "product_no": N_("Product number"), "opened_on": N_("Opened"),
    "matures_on": N_("Matures"), "outlet": N_("Outlet"), "outlets": N_("Outlet"), "sealed": N_("Personal data"),
    "mark": N_("Mark"), "tag": N_("Tag"), "name": N_("Name"), "relation": N_("Relation"), "accepted": N_("Accepted"),
    "inspection": N_("Inspection"), "title": N_("Title"), "scope": N_("Scope"), "position": N_("Cut-off"),
    "root": N_("Root"), "checkpoint": N_("Checkpoint"), "seed": N_("Seed"), "size": N_("Sample size"),
    "digest": N_("Digest of the population"), "strata": N_("Groups"), "items": N_("Sampled items"),
    "item": N_("Sampled item"), "verdict": N_("Verdict"), "checks": N_("Checked by"), "remark": N_("Remark"),
    "finding": N_("Finding"), "grade": N_("Class"), "entries": N_("Rests on entries"),
    "customers": N_("Rests on customers"), "done": N_("What was done"),
    "entry": N_("About entry"), "seconds": N_("Seconds by it"), "reached": N_("Reached by it"),
    "sha256": N_("Hash of the file"),
    "on": N_("Set"), "duration_seconds": N_("Seconds"), "bulk": N_("In bulk"), "first_id": N_("First of the bitmap"),
    "began_at": N_("Began"),
}  # fmt: skip


AROUND = 7
"""Lines of the dialog beside its fields: frame, header, heading, and the value in full."""


class EventScreen(ModalScreen[None]):
    """The lines of an event; escape goes back."""

    CSS_PATH = "event_fields.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("form.cancel", words={"form.cancel": N_("Back")})]

    def __init__(self, laid: Laid) -> None:
        super().__init__()
        self._laid = laid

    def compose(self) -> ComposeResult:
        """The fields, the value of the highlighted one in full below."""
        with Vertical(classes="dialog") as box:
            box.border_title = self._laid.title
            box.border_subtitle = _("Esc: back")
            yield LongList(
                [
                    Column("name", _("Field"), lambda line: (line[0], "muted"), 20, 22),
                    Column("value", _("What it says"), lambda line: line[1], 30, 0, flex=1),
                ],
                markable=False,
            )
            yield Static(id="event-value", markup=False)

    def on_mount(self) -> None:
        """Show the lines."""
        told, stored = self._laid.lines, self._laid.stored
        heading = Row("stored", heading=_("Technical: how it is stored, which proofs are made of"))
        rows = [Row(str(n), line) for n, line in enumerate((*told, *stored))]
        self.query_one(LongList).show(ListSource([*rows[: len(told)], heading, *rows[len(told) :]]))
        self.query_one(Vertical).styles.height = len(rows) + AROUND

    def on_long_list_highlighted(self, event: LongList.Highlighted) -> None:
        """A long value is read whole."""
        event.stop()
        self.query_one("#event-value", Static).update(Text(event.row.item[1]))

    def action_form_cancel(self) -> None:
        """Back to the history."""
        self.dismiss(None)
