"""A plan of new seats to be looked at before it is done: an automatic sharing-out, or a handover.

`^s` does it, escape leaves all as it is. Who was changed by others meanwhile is passed over and counted.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

import msgspec
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from guanhu.domain.text import visible
from guanhu.language import N_, _, terms
from guanhu.projections.auto_plan import Plan
from guanhu.projections.handover import Handover
from guanhu.projections.handover_part import without
from guanhu.store.applying import Applied, apply_handover, apply_plan
from guanhu.store.book import Book
from guanhu.tui.acts.undoing import take_back_plan
from guanhu.tui.asking import new_command, told
from guanhu.tui.desk import desk_of
from guanhu.tui.keys import bindings
from guanhu.tui.names import Names
from guanhu.tui.outlet_rows import posts_words
from guanhu.tui.widgets.columns import Column
from guanhu.tui.widgets.long_list import LongList
from guanhu.tui.widgets.pages import ListSource, Row
from guanhu.tui.widgets.parts import in_lines
from guanhu.tui.widgets.prose import Prose
from guanhu.tui.widgets.saving import Saving

PERCENT, WIDEST, BESIDE = 96, 110, 4
"""The width of the dialog, of the screen's and in cells, as in the stylesheet; cells of its frame."""
AROUND = 12
"""Lines beside the rows at most: frame, facts, heads, what the keys do."""


class SeatPlan(msgspec.Struct, frozen=True):
    """A plan in words: facts above, rows below, and what does it (book, who acts, command id).

    `hint`: what else can be done, beside the keys. `without`: the plan without the customers of some rows, each row
    being one's whom `customer` names; None where nobody can be left out.
    """

    title: str
    facts: Sequence[str]
    columns: Sequence[Column]
    rows: Sequence[Any]
    apply: Callable[[Book, str, str], Applied]
    hint: str = ""
    customer: Callable[[Any], str] = str
    without: "Callable[[frozenset[str]], SeatPlan] | None" = None


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
        Column("role", _("Post"), lambda each: names.role(each.role), 10, 20, 2,
               short=lambda each, width: posts_words([each.role], names, width)),
        Column("seat", _("Seat"), lambda each: (terms.seat(each.seat), "muted"), 8, 12, priority=1),
        Column("before", _("Before"), lambda each: f"{each.before:,}", 7, align="right"),
        Column("after", _("After"), lambda each: f"{each.after:,}", 7, align="right"),
        Column("change", _("Change"), lambda each: _change(each.after - each.before), 6, align="right"),
        Column("capacity", _("Capacity"), lambda each: f"{each.capacity:,}" if each.capacity else "", 8, align="right"),
    ]  # fmt: skip
    shares = sorted(plan.shares, key=lambda each: (each.after == each.before, each.seat, each.role, each.staff_id))
    words = _("Share out those who wait: {outlet}", outlet=title)

    def apply(book: Book, by: str, command: str) -> Applied:
        return apply_plan(book, plan, by=by, command=command)

    return SeatPlan(words, facts, columns, shares, apply)


def _change(more: int) -> tuple[str, str]:
    return (f"{more:+,}" if more else ""), "good" if more > 0 else "soon"


def handover_plan(
    whole: Handover, duties: Mapping[str, Counter[str]], names: Names, customers: Mapping[str, str],
    out: frozenset[str] = frozenset(),
) -> SeatPlan:  # fmt: skip
    """All that one has, handed over to another; a row for each customer, those who can't go over first.

    `duties`: by customer those to do that go with them, by state. `customers` are their names by number, "" where they
    are not to be shown. `out`: the customers who are left out.
    """
    plan = without(whole, out)
    going = sum((duties[placed.customer_no] for placed in plan.placements), Counter[str]())
    room = _("{customers} of {capacity}", customers=f"{plan.customers_after:,}", capacity=f"{plan.capacity:,}")
    after = room if plan.capacity else f"{plan.customers_after:,}"
    giver, taker = names.staff(plan.from_staff), names.staff(plan.to_staff)
    facts = [
        _("customers {count}", count=len(plan.placements)),
        _("duties overdue {overdue}, to do {open}", overdue=going["overdue"], open=going["open"]),
        *_affairs(whole, giver, part=bool(out)),
        _("customers of {name}: {before}, then {after}", name=taker, before=f"{plan.customers_before:,}", after=after),
        _("can't go over {count}", count=len(plan.left)) if plan.left else "",
        _("left out {count}", count=len(out)) if out else "",
    ]
    stays = [(each.customer_no, each.tier, names.role(each.role), each.seat, False) for each in plan.left]
    goes = [
        (each.customer_no, each.tier, names.role(new.role), new.seat, True)
        for each in whole.placements
        for new in each.taken
    ]

    def goes_words(row: Any) -> str | tuple[str, str]:
        if not row[4]:
            return _("no: no post fits"), "late"
        return (_("no: stays with {name}", name=giver), "soon") if row[0] in out else _("yes")

    columns = [
        Column("name", _("Customer"), lambda row: (customers.get(row[0]) or row[0], "strong"), 8, 16, 2),
        Column("no", _("Number"), lambda row: (row[0], "muted"), 9, 16, 1, priority=1),
        Column("tier", _("Tier"), lambda row: names.tier(row[1]), 9, 14, 1),
        Column("role", _("Post"), lambda row: terms.seat("system") if row[3] == "system" else row[2], 10, 20, 2),
        Column("goes", _("Goes over"), goes_words, 18, 24, 1),
    ]
    title = _("{giver} hands over to {taker}", giver=giver, taker=taker)
    hint = _("Space leaves a customer out, who stays with {name}. Whoever takes over may owe first contacts, too.",
             name=giver)  # fmt: skip

    def apply(book: Book, by: str, command: str) -> Applied:
        return apply_handover(book, plan, by=by, command=command)

    return SeatPlan(
        title, facts, columns, [*stays, *goes], apply, hint, lambda row: str(row[0]),
        lambda numbers: handover_plan(whole, duties, names, customers, numbers),
    )  # fmt: skip


def _affairs(plan: Handover, giver: str, *, part: bool) -> list[str]:
    """What is open beside the duties: it goes over with all customers, or stays."""
    if part:
        open_ = plan.promises or plan.referrals or plan.requests
        return [_("promises, referrals, requests stay with {name}", name=giver)] if open_ else []
    return [
        _("promises {count}", count=plan.promises),
        _("referrals {count}", count=plan.referrals),
        _("requests {count}", count=plan.requests),
    ]


def _role(names: Names, role: str) -> str:
    return terms.seat(role) if role == "system" else names.role(role)


class SeatPlanScreen(ModalScreen[None], Saving):
    """Shows a plan and does it when asked."""

    CSS = Path(__file__).with_suffix(".tcss").read_text("utf-8")
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("form.save", "form.cancel", words={"form.save": N_("Do it"), "form.cancel": N_("Leave it")}),
    ]

    def __init__(self, plan: SeatPlan) -> None:
        super().__init__()
        self._whole = self._plan = plan
        self._command = new_command()

    def compose(self) -> ComposeResult:
        """Facts, rows, what the keys do."""
        with Vertical(classes="dialog") as box:
            box.border_title = visible(self._plan.title)
            box.styles.max_height = len(self._plan.rows) + AROUND  # a short plan leaves no half of it empty
            yield Static(id="plan-facts")
            yield LongList(self._plan.columns, markable=self._plan.without is not None)
            yield Prose(id="plan-keys")

    def on_mount(self) -> None:
        """The rows."""
        self._show()
        self.query_one(LongList).focus()
        keys = _("Nothing is done yet. ^s does it, Esc leaves it.")
        self._say("\n".join(filter(None, (keys, self._plan.hint))))

    def on_resize(self) -> None:
        """The facts have room for more in a line, or for less."""
        self._show()

    def _show(self) -> None:
        plan, rows = self._plan, self.query_one(LongList)
        facts = [Text(visible(fact)) for fact in plan.facts if fact]
        width = min(self.app.size.width * PERCENT // 100, WIDEST) - BESIDE
        self.query_one("#plan-facts", Static).update(Text("\n").join(in_lines(facts, width)))
        rows.set_columns(plan.columns)
        rows.show(ListSource([Row(str(n), item) for n, item in enumerate(plan.rows)]))

    @on(LongList.MarksChanged)
    def _left_out(self, event: LongList.MarksChanged) -> None:
        """Those selected are left out of the plan."""
        event.stop()
        if self._whole.without is not None and not self._saving:
            rows, marks = self._whole.rows, event.list.marks
            numbers = frozenset(self._whole.customer(item) for n, item in enumerate(rows) if marks.has(str(n)))
            self._plan = self._whole.without(numbers)
            self._show()

    def action_form_save(self) -> None:
        """Do it, once."""
        by, plan, command = desk_of(self).staff, self._plan, self._command
        self.save_once(
            lambda book: plan.apply(book, by, command), self._done, said=_done_words, undo=take_back_plan(command, by),
        )  # fmt: skip

    def _done(self, applied: Applied) -> None:
        if applied.passed_over:
            words = _("Passed over, because somebody changed them meanwhile: {count}.", count=applied.passed_over)
            self.app.notify(f"{_done_words(applied)}\n{words}", severity="warning", markup=False, timeout=12)
        self.dismiss(None)

    def _failed(self, error: Exception) -> None:
        """The plan stays, with what went wrong under it."""
        super()._failed(error)
        again = _("^s tries again, Esc leaves it.")
        self._say(f"{told(error)} {again}", wrong=True)

    def tell(self, words: str) -> None:
        """As Saving."""
        self._say(words)

    def _say(self, words: str, *, wrong: bool = False) -> None:
        line = self.query_one("#plan-keys", Static)
        line.set_class(wrong, "late")
        line.update(Text(visible(words, multiline=True)))

    def action_form_cancel(self) -> None:
        """Leave all as it is; what is being saved is waited for, so that one hears what became of it."""
        if not self._saving:
            self.dismiss(None)


def _done_words(applied: Applied) -> str:
    return terms.changed_hands(applied.customers, applied.seats)
