"""On time: the duties to customers that fell due in a period, as the queue tells them at its end (queue.py)."""

from collections.abc import Iterator
from datetime import date

from guanhu.projections.by_number import customer_outlets
from guanhu.projections.figures.case import Case, Inquiry
from guanhu.projections.queue import Asked, DutyItem, duty_list

FELL_DUE = ("open", "overdue", "done", "missed")
"""Whatever became of them, but waived."""


def on_time(inquiry: Inquiry) -> Iterator[Case]:
    """What was done by the day it was due. What is done later, or is still open on its day, was not."""
    days = date.fromordinal(inquiry.first), date.fromordinal(inquiry.until)
    scope = inquiry.scope
    customers: tuple[int, ...] = ()
    if scope.ids is not None:
        rows = inquiry.cursor.execute("SELECT id FROM customer WHERE id BETWEEN ? AND ?", scope.ids)
        customers = tuple([cid for (cid,) in rows])
        if not customers:
            return
    asked = Asked(
        staff=scope.staff or None, outlet=scope.outlet, statuses=FELL_DUE, customers=customers, due=days
    )
    found = duty_list(inquiry.cursor, inquiry.policy, inquiry.calendar, days[1], asked, staff_too=False).items
    outlets = _outlets(inquiry, found)
    for item in found:
        if item.due is None:
            continue
        on = item.done_on.toordinal() if item.done_on else 0
        part = int(item.done_on is not None and item.done_on <= item.due)
        positions = (item.done_by,) if item.done_by else ()
        yield Case(
            item.customer_id, part, 1, item.owners, outlets[item.customer_id], item.tier or "", on, positions,
            item.duty, item.occurrence, item.due.toordinal(), is_now=item.aum_fen,
        )  # fmt: skip


def _outlets(inquiry: Inquiry, items: list[DutyItem]) -> dict[int, str]:
    """The outlets of the customers of these items."""
    ids = list({item.customer_id for item in items})
    if inquiry.scope.outlet is not None and not inquiry.scope.staff:
        return dict.fromkeys(ids, inquiry.scope.outlet)
    return customer_outlets(inquiry.cursor, ids)
