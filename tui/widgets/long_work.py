"""A long work under way: how far it is, how long it still takes, and a way to stop it between two steps."""

from collections.abc import Callable
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any, ClassVar, TypeVar

from rich.cells import cell_len
from rich.text import Text
from textual.message import Message
from textual.widget import Widget

from guanhu.language import _
from guanhu.tui.beginning import Tell
from guanhu.tui.cells import fit

Answer = TypeVar("Answer")

LOOKS_A_SECOND = 5
SETTLED_SECONDS = 1.0
"""Before this the pace says nothing."""


class Stopped(Exception):
    """A person stopped the work; what was written before is whole."""


class LongWork(Widget):
    """Runs one work in a thread and shows its bar; it takes no line while there is none."""

    DEFAULT_CSS = Path(__file__).with_suffix(".tcss").read_text("utf-8")
    COMPONENT_CLASSES: ClassVar[set[str]] = {"long-work--done", "long-work--left", "long-work--words"}

    class Ended(Message, bubble=False):
        """From the thread: an answer, or what went wrong."""

        def __init__(self, answer: object, error: Exception | None) -> None:
            super().__init__()
            self.answer = answer
            self.error = error

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.display = False
        self._words = ""
        self._began = 0.0
        self._done, self._total = 0, 0
        self._stop = Event()
        self._then: Callable[[Any], object] | None = None
        self._failed: Callable[[Exception], object] | None = None

    @property
    def running(self) -> bool:
        """Whether a work is under way."""
        return self._then is not None

    def start(
        self, words: str, work: Callable[[Tell], Answer], then: Callable[[Answer], object],
        failed: Callable[[Exception], object],
    ) -> None:  # fmt: skip
        """Run `work(tell)` in a thread; `then` gets its answer, `failed` what it raised (`Stopped` after a stop)."""
        self._words, self._began, self._done, self._total = words, monotonic(), 0, 0
        self._then, self._failed = then, failed
        stop = self._stop = Event()

        def tell(done: int, total: int | None) -> None:
            if stop.is_set():
                raise Stopped
            self._done, self._total = done, total or 0

        def run() -> None:
            try:
                answer: object = work(tell)
            except Exception as error:  # told, never raised: a worker's error must not end the program
                self.post_message(self.Ended(None, error))
            else:
                self.post_message(self.Ended(answer, None))

        self.run_worker(run, thread=True, group="long-work", exit_on_error=False)
        self.display = True
        self.refresh()

    def stop(self) -> None:
        """Stop the work before its next step."""
        self._stop.set()
        self.refresh()

    def on_mount(self) -> None:
        """Look at the work some times a second."""
        self.set_interval(1 / LOOKS_A_SECOND, self._look)

    def _look(self) -> None:
        if self.running:
            self.refresh()

    def on_unmount(self) -> None:
        """Nobody waits for it any more."""
        self._stop.set()

    def on_long_work_ended(self, message: Ended) -> None:
        """The thread has ended."""
        message.stop()
        then, failed, self._then, self._failed = self._then, self._failed, None, None
        self.display = False
        if message.error is not None and failed is not None:
            failed(message.error)
        elif message.error is None and then is not None:
            then(message.answer)

    # ------------------------------------------------------------ drawing
    def render(self) -> Text:
        """The bar: words, how far, time left."""
        if not self.running:
            return Text()
        done, left, words = (self.get_component_rich_style(f"long-work--{name}") for name in ("done", "left", "words"))
        if self._stop.is_set():
            return Text(fit(_("{work}: stopping after this step", work=self._words), self.size.width), words)
        said = self._said()
        width = max(8, self.size.width - cell_len(said) - 1)
        full = width * self._done // self._total if self._total else 0
        # Signs, so that the bar is seen without colour too.
        return Text.assemble((said + " ", words), ("=" * full, done), ("." * (width - full), left), no_wrap=True)

    def _said(self) -> str:
        passed = monotonic() - self._began
        if not self._total:
            return f"{self._words}  {clock(passed)}"
        said = f"{self._words}  {100 * self._done // self._total:>3} %  {self._done:,}/{self._total:,}"
        if passed > SETTLED_SECONDS and 0 < self._done < self._total:
            remaining = passed * (self._total - self._done) / self._done
            said += "  " + _("{time} left", time=clock(remaining))
        return said


def clock(seconds: float) -> str:
    """A length of time: 0:07, 12:30, 1:02:03."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
