"""The lists of the screen of figures: the figures, the parts of one of them, and all of it for a file."""

from collections.abc import Iterator
from functools import partial

import msgspec
from rich.text import Text

from guanhu.domain.figures import FIGURES
from guanhu.language import _
from guanhu.projections.figures import Row as FigureRow
from guanhu.projections.figures import Share, Table
from guanhu.tui.bars import Pen
from guanhu.tui.figure_words import amount, name_of, part_name, percent, unit
from guanhu.tui.names import Names
from guanhu.tui.widgets.columns import Column
from guanhu.tui.widgets.pages import Row

BAR = 20
"""Cells of a bar that stands for the whole."""


class Part(msgspec.Struct, frozen=True):
    """A figure of one part."""

    figure: str
    key: str
    name: str
    share: Share


def figure_rows(table: Table) -> list[Row]:
    """The figures."""
    return [Row(row.figure, row) for row in table.rows]


def figure_columns() -> list[Column]:
    """The columns of a figure."""
    return [
        Column("name", _("Figure"), lambda row: (name_of(row.figure), "strong"), 20, 22, 1),
        Column("share", _("Share"), lambda row: percent(row.whole), 6, 8, 0, "right"),
        Column("counted", _("Counted/of"), lambda row: _counted(row.figure, row.whole), 11, 22, 1, "right", 1),
    ]


def part_rows(row: FigureRow, table: Table, names: Names) -> list[Row]:
    """The parts of a figure, of people and outlets those first who are farthest from what is good."""
    figure = row.figure
    parts = [Part(figure, key, part_name(table.by, key, names, figure), share) for key, share in row.parts.items()]
    order = {key: n for n, key in enumerate(table.keys)}
    if table.by == "tier":
        parts.sort(key=lambda part: order[part.key])
    else:
        way = 1 if FIGURES[row.figure].better == "more" else -1
        parts.sort(key=lambda part: (way * (part.share.per_mille or 0), -part.share.denominator, part.key))
    return [Row(f"part {part.key}", part) for part in parts]


def part_columns(title: str, pen: Pen) -> list[Column]:
    """The columns of a part; `pen` draws the bars."""
    return [
        Column("part", title, lambda part: (part.name, "strong"), 9, 16, 1),
        Column("share", _("Share"), lambda part: percent(part.share), 6, 8, 0, "right"),
        Column("bar", "", partial(_bar, pen=pen), BAR, priority=2),
        Column("counted", _("Counted/of"), lambda part: _counted(part.figure, part.share), 11, 22, 1, "right", 1),
    ]


def _counted(figure: str, share: Share) -> str:
    kind = FIGURES[figure]
    numbers = f"{amount(share.numerator, kind, short=True)}/{amount(share.denominator, kind, short=True)}"
    return _("{amount} wan", amount=numbers) if kind.unit == "fen" else numbers


def _bar(part: Part, *, pen: Pen) -> Text:
    """A twentieth of the whole for each sign; what is not nothing has at least one."""
    filled = -(-(part.share.per_mille or 0) * BAR // 1000)
    style = pen("good" if FIGURES[part.figure].better == "more" else "soon")
    return Text.assemble(("=" * max(0, min(BAR, filled)), style))


# ---------------------------------------------------------------- for a file
def all_rows(table: Table, names: Names) -> Iterator[Row]:
    """Every figure, whole and by part."""
    for row in table.rows:
        yield Row(row.figure, Part(row.figure, "", _("in all"), row.whole))
        for each in part_rows(row, table, names):
            yield Row(f"{row.figure} {each.id}", each.item)


def all_columns(by_words: str) -> list[Column]:
    """The columns of `all_rows`, with the definition of what is counted."""

    def number(value: int, part: Part) -> str:
        return amount(value, FIGURES[part.figure]).replace(",", "")

    return [
        Column("figure", _("Figure"), lambda part: name_of(part.figure), 20),
        Column("part", by_words, lambda part: part.name, 16),
        Column("share", _("Share"), lambda part: percent(part.share), 8),
        Column("counted", _("Counted"), lambda part: number(part.share.numerator, part), 14),
        Column("of", _("Out of"), lambda part: number(part.share.denominator, part), 14),
        Column("unit", _("Unit"), lambda part: unit(FIGURES[part.figure]), 10),
    ]
