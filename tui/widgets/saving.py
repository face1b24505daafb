"""Saving from a dialog: once, however often its key is pressed; one hears when it waits, and what became of it."""

from collections.abc import Callable
from typing import Any, TypeVar

from guanhu.language import _
from guanhu.store.book import Book
from guanhu.tui.asking import Asking, told

Answer = TypeVar("Answer")

WAITING_AFTER = 0.5
"""Seconds of saving until one is told that it waits: others hold the book."""


class Saving(Asking):
    """For a dialog that stays open with the reason where it can't be saved."""

    _saving = False

    def save_once(
        self, act: Callable[[Book], Answer], then: Callable[[Answer], object], *,
        said: str | Callable[[Answer], str] = "", undo: Callable[[Book], object] | None = None,
        undo_of: Callable[[Answer], Callable[[Book], Any]] | None = None,
    ) -> None:  # fmt: skip
        """As `do`; nothing else is begun until it has come back."""
        if self._saving:
            return
        self._hold(True)
        self.set_timer(WAITING_AFTER, self._say_waiting)
        self.do(act, then, said=said, undo=undo, undo_of=undo_of, failed=self._failed)

    def tell(self, words: str) -> None:
        """Show why it can't be saved, or that it waits."""
        raise NotImplementedError

    def _hold(self, saving: bool) -> None:
        """Saving begins, or has failed."""
        self._saving = saving

    def _say_waiting(self) -> None:
        if self._saving:
            self.tell(_("Saving: waiting until other terminals have finished writing ..."))

    def _failed(self, error: Exception) -> None:
        """All stays as it is: the same command does nothing twice."""
        self._hold(False)
        self.tell(told(error))
