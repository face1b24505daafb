"""What the outlet's screen shows, asked in one go on one snapshot."""

from datetime import date, timedelta

import msgspec

from guanhu.language import _
from guanhu.projections.assignment import Waiting, assignment_queue
from guanhu.projections.outlet_tiers import Moves, outlet_moves, outlet_summary
from guanhu.projections.posts import posts_on
from guanhu.projections.staff_view import outlet_list, outlet_of
from guanhu.projections.tiers import TierFigure
from guanhu.projections.workload import Load, Workload, workload
from guanhu.tui.ground import Ground
from guanhu.tui.names import Names

ALL = "*"
"""Stands for all outlets in the choice of one."""


class OutletView(msgspec.Struct, frozen=True):
    """All that the screen shows of an outlet; `outlet` None: of all."""

    outlet: str | None
    manager: str
    names: Names
    tiers: list[TierFigure]
    untiered: TierFigure
    moves: Moves
    workload: Workload
    waiting: list[Waiting]
    outlets: list[tuple[str, str]]

    @property
    def title(self) -> str:
        """The outlet's name."""
        return self.names.outlet(self.outlet) if self.outlet is not None else _("all outlets")

    @property
    def loads(self) -> list[Load]:
        """Who looks after customers or owes something; others only sit there."""
        return [load for load in self.workload.loads if load.capacity or load.total]

    @property
    def order(self) -> list[str | None]:
        """Tiers from high to low, the untiered last."""
        return [*(each.tier for each in reversed(self.tiers)), None]


def outlet_view(ground: Ground, chosen: str, first: date) -> OutletView:
    """A question: an outlet ("" the asker's own, else the first; `ALL`) since a date."""
    cursor, day = ground.cursor, ground.day
    posts = posts_on(cursor, day.toordinal())
    there = [each for each in outlet_list(cursor, day) if not each.closed]
    outlet = None if chosen == ALL else chosen or outlet_of(cursor, ground.staff, day)
    tiers, untiered = outlet_summary(cursor, outlet, day, ground.scheme)
    return OutletView(
        outlet, posts.managers.get(outlet or "", ""), ground.names, tiers, untiered,
        outlet_moves(cursor, ground.policy, ground.calendar, outlet, first, day),
        workload(cursor, ground.policy, ground.calendar, day, outlet=outlet, since=first + timedelta(days=1)),
        assignment_queue(cursor, outlet, day), [(each.outlet, each.name) for each in there],
    )  # fmt: skip
