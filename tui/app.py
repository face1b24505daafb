"""The interface: the desk with its screens, the palette over all of them, and the settings."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.screen import Screen

from guanhu.domain.errors import Refused
from guanhu.language import _, choose
from guanhu.language.reasons import name_by_the_book
from guanhu.store.book import Book
from guanhu.tui.action_kinds import writes
from guanhu.tui.beginning import Beginning, Mending
from guanhu.tui.desk import Desk
from guanhu.tui.ground import standing
from guanhu.tui.key_words import key_words
from guanhu.tui.keys import ACTIONS, GROUPS, bindings
from guanhu.tui.places import CUSTOMER_PAGE, FIRST_START, MENDING, PLACES, Place
from guanhu.tui.settings import Settings
from guanhu.tui.widgets.top_bar import TopBar, Whereabouts, whereabouts
from guanhu.tui.work_screen import WorkScreen

if TYPE_CHECKING:
    from guanhu.tui.customer_source import Order
    from guanhu.tui.palette import Entry

HOME = "home"
"""The mode of the place that the interface opens at; the other places' modes have their ids."""

OF_A_BOOK = frozenset({"go", "view_time", "form_present", "app_import", "app_jump"})
"""Actions that there must be a book for."""


class GuanhuApp(Desk, inherit_bindings=False):
    """The whole interface. Without a book it opens at the first start."""

    TITLE = "管户"
    DEFAULT_MODE = HOME
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("app.palette", "app.help", "app.back", "app.jump", "app.settings", "app.import", "app.quit"),
        *bindings("view.time", "form.present"),
        *bindings(*(f"go.{place.id}" for place in PLACES)),
    ]

    def __init__(
        self, book: Book | None, staff: str, day: date, *, start: str = "today", language: str | None = None,
        settings: Settings | None = None, folder: Path | None = None, places: Sequence[Place] = PLACES,
        beginning: Beginning | None = None, mending: Mending | None = None,
    ) -> None:  # fmt: skip
        """`start` is the place to open at; `language` what the command line asked for, before the settings.

        `beginning` is what the first start needs, where there is no book; `mending` what is needed where there is one
        that is not ready.
        """
        super().__init__(book, staff, day, settings=settings, folder=folder)
        self.places = tuple(places)
        self.beginning = beginning
        self.mending = mending
        self._start = start
        self._home = "" if book is None else start
        """The place whose mode is `HOME`."""
        self._language = language
        self.fault: Exception | None = None
        """What ended the interface, for the command to tell after the last frame."""
        self._told_quit = False
        self.whereabouts = Whereabouts()
        choose(language or self.settings.language or None)
        self.add_mode(HOME, self._first_screen)
        for place in self.places:
            if place.id != self._home:
                self.add_mode(place.id, place.open)
        self._look_around()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a screen is busy one can only leave: settings would compose it anew, the palette cover it.

        Without a book there is nowhere to go, no time to look back to, nothing to import into.
        """
        if self.book is None and action in OF_A_BOOK:
            return False
        front = next(reversed(self._screen_stacks.get(self._current_mode, ())), None)
        return action == "app_quit" or not (isinstance(front, WorkScreen) and front.busy)

    # ------------------------------------------------------------ the screens
    def _first_screen(self) -> "Screen[None]":
        if self.book is None:
            return _load(FIRST_START if self.mending is None else MENDING)()
        return next(place for place in self.places if place.id == self._home).open()

    def action_go(self, place: str) -> None:
        """Go to a place; what is open over it there stays open, and closes where one is in that place already.

        The replay takes the customer under the cursor, where there is one.
        """
        from guanhu.tui.opening import customer_under

        if self.book is not None and not self._asked_something:
            if place == "replay" and (number := customer_under(self.screen.focused)):
                self._replay(number)
                return
            mode = HOME if place == self._home else place
            if mode != self.current_mode:
                self.switch_mode(mode)
                return
            while len(self.screen_stack) > 1:
                self.pop_screen()

    def _replay(self, customer_no: str) -> None:
        """The replay of a customer over what is there, unless it stands there already."""
        from guanhu.tui.screens.replay import CustomerReplay

        there = self.screen
        if not (isinstance(there, CustomerReplay) and there.scope and there.scope.customer_no == customer_no):
            self.push_screen(CustomerReplay(customer_no))

    def open_customer(self, customer_no: str, order: "Order | None" = None) -> None:
        """Open a customer's page over what is there; `order` is what next and previous go by there."""
        self.push_screen(_load(CUSTOMER_PAGE)(customer_no, order))

    def open_book(self, book: Book, staff: str) -> None:
        """Work in this book from here on, on its today (the first start made or found it)."""
        self.book = book
        self.day = self._chosen_on = book.today
        self.staff = staff
        self.acts.clear()  # they stand in another book
        self._look_around()
        self.watch_book()
        self.switch_mode(self._start)

    @property
    def _asked_something(self) -> bool:
        """Whether a dialog waits for its answer."""
        return self.screen.is_modal

    def changed(self) -> None:
        """The book changed: the bar above may say something else."""
        super().changed()
        self.run_worker(self._look_around, group="whereabouts", thread=True, exclusive=True, exit_on_error=False)

    def look_at(self, day: date) -> None:
        """Look at another day, by the same book and what is known in it."""
        if self.book is not None:
            self.stand_on(self.book, day, self.known_at)

    def action_view_time(self) -> None:
        """Look back to another time, or return from there."""
        from guanhu.tui.time_bar import Standpoint, TimeBar

        def chosen(there: Standpoint | None) -> None:
            if there is None:
                return
            self.stand_on(there.book, there.day, there.known_at)  # the bars say what is looked at, and what leads back

        if self.book is not None and not self._asked_something:
            self.push_screen(TimeBar(), chosen)

    def action_form_present(self) -> None:
        """Back from another day or time to the present."""
        if self.book is not None and self.looking_back and not self._asked_something:
            self.stand_on(self.book.present, self.today)

    def _look_around(self) -> None:
        """Read the names for the bar: before the first frame here, later in a thread."""
        if self.book is None:
            return
        try:
            with standing(self.book, self.day, self.staff) as ground:
                self.whereabouts = whereabouts(ground)
                self.apart = self.whereabouts.apart
                name_by_the_book("staff_id", ground.names.staff)
                for fact in ("tier", "below"):
                    name_by_the_book(fact, ground.names.tier)
        except Refused:
            return  # the screen that asks will say why
        if self.is_running:
            self.call_later(self._refresh_bars)

    def _refresh_bars(self) -> None:
        for screen in self._work_screens():
            for bar in screen.query(TopBar):
                bar.refresh()

    # ------------------------------------------------------------ settings
    def apply(self, settings: Settings) -> None:
        """Take settings on at once; another language is said by all that is open."""
        other = settings.language != self.settings.language
        super().apply(settings)
        if other:
            choose(settings.language or self._language)
            for screen in self._work_screens():
                screen.call_later(screen.relabel)

    def _work_screens(self) -> list[WorkScreen]:
        stacks = self._screen_stacks.values()
        return [screen for stack in stacks for screen in stack if isinstance(screen, WorkScreen)]

    def get_key_display(self, binding: Binding) -> str:
        """Keys as people read them, in signs that every console draws in one cell."""
        return key_words(binding.key) or super().get_key_display(binding)

    # ------------------------------------------------------------ failing
    def _handle_exception(self, error: Exception) -> None:
        if self.fault is None:
            self.fault = error
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Leave and print nothing: Textual's traceback shows local variables, and so the names of customers."""
        self.bell()
        self._close_messages_no_wait()

    # ------------------------------------------------------------ actions
    def action_app_palette(self) -> None:
        """Open the palette over the screen."""
        from guanhu.tui.palette import Palette

        if not self._asked_something:
            self.push_screen(Palette(self._entries(), self.open_customer), self._run)

    def _run(self, chosen: "Entry | None") -> None:
        if chosen is not None:
            self.call_later(chosen.run)

    def _entries(self) -> "list[Entry]":
        """What works on the screen, and the settings."""
        from guanhu.tui.palette import entry
        from guanhu.tui.screens.settings import CHOICES, chosen

        found: dict[str, Entry] = {}
        for node, binding, enabled, _tooltip in self.screen.active_bindings.values():
            name = binding.id
            if (self.looking_back and writes(binding.action)) or self.keeps_from(binding.action):
                continue
            if enabled and name and name != "app.palette" and name not in found:
                run = partial(self.run_action, binding.action, node)
                found[name] = entry(name, binding.description, self._keys_of(name), run)
        for name, value, words in CHOICES:
            found[words] = entry("", words, "", partial(self.apply, chosen(self.settings, name, value)))
        order = list(GROUPS)
        return sorted(found.values(), key=lambda each: order.index(each.group) if each.group in order else len(order))

    def action_app_help(self) -> None:
        """Open the help."""
        from guanhu.tui.screens.help import HelpScreen

        here = frozenset(each.binding.id for each in self.screen.active_bindings.values() if each.binding.id)
        self.push_screen(HelpScreen({name: self._keys_of(name) for name in ACTIONS}, here, str(self.folder)))

    def _keys_of(self, name: str) -> str:
        return " ".join(self.get_key_display(Binding(key, "")) for key in self.keys_of(name).split(","))

    def action_app_back(self) -> None:
        """Close what is open over the place."""
        if len(self.screen_stack) > 1:
            self.pop_screen()
        elif not self._told_quit:
            self._told_quit = True
            key = self._keys_of("app.quit")
            self.notify(_("Nothing is open over this screen. {key} quits.", key=key), markup=False)

    def action_app_jump(self) -> None:
        """Show the jump keys."""
        from guanhu.tui.jumper import Jumper, targets

        self.push_screen(Jumper(targets(self.screen)), lambda widget: widget.focus() if widget else None)

    def action_app_settings(self) -> None:
        """Open the settings."""
        from guanhu.tui.screens.settings import SettingsScreen

        self.push_screen(SettingsScreen())

    def action_app_import(self) -> None:
        """Open the import, in a book that is there."""
        from guanhu.tui.screens.importing import ImportScreen

        if self.book is not None and not self._asked_something and not isinstance(self.screen, ImportScreen):
            self.push_screen(ImportScreen())

    def action_app_quit(self) -> None:
        """Leave; what is stopped by it is told below the last frame."""
        front = self.screen
        if isinstance(front, WorkScreen) and front.busy:
            self.exit(message=Text(front.stopped_words()))
        else:
            self.exit()


def _load(where: str) -> "Callable[..., WorkScreen]":
    module, _colon, name = where.partition(":")
    found: Callable[..., WorkScreen] = getattr(import_module(module), name)
    return found
