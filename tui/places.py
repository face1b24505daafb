"""The places of the interface: the screens that digits lead to, each loaded when it is first gone to."""

from importlib import import_module
from typing import TYPE_CHECKING

import msgspec

from guanhu.language import N_
from guanhu.tui.keys import ACTIONS

if TYPE_CHECKING:
    from guanhu.tui.work_screen import WorkScreen


class Place(msgspec.Struct, frozen=True):
    """A screen: `id` is the part of its action after `go.`; `where` is module:class.

    `shorter` is its name where there is little room, in English; "" where it has no other.
    """

    id: str
    where: str
    shorter: str = ""

    @property
    def words(self) -> str:
        """Its name, in English as `keys.py` has it."""
        return ACTIONS[f"go.{self.id}"].words

    @property
    def short(self) -> str:
        """Its name where there is little room, in English."""
        return self.shorter or self.words

    def open(self) -> "WorkScreen":
        """A new screen of the place."""
        module, _colon, name = self.where.partition(":")
        screen: WorkScreen = getattr(import_module(module), name)()
        return screen


PLACES = (
    Place("today", "guanhu.tui.screens.today:TodayScreen"),
    Place("customers", "guanhu.tui.screens.customers:CustomersScreen"),
    Place("log", "guanhu.tui.screens.log:LogScreen", N_("Day log")),
    Place("outlet", "guanhu.tui.screens.outlet:OutletScreen"),
    Place("scheme", "guanhu.tui.screens.scheme:SchemeScreen"),
    Place("counter", "guanhu.tui.screens.counter:CounterScreen"),
    Place("meeting", "guanhu.tui.screens.meeting:MeetingScreen", N_("Meeting")),
    Place("inspection", "guanhu.tui.screens.inspection:InspectionScreen"),
    Place("figures", "guanhu.tui.screens.figures:FiguresScreen"),
    Place("flags", "guanhu.tui.screens.red_flags:RedFlagsScreen", N_("Flags")),
    Place("replay", "guanhu.tui.screens.replay:ReplayScreen"),
)
FIRST_START = "guanhu.tui.screens.start:StartScreen"
"""Shown in place of a book that is not there."""
MENDING = "guanhu.tui.screens.mending:MendingScreen"
"""Shown in place of a book whose tables are another version's."""
CUSTOMER_PAGE = "guanhu.tui.screens.customer:CustomerScreen"
"""A customer's page; made with the customer's number."""
