"""What `u` does: the event that takes an act back, with the reason that a slip of the hand has."""

from collections.abc import Callable, Collection, Sequence
from datetime import date

import msgspec

from guanhu.language import _
from guanhu.store.book import Book, Receipt
from guanhu.tui.acts.wording import WITHDRAWN

Settled = tuple[str, str, str]
"""An occurrence of a duty: customer, duty, key."""
Undo = Callable[[Book], object]


class Undone(msgspec.Struct, frozen=True):
    """An act that was taken back, in words that say what is so now; `passed_over` as of `TakenBack`."""

    words: str
    passed_over: int = 0


def saying(undo: Undo, what: str, did: Collection[Settled], day: date) -> Undo:
    """The same, telling afterwards that `what` is taken back, and which of the duties that it did are owed again."""

    def act(book: Book) -> Undone:
        from guanhu.tui.acts.learning import owed_again

        answer = undo(book)
        words = _("Taken back: {act}", act=what)
        if again := owed_again(book, day, did):
            words += "\n" + _("To do again: {duties}", duties=again)
        return Undone(words, getattr(answer, "passed_over", 0))

    return act


def take_back(receipt: Receipt, by: str) -> Undo:
    """Take back all that a command did."""

    def act(book: Book) -> object:
        from guanhu.store.withdrawing import withdraw

        return withdraw(book, receipt.positions, _(WITHDRAWN), by=by)

    return act


def take_back_each(positions: Sequence[int], by: str) -> Undo:
    """Take back acts that were commands of their own, one for each customer; the first that is refused ends it."""

    def act(book: Book) -> None:
        from guanhu.store.withdrawing import withdraw

        for position in positions:
            withdraw(book, position, _(WITHDRAWN), by=by)

    return act


def take_back_plan(name: str, by: str) -> Undo:
    """Take back the seats of a plan, by the id of its command."""

    def act(book: Book) -> object:
        from guanhu.store.withdrawing import first_of_plan, withdraw

        first = first_of_plan(book, name)
        return first and withdraw(book, first, _(WITHDRAWN), by=by)

    return act


def undo_corrections(positions: Sequence[int], by: str) -> Undo:
    """Let entries say again what they said before they were corrected."""

    def act(book: Book) -> None:
        from guanhu.store.restoring import undo_correction

        for position in positions:
            undo_correction(book, position, _(WITHDRAWN), by=by)

    return act
