"""All figures of a whole branch over a month and a half, by member of staff; above all their memory (DESIGN 9)."""

from datetime import timedelta
from pathlib import Path

from guanhu.benchmarks.generate import FIRST_DAY
from guanhu.benchmarks.measure import Facts, Result, clock, measured

ALLOWED_SECONDS = 60.0


def ask(book: str) -> Facts:
    """The figures from a week after the first statement on, whole and by member of staff."""
    from guanhu.projections.figures import figures
    from guanhu.projections.policy import policy_of
    from guanhu.store.book import Book

    opened = Book(Path(book))
    first = FIRST_DAY + timedelta(days=7)
    with opened.reading() as cursor:
        policy = policy_of(cursor)
        assert policy is not None
        started = clock()
        figures(cursor, policy, opened.calendar, first=first, last=first + timedelta(days=45), by="staff")
        seconds = clock() - started
    opened.close()
    return {"seconds": seconds}


def run(work: Path) -> Result:
    """Against the time that is allowed, which stands in the baseline's place."""
    ours = measured("bench_figures:ask", book=str(work / "branch.db"))
    return Result("figures", ours["seconds"], ALLOWED_SECONDS, 1.0, ours["mb"], 0, {"cpu": ours["cpu"]})
