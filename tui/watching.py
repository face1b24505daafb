"""Notices within a second what other terminals write in the book."""

from collections.abc import Callable
from threading import Event, Thread

from textual.message import Message

from guanhu.domain.errors import Refused
from guanhu.store.book import Book

SECONDS = 0.5
"""Between two looks: a look costs some microseconds."""


class BookChanged(Message, bubble=False):
    """Somebody wrote in the book, here or elsewhere: what is shown may be out of date."""


class Watcher:
    """Looks at the book's `data_version` in a thread of its own and calls `changed`, from that thread."""

    def __init__(self, book: Book, changed: Callable[[], object]) -> None:
        self._book = book
        self._changed = changed
        self._ended = Event()
        self._last: int | None = None
        self._thread = Thread(target=self._watch, name="guanhu-watcher", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """Stop watching; the book may be closed afterwards."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()

    def seen(self) -> None:
        """What is written by now is known, since this process wrote it; from any thread."""
        self._last = self._version()

    def _watch(self) -> None:
        self.seen()
        while not self._ended.wait(SECONDS):
            version, last = self._version(), self._last
            if version is not None and version != last:
                self._last = version
                if last is not None:
                    self._changed()

    def _version(self) -> int | None:
        try:
            return self._book.data_version()
        except Refused:
            return None  # busy, or the disk is away for a moment: the next look will tell
