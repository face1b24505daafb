"""Log (我的客户): what was done for customers; mine or another's by day, an outlet's or all by member of staff.

A day, a week or a month at a time; beside the list the whole of the entry under the cursor.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import ClassVar, Literal

import msgspec
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from guanhu.domain.dates import period_bounds
from guanhu.domain.text import visible
from guanhu.language import N_, _
from guanhu.projections.log import Asked, LogEntry, log_entries
from guanhu.projections.posts import posts_on
from guanhu.projections.staff_view import staff_list
from guanhu.tui.acts.acting import FORMS, Acting
from guanhu.tui.acts.correcting import CorrectForm
from guanhu.tui.acts.form import About
from guanhu.tui.cells import weekday
from guanhu.tui.desk import desk_of
from guanhu.tui.ground import Ground
from guanhu.tui.keys import bindings
from guanhu.tui.log_export import default_name, write_log
from guanhu.tui.log_rows import day_rows, entry_lines, figures, log_columns, staff_rows
from guanhu.tui.looking import LookingAtDays
from guanhu.tui.names import Names
from guanhu.tui.opening import open_customer
from guanhu.tui.signs import signs_of
from guanhu.tui.widgets.dialogs import Choose
from guanhu.tui.widgets.long_list import LongList
from guanhu.tui.widgets.pages import ListSource, Row
from guanhu.tui.work_screen import WorkScreen
from guanhu.tui.writing import ask_path

Span = Literal["day", "week", "month"]
SPANS: tuple[Span, ...] = ("day", "week", "month")
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


def usual(ground: Ground) -> Whose:
    """Whose log is looked at first: one's own; a manager's without customers' post the outlet's; else that of all."""
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
    return LogView(entries, ground.names, whose, named, first, last)


class LogScreen(WorkScreen, LookingAtDays, Acting):
    """The log."""

    CSS_PATH = "log.tcss"
    PLACE = "log"
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
        self._span: Span = "week"
        self._at: date | None = None
        self._looked_at: date | None = None
        self._view: LogView | None = None

    # ------------------------------------------------------------ what is shown
    def body(self) -> ComposeResult:
        """The days with their figures, the entries, the whole of one."""
        yield Static(id="log-head")
        with Container(id="log-work"):
            yield LongList(id="entries")
            with VerticalScroll(id="entry", can_focus=False):
                yield Static(id="entry-text", markup=False)

    def load(self) -> None:
        """As WorkScreen."""
        if self._looked_at != desk_of(self).day:
            self._looked_at, self._at = desk_of(self).day, None  # another day was chosen: its week, not the one gone to
        first, last = self.days
        chosen = self._whose
        self.ask("log", lambda ground: log_view(ground, chosen, first, last), self._show)

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day shown."""
        at = self._at or desk_of(self).day
        return (at, at) if self._span == "day" else period_bounds(self._span, at)

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
        spans = {"day": _("by day"), "week": _("by week"), "month": _("by month")}
        chosen = "  ".join(f"[{words}]" if span == self._span else f" {words} " for span, words in spans.items())
        days = f"{view.first:%Y-%m-%d} {weekday(view.first)}"
        if view.last != view.first:
            days = _("{first} to {last}", first=days, last=f"{view.last:%m-%d} {weekday(view.last)}")
        head = Text.assemble((visible(view.whose), "bold"), f"  {days}  {chosen}\n")
        return head.append(figures(view.entries))

    @on(LongList.Highlighted, "#entries")
    def _moved(self, event: LongList.Highlighted) -> None:
        event.stop()
        if self._view is not None:
            text = Content("\n").join(entry_lines(event.row.item, self._view.names))
            self.query_one("#entry-text", Static).update(text)
            self.query_one("#entry").scroll_home(animate=False)

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

    def action_view_next(self) -> None:
        """From days to weeks, from weeks to months."""
        self._change_span(1)

    def action_view_previous(self) -> None:
        """The other way."""
        self._change_span(-1)

    def _change_span(self, step: int) -> None:
        self._span = SPANS[(SPANS.index(self._span) + step) % len(SPANS)]
        self.reload()

    def action_view_earlier(self) -> None:
        """The days before."""
        self._at = self.days[0] - timedelta(days=1)
        self.reload()

    def action_view_later(self) -> None:
        """The days after, as far as the day looked at."""
        following, today = self.days[1] + timedelta(days=1), desk_of(self).day
        if following <= today:
            self._at = following
            if self.days[0] <= today <= self.days[1]:
                self._at = None  # so that the day among them is today
            self.reload()

    def action_view_card(self) -> None:
        """Show the whole entry, or hide it."""
        self.toggle_class("-no-card")

    def action_view_whose(self) -> None:
        """Choose whose log is shown."""
        self.ask("whose", whose_options, self._choose)

    def _choose(self, options: list[tuple[str, str]]) -> None:
        at = self._view.of if self._view else Whose()
        chosen = f"staff:{at.staff}" if at.staff else f"outlet:{at.outlet}" if at.outlet else "all:"
        self.app.push_screen(Choose(_("Whose log?"), options, chosen), self._look_at)

    def _look_at(self, chosen: str | None) -> None:
        if chosen is not None:
            kind, _colon, id_ = chosen.partition(":")
            self._whose = Whose(staff=id_) if kind == "staff" else Whose(outlet=id_)
            self.reload()

    def action_act_correct(self) -> None:
        """Correct the entry under the cursor; only contacts and visits have corrections."""
        about, row = self.about(), self._list.row
        if about is None or row is None or row.item.kind not in ("contact", "visit"):
            self.app.notify(_("Only contacts and visits can be corrected."), severity="warning", markup=False)
            return
        self.app.push_screen(CorrectForm(about, row.item.position))

    def action_app_export(self) -> None:
        """Write what is shown to a file."""
        view = self._view
        if view is None:
            return

        def write(text: str) -> Path:
            return write_log(text, view.entries, view.whose, (view.first, view.last), view.names)

        words, hint = _("Write the log to a file (.xlsx, .html to print, .csv)"), _(".xlsx, .html to print, or .csv")
        ask_path(self, words, str(Path.home() / default_name(view.whose, view.first)), hint, write)


def whose_options(ground: Ground) -> list[tuple[str, str]]:
    """A question: whose log there is to see, the own outlet's people first."""
    own = posts_on(ground.cursor, ground.day.toordinal()).outlets.get(ground.staff, "")
    members = sorted(staff_list(ground.cursor, ground.day), key=lambda member: member.outlet != own)
    options = [("all:", _("all outlets"))]
    outlets = dict.fromkeys([own, *(member.outlet for member in members)])
    options += [(f"outlet:{code}", ground.names.outlet(code)) for code in outlets if code]
    mine = ground.names.outlet(own)
    for member in members:
        place = ground.names.outlet(member.outlet)
        words = member.name if place == mine else f"{member.name}  {place}"
        options.append((f"staff:{member.staff_id}", words))
    return options
