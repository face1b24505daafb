"""Which duties an act discharged: told right after it was logged, so that nobody wonders whether it counted."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec

from guanhu.commands.frame import Frame
from guanhu.language import _
from guanhu.tui.names import duties_counted, listed

if TYPE_CHECKING:
    from guanhu.store.book import Receipt


class Discharged(msgspec.Struct, frozen=True):
    """The occurrences as documents, and as a sentence ("" for none)."""

    items: list[dict[str, Any]]
    said: str


def discharged(frame: Frame, command: str, receipt: "Receipt", numbers: Sequence[str], on: date) -> Discharged:
    """The duties to these customers that the entries of a command discharged, as of the day of the act."""
    from guanhu.projections.foreseen import discharged_by

    with frame.asking(command, on) as q:
        done = discharged_by(q.cursor, q.policy, q.book.calendar, q.day, numbers, receipt.positions)
        many = len(numbers) > 1
        items = [
            {**({"customer_no": item.customer_no} if many else {}), "duty": item.duty, "occurrence": item.occurrence}
            for item in done
        ]
        if not done:
            return Discharged(items, "")
        if many:
            said = listed(duties_counted(Counter(item.duty for item in done), q.names))
        else:
            said = listed(
                f"{q.names.duty(item.duty)} {q.names.occurrence(item.occurrence, item.opens)}" for item in done
            )
        return Discharged(items, _("Duties done by it: {duties}.", duties=said))
