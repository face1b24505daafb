"""Red flags (疑点): what in the log deserves a second look, by flag; beside the list the rule, the entries, the doubts.

A month, quarter or year at a time, of all, an outlet or a member of staff. Inspectors attach outside evidence here.
"""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

import msgspec
from rich.cells import cell_len
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from guanhu.domain.red_flags.found import Flag
from guanhu.language import N_, _
from guanhu.language.flag_words import flag_name
from guanhu.projections.by_number import customer_names
from guanhu.projections.evidence import evidence_for
from guanhu.projections.flag_customers import of_many
from guanhu.projections.log import LogEntry, entries_at
from guanhu.projections.red_flags import by_flag
from guanhu.projections.red_flags import flags as find_flags
from guanhu.tui.acts.evidence import choose_evidence
from guanhu.tui.behind_rows import FlagBehind, FlagCustomers
from guanhu.tui.cells import fit, in_line
from guanhu.tui.desk import desk_of
from guanhu.tui.flag_rows import Opened, flag_columns, flag_lines, flag_rows
from guanhu.tui.ground import Ground
from guanhu.tui.keys import bindings
from guanhu.tui.names import Names, capital
from guanhu.tui.opening import open_customer
from guanhu.tui.screens.behind import BehindScreen
from guanhu.tui.spans import LookingAtSpans, Span
from guanhu.tui.whose import whose_options
from guanhu.tui.widgets.dialogs import choose
from guanhu.tui.widgets.long_list import LongList
from guanhu.tui.widgets.pages import ListSource
from guanhu.tui.widgets.prose import Prose
from guanhu.tui.work_screen import WorkScreen

WIDE = 120
"""Cells from which the flag stands beside the list."""


class FlagsView(msgspec.Struct, frozen=True):
    """The flags of some days, whose they are in words, and the names of what they name."""

    flags: Sequence[Flag]
    names: Names
    customers: dict[str, str]
    whose: str
    first: date
    last: date


def flags_view(ground: Ground, whose: str, first: date, last: date) -> FlagsView:
    """A question: the flags of these days; `whose`: "staff:<id>", "outlet:<code>", "all:"."""
    kind, _colon, id_ = whose.partition(":")
    staff, outlet = (id_ if kind == each else "" for each in ("staff", "outlet"))
    found = find_flags(
        ground.cursor, ground.policy, ground.calendar, first=first, last=last, staff=staff, outlet=outlet
    )
    customers = customer_names(ground.cursor, (flag.customer_no for flag in found if flag.customer_no))
    named = ground.names.staff(staff) or ground.names.outlet(outlet) or _("all outlets")
    return FlagsView(found, ground.names, customers, named, first, last)


def opened_flag(ground: Ground, flag: Flag) -> Opened:
    """A question: a flag with what is behind it."""
    entries = entries_at(ground.cursor, flag.positions)
    return Opened(flag, entries, evidence_for(ground.cursor, [entry.position for entry in entries]))


class RedFlagsScreen(WorkScreen, LookingAtSpans):
    """The red flags."""

    CSS_PATH = "red_flags.tcss"
    PLACE = "flags"
    SPANS: ClassVar[tuple[Span, ...]] = ("month", "quarter", "year")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - so declared by Textual
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(
            "act.evidence", "view.why", "view.filter", "view.clear", "view.earlier", "view.later", "view.next",
            "view.previous", "view.whose", "view.day", "view.card",
            shown=("act.evidence", "view.why", "view.filter", "view.earlier", "view.next", "view.whose"),
            words={
                "view.next": N_("Month, quarter or year"), "view.previous": N_("Year, quarter or month"),
                "view.card": N_("The whole flag"), "view.why": N_("What is behind it"),
            },
        ),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._whose = "all:"
        self._only = ""
        self._span = "quarter"
        self._view: FlagsView | None = None

    # ------------------------------------------------------------ what is shown
    def body(self) -> ComposeResult:
        """The period with its counts, the flags, the whole of one."""
        yield Static(id="flags-head")
        with Container(id="flags-work"):
            yield LongList(markable=False, id="flags")
            with VerticalScroll(id="flag", can_focus=False):
                yield Prose(id="flag-text")

    def load(self) -> None:
        """As WorkScreen."""
        self.follow_the_day()
        (first, last), whose = self.days, self._whose
        self.ask("flags", lambda ground: flags_view(ground, whose, first, last), self._show)

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day shown; nothing is looked for after the day looked at."""
        first, last = self.whole_span
        return first, max(first, min(last, desk_of(self).day))

    @property
    def _list(self) -> LongList:
        return self.query_one("#flags", LongList)

    @property
    def _shown_flags(self) -> list[Flag]:
        found = self._view.flags if self._view else ()
        return [flag for flag in found if self._only in ("", flag.id)]

    def _show(self, view: FlagsView) -> None:
        self._view = view
        self.query_one("#flags-head", Static).update(self._head(view))
        table = self._list
        table.empty = _("No red flag in these days.")
        table.set_columns(flag_columns(view.names, view.customers))
        table.show(ListSource(list(flag_rows(self._shown_flags))))
        if self._shown_flags:
            self._ask_flag()  # what is behind it may have changed
        else:
            self.query_one("#flag-text", Prose).update("")

    def _head(self, view: FlagsView) -> Text:
        chosen = self.spans_line()
        days = _("{first} to {last}", first=view.first.isoformat(), last=f"{view.last:%m-%d}")
        room = self.app.size.width - 2
        whose = fit(view.whose, min(cell_len(view.whose), room - cell_len(days) - cell_len(chosen) - 4))
        head = Text.assemble((whose, "bold"), f"  {days}  {chosen}\n", no_wrap=True)
        shown = self._shown_flags
        told = [_("flags: {count}", count=f"{len(shown):,}")]
        if self._only:
            told.append(_("only {flag}", flag=flag_name(self._only)))
        told.append(_("A flag is no finding: it may be a false alarm."))
        return head.append(in_line(told, room))

    @on(LongList.Highlighted, "#flags")
    def _moved(self, event: LongList.Highlighted) -> None:
        event.stop()
        self._ask_flag()

    def _ask_flag(self) -> None:
        row = self._list.row
        if row is not None:
            flag: Flag = row.item
            self.ask("flag", lambda ground: opened_flag(ground, flag), self._tell, delay=0.08)

    def _tell(self, opened: Opened) -> None:
        if self._view is not None:
            text = Content("\n").join(flag_lines(opened, self._view.names))
            self.query_one("#flag-text", Prose).update(text)
            self.query_one("#flag").scroll_home(animate=False)

    # ------------------------------------------------------------ what is opened
    @on(LongList.Opened, "#flags")
    def _open(self, event: LongList.Opened) -> None:
        event.stop()
        flag: Flag = event.row.item
        if flag.customer_no:
            open_customer(self, flag.customer_no)
        else:
            self.action_view_why()

    def action_view_why(self) -> None:
        """What is behind the flag, on a list of its own: its entries, else the customers whom it is about."""
        row = self._list.row
        if row is None:
            return
        flag: Flag = row.item
        if flag.positions:
            self.app.push_screen(BehindScreen(FlagBehind(capital(flag_name(flag.id)), flag.positions)))
        elif of_many(flag):
            self.app.push_screen(BehindScreen(FlagCustomers(capital(flag_name(flag.id)), flag)))
        elif flag.customer_no:
            open_customer(self, flag.customer_no)
        else:
            self.app.notify(_("No entry of the log is behind this flag: that is what it tells."), markup=False)

    def action_act_evidence(self) -> None:
        """Attach evidence to an entry behind the flag; of several one is chosen first."""
        row = self._list.row
        if row is not None:
            flag: Flag = row.item

            def question(ground: Ground) -> tuple[list[LogEntry], Names]:
                return entries_at(ground.cursor, flag.positions), ground.names

            self.ask("evidence", question, lambda answer: choose_evidence(self, *answer))

    # ------------------------------------------------------------ how it is looked at
    def action_view_filter(self) -> None:
        """Only one flag, or all."""
        if self._view is None:
            return
        options = [("", _("all flags"))]
        options += [(each.name, f"{flag_name(each.name)} {each.flags}") for each in by_flag(self._view.flags)]
        choose(self, _("Which flag?"), options, self._only, self._take_only)

    def action_view_clear(self) -> None:
        """All flags of all."""
        self._whose = "all:"
        self._take_only("")

    def _take_only(self, chosen: str) -> None:
        self._only = chosen
        self.reload()

    def action_view_whose(self) -> None:
        """Choose whose are shown."""

        def ask(options: list[tuple[str, str]]) -> None:
            choose(self, _("Whose work?"), options, self._whose, self._take_whose)

        self.ask("whose", whose_options, ask)

    def _take_whose(self, chosen: str) -> None:
        self._whose = chosen
        self.reload()

    def action_view_card(self) -> None:
        """Show the whole flag, or hide it."""
        self.toggle_class("-no-card")
