"""Several processes at one book: nobody's events are lost, and a killed writer leaves all or nothing."""

import signal
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from eventsourcing.persistence import StoredEvent

from guanhu.store import tree
from guanhu.store.errors import BookBusy
from guanhu.store.recorder import BookRecorder

WRITER = """
import sys
import time
from eventsourcing.persistence import StoredEvent
from guanhu.store.recorder import BookRecorder

path, stream, saves, batch = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
book = BookRecorder(path, create=False)
print("ready", flush=True)
sys.stdin.readline()
for _ in range(saves):
    with book.writing() as cursor:
        last = book.version(cursor, stream)
        book.append(cursor, [StoredEvent(stream, last + n, "logged", b"x" * 200) for n in range(1, batch + 1)])
    print(last + batch, flush=True)
    time.sleep(0.001)
"""

HOLDER = """
import sys
from eventsourcing.persistence import StoredEvent
from guanhu.store.recorder import BookRecorder

book = BookRecorder(sys.argv[1], create=False)
with book.writing() as cursor:
    book.append(cursor, [StoredEvent("held", 1, "logged", b"")])
    print("holding", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    BookRecorder(tmp_path / "branch.db", create=True).close()
    return tmp_path / "branch.db"


def start(script: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()  # it is ready, or holds the lock, and waits for a line
    return process


def go(*processes: subprocess.Popen[str]) -> None:
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()


def test_four_processes_at_once_lose_nothing_and_leave_no_gap(path: Path) -> None:
    writers = [start(WRITER, path, f"customer:{n}", 100, 3) for n in range(4)]
    go(*writers)
    for writer in writers:
        writer.communicate()
        assert writer.returncode == 0
    book = BookRecorder(path, create=False)
    with book.reading() as cursor:
        assert tree.verify(cursor)[0] == 4 * 100 * 3
        assert [book.version(cursor, f"customer:{n}") for n in range(4)] == [300] * 4
        streams = [row[1] for row in book.read(cursor, range(1, 1201))]
    assert sum(one != other for one, other in pairwise(streams)) > 20  # they did take turns
    book.close()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows kills in another way")
@pytest.mark.parametrize("acknowledged", [1, 7])
def test_a_killed_writer_leaves_each_save_whole_or_not_at_all(path: Path, acknowledged: int) -> None:
    with start(WRITER, path, "customer:1", 100_000, 700) as writer:
        go(writer)
        assert writer.stdout is not None
        for _ in range(acknowledged):
            promised = int(writer.stdout.readline())
        writer.send_signal(signal.SIGKILL)
        promised = max([promised, *map(int, writer.stdout.read().split())])
    book = BookRecorder(path, create=False)
    with book.reading() as cursor:
        size, _ = tree.verify(cursor)
        assert size == book.version(cursor, "customer:1")
    assert size % 700 == 0
    assert promised <= size <= promised + 700
    with book.writing() as cursor:  # the lock of the dead is gone
        assert book.append(cursor, [StoredEvent("customer:2", 1, "logged", b"")]) == [size + 1]
    book.close()


def test_a_writer_killed_with_the_lock_in_its_hand_leaves_nothing(path: Path) -> None:
    book = BookRecorder(path, create=False)
    with start(HOLDER, path) as holder:
        holder.kill()
    with book.writing() as cursor:
        assert book.head(cursor) == 0
        assert tree.verify(cursor)[0] == 0
    book.close()


def test_the_second_writer_waits_and_is_refused_only_when_its_time_is_up(path: Path) -> None:
    impatient = BookRecorder(path, create=False, busy_seconds=0.2)
    patient = start(WRITER, path, "customer:1", 1, 1)
    holder = start(HOLDER, path)
    with pytest.raises(BookBusy) as caught, impatient.writing():
        pass
    assert caught.value.code == "book_locked"
    with impatient.reading() as cursor:  # readers are not held up
        assert impatient.head(cursor) == 0
    go(patient)
    with pytest.raises(subprocess.TimeoutExpired):
        patient.wait(0.5)
    holder.communicate("\n")
    assert patient.communicate()[0] == "1\n"
    with impatient.reading() as cursor:
        assert [row[1] for row in impatient.read(cursor, [1, 2])] == ["held", "customer:1"]
    impatient.close()
