"""The branch is made: two years go by in the diary, and the book is left as this morning finds it."""

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from random import Random

from guanhu.commands.demo_branch import branch
from guanhu.commands.demo_branch.diary import NIGHT, Diary, SharedBook
from guanhu.commands.demo_branch.holdings import holdings_of
from guanhu.commands.demo_branch.life import Life
from guanhu.commands.demo_branch.money import Bands, make_path, steps_of
from guanhu.commands.demo_branch.nights import Nights
from guanhu.commands.demo_branch.people import make_customers
from guanhu.commands.demo_branch.planted import Planted
from guanhu.commands.demo_branch.routine import assign_all, plan_month
from guanhu.commands.demo_branch.scenes import DAYS, Scenes
from guanhu.commands.demo_branch.suspects import Suspects
from guanhu.domain.dates import first_of_month, last_of_month
from guanhu.store.book import Book
from guanhu.store.database import OWN_FILES
from guanhu.store.keys import key_path

Progress = Callable[[int, int | None], None]

MONTHS = 24
HANDED_OVER_BEFORE = 4
"""How many months before this one somebody left."""

NEGLECTED_MONTHS = 5


def build_demo(
    path: Path, *, customers: int = 2_000, seed: int = 1, today: date, progress: Progress | None = None,
    planted: list[Planted] | None = None,
) -> Book:  # fmt: skip
    """A made-up branch in a new book at `path`, as the morning of `today` finds it; the same for the same arguments.

    `progress` is told of months done and in all; `planted` is given what an inspection should find. BookExists; half a
    book is taken away again.
    """
    path = Path(path)
    begins = datetime.combine(month_ends(today)[0], time(17, 30))
    diary = Diary(begins)
    shared = SharedBook.create(path, clock=diary.clock)
    try:
        shared.number_by(f"{seed} {customers} {today}")
        story = _Story(shared, diary, Random(f"{seed} {customers} {today}"), customers, today)
        story.tell(progress)
        if planted is not None:
            planted += story.suspects.planted
    except BaseException:
        shared.close()
        for name in (*(f"{path}{suffix}" for suffix in OWN_FILES), str(key_path(path))):
            with suppress(OSError):
                os.unlink(name)
        raise
    shared.close()
    return Book(path, staff=branch.USER)


def month_ends(today: date) -> list[date]:
    """The last days of the months before this one, oldest first."""
    found = [first_of_month(today) - timedelta(days=1)]
    while len(found) < MONTHS:
        found.append(first_of_month(found[-1]) - timedelta(days=1))
    return found[::-1]


class _Story:
    """Everything that is drawn before the story begins, and the order in which it is told."""

    def __init__(self, book: SharedBook, diary: Diary, rng: Random, customers: int, today: date) -> None:
        self.book, self.diary, self.today = book, diary, today
        self.ends = month_ends(today)
        with book.together():
            branch.found_branch(book)
            people = make_customers(rng, steps_of(rng, customers), MONTHS, today)
            self.life = Life(book, diary, rng, people, today)
        self.life.left_on = self.life.later(self.ends[-HANDED_OVER_BEFORE], 1)
        bands = Bands(self.life.scheme.floors)
        falling = [next((c.no for c in people if c.step == step and not c.joined), "") for step in (2, 3)]
        paths = {c.no: make_path(rng, bands, c.step, c.joined, MONTHS, demoted_now=c.no in falling) for c in people}
        begins = self.ends[0]
        held = [one for c in people for one in holdings_of(rng, c, paths[c.no], begins, today)]
        self.nights = Nights(self.life, paths, held)
        self._neglect(rng)
        self.suspects = Suspects(self.life, Random(f"{len(people)} {today} suspects"))

    def _neglect(self, rng: Random) -> None:
        """Some large customers whom nobody has called for months."""
        large = [no for no, person in self.life.people.items() if person.step >= 3]
        self.life.neglected.update(rng.sample(large, -(-len(large) // 14)))
        self.life.neglected_since = self.ends[-NEGLECTED_MONTHS]

    def tell(self, progress: Progress | None) -> None:
        """Let the months pass, a transaction each, until this morning."""
        self._enter()
        morning = datetime.combine(self.today, time(1, 0))
        bounds = [datetime.combine(end + timedelta(days=1), time(0, 0)) for end in self.ends[1:]]
        for n, bound in enumerate([*(b for b in bounds if b < morning), morning], 1):
            with self.book.together():
                self.diary.live(bound)
            if progress:
                progress(n, MONTHS)

    def _enter(self) -> None:
        """The nights, and the working days on which months and scenes are planned."""
        night = time(*NIGHT)
        for month, end in enumerate(self.ends):
            self.diary.enter(end + timedelta(days=1), night, partial(self.nights.month_end, month, end))
            first = self.life.later(end, 1)
            last = last_of_month(end + timedelta(days=1))
            self.diary.enter(first, time(8, 40), partial(self._month, month, first, last))
        start = self.today - timedelta(days=DAYS)
        for day in self.life.working_days(start, self.life.yesterday):
            if day not in self.ends:
                self.diary.enter(day + timedelta(days=1), night, partial(self.nights.weekday, day))
        first = self.life.later(start, 1)
        self.diary.enter(first, time(8, 45), lambda: Scenes(self.life, self.nights).enter())
        self.diary.enter(self.today, time(0, 30), self.nights.open_today)

    def _month(self, month: int, first: date, last: date) -> None:
        """The first working morning of a month."""
        if month == MONTHS - HANDED_OVER_BEFORE - 1:
            branch.succeed(self.book, first)
        if month == MONTHS - HANDED_OVER_BEFORE:
            branch.hand_over(self.book, first)
        if month < MONTHS - 1:
            assign_all(self.life, at_first=month == 0)
        else:
            self.life.refresh()  # this month's customers still wait to be assigned
        if month == MONTHS - 3:
            self.suspects.let_mature(first)
        if month == MONTHS - 2:
            self.suspects.enter(first, last)
        plan_month(self.life, first, last, at_first=month == 0)
        if month == MONTHS - HANDED_OVER_BEFORE - 1:
            self._promise_too_much(self.life.working_days(first, last)[-1])

    def _promise_too_much(self, day: date) -> None:
        """What the leaver promises on the last day is for the successor to keep."""
        theirs = [no for no in self.life.people if self.life.keeper(no) == branch.LEAVER]
        for no in theirs[:2]:
            self.life.promise(no, branch.LEAVER, day, day + timedelta(days=9))
