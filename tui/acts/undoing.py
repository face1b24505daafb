"""What `u` does: the event that takes an act back, with the reason that a slip of the hand has."""

from collections.abc import Callable, Sequence

from guanhu.language import _
from guanhu.store.book import Book, Receipt
from guanhu.tui.acts.wording import WITHDRAWN

Undo = Callable[[Book], object]


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
