"""Two lines above the queue: the day's load against what a day has room for, and what to do first."""

from collections import Counter
from pathlib import Path

import msgspec
from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from guanhu.domain.proposing import Load, Proposal
from guanhu.domain.text import visible
from guanhu.language import N_, _
from guanhu.projections.today import Plan
from guanhu.tui.cells import CUT
from guanhu.tui.names import Names, duties_counted

BAR_CELLS = 12

ACTS = {"message": N_("message"), "contact": N_("call"), "visit": N_("visit")}


class Planned(msgspec.Struct, frozen=True):
    """A plan with the names of what is in it: of customers by number, of duties, and whose day it is.

    `day` in words, "" for today.
    """

    plan: Plan
    names: Names
    customers: dict[str, str]
    whose: str
    day: str = ""


class DayPlan(Vertical):
    """Shows a plan; `n` goes through its proposals."""

    DEFAULT_CSS = Path(__file__).with_suffix(".tcss").read_text("utf-8")

    def __init__(self) -> None:
        super().__init__()
        self._planned: Planned | None = None
        self._told = ""
        self._at = 0
        self._selected = ""
        self._here = ""

    def compose(self) -> ComposeResult:
        """The load, and the proposal."""
        yield Static(id="load", markup=False)
        yield Static(id="proposal", markup=False)

    def show(self, planned: Planned) -> None:
        """Show a plan, from its first proposal."""
        self._planned = planned
        self._at = 0
        self._say()

    def tell(self, words: str) -> None:
        """Say something in place of a plan, where there is none."""
        self._planned, self._told = None, words
        self._say()

    def select(self, words: str) -> None:
        """Say what can be done with the rows that are selected, in place of a proposal; "" while none is."""
        self._selected = words
        self._say()

    def stand(self, customer_no: str) -> None:
        """Whose row has the cursor: a proposal says whether it is there, or where `n` goes."""
        if customer_no != self._here:
            self._here = customer_no
            self._say()

    def on_resize(self) -> None:
        """The lines have room for more, or for less."""
        self._say()

    def step(self, step: int) -> Proposal | None:
        """The proposal to go to: the one shown, and after it the next; None where there is none."""
        if self._planned is None or not self._planned.plan.proposals:
            return None
        self._at = (self._at + step) % len(self._planned.plan.proposals)
        self._say()
        return self._planned.plan.proposals[self._at]

    def _say(self) -> None:
        planned = self._planned
        if planned is not None:
            self.query_one("#load", Static).update(self._load(planned))
            self.query_one("#proposal", Static).update(self._proposal(planned))
        elif self._told:
            self.query_one("#load", Static).update(cut(Content.styled(self._told, "bold $key"), self._room))
            self.query_one("#proposal", Static).update(Content.styled(self._selected, "bold $marked"))

    def _load(self, planned: Planned) -> Content:
        """What the day asks; who has little room sees less of what can be read elsewhere."""
        load, plan = planned.plan.load, planned.plan
        said = N_("{day}: customers due {to_do}, seen to {done}")
        parts = [Content(_(said, day=planned.day or _("Today"), to_do=load.to_do, done=load.done))]
        if planned.whose:
            parts.insert(0, Content.styled(visible(planned.whose), "bold $key"))
        if load.room:
            drawn = bar(load, plain=self.app.has_class("-ascii"))
            over = " " + _("{over} too many", over=load.over) if load.over else ""
            parts.append(Content.assemble(drawn, "  ", _("a day has room for {room}", room=load.room), (over, "$late")))
        if plan.capacity:
            words = _("looks after {customers}, room for {capacity}", customers=plan.customers, capacity=plan.capacity)
            parts.append(Content.styled(words, "$muted"))
        return fitted(parts, self._room)

    def _proposal(self, planned: Planned) -> Content:
        if self._selected:
            return Content.styled(self._selected, "bold $marked")
        if not planned.plan.proposals:
            return Content.styled(_("Nothing presses."), "$muted")
        proposal = planned.plan.proposals[self._at]
        count = f"{self._at + 1}/{len(planned.plan.proposals)}"
        here = proposal.customer_no == self._here
        where = _("next; to do first {count}, here:", count=count) if here else ""
        where = where or _("goes to do first {count}:", count=count)
        gap = "" if where.endswith("：") else " "
        name = visible(planned.customers.get(proposal.customer_no, proposal.customer_no))
        parts: list[str | tuple[str, str]] = [
            ("n ", "bold $key"), (f"{where}{gap}", "$key"), (f"{name}  ", "bold"), _(ACTS[proposal.act]),
        ]  # fmt: skip
        if proposal.overdue:
            parts.append(("  " + _("{overdue} overdue", overdue=proposal.overdue), "$late"))
        line = Content.assemble(*parts)
        if proposal.duties:
            settled = self._discharged(proposal, planned.names, self._room - line.cell_length - 2)
            line += f"  {settled}" if settled else ""
        return cut(line, self._room)

    @staticmethod
    def _discharged(proposal: Proposal, names: Names, room: int) -> str:
        """The duties that the act would do, by name those that there is room for."""
        count, told = len(proposal.duties), duties_counted(Counter(proposal.duties), names)
        for most in range(len(told), 0, -1):
            duties = _(", ").join(told[:most]) + (f" +{len(told) - most}" if most < len(told) else "")
            words = _("settles {count}: {duties}", count=count, duties=duties)
            if cell_len(words) <= room:
                return words
        words = _("settles {count}", count=count)
        return words if cell_len(words) <= room else ""

    @property
    def _room(self) -> int:
        """Cells of a line; before the first layout the screen's."""
        return (self.size.width or self.app.size.width) - 2


def fitted(parts: list[Content], room: int) -> Content:
    """The parts that `room` cells have room for: those at the end give way whole, as columns do."""
    for count in range(len(parts), 1, -1):
        line = Content("  ").join(parts[:count])
        if line.cell_length <= room:
            return line
    return cut(parts[0], room)


def cut(line: Content, room: int) -> Content:
    """A line of at most `room` cells, ended by `CUT` where it is longer."""
    return line if line.cell_length <= room else line.truncate(max(0, room - len(CUT))) + CUT


def bar(load: Load, *, plain: bool) -> Content:
    """The day as a bar: what is done, what is to do, what is free, of the room that it has.

    A sign each, so that it reads without colours; grounds in colour, because Chinese fonts have few signs that fill a
    cell and are one cell wide in every console.
    """
    most = max(load.room, load.done + load.to_do)
    done = load.done * BAR_CELLS // most
    full = -(-(load.done + load.to_do) * BAR_CELLS // most)
    cells = (("#", done, "$background on $good"), ("=", full - done, "$background on $soon"),
             (".", BAR_CELLS - full, "$muted on $panel"))  # fmt: skip
    return Content.assemble(*((sign * count, "" if plain else style) for sign, count, style in cells))
