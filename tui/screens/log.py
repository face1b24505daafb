"""Log (我的客户): what was done for customers; mine or another's by day, an outlet's or all by member of staff.

A day, a week or a month at a time; beside the list the whole of the entry under the cursor.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import ClassVar

import msgspec
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from guanhu.domain.text import visible
from guanhu.language import N_, _
from guanhu.language.log_words import kind_text
from guanhu.projections.evidence import Evidence, evidence_for
from guanhu.projections.log import Asked, LogEntry, log_entries
from guanhu.projections.posts import posts_on
from guanhu.projections.staff_view import outlet_of
from guanhu.tui.acts.acting import FORMS, Acting
from guanhu.tui.acts.affairs import PromiseCorrectForm
from guanhu.tui.acts.correcting import CorrectForm
from guanhu.tui.acts.form import About
from guanhu.tui.acts.taking_back import TakeBackForm
from guanhu.tui.apart import stands_apart
from guanhu.tui.cells import in_line, weekday
from guanhu.tui.ground import Ground
from guanhu.tui.keys import bindings
from guanhu.tui.log_export import ENDINGS, default_name, write_log
from guanhu.tui.log_rows import day_rows, entry_lines, figures, log_columns, staff_rows
from guanhu.tui.looks import Looker, form_of
from guanhu.tui.names import Names
from guanhu.tui.opening import open_customer
from guanhu.tui.signs import signs_of
from guanhu.tui.spans import LookingAtSpans, Span
from guanhu.tui.whose import whose_options
from guanhu.tui.widgets.dialogs import choose
from guanhu.tui.widgets.long_list import LongList
from guanhu.tui.widgets.pages import ListSource, Row
from guanhu.tui.widgets.prose import Prose
from guanhu.tui.work_screen import WorkScreen
from guanhu.tui.writing import ask_path, kept

WIDE = 120
"""Cells from which the entry stands beside the list."""


class Whose(msgspec.Struct, frozen=True):
    """Whose log: a member of staff's, an outlet's, or with neither that of the whole book."""

    staff: str = ""
    outlet: str = ""


class LogView(msgspec.Struct, frozen=True):
    """The entries of some days, oldest first, and whose they are in words."""

    entries: Sequence[LogEntry]
    names: Names
    of: Whose
    whose: str
    first: date
    last: date
    evidence: Mapping[int, Sequence[Evidence]]


def usual(ground: Ground) -> Whose:
    """Whose log is looked at first: one's own; that of the outlet for who has no customers of their own."""
    if stands_apart(ground):
        return Whose(outlet=outlet_of(ground.cursor, ground.staff, ground.day))
    posts = posts_on(ground.cursor, ground.day.toordinal())
    roles = posts.roles_of(ground.staff)
    if "outlet_manager" in roles and ground.scheme.system_owner_role not in roles:
        return Whose(outlet=posts.outlets[ground.staff])
    return Whose(staff=ground.staff)


def log_view(ground: Ground, chosen: Whose | None, first: date, last: date) -> LogView:
    """A question: the log of these days."""
    whose = chosen or usual(ground)
    asked = Asked(whose.staff or None, whose.outlet or None, first, last)
    entries = log_entries(ground.cursor, asked)[1]
    named = ground.names.staff(whose.staff) or ground.names.outlet(whose.outlet) or _("all outlets")
    acts = [entry.position for entry in entries if entry.kind in ("contact", "visit")]
    evidence: dict[int, list[Evidence]] = defaultdict(list)
    for each in evidence_for(ground.cursor, acts):
        evidence[each.entry].append(each)
    return LogView(entries, ground.names, whose, named, first, last, evidence)


class LogScreen(WorkScreen, LookingAtSpans, Acting):
    """The log."""

    CSS_PATH = "log.tcss"
    PLACE = "log"
    SPANS: ClassVar[tuple[Span, ...]] = ("day", "week", "month")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - so declared by Textual
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(
            "act.correct", "view.earlier", "view.later", "view.next", "view.previous", "view.whose", "view.day",
            "app.export", "view.card",
            shown=("act.correct", "view.earlier", "view.later", "view.next", "view.whose", "app.export"),
            words={
                "view.next": N_("Day, week or month"), "view.previous": N_("Month, week or day"),
                "view.card": N_("The whole entry"),
            },
        ),
        *bindings(*(act for act in FORMS if act != "act.correct"), shown=("act.call",)),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._whose: Whose | None = None
        self._span = "week"
        self._view: LogView | None = None

    # ------------------------------------------------------------ what is shown
    def body(self) -> ComposeResult:
        """The days with their figures, the entries, the whole of one."""
        yield Static(id="log-head")
        with Container(id="log-work"):
            yield LongList(id="entries")
            with VerticalScroll(id="entry", can_focus=False):
                yield Prose(id="entry-text")

    def load(self) -> None:
        """As WorkScreen."""
        self.follow_the_day()
        first, last = self.whole_span
        chosen = self._whose
        self.ask("log", lambda ground: log_view(ground, chosen, first, last), self._show)

    @property
    def _list(self) -> LongList:
        return self.query_one("#entries", LongList)

    def _show(self, view: LogView) -> None:
        self._view = view
        self.query_one("#log-head", Static).update(self._head(view))
        entries = self._list
        entries.empty = _("Nothing was written down for these days.")
        many = not view.of.staff
        columns = log_columns(view.names, signs_of(self.app), many=many, by_staff=many, whole_beside=True)
        entries.set_columns(columns)
        entries.show(ListSource(self._rows(view)))
        if not view.entries:
            self.query_one("#entry-text", Static).update("")

    def _rows(self, view: LogView) -> list[Row]:
        return list(day_rows(view.entries) if view.of.staff else staff_rows(view.entries, view.names))

    def _head(self, view: LogView) -> Text:
        days = f"{view.first:%Y-%m-%d} {weekday(view.first)}"
        if view.last != view.first:
            days = _("{first} to {last}", first=days, last=f"{view.last:%m-%d} {weekday(view.last)}")
        head = Text.assemble((visible(view.whose), "bold"), f"  {days}  {self.spans_line()}\n")
        return head.append(in_line(figures(view.entries).split("  "), self.app.size.width - 2))

    @on(LongList.Highlighted, "#entries")
    def _moved(self, event: LongList.Highlighted) -> None:
        event.stop()
        if self._view is not None:
            text = Content("\n").join(self._lines(event.row.item, self._view))
            self.query_one("#entry-text", Static).update(text)
            self.query_one("#entry").scroll_home(animate=False)

    def _lines(self, entry: LogEntry, view: LogView) -> list[Content]:
        return list(entry_lines(entry, view.names, view.evidence.get(entry.position, ())))

    # ------------------------------------------------------------ whom an act is for
    def about(self) -> About | None:
        """The customer of the entry under the cursor."""
        row = self._list.row
        return About(row.item.customer_no, row.item.name) if row else None

    def marked(self) -> list[str]:
        """The customers of the entries that are selected, each once."""
        rows = self._rows(self._view) if self._view else ()
        return list(dict.fromkeys(row.item.customer_no for row in rows if row.item and self._list.marks.has(row.id)))

    def acted(self) -> None:
        """The selection has served."""
        self._list.marks.clear()
        self._list.redraw()

    # ------------------------------------------------------------ keys
    @on(LongList.Opened, "#entries")
    def _open(self, event: LongList.Opened) -> None:
        event.stop()
        open_customer(self, event.row.item.customer_no)

    def action_view_card(self) -> None:
        """Show the whole entry, or hide it."""
        self.toggle_class("-no-card")

    def action_view_whose(self) -> None:
        """Choose whose log is shown."""
        self.ask("whose", whose_options, self._choose)

    def _choose(self, options: list[tuple[str, str]]) -> None:
        at = self._view.of if self._view else Whose()
        chosen = f"staff:{at.staff}" if at.staff else f"outlet:{at.outlet}" if at.outlet else "all:"
        choose(self, _("Whose log?"), options, chosen, self._look_at)

    def _look_at(self, chosen: str) -> None:
        kind, _colon, id_ = chosen.partition(":")
        self._whose = Whose(staff=id_) if kind == "staff" else Whose(outlet=id_)
        self.reload()

    def action_act_correct(self) -> None:
        """Correct the entry under the cursor; what is neither contact nor visit is taken back."""
        about, row = self.about(), self._list.row
        if about is None or row is None:
            self.app.notify(_("There is no entry under the cursor."), severity="warning", markup=False)
        elif row.item.kind in ("contact", "visit"):
            self.app.push_screen(CorrectForm(about, row.item.position))
        elif row.item.kind == "promise":
            self.app.push_screen(PromiseCorrectForm(about, row.item.position))
        else:
            what = kind_text(row.item, self._view.names) if self._view else row.item.kind
            self.app.push_screen(TakeBackForm(about, row.item.position, what))

    def action_app_export(self) -> None:
        """Write what is shown to a file."""
        view = self._view
        if view is None:
            return

        looker = Looker(self, self.PLACE)
        shown, scope = [entry.customer_no for entry in view.entries], {"whose": view.whose}

        def write(path: Path) -> str:
            looker.leave("export", form_of(path), rows=len(shown), customers=shown, scope=scope)
            write_log(path, view.entries, view.whose, (view.first, view.last), view.names)
            return kept(path)

        words, hint = _("Write the log to a file (.xlsx, .html to print, .csv)"), _(".xlsx, .html to print, or .csv")
        ask_path(self, words, str(Path.home() / default_name(view.whose, view.first)), ENDINGS, write, hint=hint)
