"""The last two weeks, in which something of everything happens: what the user finds on the desk this morning.

Money that came and went, a customer who fell below the floor, promises broken and open, people passed on, a wedding, a
product that matured unnoticed, marks, a correction. Whom it happens to: the user's own customers first.
"""

from collections.abc import Iterator
from datetime import date, time, timedelta
from functools import partial
from itertools import cycle

from guanhu.commands.demo_branch import branch, notes
from guanhu.commands.demo_branch.life import Life
from guanhu.commands.demo_branch.nights import Nights
from guanhu.domain.contact import REACHED
from guanhu.domain.money import WAN, YUAN
from guanhu.store import acts, affairs, registering, requests, statements

DAYS = 14
LEAST_FOR_MARKS = 100
"""In a smaller branch the few who are marked would be half of it."""


class Scenes:
    """Enters the scenes on the first morning of the last two weeks."""

    def __init__(self, life: Life, nights: Nights) -> None:
        self.life, self.nights = life, nights
        self.mine = [no for no in life.people if life.keeper(no) == branch.USER and self._well(no)]
        top = [no for no in self.mine if life.step.get(no, 0) >= 3] or self.mine
        # Large ones first: what is neglected shows most with them.
        self.cast: Iterator[str] = cycle(sorted(top, key=lambda no: (-life.balance.get(no, 0), no)))
        self.tellers = branch.TELLERS["01"]

    def enter(self) -> None:
        """All scenes of the two weeks; none in a branch too small to have them."""
        if not self.mine:
            return
        self._money()
        self._promises()
        self._referrals()
        self._events()
        self._products()
        self._marks()
        self._office()
        self._second_thoughts()

    def _well(self, no: str) -> bool:
        return no in self.life.balance and no not in self.life.silent

    def _back(self, working_days: int) -> date:
        """The day so many working days ago; 1 is the last one before today."""
        day, life = self.life.today, self.life
        while working_days:
            day -= timedelta(days=1)
            working_days -= life.book.calendar.is_working_day(day)
        return day

    def _at(self, hour: int) -> time:
        return time(hour, self.life.rng.randrange(60), self.life.rng.randrange(60), self.life.rng.randrange(1_000_000))

    # ------------------------------------------------------------ money
    def _money(self) -> None:
        """Out six and one working days ago, in three and one ago; one falls below the floor; one rises."""
        for no, back, sign in ((next(self.cast), 6, -1), (next(self.cast), 1, -1), (next(self.cast), 3, 1)):
            self.life.left_alone.add(no)
            self._change(no, self._back(back), sign)
        fallen = next(self.cast)
        self.life.left_alone.add(fallen)
        floor = self.life.scheme.floors[max(self.life.step.get(fallen, 1) - 1, 0)]
        self._set(fallen, self._back(8), floor * 83 // 100 - self.life.rng.randrange(WAN))
        basic = [no for no in self.mine if self.life.step.get(no) == 2] or self.mine
        rising = max(basic, key=lambda no: self.life.balance[no])
        self._set(rising, self._back(2), self.life.scheme.floors[2] + 3 * WAN + 26_00)
        self._counter(basic)

    def _change(self, no: str, day: date, sign: int) -> None:
        """A change that is worth a question, by the threshold of the tier."""
        rule = self.life.scheme.duty["fund_change"].change
        fen = self.life.balance[no]
        tier = self.life.scheme.tier_of(fen) or ""
        least = rule.thresholds.get(tier, 100_000) * YUAN if rule else 10 * WAN
        self._set(no, day, fen + sign * (least * 115 // 100 + self.life.rng.randrange(WAN)))

    def _set(self, no: str, day: date, fen: int) -> None:
        self.nights.changes.setdefault(day, {})[no] = fen

    def _counter(self, basic: list[str]) -> None:
        """Cash paid in and out at the counter yesterday, which the core system reports only tonight."""
        day = self._back(1)
        for teller, no, fen in ((self.tellers[0], basic[0], 2 * WAN), (self.tellers[-1], basic[-1], -8_600_00)):
            if self.life.balance[no] + fen > 0:
                self.life.enter(day, partial(statements.deposit, self.life.book, no, fen, day, by=teller), self._at(14))

    # ------------------------------------------------------------ people
    def _promises(self) -> None:
        """Two broken, two that are still open."""
        for made, due in ((9, -4), (7, -2), (4, 1), (2, 5)):
            day = self._back(made)
            self.life.promise(next(self.cast), branch.USER, day, self.life.today + timedelta(days=due), kept=False)

    def _referrals(self) -> None:
        """Tellers passed customers to the user; one has waited too long."""
        waiting = [no for no in self.mine if self.life.step.get(no) == 2 and no not in self.life.referred]
        for back, no in zip((6, 2, 1), waiting, strict=False):
            teller = next((t for t in (self.life.lead(no), *self.tellers) if t and t != branch.USER), "")
            self.life.referred.add(no)
            self._refer(no, teller, self._back(back))

    def _refer(self, no: str, teller: str, day: date) -> None:
        said = notes.note(self.life.rng, "refer", self.life.who(no))
        act = partial(affairs.refer, self.life.book, no, branch.USER, day, note=said, by=teller)
        self.life.enter(day, act, self._at(11))

    def _events(self) -> None:
        """A wedding two days ago, an illness that nobody asked about, an opinion, a joint visit asked for."""
        life = self.life
        wedding, ill, speaks, visited = (next(self.cast) for _ in range(4))
        for no, kind, back in ((wedding, "wedding", 2), (ill, "illness", 6)):
            life.left_alone.add(no)
            self._event(no, kind, self._back(back))
        said = notes.note(life.rng, "opinion", life.who(speaks))
        day = self._back(3)
        life.enter(day, partial(affairs.voice_opinion, life.book, speaks, said, day, by=branch.USER))
        asked, due = self._back(2), life.today + timedelta(days=5)
        manager = branch.MANAGERS[life.people[visited].outlet]
        why = notes.note(life.rng, "joint", life.who(visited))
        ask = partial(requests.request_help, life.book, visited, "joint_visit", asked, due_on=due, note=why, by=manager)
        life.enter(asked, ask)

    def _event(self, no: str, kind: str, day: date) -> None:
        life = self.life
        _, said = notes.event(life.rng, life.who(no), life.people[no].age(life.today), kind)
        act = partial(affairs.note_event, life.book, no, kind, day, note=said, by=self.tellers[1])
        life.enter(day, act, self._at(10))

    def _products(self) -> None:
        """One matured unnoticed, others mature today and in the next days."""
        life = self.life
        for n, days in enumerate((-2, 0, 2, 6)):
            no = next(self.cast)
            amount = max(life.balance[no] * 3 // 10 // WAN, 1) * WAN
            matures = life.today + timedelta(days=days)
            if days <= 0:
                life.left_alone.add(no)
            self._hold(no, notes.PRODUCTS[n], amount, matures - timedelta(days=180), matures)

    def _hold(self, no: str, product: str, amount_fen: int, opened: date, matures: date) -> None:
        day = self._back(9)
        act = partial(
            affairs.hold_product, self.life.book, no, product, amount_fen, day, product_no=f"{no}901",
            opened_on=opened, matures_on=matures, by=branch.USER,
        )  # fmt: skip
        self.life.enter(day, act, self._at(15))

    # ------------------------------------------------------------ marks, the office, the log itself
    def _marks(self) -> None:
        """One has died, one closed the account, some are not to be called, some are worth the while though poor."""
        life = self.life
        if len(life.people) < LEAST_FOR_MARKS:
            return
        spare = [no for no, person in life.people.items() if life.step.get(no, 0) == 1 and self._well(no)]
        poor = [no for no in life.people if life.step.get(no, 0) == 0 and self._well(no)]
        for no, mark, reason in (
            (max(spare, key=lambda no: life.today - life.people[no].born), "deceased", "家属来网点告知,已按流程登记。"),
            (poor[0], "closed", "客户本人销户。"),
            *((no, "prospect", "代发单位新员工,工资较高,有提升空间。") for no in poor[5:45:8]),
        ):
            self._mark(no, mark, reason)
        for no, teller in zip(spare[3:60:19], cycle(self.tellers)):
            life.write(no, teller, self._back(4), "phone", "do_not_disturb", surely=True)

    def _mark(self, no: str, mark: str, reason: str) -> None:
        life, day, by = self.life, self._back(5), branch.MANAGERS[self.life.people[no].outlet]
        if mark != "prospect":
            life.silent.add(no)
        if mark == "closed":
            self._set(no, day, 0)
        life.enter(day, partial(registering.mark, life.book, no, mark, reason, day, by=by))

    def _office(self) -> None:
        """A colleague goes on leave; the user stands in."""
        life = self.life
        life.enter(self._back(3), partial(branch.go_on_leave, life.book, life.today))

    def _second_thoughts(self) -> None:
        """An entry of the user's is put right, another is withdrawn, and one duty of the month is waived."""
        life, day = self.life, self._back(1)
        life.enter(day, self._correct, self._at(17))
        life.enter(day, partial(self._waive, day, "客户出国探亲至下月,无法联系,已与主管沟通。"), self._at(18))

    def _correct(self) -> None:
        with self.life.book.reading() as cursor:
            mine = cursor.execute(
                "SELECT position, outcome, day FROM act WHERE staff = ? AND kind = 'contact'"
                " ORDER BY position DESC LIMIT 12",
                (branch.USER,),
            ).fetchall()
        reached = [(position, date.fromordinal(day)) for position, outcome, day in mine if outcome in REACHED]
        texts = ((False, "日期记错,实际是前一天。"), (True, "记到了别的客户名下。"))
        for (position, day), (withdrawn, reason) in zip(reached[-2:], texts, strict=False):
            on = None if withdrawn else day - timedelta(days=1)
            acts.correct_entry(self.life.book, position, reason=reason, on=on, withdrawn=withdrawn, by=branch.USER)

    def _waive(self, day: date, reason: str) -> None:
        from guanhu.projections.policy import policy_of
        from guanhu.projections.queue import Asked, duty_list

        book = self.life.book
        book.settle()
        with book.reading() as cursor:
            policy = policy_of(cursor)
            assert policy is not None
            duties = ("monthly_contact", "near_tier", "profile")
            items = duty_list(cursor, policy, book.calendar, day, Asked(staff=branch.USER, duties=duties)).items
        items.sort(key=lambda item: (duties.index(item.duty), item.aum_fen or 0, item.customer_no or ""))
        for item in items[:1]:
            affairs.waive_duty(book, item.customer_no or "", item.duty, item.occurrence, reason, day, by=branch.USER)
