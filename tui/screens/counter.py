"""柜台: the person in front of the teller - found, seen at a glance, completed, passed upward; and the teller's day.

The input finds by number, name, phone tail, identity number or card. Enter goes to the customers found; there `E`
fills in what is missing, `r` refers to the relationship manager.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from guanhu.domain.text import visible
from guanhu.language import N_, _
from guanhu.projections.customers import CustomerPage, Found, find
from guanhu.projections.posts import posts_on
from guanhu.projections.teller_day import TellerDay, teller_day
from guanhu.store import affairs
from guanhu.store.codec import decode
from guanhu.tui.acts.about import About
from guanhu.tui.acts.acting import FORMS, Acting
from guanhu.tui.acts.registering import Registering
from guanhu.tui.acts.undoing import take_back
from guanhu.tui.asking import new_command
from guanhu.tui.cells import wan
from guanhu.tui.desk import desk_of
from guanhu.tui.ground import Ground
from guanhu.tui.keys import bindings
from guanhu.tui.names import Names
from guanhu.tui.screens.counter_text import gaps, tally
from guanhu.tui.widgets.columns import Column
from guanhu.tui.widgets.customer_card import Card, CustomerCard, card_of
from guanhu.tui.widgets.long_list import LongList, rows_of
from guanhu.tui.widgets.pages import ListSource
from guanhu.tui.widgets.prose import Prose
from guanhu.tui.work_screen import WorkScreen

if TYPE_CHECKING:
    from guanhu.tui.app import GuanhuApp

SHOWN = 50
"""Customers shown of those found: who stands at the counter can say more."""
TYPING = 0.08
COUNTER_OWN = frozenset({"act.refer", "act.deposit", "act.withdraw"})
"""Acts that stand in the footer here, or are done otherwise than elsewhere."""


class Met(msgspec.Struct, frozen=True):
    """The customer under the cursor, with whom they can be referred to: (staff_id, name), the right one first.

    `wanted`: the missing facts that an open duty asks for.
    """

    card: Card
    managers: Sequence[tuple[str, str]]
    wanted: Sequence[str]


def met(ground: Ground, customer_no: str) -> Met:
    """A question: the customer's page, and the relationship managers in reach."""
    card = card_of(ground, customer_no)
    found = card.page
    posts = posts_on(ground.cursor, ground.day.toordinal())
    role = ground.scheme.system_owner_role
    owners = [owner.staff_id for owner in found.owners if role in posts.roles_of(owner.staff_id)]
    near = [
        staff for staff, outlet in posts.outlets.items() if outlet == found.outlet and role in posts.roles_of(staff)
    ]
    ranked = dict.fromkeys([*filter(None, [found.system_owner]), *owners, *near])
    managers = [(staff, ground.names.staff(staff)) for staff in ranked if staff != ground.staff]
    owed = {item.duty for item in found.duties if item.status in ("open", "overdue")}
    wanted = [fact for duty in ground.scheme.duties if duty.id in owed for fact in duty.facts if fact in found.missing]
    return Met(card, managers, wanted)


class CounterScreen(WorkScreen, Acting, Registering):
    """A teller's view."""

    CSS_PATH = "counter.tcss"
    PLACE = "counter"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(
            "app.find", "act.profile", "act.refer", "view.clear",
            "app.back",
            shown=("app.find", "act.profile", "act.refer"),
            words={"act.profile": N_("Fill in"), "act.refer": N_("Refer upward"), "view.clear": N_("Next customer")},
        ),
        *bindings("act.deposit", "act.withdraw", "act.register", shown=("act.deposit", "act.withdraw", "act.register")),
        *bindings(*(act for act in FORMS if act not in COUNTER_OWN), shown=()),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]
        self._text = ""
        self._met: Met | None = None

    def body(self) -> ComposeResult:
        """The input, those found, the customer, the day."""
        with Vertical(id="counter-find", classes="panel"):
            yield Input(
                self._text, placeholder=_("number, name, phone tail, identity number or card"), id="counter-text"
            )
        with Horizontal(id="counter-body"):
            with Vertical(id="counter-left"):
                yield LongList(markable=False, id="counter-found")
                with VerticalScroll(id="counter-day", classes="panel", can_focus=False):
                    yield Static(id="counter-tally")
            with VerticalScroll(id="counter-card", classes="panel", can_focus=False):
                yield Prose(id="counter-gaps")
                yield CustomerCard(id="counter-customer")

    def on_mount(self) -> None:
        """A teller types first."""
        self.query_one("#counter-text").focus()

    def load(self) -> None:
        """As WorkScreen."""
        self.query_one("#counter-find").border_title = _("Who is in front of you?")
        self.query_one("#counter-day").border_title = _("My day at the counter")
        self.query_one("#counter-card").border_title = _("Customer")
        self._look()
        if (book := desk_of(self).book) is not None:
            self.ask(
                "tally",
                lambda ground: teller_day(ground.cursor, book.recorder, decode, ground.staff, ground.day),
                self._show_day,
            )

    # ------------------------------------------------------------ finding
    @on(Input.Changed, "#counter-text")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._text = event.value
        self._look(delay=TYPING)

    def _look(self, *, delay: float = 0.0) -> None:
        text = self._text.strip()

        def question(ground: Ground) -> tuple[int, list[Found], Names]:
            if not text:
                return 0, [], ground.names
            return *find(ground.cursor, ground.policy, ground.calendar, ground.day, text, limit=SHOWN), ground.names

        self.ask("found", question, self._show_found, delay=delay)

    def _show_found(self, answer: tuple[int, list[Found], Names]) -> None:
        total, found, names = answer
        table = self.query_one(LongList)
        table.set_columns(_columns(names))
        table.empty = (
            _("Nobody is known by this.") if self._text.strip() else _("Type to find somebody.")
        )
        self.query_one("#counter-find").border_subtitle = (
            _("found {count}   Enter: to the list", count=f"{total:,}") if self._text.strip() else ""
        )
        table.show(ListSource(rows_of(found, lambda each: each.customer_no)))

    @on(Input.Submitted, "#counter-text")
    def _found_it(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(LongList).focus()

    def action_app_find(self) -> None:
        """The next person: type again."""
        self.query_one("#counter-text", Input).focus()

    def action_view_clear(self) -> None:
        """The next person: an empty input."""
        text = self.query_one("#counter-text", Input)
        text.value = ""
        text.focus()

    def action_app_back(self) -> None:
        """From the input to the list."""
        self.query_one(LongList).focus()

    # ------------------------------------------------------------ the customer
    @on(LongList.Highlighted)
    @on(LongList.Shown)
    def _moved(self, event: LongList.Told) -> None:
        event.stop()
        row = self.query_one(LongList).row
        if row is None:
            self._met = None
            self._ask_nobody()
            return
        number = row.item.customer_no
        self.ask("met", lambda ground: met(ground, number), self._show_customer)

    def _ask_nobody(self) -> None:
        """Drop a late answer, and clear the card."""
        self.ask("met", lambda _ground: None, lambda _nothing: None)
        self.query_one("#counter-gaps", Static).update(Content.styled(_("Nobody is chosen."), "$muted"))
        self.query_one(CustomerCard).show(None)

    def _show_customer(self, met: Met) -> None:
        self._met = met
        self.query_one("#counter-gaps", Static).update(gaps(met.card, met.wanted, met.managers))
        self.query_one(CustomerCard).show(met.card)

    def _show_day(self, day: TellerDay) -> None:
        self.query_one("#counter-tally", Static).update(tally(day))

    @on(LongList.Opened)
    def _opened(self, event: LongList.Opened) -> None:
        event.stop()
        cast("GuanhuApp", self.app).open_customer(event.row.item.customer_no)

    # ------------------------------------------------------------ acts
    def about(self) -> About | None:
        """The customer in front of the teller."""
        return About(self._met.card.page.customer_no, self._met.card.page.name) if self._met else None

    def registered(self, customer_no: str) -> None:
        """The new customer is the one in front."""
        self.query_one("#counter-text", Input).value = customer_no
        self.query_one(LongList).focus()

    def action_act_profile(self) -> None:
        """Fill in what is missing."""
        from guanhu.tui.learned import fields, record
        from guanhu.tui.widgets.form_screen import FormScreen

        met = self._met
        if met is None:
            self.app.notify(_("Find the customer first."), markup=False)
            return
        page, today, by = met.card.page, desk_of(self).today, desk_of(self).staff
        facts = [*page.missing, *(fact for fact in ("identity_no", "card_no") if fact not in page.profile)]
        if page.restricted or page.erased or not facts:
            self.app.notify(_("There is nothing to fill in."), markup=False)
            return
        number, name = page.customer_no, visible(page.name or page.customer_no)
        form = FormScreen(
            _("{name}: what is missing (! owed to the file)", name=name),
            fields(facts, met.wanted),
            lambda book, values, command: record(book, number, values, today, command),
            said=lambda values: _("{name}: {count} facts recorded.", name=name, count=sum(map(bool, values.values()))),
            undo=lambda receipt: take_back(receipt, by),
            draft=f"facts:{number}",
        )
        self.app.push_screen(form)

    def action_act_refer(self) -> None:
        """Refer upward: to the customer's relationship manager, or to one that is chosen."""
        from guanhu.tui.widgets.dialogs import Choose

        met = self._met
        if met is None:
            self.app.notify(_("Find the customer first."), markup=False)
        elif not met.managers:
            self.app.notify(_("There is no relationship manager to refer to."), severity="warning", markup=False)
        elif met.card.page.system_owner == met.managers[0][0] or len(met.managers) == 1:
            self._refer(met.card.page, *met.managers[0])
        else:
            names = dict(met.managers)
            self.app.push_screen(
                Choose(_("Refer to whom?"), met.managers),
                lambda to: self._refer(met.card.page, to, names[to]) if to else None,
            )

    def _refer(self, page: CustomerPage, to: str, to_name: str) -> None:
        number, today, by, command = page.customer_no, desk_of(self).today, desk_of(self).staff, new_command()
        said = _("{name} was referred to {staff}.", name=visible(page.name or number), staff=visible(to_name))
        self.do(
            lambda book: affairs.refer(book, number, to, today, command=command),
            lambda _receipt: None,
            said=said,
            undo_of=lambda receipt: take_back(receipt, by),
        )


def _columns(names: Names) -> list[Column]:
    return [
        Column("name", _("Customer"), lambda each: each.name or each.customer_no, 8, 16, 2),
        Column("no", _("Number"), lambda each: (each.customer_no, "muted"), 10, 14, 1),
        Column("tier", _("Tier"), lambda each: names.tier(each.tier), 11, priority=1),
        Column("aum", _("AUM, wan"), lambda each: wan(each.aum_fen), 9, align="right", priority=2),
        Column("owner", _("Owner"), lambda each: names.staff(each.owner), 8, 16, 1, priority=3),
    ]
