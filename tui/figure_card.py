"""What the card of a figure says: its definition with the numbers of a part, and how it went over twelve months."""

from collections.abc import Sequence
from itertools import groupby

from textual.content import Content

from guanhu.domain.figures import FIGURES
from guanhu.domain.periods import Period
from guanhu.domain.text import visible
from guanhu.language import _
from guanhu.projections.figures import Share
from guanhu.tui.charting import FULL
from guanhu.tui.figure_chart import AXIS, BLOCKS, NONE, columns
from guanhu.tui.figure_view import FiguresView, Spot
from guanhu.tui.figure_words import amount, definition, name_of, part_name, percent, unit


def said(view: FiguresView, spot: Spot, share: Share) -> Content:
    """The figure, whose it is, its numbers, and what it means."""
    figure = FIGURES[spot.figure]
    whose = view.title if spot.part is None else part_name(spot.by, spot.part, view.names, spot.figure)
    numbers = _(
        "{counted} of {all} {unit}", counted=amount(share.numerator, figure, short=True),
        all=amount(share.denominator, figure, short=True), unit=unit(figure, short=True),
    )  # fmt: skip
    lines = [
        Content.assemble((name_of(figure.id), "bold"), f"  {visible(whose)}"),
        Content.assemble((percent(share), "bold"), f"  {numbers}"),
        *(Content.assemble((title, "bold"), f"  {sentence}") for title, sentence in definition(figure)),
    ]
    return Content("\n").join(lines)


def trend_text(found: Sequence[tuple[Period, Share]], width: int, height: int, *, plain: bool) -> Content:
    """The months as columns of at most `width` cells, all in all in `height` lines, with what the newest is."""
    values = [share.per_mille for _period, share in found]
    labels = [f"{first:%m}" for (first, _last), _share in found]
    first, last = found[0][0][0], found[-1][0][0]
    title = _(
        "{first} to {last}, newest {share}",
        first=f"{first:%Y-%m}", last=f"{last:%Y-%m}", share=percent(found[-1][1]),
    )  # fmt: skip
    legend = [Content.styled(_("{sign} no cases in the month", sign=NONE), "$muted")] if None in values else []
    drawn = columns(values, labels, width, height - 2 - len(legend), plain=plain)
    return Content("\n").join([Content.styled(title, "bold"), *map(_inked, drawn), *legend])


def _inked(line: str) -> Content:
    """A line of the chart: the axis muted, the columns in the colour of charts."""
    parts = [Content.styled(line[:AXIS], "$muted")]
    for style, run in groupby(line[AXIS:], key=_ink):
        parts.append(Content.styled("".join(run), style))
    return Content.assemble(*parts)


def _ink(sign: str) -> str:
    """A whole cell has a ground, so that no font leaves a seam between two."""
    return "$primary on $primary" if sign == FULL else "$primary" if sign in BLOCKS else ""
