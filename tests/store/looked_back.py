"""A book in which anything may happen in any order, and what it said after each act: what moments are held against."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from guanhu.domain.errors import Refused
from guanhu.projections import tables
from guanhu.projections.customers import page
from guanhu.projections.log import Asked as AskedOfLog
from guanhu.projections.log import log_entries
from guanhu.projections.policy import policy_of
from guanhu.projections.queue import Asked, duty_list
from guanhu.projections.tiers import summary
from guanhu.store.acts import correct_entry, log_contact
from guanhu.store.affairs import keep_promise, make_promise
from guanhu.store.assigning import assign
from guanhu.store.book import Book
from guanhu.store.moment_files import moments_folder
from guanhu.store.opening import init_book
from guanhu.store.posts import enrol
from guanhu.store.rating import open_day
from guanhu.store.registering import mark, record_profile, register
from guanhu.store.schemes import adopt_scheme
from guanhu.store.statements import deposit, report
from guanhu.tests.store.small_branch import scheme_text

FIRST = date(2026, 3, 2)
NUMBERS = ("C1", "C2", "C3")
STAFF = ("OM", "RM1", "RM2")
Act = tuple[str, int, int, int]
"""What is done, and three numbers that say to whom, when and how much."""

KINDS = ("contact", "late", "correct", "balance", "old_balance", "deposit", "assign", "promise", "keep", "profile",
         "mark", "register", "day", "scheme")  # fmt: skip
acts: st.SearchStrategy[list[Act]] = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(0, 2), st.integers(0, 40), st.integers(0, 11)),
    min_size=3,
    max_size=14,
)
AMOUNTS = (-5, 900, 1_000, 30_000, 50_000, 90_000, 170_000, 200_000, 450_000, 520_000, 3_000_000, 0)


class Told:
    """A book under a clock that goes on by hours; `after` is what all its tables said after each act, and when."""

    def __init__(self, folder: Path) -> None:
        self.moment = datetime.combine(FIRST, time(1), UTC)
        self.book: Book = init_book(
            folder / "book.db", clock=lambda: self.moment, staff_id="OM", roles=("outlet_manager",)
        )
        for staff in STAFF[1:]:
            enrol(self.book, staff, staff, date.min, roles=("relationship_manager",))
        for no in NUMBERS:
            register(self.book, no, f"张{no}", {"phone": f"1380000000{no[1]}", "birthday": "1980-05-04"}, "", FIRST)
        self.schemes = 1
        self.registered = len(NUMBERS)
        self.entries: list[int] = []
        self.promises: list[int] = []
        self.after: list[tuple[datetime, dict[str, list[Any]]]] = []
        self.note()

    def note(self) -> None:
        """Keep what the book says now."""
        with self.book.reading() as cursor:
            self.after.append((self.moment, rows_of(cursor)))

    def do(self, act: Act) -> None:
        """Do one act some hours later; one that a rule refuses changes nothing."""
        self.moment += timedelta(hours=7 + 13 * (act[2] % 5))
        try:
            self._do(*act)
        except Refused:
            return
        self.note()

    def _do(self, kind: str, who: int, when: int, much: int) -> None:
        book, no, today = self.book, NUMBERS[who], self.book.today
        before = today - timedelta(days=when)
        if kind in ("contact", "late"):
            on = before if kind == "late" else today
            outcome = ("reached_success", "no_answer", "do_not_disturb")[much % 3]
            self.entries += log_contact(book, no, "phone", outcome, on, note="问候", by=STAFF[much % 3]).positions[:1]
        elif kind == "correct" and self.entries:
            withdrawn, entry = much < 4, self.entries[when % len(self.entries)]
            changed = {} if withdrawn else {"outcome": "reached_other"}
            correct_entry(book, entry, reason="写错了", withdrawn=withdrawn, by="OM", **changed)  # type: ignore[arg-type]
        elif kind in ("balance", "old_balance"):
            on = before if kind == "old_balance" else today
            with book.writing(by="core") as w:
                report(w, f"feed{self.moment:%m%d%H}", [(2, no, AMOUNTS[much] * 100, on.toordinal())], w.book_day)
        elif kind == "deposit":
            deposit(book, no, (AMOUNTS[much] or 7) * 100, before, by="OM")
        elif kind == "assign":
            assign(book, no, STAFF[1 + much % 2], before, by="OM")
        elif kind == "promise":
            due = today + timedelta(days=much)
            self.promises += make_promise(book, no, "送报表", due, before, by="RM1").positions[:1]
        elif kind == "keep" and self.promises:
            keep_promise(book, self.promises[when % len(self.promises)], today, by="RM1")
        else:
            self._do_more(kind, no, before, much)

    def _do_more(self, kind: str, no: str, before: date, much: int) -> None:
        book, today = self.book, self.book.today
        if kind == "profile":
            facts = {"address": f"人民路{much}号"} if much else {"phone": ""}
            record_profile(book, no, "", facts, "", before, by="OM")
        elif kind == "mark":
            mark(book, no, ("prospect", "do_not_disturb")[much % 2], "本人要求", before, on_off=much < 8, by="OM")
        elif kind == "register":
            self.registered += 1
            register(book, f"N{self.registered}", "新客户", {}, "", before, by="OM")
        elif kind == "day":
            with book.writing(by="OM") as w:
                open_day(w, today)
        elif kind == "scheme":
            self.schemes += 1
            text = scheme_text(self.schemes, middle=150_000 + 10_000 * much)
            adopt_scheme(book, text, today + timedelta(days=much % 3), by="OM")


def rows_of(cursor: Any) -> dict[str, list[Any]]:
    """All rows of all tables of the read model."""
    return {name: sorted(cursor.execute(f"SELECT * FROM main.{name}").fetchall(), key=repr) for name in tables.TABLES}


def answers(book: Book, day: date) -> list[Any]:
    """What a book says about a day: figures, queue, pages, log."""
    with book.reading() as cursor:
        policy = policy_of(cursor)
        assert policy is not None
        asked = Asked(statuses=("open", "overdue", "done", "missed", "upcoming"))
        questions: list[Callable[[], Any]] = [
            lambda: summary(cursor, day, policy.on(day)),
            lambda: duty_list(cursor, policy, book.calendar, day, asked),
            lambda: log_entries(cursor, AskedOfLog(last=day)),
            *(lambda no=no: page(cursor, policy, book.calendar, day, no) for no in NUMBERS),
        ]
        return [question() for question in questions]


def kept(book: Book) -> set[str]:
    """The names in the folder of moments."""
    return {path.name for path in moments_folder(book.path).glob("*")}


def some_days(folder: Path) -> Told:
    """A book with some days behind it."""
    made = Told(folder)
    kinds = ("balance", "contact", "late", "correct", "balance", "assign", "promise", "day", "contact")
    for n, kind in enumerate(kinds):
        made.do((kind, n % 3, n, n))
    return made
