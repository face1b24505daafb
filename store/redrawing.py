"""The drawing of an inspection's sample repeated: from the log as it was at the cut-off, with the same seed.

The book is looked back on as of the cut-off (`store/moments.py`), what could be drawn is asked anew, and the sample is
drawn again. Nothing of what the inspection keeps is believed but its scope, its seed and where the cut-off lies; the
root there is computed from the stored rows.
"""

from contextlib import closing
from datetime import datetime

import msgspec

from guanhu.domain.errors import NotFound, Refused
from guanhu.domain.inspection import InspectionOpened
from guanhu.domain.sampling import Sample, draw
from guanhu.projections.inspection_population import population
from guanhu.projections.policy import policy_of
from guanhu.store import tree
from guanhu.store.book import Book
from guanhu.store.codec import decode
from guanhu.store.folding import Progress
from guanhu.store.leaves import leaves
from guanhu.store.moments import moment_at


class Redrawn(msgspec.Struct, frozen=True):
    """What the repeated drawing gives: whether root, population and sample are what the inspection's opening says.

    `only_then`, `only_now`: keys of the sample that only the opening has, and that only the repeated drawing has.
    """

    inspection: str
    cutoff: int
    seed: str
    same_root: bool
    same_population: bool
    drawn: int
    only_then: tuple[str, ...]
    only_now: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether everything is as the opening says."""
        return self.same_root and self.same_population and not self.only_then and not self.only_now


def redraw(book: Book, number: str, progress: Progress | None = None) -> Redrawn:
    """Draw an inspection's sample again. NotFound("unknown_inspection"), and what `moment_at` refuses."""
    opened, recorded_at, root, erased_since = _opening(book, number)
    with closing(moment_at(book, opened.position, recorded_at, progress)) as moment, moment.reading() as cursor:
        policy = policy_of(cursor)
        if policy is None:
            raise Refused("no_scheme")
        units = population(cursor, policy, book.calendar, opened.scope, opened.occurred_on, erased_since=erased_since)
    return compared(opened, draw(units, opened.size, opened.seed, root), root)


def compared(opened: InspectionOpened, again: Sample, root: bytes) -> Redrawn:
    """A repeated drawing beside what the opening says."""
    then, now = [unit.key for unit in opened.items], [unit.key for unit in again.units]
    return Redrawn(
        opened.inspection, opened.position, opened.seed, root == opened.root, again.digest == opened.digest, len(now),
        tuple(key for key in then if key not in now), tuple(key for key in now if key not in then),
    )  # fmt: skip


def _opening(book: Book, number: str) -> tuple[InspectionOpened, datetime, bytes, frozenset[str]]:
    """The opening; when the cut-off was recorded; the root there; who was erased since."""
    with book.reading() as cursor:
        row = cursor.execute("SELECT position, cutoff FROM inspection WHERE id = ?", (number,)).fetchone()
        if row is None:
            raise NotFound("unknown_inspection", inspection=number)
        position, cutoff = row
        at = {n: decode(topic, state) for n, _, _, topic, state in book.recorder.read(cursor, [cutoff, position])}
        opened = at[position]
        assert isinstance(opened, InspectionOpened)
        erased = cursor.execute(
            "SELECT originator_id FROM stored_events WHERE rowid > ? AND topic = 'erased'", (cutoff,)
        ).fetchall()
        peaks = tree.Peaks()
        for leaf in leaves(cursor):
            peaks.append(leaf)
            if peaks.size == cutoff:
                break
    gone = frozenset(stream.removeprefix("customer:") for (stream,) in erased)
    return opened, at[cutoff].recorded_at, peaks.root(), gone
