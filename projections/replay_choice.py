"""Which events of a scope a replay tells, and so from where to where it folds."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from sqlite3 import Cursor

import msgspec

from guanhu.domain.branch_time import branch_time
from guanhu.projections.history import Decode
from guanhu.projections.replay_scope import Places, Stored
from guanhu.projections.replay_step import DAY


class Asked(msgspec.Struct, frozen=True):
    """Which steps are told: of events recorded from `first` to `last` (dates in China), of these topics (none: all).

    Of these events `limit` from `offset` on (0: all). `until`: the day up to which days go by after the last event.
    """

    until: date
    first: date | None = None
    last: date | None = None
    topics: tuple[str, ...] = ()
    offset: int = 0
    limit: int = 0

    @property
    def days(self) -> bool:
        """Whether it is told what the days between two events changed."""
        return not self.topics or DAY in self.topics

    @property
    def end(self) -> date:
        """The day up to which days go by after the last event."""
        return min(self.until, self.last or self.until)


class Choice(msgspec.Struct, frozen=True):
    """The events that are told, and where the fold begins to be told and ends.

    `total`: how many there are, whatever the page. `start`, `end`: indexes among the positions that are folded; what
    lies before `start` is folded in silence. `days_after`: days go by after the last event.
    """

    total: int
    shown: frozenset[int]
    start: int
    end: int
    days_after: bool


def choice(cursor: Cursor, stored: Stored, decode: Decode, places: Places, asked: Asked) -> Choice:
    """The choice among a scope's events."""
    start, end = _between(cursor, stored, decode, places.told, asked)
    told = zip(places.told[start:end], places.topics[start:end], strict=True)
    fitting = [position for position, topic in told if not asked.topics or topic in asked.topics]
    shown = fitting[asked.offset : asked.offset + asked.limit] if asked.limit else fitting[asked.offset :]
    folded = places.folded
    whole = not asked.limit or asked.offset + asked.limit >= len(fitting)
    # Days go by between all events, whichever of them are told.
    spanned: Sequence[int] = places.told[start:end] if DAY in asked.topics and whole else shown
    if not spanned:
        return Choice(len(fitting), frozenset(), 0, 0, False)
    last = len(folded) if whole and not asked.last else bisect_right(folded, spanned[-1])
    return Choice(len(fitting), frozenset(shown), bisect_left(folded, spanned[0]), last, whole and asked.days)


def _between(
    cursor: Cursor, stored: Stored, decode: Decode, positions: Sequence[int], asked: Asked
) -> tuple[int, int]:
    """Indexes of the events recorded between the dates asked for: recorded times never run backwards."""

    def recorded(position: int) -> date:
        ((_, _, _, topic, state),) = stored.read(cursor, [position])
        return branch_time(decode(topic, state).recorded_at).date()

    start = bisect_left(positions, asked.first, key=recorded) if asked.first else 0
    end = bisect_right(positions, asked.last, key=recorded) if asked.last else len(positions)
    return start, max(start, end)
