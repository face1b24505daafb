"""A branch on 24 November 2026 with work to do: the same book for the tests of Today, of the acts, and for pictures."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from guanhu.store.acts import log_contact, log_visit
from guanhu.store.affairs import hold_product, make_promise, note_event, refer
from guanhu.store.assigning import assign
from guanhu.store.book import Book
from guanhu.store.posts import enrol, give_role
from guanhu.store.rating import open_day
from guanhu.store.registering import register, tag
from guanhu.tests.books import a_book, day, stated
from guanhu.tests.tui.desks import drive
from guanhu.tui.app import GuanhuApp
from guanhu.tui.settings import Settings

TODAY = date(2026, 11, 24)
ME = "M1"
STAFF = (
    ("R2", "李静", "relationship_manager"),
    ("S1", "周慧敏", "rm_supervisor"),
    ("T1", "陈晓", "low_counter_teller"),
)
CUSTOMERS = (
    ("20001", "张伟", 1_900_000, {"birthday": "1970-11-26", "phone": "13800138001", "address": "人民路1号"}),
    ("20002", "李秀英", 450_000, {"phone": "13800138002"}),
    ("20003", "王建国", 250_000, {"birthday": "1985-03-02"}),
    ("20004", "欧阳丽华", 3_600_000, {"phone": "13800138004", "address": "解放路8号"}),
    ("20005", "赵敏", 60_000, {"birthday": "1990-11-25", "phone": "13800138005", "address": "建设街2号"}),
    ("20006", "Anna Schmidt", 620_000, {"phone": "13800138006"}),
)
"""Number, name, yuan, facts."""


def busy_branch(folder: Path) -> Book:
    """The branch; M1, its manager and a relationship manager, acts."""
    book = a_book(folder, staff_id=ME)
    for staff_id, name, role in STAFF:
        enrol(book, staff_id, name, date.min)
        give_role(book, staff_id, role, "01", date.min)
    for no, name, _yuan, facts in CUSTOMERS:
        register(book, no, name, facts, "01", date.min)
    _balances(book)
    _past(book)
    book.staff = ME
    return book


def _balances(book: Book) -> None:
    """Two years of them: some rise, some fall."""
    for n, on in enumerate(("2024-12-02", "2025-06-02", "2026-03-02", "2026-10-30")):
        stated(book, on, {no: yuan * (9 + n % 3) // 10 for no, _name, yuan, _facts in CUSTOMERS})
    for no, *_rest in CUSTOMERS:
        assign(book, no, "T1" if no == "20005" else ME, day("2026-10-30"))
    assign(book, "20001", "S1", day("2026-10-30"))
    stated(book, "2026-11-20", {no: yuan for no, _name, yuan, _facts in CUSTOMERS})
    stated(book, "2026-11-23", {"20002": 260_000})
    with book.writing() as w:
        open_day(w, TODAY)


def _past(book: Book) -> None:
    """What was done, and what is open."""
    log_contact(book, "20001", "phone", "reached_success", day("2026-10-12"), note="对大额存单感兴趣", by=ME)
    wecom, week_on = day("2026-11-02"), day("2026-11-09")
    log_contact(book, "20002", "wecom", "reached_other", wecom, note="约下周来网点", next_on=week_on, by=ME)
    log_contact(book, "20003", "phone", "no_answer", day("2026-11-16"), by=ME)
    log_visit(book, "20004", ["S1"], "reached_other", day("2026-10-20"), by=ME)
    make_promise(book, "20003", "办理手机银行", TODAY, day("2026-11-16"), by=ME)
    make_promise(book, "20002", "送利率表", day("2026-11-20"), day("2026-11-02"), by=ME)
    note_event(book, "20001", "wedding", day("2026-11-19"), note="女儿结婚", by=ME)
    refer(book, "20005", ME, day("2026-11-23"), note="有意向买理财", by="T1")
    hold_product(book, "20006", "安盈90天理财", 20_000_000, day("2026-08-28"), matures_on=day("2026-11-26"), by=ME)
    tag(book, "20001", "房贷客户", TODAY, add=True, by=ME)


def app_on(book: Book, folder: Path, *, language: str = "en", start: str = "today", **settings: Any) -> GuanhuApp:
    """The interface on a book; settings as in `Settings`."""
    return GuanhuApp(book, ME, TODAY, start=start, language=language, settings=Settings(**settings), folder=folder)


def at_today(book: Book, folder: Path, steps: Any, size: tuple[int, int] = (160, 45)) -> None:
    """Stand at Today and do the steps."""
    drive(app_on(book, folder), steps, size)


def rows(book: Book, question: str, *values: object) -> Sequence[Any]:
    """What the book's read model answers."""
    with book.reading() as cursor:
        return cursor.execute(question, values).fetchall()
