"""The desk that all screens stand on: the book, who acts, the day looked at; theme, keys, notices.

`GuanhuApp` adds the screens to it. Widgets reach it by `desk_of(self)`.
"""

import gc
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.app import App
from textual.binding import BindingType
from textual.dom import DOMNode

from guanhu.domain.errors import Refused
from guanhu.language.reasons import sentence
from guanhu.store.book import Book
from guanhu.tui.folding import folded_key
from guanhu.tui.input_method import widen_parser
from guanhu.tui.keymap import FILE_NAME, NO_KEYMAP, Keymap, read_keymap
from guanhu.tui.settings import Settings, config_folder, read_settings, write_settings
from guanhu.tui.theme import theme_name, themes
from guanhu.tui.watching import BookChanged, Watcher

FAULT_SECONDS = 15.0
LOADING_AFTER = 0.3
"""Seconds after the first frame until the book loads what it needs for writing: the first screen asks before."""


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
        self.drafts: dict[str, Mapping[str, str]] = {}
        """Texts of forms that were cancelled, by the form's name."""
        self.last_act: tuple[str, Callable[[Book], object]] | None = None
        """The last act in words, and the act that corrects it."""
        self.ahead: object | None = None
        """What was asked before the interface was loaded, so that the first frame can show it."""
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
        if self.book is not None:
            self.set_timer(LOADING_AFTER, partial(self._load_all, self.book))

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
        """The watcher ends before the book is closed."""
        self._stop_watching()

    def watch_book(self) -> None:
        """Notice what others write from here on; again after another book was opened."""
        self._stop_watching()
        if self.book is not None:
            self._watcher = Watcher(self.book, self._seen_change)
            self._watcher.start()

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
