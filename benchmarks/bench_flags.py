"""Red flags: whether what was planted in made-up branches is found, and what a look costs on a whole branch."""

from collections import Counter
from datetime import date
from pathlib import Path

from guanhu.benchmarks.measure import Facts, Result, clock, measured

TODAY = date(2026, 11, 24)
SEEDS = (1, 2, 3)
CUSTOMERS = 2_000
FACTS = ("late_writing", "passed_birthday", "passed_maturity", "ownerless", "over_capacity")
"""Flags that tell what is so: all they find is right, and the branch's own life has some; they have no precision."""
AT_MOST_OUTLET, AT_MOST_BOOK = 1.0, 10.0
"""Seconds for a month of one outlet, and of all outlets."""


def found(folder: str, seed: int) -> Facts:
    """Make a branch; look through all of it; how many of each flag were planted, found of those, and found in all."""
    from guanhu.commands.demo_branch import Planted, build_demo
    from guanhu.projections.policy import policy_of
    from guanhu.projections.red_flags import flags

    path = Path(folder) / "flags.db"
    for old in path.parent.glob("flags.db*"):
        old.unlink()
    planted: list[Planted] = []
    book = build_demo(path, customers=CUSTOMERS, seed=seed, today=TODAY, planted=planted)
    with book.reading() as cursor:
        policy = policy_of(cursor)
        assert policy is not None
        started = clock()
        flagged = flags(cursor, policy, book.calendar, first=date(2024, 11, 1), last=TODAY)
        seconds = clock() - started
    book.close()
    pairs = [
        (each, flag)
        for each in planted
        for flag in flagged
        if each.is_it(flag.id, flag.staff, flag.customer_no, flag.day)
    ]
    return {
        "seconds": seconds,
        "planted": Counter(each.flag for each in planted),
        "found": Counter(each.flag for each in {each for each, _ in pairs}),
        "flagged": Counter(flag.id for flag in flagged),
        "right": Counter(id_ for id_, _ in {(flag.id, flag.key) for _, flag in pairs}),
    }


def ask(book: str, outlet: str) -> Facts:
    """The flags of the month of the last contacts, of one outlet and of all; each asked once before it is timed."""
    from guanhu.projections.policy import policy_of
    from guanhu.projections.red_flags import flags
    from guanhu.store.book import Book

    opened = Book(Path(book))
    facts: Facts = {"seconds": 0.0}
    with opened.reading() as cursor:
        policy = policy_of(cursor)
        assert policy is not None
        day = date.fromordinal(cursor.execute("SELECT max(day) FROM act").fetchone()[0])
        first = day.replace(day=1)
        flags(cursor, policy, opened.calendar, first=first, last=day, outlet=outlet)
        for name, where in (("outlet", outlet), ("book", "")):
            started = clock()
            found = flags(cursor, policy, opened.calendar, first=first, last=day, outlet=where)
            facts |= {name: clock() - started, f"{name}_flags": len(found)}
    opened.close()
    return facts


def run(files: Path, work: Path, customers: int) -> list[Result]:
    """What is found in the made-up branches; then the time, on the book that `rebuild` made and asks of."""
    made = [measured("bench_flags:found", folder=str(work), seed=seed) for seed in SEEDS]
    took = max(facts["seconds"] for facts in made)
    results = [Result("flags_found", took, AT_MOST_OUTLET, 1.0, max(facts["mb"] for facts in made), 0, _shares(made))]
    book = work / "events.db"
    if not book.exists():
        measured("bench_rebuild:write", book=str(book), files=str(files), customers=customers)
        measured("bench_rebuild:rebuild", book=str(book))
    asked = measured("bench_flags:ask", book=str(book), outlet="001")
    for name, most in (("outlet", AT_MOST_OUTLET), ("book", AT_MOST_BOOK)):
        facts = {"flags": asked[f"{name}_flags"]}
        results.append(Result(f"flags_{name}", asked[name], most, 1.0, asked["mb"], 0, facts))
    return results


def _shares(made: list[Facts]) -> Facts:
    """Recall and precision in percent, of each flag and in all; the plain facts have no precision."""
    totals = {name: Counter[str]() for name in ("planted", "found", "flagged", "right")}
    for facts in made:
        for name, total in totals.items():
            total.update(facts[name])
    shares: Facts = {}
    judged = [id_ for id_ in totals["planted"] if id_ not in FACTS]
    for id_ in totals["planted"]:
        shares[id_] = {"planted": totals["planted"][id_], "recall": _percent(totals, "found", "planted", [id_])}
        if id_ in judged:
            shares[id_]["precision"] = _percent(totals, "right", "flagged", [id_])
    shares["recall"] = _percent(totals, "found", "planted", list(totals["planted"]))
    shares["precision"] = _percent(totals, "right", "flagged", judged)
    return shares


def _percent(totals: dict[str, Counter[str]], part: str, whole: str, ids: list[str]) -> int:
    of = sum(totals[whole][id_] for id_ in ids)
    return round(100 * sum(totals[part][id_] for id_ in ids) / of) if of else 0
