"""Customers as people name them, by number or by an affair, and the ids and names that rows have for them."""

from collections.abc import Iterable
from sqlite3 import Cursor

from guanhu.domain.errors import NotFound
from guanhu.projections.projection import ASKED_AT_ONCE, chunks, marks


def customer_id(cursor: Cursor, customer_no: str) -> int:
    """The id of a customer; NotFound("unknown_customer")."""
    row = cursor.execute("SELECT id FROM customer WHERE no = ?", (customer_no,)).fetchone()
    if row is None:
        raise NotFound("unknown_customer", customer_no=customer_no)
    found: int = row[0]
    return found


def customer_ids(cursor: Cursor, numbers: Iterable[str]) -> dict[str, int]:
    """The ids of those among these whom the book knows."""
    found: dict[str, int] = {}
    for part in chunks(list(numbers), ASKED_AT_ONCE):
        found.update(cursor.execute(f"SELECT no, id FROM customer WHERE no IN ({marks(part)})", part).fetchall())
    return found


def customer_numbers(cursor: Cursor, ids: Iterable[int]) -> dict[int, str]:
    """The numbers of customers by id."""
    found: dict[int, str] = {}
    for part in chunks(list(ids), ASKED_AT_ONCE):
        found.update(cursor.execute(f"SELECT id, no FROM customer WHERE id IN ({marks(part)})", part).fetchall())
    return found


def customer_outlets(cursor: Cursor, ids: Iterable[int]) -> dict[int, str]:
    """The outlets of customers by id."""
    found: dict[int, str] = {}
    for part in chunks(list(ids), ASKED_AT_ONCE):
        found.update(cursor.execute(f"SELECT id, outlet FROM customer WHERE id IN ({marks(part)})", part).fetchall())
    return found


def customer_names(cursor: Cursor, numbers: Iterable[str]) -> dict[str, str]:
    """The names of those whom the book knows; "" where they are not to be shown."""
    found: dict[str, str] = {}
    for part in chunks(sorted(set(numbers)), ASKED_AT_ONCE):
        question = f"SELECT no, CASE WHEN restricted THEN '' ELSE name END FROM customer WHERE no IN ({marks(part)})"
        found.update(cursor.execute(question, part).fetchall())
    return found


def customers_named(cursor: Cursor, numbers: Iterable[str]) -> list[tuple[int, str, str, str]]:
    """(id, number, outlet, name) of those whom the book knows; "" for a name that is not to be shown."""
    found: list[tuple[int, str, str, str]] = []
    for part in chunks(list(numbers), ASKED_AT_ONCE):
        rows = cursor.execute(
            "SELECT id, no, outlet, CASE WHEN restricted THEN '' ELSE name END FROM customer"
            f" WHERE no IN ({marks(part)})",
            part,
        )
        found += rows.fetchall()
    return found


def highest_id(cursor: Cursor) -> int:
    """The highest id that a customer has: about how many there are, at no cost."""
    found: int = cursor.execute("SELECT coalesce(max(id), 0) FROM customer").fetchone()[0]
    return found


def customer_of_affair(cursor: Cursor, position: int) -> tuple[int, str]:
    """Id and number of whom a promise, referral or request concerns; NotFound("unknown_entry")."""
    question = "SELECT customer_id, no FROM affair JOIN customer ON id = customer_id WHERE affair.position = ?"
    row = cursor.execute(question, (position,)).fetchone()
    if row is None:
        raise NotFound("unknown_entry", position=position)
    cid, no = row
    return cid, no
