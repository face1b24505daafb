"""A branch in a real book, as tests tell of it: staff of every post, customers with a balance, a clock that is set."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from guanhu.domain.dates import parse_day
from guanhu.domain.errors import Refused
from guanhu.projections.log import Asked as AskedOfLog
from guanhu.projections.log import LogEntry, log_entries
from guanhu.projections.policy import policy_of
from guanhu.projections.queue import Asked, DutyItem, duty_list
from guanhu.store.acts import log_contact
from guanhu.store.book import Book
from guanhu.store.opening import init_book
from guanhu.store.posts import enrol
from guanhu.store.registering import register
from guanhu.store.statements import report

RM, RM2, SUPERVISOR, TELLER, MANAGER, DEPARTMENT = "RM1", "RM2", "SUP", "TELLER", "MGR", "DEP"
POSTS = {
    RM: "relationship_manager", RM2: "relationship_manager", SUPERVISOR: "rm_supervisor",
    TELLER: "low_counter_teller", DEPARTMENT: "department",
}  # fmt: skip
EVERY_STATUS = ("upcoming", "open", "overdue", "done", "missed", "waived")
FEN = 100


def day(text: str) -> date:
    """The date of an ISO text."""
    return parse_day(text)


class Branch:
    """A book with its staff; the clock stands at noon in China of the day it is set to."""

    def __init__(self, folder: Path, today: str = "2026-06-15") -> None:
        self.today = day(today)
        self.book: Book = init_book(folder / "book.db", clock=self.clock, staff_id=MANAGER, roles=("outlet_manager",))
        for staff, role in POSTS.items():
            enrol(self.book, staff, f"name of {staff}", date.min, roles=(role,))
        self.feeds = 0

    def clock(self) -> datetime:
        """The moment that the book takes for now."""
        return datetime.combine(self.today, time(4), UTC)

    def goes_on_to(self, text: str) -> None:
        """The clock is set to another day."""
        self.today = day(text)

    def customer(
        self, no: str, yuan: int | None = None, since: str = "2026-01-05", *, name: str = "", **facts: str
    ) -> None:
        """A customer, perhaps with a balance that the bank reports."""
        register(self.book, no, name or f"name of {no}", facts, "", day("2026-01-01"))
        if yuan is not None:
            self.balance(no, yuan, since)

    def balance(self, no: str, yuan: int, on: str) -> None:
        """The bank reports a balance."""
        self.feeds += 1
        with self.book.writing(by="core") as w:
            report(w, f"feed{self.feeds}", [(2, no, yuan * FEN, day(on).toordinal())], w.book_day)

    def duties(self, no: str, on: str, *duties: str, statuses: Sequence[str] = EVERY_STATUS) -> list[DutyItem]:
        """The duties owed to a customer on a day."""
        asked = Asked(customer_no=no, duties=duties, statuses=tuple(statuses))
        with self.book.reading() as cursor:
            policy = policy_of(cursor)
            assert policy is not None
            return duty_list(cursor, policy, self.book.calendar, day(on), asked).items

    def status(self, no: str, on: str, duty: str, occurrence: str) -> str:
        """How one occurrence of a duty stands on a day; "" where it is not owed."""
        return next((item.status for item in self.duties(no, on, duty) if item.occurrence == occurrence), "")

    def marks(self, no: str) -> list[tuple[str, str]]:
        """The marks of a customer with their reasons."""
        with self.book.reading() as cursor:
            return cursor.execute(
                "SELECT mark, reason FROM mark JOIN customer ON id = customer_id WHERE no = ? ORDER BY mark.position",
                (no,),
            ).fetchall()


def contacted(branch: Branch, on: str = "2026-06-10", outcome: str = "reached_success", **more: object) -> int:
    """A contact of C1 by its relationship manager, unless said otherwise; its position."""
    options: dict[str, object] = {"staff": RM, **more}
    channel = "message" if outcome == "sent" else "phone"
    return log_contact(branch.book, "C1", channel, outcome, day(on), **options).positions[0]  # type: ignore[arg-type]


def log(branch: Branch, **asked: object) -> list[LogEntry]:
    """The entries of the log."""
    with branch.book.reading() as cursor:
        return log_entries(cursor, AskedOfLog(**asked))[1]  # type: ignore[arg-type]


def refusal(code: str, kind: type[Refused] = Refused) -> "pytest.RaisesExc[Refused]":
    """That something is refused with a code."""
    return pytest.raises(kind, match=f"^{code}( |$)")
