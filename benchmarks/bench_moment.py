"""Looking back: the book as known by a time just before its last act, asked the same questions as the present book.

And what it costs to get there for the first time, against a rebuild: both fold the same events. Of a time far back that
nobody has asked for before, whole commands: a customer's page and a person's queue, against the same of the present.
"""

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from guanhu.benchmarks import generate
from guanhu.benchmarks.measure import Facts, Result, clock, measured

if TYPE_CHECKING:
    from sqlite3 import Cursor

    from guanhu.store.book import Book

AT_MOST = 2.0
AT_MOST_TO_MAKE = 1.5
ASKED = 200
NAMES = ("queue", "summary", "page")


def before_the_last(cursor: "Cursor") -> datetime:
    """A time by which all but the last act was recorded."""
    from guanhu.store.codec import decode

    row = cursor.execute("SELECT topic, state FROM stored_events ORDER BY rowid DESC LIMIT 1").fetchone()
    return decode(*row).recorded_at - timedelta(microseconds=1)


def make(book: str) -> Facts:
    """The moment folded from the first event; then opened once more, as it was kept; then the present copied."""
    from guanhu.store.book import Book
    from guanhu.store.moment_files import drop_moments
    from guanhu.store.moments import open_moment

    opened = Book(Path(book))
    with opened.reading() as cursor:
        known_at = before_the_last(cursor)
    drop_moments(opened.path)
    took = []
    for at in (known_at, known_at, known_at + timedelta(days=1)):
        started = clock()
        open_moment(opened, at).close()
        took.append(clock() - started)
    opened.close()
    return {"seconds": took[0], "again_ms": round(took[1] * 1000, 2), "copy_s": round(took[2], 2)}


def ask(book: str, customers: int) -> Facts:
    """Each kind of question many times, of the present and of the moment in turn: medians."""
    from guanhu.store.book import Book
    from guanhu.store.moments import open_moment

    opened = Book(Path(book))
    with opened.reading() as cursor:
        known_at = before_the_last(cursor)
    moment = open_moment(opened, known_at)
    facts: Facts = {"seconds": 0.0}
    with opened.reading() as present, moment.reading() as past:
        sides = (_questions(opened, present, customers), _questions(moment, past, customers))
        for name in NAMES:
            for side, took in zip(("present", "moment"), _timed([asked[name] for asked in sides]), strict=True):
                took.sort()
                facts |= {f"{name}_{side}": took[len(took) // 2], f"{name}_{side}_p99": took[len(took) * 99 // 100]}
    moment.close()
    opened.close()
    return facts


def _questions(book: "Book", cursor: "Cursor", customers: int) -> dict[str, Callable[[date], object]]:
    """The questions on one side; both are asked about the same people."""
    from guanhu.projections.customers import page
    from guanhu.projections.policy import policy_of
    from guanhu.projections.queue import Asked, duty_list
    from guanhu.projections.tiers import summary

    policy, random = policy_of(cursor), Random("moment")
    assert policy is not None
    found = policy
    people = [staff_id for staff_id, *_ in generate.staff(customers)]

    def number() -> str:
        return generate.number(random.randrange(1, customers + 1))

    return {
        "queue": lambda day: duty_list(
            cursor, found, book.calendar, day, Asked(staff=random.choice(people)), limit=100
        ),
        "summary": lambda day: summary(cursor, day, found.on(day)),
        "page": lambda day: page(cursor, found, book.calendar, day, number()),
    }


def _timed(questions: list[Callable[[date], object]]) -> list[list[float]]:
    random = Random("days")
    took: list[list[float]] = [[] for _ in questions]
    for n in range(ASKED + 1):
        day = generate.FIRST_DAY + timedelta(days=random.randrange(-60, 150))
        for question, times in zip(questions, took, strict=True):
            started = clock()
            question(day)
            if n:  # the first one fills the caches
                times.append(clock() - started)
    return took


FAR = (0.25, 0.5, 0.75)
"""How far into the log the times lie that nobody has asked for."""
FIRST_LOOKS = 5


def first_looks(book: str, customers: int) -> Facts:
    """Commands of the present and of far times, each time in a process of its own and for somebody else: medians."""
    from guanhu.store.book import Book
    from guanhu.store.codec import decode
    from guanhu.store.moment_files import drop_moments

    opened = Book(Path(book))
    with opened.reading() as cursor:
        (last,) = cursor.execute("SELECT max(rowid) FROM stored_events").fetchone()
        question = "SELECT topic, state FROM stored_events WHERE rowid = ?"
        rows = [cursor.execute(question, (int(last * part),)).fetchone() for part in FAR]
        times = [decode(*row).recorded_at.astimezone(UTC).isoformat() for row in rows]
    drop_moments(opened.path)
    opened.close()
    random = Random("first looks")
    managers = [staff_id for staff_id, _, role, _ in generate.staff(customers) if role == "relationship_manager"]
    facts: Facts = {"seconds": 0.0}
    for name in ("page", "queue"):
        took: dict[str, list[float]] = {"present": [], "far": []}
        for n in range(FIRST_LOOKS):
            who = generate.number(random.randrange(1, customers + 1)) if name == "page" else random.choice(managers)
            asked = ["customer", "show", who] if name == "page" else ["duty", "list", "--staff", who]
            asked += ["--as-of", generate.SECOND_DAY.isoformat(), "--json"]
            took["present"].append(_command(book, asked))
            took["far"].append(_command(book, [*asked, "--known-at", times[n % len(times)]]))
        facts |= {f"{name}_{side}": sorted(each)[len(each) // 2] for side, each in took.items()}
    drop_moments(Path(book))
    return facts


def _command(book: str, asked: list[str]) -> float:
    line = [sys.executable, "-m", "guanhu.cli", "--book", book, "--staff", "D001", *asked]
    started = clock()
    subprocess.run(line, check=True, stdout=subprocess.DEVNULL)
    return clock() - started


def run(work: Path, customers: int) -> list[Result]:
    """The moment's making against a rebuild of the same book, and each question against the same of the present."""
    book = str(work / "branch.db")
    rebuilt = measured("bench_rebuild:rebuild", book=book)
    made = measured("bench_moment:make", book=book)
    asked = measured("bench_moment:ask", book=book, customers=customers)
    looked = measured("bench_moment:first_looks", book=book, customers=customers)
    facts = {name: made[name] for name in ("again_ms", "copy_s")}
    making = Result(
        "moment", made["seconds"], rebuilt["seconds"], AT_MOST_TO_MAKE, made["mb"], rebuilt["mb"], facts
    )  # fmt: skip
    return [
        making,
        *(
            Result(
                f"moment_{name}", asked[f"{name}_moment"], asked[f"{name}_present"], AT_MOST, asked["mb"], 0,
                {"p99_ms": round(asked[f"{name}_moment_p99"] * 1000, 2)},
            )
            for name in NAMES
        ),
        *(
            Result(f"first_look_{name}", looked[f"{name}_far"], looked[f"{name}_present"], AT_MOST, looked["mb"], 0, {})
            for name in ("page", "queue")
        ),
    ]  # fmt: skip
