"""Two years of a branch's history under another scheme, beside what happened: the 20万 line at 15万.

    python benchmarks/run.py --only whatif

Ten statements of all customers, 73 days apart, an owner for everybody in a tier, as many contacts as customers. The
baseline is the minute that is allowed; the memory is that of all processes together.
"""

import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from guanhu.benchmarks.generate import FIRST_DAY
from guanhu.benchmarks.measure import Facts, Result, clock, measured

if TYPE_CHECKING:
    from guanhu.domain.events import Event

AT_MOST = 1.0
ALLOWED = 60.0
APART = 73
FLOOR_YUAN = 150_000
PART = 5_000


def write(book: str, files: str, customers: int) -> Facts:
    """The book of `bench_rebuild` with statements of two years and everybody's owners, its read model made."""
    from eventsourcing.persistence import StoredEvent

    from guanhu.benchmarks import bench_rebuild
    from guanhu.store.book import Book
    from guanhu.store.codec import encode
    from guanhu.store.rebuilding import rebuild

    bench_rebuild.write(book, files, customers, APART)
    opened = Book(Path(book))
    versions: dict[str, int] = {}
    for part in _assignments(Path(book).parent, customers):
        stored = []
        for stream, event in part:
            with opened.reading() as cursor:
                known = versions.get(stream) or opened.recorder.version(cursor, stream)
            versions[stream] = known + 1
            stored.append(StoredEvent(stream, known + 1, *encode(event)))
        with opened.recorder.writing() as cursor:
            opened.recorder.append(cursor, stored)
    rebuild(opened)
    opened.close()
    return {"seconds": 0.0}


def _assignments(folder: Path, customers: int) -> "Iterator[list[tuple[str, Event]]]":
    """Owners by the balances of the first statement, in columns by member of staff and seat, from the beginning on."""
    import csv
    from random import Random

    from guanhu.benchmarks import generate
    from guanhu.benchmarks.bench_rebuild import head
    from guanhu.domain.staff import CustomersAssigned

    random = Random("rebuild")  # as bench_rebuild begins
    generate._assignments(folder, random, [generate.first_balance(random) for _ in range(customers)])
    seats: dict[tuple[str, str], list[str]] = {}
    with (folder / "assignments.csv").open(encoding="utf-8", newline="") as text:
        for no, staff, role in list(csv.reader(text))[1:]:
            seats.setdefault((staff, role), []).append(no)
    for n, ((staff, role), numbers) in enumerate(seats.items()):
        seat, post = ("system", "relationship_manager") if role == "system" else ("owner", role)
        columns = (numbers[start : start + PART] for start in range(0, len(numbers), PART))
        yield [
            (f"staff:{staff}", CustomersAssigned(*head(date.min, f"a{n}"), tuple(part), staff, post, seat, False,
                                                 ("",) * len(part)))
            for part in columns
        ]  # fmt: skip


class _Memory:
    """The most that this process and those it started held together, in MiB, looked at four times a second."""

    def __init__(self) -> None:
        self.most = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._over.wait(0.25):
            self.most = max(self.most, self._now())

    def _now(self) -> int:
        import os

        total = 0
        mine = [os.getpid(), *_children(os.getpid())]
        for pid in mine:
            try:
                fields = Path(f"/proc/{pid}/smaps_rollup").read_text().split("Pss:", 1)[1].split()
            except (OSError, IndexError):
                continue
            total += int(fields[0])
        return total // 1024

    def end(self) -> int:
        """Look no longer."""
        self._over.set()
        self._thread.join()
        return self.most


def _children(pid: int) -> list[int]:
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    return [int(each) for each in text.split()]


def ask(book: str) -> Facts:
    """The question, from the first statement to the last."""
    from guanhu.domain.variants import with_floors
    from guanhu.projections.policy import policy_of
    from guanhu.projections.whatif.courses import Asked
    from guanhu.store.book import Book
    from guanhu.store.whatif import what_if

    opened = Book(Path(book))
    first = FIRST_DAY - timedelta(days=9 * APART)
    with opened.reading() as cursor:
        policy = policy_of(cursor)
    assert policy is not None
    memory = _Memory()
    started = clock()
    answer = what_if(opened, Asked(first, FIRST_DAY), with_floors(policy.on(first), {"middle": FLOOR_YUAN * 100}))
    seconds = clock() - started
    opened.close()
    calls = answer.a_month(answer.calls)
    return {
        "seconds": seconds, "together_mb": memory.end(), "elsewhere": answer.elsewhere, "calls_a_month": calls.more,
        "newcomers": len(answer.tally.newcomers),
    }  # fmt: skip


def run(work: Path, files: Path, customers: int) -> Result:
    """Write the book once, then ask."""
    book = str(work / "whatif.db")
    if not Path(f"{book}.done").exists():
        measured("bench_whatif:write", book=book, files=str(files), customers=customers)
        Path(f"{book}.done").touch()
    ours = measured("bench_whatif:ask", book=book)
    facts = {name: ours[name] for name in ("elsewhere", "calls_a_month", "newcomers")}
    return Result("what if", ours["seconds"], ALLOWED, AT_MOST, ours["together_mb"], 0, facts)
