"""How a list's pages are fetched: in worker threads, what is looked at now before what was passed by."""

from collections.abc import Callable, Sequence
from threading import Event, Lock
from typing import TYPE_CHECKING

from textual.message import Message

from guanhu.tui.desk import desk_of
from guanhu.tui.giving_way import waited_for
from guanhu.tui.widgets.pages import PAGE, PageSource, Row, Survey, survey

if TYPE_CHECKING:
    from guanhu.tui.widgets.list_core import ListCore

WAITING = 6
"""Pages wanted and not yet begun; older wishes are dropped."""


class _Brought(Message, bubble=False):
    """What a thread brings to its list, for the source of one generation."""

    def __init__(self, generation: int) -> None:
        super().__init__()
        self.generation = generation


class Loaded(_Brought):
    """A page."""

    def __init__(self, generation: int, number: int, rows: Sequence[Row]) -> None:
        super().__init__(generation)
        self.number = number
        self.rows = rows


class Surveyed(_Brought):
    """A source was looked over; `keep` the cursor's line on the screen."""

    def __init__(self, generation: int, survey: Survey, keep: bool) -> None:
        super().__init__(generation)
        self.survey = survey
        self.keep = keep


class Ranged(_Brought):
    """The rows of a range."""

    def __init__(self, generation: int, ids: Sequence[str]) -> None:
        super().__init__(generation)
        self.ids = ids


class LoadFailed(_Brought):
    """A source could not be read."""

    def __init__(self, generation: int, error: Exception) -> None:
        super().__init__(generation)
        self.error = error


class Loader:
    """Fetches for one list. A generation is one source; what an older one brings is dropped by the list."""

    def __init__(self, list_: "ListCore") -> None:
        self._list = list_
        self._lock = Lock()
        self._source: PageSource | None = None
        self._over = Event()
        """Set when nobody waits any more for what the source of this generation is asked."""
        self._wanted: list[int] = []
        self._running = False
        self.generation = 0

    def next_generation(self, source: PageSource | None) -> int:
        """A new source, or none any more: nothing that was wanted of the last is wanted now."""
        with self._lock:
            self._over.set()
            self._over = Event()
            self._source = source
            self._wanted.clear()
            self.generation += 1
            return self.generation

    def look_over(self, source: PageSource, row_id: str, index: int, keep: bool) -> None:
        """Look a new source over; the list gets `Surveyed`."""
        generation = self.next_generation(source)

        def act() -> None:
            self._list.post_message(Surveyed(generation, survey(source, row_id, index), keep))

        self._in_thread(act, "look-over", exclusive=True)

    def want(self, index: int) -> None:
        """The page of a row is looked at; the list gets `Loaded`, or at once where the source allows it."""
        number = index // PAGE
        source = self._list.source
        if source.at_once:
            self._list._pages.put(number, source.page(number * PAGE, PAGE))
            return
        with self._lock:
            if number in self._wanted:
                return
            self._wanted.append(number)
            del self._wanted[:-WAITING]
            if self._running:
                return
            self._running = True
        self._in_thread(self._fetch, "pages", exclusive=False)

    def collect(self, source: PageSource, first: int, last: int) -> None:
        """Find the rows from one index to another; the list gets `Ranged`."""
        generation = self.generation

        def act() -> None:
            rows = source.page(first, last - first + 1)
            self._list.post_message(Ranged(generation, [row.id for row in rows if not row.heading]))

        if source.at_once:
            act()
        else:
            self._in_thread(act, "range", exclusive=True)

    def _fetch(self) -> None:
        """In a thread: the pages wanted, the newest wish first, until none is left, of whatever source is shown then.

        A page of a source that was left meanwhile is dropped, and what is wanted of the new one comes next.
        """
        while (wish := self._next_wish()) is not None:
            source, generation, number, over = wish
            try:
                with waited_for(over):
                    rows = source.page(number * PAGE, PAGE)
            except Exception as error:  # whatever a source raises is told, never a crash
                self._list.post_message(LoadFailed(generation, error))
                self._served(generation, None)
            else:
                self._list.post_message(Loaded(generation, number, rows))
                self._served(generation, number)

    def _next_wish(self) -> tuple[PageSource, int, int, Event] | None:
        with self._lock:
            if self._source is None or not self._wanted:
                self._running = False
                return None
            return self._source, self.generation, self._wanted[-1], self._over

    def _served(self, generation: int, number: int | None) -> None:
        """A page has come; None where none can come of this source."""
        with self._lock:
            if generation == self.generation:
                self._wanted = [] if number is None else [n for n in self._wanted if n != number]

    def _in_thread(self, act: Callable[[], None], group: str, *, exclusive: bool) -> None:
        generation = self.generation

        def guarded() -> None:
            try:
                act()
            except Exception as error:  # as above
                self._list.post_message(LoadFailed(generation, error))

        questions = desk_of(self._list).questions
        questions.ask(self._list, guarded, self._over, group=f"list-{group}", exclusive=exclusive)
