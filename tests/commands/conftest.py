"""Commands run inside this process, with a clock that stands still and a folder of their own."""

import io
import shlex
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
import time_machine

from guanhu import cli

NOW = datetime(2026, 11, 24, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
GOLDEN = Path(__file__).with_name("golden")


class Ran(NamedTuple):
    """What a command did: exit code, stdout, stderr."""

    code: int
    out: str
    err: str


Run = Callable[[str], Ran]


def run_line(line: str) -> Ran:
    """Run one line, `guanhu` first, as a shell would split it."""
    out, err = io.StringIO(), io.StringIO()
    program, *arguments = shlex.split(line)
    assert program == "guanhu"
    with redirect_stdout(out), redirect_stderr(err):
        code = cli.run(arguments)
    return Ran(code, out.getvalue(), err.getvalue())


@pytest.fixture
def guanhu(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run a line in an empty folder, in English unless it says otherwise, as the system's user wangfang."""
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "GUANHU_BOOK": "book.db",
        "GUANHU_LANG": "en",
        "LOGNAME": "wangfang",
        "COLUMNS": "80",
        "TZ": "Asia/Shanghai",
    }.items():
        monkeypatch.setenv(name, value)
    for name in ("GUANHU_STAFF", "GUANHU_DEBUG", "_GUANHU_COMPLETE"):
        monkeypatch.delenv(name, raising=False)
    with time_machine.travel(NOW, tick=False):
        yield run_line


@pytest.fixture
def branch(guanhu: Run, tmp_path: Path) -> Run:
    """The same, in a book with a few customers."""
    for name in ("customers.csv", "balances.csv"):
        (tmp_path / name).write_bytes((GOLDEN / name).read_bytes())
    for line in ("guanhu init", "guanhu import customers customers.csv", "guanhu import balances balances.csv"):
        ran = guanhu(line)
        assert ran.code == 0, ran
    return guanhu
