"""The desk that all screens stand on: the book, who acts, the day looked at; theme, keys, notices.

`GuanhuApp` adds the screens to it. Widgets reach it by `desk_of(self)`.
"""

import gc
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import events
from textual.app import App
from textual.binding import BindingType
from textual.dom import DOMNode
from textual.notifications import Notify

from guanhu.domain.errors import Refused
from guanhu.language.reasons import sentence
from guanhu.store.book import Book
from guanhu.tui.action_kinds import maintains, named, writes
from guanhu.tui.folding import folded_key
from guanhu.tui.input_method import widen_parser
from guanhu.tui.keymap import FILE_NAME, NO_KEYMAP, Keymap, read_keymap
from guanhu.tui.keys import ACTIONS
from guanhu.tui.notices import SETTLES, make_room, once_settled
from guanhu.tui.questions import Questions
from guanhu.tui.settings import Settings, config_folder, read_settings, write_settings
from guanhu.tui.theme import theme_name, themes
from guanhu.tui.watching import BookChanged, Watcher

if TYPE_CHECKING:
    from textual.actions import ActionParseResult

    from guanhu.tui.forms import Draft

FAULT_SECONDS = 15.0
LOOKS_AT_CLOCK = 30.0
"""Seconds between two looks at the clock."""
LOADING_AFTER = 0.3
"""Seconds after the first frame until the book loads what it needs for writing: the first screen asks before."""


class ActDone(NamedTuple):
    """A saved act as its notice says it, and what takes it back (None: nothing does); `what` is the act alone."""

    said: str
    undo: Callable[[Book], object] | None = None
    what: str = ""

    @property
    def in_short(self) -> str:
        """The act in a line."""
        return self.what or self.said.partition("\n")[0]


class Desk(App[None], inherit_bindings=False):
    """An app on a book, without screens of its own."""

    CSS_PATH = Path(__file__).with_name("guanhu.tcss")  # a subclass elsewhere has the same
    ENABLE_COMMAND_PALETTE = False  # Guanhu has a palette of its own, in the user's language
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(
        self, book: Book | None, staff: str, day: date, *, settings: Settings | None = None, folder: Path | None = None,
    ) -> None:  # fmt: skip
        """`folder` holds the user's settings and keys (the configuration folder unless given)."""
        widen_parser()
        super().__init__()
        self.book = book
        self.staff = staff
        self.day = day
        self.folder = config_folder() if folder is None else folder
        self.settings = read_settings(self.folder) if settings is None else settings
        self.key_file: Keymap = NO_KEYMAP
        self.drafts: dict[str, Draft] = {}
        """Texts of forms that were cancelled, by the form's name."""
        self.questions = Questions()
        self.acts: list[ActDone] = []
        """The acts of this session that stand, the newest last."""
        self.untold: list[Exception] = []
        """Why what was begun failed, until somebody is told: after the last frame the command does it."""
        self.ahead: object | None = None
        """What was asked before the interface was loaded, so that the first frame can show it."""
        self.known_at: datetime | None = None
        """Up to when what was recorded counts; None for all that is known now."""
        self.apart = False
        """Whether who acts only inspects, and so maintains nothing."""
        self._chosen_on = self.today
        """The date on which the day looked at was last chosen."""
        self.version = 0
        """Rises whenever the book changed: a screen that shows an older one asks again."""
        self._watcher: Watcher | None = None
        for theme in themes():
            self.register_theme(theme)
        self._painted = False
        self.theme = theme_name(self.settings)
        self.stylesheet.set_variables(self.get_css_variables())
        self.set_class(self.settings.borders == "ascii", "-ascii")

    @property
    def today(self) -> date:
        """Today, whatever day is looked at: acts and phrases mean it."""
        return self.book.today if self.book else self.day

    @property
    def looking_back(self) -> bool:
        """Whether another day or time than the present is looked at, however chosen: nothing is written there."""
        return self.known_at is not None or self.day != self.today

    @property
    def _moment(self) -> Book | None:
        """The book, where it shows a moment of the past."""
        return self.book if self.book is not None and self.book.present is not self.book else None

    @property
    def last_act(self) -> ActDone | None:
        """The newest act of this session that was not taken back."""
        return self.acts[-1] if self.acts else None

    def take_ahead(self) -> object | None:
        """The answer that was asked for ahead, once; None where there is none."""
        ahead, self.ahead = self.ahead, None
        return ahead

    def on_mount(self) -> None:
        """Keys, and an eye on the book."""
        self.key_file = read_keymap(self.folder / FILE_NAME)
        self.set_keymap(self.key_file.keys)
        for problem in self.key_file.problems:
            self.notify(problem, severity="warning", markup=False, timeout=FAULT_SECONDS)
        self.watch_book()
        self.call_after_refresh(self._first_frame_shown)
        self.set_interval(LOOKS_AT_CLOCK, self.follow_clock)
        if self.book is not None:
            self.set_timer(LOADING_AFTER, partial(self._load_all, self.book))

    def keys_of(self, name: str) -> str:
        """The keys of an action by its stable name, the user's own where there are any; commas between them."""
        return self.key_file.keys.get(name) or ACTIONS[name].keys

    def refresh_css(self, animate: bool = True) -> None:
        """Not before the first frame: stylesheets are read in the theme's colours, and need not be read again."""
        if self._painted:
            super().refresh_css(animate)

    def _first_frame_shown(self) -> None:
        """From here on garbage is collected again, where `starting.interface` had put it off."""
        self._painted = True
        if not gc.isenabled():
            gc.freeze()
            gc.enable()

    def _load_all(self, book: Book) -> None:
        """Load what acts need while nobody waits for it; a wrong key file is told before anything is typed."""

        def load() -> None:
            try:
                book.load_all()
            except Refused as error:
                self.call_later(self.tell_error, sentence(error.code, error.details))

        self.run_worker(load, group="loading", thread=True, exit_on_error=False)

    def on_unmount(self) -> None:
        """The watcher ends before the book is closed, and so do the questions."""
        self._stop_watching()
        self.questions.close()
        if (moment := self._moment) is not None:
            moment.close()

    def watch_book(self) -> None:
        """Notice what others write from here on; again after another book was opened."""
        self._stop_watching()
        if self.book is not None and self.known_at is None:
            self._watcher = Watcher(self.book, self._seen_change)
            self._watcher.start()

    def stand_on(self, book: Book, day: date, known_at: datetime | None = None) -> None:
        """Show this book on this day from here on: the present one, or it as known by a time.

        A moment that was left is held open no longer, but by the questions that are still on their way.
        """
        left = self._moment
        if left is not None and left is not book:
            left.rest()
        self.book, self.day, self.known_at = book, day, known_at
        self._chosen_on = self.today
        self.watch_book()
        self.changed()

    def follow_clock(self) -> None:
        """After midnight who stood on today stands on the new day; a terminal stays open for weeks."""
        before, self._chosen_on = self._chosen_on, self.today
        if before != self._chosen_on:
            if self.known_at is None and self.day == before:
                self.day = self._chosen_on
            self.changed()

    def keeps_from(self, action: "str | ActionParseResult") -> bool:
        """Whether an action is maintenance, and who acts only inspects; on an inspection's own screens none is."""
        return self.apart and maintains(action) and not getattr(self.screen, "OF_INSPECTION", False)

    async def run_action(
        self, action: "str | ActionParseResult", default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:  # fmt: skip
        """Nothing is begun that would end in writing in a look back; in one of few customers no place seems empty."""
        self.follow_clock()
        if self.looking_back and writes(action):
            self.tell_error(sentence("moment_is_read_only", {}))
        elif self.keeps_from(action):
            self.tell_error(sentence("inspector_maintains", {"staff_id": self.staff}))
        elif self.book is not None and self.book.scoped and named(action) == "go":
            self.tell_error(sentence("moment_is_scoped", {}))
        else:
            return await super().run_action(action, default_namespace, namespaces)
        return True

    def _stop_watching(self) -> None:
        if self._watcher is not None:
            self._watcher.stop()
            self._watcher = None

    def wrote(self) -> None:
        """This desk wrote itself: the watcher need not tell it once more. From any thread."""
        if self._watcher is not None:
            self._watcher.seen()

    def _seen_change(self) -> None:
        """From the watcher's thread."""
        self.post_message(BookChanged())

    def on_book_changed(self, message: BookChanged) -> None:
        """Somebody wrote: the screen in front asks again, the others when they come to the front."""
        message.stop()
        self.changed()

    def changed(self) -> None:
        """The book changed."""
        self.version += 1
        self.screen.post_message(BookChanged())

    def on_notify(self, event: Notify) -> None:
        """A notice is being shown: room for it is made, and taken back when its time is over."""
        once_settled(self, self._make_room)
        self.set_timer(event.notification.time_left + SETTLES, self._make_room)

    def clear_notifications(self) -> None:
        """As Textual, on the screens below too; their room is taken back."""
        super().clear_notifications()
        for stack in self._screen_stacks.values():
            for screen in stack:
                screen.query("Toast").remove()
        self.set_timer(SETTLES, self._make_room)

    def _make_room(self) -> bool:
        """On every screen: the form that the notice tells of may be gone by now. Whether a notice is seen on one."""
        seen = [make_room(screen) for stack in self._screen_stacks.values() for screen in stack]
        return any(seen)

    async def on_event(self, event: events.Event) -> None:
        """Keys typed with an input method on are the keys that were meant, outside of inputs."""
        if isinstance(event, events.Key) and not event.is_forwarded and (meant := folded_key(event)) is not None:
            focused = self.focused
            if focused is None or not focused.check_consume_key(event.key, event.character):
                event = meant
        await super().on_event(event)

    def tell_error(self, words: str, *, fault: bool = False) -> None:
        """Show what went wrong."""
        self.notify(words, severity="error", markup=False, timeout=FAULT_SECONDS if fault else 8.0)

    def apply(self, settings: Settings) -> None:
        """Take settings on at once, and keep them; where the file can't be written they hold for this time."""
        self.settings = settings
        self.theme = theme_name(settings)
        self.set_class(settings.borders == "ascii", "-ascii")
        try:
            write_settings(self.folder, settings)
        except OSError as error:
            self.tell_error(str(error))
        self.refresh_css(animate=False)


def desk_of(node: DOMNode) -> Desk:
    """The desk that a widget stands on."""
    app = node.app
    if not isinstance(app, Desk):
        raise TypeError("a Desk is wanted")
    return app
