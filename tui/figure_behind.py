"""What a figure opens to: the customers, duties or entries that it counts, and those that it does not."""

from collections.abc import Callable, Mapping, Sequence

from guanhu.domain.figures import FIGURES
from guanhu.domain.periods import Period
from guanhu.language import _
from guanhu.projections.figures import Line, behind
from guanhu.tui.acts.form import About
from guanhu.tui.cells import wan
from guanhu.tui.figure_view import Spot
from guanhu.tui.figure_words import day_of, fits_words, kind_words
from guanhu.tui.ground import Ground
from guanhu.tui.names import Names
from guanhu.tui.screens.behind import Behind
from guanhu.tui.signs import Signs
from guanhu.tui.widgets.columns import Column
from guanhu.tui.widgets.pages import Row

MOST = 5_000
"""Lines of each kind that are listed; more than that nobody goes through."""
WANTING = frozenset({
    "coverage", "reach", "on_time", "near_conversion", "maturity_retention", "profile_completeness", "profile_complete",
})  # fmt: skip
"""Figures of which what is missing wants something done; of the others what is counted is looked at."""


class FigureBehind(Behind[Line]):
    """The cases of a figure of one part, in two groups."""

    def __init__(self, words: str, spot: Spot, period: Period) -> None:
        self.words = words
        self._spot, self._period = spot, period
        self._until = period[1]
        """The last day that counts: of a period under way the day looked at."""

    def told(self) -> str:
        """As Behind."""
        figure = FIGURES[self._spot.figure]
        return _("{first} to {last}", first=self._period[0].isoformat(), last=self._until.isoformat()) + (
            "" if figure.better == "more" else "  " + _("fewer is better")
        )

    def find(self, ground: Ground) -> Sequence[Row]:
        """As Behind."""
        first, last = self._period
        self._until = min(last, ground.day)
        lines = behind(
            ground.cursor, ground.policy, ground.calendar, self._spot.figure, first=first, last=last,
            as_of=ground.day, side="denominator", **self._spot.scope,
        )  # fmt: skip
        counted = [line for line in lines if line.case.part >= line.case.whole]
        missing = [line for line in lines if line.case.part < line.case.whole]
        partly = FIGURES[self._spot.figure].unit in ("fen", "points")
        groups = [
            ("counted", _("wholly counted") if partly else _("counted in"), counted),
            ("missing", _("not wholly counted") if partly else _("not counted"), missing),
        ]
        if self._spot.figure in WANTING:
            groups.reverse()
        rows: list[Row] = []
        for id_, words, found in groups:
            if found:
                rows.append(Row(id_, heading=_heading(words, len(found))))
                rows += [Row(f"{id_} {n} {line.customer_no}", line) for n, line in enumerate(found[:MOST])]
        return rows

    def columns(self, names: Names, signs: Signs) -> list[Column]:
        """As Behind."""
        return [
            Column("name", _("Customer"), lambda line: (line.name or line.customer_no, "strong"), 8, 14, 1),
            Column("no", _("Number"), lambda line: (line.customer_no, "muted"), 9, 12, 0, priority=3),
            Column("tier", _("Tier"), lambda line: names.tier(line.case.tier or None), 9, 12, 0, priority=1),
            Column("staff", _("Counts for"), lambda line: names.staff_list(line.case.staff), 8, 20, 1, priority=2),
            *OWN[self._spot.figure](names),
        ]

    def about(self, item: Line) -> About | None:
        """As Behind."""
        return About(item.customer_no, item.name)


# ---------------------------------------------------------------- what a figure tells of its cases
def _day(title: str, field: str) -> Column:
    return Column(field, title, lambda line: _iso(getattr(line.case, field)), 10)


def _iso(day: int) -> str:
    return found.isoformat() if (found := day_of(day)) else ""


def _money(title: str, field: str) -> Column:
    return Column(field, title, lambda line: wan(getattr(line.case, field)), 8, 12, 0, "right")


def _coverage(names: Names) -> list[Column]:
    return [Column("fits", _("Post"), fits_words, 12, 24, 1), _money(_("AUM, wan"), "is_now")]


def _reach(_names: Names) -> list[Column]:
    return [_day(_("Reached on"), "on"), _money(_("AUM, wan"), "is_now")]


def _on_time(names: Names) -> list[Column]:
    return [
        Column("duty", _("Duty"), lambda line: names.duty(line.case.subject), 12, 24, 3),
        _day(_("Due"), "then"),
        _day(_("Done on"), "on"),
    ]


def _moved(names: Names) -> list[Column]:
    return [
        Column("to", _("At the end"), lambda line: names.tier(line.case.to or None), 9, 12, 1),
        _day(_("Moved on"), "on"),
        _money(_("AUM before, wan"), "was"),
    ]


def _matured(_names: Names) -> list[Column]:
    return [
        _day(_("Matured"), "then"),
        _money(_("Sum, wan"), "whole"),
        _money(_("Kept, wan"), "part"),
        _money(_("AUM before, wan"), "was"),
        _money(_("AUM after, wan"), "is_now"),
        _day(_("Seen on"), "on"),
    ]


def _lost(_names: Names) -> list[Column]:
    return [_money(_("AUM before, wan"), "was"), _money(_("AUM after, wan"), "is_now")]


def _written(_names: Names) -> list[Column]:
    return [
        Column("kind", _("Kind of entry"), lambda line: kind_words(line.case.subject), 12, 24, 2),
        _day(_("Happened"), "on"),
        _day(_("Written"), "then"),
    ]


def _score(_names: Names) -> list[Column]:
    return [Column("score", _("Score"), lambda line: str(line.case.is_now), 6, 8, 0, "right")]


OWN: Mapping[str, Callable[[Names], list[Column]]] = {
    "coverage": _coverage, "reach": _reach, "on_time": _on_time, "up_rate": _moved, "down_rate": _moved,
    "near_conversion": _moved, "maturity_retention": _matured, "attrition": _lost, "late_writing": _written,
    "profile_completeness": _score, "profile_complete": _score,
}  # fmt: skip
"""The columns that a figure has beside the customer's."""


def _heading(words: str, count: int) -> str:
    if count > MOST:
        return _("{words} {count}, the first {most}", words=words, count=f"{count:,}", most=f"{MOST:,}")
    return f"{words} {count:,}"
