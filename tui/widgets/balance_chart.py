"""The chart of a customer's balances: floors named at the side, months below, the day under the cursor told above."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual import events
from textual.message import Message
from textual.reactive import var
from textual.widget import Widget

from guanhu.language import _
from guanhu.tui.cells import fit, wan, weekday
from guanhu.tui.charting import (
    COLUMN,
    CROWNED,
    FLOOR,
    SPACE,
    THROUGH,
    TOP,
    Floor,
    Span,
    Steps,
    column_of,
    day_at,
    labels,
    months,
    plot,
    span_of,
    value_on,
)
from guanhu.tui.signs import PLAIN, signs_of

NAME = 12
"""Cells that the name of a floor has at most."""
HERE = {SPACE: "cursor", FLOOR: "cursor", THROUGH: "here-lined", CROWNED: "here-lined"}
"""How what stands under the cursor is drawn where it is no column."""


class BalanceChart(Widget):
    """Steps of balances up to a day; `cursor` is the day looked at, as an ordinal."""

    DEFAULT_CSS = Path(__file__).with_suffix(".tcss").read_text("utf-8")
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "balance-chart--column", "balance-chart--top", "balance-chart--floor", "balance-chart--through",
        "balance-chart--crowned", "balance-chart--text", "balance-chart--here", "balance-chart--here-lined",
        "balance-chart--cursor", "balance-chart--strong",
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
        if not self._steps:
            return
        span = self._span()
        gutter = self._gutter(span)
        width = self._across(gutter)
        if gutter <= x < gutter + width:
            self.cursor = day_at(span, x - gutter, width)
            self.post_message(self.Looked(self.cursor))

    # ------------------------------------------------------------ drawing
    def _across(self, gutter: int) -> int:
        return max(8, self.size.width - gutter)

    @property
    def _down(self) -> int:
        return max(2, self.size.height - 2)

    def _span(self) -> Span:
        return span_of(self._steps, self._floors, *self._days, self._down)

    def _gutter(self, span: Span) -> int:
        """Cells of the names and amounts at the left; nothing stands at the right."""
        told = labels(span, self._floors, self._down).values()
        return max(map(cell_len, [_("AUM, wan"), *map(_label, told)])) + 2

    def render(self) -> Text:
        """What the cursor is on, the rows, the months."""
        if not self._steps:
            return Text(_("no balance yet"), self._ink("text"))
        span, height = self._span(), self._down
        gutter = self._gutter(span)
        width = self._across(gutter)
        rows = plot(self._steps, self._floors, span, width, height, plain=signs_of(self.app) is PLAIN)
        at = column_of(span, self.cursor, width)
        told = labels(span, self._floors, height)
        lines = [self._told(gutter, width)]
        for y, row in zip(range(height - 1, -1, -1), rows, strict=True):
            label = told.get(y)
            words = fit(_label(label) if label else "", gutter - 1, "right") + " "
            line = Text(words, self._ink("floor" if label and label.name else "text"))
            for x, (sign, kind) in enumerate(row):
                line.append(sign, self._pen(kind, here=x == at))
            lines.append(line)
        lines.append(self._months(span, gutter, width))
        return Text("\n").join(lines)

    def _pen(self, kind: str, *, here: bool) -> Style:
        if signs_of(self.app) is PLAIN:
            kind = {COLUMN: TOP, THROUGH: FLOOR, CROWNED: FLOOR}.get(kind, kind)  # signs without a ground
        style = self._ink(kind or "text")
        return style + self._ink(HERE.get(kind, "here")) if here else style

    def _ink(self, name: str) -> Style:
        return self.get_component_rich_style(f"balance-chart--{name}")

    def _told(self, gutter: int, width: int) -> Text:
        """The day under the cursor, its balance, and what that is to the floors."""
        day = date.fromordinal(self.cursor)
        fen = value_on(self._steps, self.cursor)
        text = Text(fit(_("AUM, wan"), gutter - 1, "right") + f" {day:%Y-%m-%d} {weekday(day)}  ", self._ink("text"))
        if fen is None:
            return text.append(_("no balance yet"), self._ink("text"))
        text.append(_("{amount} wan", amount=wan(fen, 2)), self._ink("strong"))
        above = next((floor for floor in self._floors if floor.fen > fen), None)
        if above is not None:
            amount = _("{amount} wan", amount=wan(above.fen - fen, 2))
            lacking = _("{amount} short of {tier}", amount=amount, tier=above.name)
            text.append(f"  {lacking}", self._ink("text"))
        legend = _("-- floor of a tier")
        if (space := gutter + width - text.cell_len - cell_len(legend) - 1) > 1:
            text.append(" " * space + legend, self._ink("floor"))
        return text

    def _months(self, span: Span, gutter: int, width: int) -> Text:
        line = ""
        for column, name in months(span, width):
            line = fit(line, column) + name
        return Text(" " * gutter + line, self._ink("text"))


def _label(label: Floor) -> str:
    """What stands beside a row: the amount in 万, before it the tier whose floor it is."""
    amount = f"{wan(label.fen).removesuffix('.0'):>5}"
    return f"{fit(label.name, min(NAME, cell_len(label.name)))} {amount}" if label.name else amount
