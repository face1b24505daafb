"""Duties that stood otherwise on a day by what was known then than by what is known now."""

from collections.abc import Iterator
from datetime import date
from sqlite3 import Cursor

from msgspec.structs import replace

from guanhu.projections.known_found import Found, Scope, Side
from guanhu.projections.queue import Asked, DutyItem, duty_list

TO_COME = frozenset({"upcoming", "overdue", "open"})
"""By whom and by when is told of these alone: nobody owes what is over any more."""
STATUSES = ("upcoming", "overdue", "open", "done", "missed", "waived")
Key = tuple[str, str, str]
"""(customer_no or "", duty, occurrence)."""


def of_duties(then: Side, now: Side, position: int, day: date, scope: Scope) -> Iterator[Found]:
    """Occurrences that stood otherwise on the day, or were not owed by either time; else by whom, and by when."""
    before, after = (_duties(side, day, scope) for side in (then, now))
    for key in sorted(before.keys() | after.keys()):
        was, is_now = before.get(key), after.get(key)
        item = is_now or was
        if item is None:
            continue
        made = {is_now.done_by or 0, is_now.by} if is_now else set()
        if was and was.done_by:
            made.add(_corrected(now.cursor, was.done_by))
        positions = tuple(sorted(at for at in made if at > position))
        whose = Found(item.customer_no or "", item.name, "duty", duty=item.duty, occurrence=item.occurrence)
        state, state_now = was.status if was else None, is_now.status if is_now else None
        if state != state_now:
            yield replace(whose, then=state, now=state_now, positions=positions)
        elif was is not None and is_now is not None and state in TO_COME:
            if was.owners != is_now.owners:
                yield replace(whose, kind="duty_owners", then=was.owners, now=is_now.owners)
            if _when(was) != _when(is_now):
                yield replace(whose, kind="duty_due", then=was.due, now=is_now.due)


def _when(item: DutyItem) -> tuple[date | None, ...]:
    return item.opens, item.soft_due, item.due


def _corrected(cursor: Cursor, done_by: int) -> int:
    """The position of the last correction of the act that had done a duty; 0 where it stands as it was."""
    row = cursor.execute("SELECT corrected FROM act WHERE position = ?", (done_by,)).fetchone()
    return row[0] if row else 0


def _duties(side: Side, day: date, scope: Scope) -> dict[Key, DutyItem]:
    if scope.customer_no and not _knows(side.cursor, "customer WHERE no", scope.customer_no):
        return {}
    if scope.staff and not _knows(side.cursor, "staff WHERE id", scope.staff):
        return {}
    if scope.outlet and not _knows(side.cursor, "outlet WHERE code", scope.outlet):
        return {}
    asked = Asked(scope.staff or None, scope.outlet or None, scope.customer_no or None, statuses=STATUSES)
    items = duty_list(side.cursor, side.policy, side.calendar, day, asked).items
    return {(item.customer_no or "", item.duty, item.occurrence): item for item in items}


def _knows(cursor: Cursor, where: str, value: str) -> bool:
    return cursor.execute(f"SELECT 1 FROM {where} = ?", (value,)).fetchone() is not None
