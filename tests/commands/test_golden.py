"""Whole sessions: each file of golden/ is a line and what it prints, over and over.

`$ ` begins a line to run, `! ` a line on stderr, `? ` an exit code other than 0; all else is stdout. After a change
that is meant, GUANHU_GOLDEN=write takes what is printed now into the files, to be read before it is committed.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from guanhu.tests.commands.conftest import GOLDEN, Ran, Run

SESSIONS = sorted(GOLDEN.glob("*.md"))


def shown(line: str, ran: Ran, here: Path) -> list[str]:
    """A line and what came of it, as it stands in a file; the folder is another one each time."""
    result = [f"$ {line}", *ran.out.replace(f"{here}/", "").splitlines()]
    result += [f"! {text}" for text in ran.err.replace(f"{here}/", "").splitlines()]
    return result + ([f"? {ran.code}"] if ran.code else [])


def lines_to_run(session: Path) -> Iterator[str]:
    """The lines of a session."""
    for text in session.read_text("utf-8").splitlines():
        if text.startswith("$ "):
            yield text[2:]


@pytest.mark.parametrize("session", SESSIONS, ids=[path.stem for path in SESSIONS])
def test_a_session_prints_what_its_file_says(session: Path, guanhu: Run, tmp_path: Path) -> None:
    for path in GOLDEN.glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    printed: list[str] = []
    for line in lines_to_run(session):
        printed += shown(line, guanhu(line), tmp_path)
    if os.environ.get("GUANHU_GOLDEN") == "write":
        session.write_text("\n".join(printed) + "\n", "utf-8")
    assert printed == session.read_text("utf-8").splitlines()
