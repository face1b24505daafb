"""The hand that plants: whose customers there are for it, what is written of them, and when.

Nothing of it is drawn from the branch's own dice.
"""

from collections.abc import Callable, Iterator
from datetime import date, time
from itertools import cycle
from random import Random

from guanhu.commands.demo_branch import notes
from guanhu.commands.demo_branch.life import Life
from guanhu.commands.demo_branch.planted import Planted
from guanhu.store import acts

_KINDS = ("care", "interest", "declined", "visit", "lobby")


class Hand:
    """Who can do it, to whom, and when; what was planted so far."""

    def __init__(self, life: Life, rng: Random) -> None:
        self.life, self.rng = life, rng
        self.planted: list[Planted] = []
        self._used: set[str] = set()
        lines = [line for kind in _KINDS for line in notes.LINES[kind]]
        rng.shuffle(lines)
        self._lines: Iterator[str] = cycle(lines)

    # ------------------------------------------------------------ who and when
    def _theirs(self, staff: str, count: int, least: int | None = None) -> list[str]:
        """Customers whose first owner somebody is; none where there are fewer than `least` (else `count`).

        Those for whom nothing was planted come first.
        """
        life = self.life
        found = [
            no for no in life.people
            if life.lead(no) == staff and no in life.balance and life.step.get(no, 0)
            and not life.passed_over(no, life.today)
        ]  # fmt: skip
        if len(found) < (count if least is None else least):
            return []
        self.rng.shuffle(found)
        found.sort(key=self._used.__contains__)
        self._used.update(found[:count])
        return found[:count]

    def _first_of(self, staff: tuple[str, ...], count: int) -> tuple[str, list[str]]:
        """The first of some who has enough customers, and those."""
        for each in staff:
            if found := self._theirs(each, count):
                return each, found
        return "", []

    def _text(self, no: str) -> str:
        return notes.filled(self.rng, next(self._lines), self.life.who(no))

    def _at(self, hour: int, minute: int = -1) -> time:
        minute = self.rng.randrange(60) if minute < 0 else minute
        return time(hour, minute, self.rng.randrange(60))

    def _plant(self, flag: str, staff: str, customer_no: str = "", day: date | None = None) -> None:
        self.planted.append(Planted(flag, staff, customer_no, day))

    def _call(
        self, no: str, staff: str, day: date, written: date, at: time, seconds: int = 0, text: str = "",
        then: Callable[[int], None] | None = None,
    ) -> None:  # fmt: skip
        """A call that reached the customer, written down on some day; `then` is told its position."""
        note, took = text or self._text(no), seconds or self.rng.randrange(60, 400)

        def act() -> None:
            receipt = acts.log_contact(
                self.life.book, no, "phone", "reached_other", day, note=note, duration=took, by=staff
            )
            if then is not None:
                then(receipt.positions[0])

        self.life.enter(written, act, at)
