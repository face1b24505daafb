"""A customer's balances: what was reported or keyed in, and the balance carried from day to day.

An entry is (day ordinal, kind, fen, position). A statement gives the balance of its day; a deposit
or withdrawal changes the carried balance until the next statement dated that day or later, which
replaces it. For one customer and date the later record replaces the earlier (DESIGN 6). Entries are
kept in order of day, and within a day in order of position.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from operator import itemgetter
from struct import Struct

STATED = 0
MOVED = 1

Entry = tuple[int, int, int, int]
"""(day ordinal, STATED or MOVED, fen, position of the event)."""

Step = tuple[int, int]
"""(day ordinal, balance in fen carried from the end of that day on)."""

_PACK = Struct("<iBqq")
KIND_FROM_END = -17
"""Where the kind of the newest entry stands in a blob: its day is 4 bytes, 17 are left from the kind on."""
_day = itemgetter(0)


def pack(entries: Iterable[Entry]) -> bytes:
    """Entries as one blob, 21 bytes each."""
    return b"".join([_PACK.pack(*entry) for entry in entries])


def pack_one(day: int, kind: int, fen: int, position: int) -> bytes:
    """One entry as bytes, to be appended to a blob when it is the newest."""
    return _PACK.pack(day, kind, fen, position)


def pack_each(day: int, kind: int, fens: Iterable[int], position: int) -> list[bytes]:
    """The same of entries that differ in their amount alone."""
    packed = _PACK.pack
    return [packed(day, kind, fen, position) for fen in fens]


def unpack(blob: bytes) -> list[Entry]:
    """The entries of a blob."""
    return list(_PACK.iter_unpack(blob))


def last_entry(blob: bytes) -> Entry | None:
    """The newest entry of a blob, without unpacking the others."""
    if not blob:
        return None
    day, kind, fen, position = _PACK.unpack_from(blob, len(blob) - _PACK.size)
    return day, kind, fen, position


def insert(entries: list[Entry], entry: Entry) -> list[Entry]:
    """The entries with one more; a later statement of the same date replaces all earlier records of it."""
    day, kind, _, _ = entry
    end = bisect_right(entries, day, key=_day)
    start = bisect_left(entries, day, key=_day) if kind == STATED else end
    return [*entries[:start], entry, *entries[end:]]


def steps(entries: Sequence[Entry]) -> list[Step]:
    """The carried balance as steps, one a day on which it was set."""
    result: list[Step] = []
    carried = 0
    for day, kind, fen, _ in entries:
        carried = fen if kind == STATED else carried + fen
        if result and result[-1][0] == day:
            result[-1] = (day, carried)
        else:
            result.append((day, carried))
    return result


def carried(steps: Sequence[Step], day: int) -> int | None:
    """The balance on a day in fen, None before the first."""
    at = bisect_right(steps, day, key=_day)
    return steps[at - 1][1] if at else None


def highest(steps: Sequence[Step], first: int, last: int) -> int | None:
    """The highest balance carried on any day from `first` to `last`, None when there was none."""
    at = bisect_right(steps, first, key=_day)
    end = bisect_right(steps, last, key=_day)
    values = [fen for _, fen in steps[max(at - 1, 0) : end]]
    return max(values) if values else None


def average(steps: Sequence[Step], first: int, last: int) -> int | None:
    """The calendar-day mean in whole fen (rounded down) over the days of `first`..`last` that have a balance."""
    at = max(bisect_right(steps, first, key=_day) - 1, 0)
    total = days = 0
    for n in range(at, len(steps)):
        day, fen = steps[n]
        if day > last:
            break
        end = min(steps[n + 1][0] - 1 if n + 1 < len(steps) else last, last)
        span = end - max(day, first) + 1
        total += fen * span
        days += span
    return total // days if days else None


def stated(entries: Sequence[Entry]) -> list[Entry]:
    """Only what was reported, one a date."""
    return [entry for entry in entries if entry[1] == STATED]
