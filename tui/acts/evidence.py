"""The form in which an inspector attaches outside evidence to an entry of the log, and the choice of the entry."""

from collections.abc import Sequence
from typing import Any

from rich.cells import cell_len

from guanhu.domain.errors import Refused
from guanhu.domain.evidence import EVIDENCE_KINDS
from guanhu.language import _, terms
from guanhu.language.log_words import kind_text
from guanhu.projections.log import LogEntry
from guanhu.store.book import Book, Receipt
from guanhu.store.evidence import attach_evidence
from guanhu.tui.asking import Asking
from guanhu.tui.cells import fit
from guanhu.tui.forms import Field, Values
from guanhu.tui.names import Names
from guanhu.tui.widgets.dialogs import Choose
from guanhu.tui.widgets.form_screen import FormScreen
from guanhu.tui.widgets.form_writes import shortened

REACHED = {"yes": True, "no": False}
EVIDENCED = ("contact", "visit")
"""Kinds of entries that evidence is attached to."""
NOTE = 120
"""Cells of a note by which an entry is told from others."""


def choose_evidence(screen: Asking, entries: Sequence[LogEntry], names: Names) -> None:
    """Open the form for the entry that evidence can be attached to; of several one is chosen first."""
    able = {str(entry.position): entry for entry in entries if entry.kind in EVIDENCED}

    def chosen(position: str | None) -> None:
        if position is not None:
            screen.app.push_screen(evidence_form(able[position], names))

    if not able:
        screen.app.notify(_("Evidence is attached to contacts and visits; there is none here."), markup=False)
    elif len(able) == 1:
        chosen(next(iter(able)))
    else:
        who = {position: entry.name or entry.customer_no for position, entry in able.items()}
        widest = max(map(cell_len, who.values()))
        options = [
            (position, f"{each.on:%m-%d}  {fit(who[position], widest)}  {shortened(each.note, NOTE)}".rstrip())
            for position, each in able.items()
        ]
        screen.app.push_screen(Choose(_("Evidence about which entry?"), options), chosen)


def evidence_form(entry: LogEntry, names: Names) -> FormScreen:
    """The form for the entry; the day is that of the act until another is typed."""
    who = entry.name or entry.customer_no
    title = _("Evidence: {customer}, {what}, {day}", customer=who, what=kind_text(entry, names), day=str(entry.on))
    reached = (("", _("not said")), ("yes", _("reached")), ("no", _("not reached")))
    kinds = tuple((kind, terms.evidence_kind(kind)) for kind in EVIDENCE_KINDS)
    fields = (
        Field("kind", _("Kind"), "choice", kinds, needed=True),
        Field("reached", _("Customer reached"), "choice", reached),
        Field("seconds", _("Seconds"), hint=_("how long the call took by it")),
        Field("on", _("Day"), "day", value=entry.on.isoformat(), needed=True),
        Field("text", _("What it says")),
        Field("file", _("File"), hint=_("a file that you keep; the book notes its hash")),
    )

    def save(book: Book, values: Values, command: str) -> Receipt:
        return _save(book, entry, values, command)

    def said(_values: Values) -> str:
        return _("The evidence stands beside entry {position}.", position=entry.position)

    return FormScreen(title, fields, save, said=said, draft=f"evidence {entry.position}")


def _save(book: Book, entry: LogEntry, values: Values, command: str) -> Receipt:
    from guanhu.intake.hashing import sha256_of

    digest = sha256_of(values["file"]) if values["file"] else ""
    return attach_evidence(
        book, entry.position, values["kind"], values["on"], seconds=_whole(values["seconds"]),
        reached=REACHED.get(values["reached"]), text=values["text"], sha256=digest, command=command,
    )  # fmt: skip


def _whole(text: Any) -> int | None:
    """Seconds as typed; Refused("bad_duration")."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise Refused("bad_duration", value=text[:80])
    return int(text)
