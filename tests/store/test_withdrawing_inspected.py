"""A registration that an inspection rests on is not taken back: its number and id would go to somebody else."""

from datetime import timedelta
from pathlib import Path

from guanhu.domain.inspection import Scope
from guanhu.store.inspection_findings import raise_finding
from guanhu.store.registering import register
from guanhu.store.statements import deposit
from guanhu.store.withdrawing import withdraw
from guanhu.tests.books import day
from guanhu.tests.store.branch import refusal
from guanhu.tests.store.inspected import INSPECTOR, MANAGER, TODAY, a_branch, opened


def test_a_registered_customer_who_was_sampled_or_found_wanting_stays(tmp_path: Path) -> None:
    book = a_branch(tmp_path)
    sampled, wanting, other = (register(book, no, "新人", {}, "01", TODAY, by=MANAGER).positions[0] for no in "XYZ")
    paid_in = deposit(book, "X", 30_000_000, day("2026-10-01"), by=MANAGER).positions
    number = opened(book, Scope("customers", "01", "", day("2026-10-01"), TODAY), 40)
    due = TODAY + timedelta(days=5)
    raise_finding(book, number, "minor", "profile", "缺资料", due, TODAY, customers=["Y"], by=INSPECTOR)
    withdraw(book, list(paid_in), "录错", by=MANAGER)
    for position in (sampled, wanting):
        with refusal("customer_in_use"):
            withdraw(book, position, "录错", by=MANAGER)
    withdraw(book, other, "录错", by=MANAGER)
    book.close()
