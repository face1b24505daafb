"""A plan of new seats to be looked at before it is done: an automatic sharing-out, or a handover.

Ctrl+S does it, escape leaves all as it is. Who was changed by others meanwhile is passed over and counted.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

import msgspec
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from guanhu.domain.text import visible
from guanhu.language import N_, _, terms
from guanhu.projections.auto_plan import Plan
from guanhu.projections.handover import Handover
from guanhu.store.applying import Applied, apply_handover, apply_plan
from guanhu.store.book import Book
from guanhu.tui.acts.undoing import take_back_plan
from guanhu.tui.asking import Asking, new_command, told
from guanhu.tui.desk import desk_of
from guanhu.tui.keys import bindings
from guanhu.tui.names import Names
from guanhu.tui.widgets.columns import Column
from guanhu.tui.widgets.form_screen import WAITING_AFTER
from guanhu.tui.widgets.long_list import LongList, rows_of
from guanhu.tui.widgets.pages import ListSource
from guanhu.tui.widgets.prose import Prose


class SeatPlan(msgspec.Struct, frozen=True):
    """A plan in words: facts above, rows below, and what does it (book, who acts, command id).

    `hint`: what else can be done, beside the keys.
    """

    title: str
    facts: Sequence[str]
    columns: Sequence[Column]
    rows: Sequence[Any]
    apply: Callable[[Book, str, str], Applied]
    hint: str = ""


def share_plan(plan: Plan, names: Names, title: str) -> SeatPlan:
    """Those who wait shared out; a row for each who can be given customers."""
    unfilled = [f"{_role(names, role)} {count}" for role, count in plan.unfilled.items()]
    facts = [
        _("waiting {count}", count=plan.waiting),
        _("placed {count}", count=len(plan.placements)),
        _("still missing somebody {count}", count=plan.left),
        _("nobody for: {roles}", roles=_(", ").join(unfilled)) if unfilled else "",
    ]
    columns = [
        Column("staff", _("Staff"), lambda each: (names.staff(each.staff_id), "strong"), 8, 14, 1),
        Column("role", _("Post"), lambda each: names.role(each.role), 10, 18, 2),
        Column("seat", _("Seat"), lambda each: (terms.seat(each.seat), "muted"), 8, 12, priority=1),
        Column("before", _("Before"), lambda each: f"{each.before:,}", 7, align="right"),
        Column("after", _("After"), lambda each: _after(each.before, each.after), 9, align="right"),
        Column("capacity", _("Capacity"), lambda each: f"{each.capacity:,}" if each.capacity else "", 8, align="right"),
    ]
    shares = sorted(plan.shares, key=lambda each: (each.after == each.before, each.seat, each.role, each.staff_id))
    words = _("Share out those who wait: {outlet}", outlet=title)

    def apply(book: Book, by: str, command: str) -> Applied:
        return apply_plan(book, plan, by=by, command=command)

    return SeatPlan(words, facts, columns, shares, apply)


def _after(before: int, after: int) -> tuple[str, str]:
    if after == before:
        return f"{after:,}", ""
    return f"{after:,} ({after - before:+})", "good" if after > before else "soon"


def handover_plan(plan: Handover, duties: Mapping[str, int], names: Names, customers: Mapping[str, str]) -> SeatPlan:
    """All that one has, handed over to another; a row for each customer, those who can't go over first.

    `duties`: those to do that go with them, by state. `customers` are their names by number, "" where they are not to
    be shown.
    """
    room = _("{customers} of {capacity}", customers=f"{plan.customers_after:,}", capacity=f"{plan.capacity:,}")
    after = room if plan.capacity else f"{plan.customers_after:,}"
    taker = names.staff(plan.to_staff)
    facts = [
        _("customers {count}", count=len(plan.placements)),
        _("duties overdue {overdue}, to do {open}", overdue=duties.get("overdue", 0), open=duties.get("open", 0)),
        _("promises {count}", count=plan.promises),
        _("referrals {count}", count=plan.referrals),
        _("requests {count}", count=plan.requests),
        _("customers of {name}: {before}, then {after}", name=taker, before=f"{plan.customers_before:,}", after=after),
        _("can't go over {count}", count=len(plan.left)) if plan.left else "",
    ]
    stays = [(each.customer_no, each.tier, names.role(each.role), each.seat, False) for each in plan.left]
    goes = [
        (each.customer_no, each.tier, names.role(new.role), new.seat, True)
        for each in plan.placements
        for new in each.taken
    ]
    columns = [
        Column("name", _("Customer"), lambda row: (customers.get(row[0]) or row[0], "strong"), 8, 16, 2),
        Column("no", _("Number"), lambda row: (row[0], "muted"), 9, 16, 1, priority=1),
        Column("tier", _("Tier"), lambda row: names.tier(row[1]), 9, 14, 1),
        Column("role", _("Post"), lambda row: terms.seat("system") if row[3] == "system" else row[2], 10, 20, 2),
        Column("goes", _("Goes over"), lambda row: _("yes") if row[4] else (_("no: no post fits"), "late"), 18, 22, 1),
    ]
    title = _("{giver} hands over to {taker}", giver=names.staff(plan.from_staff), taker=taker)
    hint = _("Whoever takes over may owe first contacts, too. Only some customers: Esc, select them in Customers, a.")

    def apply(book: Book, by: str, command: str) -> Applied:
        return apply_handover(book, plan, by=by, command=command)

    return SeatPlan(title, facts, columns, [*stays, *goes], apply, hint)


def _role(names: Names, role: str) -> str:
    return terms.seat(role) if role == "system" else names.role(role)


class SeatPlanScreen(ModalScreen[None], Asking):
    """Shows a plan and does it when asked."""

    CSS = Path(__file__).with_suffix(".tcss").read_text("utf-8")
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("form.save", "form.cancel", words={"form.save": N_("Do it"), "form.cancel": N_("Leave it")}),
    ]

    def __init__(self, plan: SeatPlan) -> None:
        super().__init__()
        self._plan = plan
        self._command = new_command()
        self._doing = False

    def compose(self) -> ComposeResult:
        """Facts, rows, what the keys do."""
        with Vertical(classes="dialog") as box:
            box.border_title = visible(self._plan.title)
            yield Static(Text(visible("  ".join(fact for fact in self._plan.facts if fact))), id="plan-facts")
            yield LongList(self._plan.columns, markable=False)
            yield Prose(id="plan-keys")

    def on_mount(self) -> None:
        """The rows."""
        rows = rows_of(list(enumerate(self._plan.rows)), lambda each: str(each[0]))
        self.query_one(LongList).show(ListSource([msgspec.structs.replace(row, item=row.item[1]) for row in rows]))
        self.query_one(LongList).focus()
        keys = _("Nothing is done yet. ^s does it, Esc leaves it.")
        self._say("\n".join(filter(None, (keys, self._plan.hint))))

    def action_form_save(self) -> None:
        """Do it, once."""
        if self._doing:
            return
        self._doing = True
        self.set_timer(WAITING_AFTER, self._say_waiting)
        desk, plan, command = desk_of(self), self._plan, self._command
        self.do(
            lambda book: plan.apply(book, desk.staff, command), self._done, failed=self._failed,
            undo=take_back_plan(command, desk.staff),
        )  # fmt: skip

    def _done(self, applied: Applied) -> None:
        said = terms.changed_hands(applied.customers, applied.seats)
        desk_of(self).name_last_act(said)
        if applied.passed_over:
            words = _("Passed over, because somebody changed them meanwhile: {count}.", count=applied.passed_over)
            self.app.notify(f"{said}\n{words}", severity="warning", markup=False, timeout=12)
        else:
            self.app.notify(said, markup=False)
        self.dismiss(None)

    def _failed(self, error: Exception) -> None:
        """The plan stays, with what went wrong under it: the same command does nothing twice."""
        self._doing = False
        again = _("^s tries again, Esc leaves it.")
        self._say(f"{told(error)} {again}", wrong=True)

    def _say_waiting(self) -> None:
        if self._doing:
            self._say(_("Saving: waiting until other terminals have finished writing ..."))

    def _say(self, words: str, *, wrong: bool = False) -> None:
        line = self.query_one("#plan-keys", Static)
        line.set_class(wrong, "late")
        line.update(Text(visible(words, multiline=True)))

    def action_form_cancel(self) -> None:
        """Leave all as it is; what is being saved is waited for, so that one hears what became of it."""
        if not self._doing:
            self.dismiss(None)
