"""How a screen asks and acts: in a named worker thread, the answer brought back as a message, errors as sentences.

Of questions of one group only the last is answered: an answer that comes late is dropped. Nothing here can freeze
or crash a screen: what a rule or the store refuses becomes its sentence, a fault of the program a notice.
"""

from collections.abc import Callable
from functools import partial
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
from guanhu.tui.desk import ActDone, Desk, desk_of
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
    """An answer, with the question it belongs to: its group and its number in the group."""

    def __init__(self, group: str, number: int, value: Answer, then: Callable[[Answer], object]) -> None:
        super().__init__()
        self.group = group
        self.number = number
        self.value = value
        self.then = then


class AskFailed(Message, bubble=False):
    """A question or an act that was refused or failed."""

    def __init__(self, group: str, number: int, error: Exception, failed: Callable[[Exception], object] | None) -> None:
        super().__init__()
        self.group = group
        self.number = number
        self.error = error
        self.failed = failed


class Asking(Widget):
    """A screen or widget that asks the book. To be named last among the base classes."""

    _numbers: dict[str, int]
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

        def run() -> Answer:
            with standing(open_book, day, staff) as ground:
                return question(ground)

        number = self._number(group)
        start = partial(self._start, group, number, run, then, failed, exclusive=True)
        if waiting := self._waiting.pop(group, None):
            waiting.stop()
        if delay:
            self._waiting[group] = self.set_timer(delay, start)
        else:
            start()

    def do(
        self, act: Act[Answer], then: Callable[[Answer], object], *, said: str = "",
        undo: Callable[[Book], object] | None = None, undo_of: Callable[[Answer], Act[Any]] | None = None,
        failed: Callable[[Exception], object] | None = None,
    ) -> None:  # fmt: skip
        """Do a writing act in a thread; `then` gets what it returns, after `said` was shown.

        `undo` is the correcting act that `u` offers, `undo_of` makes it from what the act returned; without either
        `u` says that the act stays. A refusal is shown, or given to `failed`: forms keep their text.
        """
        desk = desk_of(self)
        if desk.book is None:
            return
        book = desk.book

        def finished(answer: Answer) -> None:
            if said:
                self.app.notify(said, markup=False)
            correct = undo_of(answer) if undo_of else undo
            if said or correct is not None:
                desk.acts.append(ActDone(said, correct))
            desk.changed()
            then(answer)

        def run() -> Answer:
            answer = act(book)
            desk.wrote()
            return answer

        # Acts are never cancelled and never late: each has a group of its own.
        group = f"act-{new_command()}"
        self._start(group, self._number(group), run, finished, failed, exclusive=False)

    def _number(self, group: str) -> int:
        if "_numbers" not in self.__dict__:
            self._numbers = {}
        number = self._numbers[group] = self._numbers.get(group, 0) + 1
        return number

    @property
    def _waiting(self) -> dict[str, Timer]:
        if "_delays" not in self.__dict__:
            self._delays = {}
        return self._delays

    def _start(
        self, group: str, number: int, run: Callable[[], Answer], then: Callable[[Answer], object],
        failed: Callable[[Exception], object] | None, *, exclusive: bool,
    ) -> None:  # fmt: skip
        def guarded() -> None:
            try:
                answer = run()
            except Exception as error:  # told, never raised: a worker's error must not end the program
                self.post_message(AskFailed(group, number, error, failed))
            else:
                self.post_message(Answered(group, number, answer, then))

        self.run_worker(guarded, name=group, group=group, thread=True, exclusive=exclusive, exit_on_error=False)

    def on_answered(self, message: Answered[Any]) -> None:
        """An answer has come."""
        message.stop()
        if self._numbers.get(message.group) == message.number:
            message.then(message.value)

    def on_ask_failed(self, message: AskFailed) -> None:
        """A question or act failed."""
        message.stop()
        if self._numbers.get(message.group) == message.number:
            if message.failed is not None:
                message.failed(message.error)
            else:
                self.tell_error(message.error)

    def tell_error(self, error: Exception) -> None:
        """Show what went wrong; the screen stays as it is."""
        desk: Desk = desk_of(self)
        desk.tell_error(told(error), fault=not isinstance(error, Refused))
