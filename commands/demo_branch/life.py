"""The branch while its story runs: who is whose on the day, and the small acts of which the days are made."""

from collections.abc import Callable
from datetime import date, time, timedelta
from functools import partial
from random import Random
from typing import Any

from guanhu.commands.demo_branch import branch, notes
from guanhu.commands.demo_branch.diary import Diary, SharedBook, hours
from guanhu.commands.demo_branch.people import Customer
from guanhu.domain.branch_time import branch_time
from guanhu.domain.scheme import Scheme
from guanhu.projections.policy import policy_of
from guanhu.store import acts, affairs, messages, registering
from guanhu.store.book import Receipt

_SECONDS = {"no_answer": (0, 40), "message_left": (15, 60), "wrong_number": (8, 30)}
VISIT_HOURS = (9, 10, 14, 15)
VISIT_SECONDS = 45 * 60


class Life:
    """The book, the diary, the people, and how things stand at the beginning of the month."""

    def __init__(self, book: SharedBook, diary: Diary, rng: Random, customers: list[Customer], today: date) -> None:
        self.book, self.diary, self.rng, self.today = book, diary, rng, today
        self.people = {customer.no: customer for customer in customers}
        self.balance: dict[str, int] = {}
        self.step: dict[str, int] = {}
        self.owners: dict[str, list[tuple[str, str]]] = {}
        self.system: dict[str, str] = {}
        self.left_on = date.max
        """The day on which the successor took over."""
        self.silent: set[str] = set()
        """Customers who are not to be contacted any more."""
        self.left_alone: set[str] = set()
        """Customers for whom nobody does anything from now on, though they should."""
        self.neglected: set[str] = set()
        """Customers for whom nobody has done anything in the last months, though they should."""
        self.neglected_since = today
        self.referred: set[str] = set()
        self.contacted: set[str] = set()
        self._hours: dict[tuple[str, date], list[int]] = {}
        """When somebody was on visits, by person and day."""
        with book.reading() as cursor:
            policy = policy_of(cursor)
        assert policy is not None  # the branch was founded with one
        self.scheme: Scheme = policy.on(today)

    @property
    def yesterday(self) -> date:
        """The last day on which anybody did anything."""
        return self.today - timedelta(days=1)

    def who(self, no: str) -> str:
        """How staff speak of a customer."""
        return self.people[no].title(self.today)

    def refresh(self) -> None:
        """Read how things stand: tiers, owners, system owners."""
        self.book.settle()
        day = self.diary.day.toordinal()
        self.owners, self.system = {}, {}
        with self.book.reading() as cursor:
            rank = self.scheme.rank
            held = cursor.execute("SELECT no, tier FROM customer JOIN account ON customer_id = id")
            self.step = {no: rank[tier] for no, tier in held}
            for no, seat, staff, role in cursor.execute(
                "SELECT no, seat, staff, role FROM care JOIN customer ON id = customer_id WHERE start <= ? AND end > ?"
                " AND seat <> 'gap' ORDER BY start, care.position",
                (day, day),
            ):
                if seat == "owner":
                    self.owners.setdefault(no, []).append((staff, role))
                else:
                    self.system[no] = staff

    def keeper(self, no: str) -> str:
        """The relationship manager of a customer: an owner, else the system owner; "" where there is none yet."""
        found = next((staff for staff, role in self.owners.get(no, ()) if role == branch.RM), "")
        return found or self.system.get(no, "")

    def lead(self, no: str) -> str:
        """The first owner of a customer; "" for none."""
        owners = self.owners.get(no)
        return owners[0][0] if owners else ""

    def working_days(self, first: date, last: date) -> list[date]:
        """The working days between two dates, both included."""
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        return [day for day in days if self.book.calendar.is_working_day(day)]

    def later(self, day: date, working_days: int) -> date:
        """The day so many working days after one."""
        return self.book.calendar.add_working_days(day, working_days)

    def at_desk(self, day: date, days_later: int = 0) -> date:
        """The first working day so many days after one, or later: when something is written up."""
        return self.later(day + timedelta(days=days_later - 1), 1)

    def at_work(self, staff_id: str, day: date) -> bool:
        """Whether somebody does anything on a day: only until yesterday, and not while on leave."""
        return day <= self.yesterday and not (staff_id == branch.DILIGENT and day >= self.yesterday)

    def acting(self, staff_id: str, day: date) -> str:
        """Who does on a day what somebody should: the successor of the one who has left."""
        return branch.SUCCESSOR if staff_id == branch.LEAVER and day >= self.left_on else staff_id

    def passed_over(self, no: str, day: date) -> bool:
        """Whether nobody is to contact the customer, or nobody bothers to."""
        return no in self.silent or no in self.left_alone or (no in self.neglected and day >= self.neglected_since)

    def enter(self, day: date, act: Callable[[], Any], at: time | None = None) -> None:
        """Let something happen on a day, in working hours unless a time is named."""
        self.diary.enter(day, at or hours(self.rng), act)

    # ------------------------------------------------------------ acts
    def contact(self, no: str, staff: str, day: date, kind: str, **more: Any) -> None:
        """A contact that succeeds, perhaps after one that did not, written up when the member of staff gets to it."""
        staff = self.acting(staff, day)
        if not self.at_work(staff, day):
            return
        if self.rng.random() < 0.2:
            tried = day - timedelta(days=1)
            if self.book.calendar.is_working_day(tried) and tried >= self.diary.day:
                self.write(no, staff, tried, "phone", self.rng.choices(("no_answer", "message_left"), (6, 1))[0])
        chosen = self.rng.random()
        channel = "phone" if chosen < 0.62 else "wecom" if chosen < 0.84 else "counter"
        outcome = self.rng.choices(
            ("reached_other", "reached_success", "reached_declined", "appointment"), (50, 26, 16, 8)
        )[0]
        if kind == "care":
            kind = {"reached_success": "interest", "reached_declined": "declined"}.get(outcome, kind)
            kind = "appointment" if outcome == "appointment" else kind
        if channel == "wecom" and outcome == "reached_other":
            outcome = "replied"
        self.write(no, staff, day, channel, outcome, kind, **more)
        self._what_follows(no, staff, day)

    def write(
        self, no: str, staff: str, day: date, channel: str, outcome: str, kind: str = "", *, product: str = "",
        surely: bool = False,
    ) -> None:  # fmt: skip
        """Log one contact, with a note of its kind or, where none is named, of its outcome.

        `surely`: also for a customer whom others pass over.
        """
        staff = self.acting(staff, day)
        if not self.at_work(staff, day):
            return
        rng = self.rng
        text = notes.note(rng, kind or outcome, self.who(no), product=product)
        if "电话" in text and channel in ("wecom", "counter"):
            channel, outcome = "phone", "reached_other" if outcome == "replied" else outcome
        next_on = day + timedelta(days=rng.randrange(2, 12)) if outcome == "appointment" else None
        low, high = _SECONDS.get(outcome, (45, 620))
        seconds = rng.randrange(low, high) if channel == "phone" else None
        late = 0 if surely else branch.writing_up(rng, staff)

        def act() -> None:
            if surely or not self.passed_over(no, day):
                self.contacted.add(no)
                acts.log_contact(
                    self.book, no, channel, outcome, day, note=text, next_on=next_on, duration=seconds, by=staff
                )
            if outcome == acts.DO_NOT_DISTURB:
                self.silent.add(no)

        self.enter(self.at_desk(day, late), act)

    def _what_follows(self, no: str, staff: str, day: date) -> None:
        """After some contacts: a promise, or more of the profile."""
        rng = self.rng
        step = self.step.get(no, 0)
        if step >= 3 and rng.random() < 0.06:
            self.promise(no, staff, day, day + timedelta(days=rng.randrange(2, 12)))
        untold = self.people[no].untold
        if step >= 2 and untold and rng.random() < 0.16:
            learned = rng.sample(sorted(untold), min(2, len(untold)))
            self.enter(day, partial(self._learn, no, staff, learned))

    def _learn(self, no: str, staff: str, learned: list[str]) -> None:
        person = self.people[no]
        facts = {fact: person.untold.pop(fact) for fact in learned if fact in person.untold}
        if facts and not self.passed_over(no, self.diary.day):
            day = self.diary.day
            registering.record_profile(self.book, no, "", facts, "", day, by=self.acting(staff, day))

    def promise(self, no: str, staff: str, day: date, due: date, *, kept: bool = True) -> None:
        """A promise, kept in time in most cases, else a little late, or excused; `kept` false: not until today."""
        rng = self.rng
        text = notes.note(rng, "promise", self.who(no))
        due = self.at_desk(due)
        done = self.at_desk(due, rng.randrange(1, 6) if rng.random() < 0.12 else 0)
        excused = rng.random() < 0.1
        said = notes.note(rng, "excused" if excused else "kept", self.who(no))

        def close(receipt: Receipt) -> None:
            ref, closer = receipt.positions[0], self.acting(staff, self.diary.day)
            if excused:
                affairs.excuse_promise(self.book, ref, said, self.diary.day, by=closer)
            else:
                affairs.keep_promise(self.book, ref, self.diary.day, note=said, by=closer)

        def make() -> None:
            receipt = affairs.make_promise(self.book, no, text, due, day, by=staff)
            if kept and done <= self.yesterday:
                self.enter(done, lambda: close(receipt), time(17, rng.randrange(30, 58)))

        if self.at_work(staff, day):
            self.enter(day, make)

    def message(self, nos: list[str], staff: str, day: date, text: str, outcome: str = "sent") -> None:
        """One message to many."""
        staff = self.acting(staff, day)
        if self.at_work(staff, day) and nos:
            self.enter(day, partial(self._send, nos, staff, day, text, outcome))

    def _send(self, nos: list[str], staff: str, day: date, text: str, outcome: str) -> None:
        written = [no for no in nos if no not in self.silent]
        if written:
            self.contacted.update(written)
            messages.log_message(self.book, written, "message", outcome, text, day, by=staff)

    def visit(self, no: str, staff: str, companions: tuple[str, ...], day: date, kind: str) -> None:
        """A visit at home or at work."""
        staff = self.acting(staff, day)
        if not self.at_work(staff, day):
            return
        text = notes.note(self.rng, kind, self.who(no))
        outcome = self.rng.choice(("reached_success", "reached_other", "reached_other"))

        def act() -> None:
            if not self.passed_over(no, day):
                self.contacted.add(no)
                began = self._free_hour((staff, *companions), day)
                acts.log_visit(
                    self.book, no, companions, outcome, day, note=text, began_at=began,
                    duration=VISIT_SECONDS if began else None, by=staff,
                )  # fmt: skip

        self.enter(self.at_desk(day, branch.writing_up(self.rng, staff)), act)

    def _free_hour(self, party: tuple[str, ...], day: date) -> time | None:
        """The first hour of visits that nobody of the party spends on one; None where it has not passed, or is none."""
        taken = {hour for each in party for hour in self._hours.get((each, day), ())}
        hour = next((hour for hour in VISIT_HOURS if hour not in taken), None)
        now = branch_time(self.book.clock())
        if hour is None or (day == now.date() and now.hour <= hour):
            return None
        for each in party:
            self._hours.setdefault((each, day), []).append(hour)
        return time(hour, 30)
