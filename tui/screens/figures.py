"""Figures (指标): the figures of a period, whole and by person, outlet or tier; what each means, and how it went.

On the left the figures, beside them the parts of the one under the cursor, below or at the side its definition and
twelve months of it. Enter opens what is counted; on a wide screen it stands below.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.widgets import Static

from guanhu.domain import periods
from guanhu.domain.dates import period_bounds
from guanhu.domain.errors import Refused
from guanhu.domain.periods import Period
from guanhu.domain.text import visible
from guanhu.language import N_, _
from guanhu.projections.figures import Row as FigureRow
from guanhu.projections.figures import Share
from guanhu.projections.figures.asking import By
from guanhu.tui.bars import pen_of
from guanhu.tui.cells import fit, in_line
from guanhu.tui.days import LookingAtDays
from guanhu.tui.desk import desk_of
from guanhu.tui.figure_behind import FigureBehind
from guanhu.tui.figure_card import said, trend_text
from guanhu.tui.figure_rows import Part, all_columns, all_rows, figure_columns, figure_rows, part_columns, part_rows
from guanhu.tui.figure_view import ALL, BYS, TITLES, FiguresView, Spot, figures_view, trend_of
from guanhu.tui.figure_words import name_of
from guanhu.tui.ground import Ground
from guanhu.tui.keys import bindings
from guanhu.tui.list_export import write_list
from guanhu.tui.looks import Looker, form_of
from guanhu.tui.names import Names
from guanhu.tui.opening import open_customer
from guanhu.tui.screens.behind import BehindScreen
from guanhu.tui.signs import PLAIN, signs_of
from guanhu.tui.table_file import ENDINGS
from guanhu.tui.widgets.dialogs import AskText, choose
from guanhu.tui.widgets.long_list import LongList
from guanhu.tui.widgets.pages import ListSource, Row
from guanhu.tui.widgets.prose import Prose
from guanhu.tui.widgets.tab_line import TabLine
from guanhu.tui.work_screen import WorkScreen
from guanhu.tui.writing import ask_path, rows_written

FOLLOWS = 0.15
WIDE = 130
CHART = {"-narrow": (41, 7), "-wide": (56, 16)}
"""Cells and lines of the trend."""


class FiguresScreen(WorkScreen, LookingAtDays):
    """The figures of an outlet or of all."""

    CSS_PATH = "figures.tcss"
    PLACE = "figures"
    AUTO_FOCUS = "#figures"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - so declared by Textual
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(
            "view.next", "view.previous", "view.earlier", "view.later", "view.day", "view.whose", "view.card",
            shown=("view.next", "view.earlier", "view.day", "view.whose", "app.export"),
            words={
                "view.next": N_("Person, outlet, tier"), "view.previous": N_("Tier, outlet, person"),
                "view.day": N_("Period"), "view.whose": N_("Another outlet"), "view.card": N_("Definition and trend"),
                "view.earlier": N_("Period before"), "view.later": N_("Period after"),
            },
        ),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._by: By = "staff"
        self._chosen = ""
        self._period: Period | None = None
        self._view: FiguresView | None = None
        self._spot: Spot | None = None

    # ------------------------------------------------------------ what is shown
    def body(self) -> ComposeResult:
        """The head, the two lists, the definition and the trend."""
        yield Static(id="figures-head")
        yield TabLine(id="figures-by")
        with Container(id="figures-work"):
            with Container(id="figures-lists"):
                yield LongList(figure_columns(), markable=False, id="figures")
                yield LongList(markable=False, id="parts")
            with Container(id="figure-card"):
                with VerticalScroll(id="figure-said"):
                    yield Prose(id="figure-text")
                yield Static(id="figure-trend")
            yield LongList(markable=False, id="cases")

    def load(self) -> None:
        """As WorkScreen."""
        chosen, period, by = self._chosen, self.period, self._by
        if self._view is None:
            self.query_one("#figures-head", Static).update(_("Counting.."))
        self.ask("figures", lambda ground: figures_view(ground, chosen, period, by), self._show)

    @property
    def period(self) -> Period:
        """The period looked at: the month of the day, unless another was chosen that has begun by then."""
        day = desk_of(self).day
        return self._period if self._period and self._period[0] <= day else period_bounds("month", day)

    def _show(self, view: FiguresView) -> None:
        self._view = view
        self.query_one("#figures-head", Static).update(self._head(view))
        self.query_one(TabLine).show([_(words) for words in BYS.values()], list(BYS).index(self._by))
        figures = self.query_one("#figures", LongList)
        figures.set_columns(figure_columns())
        figures.show(ListSource(figure_rows(view.table)))
        self._show_parts(figures.row.item if figures.row else view.table.rows[0])

    def _head(self, view: FiguresView) -> Text:
        table = view.table
        named = periods.name((table.first, table.last))
        days = _("{first} to {last}", first=table.first.isoformat(), last=table.until.isoformat())
        parts = [named, days] if named else [days]
        if table.provisional:
            parts.append(_("provisional"))
        room = self.app.size.width - 2
        title = visible(view.title)
        told = in_line(parts, max(len(days), room - cell_len(title) - 2))
        title = fit(title, min(cell_len(title), room - cell_len(told) - 2))
        return Text.assemble((title, "bold"), f"  {told}", no_wrap=True)

    def _show_parts(self, row: FigureRow) -> None:
        view = self._view
        if view is None:
            return
        parts = self.query_one("#parts", LongList)
        parts.empty = _("Nothing is counted here.")
        parts.set_columns(part_columns(_(TITLES[self._by]), pen_of(parts)))
        parts.show(ListSource(part_rows(row, view.table, view.names)))
        self._look(row, None)

    # ------------------------------------------------------------ the figure under the cursor
    @on(LongList.Highlighted, "#figures")
    def _moved(self, event: LongList.Highlighted) -> None:
        event.stop()
        self._show_parts(event.row.item)

    @on(LongList.Highlighted, "#parts")
    def _moved_part(self, event: LongList.Highlighted) -> None:
        event.stop()
        if self.focused is event.list and (row := self._figure()) is not None:
            self._look(row, event.row.item)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Of the part under the cursor is told while its list has the keys, of all while that of the figures has."""
        row = self._figure()
        if row is not None and isinstance(event.widget, LongList) and event.widget.id != "cases":
            own = event.widget.row if event.widget.id == "parts" else None
            self._look(row, own.item if own else None)

    def _figure(self) -> FigureRow | None:
        row = self.query_one("#figures", LongList).row
        return row.item if row else None

    def _look(self, row: FigureRow, part: Part | None) -> None:
        """Tell the definition at once, the trend when it is counted."""
        view = self._view
        if view is None:
            return
        spot = Spot(row.figure, self._by, part.key if part else None, view.outlet)
        self.query_one("#figure-text", Prose).update(said(view, spot, part.share if part else row.whole))
        if spot != self._spot:
            self.query_one("#figure-trend", Static).update(Text(_("Counting.."), style="dim"))
        self._spot = spot
        last, behind = self.period[1], FigureBehind("", spot, self.period)

        def cases(ground: Ground) -> tuple[FigureBehind, Sequence[Row], Names]:
            return behind, behind.find(ground), ground.names

        self.ask("trend", lambda ground: trend_of(ground, spot, last), self._show_trend, delay=FOLLOWS)
        if self.has_class("-wide"):
            self.ask("cases", cases, self._show_cases, delay=FOLLOWS)

    def _show_trend(self, found: Sequence[tuple[Period, Share]]) -> None:
        size = CHART["-wide" if self.has_class("-wide") else "-narrow"]
        text = trend_text(found, *size, plain=signs_of(self.app) is PLAIN)
        self.query_one("#figure-trend", Static).update(text)

    def _show_cases(self, answer: tuple[FigureBehind, Sequence[Row], Names]) -> None:
        behind, rows, names = answer
        cases = self.query_one("#cases", LongList)
        cases.empty = _("There is nothing behind it.")
        cases.set_columns(behind.columns(names, signs_of(self.app)))
        cases.show(ListSource(rows), keep=False)

    # ------------------------------------------------------------ what is behind
    @on(LongList.Opened)
    def _open(self, event: LongList.Opened) -> None:
        event.stop()
        row, view = self._figure(), self._view
        if row is None or view is None:
            return
        if event.list.id == "cases":
            open_customer(self, event.row.item.customer_no)
            return
        part = event.row.item if event.list.id == "parts" else None
        spot = Spot(row.figure, self._by, part.key if part else None, view.outlet)
        words = f"{name_of(row.figure)} {part.name if part else view.title}"
        self.app.push_screen(BehindScreen(FigureBehind(words, spot, self.period)))

    # ------------------------------------------------------------ another part, period, outlet
    def action_view_next(self) -> None:
        """The next way to part the figures."""
        self._turn_to(1)

    def action_view_previous(self) -> None:
        """The way before."""
        self._turn_to(-1)

    def _turn_to(self, step: int) -> None:
        names = list(BYS)
        self._by = names[(names.index(self._by) + step) % len(names)]
        self.reload()

    @on(TabLine.Chosen)
    def _clicked(self, event: TabLine.Chosen) -> None:
        event.stop()
        self._by = list(BYS)[event.index]
        self.reload()

    def action_view_earlier(self) -> None:
        """The period before."""
        self._period = periods.before(self.period)
        self.reload()

    def action_view_later(self) -> None:
        """The period after, as far as it has begun."""
        later = periods.after(self.period)
        if later[0] <= desk_of(self).day:
            self._period = later
            self.reload()

    def action_view_day(self) -> None:
        """Ask for a period, or for a day to look at; nothing typed is this month."""
        hint = "2026-10, 2026-Q3, 2026, 2026-01-01 2026-03-15"
        self.app.push_screen(AskText(_("Which period, or which day?"), hint=hint), self._named_period)

    def _named_period(self, text: str | None) -> None:
        if text is None:
            return
        try:
            found = periods.parse_period(text)
        except Refused:
            self._period = None
            self._named(text)
            self.reload()
            return
        if found[0] > desk_of(self).day:
            self.app.notify(_("This period has not begun."), markup=False)
            return
        self._period = found
        self.reload()

    def action_view_whose(self) -> None:
        """Choose another outlet, or all."""
        if self._view is not None:
            options = [*self._view.outlets, (ALL, _("all outlets"))]
            choose(self, _("Which outlet?"), options, self._view.outlet or ALL, self._look_into)

    def _look_into(self, chosen: str) -> None:
        self._chosen = chosen
        self.reload()

    def action_view_card(self) -> None:
        """Show the definition and the trend, or hide them."""
        self.toggle_class("-no-card")

    def action_app_export(self) -> None:
        """Keep the whole table as a file."""
        view = self._view
        if view is None:
            return
        wanted = all_columns(_(TITLES[self._by]))
        rows = list(all_rows(view.table, view.names))

        looker = Looker(self, self.PLACE)

        def write(path: Path) -> str:
            looker.leave("export", form_of(path), rows=len(rows))
            return rows_written(write_list(path, wanted, ListSource(rows), lambda _id: True), path)

        named = periods.name(self.period) or f"{self.period[0]:%Y%m%d}-{self.period[1]:%Y%m%d}"
        value = str(Path.home() / f"{_('figures')}-{view.title}-{named}.xlsx".replace("/", "-"))
        ask_path(self, _("Write the figures into which file? (.xlsx or .csv)"), value, ENDINGS, write)
