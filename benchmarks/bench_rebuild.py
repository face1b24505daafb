"""The read model made anew from 10 statements of all customers, their registrations and as many contacts (DESIGN 9).

The events are written straight to the store, as an import would have written them: the read model is what is made.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from guanhu.benchmarks.generate import FIRST_DAY, first_balance, number
from guanhu.benchmarks.measure import Facts, Result, clock, measured

if TYPE_CHECKING:
    from guanhu.domain.events import Event
    from guanhu.store.book import Book

AT_MOST = 8.0
STATEMENTS = 10
APART = 14
PART = 5_000


def write(book: str, files: str, customers: int, apart: int = APART) -> Facts:
    """A book with staff, registrations, ten statements of which each changes every balance, and the contacts.

    `apart`: days from one statement to the next.
    """
    from eventsourcing.persistence import StoredEvent

    from guanhu.benchmarks.books import new_book, take_in
    from guanhu.store.book import Book
    from guanhu.store.codec import encode

    new_book(book)
    take_in(book, "staff", f"{files}/staff.csv")
    opened = Book(Path(book))
    versions: dict[str, int] = {}

    def stored(stream: str, event: "Event") -> StoredEvent:
        versions[stream] = versions.get(stream, 0) + 1
        topic, state = encode(event)
        return StoredEvent(stream, versions[stream], topic, state)

    batch: list[StoredEvent] = []
    for stream, event in _events(opened, files, customers, apart):
        batch.append(stored(stream, event))
        if len(batch) == PART or (stream.startswith(("registration", "statement")) and len(batch) >= 4):
            with opened.recorder.writing() as cursor:
                opened.recorder.append(cursor, batch)
            batch.clear()
    with opened.recorder.writing() as cursor:
        opened.recorder.append(cursor, batch)
    opened.close()
    return {"seconds": 0.0}


Stamped = tuple[str, datetime, date, str]


def head(day: date, command: str) -> Stamped:
    """The first four fields of an event."""
    return "S00101", datetime(2026, 6, 1, tzinfo=UTC), day, command


def _events(book: "Book", files: str, customers: int, apart: int) -> "Iterator[tuple[str, Event]]":
    import csv

    import msgspec

    from guanhu.domain.contact import ContactLogged
    from guanhu.domain.customer import CustomersRegistered, PersonalData

    encode = msgspec.msgpack.encode
    with open(f"{files}/customers.csv", encoding="utf-8", newline="") as text:
        people = csv.DictReader(text)
        for n in range(0, customers, PART):
            rows = [row for _, row in zip(range(PART), people, strict=False)]
            facts = ("phone", "birthday", "address", "sex")
            blobs = [(r["customer_no"], encode(PersonalData(r["name"], {f: r[f] for f in facts}))) for r in rows]
            with book.recorder.writing() as cursor:
                sealed = book.keyring.seal_many(cursor, blobs, "registered")
            numbers, outlets = tuple(r["customer_no"] for r in rows), tuple(r["outlet"] for r in rows)
            yield f"registration:{n}", CustomersRegistered(*head(FIRST_DAY, f"r{n}"), numbers, outlets, tuple(sealed))
    yield from _statements(customers, apart)
    with open(f"{files}/contacts.csv", encoding="utf-8", newline="") as text:
        for n, (no, day, channel, outcome, staff, _) in enumerate(csv.reader(text)):
            if n:
                on = date.fromisoformat(day)
                event = ContactLogged(*head(on, f"c{n // 20_000}"), no, staff, channel, outcome, b"", None, None, True)
                yield f"customer:{no}", event


def _statements(customers: int, apart: int) -> "Iterator[tuple[str, Event]]":
    """Ten statements. Balances stay in their tier, but for some that rise and, at last, fall."""
    from guanhu.domain.scheme_file import default_scheme_text, read_scheme
    from guanhu.domain.statement import BalancesReported, DayOpened, TiersChanged

    scheme = read_scheme(default_scheme_text())
    random = Random("rebuild")
    balances = [first_balance(random) for _ in range(customers)]
    steps = [-1] * customers
    for s in range(STATEMENTS):
        day = FIRST_DAY + timedelta(days=apart * (s - STATEMENTS + 1))
        command = f"s{s}"
        yield "day", DayOpened(*head(day, command))
        for start in range(0, customers, PART):
            moved: list[tuple[str, str, str, int, str]] = []
            part = range(start, min(start + PART, customers))
            for n in part:
                if s:
                    balances[n] = _walk(random, balances[n], scheme.floors, steps[n], last=s == STATEMENTS - 1)
                step = scheme.step_of(balances[n])
                if step > steps[n]:
                    if step or steps[n] >= 0:
                        before = scheme.tiers[steps[n] - 1].id if steps[n] > 0 else ""
                        rule = "up_at_once" if steps[n] >= 0 else "first_balance"
                        moved.append((number(n + 1), before, scheme.tiers[step - 1].id, balances[n], rule))
                    steps[n] = step
            numbers, fens = tuple(number(n + 1) for n in part), tuple(balances[n] for n in part)
            yield f"statement:{s}", BalancesReported(*head(day, command), numbers, fens)
            if moved:
                columns: list[Any] = [tuple(column) for column in zip(*moved, strict=True)]
                changed = TiersChanged(*head(day, command), scheme.id, scheme.version, *columns)
                yield f"rating:{s}", changed


def _walk(random: Random, fen: int, floors: list[int], step: int, *, last: bool) -> int:
    """The next balance: within the tier, seldom above it, and below it only at the end."""
    after = int(fen * random.uniform(0.97, 1.03)) + random.randrange(1, 5_000)
    if last and random.random() < 0.01:
        return after // 3
    floor = floors[step - 1] if step > 0 else 0
    ceiling = floors[step] if step < len(floors) else 10**12
    return max(after, floor) if after < ceiling or random.random() < 0.05 else min(after, ceiling - 1)


def read(book: str) -> Facts:
    """Read and decode all events, and nothing else."""
    from guanhu.store.codec import decode
    from guanhu.store.recorder import BookRecorder

    recorder = BookRecorder(book, create=False)
    started = clock()
    count = 0
    with recorder.reading() as cursor:
        for _, topic, state in recorder.stream(cursor):
            decode(topic, state)
            count += 1
    seconds = clock() - started
    recorder.close()
    return {"seconds": seconds, "events": count}


def rebuild(book: str) -> Facts:
    """The read model anew."""
    from guanhu.benchmarks.books import profiled
    from guanhu.store.book import Book
    from guanhu.store.rebuilding import rebuild

    opened = Book(Path(book))
    with profiled():
        started = clock()
        rebuild(opened)
        seconds = clock() - started
    opened.close()
    return {"seconds": seconds}


def run(files: Path, work: Path, customers: int) -> Result:
    """Write the events once, then rebuild and read."""
    book = str(work / "events.db")
    if not Path(f"{book}.done").exists():
        measured("bench_rebuild:write", book=book, files=str(files), customers=customers)
        Path(f"{book}.done").touch()
    plain = measured("bench_rebuild:read", book=book)
    ours = measured("bench_rebuild:rebuild", book=book)
    facts = {"events": plain["events"], "cpu": ours["cpu"], "baseline_cpu": plain["cpu"]}
    return Result("rebuild", ours["seconds"], plain["seconds"], AT_MOST, ours["mb"], plain["mb"], facts)
