"""The chart of a customer's balances: floors named at the side, months below, the day under the cursor told above."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.message import Message
from textual.reactive import var
from textual.widget import Widget

from guanhu.language import _
from guanhu.tui.cells import fit, wan, weekday
from guanhu.tui.charting import (
    FLOOR,
    LINE,
    Floor,
    Span,
    Steps,
    column_of,
    day_at,
    months,
    plot,
    row_of,
    span_of,
    value_on,
)
from guanhu.tui.signs import PLAIN, signs_of

AMOUNTS = 9
"""Cells for the amounts at the left."""
NAMES = 14
"""Cells for the floors' names at the right."""


class BalanceChart(Widget):
    """Steps of balances up to a day; `cursor` is the day looked at, as an ordinal."""

    DEFAULT_CSS = Path(__file__).with_suffix(".tcss").read_text("utf-8")
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "balance-chart--line", "balance-chart--floor", "balance-chart--text", "balance-chart--cursor",
        "balance-chart--strong",
    }  # fmt: skip

    cursor: var[int] = var(0, init=False)

    class Looked(Message):
        """Another day is looked at, by the mouse."""

        def __init__(self, day: int) -> None:
            super().__init__()
            self.day = day

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._steps: Steps = ()
        self._floors: Sequence[Floor] = ()
        self._days = (0, 1)

    def show(self, steps: Steps, floors: Sequence[Floor], first: int, last: int) -> None:
        """Show the balances of the days from `first` to `last`."""
        self._steps, self._floors, self._days = steps, floors, (first, last)
        self.set_reactive(BalanceChart.cursor, max(first, min(self.cursor or last, last)))
        self.refresh()

    def watch_cursor(self) -> None:
        """Another day is told."""
        self.refresh()

    # ------------------------------------------------------------ the mouse
    def on_mouse_move(self, event: events.MouseMove) -> None:
        """The day under the mouse."""
        self._look(event.x)

    def on_click(self, event: events.Click) -> None:
        """The same for terminals that tell only clicks."""
        self._look(event.x)

    def _look(self, x: int) -> None:
        span, width = self._span(), self._across
        if self._steps and AMOUNTS <= x < AMOUNTS + width:
            self.cursor = day_at(span, (x - AMOUNTS) * 2, width * 2)
            self.post_message(self.Looked(self.cursor))

    # ------------------------------------------------------------ drawing
    @property
    def _across(self) -> int:
        return max(8, self.size.width - AMOUNTS - NAMES)

    @property
    def _down(self) -> int:
        return max(2, self.size.height - 2)

    def _span(self) -> Span:
        return span_of(self._steps, self._floors, *self._days)

    def render(self) -> Text:
        """What the cursor is on, the rows, the months."""
        if not self._steps:
            return Text(_("no balance yet"), self.get_component_rich_style("balance-chart--text"))
        span, width, height = self._span(), self._across, self._down
        plain = signs_of(self.app) is PLAIN
        rows = plot(self._steps, self._floors, span, width, height, plain=plain)
        at = column_of(span, self.cursor, width * 2) // 2
        lines = [self._told(span)]
        for y, row in enumerate(rows):
            line = Text(fit(self._amount(span, y, height), AMOUNTS - 1, "right") + " ", self._ink("text"))
            for x, (sign, kind) in enumerate(row):
                style = self._ink("line" if kind == LINE else "floor" if kind == FLOOR else "text")
                line.append(sign, style + self._ink("cursor") if x == at else style)
            line.append(" " + fit(self._floor_name(span, y, height), NAMES - 1), self._ink("floor"))
            lines.append(line)
        lines.append(self._months(span, width))
        return Text("\n").join(lines)

    def _ink(self, name: str) -> Style:
        return self.get_component_rich_style(f"balance-chart--{name}")

    def _told(self, span: Span) -> Text:
        """The day under the cursor, its balance, and what that is to the floors."""
        day = date.fromordinal(self.cursor)
        fen = value_on(self._steps, self.cursor)
        text = Text(" " * AMOUNTS + f"{day:%Y-%m-%d} {weekday(day)}  ", self._ink("text"))
        if fen is None:
            return text.append(_("no balance yet"), self._ink("text"))
        text.append(_("{amount} wan", amount=wan(fen, 2)), self._ink("strong"))
        above = next((floor for floor in self._floors if floor.fen > fen), None)
        if above is not None:
            amount = _("{amount} wan", amount=wan(above.fen - fen, 2))
            lacking = _("{amount} short of {tier}", amount=amount, tier=above.name)
            text.append(f"  {lacking}", self._ink("text"))
        return text

    def _amount(self, span: Span, y: int, height: int) -> str:
        """The amount beside a row: at the ends, and where a floor lies."""
        for floor in self._floors:
            if self._row(span, floor.fen, height) == y and span.low <= floor.fen <= span.high:
                return wan(floor.fen)
        taken = {self._row(span, floor.fen, height) for floor in self._floors if span.low <= floor.fen <= span.high}
        if y == 0 and 1 not in taken:
            return wan(span.high)
        return wan(span.low) if y == height - 1 and height - 2 not in taken else ""

    def _floor_name(self, span: Span, y: int, height: int) -> str:
        """The names of the floors on a row: the highest, where several fall together."""
        named = [f for f in self._floors if span.low <= f.fen <= span.high and self._row(span, f.fen, height) == y]
        return named[-1].name if named else ""

    def _row(self, span: Span, fen: int, height: int) -> int:
        """The row of cells in which an amount is drawn."""
        down = 1 if signs_of(self.app) is PLAIN else 4
        return row_of(span, fen, height * down) // down

    def _months(self, span: Span, width: int) -> Text:
        line = ""
        for column, first in months(span, width):
            line = fit(line, column) + f"{first:%Y-%m}"
        return Text(" " * AMOUNTS + line, self._ink("text"))
