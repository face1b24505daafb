"""What an outlet manager does on the outlet's screen: assign one or many, share out those who wait, hand over."""

from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len

from guanhu.language import _
from guanhu.projections.auto_plan import plan_auto
from guanhu.projections.by_number import customer_names
from guanhu.projections.handover import Handover, plan_handover
from guanhu.projections.handover_part import duties_by_customer
from guanhu.projections.staff_view import Member, staff_list
from guanhu.tui.cells import fit
from guanhu.tui.desk import desk_of
from guanhu.tui.ground import Ground
from guanhu.tui.names import Names
from guanhu.tui.outlet_rows import posts_words
from guanhu.tui.screens.customers_acts import LOAD, NAME, ActsOnMany, load_meant
from guanhu.tui.screens.seat_plan import SeatPlanScreen, handover_plan, share_plan
from guanhu.tui.takers import assigners_words
from guanhu.tui.widgets.dialogs import Choose

if TYPE_CHECKING:
    from guanhu.tui.outlet_view import OutletView
    from guanhu.tui.widgets.long_list import LongList


ROOM = 40
"""Cells that a narrow screen has behind a name and its customers."""


class OutletActs(ActsOnMany):
    """For a screen with the list of those who wait (`waiting`) and of staff (`loads`)."""

    view: "OutletView | None"

    def part(self, name: str) -> "LongList":
        """One of the screen's lists."""
        raise NotImplementedError

    def in_front(self) -> str:
        """The name of the part that has the keys."""
        raise NotImplementedError

    def to_front(self, name: str) -> None:
        """Give the keys to a part."""
        raise NotImplementedError

    # ------------------------------------------------------------ assign
    def with_selected(self, then: Callable[[list[str]], object]) -> None:
        """Go on with those selected among the waiting, in the list's order; else with the one under the cursor.

        From another part, where no cursor says who is meant, the list of those who wait comes to the front first.
        """
        waiting = self.part("waiting")
        if self.view is None:
            return
        chosen = [each.customer_no for each in self.view.waiting if waiting.marks.has(each.customer_no)]
        here = self.in_front() == "waiting"
        if not chosen and here and waiting.row is not None:
            chosen = [waiting.row.id]
        if chosen:
            then(chosen)
        elif self.view.waiting and not here:
            self.to_front("waiting")
            self.app.notify(_("Choose who is to be assigned, or select several; then assign."), markup=False)
        else:
            self.app.notify(_("Nobody waits to be assigned."), markup=False)

    def taker_proposed(self) -> str:
        """The member of staff under the cursor, where the part of the staff is in front."""
        row = self.part("loads").row
        return row.item.staff_id if row and self.in_front() == "loads" else ""

    # ------------------------------------------------------------ share out
    def action_act_share(self) -> None:
        """Plan how those who wait are shared out, and show the plan."""
        if self.view is not None:
            outlet, title = self.view.outlet, self.view.title
            nobody = not self.view.waiting

            def planned(answer: tuple[Any, Names, str]) -> None:
                plan, names, advice = answer
                if nobody:
                    self.app.notify(_("Nobody waits to be assigned."), markup=False)
                    return
                if not plan.placements:
                    self.app.notify(_("Nobody who waits can be placed."), markup=False)
                    return
                self.app.push_screen(SeatPlanScreen(share_plan(plan, names, title)))
                if advice:
                    self.app.notify(advice, severity="warning", markup=False)

            def question(ground: Ground) -> tuple[Any, Names, str]:
                plan = plan_auto(ground.cursor, outlet, 0, ground.day)
                return plan, ground.names, assigners_words(ground, [outlet])

            self.ask("share", question, planned)

    # ------------------------------------------------------------ hand over
    def action_act_handover(self) -> None:
        """Choose who hands over to whom, and show the plan."""
        outlet = self.view.outlet if self.view is not None else None
        self.ask("members", partial(_members, outlet=outlet), lambda answer: self._choose_giver(*answer))

    def _choose_giver(self, members: list[Member], names: Names, advice: str) -> None:
        having = [each for each in members if each.customers or each.system_customers]
        shown = (self.view.outlet if self.view is not None else None) or ""
        options = [(each.staff_id, _words(each, names, shown)) for each in having]
        here = self.taker_proposed()
        if here and here not in dict(options):
            words = _("{name} has no customers to hand over.", name=names.staff(here))
            self.app.notify(words, markup=False)

        def chosen(giver: str | None) -> None:
            if giver is not None:
                self._choose_taker(giver, members, names)

        proposed = here if here in dict(options) else None  # nobody's customers are handed over by one enter
        words = "\n".join(filter(None, (_("Who hands over?"), advice, load_meant())))
        self.app.push_screen(Choose(words, options, proposed), chosen)

    def _choose_taker(self, giver: str, members: list[Member], names: Names) -> None:
        had = next(each for each in members if each.staff_id == giver)
        others = [each for each in members if each.staff_id != giver and each.posts]
        others.sort(key=lambda each: (_doubts(had, each), each.outlet != had.outlet, _load(each), each.staff_id))
        options = [(each.staff_id, _taker_words(had, each, names)) for each in others]

        def chosen(taker: str | None) -> None:
            if taker is not None:
                self._plan_handover(giver, taker)

        proposed = next((each.staff_id for each in others if not _doubts(had, each)), None)
        words = _("{name} hands over to whom?", name=names.staff(giver))
        self.app.push_screen(Choose(f"{words}\n{load_meant()}", options, proposed), chosen)

    def _plan_handover(self, giver: str, taker: str) -> None:
        day = desk_of(self).day

        def question(ground: Ground) -> tuple[Handover, Mapping[str, Counter[str]], dict[str, str], Names]:
            plan = plan_handover(ground.cursor, giver, taker, day)
            duties = duties_by_customer(ground.cursor, ground.policy, ground.calendar, plan)
            return plan, duties, customer_names(ground.cursor, plan.customer_nos), ground.names

        def planned(answer: tuple[Handover, Mapping[str, Counter[str]], dict[str, str], Names]) -> None:
            plan, duties, customers, names = answer
            self.app.push_screen(SeatPlanScreen(handover_plan(plan, duties, names, customers)))

        self.ask("handover", question, planned)


def doubt(giver: Member, taker: Member) -> str:
    """Why a member of staff suits less as the one to hand over to; "" where nothing speaks against it."""
    if taker.stand_in:
        return _("on leave")
    roles = {role for role, _at in taker.posts}
    had = {role for role, _at in giver.posts}
    if had and not had & roles:
        return _("another post")
    if taker.capacity and taker.customers + giver.customers > taker.capacity:
        return _("over capacity then")
    return ""


def _doubts(giver: Member, taker: Member) -> int:
    """Those who suit first, then who have another post, those whose posts own no customers, who is on leave last."""
    return 3 if taker.stand_in else 2 if not taker.capacity else int(bool(doubt(giver, taker)))


def _load(each: Member) -> int:
    """The share of the capacity that is taken, in thousandths."""
    return each.customers * 1000 // each.capacity if each.capacity else 0


def _taker_words(giver: Member, taker: Member, names: Names) -> str:
    why = _("on leave, {name} stands in", name=names.staff(taker.stand_in)) if taker.stand_in else doubt(giver, taker)
    return _words(taker, names, giver.outlet, why)


def _words(each: Member, names: Names, here: str, why: str = "") -> str:
    """Name and customers, what speaks against it, the posts in few words; the outlet where it is another than here."""
    name, load = each.name or each.staff_id, str(each.customers)
    load = f"{load}/{each.capacity}" if each.capacity else load
    head = f"{fit(name, max(NAME, cell_len(name)))}  {fit(load, max(LOAD, len(load)), 'right')}"
    outlet = "" if each.outlet == here else names.outlet(each.outlet)
    beside = sum(cell_len(part) + 2 for part in (f"[{why}]" if why else "", outlet) if part)
    posts = posts_words((role for role, _outlet in each.posts), names, max(1, ROOM - beside))
    return "  ".join(filter(None, (head, f"[{why}]" if why else "", posts, outlet)))


def _members(ground: Ground, outlet: str | None) -> tuple[list[Member], Names, str]:
    """A question: all staff, those of the asker's outlet first; who has left still has what was not handed over.

    Last, whose it is to hand over, where it is not the asker's.
    """
    members = staff_list(ground.cursor, ground.day, left=True)
    mine = next((each.outlet for each in members if each.staff_id == ground.staff), "")
    members.sort(key=lambda each: (each.outlet != mine, each.outlet, each.staff_id))
    return members, ground.names, assigners_words(ground, [outlet])
