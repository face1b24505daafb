"""The books of the pictures: made once, in the same way on every machine."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from itertools import count
from pathlib import Path
from unittest import mock

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from guanhu.domain.inspection import Scope
from guanhu.store.acts import log_contact
from guanhu.store.assigning import release
from guanhu.store.book import Book
from guanhu.store.evidence import attach_evidence
from guanhu.store.inspecting import fill_worksheet
from guanhu.store.inspection_findings import answer_finding, raise_finding
from guanhu.store.looking import Look, record_look
from guanhu.store.posts import arrange_leave, give_role
from guanhu.store.registering import record_profile
from guanhu.tests.books import Clock, day, stated
from guanhu.tests.store.inspected import CUSTOMERS, INSPECTOR, MANAGER, RM, a_branch, opened, seen
from guanhu.tests.tui.branch import ME, TODAY, busy_branch

NUMBER = "11010119900307109X"


def branch(folder: Path) -> Book:
    """The branch with work to do: a customer who rose, one who waits, somebody away."""
    opened = busy_branch(folder)
    record_profile(opened, "20001", "", {"identity_no": NUMBER}, "", TODAY, by=ME)
    stated(opened, "2026-11-24", {"20005": 300_000})
    release(opened, "20003", ME, TODAY, by=ME)
    arrange_leave(opened, "R2", ME, TODAY, day("2026-11-27"), by=ME)
    log_contact(
        opened, "20001", "phone", "reached_success", TODAY, note="约周五见面", next_on=day("2026-11-27"), by=ME,
        command="a-call",
    )  # fmt: skip
    return opened


def flagged(folder: Path) -> Book:
    """The branch with what an inspector looks at: a note written five times, a call of seconds, evidence against it."""
    opened = busy_branch(folder)
    give_role(opened, "R2", "inspector", "01", day("2026-01-01"))
    note = "介绍我行新发行的三年期大额存单额度，客户表示考虑"
    for no in ("20001", "20002", "20003", "20004", "20006"):
        log_contact(opened, no, "phone", "reached_other", TODAY, note=note, duration=90, by=ME)
    call = log_contact(opened, "20006", "phone", "reached_other", day("2026-11-20"), note="约见", duration=240, by=ME)
    attach_evidence(
        opened, call.positions[0], "call_record", day("2026-11-20"), text="总机话单显示通话12秒。", reached=True,
        seconds=12, by="R2",
    )  # fmt: skip
    return opened


def inspected(folder: Path) -> Book:
    """An inspection half done: worksheets with and without blame, a finding answered, one that waits; looks kept."""
    book = a_branch(folder)
    record_look(book, Look("unmasked", "customer", "screen", TODAY, rows=1, customers=(CUSTOMERS[0],)), by=RM)
    record_look(book, Look("export", "customers", "xlsx", TODAY, rows=12), by=MANAGER)
    number = opened(book, Scope("entries", "01", "", day("2026-10-05"), day("2026-10-12")), 8)
    first, second, third = sorted((item.key for item in seen(book, number).items), key=int)[:3]
    fill_worksheet(book, number, first, "ok", TODAY, checks=("called_back",), by=INSPECTOR)
    fill_worksheet(book, number, second, "false", TODAY, remark="客户说没有接到过电话", by=INSPECTOR)
    fill_worksheet(book, number, third, "doubtful", TODAY, remark="话单无此号码", by=INSPECTOR)
    until = day("2026-12-04")
    raise_finding(
        book, number, "grave", "false_record", "电话记录不实", until, TODAY, entries=(int(second),), staff=RM,
        by=INSPECTOR,
    )  # fmt: skip
    answer_finding(book, number, 1, "已向客户核实", TODAY, done="已更正", by=RM)
    raise_finding(book, number, "minor", "profile", "档案不全", until, TODAY, customers=CUSTOMERS[:1], by=INSPECTOR)
    return book


@contextmanager
def no_chance() -> Iterator[None]:
    """What is drawn by lot is the same each time: keys, and with them roots and samples."""
    drawn = count()

    def random(size: int) -> bytes:
        blocks = (sha256(str(next(drawn)).encode()).digest() for _n in range(size // 32 + 1))
        return b"".join(blocks)[:size]

    def generate() -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(random(32))

    with mock.patch.object(os, "urandom", random), mock.patch.object(Ed25519PrivateKey, "generate", generate):
        yield


class Shelf:
    """The books of the pictures, each made when it is first asked for.

    The clock of a book goes on at every look at it: it begins anew for each family, so that no picture depends on those
    taken before.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._books: dict[str, Book] = {}
        self._made: dict[str, datetime] = {}

    def book(self, make: Callable[[Path], Book], whose: str = "") -> Book:
        """The book that `make` makes; `whose`: one of one's own."""
        name = f"{make.__name__}{whose}"
        if name not in self._books:
            (self._folder / name).mkdir()
            with no_chance():
                self._books[name] = make(self._folder / name)
            self._made[name] = self._books[name].clock()
        self._books[name].clock = Clock(self._made[name])
        return self._books[name]

    def close(self) -> None:
        """Close all."""
        for book in self._books.values():
            book.close()
