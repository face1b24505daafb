"""Several processes look back at once, and others erase meanwhile: each sees a whole moment, and no name stays."""

import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

from guanhu.store.book import Book
from guanhu.store.moment_files import moments_folder
from guanhu.store.moments import open_moment
from guanhu.store.registering import erase
from guanhu.tests.store.looked_back import NUMBERS, Told, kept, rows_of, some_days

HOUR = timedelta(hours=1)


@pytest.fixture
def told(tmp_path: Path) -> Told:
    """A book with some days behind it."""
    return some_days(tmp_path)


MAKE = """
import sys
from datetime import datetime
from pathlib import Path
from guanhu.store.book import Book
from guanhu.store.moments import open_moment
sys.stdin.readline()
moment = open_moment(Book(Path(sys.argv[1])), datetime.fromisoformat(sys.argv[2]))
with moment.reading() as cursor:
    print(cursor.execute("SELECT count(*) FROM customer").fetchone()[0])
"""


def test_two_processes_make_the_same_moment_at_once(told: Told) -> None:
    recorded, rows = told.after[3]
    arguments = [sys.executable, "-c", MAKE, str(told.book.path), recorded.isoformat()]
    running = [Popen(arguments, stdin=PIPE, stdout=PIPE, text=True) for _ in range(2)]
    for process in running:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    assert [process.communicate()[0].strip() for process in running] == [str(len(NUMBERS))] * 2
    assert len(kept(told.book)) == 1
    moment = open_moment(told.book, recorded)
    with moment.reading() as cursor:
        assert rows_of(cursor) == rows
    moment.close()


LOOK_AGAIN = """
import sys
from datetime import datetime
from pathlib import Path
from guanhu.domain.errors import Refused
from guanhu.store.book import Book
from guanhu.store.moments import open_moment
book = Book(Path(sys.argv[1]))
for _ in range(20):
    moment = open_moment(book, datetime.fromisoformat(sys.argv[2]))
    try:
        with moment.reading() as cursor:
            cursor.execute("SELECT count(*) FROM customer").fetchone()
    except Refused as error:
        assert error.code == "moment_outdated"
    moment.close()
    print("looked", flush=True)
"""


def test_whoever_looks_while_others_erase_sees_a_moment_and_leaves_no_name_behind(told: Told) -> None:
    arguments = [sys.executable, "-c", LOOK_AGAIN, str(told.book.path), told.after[2][0].isoformat()]
    running = [Popen(arguments, stdout=PIPE, text=True) for _ in range(2)]
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "looked\n"
    for no in NUMBERS:
        told.moment += HOUR
        with closing(Book(told.book.path, clock=told.book.clock, busy_seconds=0.2)) as other:
            erase(other, no, "本人要求", other.today, by="OM")
    assert [(process.communicate(), process.returncode)[1] for process in running] == [0, 0]
    for path in moments_folder(told.book.path).glob("*"):
        content = path.read_bytes()
        assert not any(f"张{no}".encode() in content for no in NUMBERS)
