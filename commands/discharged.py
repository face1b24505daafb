"""Which duties an act discharged: told right after it was logged, so that nobody wonders whether it counted."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec

from guanhu.commands.frame import Frame
from guanhu.language import _
from guanhu.tui.names import listed

if TYPE_CHECKING:
    from guanhu.store.book import Receipt


class Discharged(msgspec.Struct, frozen=True):
    """The occurrences as documents, and as a sentence ("" for none)."""

    items: list[dict[str, Any]]
    said: str


def discharged(frame: Frame, command: str, receipt: "Receipt", numbers: Sequence[str], on: date) -> Discharged:
    """The duties to these customers that the entries of a command discharged, as of the day of the act."""
    from guanhu.projections.by_number import customer_ids
    from guanhu.projections.queue import Asked, duty_list

    with frame.asking(command, on) as q:
        asked = Asked(customers=tuple(customer_ids(q.cursor, numbers).values()), statuses=("done",))
        found = duty_list(q.cursor, q.policy, q.book.calendar, q.day, asked).items
        entries = frozenset(receipt.positions)
        done = [item for item in found if item.done_by in entries]
        many = len(numbers) > 1
        items = [
            {**({"customer_no": item.customer_no} if many else {}), "duty": item.duty, "occurrence": item.occurrence}
            for item in done
        ]
        if not done:
            return Discharged(items, "")
        if many:
            counts = {item.duty: 0 for item in done}
            for item in done:
                counts[item.duty] += 1
            said = listed(f"{q.names.duty(duty)} {count}" for duty, count in counts.items())
        else:
            said = listed(
                f"{q.names.duty(item.duty)} {q.names.occurrence(item.occurrence, item.opens)}" for item in done
            )
        return Discharged(items, _("Duties done by it: {duties}.", duties=said))
