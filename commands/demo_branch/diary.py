"""The diary by which the made-up two years pass: what happens when, and a book that a month of commands share.

Real commands are a transaction each; here a month of them is one, so that the branch is made in seconds. Each command
still has its own author, moment and id, so that the log reads as if it had grown day by day.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from heapq import heappop, heappush
from pathlib import Path
from random import Random
from sqlite3 import Cursor

from guanhu.domain.branch_time import CHINA
from guanhu.store.book import Book, Clock, now
from guanhu.store.writer import MICROSECOND, Writer

Act = Callable[[], None]
NIGHT = (0, 12)
"""When the core system's reports come in: hour and minute."""


class SharedWriter(Writer):
    """One transaction that holds many commands."""

    def __init__(self, book: Book, cursor: Cursor, command: str, moment: datetime) -> None:
        super().__init__(book, cursor, "", command, moment)
        self._last = 0
        self._last_recorded = self._recorded

    def begin(self, by: str, command: str, moment: datetime) -> None:
        """The next command: by whom, under which id, when."""
        self.by, self.command = by, command
        self._recorded = max(int(moment.timestamp() * MICROSECOND), self._recorded)
        self.recorded_at = datetime.fromtimestamp(self._recorded / MICROSECOND, UTC)
        self.positions = []

    def end(self) -> None:
        """The command is done."""
        if self.positions:
            self._last, self._last_recorded = self.positions[-1], self._recorded
            self.projection.commanded(self.command, self._last)

    def finish(self) -> None:
        """As for a single command, for the last one that wrote."""
        self.positions = [self._last] if self._last else []
        self._recorded = self._last_recorded
        super().finish()


class SharedBook(Book):
    """A book whose commands join the transaction that `together` has opened."""

    def __init__(self, path: Path, *, clock: Clock = now) -> None:
        super().__init__(path, clock=clock)
        self._ids = Random(0)
        self._writer: SharedWriter | None = None

    def number_by(self, seed: str) -> None:
        """Let the ids of commands follow from a seed."""
        self._ids = Random(f"commands {seed}")

    def next_command(self) -> str:
        """The id of the next command."""
        return f"{self._ids.getrandbits(128):032x}"

    @contextmanager
    def together(self) -> Iterator[None]:
        """One transaction for all commands inside."""
        with self.recorder.writing() as cursor:
            self._writer = SharedWriter(self, cursor, "", self.clock())
            try:
                yield
                self._writer.finish()
            finally:
                self._writer = None

    @contextmanager
    def writing(self, *, by: str = "", command: str = "") -> Iterator[Writer]:
        """A command of the open transaction, else a transaction of its own."""
        command = command or self.next_command()
        if self._writer is None:
            with super().writing(by=by, command=command) as writer:
                yield writer
            return
        self._writer.begin(by or self.staff, command, self.clock())
        yield self._writer
        self._writer.end()

    @contextmanager
    def reading(self) -> Iterator[Cursor]:
        """What the open transaction sees, else one snapshot."""
        if self._writer is None:
            with super().reading() as cursor:
                yield cursor
        else:
            yield self._writer.cursor

    def settle(self) -> None:
        """Derive what follows so far, before something asks for it."""
        if self._writer is not None:
            self._writer.settle()


class Diary:
    """What is to happen, in order of time; `moment` is the present of the story."""

    def __init__(self, begins: datetime) -> None:
        self.moment = begins
        self._pages: list[tuple[datetime, int, Act]] = []
        self._count = 0

    def clock(self) -> datetime:
        """The moment of the story, by the branch's clock."""
        return self.moment.replace(tzinfo=CHINA)

    @property
    def day(self) -> date:
        """The day of the story."""
        return self.moment.date()

    def enter(self, day: date, at: time, act: Act) -> None:
        """Let something happen on a day at a time; what is due already happens next."""
        self._count += 1
        heappush(self._pages, (max(datetime.combine(day, at), self.moment), self._count, act))

    def live(self, until: datetime) -> None:
        """Let everything happen up to a moment; what is entered for later is left out."""
        while self._pages and self._pages[0][0] < until:
            self.moment, _, act = heappop(self._pages)
            act()
        self.moment = until


def hours(rng: Random) -> time:
    """A moment of a branch's working day: busy before noon and after two."""
    hour = rng.choices((8, 9, 10, 11, 13, 14, 15, 16, 17), (3, 14, 18, 14, 3, 12, 16, 14, 6))[0]
    return time(hour, rng.randrange(60), rng.randrange(60), rng.randrange(1_000_000))
