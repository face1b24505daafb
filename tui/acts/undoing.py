"""What `u` does: the event that takes an act back, with the reason that a slip of the hand has."""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from uuid import uuid4

import msgspec

from guanhu.domain.errors import Refused
from guanhu.language import _
from guanhu.store.book import Book, Receipt
from guanhu.store.errors import BookBusy, BookDamaged, StoreFull
from guanhu.tui.acts.wording import WITHDRAWN
from guanhu.tui.asking import told

Settled = tuple[str, str, str]
"""An occurrence of a duty: customer, duty, key."""
Undo = Callable[[Book], object]


class Undone(msgspec.Struct, frozen=True):
    """An act that was taken back, in words that say what is so now; `passed_over` as of `TakenBack`."""

    words: str
    passed_over: int = 0


class UndoneEach(msgspec.Struct, frozen=True):
    """Many acts that were taken back but `passed_over` of them; `left` says why these stay, "" for seats that moved."""

    passed_over: int
    left: str


def saying(undo: Undo, what: str, did: Collection[Settled], day: date) -> Undo:
    """The same, telling afterwards that `what` is taken back, and which of the duties that it did are owed again."""

    def act(book: Book) -> Undone:
        from guanhu.tui.acts.learning import owed_again

        answer = undo(book)
        words = _("Taken back: {act}", act=what)
        try:
            again = owed_again(book, day, did)
        except Exception as error:  # the act is taken back all the same
            words += "\n" + _("What is owed again could not be read: {why}", why=told(error))
        else:
            words += "\n" + _("To do again: {duties}", duties=again) if again else ""
        return Undone(words, getattr(answer, "passed_over", 0))

    return act


def take_back(receipt: Receipt, by: str) -> Undo:
    """Take back all that a command did."""

    def act(book: Book) -> object:
        from guanhu.store.withdrawing import withdraw

        return withdraw(book, receipt.positions, _(WITHDRAWN), by=by)

    return act


def take_back_each(positions: Sequence[int], by: str) -> Undo:
    """Take back acts that were commands of their own, one for each customer."""

    def back(book: Book, position: int, command: str) -> object:
        from guanhu.store.withdrawing import withdraw

        return withdraw(book, position, _(WITHDRAWN), by=by, command=command)

    return _each(positions, back, lambda count: "")


def take_back_plan(name: str, by: str) -> Undo:
    """Take back the seats of a plan, by the id of its command."""

    def act(book: Book) -> object:
        from guanhu.store.withdrawing import first_of_plan, withdraw

        first = first_of_plan(book, name)
        return first and withdraw(book, first, _(WITHDRAWN), by=by)

    return act


def undo_corrections(positions: Sequence[int], by: str) -> Undo:
    """Let entries say again what they said before they were corrected."""

    def back(book: Book, position: int, command: str) -> object:
        from guanhu.store.restoring import undo_correction

        return undo_correction(book, position, _(WITHDRAWN), by=by, command=command)

    return _each(
        positions, back, lambda count: _("Left as they are, for they were corrected again since: {count}.", count=count)
    )


def _each(
    positions: Sequence[int], back: Callable[[Book, int, str], object], left: Callable[[int], str]
) -> Undo:
    """Take back one after the other; what a rule refuses is passed over, and only where it refuses all it is raised.

    Each is a command whose id is made beforehand: where the book hindered it half way, the next try goes on there.
    """
    command = uuid4().hex

    def act(book: Book) -> UndoneEach:
        passed_over, first = 0, None
        for position in positions:
            try:
                answer = back(book, position, f"{command}:{position}")
            except (BookBusy, BookDamaged, StoreFull):
                raise
            except Refused as error:
                passed_over, first = passed_over + 1, first or error
            else:
                passed_over += getattr(answer, "passed_over", 0)
        if first is not None and passed_over >= len(positions):
            raise first
        return UndoneEach(passed_over, left(passed_over))

    return act
