"""What is owed in each month of a stretch: counted once for all customers whom the same things decide.

A thing counts in the month in which it opens. The duties are those of `domain/duties.py`; this only says which
customers have the same ones, and counts.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from guanhu.domain.calendar import Calendar
from guanhu.domain.duties import BIRTHDAY, ONE, Obligation, kinds_of, obligations
from guanhu.domain.facts import Facts
from guanhu.domain.occurrences import Person, View, occurrences
from guanhu.domain.scheme import By, Duty, Policy

Slot = tuple[int, str, int, str]
"""(which of the policy's schemes, duty, its clause, the member of staff whom the thing itself names)."""


class Owed(msgspec.Struct, frozen=True, gc=False):
    """What a pattern owes: slots with how often, and by month (year * 12 + month - 1); `births`: its birthday rule."""

    slots: tuple[tuple[int, int], ...]
    months: tuple[tuple[int, int, int], ...]
    births: int


class Owing:
    """The duties of one side; patterns, slots and birthday rules have numbers of their own."""

    def __init__(self, policy: Policy, calendar: Calendar, first: date, last: date) -> None:
        self.policy = policy
        self.calendar = calendar
        self.first, self.last = first.toordinal(), last.toordinal()
        self.slots: list[Slot] = []
        self.patterns: list[Owed] = []
        self._view = View(self.last, policy, calendar, history=True, since=self.first)
        self._numbers: dict[Slot, int] = {}
        self._births: list[tuple[Obligation, ...]] = [()]
        self._births_known: dict[tuple[Obligation, ...], int] = {(): 0}
        self._birthdays: dict[tuple[int, str, str], int] = {}

    def pattern(self, facts: Facts) -> int:
        """The number of what these facts come to; birthdays apart, which nearly everybody has on another day."""
        counted: Counter[tuple[int, int]] = Counter()
        births: list[Obligation] = []
        seen: set[tuple[str, str]] = set()
        for ob in obligations(facts, self.policy, self.calendar):
            if ob.kind == BIRTHDAY:
                births.append(ob)
                continue
            for key, opens, staff in self._opened(ob):
                if (ob.duty, key) not in seen:
                    seen.add((ob.duty, key))
                    self._count(counted, ob, opens, staff)
        rules = tuple(births)
        number = self._births_known.get(rules)
        if number is None:
            number = self._births_known[rules] = len(self._births)
            self._births.append(rules)
        return self._kept(counted, number)

    def birthdays(self, rule: int, birthday: str, lunar_birthday: str) -> int:
        """The number of what a rule of birthdays comes to for who was born on that day."""
        key = (rule, "" if lunar_birthday else birthday[5:], lunar_birthday)
        found = self._birthdays.get(key)
        if found is None:
            counted: Counter[tuple[int, int]] = Counter()
            person = Person(birthday, lunar_birthday, (), {})
            seen: set[tuple[str, str]] = set()
            for ob in self._births[rule]:
                for each in occurrences(ob, person, self._view):
                    if (ob.duty, each.key) not in seen:
                        seen.add((ob.duty, each.key))
                        self._count(counted, ob, each.opens, "")
            found = self._birthdays[key] = self._kept(counted, 0)
        return found

    def clause(self, slot: Slot) -> tuple[Duty, By]:
        """The duty and the clause of a slot."""
        duty = self.policy.adopted[slot[0]][1].duty[slot[1]]
        return duty, duty.by[slot[2]]

    def calls(self, slot: Slot) -> int:
        """How many contacts one occurrence wants; 0 where a message would do, or no contact does."""
        duty, by = self.clause(slot)
        kinds = kinds_of(duty, by)
        return duty.times if "reached" in kinds and "sent" not in kinds else 0

    def _opened(self, ob: Obligation) -> Iterator[tuple[str, int, str]]:
        """(key, day on which it opens, whose it is by itself) of an obligation's occurrences."""
        if ob.start > self.last:
            return
        if ob.kind == ONE:
            opens = max(ob.opens, ob.start)
            if ob.end > opens:
                yield ob.key, opens, ob.staff_id
            return
        for each in occurrences(ob, Person("", "", (), {}), self._view):
            yield each.key, each.opens, each.staff_id

    def _count(self, counted: Counter[tuple[int, int]], ob: Obligation, opens: int, staff: str) -> None:
        if not self.first <= opens <= self.last:
            return
        scheme = self.policy.on_ordinal(ob.start)
        at = next(n for n, (_, each) in enumerate(self.policy.adopted) if each is scheme)
        slot = (at, ob.duty, ob.by, staff)
        number = self._numbers.get(slot)
        if number is None:
            number = self._numbers[slot] = len(self.slots)
            self.slots.append(slot)
        day = date.fromordinal(opens)
        counted[number, day.year * 12 + day.month - 1] += 1

    def _kept(self, counted: Counter[tuple[int, int]], births: int) -> int:
        slots: Counter[int] = Counter()
        for (slot, _), count in counted.items():
            slots[slot] += count
        months = tuple((slot, month, count) for (slot, month), count in counted.items())
        self.patterns.append(Owed(tuple(slots.items()), months, births))
        return len(self.patterns) - 1


def festival_days(policies: Sequence[Policy], calendar: Calendar, first: date, last: date) -> list[int]:
    """Days that tell apart who was first reached when: the festivals around the stretch, and its last day."""
    schemes = [scheme for policy in policies for _, scheme in policy.adopted]
    if not any(duty.once_contacted for scheme in schemes for duty in scheme.duties):
        return []
    years = range(first.year - 1, last.year + 2)
    days = {day.toordinal() for year in years for _, day in calendar.festivals(year)}
    return sorted({*days, last.toordinal()})
