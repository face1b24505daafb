"""All customers: found as one types, narrowed, ordered, selected, acted on; each opens to its page."""

from collections.abc import Callable, Sequence
from typing import ClassVar

import msgspec
from rich.cells import cell_len
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from guanhu.domain.text import visible
from guanhu.language import N_, _
from guanhu.projections.browse_choices import Choices, choices, usual
from guanhu.projections.browsing import Browse
from guanhu.tui.acts.acting import ACT_KEYS, Acting
from guanhu.tui.acts.form import About
from guanhu.tui.acts.registering import Registering
from guanhu.tui.cells import fit
from guanhu.tui.customer_source import CustomerSource
from guanhu.tui.desk import desk_of
from guanhu.tui.ground import Ground
from guanhu.tui.keys import bindings
from guanhu.tui.names import Names, customers_counted
from guanhu.tui.opening import open_customer
from guanhu.tui.screens.customer_facets import facets
from guanhu.tui.screens.customer_filter import CustomerFilter
from guanhu.tui.screens.customers_acts import ActsOnMany
from guanhu.tui.screens.customers_outside import LookingOutside
from guanhu.tui.signs import signs_of
from guanhu.tui.widgets.columns import Column
from guanhu.tui.widgets.customer_columns import customer_columns
from guanhu.tui.widgets.find_box import FindBox
from guanhu.tui.widgets.long_list import LongList
from guanhu.tui.work_screen import WorkScreen

Scene = tuple[Browse, Choices, Names]


class CustomersScreen(WorkScreen, ActsOnMany, LookingOutside, Acting, Registering):
    """The list of customers. `asked` narrows it from the start: what a figure elsewhere opens to."""

    CSS_PATH = "customers.tcss"
    PLACE = "customers"
    BINDINGS: ClassVar[list[BindingType]] = [
        *ACT_KEYS,
        *bindings("app.find", "view.filter", "view.clear", "app.export"),
        *bindings("view.whose", words={"view.whose": N_("Mine, outlet, all")}, shown=("view.whose",)),
        *bindings("act.assign", "act.plan", "act.register", shown=("act.assign", "act.plan")),
    ]

    def __init__(self, asked: Browse | None = None) -> None:
        super().__init__()
        self.asked = asked
        self.source: CustomerSource | None = None
        self._choices = Choices((), (), ())
        self._names: Names | None = None
        self._shown_rows = 0
        self._typed_now: Browse | None = None
        """What was typed and not narrowed by yet."""

    # ------------------------------------------------------------ what stands on it
    def body(self) -> ComposeResult:
        """What is typed, what narrows, the list."""
        with Horizontal(id="find-line"):
            yield Static(Text(_("Find")), id="find-label")
            yield FindBox(
                self.asked.text if self.asked else "", id="find",
                placeholder=_("name, pinyin initials, number, phone tail"),
            )  # fmt: skip
            yield Static("", id="count")
        yield Static("", id="filter")
        yield LongList(self._columns(), id="customers")

    def on_mount(self) -> None:
        """The list has the focus: typing begins with /."""
        self.query_one(LongList).focus()

    def load(self) -> None:
        """Ask who there is, first what to narrow by."""
        self.ask("scene", self._question, self._show_scene)

    def _question(self, ground: Ground) -> Scene:
        asked = self.asked or usual(ground.cursor, ground.day, ground.staff)
        return asked, choices(ground.cursor, ground.scheme, ground.day, ground.staff), ground.names

    def _show_scene(self, answer: Scene) -> None:
        asked, self._choices, self._names = answer
        self.query_one(LongList).set_columns(self._columns())
        self._narrow(self._typed_now or self.asked or asked, keep=self._typed_now is None)

    def _narrow(self, asked: Browse, *, keep: bool = False) -> None:
        """Show the customers of a filter; what was selected stays only with the same one."""
        desk = desk_of(self)
        if desk.book is None:
            return
        months = self.asked.birthday_month if self.asked else 0
        self.give_up("typed")
        self.asked, self.outside, self._typed_now = asked, None, None
        listing = self.query_one(LongList)
        if bool(months) != bool(asked.birthday_month) or not listing.columns:
            listing.set_columns(self._columns())
        listing.sort = (asked.sort, asked.back)  # columns are named as orders are
        listing.empty = self._empty()
        self.source = CustomerSource(desk.book, desk.day, desk.staff, asked)
        listing.show(self.source, keep=keep)
        self._tell_filter()

    def _columns(self) -> list[Column]:
        names = self._names
        tiers = [cell_len(names.tier(each)) for each in (*self._choices.tiers, None)] if names else [8]
        birthdays = bool(self.asked and self.asked.birthday_month)
        return customer_columns(signs_of(self.app), birthdays=birthdays, tier=max(tiers))

    def _tell_filter(self) -> None:
        """The filter in words, and how many customers there are."""
        if self.asked is None or self._names is None:
            return
        me = desk_of(self).staff
        named = [
            f"{facet.title} {facet.words(self.asked)}"
            for facet in facets(self._choices, self._names, me)
            if facet.narrows(self.asked)
        ]
        words = visible("  |  ".join(filter(None, (self.outside_said(self._shown_rows), *named)))) or _("all customers")
        self.query_one("#filter", Static).update(Text(fit(words, self.app.size.width - 2)))
        marked = self.query_one(LongList).marks.count(self._shown_rows)
        count = customers_counted(self._shown_rows)
        selected = _("{count} selected", count=f"{marked:,}")
        self.query_one("#count", Static).update(Text(f"{count}  {selected}" if marked else count))

    # ------------------------------------------------------------ typing
    @on(Input.Changed, "#find")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        before = self._typed_now or self.asked
        if before is not None and event.value != before.text:
            asked = self._typed_now = self.within(msgspec.structs.replace(before, text=event.value))
            # Each key narrows anew; the ground drops what comes late.
            self.ask("typed", lambda _ground: asked, self._narrow, delay=0.06)

    @on(FindBox.Left)
    def _to_found(self, event: FindBox.Left) -> None:
        event.stop()
        if self._typed_now is not None:
            self._narrow(self._typed_now)  # at once: no key is for those who stood there before
        elif self.outside and not self._shown_rows and self.asked is not None:
            self._narrow(self.beyond(self.asked))
        self.query_one(LongList).focus()

    def told_outside(self) -> None:
        """As LookingOutside."""
        self._say_hints()

    def on_descendant_focus(self) -> None:
        """Which keys look further depends on where one is."""
        self._say_hints()

    def _say_hints(self) -> None:
        """Where else somebody is found, by the keys that work from where one is."""
        listing = self.query_one(LongList)
        listing.empty = self._empty()
        listing.redraw()
        self._tell_filter()

    @property
    def typing(self) -> bool:
        """As LookingOutside: whether letters are typed into the box."""
        return self.query_one(FindBox).has_focus

    def _empty(self) -> str:
        """What a list without rows says."""
        if self.asked is None or not (self.asked.owner or self.asked.outlet):
            return f"{_('Nobody.')}{self.way_back_said()}"
        if self.outside is None:
            return self.further_said()
        return self.none_within_said()

    def on_key(self, event: events.Key) -> None:
        """Escape empties the input first, then leaves it for the list."""
        find = self.query_one(FindBox)
        if not find.has_focus or event.key != "escape":
            return
        event.stop()
        event.prevent_default()
        if find.value:
            find.value = ""
        else:
            self.query_one(LongList).focus()

    def action_app_find(self) -> None:
        """Begin to type, in place of what was there."""
        find = self.query_one(FindBox)
        find.focus()
        find.action_select_all()

    # ------------------------------------------------------------ narrowing and order
    def action_view_filter(self) -> None:
        """Open the filter."""
        if self.asked is not None and self._names is not None:
            lines = facets(self._choices, self._names, desk_of(self).staff)
            self.app.push_screen(CustomerFilter(self.asked, lines, self._narrow))

    def action_view_clear(self) -> None:
        """Everybody, in the same order."""
        if self.asked is not None:
            self._within = None
            self.query_one(FindBox).value = ""
            self._narrow(Browse(sort=self.asked.sort, back=self.asked.back))

    def action_view_whose(self) -> None:
        """My customers, my outlet's, all; those outside at once where it was said that there are some."""
        if self.asked is None:
            return
        if self.outside:
            self._narrow(self.beyond(self.asked))
            return
        desk, self._within = desk_of(self), None
        outlet = self._choices.outlet
        if self.asked.owner == desk.staff and outlet:
            owner, at = "", outlet
        elif self.asked.owner or self.asked.outlet:
            owner, at = "", ""
        else:
            owner, at = (desk.staff, "") if desk.staff in self._choices.staff else ("", outlet)
        self._narrow(msgspec.structs.replace(self.asked, owner=owner, outlet=at))

    @on(LongList.SortAsked, "#customers")
    def _sort(self, event: LongList.SortAsked) -> None:
        event.stop()
        if self.asked is not None:
            asked: Browse = msgspec.structs.replace(self.asked, sort=event.column, back=event.back)
            self._narrow(asked, keep=True)

    # ------------------------------------------------------------ the list
    @on(LongList.Shown, "#customers")
    def _counted(self, event: LongList.Shown) -> None:
        event.stop()
        self._shown_rows = event.rows
        self._tell_filter()
        self.look_outside(event.rows)

    @on(LongList.MarksChanged, "#customers")
    def _selected(self, event: LongList.MarksChanged) -> None:
        event.stop()
        self._tell_filter()

    @on(LongList.Opened, "#customers")
    def _open(self, event: LongList.Opened) -> None:
        event.stop()
        open_customer(self, event.row.id)

    def action_app_export(self) -> None:
        """Write the customers with more than the columns show."""
        self.export_customers()

    # ------------------------------------------------------------ acts
    def about(self) -> About | None:
        """The customer under the cursor."""
        row = self.query_one(LongList).row
        return About(row.id, row.item.row.name) if row else None

    def marked(self) -> Sequence[str] | Callable[[], Sequence[str]]:
        """The customers selected; all of a million may be, so they are found in a thread."""
        listing, source = self.query_one(LongList), self.source
        if source is None or not listing.marks:
            return ()
        return lambda: list(listing.marks.chosen(source))

    def registered(self, customer_no: str) -> None:
        """Show the new customer, whom no filter may hide."""
        if self.asked is not None:
            self._narrow(Browse(sort=self.asked.sort, back=self.asked.back))
        self.query_one(FindBox).value = customer_no

    def acted(self) -> None:
        """The message went to those selected: none is any more."""
        listing = self.query_one(LongList)
        listing.marks.clear()
        listing.redraw()
        self._tell_filter()
