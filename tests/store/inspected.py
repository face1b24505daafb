"""A branch with something to inspect: two relationship managers, an inspector, customers in three tiers, a log."""

from datetime import date, timedelta
from pathlib import Path

from guanhu.domain.inspection import Scope
from guanhu.projections.inspection_view import Inspection, inspection
from guanhu.store.acts import log_contact, log_visit
from guanhu.store.affairs import make_promise
from guanhu.store.assigning import assign
from guanhu.store.book import Book
from guanhu.store.codec import decode
from guanhu.store.inspecting import fill_worksheet, inspection_opened_at, open_inspection
from guanhu.store.posts import enrol
from guanhu.tests.books import a_book, day, stated, with_customers

MANAGER, RM, RM2, INSPECTOR, DEPARTMENT = "M1", "RM1", "RM2", "INS", "DEP"
TODAY = day("2026-11-24")
SCOPE = Scope("entries", "01", "", day("2026-10-01"), TODAY)
CUSTOMERS = [f"C{n:02d}" for n in range(1, 13)]


def a_branch(folder: Path) -> Book:
    """Twelve customers, 30 contacts, 6 visits and 2 promises of two relationship managers."""
    book = with_customers(a_book(folder), *CUSTOMERS)
    posts = {RM: "relationship_manager", RM2: "relationship_manager", INSPECTOR: "inspector", DEPARTMENT: "department"}
    for staff, role in posts.items():
        enrol(book, staff, f"员工{staff}", date.min, roles=(role,), by=MANAGER)
    stated(book, "2026-10-01", {no: 30_000 * (n + 1) for n, no in enumerate(CUSTOMERS)})
    for n, no in enumerate(CUSTOMERS):
        if n >= 6:
            assign(book, no, (RM, RM2)[n % 2], day("2026-10-01"), by=MANAGER)
    for n in range(36):
        no, on = CUSTOMERS[n % 12], day("2026-10-05") + timedelta(days=n)
        staff = RM if n % 3 else RM2
        if n % 6:
            log_contact(book, no, "phone", "reached_other", on, staff=staff, note=f"第{n}次电话", by=staff)
        else:
            log_visit(book, no, (MANAGER,), "reached_success", on, staff=staff, note=f"第{n}次上门", by=staff)
    for no in CUSTOMERS[:2]:
        make_promise(book, no, "送资料上门", day("2026-11-28"), day("2026-11-20"), staff=RM, by=RM)
    return book


def opened(book: Book, scope: Scope = SCOPE, size: int = 12, *, seed: str = "", command: str = "") -> str:
    """The number of an inspection that the inspector opens."""
    receipt = open_inspection(book, "四季度检查", scope, size, TODAY, seed=seed, by=INSPECTOR, command=command)
    return inspection_opened_at(book, receipt.positions[0])


def seen(book: Book, number: str, on: date = TODAY) -> Inspection:
    """The inspection as it stands."""
    with book.reading() as cursor:
        return inspection(cursor, book.recorder, decode, book.keyring, number, on)


def all_filled(book: Book, number: str, verdict: str = "ok", remark: str = "") -> None:
    """Every worksheet filled with the same."""
    for item in seen(book, number).items:
        fill_worksheet(book, number, item.key, verdict, TODAY, remark=remark, by=INSPECTOR)
