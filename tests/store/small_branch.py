"""A small branch in a real book: staff of every post, customers with balances, a clock that stands still."""

from datetime import UTC, date, datetime
from pathlib import Path

from guanhu.domain.customer import PersonalData
from guanhu.domain.money import YUAN
from guanhu.domain.scheme_file import default_scheme_text
from guanhu.projections.assignment import Seats, Waiting, assignment_queue, seats_on
from guanhu.store.book import Book
from guanhu.store.opening import init_book
from guanhu.store.posts import enrol
from guanhu.store.rating import open_day
from guanhu.store.registering import register_many
from guanhu.store.statements import report

TODAY = date(2026, 6, 30)
START = date(2026, 1, 5)
POSTS = {
    "HM": "high_counter_teller",
    "LC": "low_counter_teller",
    "VC": "vip_counter_teller",
    "LM": "lobby_manager",
    "RM1": "relationship_manager",
    "RM2": "relationship_manager",
    "SUP": "rm_supervisor",
    "OM": "outlet_manager",
    "DEP": "department",
}
"""Staff by id, and the post of each."""


def clock() -> datetime:
    """Noon, in China, of the day on which all tests take place."""
    return datetime(2026, 6, 30, 4, 0, tzinfo=UTC)


def empty_branch(folder: Path) -> Book:
    """A new book with nobody but the manager `OM`."""
    return init_book(folder / "book.db", clock=clock, staff_id="OM", staff_name="陈主任", roles=("outlet_manager",))


def branch(folder: Path) -> Book:
    """A book with one or two of each post."""
    book = empty_branch(folder)
    for staff, role in POSTS.items():
        if staff != "OM":
            enrol(book, staff, f"员工{staff}", date.min, roles=(role,))
    return book


def with_customers(book: Book, balances: dict[str, int], on: date = START, outlet: str = "01") -> None:
    """Report balances in yuan of a day; customers whom the book does not know are registered before."""
    with book.writing() as w:
        known = w.projection.ids(balances)
        new = [(no, outlet, PersonalData(f"客户{no}", {})) for no in balances if no not in known]
        if new:
            register_many(w, f"registration:{w.command}", new, on)
    with book.writing() as w:
        report(w, w.command, [(n, no, yuan * YUAN, on.toordinal()) for n, (no, yuan) in enumerate(balances.items())], 0)


def day_opened(book: Book, on: date) -> None:
    """Move the book's day."""
    with book.writing() as w:
        open_day(w, on)


def owners(book: Book, customer_no: str, on: date = TODAY) -> list[tuple[str, str]]:
    """Who owns a customer on a day, as (staff, role)."""
    return sorted(_seats(book, customer_no, on).owners)


def system_owner(book: Book, customer_no: str, on: date = TODAY) -> str | None:
    """Who keeps the system's record of a customer."""
    return _seats(book, customer_no, on).system_owner


def _seats(book: Book, customer_no: str, on: date) -> Seats:
    with book.reading() as cursor:
        cid = cursor.execute("SELECT id FROM customer WHERE no = ?", (customer_no,)).fetchone()[0]
        return seats_on(cursor, (cid,), on.toordinal())[cid]


def queue(book: Book, on: date = TODAY, outlet: str | None = None) -> dict[str, Waiting]:
    """Who waits to be assigned, by number."""
    with book.reading() as cursor:
        return {waiting.customer_no: waiting for waiting in assignment_queue(cursor, outlet, on)}


def tiers(book: Book, customer_no: str) -> list[tuple[str, str]]:
    """The moves of a customer as (day, tier), those to come included."""
    with book.reading() as cursor:
        rows = cursor.execute(
            "SELECT day, tier FROM tier_move JOIN customer ON id = customer_id WHERE no = ? ORDER BY day, n",
            (customer_no,),
        ).fetchall()
    return [(date.fromordinal(day).isoformat(), tier) for day, tier in rows]


def scheme_text(version: int, **floors: int) -> str:
    """The default scheme as another version, with other floors in yuan for some tiers."""
    text = default_scheme_text().replace("version = 1\n", f"version = {version}\n", 1)
    for tier, floor in floors.items():
        before, after = text.split(f'[[tiers]]\nid = "{tier}"', 1)
        head, tail = after.split("from_yuan = ", 1)
        rest = tail.split("\n", 1)[1]
        text = f'{before}[[tiers]]\nid = "{tier}"{head}from_yuan = {floor}\n{rest}'
    return text
