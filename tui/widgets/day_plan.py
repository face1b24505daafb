"""Two lines above the queue: the day's load against what a day has room for, and what to do first."""

from collections import Counter
from pathlib import Path

import msgspec
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from guanhu.domain.proposing import Load, Proposal
from guanhu.domain.text import visible
from guanhu.language import N_, _
from guanhu.projections.today import Plan
from guanhu.tui.names import Names

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
        self._at = 0

    def compose(self) -> ComposeResult:
        """The load, and the proposal."""
        yield Static(id="load", markup=False)
        yield Static(id="proposal", markup=False)

    def show(self, planned: Planned) -> None:
        """Show a plan, from its first proposal."""
        self._planned = planned
        self._at = 0
        self.query_one("#load", Static).update(self._load(planned))
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
            self.query_one("#proposal", Static).update(self._proposal(planned))

    def _load(self, planned: Planned) -> Content:
        load = planned.plan.load
        parts: list[str | tuple[str, str]] = []
        if planned.whose:
            parts.append((f"{visible(planned.whose)}  ", "bold $key"))
        said = N_("{day}: customers to see to {to_do}, done {done}")
        parts.append(_(said, day=planned.day or _("Today"), to_do=load.to_do, done=load.done))
        if load.room:
            parts += ["  ", (bar(load, plain=self.app.has_class("-ascii")), "$primary"), "  "]
            parts.append(_("room for {room}", room=load.room))
            if load.over:
                parts.append((" " + _("{over} too many", over=load.over), "$late"))
        if planned.plan.capacity:
            plan = planned.plan
            words = _("looks after {customers} of {capacity}", customers=plan.customers, capacity=plan.capacity)
            parts.append((f"  {words}", "$muted"))
        return Content.assemble(*parts)

    def _proposal(self, planned: Planned) -> Content:
        if not planned.plan.proposals:
            return Content.styled(_("Nothing presses."), "$muted")
        proposal = planned.plan.proposals[self._at]
        duties = counted(Counter(proposal.duties), planned.names)
        count = f"{self._at + 1}/{len(planned.plan.proposals)}"
        first = _("First") if self._at == 0 else _("Then")
        name = visible(planned.customers.get(proposal.customer_no, proposal.customer_no))
        parts: list[str | tuple[str, str]] = [
            ("n ", "$key"), (f"{first} {count} ", "bold $key"), (f"{name} ", "bold"), _(ACTS[proposal.act]),
        ]  # fmt: skip
        if duties:
            parts.append(" " + _("does {count}: {duties}", count=len(proposal.duties), duties=duties))
        if proposal.overdue:
            parts.append((" " + _("{overdue} overdue", overdue=proposal.overdue), "$late"))
        return Content.assemble(*parts)


def counted(duties: Counter[str], names: Names) -> str:
    """Duties by name, with how often where that is more than once."""
    told = ((names.duty(duty), count) for duty, count in duties.items())
    return _(", ").join(f"{name} {count}" if count > 1 else name for name, count in told)


def bar(load: Load, *, plain: bool) -> str:
    """The day as a bar: what is done, what is to do, what is free, of the room that it has."""
    most = max(load.room, load.done + load.to_do)
    done = load.done * BAR_CELLS // most
    full = -(-(load.done + load.to_do) * BAR_CELLS // most)
    signs = "#=." if plain else "\u28ff\u2836\u2812"  # braille: one cell wide in every console
    return signs[0] * done + signs[1] * (full - done) + signs[2] * (BAR_CELLS - full)
