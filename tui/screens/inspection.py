"""Inspections (检查): which there are, how far each has come, what the outlets still owe; a new one is opened here."""

from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from guanhu.language import N_, _
from guanhu.projections.inspections import InspectionLine
from guanhu.tui.acts.people import Member
from guanhu.tui.cells import in_line
from guanhu.tui.desk import desk_of
from guanhu.tui.inspection_asked import ListView, list_view, members, outlets
from guanhu.tui.inspection_card import line_lines
from guanhu.tui.inspection_forms import opening_form
from guanhu.tui.inspection_rows import inspection_columns
from guanhu.tui.keys import bindings
from guanhu.tui.screens.inspection_sheet import InspectionSheetScreen
from guanhu.tui.screens.looks import LooksScreen
from guanhu.tui.widgets.long_list import LongList
from guanhu.tui.widgets.pages import ListSource, Row
from guanhu.tui.widgets.prose import Prose
from guanhu.tui.work_screen import WorkScreen

WIDE = 120
TALL, GROUPS, FEW_GROUPS = 36, 12, 2
"""Lines of a screen on which the form of an opening names many groups of the sample, how many, and how many else."""


class InspectionScreen(WorkScreen):
    """The inspections."""

    CSS_PATH = "inspection.tcss"
    PLACE = "inspection"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - so declared by Textual
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(
            "act.inspect", "view.looks", "view.proof", "view.card", shown=("act.inspect", "view.looks", "view.proof"),
            words={"view.card": N_("The whole inspection")},
        ),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._view: ListView | None = None
        self._opened = ""
        """The inspection that the form has just opened."""

    # ------------------------------------------------------------ what is shown
    def body(self) -> ComposeResult:
        """How many there are, the list, one of them beside it."""
        yield Static(id="inspections-head")
        with Container(id="inspections-work"):
            yield LongList(markable=False, id="inspections")
            with VerticalScroll(id="inspection", can_focus=False):
                yield Prose(id="inspection-text")

    def load(self) -> None:
        """As WorkScreen."""
        if (book := desk_of(self).book) is not None:
            self.ask("inspections", lambda ground: list_view(ground, book), self._show)

    def _show(self, view: ListView) -> None:
        self._view = view
        self.query_one("#inspections-head", Static).update(self._head(view))
        table = self.query_one("#inspections", LongList)
        in_present = desk_of(self).known_at is None
        table.empty = (
            _("No inspection yet; {key} opens one and draws its sample.", key="J")
            if in_present
            else _("No inspection had been opened by then.")
        )
        judged = any(line.wrong is not None for line in view.lines)
        table.set_columns(inspection_columns(view.names, judged=judged))
        table.show(ListSource([Row(line.inspection, line) for line in view.lines]))
        if not view.lines:
            self.query_one("#inspection-text", Prose).update("")
        else:
            self._tell(table.row)

    def _head(self, view: ListView) -> Text:
        lines = view.lines
        running = sum(line.state != "closed" for line in lines)
        told = [
            _("inspections {count}", count=len(lines)),
            _("not closed {count}", count=running),
            _("worksheets left {count}", count=sum(line.sampled - line.filled for line in lines if not line.closed_on)),
            _("findings pending {count}", count=sum(line.unsettled for line in lines if not line.closed_on)),
        ]
        if overdue := sum(line.overdue for line in lines if not line.closed_on):
            told.append(_("overdue {count}", count=overdue))
        return Text(in_line(told, self.app.size.width - 2), no_wrap=True)

    @on(LongList.Highlighted, "#inspections")
    def _moved(self, event: LongList.Highlighted) -> None:
        event.stop()
        self._tell(event.row)

    def _tell(self, row: Row | None) -> None:
        if self._view is not None and row is not None:
            line: InspectionLine = row.item
            self.query_one("#inspection-text", Prose).update(Content("\n").join(line_lines(line, self._view.names)))

    # ------------------------------------------------------------ keys
    @on(LongList.Opened, "#inspections")
    def _open(self, event: LongList.Opened) -> None:
        event.stop()
        self.app.push_screen(InspectionSheetScreen(event.row.item.inspection))

    def action_act_inspect(self) -> None:
        """Open a new inspection, and then the page of it."""
        self.ask("opening", lambda ground: (outlets(ground), members(ground)), self._ask_opening)

    def _ask_opening(self, answer: tuple[list[tuple[str, str]], list[Member]]) -> None:
        there, staff = answer

        def opened(number: str) -> None:
            self._opened = number

        def closed(saved: bool | None) -> None:
            if saved and self._opened:
                self.app.push_screen(InspectionSheetScreen(self._opened))

        self._opened = ""
        groups = GROUPS if self.app.size.height >= TALL else FEW_GROUPS
        form = opening_form(there, staff, desk_of(self).today, opened, groups)
        self.app.push_screen(form, closed)

    def action_view_looks(self) -> None:
        """Who looked at what."""
        self.app.push_screen(LooksScreen())

    def action_view_proof(self) -> None:
        """Make a checkpoint, or verify the book against one."""
        from guanhu.tui.inspection_proof import ProofScreen

        self.app.push_screen(ProofScreen())

    def action_view_card(self) -> None:
        """Show the whole inspection, or hide it."""
        self.toggle_class("-no-card")
