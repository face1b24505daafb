"""Who answers for a customer on the day of an act, who was on leave, who has a birthday, and whose work others did."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cached_property

from guanhu.domain.facts import EVER, OF_DEPARTMENT
from guanhu.domain.lunar import lunar_birthdays_in, solar_birthday_in
from guanhu.domain.red_flags.found import Entry
from guanhu.domain.red_flags.whose import Month, OnLeave
from guanhu.domain.scheme_flags import NotResponsible
from guanhu.projections.assignment import tiers_on
from guanhu.projections.flag_entries import Scope
from guanhu.projections.posts import Staffing, staffing
from guanhu.projections.projection import ASKED_AT_ONCE, chunks, marks
from guanhu.projections.reached import REACHED_ACT

SUPERVISING = frozenset({"outlet_manager", "rm_supervisor"})
"""Posts that answer for all customers of their outlet (SCHEMES.md 1, responsibility)."""


def on_leave(known: Staffing) -> OnLeave:
    """Whether somebody is away on a day."""
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for staff, _, first, last in known.leaves:
        spans[staff].append((first, last))

    def away(staff_id: str, day: int) -> bool:
        return any(first <= day <= last for first, last in spans.get(staff_id, ()))

    return away


def birthdays(scope: Scope) -> Callable[[int, int, int], bool]:
    """Whether a customer has a birthday between two days, by the sun or by the moon."""

    def has(customer: int, first: int, last: int) -> bool:
        sun, moon = scope.cursor.execute(
            "SELECT birthday, lunar_birthday FROM customer WHERE id = ?", (customer,)
        ).fetchone()
        for year in {date.fromordinal(first).year, date.fromordinal(last).year}:
            days = lunar_birthdays_in(year, moon) if moon else []
            if sun and not moon:
                days = [solar_birthday_in(year, date.fromisoformat(sun))]
            if any(first <= day.toordinal() <= last for day in days):
                return True
        return False

    return has


class Responsible:
    """Says whether one of those who took part in an act answers for the customer; reads of many customers at once."""

    def __init__(self, scope: Scope, rule: NotResponsible, entries: Iterable[Entry]) -> None:
        """`entries`: those that will be asked about."""
        self._scope = scope
        self._days = rule.days
        known = staffing(scope.cursor)
        self._leaves = known.leaves
        self._posts: dict[str, list[tuple[str, str, int, int]]] = defaultdict(list)
        for staff, role, outlet, start, end in known.posts:
            self._posts[staff].append((role, outlet, start, end))
        self._outlets: dict[int, str] = {}
        self._seats: dict[int, list[tuple[str, int, int]]] = defaultdict(list)
        self._named: dict[int, list[tuple[tuple[str, ...], int, int]]] = defaultdict(list)
        for part in chunks(list({entry.customer for entry in entries}), ASKED_AT_ONCE):
            self._read(part)

    def _read(self, part: Sequence[int]) -> None:
        """Outlets, seats, and those whom a promise, referral or request of these customers names."""
        ask = self._scope.cursor.execute
        listed = marks(part)
        self._outlets.update(ask(f"SELECT id, outlet FROM customer WHERE id IN ({listed})", part).fetchall())
        for cid, staff, start, end in ask(
            f"SELECT customer_id, staff, start, end FROM care WHERE customer_id IN ({listed}) AND seat <> 'gap'", part
        ):
            self._seats[cid].append((staff, start, end))
        for cid, day, closed, *people in ask(
            f"SELECT customer_id, day, closed, staff, other, opener FROM affair WHERE customer_id IN ({listed})"
            " AND kind IN ('promise', 'referral', 'request')",
            part,
        ):
            self._named[cid].append((tuple(people), day, EVER if closed is None else closed))

    def __call__(self, entry: Entry) -> bool:
        """Whether somebody of them does."""
        seats = self._seats.get(entry.customer, ())
        day, people = entry.day, entry.people
        for staff, start, end in seats:
            if staff in people and start - self._days <= day < end + self._days:
                return True
        holders = {staff for staff, start, end in seats if start <= day < end}
        return self._stands_in(holders, entry) or self._by_post(entry) or self._asked(entry)

    def _stands_in(self, holders: set[str], entry: Entry) -> bool:
        return any(
            away in holders and stand_in in entry.people and first <= entry.day <= last
            for away, stand_in, first, last in self._leaves
        )

    def _by_post(self, entry: Entry) -> bool:
        """Managers and supervisors of the customer's outlet, the department, and who assists the tier there."""
        here, day = self._outlets[entry.customer], entry.day
        held = [post for person in entry.people for post in self._posts.get(person, ()) if post[2] <= day < post[3]]
        if any(role in OF_DEPARTMENT or (role in SUPERVISING and outlet == here) for role, outlet, _, _ in held):
            return True
        helping = self._assisting & {role for role, outlet, _, _ in held if outlet == here}
        if not helping:
            return False
        tier = self._scope.scheme.tier(tiers_on(self._scope.cursor, [entry.customer], entry.day)[entry.customer])
        return tier is not None and not helping.isdisjoint(tier.assists)

    @cached_property
    def _assisting(self) -> set[str]:
        return {role for tier in self._scope.scheme.tiers for role in tier.assists}

    def _asked(self, entry: Entry) -> bool:
        """Who made a promise, was sent a referral or asked for help is named by that duty, and some days after it."""
        return any(
            day <= entry.day <= closed + self._days and not set(named).isdisjoint(entry.people)
            for named, day, closed in self._named.get(entry.customer, ())
        )


# ---------------------------------------------------------------- owners whose work others do
_FIRST = f"""
    SELECT customer_id, staff, companions, position, min(day * 4294967296 + position) AS at, day FROM {{source}}
    WHERE day BETWEEN :first AND :last AND staff <> ''
        AND {REACHED_ACT}
    GROUP BY customer_id"""
"""Of each customer the first act of the days that reached them."""
_OF_OWNERS = """(
    SELECT DISTINCT customer_id AS mine FROM care
    WHERE staff IN ({listed}) AND seat = 'owner' AND start <= :last AND end > :first)
    CROSS JOIN act ON act.customer_id = mine"""
"""The acts for the customers of some owners."""
_OWNED = """
    WITH f AS MATERIALIZED ({first})
    SELECT own.staff, f.position, EXISTS (
        SELECT 1 FROM care c WHERE c.customer_id = f.customer_id AND c.seat <> 'gap'
            AND c.start <= f.day AND c.end > f.day
            AND (instr(' ' || f.staff || ' ' || f.companions || ' ', ' ' || c.staff || ' ') > 0
                OR EXISTS (SELECT 1 FROM leave l WHERE l.staff = c.staff AND l.stand_in = f.staff
                    AND l.first <= f.day AND l.last >= f.day)))
    FROM f JOIN care own ON own.customer_id = f.customer_id AND own.seat = 'owner'
        AND own.start <= f.day AND own.end > f.day"""


class Others:
    """The months of owners, with what others did for their customers."""

    def __init__(self, scope: Scope, months: Iterable[tuple[int, int]]) -> None:
        """`months`: first and last day of each, as ordinals."""
        self.months: list[Month] = []
        self._behind: dict[tuple[str, int], list[int]] = defaultdict(list)
        owners = {f"s{n}": staff for n, staff in enumerate(sorted(scope.staff or ()))}
        listed = ", ".join(f":{name}" for name in owners)
        source = _OF_OWNERS.format(listed=listed) if scope.staff is not None else "act"
        question = _OWNED.format(first=_FIRST.format(source=source))
        for first, last in months:
            reached: dict[str, int] = defaultdict(int)
            for owner, position, own in scope.cursor.execute(question, {"first": first, "last": last, **owners}):
                if scope.holds(owner):
                    reached[owner] += 1
                    if not own:
                        self._behind[owner, last].append(position)
            self.months += [Month(staff, last, n, len(self._behind[staff, last])) for staff, n in reached.items()]

    def acts(self, month: Month) -> tuple[int, ...]:
        """The positions of the acts by others."""
        return tuple(sorted(self._behind[month.staff, month.last]))
