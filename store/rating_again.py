"""Money taken back: the tier that the balance would have reached at once, had it never been keyed in.

Only what rating has looked at since counts. What had come late waits for its month's end as it did (DESIGN 6), and a
slip of the hand that was taken back gives it nothing.
"""

from bisect import bisect_left
from datetime import date

import msgspec

from guanhu.domain.balances import Entry, pack, steps
from guanhu.domain.dates import first_of_month
from guanhu.store.codec import decode
from guanhu.store.rating import rate
from guanhu.store.writer import Writer


def rate_again(w: Writer, customer_no: str, position: int, on: date) -> None:
    """Rate a customer from whose balances the entry of that position and day has just gone."""
    cid = w.projection.id(customer_no)
    account = w.projection.load((cid,))[cid]
    heard = _heard(w, account.entries, position) if on.toordinal() <= w.book_day else []
    if heard:
        day, fen = steps(heard)[-1]
        as_heard = msgspec.structs.replace(account, series=pack(heard), aum_day=day, aum=fen)
        rate(w, [(customer_no, as_heard, False)])


def _heard(w: Writer, entries: list[Entry], position: int) -> list[Entry]:
    """The entries by which rating would have gone since the one at a position; [] where it has not looked since."""
    days = _BookDays(w)
    heard = {entry[3] for entry in entries if entry[3] < position}
    known = [entry[0] for entry in entries if entry[3] in heard]
    looked = days.month_began(position) or any(days.passed(day, position) for day in known)
    newest = max(known, default=0)
    for day, _kind, _fen, at in sorted(entries, key=lambda entry: entry[3]):
        if at <= position:
            continue
        counted = newest <= day <= days.at(at) or days.passed(day, at)
        looked = looked or counted
        if counted or days.month_began(at):
            heard.add(at)
        newest = max(newest, day)
    return [entry for entry in entries if entry[3] in heard] if looked else []


class _BookDays:
    """The book's day as it was at every position, and what it has come to since."""

    def __init__(self, w: Writer) -> None:
        rows = w.book.recorder.of_stream(w.cursor, "day")
        self._opened = [(row[0], decode(row[3], row[4]).occurred_on.toordinal()) for row in rows]
        self._now = w.book_day

    def at(self, position: int) -> int:
        """The book's day before the event at a position, an ordinal; 0 where it had none."""
        found = bisect_left(self._opened, (position, 0))
        return self._opened[found - 1][1] if found else 0

    def passed(self, day: int, position: int) -> bool:
        """Whether the book's day came to a day only after an event, and so decided what is dated so."""
        return self.at(position) < day <= self._now

    def month_began(self, position: int) -> bool:
        """Whether a month's end was decided since."""
        return self.at(position) < first_of_month(date.fromordinal(self._now)).toordinal()
