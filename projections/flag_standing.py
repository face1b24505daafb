"""How the book stands, for red flags: waivers, dates that passed, customers without owner, capacities."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from guanhu.domain.branch_time import day_recorded
from guanhu.domain.red_flags.standing import Missed, Unowned, Waiver
from guanhu.domain.responsibility import owed_by
from guanhu.domain.scheme_flags import Ownerless
from guanhu.projections.assignment import SINCE, TIER
from guanhu.projections.day import open_day
from guanhu.projections.flag_entries import DUE_BEFORE, LOOK_BACK, Scope
from guanhu.projections.posts import posts_on
from guanhu.projections.projection import marks
from guanhu.projections.queue import Asked, DutyItem, duty_list


def waivers(scope: Scope) -> list[Waiver]:
    """The duties waived by those in question, written in the scope's days."""
    rows = scope.cursor.execute(
        "SELECT position, by, recorded FROM waiver WHERE day BETWEEN ? AND ?", (scope.first - LOOK_BACK, scope.last)
    )
    found = [Waiver(position, by, day_recorded(recorded)) for position, by, recorded in rows]
    return [each for each in found if scope.holds(each.by) and scope.first <= each.day <= scope.last]


def missed(scope: Scope, trigger: str) -> list[Missed]:
    """Occurrences of the duties with a trigger ("birthday", "maturity") that became missed in the scope's days.

    Whose it is: who owed it on the day it was due. The day it became missed is told, not that it was due on.
    """
    duties = {duty.id: duty for _, scheme in scope.policy.adopted for duty in scheme.duties if duty.trigger == trigger}
    theirs = _customers_of(scope)
    if not duties or theirs == ():
        return []
    by_due: dict[date, list[DutyItem]] = defaultdict(list)
    for late in {duty.late_days for duty in duties.values()}:
        # The days on which it was due if it became missed in the scope's: few have their birthday in so few days.
        due_then = tuple(date.fromordinal(day - late - 1) for day in (scope.first, scope.last))
        asked = Asked(
            outlet=None if scope.one else scope.outlet or None, statuses=("missed",), customers=theirs or (),
            duties=tuple(id_ for id_, duty in duties.items() if duty.late_days == late),
            due=(due_then[0], due_then[1]),
        )  # fmt: skip
        last = date.fromordinal(scope.last)
        for item in duty_list(scope.cursor, scope.policy, scope.calendar, last, asked, staff_too=False).items:
            if item.due is not None:
                by_due[item.due].append(item)
    found = []
    for due, group in by_due.items():
        for item, staff in _owed_then(scope, due, group):
            day = due.toordinal() + duties[item.duty].late_days + 1
            number = item.customer_no or ""
            found.append(Missed(staff, item.customer_id, item.duty, item.occurrence, due, day, number))
    return found


def _customers_of(scope: Scope) -> tuple[int, ...] | None:
    """The customers for whom a single member of staff can have owed something; None where nobody is named."""
    if not scope.one:
        return None
    managed = scope.cursor.execute("SELECT outlet FROM post WHERE staff = ? AND role = 'outlet_manager'", (scope.one,))
    seats = [scope.one, *(f"@{outlet}" for (outlet,) in managed)]
    rows = scope.cursor.execute(
        f"SELECT DISTINCT customer_id FROM care WHERE staff IN ({marks(seats)}) AND start <= ? AND end > ?",
        (*seats, scope.last, scope.first - DUE_BEFORE),
    )
    return tuple(row[0] for row in rows)


def _owed_then(scope: Scope, due: date, items: Sequence[DutyItem]) -> Iterator[tuple[DutyItem, str]]:
    """Each item with who owed it on the day it was due, by the seats and posts of that day."""
    at = open_day(scope.cursor, scope.policy, scope.calendar, due)
    care = at.care([item.customer_id for item in items])
    for item in items:
        duty = at.scheme.duty.get(item.duty)
        owners = (
            owed_by(duty.by[item.by], care[item.customer_id], at.scheme, at.posts.roles_of)
            if duty is not None and item.by < len(duty.by)
            else ()
        )
        yield item, owners[0] if owners else ""


def unowned(scope: Scope, rule: Ownerless) -> list[Unowned]:
    """Customers of a tier who have no owner on the scope's last day, and have had none for more than the rule's days.

    The closed and the erased need none.
    """
    rows = scope.cursor.execute(
        f"""
        WITH found AS (
            SELECT id, no, outlet, {TIER} AS tier, {SINCE} AS since FROM customer JOIN account ON customer_id = id
            WHERE NOT erased {"AND outlet = :outlet" if scope.outlet else ""}),
        kept AS MATERIALIZED (
            SELECT DISTINCT outlet, tier FROM found JOIN care ON customer_id = found.id AND seat = 'owner'
            AND start <= :day AND end > :day)
        SELECT id, no, tier, max(since, coalesce(
            (SELECT max(end) FROM care WHERE customer_id = found.id AND seat = 'owner' AND end <= :day), 0)) AS gone,
            outlet, NOT EXISTS (SELECT 1 FROM kept WHERE kept.outlet = found.outlet AND kept.tier = found.tier)
        FROM found
        WHERE tier <> '' AND since < :until AND NOT EXISTS (
            SELECT 1 FROM care WHERE customer_id = found.id AND seat = 'owner' AND start <= :day AND end > :day)
        AND NOT EXISTS (
            SELECT 1 FROM mark WHERE customer_id = found.id AND mark = 'closed' AND start <= :day AND end > :day)
        AND gone < :until""",
        {"day": scope.last, "outlet": scope.outlet, "until": scope.last - rule.days},
    )
    return [Unowned(cid, no, tier, gone, at, bool(whole)) for cid, no, tier, gone, at, whole in rows]


def owned(scope: Scope) -> tuple[dict[str, int], dict[str, int]]:
    """How many customers each owns on the scope's last day, and how many their posts can look after."""
    day, people = scope.last, sorted(scope.staff or ())
    theirs = f" AND staff IN ({marks(people)})" if scope.staff is not None else ""
    counts: dict[str, int] = dict(
        scope.cursor.execute(
            "SELECT staff, count(DISTINCT customer_id) FROM care"
            f" WHERE seat = 'owner' AND start <= ? AND end > ?{theirs} GROUP BY staff",
            (day, day, *people),
        ).fetchall()
    )
    posts = posts_on(scope.cursor, day)
    room = {role.id: role.capacity for role in scope.scheme.roles}
    capacity = {staff: sum(room.get(role, 0) for role in posts.roles_of(staff)) for staff in counts}
    return counts, capacity


def owned_by(scope: Scope, staff: str) -> list[str]:
    """The numbers of the customers whom somebody owns on the scope's last day."""
    rows = scope.cursor.execute(
        "SELECT DISTINCT no FROM care JOIN customer ON id = customer_id"
        " WHERE staff = ? AND seat = 'owner' AND start <= ? AND end > ? ORDER BY no",
        (staff, scope.last, scope.last),
    )
    return [row[0] for row in rows]
