"""What a person waits for: a queue, what was missed, a page, a search; inside the process, on a branch (DESIGN 9)."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random

from guanhu.benchmarks import generate
from guanhu.benchmarks.measure import Facts, Result, clock, measured

AT_MOST_SECONDS = 0.010
ASKED = 300
TEXTS = (
    "王", "张伟", "李秀英", "陈", "zw", "lxy", "w", "wangf", "wx", "欧阳", "13800", "6228000000000123", "zhang", "lw",
)  # fmt: skip


def ask(book: str, customers: int) -> Facts:
    """Ask each kind of question many times, about many people and dates: median and 99th percentile, milliseconds."""
    from guanhu.domain.scheme import Policy
    from guanhu.projections.customers import page
    from guanhu.projections.finding import find
    from guanhu.projections.policy import policy_of
    from guanhu.projections.queue import Asked, duty_list
    from guanhu.store.book import Book

    opened = Book(Path(book))
    with opened.reading() as cursor:
        found = policy_of(cursor)
    assert found is not None
    policy: Policy = found
    random = Random("questions")
    people = [staff_id for staff_id, *_ in generate.staff(customers)]
    days = [generate.FIRST_DAY + timedelta(days=random.randrange(-60, 150)) for _ in range(ASKED)]
    calendar = opened.calendar

    def queue(day: date) -> None:
        duty_list(cursor, policy, calendar, day, Asked(staff=random.choice(people)), limit=100)

    def missed(day: date) -> None:
        asked = Asked(staff=random.choice(people), statuses=("missed",))
        duty_list(cursor, policy, calendar, day, asked, limit=100)

    def customer(day: date) -> None:
        page(cursor, policy, calendar, day, generate.number(random.randrange(1, customers + 1)))

    def search(day: date) -> None:
        find(cursor, policy, calendar, day, random.choice(TEXTS))

    facts: Facts = {}
    with opened.reading() as cursor:
        for name, question in (("queue", queue), ("missed", missed), ("page", customer), ("find", search)):
            facts |= _timed(name, question, days)
    opened.close()
    return {**facts, "seconds": 0.0}


def _timed(name: str, question: Callable[[date], None], days: list[date]) -> Facts:
    question(days[0])
    took = []
    for day in days:
        started = clock()
        question(day)
        took.append(clock() - started)
    took.sort()
    return {name: took[len(took) // 2], f"{name}_p99": took[len(took) * 99 // 100]}


def run(files: Path, work: Path, customers: int) -> list[Result]:
    """One row a question: the 99th percentile against the 10 ms of the mark, which stands in the baseline's place."""
    facts = measured("bench_questions:ask", book=str(work / "branch.db"), customers=customers)
    return [
        Result(
            name, facts[f"{name}_p99"], AT_MOST_SECONDS, 1.0, facts["mb"], 0,
            {"median_ms": round(facts[name] * 1000, 2)},
        )
        for name in ("queue", "missed", "page", "find")
    ]  # fmt: skip
