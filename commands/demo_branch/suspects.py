"""What an inspection should find in the made-up branch: some of every red flag, in the last month that is over.

Who does it is believable: a relationship manager who keeps his figures up, tellers who write everything at the month's
end or copy what they wrote, a manager who waives what was not done. Nothing of it is drawn from the branch's own dice,
and who the branch is told about is planted in it only where it is large enough.
"""

from contextlib import suppress
from datetime import date, time, timedelta
from functools import partial

from guanhu.commands.demo_branch import branch, notes
from guanhu.commands.demo_branch.hand import Hand
from guanhu.domain.errors import Refused
from guanhu.domain.lunar import solar_birthday_in
from guanhu.domain.money import WAN
from guanhu.projections.policy import policy_of
from guanhu.projections.queue import Asked, duty_list
from guanhu.store import acts, affairs, assigning
from guanhu.store.evidence import attach_evidence

_SLACK = (branch.LAZY, "3005", "3004", "3003", "2004")
"""Who keeps the figures up: the first of them who has customers enough."""


class Suspects(Hand):
    """Enters what is to be found into the diary."""

    # ------------------------------------------------------------ two months ago
    def let_mature(self, first: date) -> None:
        """A product that matures with nobody saying a word, so long ago that it can't be made good."""
        day = self.life.later(first, 6)
        for staff in (branch.LAZY, branch.TELLERS["01"][2]):
            for no in self._theirs(staff, 1):
                self.life.left_alone.add(no)
                amount, opened = max(self.life.balance[no] // 4 // WAN, 1) * WAN, first - timedelta(days=90)
                self.life.enter(first, partial(
                    affairs.hold_product, self.life.book, no, notes.PRODUCTS[1], amount, first,
                    product_no=f"{no}801", opened_on=opened, matures_on=day, by=branch.DEPARTMENT[0],
                ))  # fmt: skip
                self._plant("passed_maturity", "", no)

    # ------------------------------------------------------------ the last month that is over
    def enter(self, first: date, last: date) -> None:
        """All the others; before the month's own work is planned, for some of it is not to be done."""
        days = self.life.working_days(first, last)
        if len(days) < 12:
            return
        self._birthdays(first, last)
        self._late(days)
        self._burst(days)
        self._copied(days)
        self._honest(days)
        self._dense(days)
        self._off(first, last)
        self._strangers(days)
        self._calls(days)
        self._others(days)
        self.life.enter(days[-3], partial(self._waive, days[-3]), time(15, 40))
        self._unowned(days)
        self._overload(days)
        self._at_once(days[8])

    def _birthdays(self, first: date, last: date) -> None:
        life = self.life
        born = [
            no for no, person in life.people.items()
            if life.lead(no) and 1 <= life.step.get(no, 0) <= 3 and no not in self._used
            and not life.passed_over(no, life.today) and person.facts.get("birthday")
            and not person.facts.get("lunar_birthday") and life.balance.get(no, 0) < 50 * WAN
            and first + timedelta(days=5) <= self._birthday(no, first) <= last - timedelta(days=2)
            and not self._greeted_anyway(self._birthday(no, first))
        ]  # fmt: skip
        for no in self.rng.sample(born, min(2, len(born))):
            self._used.add(no)
            life.left_alone.add(no)
            self._plant("passed_birthday", "", no, self._birthday(no, first) + timedelta(days=1))

    def _greeted_anyway(self, birthday: date) -> bool:
        """Whether what everybody is sent on a festival (routine.py) falls on the days of the birthday's greeting."""
        festivals = self.life.book.calendar.festivals(birthday.year)
        return any(birthday - timedelta(days=3) <= day <= birthday + timedelta(days=2) for _, day in festivals)

    def _birthday(self, no: str, first: date) -> date:
        return solar_birthday_in(first.year, date.fromisoformat(self.life.people[no].facts["birthday"]))

    def _late(self, days: list[date]) -> None:
        """Calls of the month's first days that come to mind two weeks later."""
        staff, theirs = self._first_of(_SLACK, 2)
        for no in theirs:
            day = self.rng.choice(days[1:4])
            self._call(no, staff, day, self.life.at_desk(day, 12), self._at(15))
            self._plant("late_writing", staff, no, day)

    def _burst(self, days: list[date]) -> None:
        """A teller's month, written on its last two days."""
        staff, theirs = self._first_of(("2005", "1007", "3004", "1005"), 5)
        if not theirs:
            return
        for n in range(16):
            at = self._at((9, 10, 13, 15)[n // 4], 3 * n)
            self._call(theirs[n % 5], staff, days[-2 - n % 4], days[-1 - n % 2], at)
        self._plant("month_end_burst", staff)

    def _copied(self, days: list[date]) -> None:
        """One note for seven customers in an afternoon; here a digit, there a word is another."""
        staff, theirs = self._first_of(("3003", "1006", "1005"), 7)
        for n, no in enumerate(theirs):
            text = f"电话联系{self.life.who(no)},介绍我行新发行的三年期大额存单{3 + n}月额度,客户表示考虑后再答复"
            text += ("。", ",下周回访。")[n == 5]
            self._call(no, staff, days[7], days[7], self._at(14 + n // 5, 7 * (n % 5) + 4), text=text)
        if theirs:
            self._plant("copied_notes", staff, day=days[7])

    def _honest(self, days: list[date]) -> None:
        """What only looks copied: the notice of a closed counter, given to six by telephone as it must be."""
        for n, no in enumerate(self._theirs(branch.DILIGENT, 6)):
            text = f"电话告知{self.life.who(no)},网点下周一至周三装修停业,业务可到滨河支行办理,客户知悉。"
            self._call(no, branch.DILIGENT, days[10], days[10], self._at(9 + n // 4, 13 * (n % 4) + 2), text=text)

    def _dense(self, days: list[date]) -> None:
        """Seven visits on one day; five calls of some minutes written within one."""
        staff, visited = self._first_of(_SLACK, 7)
        for no in visited:
            self.life.enter(days[9], partial(
                acts.log_visit, self.life.book, no, (), "reached_other", days[9], note=self._text(no), by=staff,
            ), self._at(15))  # fmt: skip
        if visited:
            self._plant("impossible_density", staff, day=days[9])
        staff, called = self._first_of(("1007", "1005", "1006"), 5)
        for n, no in enumerate(called):
            self._call(no, staff, days[5], days[5], time(15, 20, 5 + 9 * n), 180 + 30 * n)
        if called:
            self._plant("impossible_density", staff, day=days[5])

    def _at_once(self, day: date) -> None:
        """Two visits of which the second begins in the middle of the first; a third has its own hour."""
        staff, visited = self._first_of(_SLACK, 3)
        for no, began in zip(visited, (time(9, 30), time(10, 0), time(14, 0)), strict=False):
            self.life.enter(day, partial(
                acts.log_visit, self.life.book, no, (), "reached_other", day, note=self._text(no), began_at=began,
                duration=3600, by=staff,
            ), self._at(16))  # fmt: skip
        if visited:
            self._plant("overlapping_visits", staff, day=day)

    def _off(self, first: date, last: date) -> None:
        """Calls on days on which nobody works."""
        work = self.life.book.calendar.is_working_day
        free = [day for n in range((last - first).days - 3) if not work(day := first + timedelta(days=n))]
        staff, theirs = self._first_of(_SLACK, 2)
        for no, day in zip(theirs, free[-2:], strict=False):
            self._call(no, staff, day, self.life.at_desk(day, 1), self._at(10))
            self._plant("day_off", staff, no, day)

    def _strangers(self, days: list[date]) -> None:
        """Somebody of the hall rings up tellers' customers."""
        staff = branch.LOBBY["01"]
        for no in self._theirs("1006", 2) or self._theirs("1005", 2):
            day = self.rng.choice(days[2:-4])
            self._call(no, staff, day, day, self._at(10))
            self._plant("not_responsible", staff, no, day)

    def _calls(self, days: list[date]) -> None:
        """Calls of some seconds that say they reached somebody, and two of which the inspector knows better."""
        staff, theirs = self._first_of(_SLACK, 2)
        for no in theirs:
            day = self.rng.choice(days[2:-4])
            self._call(no, staff, day, day, self._at(11), self.rng.randrange(4, 11))
            self._plant("short_call", staff, no, day)
        staff, theirs = self._first_of(_SLACK, 3)
        for n, no in enumerate(theirs):
            day = days[3 + n]
            self._call(no, staff, day, day, self._at(15), 290, then=partial(self._prove, n, day))
            if n < 2:
                self._plant("contradicted", staff, no, day)

    def _prove(self, n: int, day: date, entry: int) -> None:
        """The exchange has no such call; it has a shorter one; it has this very call."""
        kind, seconds, reached, text = (
            ("customer_said", None, False, "回访客户,客户表示当日未接到银行电话。"),
            ("call_record", 41, True, "总机话单显示通话41秒。"),
            ("call_record", 288, True, "总机话单与记录相符。"),
        )[n]
        found = self.life.later(day, 4)
        bears = found if kind == "customer_said" else day
        self.life.enter(found, partial(
            attach_evidence, self.life.book, entry, kind, bears, seconds=seconds, reached=reached, text=text,
            by=branch.INSPECTOR,
        ), self._at(16))  # fmt: skip

    def _others(self, days: list[date]) -> None:
        """A teller's customers, all of them looked after by whoever stands in the hall."""
        life = self.life
        tellers = ("2006", "1008", "3005", "2004")
        owned = {staff: [no for no in life.people if life.lead(no) == staff] for staff in tellers}
        staff = min((each for each in owned if len(owned[each]) >= 14), key=lambda each: len(owned[each]), default="")
        outlet = staff[:1].rjust(2, "0")
        theirs = self._theirs(staff, max(12, len(owned[staff]) // 4), 12) if staff else []
        for no in theirs:
            day = self.rng.choice(days[:5])
            text = self._text(no)
            life.enter(day, partial(
                acts.log_contact, life.book, no, "counter", "reached_other", day, note=text, by=branch.LOBBY[outlet],
            ))  # fmt: skip
        if theirs:
            self._plant("acted_by_others", staff)

    def _waive(self, day: date) -> None:
        """What was not done by then need not be done, says the manager."""
        book, by = self.life.book, branch.MANAGERS["02"]
        book.settle()
        with book.reading() as cursor:
            policy = policy_of(cursor)
            assert policy is not None  # the branch was founded with one
            asked = Asked(outlet="02", duties=("monthly_contact", "near_tier", "profile"))
            items = duty_list(cursor, policy, book.calendar, day, asked, staff_too=False).items
        items = [item for item in items if item.customer_no not in self._used][:7]
        if len(items) < 6:
            return
        for item in items:
            why = "月底冲刺任务重,经网点研究本期免办。"
            affairs.waive_duty(book, item.customer_no or "", item.duty, item.occurrence, why, day, by=by)
        self._plant("bulk_waivers", by, day=day)

    def _unowned(self, days: list[date]) -> None:
        """Customers taken back from a teller, and forgotten."""
        for no in self._theirs("1005", 2, 12):
            self.life.enter(days[3], partial(self._take_back, no, "1005", days[3]), self._at(15))
            self._plant("ownerless", "", no)

    def _take_back(self, no: str, staff: str, day: date) -> None:
        assigning.release(self.life.book, no, staff, day, by=branch.MANAGERS["01"])

    def _overload(self, days: list[date]) -> None:
        """A manager who takes a teller's customers, and has more than the post can look after."""
        staff, teller = branch.MANAGERS["03"], branch.TELLERS["03"][0]
        room = self.life.scheme.role[branch.MANAGER].capacity
        for no in (taken := self._theirs(teller, room + 3)):
            self.life.enter(days[-2], partial(self._take, no, staff, days[-2]), self._at(9))
        if taken:
            self._plant("over_capacity", staff)

    def _take(self, no: str, staff: str, day: date) -> None:
        with suppress(Refused):  # somebody else may have taken the customer by then
            assigning.assign(self.life.book, no, staff, day, role=branch.MANAGER, by=staff)
