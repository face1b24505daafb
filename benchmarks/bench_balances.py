"""A statement of all balances of which one in ten changed (DESIGN 9)."""

from pathlib import Path

from guanhu.benchmarks.books import copy_book
from guanhu.benchmarks.measure import Result, measured

AT_MOST = 3.0


def run(files: Path, work: Path) -> Result:
    """Import the second statement; the first one and the assignments are taken in before, beside the measurement."""
    book = str(work / "branch.db")
    copy_book(work / "registered.db", Path(book))
    first = measured("books:take_in", path=book, kind="balances", file=str(files / "balances_1.csv"))
    assigned = measured("books:take_in", path=book, kind="assignments", file=str(files / "assignments.csv"))
    ours = measured("books:take_in", path=book, kind="balances", file=str(files / "balances_2.csv"))
    plain = measured("plain:parse_and_insert", file=str(files / "balances_2.csv"), database=str(work / "plain.db"))
    facts = {**ours, "first_seconds": first["seconds"], "first_mb": first["mb"], "assign_seconds": assigned["seconds"]}
    return Result("balances", ours["seconds"], plain["seconds"], AT_MOST, ours["mb"], plain["mb"], facts)
