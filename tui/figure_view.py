"""What the screen of figures shows, asked in one go on one snapshot; the trend and the cases after it."""

from collections.abc import Sequence
from datetime import date

import msgspec

from guanhu.domain.periods import Period, months_until
from guanhu.language import N_, _
from guanhu.projections.figures import Share, Table, figures, trend
from guanhu.projections.figures.asking import By
from guanhu.projections.posts import posts_on
from guanhu.projections.staff_view import outlet_list
from guanhu.tui.ground import Ground
from guanhu.tui.names import Names

ALL = "*"
"""Stands for all outlets in the choice of one."""
BYS: dict[By, str] = {"staff": N_("by person"), "outlet": N_("by outlet"), "tier": N_("by tier")}
"""How figures are parted."""
TITLES: dict[By, str] = {"staff": N_("Person"), "outlet": N_("Outlet"), "tier": N_("Tier")}
MONTHS = 12
"""Of a trend."""


class FiguresView(msgspec.Struct, frozen=True):
    """The table, whose it is (`outlet` None: of all), and the names of things."""

    table: Table
    outlet: str | None
    names: Names
    outlets: list[tuple[str, str]]

    @property
    def title(self) -> str:
        """Whose figures they are."""
        return self.names.outlet(self.outlet) if self.outlet is not None else _("all outlets")


class Spot(msgspec.Struct, frozen=True):
    """One figure of one part: what is highlighted. `part` None: of all in the table."""

    figure: str
    by: By
    part: str | None
    outlet: str | None

    @property
    def scope(self) -> dict[str, str | None]:
        """Whose it is, as questions want it."""
        own = {"outlet": self.outlet}
        return own if self.part is None or not self.by else {**own, self.by: self.part}


def figures_view(ground: Ground, chosen: str, period: Period, by: By) -> FiguresView:
    """A question: the figures of an outlet ("" the asker's own, else all; `ALL`) in a period."""
    posts = posts_on(ground.cursor, ground.day.toordinal())
    there = [each for each in outlet_list(ground.cursor, ground.day) if not each.closed]
    outlet = None if chosen == ALL else chosen or _own(ground, posts.outlets.get(ground.staff, ""))
    table = figures(
        ground.cursor, ground.policy, ground.calendar, first=period[0], last=period[1], by=by, outlet=outlet,
        as_of=ground.day,
    )  # fmt: skip
    return FiguresView(table, outlet, ground.names, [(each.outlet, each.name) for each in there])


def _own(ground: Ground, outlet: str) -> str | None:
    """The asker's outlet; for whom the department is that of all."""
    at = posts_on(ground.cursor, ground.day.toordinal())
    return None if not outlet or ground.staff in at.department else outlet


def trend_of(ground: Ground, spot: Spot, last: date) -> Sequence[tuple[Period, Share]]:
    """A question: a figure in each of twelve months."""
    months = months_until(last, MONTHS)
    found = trend(
        ground.cursor, ground.policy, ground.calendar, spot.figure, months, as_of=ground.day, **spot.scope
    )
    return list(zip(months, found, strict=True))
