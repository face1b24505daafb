"""Logging contacts: one at a time, each durable before the next; and a file of them (DESIGN 9)."""

from datetime import date
from itertools import islice
from pathlib import Path

from guanhu.benchmarks.measure import Facts, Result, clock, measured

AT_MOST = 2.0
COUNT = 2_000


def log(book: str, file: str, count: int) -> Facts:
    """Log contacts of a file one by one: the median and the 99th percentile."""
    import csv

    from guanhu.store.acts import log_contact
    from guanhu.store.book import Book

    opened = Book(Path(book))
    with open(file, encoding="utf-8", newline="") as text:
        rows = list(islice(csv.reader(text), 1, count + 1))
    took = []
    for no, day, channel, outcome, staff, note in rows:
        started = clock()
        log_contact(opened, no, channel, outcome, date.fromisoformat(day), staff=staff, note=note, by=staff)
        took.append(clock() - started)
    opened.close()
    took.sort()
    return {"seconds": took[len(took) // 2], "p99": took[len(took) * 99 // 100]}


def run(files: Path, work: Path) -> Result:
    """Contacts of the branch, against durable insertions of the same rows."""
    file = str(files / "contacts.csv")
    ours = measured("bench_contact:log", book=str(work / "branch.db"), file=file, count=COUNT)
    plain = measured("plain:insert_one_by_one", database=str(work / "plain.db"), file=file, count=COUNT)
    facts = {"p99_ms": round(ours["p99"] * 1000, 2), "plain_p99_ms": round(plain["p99"] * 1000, 2)}
    return Result("contact", ours["seconds"], plain["seconds"], AT_MOST, ours["mb"], plain["mb"], facts)
