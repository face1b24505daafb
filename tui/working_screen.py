"""The base of screens with a long work: while it is under way no key disturbs it, but those that stop it or leave.

Another language would compose the screen anew, the key of a place would take it from the screen: either would end the
work without a word.
"""

from collections.abc import Callable
from typing import ClassVar, TypeVar

from textual import events

from guanhu.language import N_, _
from guanhu.tui.beginning import Tell
from guanhu.tui.widgets.long_work import LongWork, Stopped
from guanhu.tui.work_screen import WorkScreen

Answer = TypeVar("Answer")


class WorkingScreen(WorkScreen):
    """A screen with one `LongWork`, begun by `begin`."""

    STOPS: ClassVar[str] = "app_back"
    """The action whose key stops the work."""
    STOPPED: ClassVar[str] = N_("Stopped; nothing was changed.")
    """What is said when the work was stopped, N_() marked."""

    @property
    def work(self) -> LongWork:
        """The bar of the work."""
        return self.query_one(LongWork)

    @property
    def busy(self) -> bool:
        """As WorkScreen."""
        return any(work.running for work in self.query(LongWork))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While the work is under way all one can do is stop it."""
        return action == self.STOPS if self.busy else self.offers(action)

    def offers(self, action: str) -> bool:
        """Whether an action can be done while no work is under way."""
        return True

    def pointless(self, action: str) -> bool:
        """As WorkScreen; nor is there, while the work is under way, any other key."""
        if self.busy:
            return action.replace(".", "_", 1) not in (self.STOPS, "app_quit")
        return super().pointless(action)

    def on_key(self, event: events.Key) -> None:
        """While the work is under way no key says that it does nothing here."""
        if self.busy:
            event.prevent_default()

    def begin(self, words: str, work: Callable[[Tell], Answer], then: Callable[[Answer], object]) -> None:
        """Begin the work; `then` gets its answer, `work_failed` what it raised."""
        self.begin_or(words, work, then, self.work_failed)

    def begin_or(
        self, words: str, work: Callable[[Tell], Answer], then: Callable[[Answer], object],
        failed: Callable[[Exception], object],
    ) -> None:  # fmt: skip
        """The same, with what is done where it fails."""

        def ended(answer: Answer) -> None:
            self.refresh_bindings()
            then(answer)

        def ended_so(error: Exception) -> None:
            self.refresh_bindings()
            failed(error)

        self.work.start(words, work, ended, ended_so)
        self.refresh_bindings()

    def stopped_words(self) -> str:
        """As WorkScreen."""
        return _(self.STOPPED)

    def work_failed(self, error: Exception) -> None:
        """Say that the work was stopped, or why it could not be done."""
        if isinstance(error, Stopped):
            self.app.notify(self.stopped_words(), markup=False)
        else:
            self.tell_error(error)
