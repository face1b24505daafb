"""Customers as the rows of a list, and as an order that a customer's page can step along."""

from array import array
from collections.abc import Sequence
from datetime import date
from sqlite3 import Cursor
from typing import Protocol

import msgspec

from guanhu.projections.browse_rows import CustomerRow, customer_rows, numbers_of
from guanhu.projections.browsing import Browse, browse
from guanhu.projections.by_number import customer_ids
from guanhu.store.book import Book
from guanhu.tui.ground import standing
from guanhu.tui.names import Names
from guanhu.tui.widgets.pages import PageSource, Row


class Beside(msgspec.Struct, frozen=True):
    """A customer's place in an order: the number, the index from 0, how many there are."""

    customer_no: str
    index: int
    total: int


class Order(Protocol):
    """An order of customers. Asked in a worker thread."""

    def beside(self, cursor: Cursor, customer_no: str, step: int) -> Beside | None:
        """The customer `step` places on from one (0: that one); None where there is none."""


class GivenOrder:
    """The order of numbers that are in memory; a customer who stands there twice counts once."""

    def __init__(self, numbers: Sequence[str]) -> None:
        self._numbers = list(dict.fromkeys(numbers))
        self._index = {number: n for n, number in enumerate(self._numbers)}

    def beside(self, cursor: Cursor, customer_no: str, step: int) -> Beside | None:
        """As Order."""
        at = self._index.get(customer_no)
        if at is None or not 0 <= at + step < len(self._numbers):
            return None
        return Beside(self._numbers[at + step], at + step, len(self._numbers))


class Listed(msgspec.Struct, frozen=True):
    """A customer with the words that stand in the columns."""

    row: CustomerRow
    tier: str
    owners: tuple[str, ...]
    outlet: str
    today: date


def listed(row: CustomerRow, names: Names, today: date) -> Listed:
    """The row in words; who has a balance and no tier is untiered, who has none is in no tier at all."""
    tier = "" if row.aum_fen is None else names.tier(row.tier)
    owners = row.owners or ((row.system_owner,) if row.system_owner else ())
    return Listed(row, tier, tuple(names.staff(staff) for staff in owners), names.outlet(row.outlet), today)


class CustomerSource(PageSource):
    """The customers of a filter on a day: their ids once, then pages of rows.

    Who comes into the filter later is in the next source: what is shown and selected is what an act is for.
    """

    def __init__(self, book: Book, day: date, staff: str, asked: Browse) -> None:
        self.asked = asked
        self._book = book
        self._day = day
        self._staff = staff
        self._ids: array[int] = array("q")
        self._looked = False

    def count(self) -> int:
        """As PageSource; asks for the ids, once."""
        if not self._looked:
            with standing(self._book, self._day, self._staff) as ground:
                self._ids = browse(ground.cursor, ground.policy, ground.calendar, ground.day, self.asked)
            self._looked = True
        return len(self._ids)

    def page(self, offset: int, limit: int) -> Sequence[Row]:
        """As PageSource."""
        ids = self._ids[offset : offset + limit]
        with standing(self._book, self._day, self._staff) as ground:
            rows = customer_rows(ground.cursor, ground.policy, ground.calendar, ground.day, ids)
            return [Row(row.customer_no, listed(row, ground.names, ground.day)) for row in rows]

    def where(self, row_id: str) -> int | None:
        """As PageSource."""
        with self._book.reading() as cursor:
            return self._where(cursor, row_id)

    def beside(self, cursor: Cursor, customer_no: str, step: int) -> Beside | None:
        """As Order."""
        at = self._where(cursor, customer_no)
        if at is None or not 0 <= at + step < len(self._ids):
            return None
        return Beside(numbers_of(cursor, self._ids[at + step : at + step + 1])[0], at + step, len(self._ids))

    def numbers(self) -> list[str]:
        """The numbers of all of them, in order."""
        with self._book.reading() as cursor:
            return numbers_of(cursor, self._ids)

    def _where(self, cursor: Cursor, customer_no: str) -> int | None:
        cid = customer_ids(cursor, [customer_no]).get(customer_no)
        try:
            return None if cid is None else self._ids.index(cid)
        except ValueError:
            return None
