"""Imports that are killed, and several at once: what was begun goes on where it stopped, and nothing is lost."""

import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from guanhu.store.rebuilding import check
from guanhu.tests.store.imported import Row, batches_of, new_book, statement, take_in, told

NUMBERS = tuple(f"C{n:03}" for n in range(1, 61))

IMPORTER = """
import sys
from pathlib import Path
from guanhu.store.book import Book
from guanhu.tests.store.imported import batches_of, clock, take_in

book = Book(Path(sys.argv[1]), clock=clock)
print("ready", flush=True)
sys.stdin.readline()
with batches_of(2):
    take_in(book, sys.argv[2], Path(sys.argv[3]))
book.close()
"""

CLERK = """
import sys
from datetime import date
from pathlib import Path
from guanhu.store.acts import log_contact
from guanhu.store.book import Book
from guanhu.store.statements import deposit
from guanhu.tests.store.imported import clock

book = Book(Path(sys.argv[1]), clock=clock)
print("ready", flush=True)
sys.stdin.readline()
for n in range(1, 31):
    if sys.argv[2] == "contacts":
        log_contact(book, f"C{n:03}", "phone", "reached_success", date(2026, 6, n), note=f"note {n}", by="MGR")
    else:
        deposit(book, f"C{n:03}", 100 * n, date(2026, 6, n))
book.close()
"""


def start(script: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    return process


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def rows(random: Random) -> list[Row]:
    """Five statements of everybody, of which half change."""
    found = []
    balances = {no: random.randrange(400_000) for no in NUMBERS}
    for n in range(5):
        for no in NUMBERS:
            if random.random() < 0.5:
                balances[no] = random.randrange(400_000)
            found.append((no, balances[no], date(2026, 2, 25) + timedelta(days=20 * n)))
    return found


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows kills in another way")
def test_an_import_killed_at_any_moment_goes_on_where_it_stopped(tmp_path: Path) -> None:
    random = Random(7)
    file = statement(tmp_path / "rows.csv", rows(random))
    undisturbed = new_book(tmp_path / "undisturbed.db", NUMBERS)
    with batches_of(2):
        whole = take_in(undisturbed, "balances", file)
    book = new_book(tmp_path / "killed.db", NUMBERS)
    killed = 0
    for _ in range(5):
        with start(IMPORTER, tmp_path / "killed.db", "balances", file) as importer:
            go(importer)
            time.sleep(random.uniform(0.0, 0.05))
            importer.send_signal(signal.SIGKILL)
        killed += importer.returncode == -signal.SIGKILL
        assert check(book) == []
    assert killed  # else there was nothing to go on with
    with batches_of(2):
        rest = take_in(book, "balances", file)
    assert (rest.counts, rest.rejected, rest.rows) == (whole.counts, whole.rejected, whole.rows)
    assert told(book) == told(undisturbed)
    assert check(book) == []
    book.close()
    undisturbed.close()


def test_four_processes_write_at_once_and_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "book.db"
    book = new_book(path, NUMBERS)
    contacts = tmp_path / "contacts.csv"
    lines = [f"{no},2026-05-{n % 28 + 1:02},phone,reached_success" for n, no in enumerate(NUMBERS)]
    contacts.write_text("\n".join(["customer_no,date,channel,outcome", *lines]), encoding="utf-8")
    balances = statement(tmp_path / "rows.csv", rows(Random(3)))
    processes = [
        start(CLERK, path, "contacts"), start(CLERK, path, "deposits"),
        start(IMPORTER, path, "balances", balances), start(IMPORTER, path, "contacts", contacts),
    ]  # fmt: skip
    for process in processes:
        go(process)
    for process in processes:
        process.communicate()
        assert process.returncode == 0
    with book.reading() as cursor:
        acts = cursor.execute("SELECT imported, count(*) FROM act GROUP BY 1 ORDER BY 1").fetchall()
        events = cursor.execute("SELECT count(*) FROM stored_events WHERE topic = 'deposit'").fetchone()[0]
    assert (acts, events) == ([(0, 30), (1, 60)], 30)
    assert check(book) == []
    book.close()
