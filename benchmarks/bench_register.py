"""Customers from a CSV: sealed, searchable by pinyin initials, durable (DESIGN 9)."""

from pathlib import Path

from guanhu.benchmarks.measure import Result, measured

AT_MOST = 8.0


def run(files: Path, work: Path) -> Result:
    """Register all customers of the branch; the book stays for the other rows."""
    book = str(work / "registered.db")
    measured("books:new_book", path=book)
    measured("books:take_in", path=book, kind="staff", file=str(files / "staff.csv"))
    ours = measured("books:take_in", path=book, kind="customers", file=str(files / "customers.csv"))
    plain = measured("plain:parse_and_insert", file=str(files / "customers.csv"), database=str(work / "plain.db"))
    return Result("register", ours["seconds"], plain["seconds"], AT_MOST, ours["mb"], plain["mb"], ours)
