"""The list of customers on a whole branch: a filter's ids, a page of rows, a customer's place; inside the process."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random

import msgspec

from guanhu.benchmarks import generate
from guanhu.benchmarks.measure import Facts, Result, clock, measured

PAGE = 256
TYPED = ("王", "zw", "z", "1380")
MARKS = {"own": 0.030, "typed": 0.050, "page": 0.050, "outlet": 0.250, "all": 3.0}
"""Seconds at most: one's own customers, narrowed by typing too; a page of rows; an outlet; the whole book in order."""


def ask(book: str, customers: int) -> Facts:
    """Ask each kind of list some times, about many people: the 99th percentile in seconds, and how many it held."""
    from guanhu.projections.browse_rows import customer_rows
    from guanhu.projections.browsing import Browse, browse
    from guanhu.projections.policy import policy_of
    from guanhu.store.book import Book

    opened = Book(Path(book))
    random = Random("browsing")
    people = [staff_id for staff_id, *_ in generate.staff(customers)]
    facts: Facts = {}
    with opened.reading() as cursor:
        policy = policy_of(cursor)
        assert policy is not None
        day = generate.FIRST_DAY + timedelta(days=100)
        outlets = [row[0] for row in cursor.execute("SELECT code FROM outlet")]
        held: dict[str, int] = {}

        def ids(name: str, asked: Browse) -> None:
            held[name] = len(browse(cursor, policy, opened.calendar, day, asked))

        every = browse(cursor, policy, opened.calendar, day, Browse(outlet=outlets[0]))

        def page() -> None:
            at = random.randrange(max(1, len(every) - PAGE))
            customer_rows(cursor, policy, opened.calendar, day, every[at : at + PAGE])

        kinds: dict[str, tuple[int, Callable[[], None]]] = {
            "own": (100, lambda: ids("own", Browse(owner=random.choice(people)))),
            "typed": (100, lambda: ids("typed", Browse(owner=random.choice(people), text=random.choice(TYPED)))),
            "page": (100, page),
            "outlet": (20, lambda: ids("outlet", Browse(outlet=random.choice(outlets), near=random.random() < 0.5))),
            "all": (3, lambda: ids("all", Browse())),
        }
        for name, (times, question) in kinds.items():
            facts[name] = _slowest(times, question)
    opened.close()
    return {**facts, "held": msgspec.to_builtins(held), "seconds": 0.0}


def _slowest(times: int, question: Callable[[], None]) -> float:
    question()
    took = []
    for _ in range(times):
        started = clock()
        question()
        took.append(clock() - started)
    return sorted(took)[len(took) * 99 // 100]


def run(work: Path, customers: int) -> list[Result]:
    """One row a kind of list: the 99th percentile against its mark, which stands in the baseline's place."""
    facts = measured("bench_browsing:ask", book=str(work / "branch.db"), customers=customers)
    return [
        Result(f"list_{name}", facts[name], most, 1.0, facts["mb"], 0, {"customers": facts["held"].get(name, PAGE)})
        for name, most in MARKS.items()
    ]
