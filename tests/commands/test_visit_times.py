"""`visit add --at --minutes`, what the log says of it, and its correction."""

import json
from pathlib import Path

import pytest

from guanhu.tests.commands.conftest import Run


def times(run: Run) -> list[tuple[str | None, int | None]]:
    """When the visits of the log began and their seconds."""
    found = json.loads(run("guanhu log --all --json").out)["items"]
    return [(each["began_at"], each["duration_seconds"]) for each in found if each["kind"] == "visit"]


def test_a_visit_says_when_it_was_and_a_correction_sets_it_right(branch: Run) -> None:
    done = branch("guanhu visit add C001 --outcome reached_other --on 2026-11-23 --at 14:30 --minutes 40 --json")
    position = json.loads(done.out)["positions"][0]
    assert times(branch) == [("14:30:00", 2400)]
    assert branch(f"guanhu entry correct {position} --at 9:05 --reason 记错").code == 0
    assert times(branch) == [("09:05:00", 2400)]
    history = branch("guanhu customer history C001").out
    assert "14:30-15:10" in history
    assert "09:05-09:45" in history


def test_the_log_shows_when_a_visit_was_and_a_correction_takes_it_out(branch: Run, tmp_path: Path) -> None:
    done = branch("guanhu visit add C001 --outcome reached_other --on 2026-11-23 --at 14:30 --minutes 40 --json")
    position = json.loads(done.out)["positions"][0]
    assert "14:30-15:10" in branch("guanhu log --all").out
    assert branch(f"guanhu log --all --format html --output {tmp_path}/log.html").code == 0
    page = (tmp_path / "log.html").read_text("utf-8")
    assert '<td class="began">14:30</td><td class="minutes">40</td>' in page
    assert branch(f"guanhu entry correct {position} --clear minutes --clear at --reason 记错").code == 0
    assert times(branch) == [(None, None)]
    assert branch(f"guanhu entry correct {position} --clear note --reason 记错").code == 2


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("--on 2026-11-23 --at 25:00", 2, "clock time"),
        ("--on 2026-11-23 --at 23:30 --minutes 31", 1, "length of time"),
        ("--at 23:59", 1, "future"),
    ],
)
def test_a_time_that_can_not_be_is_refused(branch: Run, words: str, code: int, said: str) -> None:
    ran = branch(f"guanhu visit add C001 --outcome reached_other {words}")
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
