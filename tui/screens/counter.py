"""柜台: the person in front of the teller - found, seen at a glance, completed, passed upward; and the teller's day.

The input finds by number, name, phone tail, identity number or card, so that every sign is typed there. Enter goes to
the customers found, where the keys work: `E` fills in what is missing, `r` opens the referral, with who is there
proposed. Escape goes back to the input.
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
from guanhu.projections.finding import Found, find
from guanhu.projections.teller_day import TellerDay, teller_day
from guanhu.store.codec import decode
from guanhu.tui.acts.about import About
from guanhu.tui.acts.acting import FORMS, Acting
from guanhu.tui.acts.registering import Registering
from guanhu.tui.acts.undoing import take_back
from guanhu.tui.cells import wan
from guanhu.tui.desk import desk_of
from guanhu.tui.ground import Ground
from guanhu.tui.keys import bindings
from guanhu.tui.names import Names
from guanhu.tui.screens.counter_text import gaps, tally
from guanhu.tui.upward import Upward, upward
from guanhu.tui.widgets.columns import Column
from guanhu.tui.widgets.customer_card import Card, CustomerCard, card_of
from guanhu.tui.widgets.find_box import FindBox
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
    """The customer under the cursor, and to whom they can be referred.

    `wanted`: the missing facts that an open duty asks for.
    """

    card: Card
    upward: Upward
    wanted: Sequence[str]


def met(ground: Ground, customer_no: str) -> Met:
    """A question: the customer's page, and to whom they can be passed upward."""
    card = card_of(ground, customer_no)
    found = card.page
    owed = {item.duty for item in found.duties if item.status in ("open", "overdue")}
    wanted = [fact for duty in ground.scheme.duties if duty.id in owed for fact in duty.facts if fact in found.missing]
    return Met(card, upward(ground, found), wanted)


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
        self._found_by = ""
        """The text that those in the list were found by."""
        self._found: int | None = None
        """How many are found; None where nothing was typed."""

    def body(self) -> ComposeResult:
        """The input, those found, the customer, the day."""
        with Vertical(id="counter-find", classes="panel"):
            yield FindBox(
                self._text, placeholder=_("number, name, phone tail, identity number or card"), id="counter-text"
            )
        with Horizontal(id="counter-body"):
            with Vertical(id="counter-left"):
                yield LongList(markable=False, id="counter-found")
                with VerticalScroll(id="counter-day", classes="panel", can_focus=False):
                    yield Static(id="counter-tally")
            with VerticalScroll(id="counter-card", classes="panel", can_focus=False):
                yield Prose(id="counter-gaps")
                yield CustomerCard(within=True, id="counter-customer")

    def on_mount(self) -> None:
        """A teller types first."""
        self.query_one(FindBox).focus()

    def load(self) -> None:
        """As WorkScreen."""
        self.query_one("#counter-find").border_title = _("Who is in front of you?")
        self.query_one("#counter-day").border_title = _("My day: all that I wrote")
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

        self.ask("found", question, lambda answer: self._show_found(text, answer), delay=delay)

    def _show_found(self, text: str, answer: tuple[int, list[Found], Names]) -> None:
        total, found, names = answer
        self._found_by = text
        table = self.query_one(LongList)
        table.set_columns(_columns(names) if found else [])  # no heads over nothing, to move with the first row
        table.empty = (
            _("Nobody is known by this.") if text else _("Type to find somebody.")
        )
        self._found = total if text else None
        self._say_keys()
        table.show(ListSource(rows_of(found, lambda each: each.customer_no)))

    @on(FindBox.Left)
    def _to_found(self, event: FindBox.Left) -> None:
        event.stop()
        self._to_list()

    def _to_list(self) -> None:
        """To those found by what stands in the box; until they are there no key is for anybody."""
        self._text, table = self.query_one(FindBox).value, self.query_one(LongList)
        if self._text.strip() != self._found_by:
            table.empty, self._found = _("Looking for them ..."), None
            table.show(ListSource([]))
            self._look()
        table.focus()

    def on_descendant_focus(self) -> None:
        """Which keys work depends on where one is."""
        self._say_keys()

    def _say_keys(self) -> None:
        """On the box's frame how many are found, and how one gets out of it or back into it."""
        box = self.query_one(FindBox)
        found = "" if self._found is None else _("found {count}", count=f"{self._found:,}")
        words = N_("Enter: to the list and its keys"), N_("Esc: search again   Backspace: next customer")
        keys = _(words[not box.has_focus])
        self.query_one("#counter-find").border_subtitle = "   ".join(filter(None, (found, keys)))

    def action_app_find(self) -> None:
        """The next person: what is typed now stands in place of what was."""
        box = self.query_one(FindBox)
        box.focus()
        box.action_select_all()

    def action_view_clear(self) -> None:
        """The next person: an empty input."""
        box = self.query_one(FindBox)
        box.value = ""
        box.focus()

    def action_app_back(self) -> None:
        """A notice goes first; else from the list to the input, and from there to the list."""
        if self.query("Toast"):
            self.app.clear_notifications()
        elif self.query_one(FindBox).has_focus:
            self._to_list()
        else:
            self.action_app_find()

    # ------------------------------------------------------------ the customer
    @on(LongList.Highlighted)
    @on(LongList.Shown)
    def _moved(self, event: LongList.Told) -> None:
        event.stop()
        row = self.query_one(LongList).row
        if row is None:
            self._ask_nobody()
            return
        number = row.item.customer_no
        self.ask("met", lambda ground: met(ground, number), self._show_customer)

    def _ask_nobody(self) -> None:
        """Drop a late answer, and clear the card."""
        self.give_up("met")
        self.query_one("#counter-gaps", Static).update(Content.styled(_("Nobody is chosen."), "$muted"))
        self.query_one(CustomerCard).show(None)

    def _show_customer(self, met: Met) -> None:
        self.query_one("#counter-gaps", Static).update(gaps(met.card, met.wanted, met.upward))
        self.query_one(CustomerCard).show(met.card)

    def _show_day(self, day: TellerDay) -> None:
        self.query_one("#counter-tally", Static).update(tally(day))

    @on(LongList.Opened)
    def _opened(self, event: LongList.Opened) -> None:
        event.stop()
        cast("GuanhuApp", self.app).open_customer(event.row.item.customer_no)

    # ------------------------------------------------------------ acts
    def about(self) -> About | None:
        """The customer in front of the teller, whether the card beside the list has come or not."""
        row = self.query_one(LongList).row
        return About(row.item.customer_no, row.item.name) if row else None

    def registered(self, customer_no: str) -> None:
        """The new customer is the one in front."""
        self.query_one(FindBox).value = customer_no
        self._to_list()

    def action_act_profile(self) -> None:
        """Fill in what is missing."""
        if (about := self.about()) is None:
            self.app.notify(_("Find the customer first."), markup=False)
        else:
            self.ask("facts", lambda ground: met(ground, about.customer_no), self._fill_in)

    def _fill_in(self, met: Met) -> None:
        from guanhu.tui.learned import fields, record
        from guanhu.tui.widgets.form_screen import FormScreen

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


def _columns(names: Names) -> list[Column]:
    return [
        Column("name", _("Customer"), lambda each: each.name or each.customer_no, 8, 16, 2),
        Column("no", _("Number"), lambda each: (each.customer_no, "muted"), 10, 14, 1),
        Column("tier", _("Tier"), lambda each: names.tier(each.tier), 11, priority=1),
        Column("aum", _("AUM, wan"), lambda each: wan(each.aum_fen), 9, align="right", priority=2),
        Column("owner", _("Owner"), lambda each: names.staff(each.owner), 8, 16, 1, priority=3),
    ]
