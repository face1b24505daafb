"""How a screen asks and acts: in a named worker thread, the answer brought back as a message, errors as sentences.

Of questions of one group only the last is answered: the one before is given up, its answer dropped if it comes all the
same. Nothing here can freeze or crash a screen: what a rule or the store refuses becomes its sentence, a fault of the
program a notice.
"""

from collections.abc import Callable
from functools import partial
from threading import Event
from typing import Any, Generic, TypeVar
from uuid import uuid4

from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget

from guanhu.domain.errors import Refused
from guanhu.domain.text import visible
from guanhu.language import _
from guanhu.language.reasons import sentence
from guanhu.store.book import Book
from guanhu.tui.desk import Desk, desk_of
from guanhu.tui.ground import Ground, standing

Answer = TypeVar("Answer")
Question = Callable[[Ground], Answer]
Act = Callable[[Book], Answer]


def new_command() -> str:
    """An id for an act, made when its form opens: sent twice, the act is done once."""
    return uuid4().hex


def told(error: Exception) -> str:
    """What went wrong, as a sentence in the language in force."""
    if isinstance(error, Refused):
        return sentence(error.code, error.details)
    return _("The program failed at this: {error}", error=visible(f"{type(error).__name__}: {error}"))


class Answered(Message, Generic[Answer], bubble=False):
    """An answer; `over` is set where nobody waits for it any more."""

    def __init__(self, over: Event, value: Answer, then: Callable[[Answer], object]) -> None:
        super().__init__()
        self.over = over
        self.value = value
        self.then = then


class AskFailed(Message, bubble=False):
    """A question that was refused or failed."""

    def __init__(self, over: Event, error: Exception, failed: Callable[[Exception], object] | None) -> None:
        super().__init__()
        self.over = over
        self.error = error
        self.failed = failed


class Asking(Widget):
    """A screen or widget that asks the book. To be named last among the base classes."""

    _under_way: dict[str, Event]
    _delays: dict[str, Timer]

    def ask(
        self, group: str, question: Question[Answer], then: Callable[[Answer], object], *,
        failed: Callable[[Exception], object] | None = None, delay: float = 0.0,
    ) -> None:  # fmt: skip
        """Ask `question` on a snapshot, in a thread; `then` gets the answer, unless the group was asked again.

        `delay` in seconds: for questions that follow the cursor or typing. `failed` in place of the notice.
        """
        desk = desk_of(self)
        day, staff, book = desk.day, desk.staff, desk.book
        if book is None:
            return
        open_book = book
        self.give_up(group)
        over = self._questions[group] = Event()

        def run() -> None:
            try:
                with standing(open_book, day, staff) as ground:
                    answer = question(ground)
            except Exception as error:  # told, never raised: a worker's error must not end the program
                self.post_message(AskFailed(over, error, failed))
            else:
                self.post_message(Answered(over, answer, then))

        start = partial(desk.questions.ask, self, run, over, group=group, exclusive=True)
        if delay:
            self._waiting[group] = self.set_timer(delay, start)
        else:
            start()

    def give_up(self, group: str) -> None:
        """Nobody waits for the answer to a group's question any more: it is not asked, or given up and dropped."""
        if over := self._questions.pop(group, None):
            over.set()
        if timer := self._waiting.pop(group, None):
            timer.stop()

    def do(
        self, act: Act[Answer], then: Callable[[Answer], object], *, said: str | Callable[[Answer], str] = "",
        undo: Callable[[Book], object] | None = None, undo_of: Callable[[Answer], Act[Any] | None] | None = None,
        failed: Callable[[Exception], object] | None = None,
    ) -> None:  # fmt: skip
        """Do a writing act in a thread; `then` gets what it returns, after `said` was shown.

        `undo` is the correcting act that `u` offers, `undo_of` makes it from what the act returned, None where nothing
        was done; without either `u` says that the act stays. A refusal is shown, or given to `failed`: forms keep their
        text. Where this was left meanwhile the act is said and kept for `u` all the same, and a refusal is shown
        (doing.py); `then` and `failed` are not called. In a look back nothing is done: Refused("moment_is_read_only").
        """
        from guanhu.tui.doing import do

        do(self, act, then, said=said, undo=undo, undo_of=undo_of, failed=failed)

    @property
    def _questions(self) -> dict[str, Event]:
        """What is asked, by group."""
        if "_under_way" not in self.__dict__:
            self._under_way = {}
        return self._under_way

    @property
    def _waiting(self) -> dict[str, Timer]:
        """What waits to be asked, by group."""
        if "_delays" not in self.__dict__:
            self._delays = {}
        return self._delays

    def on_unmount(self) -> None:
        """Nobody waits for any answer any more."""
        for group in list(self._questions):
            self.give_up(group)

    def on_answered(self, message: Answered[Any]) -> None:
        """An answer has come."""
        message.stop()
        if not message.over.is_set():
            message.then(message.value)

    def on_ask_failed(self, message: AskFailed) -> None:
        """A question failed."""
        message.stop()
        if message.over.is_set():
            return
        if message.failed is not None:
            message.failed(message.error)
        else:
            self.tell_error(message.error)

    def tell_error(self, error: Exception) -> None:
        """Show what went wrong; the screen stays as it is."""
        desk: Desk = desk_of(self)
        desk.tell_error(told(error), fault=not isinstance(error, Refused))
