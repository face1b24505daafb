"""The first frame of the interface that shows the queue's rows, against the first frame of an empty Textual app.

Both are whole processes on a pseudo-terminal, timed from their start until the terminal has got the frame: what a
person waits for. Both have their bytecode, as installed programs have.
"""

import os
import pty
import select
import struct
import subprocess
import sys
from datetime import UTC, datetime
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ

from guanhu.benchmarks.books import ACTING
from guanhu.benchmarks.measure import Facts, Result, clock, measured
from guanhu.domain.branch_time import branch_day

AT_MOST = 1.6
TIMES = 9
LINES, COLUMNS = 45, 160
LONGEST = 60.0

EMPTY = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("ready")
Empty().run()
"""


def first_row(book: str, staff: str) -> Facts:
    """What the frame must show: the name of the first customer of a member's queue; what its queue holds."""
    from guanhu.store.book import Book
    from guanhu.tui.first_question import day_of
    from guanhu.tui.ground import standing

    opened = Book(Path(book))
    day = branch_day(datetime.now(UTC))
    with standing(opened, day, staff) as ground:
        items = day_of(ground, staff).queue.items
    opened.close()
    return {"seconds": 0.0, "name": next(item.name for item in items if item.name), "duties": len(items)}


def painted(command: list[str], marker: bytes, environment: dict[str, str]) -> float:
    """Seconds from the start of a command until its terminal has got the marker."""
    master, slave = pty.openpty()
    ioctl(slave, TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    environment = {
        **os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONDONTWRITEBYTECODE": "", **environment,
    }  # fmt: skip
    started = clock()
    process = subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True
    )
    os.close(slave)
    try:
        got = b""
        while marker not in got:
            if not select.select([master], [], [], LONGEST)[0]:
                raise TimeoutError(f"{command[0]} painted nothing")
            got += os.read(master, 1 << 16)
        return clock() - started
    finally:
        process.kill()
        process.wait()
        os.close(master)


def run(work: Path) -> Result:
    """Turn by turn, the median of each, so that a busy machine slows both."""
    book = str(work / "branch.db")
    facts = measured("bench_first_paint:first_row", book=book, staff=ACTING)
    ours_command = [str(Path(sys.executable).with_name("guanhu"))]
    environment = {
        "GUANHU_BOOK": book, "GUANHU_STAFF": ACTING, "GUANHU_LANG": "zh", "GUANHU_CONFIG": str(work / "config"),
    }  # fmt: skip
    name = str(facts["name"]).encode()
    painted(ours_command, name, environment)  # not counted: it writes the bytecode of what was changed
    ours, plain = [], []
    for _ in range(TIMES):
        ours.append(painted(ours_command, name, environment))
        plain.append(painted([sys.executable, "-c", EMPTY], b"ready", {}))
    found = {"duties": facts["duties"]}
    return Result("first paint", sorted(ours)[TIMES // 2], sorted(plain)[TIMES // 2], AT_MOST, 0, 0, found)
